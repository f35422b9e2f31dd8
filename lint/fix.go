package lint

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/aymanbagabas/go-udiff"
)

// Change is what the safe fixes make of a file.
type Change struct {
	Path       string
	Old, Fixed string
	Count      int // fixes applied
	Stdin      bool
}

// Changes is what the safe fixes make of the files of a run that asked for them.
func Changes(r Result) []Change {
	var changes []Change
	for _, f := range r.Files {
		if f.Applied > 0 {
			changes = append(changes, Change{Path: f.Path, Old: f.Source.Text(), Fixed: f.Fixed, Count: f.Applied, Stdin: f.Stdin})
		}
	}
	return changes
}

// Diff is the change in the unified format.
func (c Change) Diff() string { return udiff.Unified("a/"+c.Path, "b/"+c.Path, c.Old, c.Fixed) }

// Write replaces the file's content, keeping its permissions. It refuses when the file is not what it was
// when it was read, and it writes beside the file first, so that a full disk loses nothing.
func (c Change) Write() error {
	path := filepath.FromSlash(c.Path)
	now, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("not fixed: %s", reason(err))
	}
	if string(now) != c.Old {
		return errors.New("not fixed: it changed since it was read; run again")
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return fmt.Errorf("not fixed: %s", reason(err))
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("not fixed: %s", reason(err))
	}
	if err := replace(path, c.Fixed, info.Mode().Perm()); err != nil {
		return fmt.Errorf("not fixed: %s", reason(err))
	}
	return nil
}

func replace(path, text string, mode os.FileMode) error {
	beside, err := os.CreateTemp(filepath.Dir(path), ".pyodide-ls-*")
	if err != nil {
		return err
	}
	defer os.Remove(beside.Name()) // gone already when all went well
	if _, err := beside.WriteString(text); err != nil {
		beside.Close()
		return err
	}
	if err := beside.Chmod(mode); err != nil {
		beside.Close()
		return err
	}
	if err := beside.Close(); err != nil {
		return err
	}
	return os.Rename(beside.Name(), path)
}
