package lint

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax/host"
	"pyodide-ls/analysis/walk"
)

// collect finds the files of the run.
func (r *runner) collect(ctx context.Context) []*unit {
	var units []*unit
	var paths []string
	for _, p := range r.Paths {
		if p == "-" {
			name := cmp.Or(r.StdinName, "<stdin>")
			units = append(units, &unit{path: name, kind: analysis.KindOf(name, host.Unknown), named: true, stdin: true})
			continue
		}
		paths = append(paths, p)
	}
	if len(paths) == 0 {
		return units
	}
	files, troubles := walk.Files(ctx, paths, walk.Options{Want: wanted, NoIgnore: r.NoIgnore, Skip: r.skip})
	for _, t := range troubles {
		if errors.Is(t.Err, fs.ErrNotExist) && host.Of(t.Path) > host.Python {
			continue // a link to what a package manager would bring
		}
		r.trouble(t.Path, t.Err.Error())
	}
	for _, f := range files {
		kind, around := kindOf(f.Path)
		if f.Size > analysis.MaxBytes {
			if !around {
				r.tooLarge(f, kind)
			}
			continue
		}
		units = append(units, &unit{path: f.Path, kind: kind, named: f.Named, around: around})
	}
	return append(units, r.around(units)...)
}

// wanted says whether a file of that name may hold Python, or bear on what does.
func wanted(name string) bool {
	return host.Of(name) != host.Unknown || realm.Reads(name)
}

// kindOf is the kind of a file; around says that it only bears on others.
func kindOf(path string) (kind host.Kind, around bool) {
	if host.Of(path) == host.Unknown && realm.Reads(filepath.Base(path)) {
		return host.Unknown, true
	}
	return analysis.KindOf(path, host.Unknown), false
}

// around finds what stands beside files that were named, and in the folders above them down from the working
// directory: the pages that load them, and what says which Pyodide they are for. A folder that was named holds all
// that, so that a file gives the same findings by itself as with its project, as far as that is cheap.
func (r *runner) around(units []*unit) []*unit {
	known := map[string]bool{}
	for _, u := range units {
		known[slashed(u.path)] = true
	}
	var more []*unit
	looked := map[string]bool{}
	for _, u := range units {
		if !u.named || u.stdin && r.StdinName == "" {
			continue
		}
		for dir := path.Dir(slashed(u.path)); !looked[dir]; dir = path.Dir(dir) {
			looked[dir] = true
			more = append(more, beside(dir, known)...)
		}
	}
	return more
}

// beside are the files of a folder that may bear on where other files run.
func beside(dir string, known map[string]bool) []*unit {
	entries, err := os.ReadDir(filepath.FromSlash(dir))
	if err != nil {
		return nil // it is not what was asked for
	}
	var units []*unit
	for _, e := range entries {
		file := path.Join(dir, e.Name())
		if !e.Type().IsRegular() || known[file] || !wanted(e.Name()) {
			continue
		}
		if info, err := e.Info(); err != nil || info.Size() > analysis.MaxBytes {
			continue
		}
		kind, _ := kindOf(file)
		units = append(units, &unit{path: filepath.FromSlash(file), kind: kind, around: true})
	}
	return units
}

// tooLarge notes a file that is not read. A bundle somewhere in a project is no trouble, but it is said.
func (r *runner) tooLarge(f walk.File, kind host.Kind) {
	if kind == host.Python || f.Named {
		r.trouble(f.Path, analysis.ErrTooLarge.Error())
		return
	}
	r.leave(f.Path, analysis.ErrTooLarge.Error())
}

func (r *runner) leave(path, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.leftOut = append(r.leftOut, Trouble{slashed(path), message})
}

// skip says whether the settings in effect exclude a path; wrong settings are noted and exclude nothing.
func (r *runner) skip(path string, dir bool) bool {
	s, err := r.settings.For(filepath.Dir(path))
	if err != nil {
		r.fault(err)
		return false
	}
	return s.Excluded(path, dir)
}

func (r *runner) fault(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.ContainsFunc(r.wrong, func(e error) bool { return e.Error() == err.Error() }) {
		r.wrong = append(r.wrong, err)
	}
}

// read reads a file and looks for what makes it worth parsing. The bytes of other files are not kept.
func (r *runner) read(u *unit) {
	data, err := r.bytes(u)
	if err != nil {
		u.lost = true
		if !u.around {
			r.trouble(u.path, reason(err))
		}
		return
	}
	dir := "."
	if !u.stdin || r.StdinName != "" {
		dir = filepath.Dir(u.path)
	}
	if u.settings, err = r.settings.For(dir); err != nil {
		if u.stdin {
			u.settings, err = r.settings.For(".")
		}
		if err != nil {
			r.fault(err)
			u.lost = true
			return
		}
	}
	u.traits, u.holds = analysis.TraitsOf(u.path, u.kind, string(data))
	u.traits.Facts.Set = analysis.RealmIn(u.settings, u.path)
	if !u.around && host.LeftOut(u.kind, string(data)) {
		r.leave(u.path, "looks like a bundle and was left out")
	}
	if r.NoPrefilter && !u.around {
		u.traits.Bridge = true
		if u.kind != host.Python {
			u.holds = host.Read(u.kind, string(data))
		}
	}
	if u.traits.Bridge || u.named {
		u.data = data
	}
}

func (r *runner) bytes(u *unit) ([]byte, error) {
	if u.stdin {
		data, err := io.ReadAll(io.LimitReader(r.Stdin, analysis.MaxBytes+1))
		if len(data) > analysis.MaxBytes {
			return nil, analysis.ErrTooLarge
		}
		return data, err
	}
	return os.ReadFile(u.path)
}

// reason is an error without the operation and the path, which the report says anyway.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
