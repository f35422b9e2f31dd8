// Command ecosystem holds the linter to testdata/ecosystem.tsv: over checkouts of the repositories named
// there it fails on any finding without a verdict, on any verdict whose finding is gone, and on a mistake that is said
// to be missed and is found.
//
//	go run ./scripts/ecosystem [-update] DIR
//	go run ./scripts/ecosystem -report
//
// DIR holds each checkout in a folder owner__name, at the commit that the table names. With -update the table gets a
// row with the verdict "?" for what is new, and loses what is gone. With -report docs/ecosystem.md is written.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

func main() {
	update := flag.Bool("update", false, "write what is found into the table")
	onlyReport := flag.Bool("report", false, "write "+reportFile)
	flag.Parse()
	ok, err := run(*update, *onlyReport, flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, "ecosystem:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func run(update, onlyReport bool, dir string) (ok bool, err error) {
	rows, err := read()
	switch {
	case err != nil:
		return false, err
	case onlyReport:
		return true, os.WriteFile(reportFile, []byte(report(rows)), 0o644)
	case dir == "":
		return false, errors.New("which folder holds the checkouts? make ecosystem DIR=folder-of-checkouts")
	}
	t := &trial{dir: dir, update: update, ok: true}
	if err := t.hold(rows); err != nil {
		return false, err
	}
	if update {
		return true, write(t.rows)
	}
	return t.ok, nil
}

// trial compares the table with what is found.
type trial struct {
	dir    string
	update bool
	ok     bool
	rows   []row // the table as it should be
}

// hold looks at each repository of the table.
func (t *trial) hold(rows []row) error {
	byRepository := map[string][]row{}
	var order []string
	for _, r := range rows {
		if byRepository[r.repository] == nil {
			order = append(order, r.repository)
		}
		byRepository[r.repository] = append(byRepository[r.repository], r)
	}
	looked := 0
	for _, repository := range order {
		root := filepath.Join(t.dir, strings.ReplaceAll(repository, "/", "__"))
		if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
			fmt.Printf("%s: no checkout\n", repository)
			t.rows = append(t.rows, byRepository[repository]...)
			continue
		}
		looked++
		found, err := findings(repository, root)
		if err != nil {
			return err
		}
		t.compare(byRepository[repository], found)
	}
	if looked == 0 {
		return fmt.Errorf("%s holds none of the checkouts", t.dir)
	}
	fmt.Printf("%d of %d repositories looked at, %d rows\n", looked, len(order), len(rows))
	return nil
}

// compare holds the rows of one repository to what is found there, by the severity.
func (t *trial) compare(rows []row, found map[place]string) {
	before := len(t.rows)
	for _, r := range rows {
		severity, is := found[r.place]
		switch {
		case r.verdict == silent:
			continue
		case r.verdict == missed && is:
			t.complain(r.place, "is found now, and said to be missed")
			r.verdict = open
		case r.verdict == missed:
		case !is:
			t.complain(r.place, "is found no more")
			continue
		case severity != r.severity:
			t.complain(r.place, "is of severity "+severity+", not "+r.severity)
		case r.verdict == open:
			t.complain(r.place, "has no verdict")
		}
		if is {
			r.severity = severity
		}
		t.rows = append(t.rows, r)
		delete(found, r.place)
	}
	for p, severity := range found {
		t.complain(p, "is not in the table")
		t.rows = append(t.rows, row{p, rows[0].commit, severity, open, ""})
	}
	if len(t.rows) == before {
		t.rows = append(t.rows, row{place{rows[0].repository, "-", 0, "-"}, rows[0].commit, "-", silent, ""})
	}
}

func (t *trial) complain(p place, what string) {
	fmt.Printf("%s: %s:%d: %s %s\n", p.repository, p.path, p.line, p.rule, what)
	t.ok = false
}

// findings are the places where something is found, with the severity.
func findings(repository, root string) (map[place]string, error) {
	result, err := lint.Run(context.Background(), lint.Options{Paths: []string{root}, Rules: rules.All})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", repository, err)
	}
	found := map[place]string{}
	for _, f := range result.Files {
		path, err := below(root, f.Path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", repository, err)
		}
		for _, x := range f.Findings {
			found[place{repository, path, f.Source.Point(x.Span.Start).Line, x.Rule.Name}] = x.Severity.String()
		}
	}
	return found, nil
}

// below is a path relative to a folder, with forward slashes.
func below(root, path string) (string, error) {
	from, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	to, err := filepath.Abs(filepath.FromSlash(path))
	if err != nil {
		return "", err
	}
	relative, err := filepath.Rel(from, to)
	return filepath.ToSlash(relative), err
}
