// Package walk finds the files that a run looks at. It obeys .gitignore files as git does, except for the
// user's global one, so that every machine finds the same files. It enters no folder of tools or dependencies
// and follows no link to a folder, so a walk always ends. Nothing that goes wrong on the way stops it.
package walk

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// File is one file found.
type File struct {
	Path  string // the argument it was found below, joined with the way down; clean, with the system's separators
	Named bool   // an argument itself, so neither ignore rules nor its name leave it out
	Size  int64  // bytes
}

// Trouble is a path that could not be looked at.
type Trouble struct {
	Path string
	Err  error // without operation and path: "permission denied"
}

// Options say which files below a folder are wanted.
type Options struct {
	Want func(name string) bool // says of a file's name, without folder, whether it is wanted

	// Skip leaves out further paths, which it is given in the form of File.Path; it may be nil. A folder
	// that it leaves out is not entered. It is not asked about arguments.
	Skip func(path string, dir bool) bool

	NoIgnore bool // read no ignore rules
}

// leftOut are the folders that hold no code of the project. One of them is walked only as an argument.
var leftOut = map[string]bool{
	".git": true, ".hg": true, ".svn": true,
	".venv": true, "venv": true, "site-packages": true, "node_modules": true, "__pypackages__": true,
	".tox": true, ".nox": true, ".eggs": true, "__pycache__": true, ".ipynb_checkpoints": true,
	".mypy_cache": true, ".ruff_cache": true, ".pytest_cache": true,
}

// LeavesOut says whether a folder of that name is entered only as an argument.
func LeavesOut(folder string) bool { return leftOut[folder] }

// Files finds the files that the arguments of a run name, and those below the folders that they name, each
// once; both results are sorted by path. A file that can be reached as itself and through a link is
// returned as itself. An argument is taken even where ignore rules leave it out. When the context is
// cancelled, Files returns what it has found so far.
func Files(ctx context.Context, roots []string, opts Options) ([]File, []Trouble) {
	s := &search{ctx: ctx, opts: opts, found: map[string]found{}}
	for _, root := range roots {
		s.root(root)
	}
	files := make([]File, 0, len(s.found))
	for _, f := range s.found {
		files = append(files, f.File)
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortStableFunc(s.troubles, func(a, b Trouble) int { return cmp.Compare(a.Path, b.Path) })
	return files, slices.CompactFunc(s.troubles, func(a, b Trouble) bool { return a.Path == b.Path })
}

// search is what one run has found.
type search struct {
	ctx      context.Context
	opts     Options
	found    map[string]found // by absolute path without links
	troubles []Trouble
}

type found struct {
	File
	link bool // reached through a link
}

// descent is the walk below one argument.
type descent struct {
	*search
	origin string // absolute path without links, from which ways are counted
	link   bool   // the argument is a link
}

func (s *search) root(arg string) {
	if s.ctx.Err() != nil {
		return
	}
	info, err := os.Stat(arg)
	if err != nil {
		s.trouble(arg, err)
		return
	}
	name := filepath.Clean(arg)
	place, err := resolve(name)
	if err != nil {
		s.trouble(arg, err)
		return
	}
	switch {
	case info.IsDir():
		origin, way, rules := s.above(place)
		(&descent{s, origin, isLink(name)}).enter(name, way, rules)
	case info.Mode().IsRegular():
		s.add(place, found{File{name, true, info.Size()}, isLink(name)})
	default:
		s.trouble(arg, errors.New("not a regular file"))
	}
}

// enter walks a folder. The way is its path from the origin, separated by slashes.
func (d *descent) enter(folder, way string, rules *scope) {
	if d.ctx.Err() != nil {
		return
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		d.trouble(folder, err) // what was read before it went wrong still counts
	}
	rules = d.within(folder, way, entries, rules)
	for _, entry := range entries {
		name, dir := entry.Name(), entry.IsDir()
		if dir && LeavesOut(name) || !dir && !d.opts.Want(name) {
			continue
		}
		child, childWay := filepath.Join(folder, name), path.Join(way, name)
		if rules.ignores(childWay, dir) || d.opts.Skip != nil && d.opts.Skip(child, dir) {
			continue
		}
		if dir {
			d.enter(child, childWay, rules)
		} else {
			d.file(child, childWay, entry)
		}
	}
}

// file adds an entry that is a regular file or a link to one.
func (d *descent) file(name, way string, entry fs.DirEntry) {
	info, err := entry.Info()
	place, link := filepath.Join(d.origin, way), d.link
	if entry.Type()&fs.ModeSymlink != 0 {
		link = true
		if info, err = os.Stat(name); err == nil {
			place, err = resolve(name)
		}
	}
	if err != nil {
		d.trouble(name, err)
		return
	}
	if info.Mode().IsRegular() { // and not a pipe, a device, or a folder behind a link
		d.add(place, found{File{name, false, info.Size()}, link})
	}
}

func (s *search) add(place string, f found) {
	kept := f
	if old, again := s.found[place]; again {
		if f.link || !old.link {
			kept = old
		}
		kept.Named = f.Named || old.Named
	}
	s.found[place] = kept
}

func (s *search) trouble(name string, err error) {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		err = wrapped.Err
	}
	s.troubles = append(s.troubles, Trouble{name, err})
}

func isLink(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// resolve is the absolute path without links of a file that exists.
func resolve(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(abs)
}
