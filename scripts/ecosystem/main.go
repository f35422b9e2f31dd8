// Command ecosystem holds the linter to testdata/ecosystem.tsv: over checkouts of the repositories named
// there it fails on any finding without a verdict, and on any verdict whose finding is gone.
//
//	go run ./scripts/ecosystem DIR
//
// DIR holds each checkout in a folder owner__name, at the commit that the table names.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

const table = "testdata/ecosystem.tsv"

// place is what a verdict is about.
type place struct {
	repository, path string
	line             int
	rule             string
}

func main() {
	if len(os.Args) != 2 || os.Args[1] == "" {
		fmt.Fprintln(os.Stderr, "usage: make ecosystem DIR=folder-of-checkouts")
		os.Exit(2)
	}
	ok, err := compare(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "ecosystem:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func compare(dir string) (ok bool, err error) {
	verdicts, repositories, err := read()
	if err != nil {
		return false, err
	}
	ok = true
	looked := 0
	for _, repository := range repositories {
		root := filepath.Join(dir, strings.ReplaceAll(repository, "/", "__"))
		if _, err := os.Stat(root); err != nil {
			fmt.Printf("%s: no checkout\n", repository)
			continue
		}
		looked++
		found, err := findings(repository, root)
		if err != nil {
			return false, err
		}
		for p := range found {
			if verdicts[p] == "" {
				fmt.Printf("%s: %s:%d: %s has no verdict\n", p.repository, p.path, p.line, p.rule)
				ok = false
			}
		}
		for p := range verdicts {
			if p.repository == repository && !found[p] {
				fmt.Printf("%s: %s:%d: %s is found no more\n", p.repository, p.path, p.line, p.rule)
				ok = false
			}
		}
	}
	if looked == 0 {
		return false, fmt.Errorf("%s holds none of the checkouts", dir)
	}
	fmt.Printf("%d of %d repositories looked at, %d verdicts\n", looked, len(repositories), len(verdicts))
	return ok, nil
}

// read reads the table; a row whose path is "-" says that a repository has no finding.
func read() (verdicts map[place]string, repositories []string, err error) {
	text, err := os.ReadFile(table)
	if err != nil {
		return nil, nil, err
	}
	verdicts = map[place]string{}
	seen := map[string]bool{}
	for i, row := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		c := strings.Split(row, "\t")
		if len(c) != 7 {
			return nil, nil, fmt.Errorf("%s:%d: %d columns, want 7", table, i+2, len(c))
		}
		if !seen[c[0]] {
			seen[c[0]] = true
			repositories = append(repositories, c[0])
		}
		if c[2] == "-" {
			continue
		}
		line, err := strconv.Atoi(c[3])
		if err != nil {
			return nil, nil, fmt.Errorf("%s:%d: line %q", table, i+2, c[3])
		}
		if c[5] != "true" && c[5] != "false" {
			return nil, nil, fmt.Errorf("%s:%d: verdict %q is neither true nor false", table, i+2, c[5])
		}
		verdicts[place{c[0], c[2], line, c[4]}] = c[5]
	}
	return verdicts, repositories, nil
}

func findings(repository, root string) (map[place]bool, error) {
	result, err := lint.Run(context.Background(), lint.Options{Paths: []string{root}, Rules: rules.All})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", repository, err)
	}
	found := map[place]bool{}
	for _, f := range result.Files {
		path, err := below(root, f.Path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", repository, err)
		}
		for _, x := range f.Findings {
			found[place{repository, path, f.Source.Point(x.Span.Start).Line, x.Rule.Name}] = true
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
