package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules"
)

func TestNamed(t *testing.T) {
	for _, test := range []struct{ names, want, err string }{
		{"block-main", "block-main", ""},
		{"worker-dom block-main worker-dom", "block-main worker-dom", ""},
		{"block-main blok-main", "", `there is no rule "blok-main"; did you mean block-main?`},
		{"zzzzzzzz", "", `there is no rule "zzzzzzzz"; the rules are `},
	} {
		some, err := named(strings.Fields(test.names))
		var got []string
		for _, r := range some {
			got = append(got, r.Name)
		}
		if strings.Join(got, " ") != test.want || (err == nil) != (test.err == "") || err != nil && !strings.HasPrefix(err.Error(), test.err) {
			t.Errorf("%s: %v, %v; want %s, %s", test.names, got, err, test.want, test.err)
		}
	}
	if all, err := named(nil); err != nil || len(all) != len(rules.All) {
		t.Errorf("no name is %d rules, %v", len(all), err)
	}
}

// measured is a rule with the page of a folder of its own, one that a browser has shown something of.
func measured(t *testing.T) (rule *analysis.Rule, results []proof.Result, path string) {
	t.Helper()
	t.Chdir(t.TempDir())
	path = filepath.Join("rules", "amistake", "a-mistake.md")
	rule = &analysis.Rule{Name: "a-mistake", Doc: "# a-mistake: it is one\n\n```python good\n1\n```\n\n```proof\ngood: printed \"1\"\n```\n"}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(rule.Doc), 0o666); err != nil {
		t.Fatal(err)
	}
	examples, err := proof.Examples([]*analysis.Rule{rule}, pyodide.Only(pyodide.V314))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		for _, m := range e.Modes() {
			results = append(results, proof.Result{Example: e, Mode: m, Word: "works", Held: []string{"good: printed \"1\""}})
		}
	}
	return rule, results, path
}

func TestSettle(t *testing.T) {
	releases := map[pyodide.Version]string{pyodide.V314: "314.0.7"}
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name    string
		ctx     context.Context
		update  bool
		broken  int
		written bool
	}{
		{"a stale table is told", t.Context(), false, 1, false},
		{"and is written anew", t.Context(), true, 0, true},
		{"but not by a run that was interrupted", interrupted, true, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			rule, results, path := measured(t)
			broken, err := settle(test.ctx, []*analysis.Rule{rule}, nil, results, releases, test.update)
			if len(broken) != test.broken || !errors.Is(err, test.ctx.Err()) {
				t.Errorf("broken %q, %v", broken, err)
			}
			page, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if written := strings.Contains(string(page), "| the others | main thread | works |"); written != test.written {
				t.Errorf("the page is now\n%s", page)
			}
		})
	}
}
