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

func TestIsBridgeModule(t *testing.T) {
	for module, want := range map[string]bool{
		"js": true, "pyodide.ffi": true, "pyscript": true, "pyscript.web.elements": true, "pyscript._internal": true,
		"pyscript.card_matcher": false, "json": false,
	} {
		if IsBridgeModule(module) != want {
			t.Errorf("%s: %t, want %t", module, !want, want)
		}
	}
}

// Every row of the tables says where it comes from, and is found by its name.
func TestTablesAreWhole(t *testing.T) {
	for name, b := range Blockers {
		if !strings.HasPrefix(b.Source, "https://") || Canonical(name) != name {
			t.Errorf("%s: %+v is not whole", name, b)
		}
	}
	for module := range Bridge {
		if !slices.Contains(Words, module) {
			t.Errorf("a file that imports %s would not be looked at", module)
		}
	}
}
