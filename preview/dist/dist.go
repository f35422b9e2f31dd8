// Package dist knows which Pyodide code is run with, and where its files come from: a folder that was named, the
// project, the cache, npm, or the content network.
//
// What is fetched is pinned: a file that has not the hash in the table is not used, whoever brought it.
package dist

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

// Options say which Pyodide is wanted and where it is looked for.
type Options struct {
	Target  pyodide.Versions // the lines that the project is for, of which the newest is wanted; zero is any
	Because string           // why these lines, for the person: "index.html:10 loads Pyodide 0.29.5"
	Dir     string           // a folder that holds Pyodide and goes before all else; empty for none
	Project string           // the folder from which node_modules/pyodide is looked for upwards; empty for nowhere
	Cache   string           // the folder of what was fetched; empty for CacheDir
	Offline bool             // use only what is here
}

// Source says where the files of a Pyodide come from.
type Source uint8

// The sources, in the order in which they are tried.
const (
	Given   Source = iota // the folder that was named
	Project               // node_modules of the project
	Cached                // the cache
	Fetched               // the cache, into which npm brought it just now
	Network               // the content network, from which the page loads it
)

func (s Source) String() string {
	return [...]string{"given", "project", "cached", "fetched", "network"}[s]
}

// Dist is a Pyodide that can be run.
type Dist struct {
	Version string // "0.29.5"
	Line    pyodide.Version
	Dir     string // absolute; empty where the page loads it from Address
	Address string // where the content network has it, with a slash at the end; empty where there is a Dir
	Source  Source
	Why     string // one line for the person: which, from where, and why
}

// Find finds the Pyodide to run a project with, and fetches it if need be. It fails where a folder that was named
// holds none, where what was fetched is not what is pinned, and where there is none at all.
func Find(ctx context.Context, o Options) (Dist, error) {
	return (&finder{Options: o, tools: installed, pinned: Pyodide}).find(ctx)
}

type finder struct {
	Options
	tools  tools
	pinned func(pyodide.Version) Release
	passed []string // what was passed over on the way, and why
}

func (f *finder) find(ctx context.Context) (Dist, error) {
	if f.Dir != "" {
		return f.given()
	}
	if d, ok := f.project(); ok {
		return d, nil
	}
	r := f.pinned(f.line())
	d, ok, err := f.cached(ctx, r)
	if ok || err != nil {
		return d, err
	}
	if d, ok = f.network(ctx, r); ok {
		return d, nil
	}
	if err := ctx.Err(); err != nil {
		return Dist{}, err
	}
	return Dist{}, fmt.Errorf("no Pyodide %s here, and none can be fetched (%s): pass --runtime DIR, or run %q where there is a network",
		r.Version, strings.Join(f.passed, "; "), "pyodide-ls runtime install")
}

// line is the newest line that will do.
func (f *finder) line() pyodide.Version {
	lines := f.Target
	if lines == 0 {
		lines = pyodide.AllVersions
	}
	return newest(lines)
}

func (f *finder) given() (Dist, error) {
	dir, err := filepath.Abs(f.Dir)
	if err != nil {
		return Dist{}, fmt.Errorf("--runtime %s: %w", f.Dir, err)
	}
	held, err := inspect(dir)
	if err != nil {
		return Dist{}, fmt.Errorf("--runtime %s: %w", f.Dir, err)
	}
	why := fmt.Sprintf("Pyodide %s from %s", held.version, f.Dir)
	if f.Target != 0 && !f.Target.Has(held.line) {
		meant := f.Because
		if meant == "" {
			meant = fmt.Sprintf("the project is for Pyodide %s", f.Target)
		}
		why += fmt.Sprintf(" (although %s)", meant)
	}
	return Dist{Version: held.version, Line: held.line, Dir: dir, Source: Given, Why: why}, nil
}

// project is what the project itself has installed, if that will do.
func (f *finder) project() (Dist, bool) {
	dir := installedAbove(f.Project)
	if dir == "" {
		return Dist{}, false
	}
	name := dir
	if rel, err := filepath.Rel(absolute(f.Project), dir); err == nil {
		name = filepath.ToSlash(rel)
	}
	held, err := inspect(dir)
	switch {
	case err != nil:
		f.pass("%s %v", name, err)
		return Dist{}, false
	case f.Target != 0 && !f.Target.Has(held.line):
		f.pass("%s is %s", name, held.version)
		return Dist{}, false
	}
	return Dist{
		Version: held.version, Line: held.line, Dir: dir, Source: Project,
		Why: f.why(held.version, "from "+name, f.Because),
	}, true
}

// cached is what lies in the cache, where it is fetched first if need be. It fails only for what npm brought and
// must not be used.
func (f *finder) cached(ctx context.Context, r Release) (Dist, bool, error) {
	c, err := open(f.Cache, f.tools)
	if err != nil {
		f.pass("there is no cache: %v", err)
		return Dist{}, false, nil
	}
	d := Dist{Version: r.Version, Line: r.Line}
	if dir, ok := r.Cached(c.dir); ok {
		d.Dir, d.Source, d.Why = dir, Cached, f.why(r.Version, "from the cache", f.reason())
		return d, true, nil
	}
	if f.Offline {
		f.pass("it is not in the cache, and the network is not to be used")
		return Dist{}, false, nil
	}
	dir, _, err := c.fetch(ctx, r)
	var wrong *mismatch
	switch {
	case errors.As(err, &wrong):
		return Dist{}, false, err
	case err != nil:
		f.pass("%v", err)
		return Dist{}, false, nil
	}
	d.Dir, d.Source, d.Why = dir, Fetched, f.why(r.Version, "fetched into the cache", f.reason())
	return d, true, nil
}

func (f *finder) network(ctx context.Context, r Release) (Dist, bool) {
	if f.Offline {
		return Dist{}, false
	}
	address := addressOf(r)
	if err := f.tools.answers(ctx, address+lockFile); err != nil {
		f.pass("%v", err)
		return Dist{}, false
	}
	return Dist{
		Version: r.Version, Line: r.Line, Address: address, Source: Network,
		Why: f.why(r.Version, "from the content network", f.reason()),
	}, true
}

func (f *finder) pass(format string, args ...any) {
	f.passed = append(f.passed, fmt.Sprintf(format, args...))
}

// reason says why a pinned release was chosen.
func (f *finder) reason() string {
	if f.Because == "" && f.Target == 0 {
		return "the newest, as nothing says which"
	}
	return f.Because
}

func (f *finder) why(version, from, reason string) string {
	all := f.passed
	if reason != "" {
		all = append([]string{reason}, all...)
	}
	why := fmt.Sprintf("Pyodide %s %s", version, from)
	if len(all) == 0 {
		return why
	}
	return fmt.Sprintf("%s (%s)", why, strings.Join(all, "; "))
}
