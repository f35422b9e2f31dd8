package dist

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// What a tarball may unpack to. The largest that is pinned has 158 files, or 15 MB.
const (
	mostFiles = 1000
	mostBytes = 64 << 20
)

// unpack lays the files of a tarball of npm below a folder, without the folder that they all stand in there, and says
// how large each is. It refuses what is no regular file, what would lie outside, and what is too much.
func unpack(tgz []byte, dir string) (map[string]int64, error) {
	plain, err := gzip.NewReader(bytes.NewReader(tgz))
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	sizes, left := map[string]int64{}, int64(mostBytes)
	for entries := tar.NewReader(plain); ; {
		entry, err := entries.Next()
		if err == io.EOF {
			return sizes, nil
		}
		if err != nil {
			return nil, err
		}
		name, err := entryName(entry)
		if err != nil {
			return nil, err
		}
		if left -= entry.Size; left < 0 || len(sizes) == mostFiles {
			return nil, fmt.Errorf("it unpacks to more than %d files or %d MB", mostFiles, mostBytes>>20)
		}
		if err := lay(root, name, entries); err != nil {
			return nil, err
		}
		sizes[name] = entry.Size
	}
}

// entryName is the path of an entry below the package.
func entryName(entry *tar.Header) (string, error) {
	if entry.Typeflag != tar.TypeReg {
		return "", fmt.Errorf("%q is no regular file", entry.Name)
	}
	_, name, below := strings.Cut(entry.Name, "/")
	if !below || !filepath.IsLocal(filepath.FromSlash(entry.Name)) || path.Clean(entry.Name) != entry.Name {
		return "", fmt.Errorf("%q is no path inside a package", entry.Name)
	}
	return name, nil
}

// lay writes one file, which must not be there yet.
func lay(root *os.Root, name string, from io.Reader) error {
	if err := root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return err
	}
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Close())
}
