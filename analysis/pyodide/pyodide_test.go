package pyodide

import (
	"slices"
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	tests := map[string]string{
		"js.setTimeout":               "js.setTimeout",
		"js.window.setTimeout":        "js.setTimeout",
		"js.window.self.top.document": "js.document",
		"pyscript.window.fetch":       "js.fetch",
		"pyscript.document":           "js.document",
		"pyscript.ffi.create_proxy":   "pyodide.ffi.create_proxy",
		"pyscript.ffi.to_js":          "pyscript.ffi.to_js",
		"js.windows":                  "js.windows",
		"time.sleep":                  "time.sleep",
		"":                            "",
	}
	for name, want := range tests {
		if got := Canonical(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// Every row of the tables says where it comes from, and is found by its name.
func TestTablesAreWhole(t *testing.T) {
	check := func(name string, k Keeper) {
		if !strings.HasPrefix(k.Source, "https://") || k.Name == "" || k.When == "" || len(k.Callback) == 0 {
			t.Errorf("%s: %+v is not whole", name, k)
		}
		if !strings.HasSuffix(name, k.Name) {
			t.Errorf("%s is listed as %s", k.Name, name)
		}
		if (k.Leaves != "") != (k.Calls == Often) {
			t.Errorf("%s: %q is left behind", name, k.Leaves)
		}
		if k.Wrapper != "" && k.Calls == Once {
			t.Errorf("%s: a wrapper keeps its proxy, and the callback is called once", name)
		}
	}
	for name, k := range keepers {
		check(name, k)
		if Canonical(name) != name {
			t.Errorf("%s is not canonical, so it is never found", name)
		}
	}
	for name, k := range methods {
		check(name, k)
	}
	for name, b := range Blockers {
		if !strings.HasPrefix(b.Source, "https://") || Canonical(name) != name {
			t.Errorf("%s: %+v is not whole", name, b)
		}
	}
	if !slices.Contains(OwnMethods(), "addEventListener") || slices.Contains(OwnMethods(), "setTimeout") {
		t.Errorf("the platform's own methods are %v", OwnMethods())
	}
	for module := range Bridge {
		if !slices.Contains(Words, module) {
			t.Errorf("a file that imports %s would not be looked at", module)
		}
	}
}
