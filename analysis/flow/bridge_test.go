package flow

import (
	"testing"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// A file that needs a test runner or a server runs on the host, whatever it imports of the bridge.
func TestHostModulesMakeBridgeGuarded(t *testing.T) {
	tests := map[string]Bridge{
		"from pyodide.code import run_js\n":                                 Bare,
		"import pytest\nfrom pyodide.code import run_js\n":                  Guarded,
		"from pyodide.code import run_js\nfrom flask import Flask\n":        Guarded,
		"from pyscript import display\nimport unittest.mock\n":              Guarded,
		"import js\ndef test():\n    import pytest\n":                       Bare,
		"from pyodide.ffi import to_js\nimport subprocess\n":                Guarded,
		"import js\nimport subprocess\n":                                    Bare,
		"import subprocess\nfrom pyodide_js import FS\n":                    Bare,
		"import subprocess\ndef run():\n    import js\n":                    Guarded,
		"import subprocess, pytest\nimport js\n":                            Guarded,
		"import subprocess\n":                                               NoBridge,
		"import pytest\n":                                                   NoBridge,
		"import pytest\ndef test():\n    from pyodide.code import run_js\n": Guarded,
	}
	for text, want := range tests {
		tree, err := syntax.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := New(scope.New(tree), nil).Bridge(); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
