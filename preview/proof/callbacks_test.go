package proof_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
)

//go:embed testdata/callbacks.py
var callbacks string

// What the table of callbacks says is what a browser does: of each row that has a proof, with a bare callable of Python.
func TestCallbacks(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	session := openCallbacks(t)
	rows := pyodide.Callbacks()
	proofs := make([]string, len(rows))
	for i, c := range rows {
		proofs[i] = c.Proof
	}
	text, err := json.Marshal(proofs)
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	program := preview.Program{Files: map[string]string{"main.py": callbacks, "proofs.py": "PROOFS = " + string(text)}, Main: "main.py", How: preview.Run, Patience: time.Second}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err = session.Run(ctx, program, func(o analysis.Observation) {
		for line := range strings.Lines(o.Text) {
			if seen, ok := strings.CutPrefix(strings.TrimSpace(line), "shown: "); ok && o.Kind == analysis.Printed {
				shown = append(shown, seen)
			}
		}
		if o.Kind == analysis.Raised {
			t.Error(o.Text)
		}
	})
	if err != nil || len(shown) != len(rows) {
		t.Fatalf("it showed %d of %d: %v: %q", len(shown), len(rows), err, shown)
	}
	for i, c := range rows {
		want := map[pyodide.Does]string{
			pyodide.KeepsOnce: "dead", pyodide.KeepsOften: "dead", pyodide.Stores: "dead", pyodide.CallsAtOnce: "called",
			pyodide.Promises: "alive", pyodide.Compares: "gone",
		}[c.Does]
		switch {
		case c.Proof == "":
			want = "nothing"
		case c.Unproven != "" && want == "dead" && shown[i] == "gone":
			want = "gone"
		}
		if shown[i] != want {
			t.Errorf("%s: what it is given is %s, want %s", c.Operation, shown[i], want)
		}
	}
}

// openCallbacks opens a page with the newest Pyodide.
func openCallbacks(t *testing.T) *preview.Session {
	t.Helper()
	if os.Getenv(dist.CacheVariable) == "" {
		t.Setenv(dist.CacheVariable, disttest.Cache())
	}
	release := dist.Pyodide(pyodide.V314)
	dir, _, err := dist.Fetch(t.Context(), "", release)
	if err != nil {
		t.Fatal(err)
	}
	browser, err := preview.StartBrowser(t.Context(), preview.Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	engine, err := preview.NewEngine(browser, preview.Site{Pyodide: map[string]fs.FS{release.Version: os.DirFS(dir)}, Isolated: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	session, err := engine.Open(t.Context(), preview.Mode{Base: preview.PyodideAt(release.Version), JSPI: true, Silence: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(session.Close)
	return session
}
