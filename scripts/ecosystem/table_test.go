package main

import (
	"os"
	"slices"
	"testing"

	"pyodide-ls/rules"
)

func TestTable(t *testing.T) {
	t.Chdir("../..")
	rows, err := read()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(rows, compareRows) {
		t.Errorf("%s is not sorted", tableFile)
	}
	known := map[string]bool{"-": true}
	for _, r := range rules.All {
		known[r.Name] = true
	}
	commits := map[string]string{}
	for i, r := range rows {
		if i > 0 && rows[i-1].place == r.place {
			t.Errorf("there are two rows for %v", r.place)
		}
		if r.verdict == open || !known[r.rule] || r.reason == "" && r.verdict != silent {
			t.Errorf("%v: verdict %q, rule %q, reason %q", r.place, r.verdict, r.rule, r.reason)
		}
		if before, ok := commits[r.repository]; ok && before != r.commit {
			t.Errorf("%s stands at two commits", r.repository)
		}
		commits[r.repository] = r.commit
	}
}

// least is how many in 100 findings at warning or above must be right.
const least = 95

func TestFindingsAreRight(t *testing.T) {
	t.Chdir("../..")
	rows, err := read()
	if err != nil {
		t.Fatal(err)
	}
	if _, total := tallies(rows); 100*total.loudRight < least*total.loud || total.loud == 0 {
		t.Errorf("%d of %d findings at warning or above are right, and %d in 100 must be", total.loudRight, total.loud, least)
	}
}

func TestReportIsCurrent(t *testing.T) {
	t.Chdir("../..")
	rows, err := read()
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(reportFile); err != nil || string(text) != report(rows) {
		t.Errorf("%s is stale: run make generate (%v)", reportFile, err)
	}
}
