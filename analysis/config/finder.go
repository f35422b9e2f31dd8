package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Finder finds the settings that are in effect in a folder. It looks into each folder once: make a new one
// when files have changed. It is safe for concurrent use.
type Finder struct {
	known   Known
	given   map[string]*Settings
	folders sync.Map // from absolute path to func() (*Settings, error)
}

// NewFinder makes a Finder.
func NewFinder(known Known) *Finder {
	return &Finder{known: known}
}

// Else is a Finder that finds what an editor gives where there is no file: the settings of the nearest of some folders,
// by their absolute paths. Those of the path "" hold everywhere else.
func (f *Finder) Else(given map[string]*Settings) *Finder {
	return &Finder{known: f.known, given: given}
}

// For is the settings in effect in a folder: those of the nearest file upward, or the defaults when there
// is none. It fails with an error like that of Parse when the folder does not exist, or the nearest file
// cannot be read or is wrong.
func (f *Finder) For(dir string) (*Settings, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	once := sync.OnceValues(func() (*Settings, error) { return f.look(abs) })
	settings, _ := f.folders.LoadOrStore(abs, once)
	return settings.(func() (*Settings, error))()
}

func (f *Finder) look(dir string) (*Settings, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	if !info.IsDir() {
		return nil, &Error{Path: dir, Message: "is not a folder"}
	}
	for _, name := range []string{ownFile, sharedFile} {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, unreadable(path, err)
		}
		if s, err := Parse(path, data, f.known); s != nil || err != nil {
			return s, err
		}
	}
	given := f.given[dir]
	if parent := filepath.Dir(dir); parent != dir {
		s, err := f.For(parent)
		if err == nil && s.Path == "" && given != nil {
			return given, nil
		}
		return s, err
	}
	switch {
	case given != nil:
		return given, nil
	case f.given[""] != nil:
		return f.given[""], nil
	}
	return &Settings{}, nil
}

func unreadable(path string, err error) error {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		err = wrapped.Err
	}
	return &Error{Path: path, Message: "cannot be read: " + err.Error()}
}
