package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/gallery"
	"pyodide-ls/preview/scenario"
)

func TestPatterns(t *testing.T) {
	all, err := patterns(nil)
	if err != nil || len(all) != len(gallery.All()) {
		t.Errorf("no name is %d patterns, %v", len(all), err)
	}
	for _, name := range []string{"there-is-none", "nothing-*", "["} {
		if _, err := patterns([]string{name}); err == nil {
			t.Errorf("a pattern is there that none is: %s", name)
		}
	}
	some, err := patterns([]string{"reactive-*", "worker-pool"})
	if err != nil || len(some) != 4 || some[3].name != "worker-pool" {
		t.Errorf("a group and one more are %d patterns, %v", len(some), err)
	}
}

// Of fewer runs the oldest and the newest are always there, and all of those between have their turn.
func TestRuns(t *testing.T) {
	some, err := patterns(nil)
	if err != nil {
		t.Fatal(err)
	}
	all, turns := 0, map[pyodide.Version]int{}
	for _, p := range some {
		on := p.scenario.On().Each()
		all += len(on)
	}
	if got := len(runs(some, pyodide.AllVersions, false)); got != all {
		t.Errorf("%d runs on all versions, want %d", got, all)
	}
	by := map[*pattern][]*shown{}
	for _, s := range runs(some, pyodide.AllVersions, true) {
		by[s.pattern] = append(by[s.pattern], s)
		turns[s.version]++
	}
	for _, p := range some {
		on, own := p.scenario.On().Each(), by[p]
		last := own[len(own)-1]
		if len(own) != min(3, len(on)) || own[0].version != on[0] || last.version != on[len(on)-1] || !last.newest || own[0].newest {
			t.Errorf("%s has %d runs, from %v to %v", p.name, len(own), own[0].version, last.version)
		}
	}
	for _, v := range pyodide.AllVersions.Each() {
		if turns[v] < len(some)/5 {
			t.Errorf("%v has %d turns of %d patterns", v, turns[v], len(some))
		}
	}
}

// measured is a pattern in a folder of its own, of which something was measured on two versions.
func measured(t *testing.T) (p *pattern, shows []*shown) {
	t.Helper()
	t.Chdir(t.TempDir())
	p = &pattern{name: "a-pattern", readme: "# a-pattern: it is one\n\n<!-- measured -->\n<!-- /measured -->\n"}
	if err := os.MkdirAll(filepath.Dir(p.path("README.md")), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, v := range []pyodide.Version{pyodide.V029, pyodide.V314} {
		shows = append(shows, &shown{
			pattern: p, version: v, newest: v == pyodide.V314, picture: []byte(v.String()),
			measures: []scenario.Measure{{Name: "an update", Unit: "ms", Number: 2}},
		})
	}
	return p, shows
}

func TestSettle(t *testing.T) {
	for _, test := range []struct {
		name            string
		problem, update bool
		broken          int
		written         bool
	}{
		{"a table that lacks a row is told", false, false, 1, false},
		{"and is written anew", false, true, 0, true},
		{"but not of patterns that are broken", true, true, 2, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, shows := measured(t)
			if test.problem {
				shows[0].problems = []string{"it is broken"}
			}
			broken, err := settle([]*pattern{p}, shows, test.update)
			if err != nil || len(broken) != test.broken {
				t.Errorf("broken %q, %v", broken, err)
			}
			readme, _ := os.ReadFile(p.path("README.md"))
			picture, _ := os.ReadFile(p.path("picture.png"))
			if written := strings.Contains(string(readme), "| an update, ms |  |  |  | 2 | 2 |") && string(picture) == "314"; written != test.written {
				t.Errorf("README %q, picture %q", readme, picture)
			}
		})
	}
}

// What a README has of a machine's numbers is none of the check.
func TestStale(t *testing.T) {
	p, shows := measured(t)
	p.readme = "<!-- measured -->\n| measured | 314 |\n| --- | --- |\n| an update, ms | 1000 |\n<!-- /measured -->\n"
	if stale := p.stale(shows); stale != "" {
		t.Error(stale)
	}
	if stale := p.stale(nil); stale != "" {
		t.Errorf("nothing was measured, and %s", stale)
	}
}
