package proof_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/proof"
)

const (
	twoBad  = "bad: uncaught \"it was wrong\"\n"
	jspiToo = "bad: uncaught \"it was wrong\"\nbad: jspi=off uncaught \"it was wrong\"\n"
)

// Examples are run mode by mode, for a page is opened for each, and told example by example.
func TestAll(t *testing.T) {
	bad := fence("python bad", "import js\nwrong()")
	rule := ruleOf(pyodide.AllVersions, bad+bad, jspiToo)
	examples, err := proof.Examples([]*analysis.Rule{rule}, two)
	if err != nil {
		t.Fatal(err)
	}
	var ran []string
	b := &script{shows: shows}
	results := proof.All(t.Context(), examples, []*analysis.Rule{rule}, []proof.Browser{b}, func(r proof.Result) {
		ran = append(ran, fmt.Sprint(r.Number, " ", r.Mode))
	})
	want := []string{
		"1 Pyodide 0.27, main thread", "2 Pyodide 0.27, main thread",
		"1 Pyodide 0.27, main thread, no JSPI", "2 Pyodide 0.27, main thread, no JSPI",
		"1 Pyodide 314, main thread", "2 Pyodide 314, main thread",
		"1 Pyodide 314, main thread, no JSPI", "2 Pyodide 314, main thread, no JSPI",
	}
	if !slices.Equal(ran, want) {
		t.Errorf("it ran %q", ran)
	}
	if b.forgot != 4 {
		t.Errorf("%d pages were left, want one for each mode", b.forgot)
	}
	var sorted []string
	for _, r := range results {
		if sorted = append(sorted, fmt.Sprint(r.Number, " ", r.Mode)); r.Problem != "" {
			t.Errorf("%s, %s: %s", r.Example, r.Mode, r.Problem)
		}
	}
	want = []string{
		"1 Pyodide 0.27, main thread", "1 Pyodide 314, main thread",
		"1 Pyodide 0.27, main thread, no JSPI", "1 Pyodide 314, main thread, no JSPI",
		"2 Pyodide 0.27, main thread", "2 Pyodide 314, main thread",
		"2 Pyodide 0.27, main thread, no JSPI", "2 Pyodide 314, main thread, no JSPI",
	}
	if !slices.Equal(sorted, want) {
		t.Errorf("the results are %q", sorted)
	}
}

// What goes wrong is tried again, five times in all, each time in a new page.
func TestTries(t *testing.T) {
	rule := ruleOf(pyodide.AllVersions, fence("python bad", "import js\nwrong()"), twoBad)
	examples, err := proof.Examples([]*analysis.Rule{rule}, pyodide.Only(pyodide.V314))
	if err != nil {
		t.Fatal(err)
	}
	for fails, problem := range map[int]string{0: "", 1: "", 4: "", 5: errScript.Error()} {
		b := &script{shows: shows, fails: fails}
		results := proof.All(t.Context(), examples, []*analysis.Rule{rule}, []proof.Browser{b}, func(proof.Result) {})
		if len(results) != 1 || results[0].Problem != problem || b.fails != 0 || b.forgot != fails+1 {
			t.Errorf("where it fails %d times: %+v, %d pages", fails, results, b.forgot)
		}
	}
}

// Whoever interrupts is not kept waiting for what was not begun.
func TestInterrupted(t *testing.T) {
	rule := ruleOf(pyodide.AllVersions, fence("python bad", "import js\nwrong()"), twoBad)
	examples, err := proof.Examples([]*analysis.Rule{rule}, two)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	results := proof.All(ctx, examples, []*analysis.Rule{rule}, []proof.Browser{&script{shows: shows}}, func(proof.Result) { cancel() })
	if len(results) == 0 || len(results) > len(two.Each()) {
		t.Errorf("%d results", len(results))
	}
}
