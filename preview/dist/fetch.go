package dist

import (
	"context"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// Fetch brings a release into a cache with npm, unless it is there, and says whether it had to. An empty cache is
// CacheDir. It fails without npm, without a network, and for what is not the pinned tarball.
func Fetch(ctx context.Context, cache string, r Release) (dir string, fetched bool, err error) {
	c, err := open(cache, installed)
	if err != nil {
		return "", false, err
	}
	return c.fetch(ctx, r)
}

// mismatch is that a file is not the one that is pinned.
type mismatch struct{ file, got, want string }

func (m *mismatch) Error() string {
	return fmt.Sprintf("%s is not the file that is pinned: it has %s instead of %s", m.file, m.got, m.want)
}

func (c cache) fetch(ctx context.Context, r Release) (dir string, fetched bool, err error) {
	if dir, ok := r.Cached(c.dir); ok {
		return dir, false, nil
	}
	if dir, err = c.bring(ctx, r); err != nil {
		return "", false, fmt.Errorf("fetch %s: %w", r.Label(), err)
	}
	return dir, true, nil
}

func (c cache) bring(ctx context.Context, r Release) (string, error) {
	scratch, err := c.scratch()
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	file, err := c.tools.pack(ctx, r, scratch)
	if err != nil {
		return "", err
	}
	tgz, err := verified(file, r)
	if err != nil {
		return "", err
	}
	staged := filepath.Join(scratch, "unpacked")
	if err := os.Mkdir(staged, 0o777); err != nil {
		return "", err
	}
	files, err := unpack(tgz, staged)
	if err != nil {
		return "", fmt.Errorf("unpack: %w", err)
	}
	return c.place(r, staged, marker{r.Integrity, files})
}

// verified is what a file holds, if that is the pinned tarball of a release. What is unpacked are these bytes and not
// the file, which could be exchanged meanwhile.
func verified(file string, r Release) ([]byte, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	if info.Size() != r.Size { // and so nothing huge is read
		return nil, &mismatch{info.Name(), fmt.Sprintf("%d bytes", info.Size()), strconv.FormatInt(r.Size, 10)}
	}
	tgz, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if got := integrity(tgz); got != r.Integrity {
		return nil, &mismatch{info.Name(), got, r.Integrity}
	}
	return tgz, nil
}

// integrity is the hash of a tarball as npm writes it.
func integrity(data []byte) string {
	sum := sha512.Sum512(data)
	return "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
}
