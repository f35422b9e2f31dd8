package pyodide_test

import (
	"testing"

	"pyodide-ls/analysis/pyodide"
)

func TestParseVersions(t *testing.T) {
	for text, want := range map[string]string{
		"0.28": "0.28", " v0.28.2 ": "0.28", "314": "314", "314.0.7": "314", "0.27..314": "0.27 to 314", "0.26..0.27": "0.26 and 0.27",
		"0.26, 0.28..0.29": "0.26, 0.28 and 0.29", "0.26..314": "0.26 to 314", "0.28..0.28": "0.28", "314..314": "314",
	} {
		got, err := pyodide.ParseVersions(text)
		if err != nil || got.String() != want {
			t.Errorf("%q is %v, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "0.25", "0.2", "0.280", "1", "0.28..", "..314", "0.29..0.27", "0.28.", "0.28.x", "0.27,", "latest", ">=0.27", "31"} {
		if got, err := pyodide.ParseVersions(text); err == nil {
			t.Errorf("%q is %v, want an error", text, got)
		}
	}
}

func TestVersions(t *testing.T) {
	if got := pyodide.Since(pyodide.V028).String(); got != "0.28 to 314" {
		t.Errorf("since 0.28: %s", got)
	}
	if got := pyodide.Before(pyodide.V028).String(); got != "0.26 and 0.27" {
		t.Errorf("before 0.28: %s", got)
	}
	if got := pyodide.AllVersions.Without(pyodide.Only(pyodide.V028)).String(); got != "0.26, 0.27, 0.29 and 314" {
		t.Errorf("all but 0.28: %s", got)
	}
	if got := pyodide.Since(pyodide.V314).And(pyodide.Before(pyodide.V314)); got != 0 || got.String() != "none" {
		t.Errorf("nothing is %s", got)
	}
	if !pyodide.Only(pyodide.V026).Within(pyodide.Before(pyodide.V028)) || pyodide.AllVersions.Within(pyodide.Since(pyodide.V027)) {
		t.Errorf("one set within another")
	}
}
