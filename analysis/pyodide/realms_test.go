package pyodide_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

func TestRealms(t *testing.T) {
	for s, want := range map[pyodide.Realms][2]string{
		0:                                   {"", "realm not known"},
		pyodide.Main:                        {"main", "main thread"},
		pyodide.Main | pyodide.Worker:       {"main worker", "main thread and worker"},
		pyodide.InPyodide:                   {"main worker service-worker node", "main thread, worker, service worker and Node"},
		pyodide.AllRealms &^ pyodide.Node:   {"main worker service-worker host", "main thread, worker, service worker and outside Pyodide"},
		pyodide.InBrowser &^ pyodide.Worker: {"main service-worker", "main thread and service worker"},
	} {
		if got := [2]string{strings.Join(s.Names(), " "), s.String()}; got != want {
			t.Errorf("%b is %q, want %q", s, got, want)
		}
		var parsed pyodide.Realms
		for i, name := range s.Names() {
			one, ok := pyodide.ParseRealm(name)
			if !ok || one != s.Each()[i] {
				t.Errorf("%s is read as %b", name, one)
			}
			parsed = parsed.Or(one)
		}
		if parsed != s || !s.Has(parsed) || s.And(parsed) != s || s.Without(parsed) != 0 {
			t.Errorf("%b comes back as %b", s, parsed)
		}
	}
	if _, ok := pyodide.ParseRealm("mars"); ok {
		t.Error("mars is a realm")
	}
}
