package dist

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInstallNames(t *testing.T) {
	for _, test := range []struct{ names, want string }{
		{"", "pyodide 0.26.4, pyodide 0.27.7, pyodide 0.28.3, pyodide 0.29.5, pyodide 314.0.7, @pyscript/core 0.6.25, @pyscript/core 0.6.66, " +
			"@pyscript/core 0.7.2, @pyscript/core 0.7.25, @pyscript/core 0.7.31, " +
			"micropip 0.6.0, packaging 23.2, micropip 0.9.0, packaging 24.2, micropip 0.10.1, micropip 0.11.1"},
		{"0.29", "pyodide 0.29.5"},
		{"314 0.27.7 314.0.7", "pyodide 0.27.7, pyodide 314.0.7"},
		{"pyscript", "@pyscript/core 0.6.25, @pyscript/core 0.6.66, @pyscript/core 0.7.2, @pyscript/core 0.7.25, @pyscript/core 0.7.31"},
		{"micropip 0.26.4", "pyodide 0.26.4, micropip 0.6.0, packaging 23.2, micropip 0.9.0, packaging 24.2, micropip 0.10.1, micropip 0.11.1"},
	} {
		some, with, err := choose(strings.Fields(test.names))
		var got []string
		for _, r := range some {
			got = append(got, r.Label())
		}
		for _, w := range with {
			got = append(got, w.Label())
		}
		if err != nil || strings.Join(got, ", ") != test.want {
			t.Errorf("%q are %q, %v; want %q", test.names, got, err, test.want)
		}
	}
}

func TestInstallUnknown(t *testing.T) {
	c := cache{t.TempDir(), unplugged()}
	for _, name := range []string{"0.29.4", "0.30", "@pyscript/core", ""} {
		var unknown *UnknownError
		want := fmt.Sprintf("%q is nothing that can be installed; there are 0.26.4, 0.27.7, 0.28.3, 0.29.5, 314.0.7, pyscript, micropip", name)
		if err := c.install(t.Context(), func(string) {}, []string{"0.29", name}); !errors.As(err, &unknown) || err.Error() != want {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// What cannot be had stops an installation; it is not tried with all the others, too.
func TestInstallStops(t *testing.T) {
	times := 0
	c := cache{t.TempDir(), unplugged()}
	c.tools.pack = func(context.Context, Release, string) (string, error) {
		times++
		return "", errors.New("npm is not on PATH")
	}
	if err := c.install(t.Context(), func(string) {}, nil); err == nil || err.Error() != "fetch pyodide 0.26.4: npm is not on PATH" || times != 1 {
		t.Errorf("after %d times it says %v", times, err)
	}
}

func TestListBroken(t *testing.T) {
	dir := t.TempDir()
	all, err := List(dir)
	if err != nil || len(all) != len(releases)+len(wheels) {
		t.Fatalf("%d items, %v", len(all), err)
	}
	for _, item := range all {
		if item.Place != "" || item.Bytes != 0 {
			t.Errorf("%s %s is in an empty cache, at %q", item.Package, item.Version, item.Place)
		}
	}
	r, w := releases[3], wheels[0]
	write(t, dir, map[string]string{r.folder() + "/pyodide.mjs": "cut", "wheels/" + w.File(): "cut"})
	if err := (marker{r.Integrity, map[string]int64{"pyodide.mjs": 100}}).write(filepath.Join(dir, r.folder())); err != nil {
		t.Fatal(err)
	}
	all, err = List(dir)
	if i := slices.IndexFunc(all, func(i Item) bool { return i.Place != "" }); err != nil || i >= 0 {
		t.Errorf("what is broken is listed: %v, %v", all, err)
	}
	if err := os.Truncate(filepath.Join(dir, r.folder(), "pyodide.mjs"), 100); err != nil {
		t.Fatal(err)
	}
	all, err = List(dir)
	if got := fmt.Sprint(all[3], err); got != fmt.Sprintf("{pyodide 0.29.5 0.29 %s 100} <nil>", filepath.Join(dir, "pyodide-0.29.5")) {
		t.Errorf("what is whole is listed as %s", got)
	}
}
