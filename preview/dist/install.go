package dist

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// The names of what can be installed beside the versions of Pyodide.
const (
	allPyScript = "pyscript"
	allWheels   = "micropip"
)

// UnknownError is that something was to be installed that is not pinned.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	return fmt.Sprintf("%q is nothing that can be installed; there are %s", e.Name, strings.Join(Names(), ", "))
}

// Names are the names of what can be installed: the versions of Pyodide, from the oldest on, and what goes with them.
func Names() []string {
	var all []string
	for _, r := range releases {
		if r.Package == ofPyodide {
			all = append(all, r.Version)
		}
	}
	return append(all, allPyScript, allWheels)
}

// Install brings what is named into a cache, or all that is pinned, and says of each in a line what was done. A name
// is one of Names or a line of Pyodide, "0.29". An empty cache is CacheDir. It fails with an UnknownError before
// anything is fetched, and stops at the first thing that cannot be.
func Install(ctx context.Context, cache string, say func(line string), names ...string) error {
	c, err := open(cache, installed)
	if err != nil {
		return err
	}
	return c.install(ctx, say, names)
}

func (c cache) install(ctx context.Context, say func(string), names []string) error {
	if len(names) == 0 {
		names = Names()
	}
	var chosen []Release
	for _, name := range names {
		some := named(name)
		if len(some) == 0 && name != allWheels {
			return &UnknownError{name}
		}
		chosen = append(chosen, some...)
	}
	for _, r := range chosen {
		dir, fetched, err := c.fetch(ctx, r)
		if err != nil {
			return err
		}
		say(r.Label() + done(fetched) + dir)
	}
	if slices.Contains(names, allWheels) {
		return c.installWheels(ctx, say)
	}
	return nil
}

// named are the releases that a name means.
func named(name string) []Release {
	var some []Release
	for _, r := range releases {
		switch r.Package {
		case ofPyodide:
			if name == r.Version || name == r.Line.String() {
				some = append(some, r)
			}
		case ofPyScript:
			if name == allPyScript {
				some = append(some, r)
			}
		}
	}
	return some
}

// installWheels brings the wheels one by one, as pip takes one version of a package at a time.
func (c cache) installWheels(ctx context.Context, say func(string)) error {
	for _, w := range wheels {
		files, fetched, err := c.fetchWheels(ctx, []Wheel{w})
		if err != nil {
			return err
		}
		say(w.Label() + done(fetched) + files[0])
	}
	return nil
}

func done(fetched bool) string {
	if fetched {
		return ": fetched into "
	}
	return ": already in "
}
