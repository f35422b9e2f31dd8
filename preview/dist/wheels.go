package dist

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pyodide-ls/analysis/pyodide"
)

// FetchWheels brings the wheels of a line into a cache with pip, unless they are there, and says whether it had to. An
// empty cache is CacheDir. It fails without pip, without a network, and for what are not the pinned files.
func FetchWheels(ctx context.Context, cache string, line pyodide.Version) (files []string, fetched bool, err error) {
	c, err := open(cache, installed)
	if err != nil {
		return nil, false, err
	}
	return c.fetchWheels(ctx, Wheels(line))
}

// Cached is the file of a wheel in a cache, and whether it is there and is the pinned one.
func (w Wheel) Cached(cache string) (file string, ok bool) {
	file = filepath.Join(cache, "wheels", w.File())
	return file, w.check(file) == nil
}

func (w Wheel) check(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	if got := hex.EncodeToString(sum[:]); got != w.SHA256 {
		return &mismatch{w.File(), got, w.SHA256}
	}
	return nil
}

func (c cache) fetchWheels(ctx context.Context, all []Wheel) (files []string, fetched bool, err error) {
	var missing []Wheel
	for _, w := range all {
		file, ok := w.Cached(c.dir)
		files = append(files, file)
		if !ok {
			missing = append(missing, w)
		}
	}
	if len(missing) == 0 {
		return files, false, nil
	}
	if err := c.bringWheels(ctx, missing); err != nil {
		return nil, false, fmt.Errorf("fetch %s: %w", missing[0].Label(), err)
	}
	return files, true, nil
}

func (c cache) bringWheels(ctx context.Context, missing []Wheel) error {
	scratch, err := c.scratch()
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := c.tools.download(ctx, missing, scratch); err != nil {
		return err
	}
	for _, w := range missing {
		brought, kept := filepath.Join(scratch, w.File()), filepath.Join(c.dir, "wheels", w.File())
		if err := w.check(brought); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("pip wrote no %s", w.File())
		} else if err != nil {
			return err
		}
		if err := replace(brought, kept); err != nil {
			return err
		}
	}
	return nil
}
