package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

const (
	tableFile  = "testdata/ecosystem.tsv"
	reportFile = "docs/ecosystem.md"
	header     = "repository\tcommit\tpath\tline\trule\tseverity\tverdict\treason"
)

// The verdicts. A repository in which nothing is found has one row, which says so.
const (
	right  = "true"   // it is found, and it is a mistake
	wrong  = "false"  // it is found, and it is none
	missed = "missed" // it is a mistake, and it is not found
	silent = "silent"
	open   = "?" // nobody has looked yet
)

var verdicts = []string{right, wrong, missed, silent, open}

// place is what a verdict is about.
type place struct {
	repository, path string
	line             int
	rule             string
}

// row is one verdict.
type row struct {
	place
	commit, severity, verdict, reason string
}

func (r row) String() string {
	return strings.Join([]string{r.repository, r.commit, r.path, strconv.Itoa(r.line), r.rule, r.severity, r.verdict, r.reason}, "\t")
}

// read reads the table.
func read() ([]row, error) {
	text, err := os.ReadFile(tableFile)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if lines[0] != header {
		return nil, fmt.Errorf("%s: the columns are not %q", tableFile, header)
	}
	var rows []row
	for i, text := range lines[1:] {
		c := strings.Split(text, "\t")
		if len(c) != 8 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 8", tableFile, i+2, len(c))
		}
		line, err := strconv.Atoi(c[3])
		if err != nil || !slices.Contains(verdicts, c[6]) {
			return nil, fmt.Errorf("%s:%d: line %q, verdict %q", tableFile, i+2, c[3], c[6])
		}
		rows = append(rows, row{place{c[0], c[2], line, c[4]}, c[1], c[5], c[6], c[7]})
	}
	return rows, nil
}

// write writes the table, sorted.
func write(rows []row) error {
	slices.SortFunc(rows, compareRows)
	var b strings.Builder
	fmt.Fprintln(&b, header)
	for _, r := range rows {
		fmt.Fprintln(&b, r)
	}
	return os.WriteFile(tableFile, []byte(b.String()), 0o644)
}

func compareRows(a, b row) int {
	return cmp.Or(strings.Compare(a.repository, b.repository), strings.Compare(a.path, b.path), cmp.Compare(a.line, b.line),
		strings.Compare(a.rule, b.rule))
}

// tally is what the verdicts say of one rule, or of all.
type tally struct {
	findings, loud, right, loudRight, missed int // loud is a warning or an error
	repositories                             map[string]bool
}

func (t *tally) add(r row) {
	if t.repositories == nil {
		t.repositories = map[string]bool{}
	}
	loud := r.severity == "warning" || r.severity == "error"
	switch r.verdict {
	case missed:
		t.missed++
		return
	case right:
		t.right++
		if loud {
			t.loudRight++
		}
	}
	t.findings++
	if loud {
		t.loud++
	}
	t.repositories[r.repository] = true
}

func (t *tally) cells() string {
	share := "–"
	if t.loud > 0 {
		share = strconv.Itoa(100 * t.loudRight / t.loud)
	}
	return fmt.Sprintf("%d | %d | %d | %s | %d | %d", len(t.repositories), t.findings, t.loud, share, t.findings-t.right, t.missed)
}

// tallies are those of all rules that have a row, by name, and of everything.
func tallies(rows []row) (byRule map[string]*tally, total *tally) {
	byRule, total = map[string]*tally{}, &tally{}
	for _, r := range rows {
		if r.verdict == silent {
			continue
		}
		if byRule[r.rule] == nil {
			byRule[r.rule] = &tally{}
		}
		byRule[r.rule].add(r)
		total.add(r)
	}
	return byRule, total
}

// report is the text of docs/ecosystem.md.
func report(rows []row) string {
	var b strings.Builder
	byRule, total := tallies(rows)
	repositories := map[string]bool{}
	for _, r := range rows {
		repositories[r.repository] = true
	}
	fmt.Fprintf(&b, `# In public repositories

Generated from `+"`%s`"+` by `+"`make generate`"+`. Do not edit.

The linter ran over %d public repositories, each at a fixed commit, and somebody read the code behind every finding. %d of %d findings at warning or above are mistakes; code that another mistake stops earlier counts as it stands. "Missed" are mistakes that a reader met beside them and that no rule finds.

| rule | repositories | findings | warnings and errors | of them right, in 100 | wrong, of all | missed |
| --- | --- | --- | --- | --- | --- | --- |
`, tableFile, len(repositories), total.loudRight, total.loud)
	for _, name := range slices.Sorted(maps.Keys(byRule)) {
		fmt.Fprintf(&b, "| %s | %s |\n", name, byRule[name].cells())
	}
	fmt.Fprintf(&b, "| all | %s |\n", total.cells())
	return b.String()
}
