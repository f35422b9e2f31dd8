// Command realms holds what the linter says of where code runs to testdata/realms.tsv, which says what a person read:
// over checkouts of the repositories named there it fails when fewer than 90 in 100 files are told right, and when it
// says of any of the others, by more than an assumption, that it runs where it does not. Files of libraries ("any") run
// wherever other repositories import them: they are looked at, and count for neither.
//
//	go run ./scripts/realms DIR
//
// DIR holds each checkout in a folder owner__name, at the commit that the table names.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

const (
	table = "testdata/realms.tsv"
	least = 90 // files in 100 that must be told right
)

// row is what a person read of one file.
type row struct {
	repository, path, evidence string
	realms                     pyodide.Realms
	any                        bool // of a library
}

// answer is what the linter says of one file.
type answer struct {
	realms pyodide.Realms
	firm   pyodide.Realms // those of the realms that are no assumption
	loaded pyodide.Realms // those that rest on more than what the code itself takes for granted
	why    string
}

func main() {
	if len(os.Args) != 2 || os.Args[1] == "" {
		fmt.Fprintln(os.Stderr, "usage: make realms DIR=folder-of-checkouts")
		os.Exit(2)
	}
	ok, err := compare(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "realms:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

func compare(dir string) (ok bool, err error) {
	rows, err := read()
	if err != nil {
		return false, err
	}
	right, wrong, unsure, missing, libraries := 0, 0, 0, 0, 0
	answers := map[string]map[string]answer{}
	for _, r := range rows {
		root := filepath.Join(dir, strings.ReplaceAll(r.repository, "/", "__"))
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(r.path))); err != nil {
			fmt.Printf("%s: %s: no checkout of it\n", r.repository, r.path)
			missing++
			continue
		}
		if answers[r.repository] == nil {
			if answers[r.repository], err = ask(root); err != nil {
				return false, fmt.Errorf("%s: %w", r.repository, err)
			}
		}
		said := answers[r.repository][r.path].orElse(r.path)
		switch {
		case r.any:
			libraries++
			continue
		case said.agrees(r):
			right++
			continue
		case r.realms.Has(said.firm):
			unsure++
			fmt.Printf("unsure ")
		default:
			wrong++
			fmt.Printf("WRONG  ")
		}
		fmt.Printf("%s %s: %s, and it is %s (%s)\n       said because: %s\n", r.repository, r.path, said.realms, r.realms, r.evidence, said.why)
	}
	looked := len(rows) - missing - libraries
	if looked == 0 {
		return false, fmt.Errorf("%s holds none of the checkouts", dir)
	}
	fmt.Printf("%d files: %d told right (%d in 100), %d not known or assumed wrongly, %d told wrong; %d of libraries\n",
		looked, right, 100*right/looked, unsure, wrong, libraries)
	return 100*right >= least*looked && wrong == 0, nil
}

// read reads the table.
func read() ([]row, error) {
	text, err := os.ReadFile(table)
	if err != nil {
		return nil, err
	}
	var rows []row
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		c := strings.Split(line, "\t")
		if len(c) != 5 {
			return nil, fmt.Errorf("%s:%d: %d columns, want 5", table, i+2, len(c))
		}
		r := row{repository: c[0], path: c[2], evidence: c[4], any: c[3] == "any"}
		for _, name := range strings.Split(c[3], "+") {
			one, ok := pyodide.ParseRealm(name)
			if !ok && c[3] != "unknown" && !r.any {
				return nil, fmt.Errorf("%s:%d: there is no realm %q", table, i+2, name)
			}
			r.realms = r.realms.Or(one)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// ask has the linter say where the code of a checkout runs.
func ask(root string) (map[string]answer, error) {
	found, err := lint.Where(context.Background(), lint.Options{Paths: []string{root}, Rules: rules.All})
	if err != nil {
		return nil, err
	}
	answers := map[string]answer{}
	for _, f := range found.Files {
		path, err := filepath.Rel(root, filepath.FromSlash(f.Path))
		if err != nil {
			return nil, err
		}
		var a answer
		for _, u := range f.Units {
			a.add(u.Module)
			for _, d := range u.Defs {
				a.add(d.Placements)
			}
		}
		answers[filepath.ToSlash(path)] = a
	}
	return answers, nil
}

// agrees says whether the answer is right: it names the places in Pyodide where the file runs, and no other one. Whether
// what runs in Pyodide runs in another Python as well makes no difference to any rule. Of a file of which a person
// cannot tell it is right to say nothing for sure.
func (a answer) agrees(r row) bool {
	if r.realms == 0 {
		return a.loaded == 0
	}
	in, truly := a.realms.And(pyodide.InPyodide), r.realms.And(pyodide.InPyodide)
	return in == truly && (truly != 0 || a.realms == r.realms)
}

func (a *answer) add(all []realm.Placement) {
	for _, p := range all {
		a.realms = a.realms.Or(p.Realm)
		if p.Basis > realm.Taken || p.Basis == realm.Taken && p.Realm != pyodide.Host {
			a.firm = a.firm.Or(p.Realm)
		}
		if p.Basis > realm.Taken {
			a.loaded = a.loaded.Or(p.Realm)
		}
		a.why += fmt.Sprintf("%s: %s; ", p.Realm, p.Because())
	}
}

// orElse is the answer, or the one for a file that the linter does not list: Python that nothing brings into Pyodide.
func (a answer) orElse(path string) answer {
	if a.why != "" || !strings.HasSuffix(path, ".py") {
		return a
	}
	return answer{realms: pyodide.Host, why: "nothing brings it into Pyodide"}
}
