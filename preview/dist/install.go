package dist

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
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
	chosenReleases, chosenWheels, err := choose(names)
	if err != nil {
		return err
	}
	for _, r := range chosenReleases {
		dir, fetched, err := c.fetch(ctx, r)
		if err != nil {
			return err
		}
		say(r.Label() + done(fetched) + dir)
	}
	for _, w := range chosenWheels { // one by one, as pip takes one version of a package at a time
		files, fetched, err := c.fetchWheels(ctx, []Wheel{w})
		if err != nil {
			return err
		}
		say(w.Label() + done(fetched) + files[0])
	}
	return nil
}

// choose is what is named, in the order of the tables; all of it if nothing is.
func choose(names []string) (some []Release, with []Wheel, err error) {
	if len(names) == 0 {
		return releases, wheels, nil
	}
	known := append(Names(), pyodide.AllVersions.Names()...)
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, nil, &UnknownError{name}
		}
	}
	for _, r := range releases {
		if slices.ContainsFunc(names, r.isCalled) {
			some = append(some, r)
		}
	}
	if slices.Contains(names, allWheels) {
		with = wheels
	}
	return some, with, nil
}

func (r Release) isCalled(name string) bool {
	if r.Package == ofPyScript {
		return name == allPyScript
	}
	return name == r.Version || name == r.Line.String()
}

func done(fetched bool) string {
	if fetched {
		return ": fetched into "
	}
	return ": already in "
}
