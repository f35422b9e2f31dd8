package main

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
)

//go:embed lists.py
var lists string

//go:embed pyscript.py
var ofPyScript string

//go:embed missing.py
var missing string

// gone are the modules that Python had before 3.12 and has no more, which no release lists.
// Sources: https://docs.python.org/3/whatsnew/3.12.html#removed and the like of 3.10 and 3.11
var gone = []string{"asynchat", "asyncore", "binhex", "distutils", "dummy_threading", "formatter", "imp", "parser", "smtpd", "symbol"}

// answer is what one release has to import.
type answer struct {
	library []string                     // the modules of the standard library that its Python may have
	missing map[string]string            // those that were asked for and cannot be imported, with the one that it is for want of
	names   map[string]map[string]string // of its own modules, by the module; each with whether it is listed for that
}

// How names are listed in a module.
const (
	public  = "import"
	besides = "besides"
)

// ask asks the pinned release of each line, and gives both tables.
func ask(ctx context.Context) (names, library string, err error) {
	browser, err := preview.StartBrowser(ctx, preview.Window{})
	if err != nil {
		return "", "", err
	}
	defer browser.Close()
	all := map[pyodide.Version]*release{}
	defer func() {
		for _, r := range all {
			r.Close()
		}
	}()
	asked := slices.Clone(gone)
	for _, line := range pyodide.AllVersions.Each() {
		r, err := open(ctx, browser, line)
		if err != nil {
			return "", "", fmt.Errorf("open Pyodide %s: %w", line, err)
		}
		all[line] = r
		if err := r.lists(ctx); err != nil {
			return "", "", fmt.Errorf("ask Pyodide %s: %w", line, err)
		}
		asked = append(asked, r.library...)
	}
	slices.Sort(asked)
	asked = slices.Compact(asked)
	answers := map[pyodide.Version]answer{}
	for line, r := range all {
		if err := r.misses(ctx, asked); err != nil { // what one has, all are asked for
			return "", "", fmt.Errorf("ask Pyodide %s: %w", line, err)
		}
		answers[line] = r.answer
	}
	return namesText(answers), libraryText(answers), nil
}

// release is a page with the release of a line, and what it answers.
type release struct {
	*preview.Engine
	*preview.Session
	version string
	answer
}

// Close closes the page and its server.
func (r *release) Close() {
	r.Session.Close()
	r.Engine.Close()
}

// open opens the release of a line.
func open(ctx context.Context, browser *preview.Browser, line pyodide.Version) (*release, error) {
	version := dist.Pyodide(line).Version
	dir, _, err := dist.Fetch(ctx, "", dist.Pyodide(line))
	if err != nil {
		return nil, err
	}
	scripts, _, err := dist.Fetch(ctx, "", dist.PyScript(line))
	if err != nil {
		return nil, err
	}
	engine, err := preview.NewEngine(browser, preview.Site{
		Pyodide:  map[string]fs.FS{version: os.DirFS(dir)},
		PyScript: map[string]fs.FS{version: os.DirFS(filepath.Join(scripts, "dist"))},
		Watch:    &preview.Watch{Silence: time.Minute},
	})
	if err != nil {
		return nil, err
	}
	session, err := engine.Open(ctx, preview.Mode{Base: preview.PyodideAt(version), Silence: time.Minute})
	if err != nil {
		engine.Close()
		return nil, err
	}
	return &release{engine, session, version, answer{missing: map[string]string{}, names: map[string]map[string]string{}}}, nil
}

// lists asks for the names of modules, of Python's, of Pyodide's and of PyScript's.
func (r *release) lists(ctx context.Context) error {
	if err := r.hear(ctx, r.Session, preview.Program{Files: map[string]string{"main.py": lists}, Main: "main.py", How: preview.Run}); err != nil {
		return err
	}
	page, err := r.Show(ctx, r.version, "<script type=\"py\">\n"+ofPyScript+"</script>")
	if err != nil {
		return err
	}
	defer page.Close()
	return r.hear(ctx, page, preview.Program{Patience: 5 * time.Second})
}

// misses asks which modules cannot be imported.
func (r *release) misses(ctx context.Context, asked []string) error {
	list, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	files := map[string]string{"main.py": missing, "asked.py": "ASKED = " + string(list)}
	return r.hear(ctx, r.Session, preview.Program{Files: files, Main: "main.py", How: preview.Run})
}

// hear runs a program, or waits for that of a page, and reads what it prints.
func (a *answer) hear(ctx context.Context, session *preview.Session, p preview.Program) error {
	raised := ""
	err := session.Run(ctx, p, func(o analysis.Observation) {
		switch o.Kind {
		case analysis.Printed, analysis.Logged:
			a.read(strings.Fields(o.Text))
		case analysis.Raised, analysis.Uncaught:
			raised = o.Text
		}
	})
	if err == nil && raised != "" {
		err = fmt.Errorf("it raised %s", raised)
	}
	return err
}

// read reads a line that the program printed.
func (a *answer) read(words []string) {
	switch {
	case len(words) == 2 && words[0] == "library":
		a.library = append(a.library, words[1])
	case len(words) == 3 && words[0] == "missing":
		a.missing[words[1]] = words[2]
	case len(words) > 2 && words[0] == "from":
		names, how := map[string]string{}, ""
		for _, word := range words[2:] {
			if word == public || word == besides {
				how = word
				continue
			}
			names[word] = how
		}
		a.names[words[1]] = names
	}
}

// namesText is the table of names: a line for each of Pyodide's modules, and below it one for the names that the same
// releases have.
func namesText(all map[pyodide.Version]answer) string {
	var out strings.Builder
	out.WriteString("# What can be imported of Pyodide's own modules, in which lines of releases, as each says by itself. Names that a\n" +
		"# module has and does not list as its own stand behind a dash. Written by scripts/modules.\n")
	modules := map[string]pyodide.Versions{}
	for line, a := range all {
		for module := range a.names {
			modules[module] = modules[module].Or(pyodide.Only(line))
		}
	}
	for _, module := range slices.Sorted(maps.Keys(modules)) {
		fmt.Fprintf(&out, "%s\t%s\n", module, spelled(modules[module]))
		type row struct{ versions, dash string }
		rows := map[row][]string{}
		for name, versions := range namesOf(all, module) {
			r := row{versions: spelled(versions)}
			if !listed(all, module, name) {
				r.dash = "- "
			}
			rows[r] = append(rows[r], name)
		}
		for _, r := range slices.SortedFunc(maps.Keys(rows), func(a, b row) int {
			return cmp.Or(cmp.Compare(a.dash, b.dash), cmp.Compare(a.versions, b.versions))
		}) {
			slices.Sort(rows[r])
			fmt.Fprintf(&out, "\t%s\t%s%s\n", r.versions, r.dash, strings.Join(rows[r], " "))
		}
	}
	return out.String()
}

// namesOf are the names of a module with the lines that have them.
func namesOf(all map[pyodide.Version]answer, module string) map[string]pyodide.Versions {
	names := map[string]pyodide.Versions{}
	for line, a := range all {
		for name := range a.names[module] {
			names[name] = names[name].Or(pyodide.Only(line))
		}
	}
	return names
}

// listed says whether a module lists a name as its own in some line.
func listed(all map[pyodide.Version]answer, module, name string) bool {
	for _, a := range all {
		if a.names[module][name] == public {
			return true
		}
	}
	return false
}

// libraryText is the table of the modules of the standard library that some line has not.
func libraryText(all map[pyodide.Version]answer) string {
	var out strings.Builder
	out.WriteString("# The modules of Python's standard library that some line of releases cannot import by itself, the lines that can,\n" +
		"# those whose Python has it elsewhere, and the module that it is for want of if that is another one. Written by\n" +
		"# scripts/modules.\n")
	lacking := map[string]bool{}
	for _, a := range all {
		for module := range a.missing {
			lacking[module] = true
		}
	}
	for _, module := range slices.Sorted(maps.Keys(lacking)) {
		has, elsewhere, want := pyodide.AllVersions, pyodide.Versions(0), ""
		for line, a := range all {
			if slices.Contains(a.library, module) {
				elsewhere = elsewhere.Or(pyodide.Only(line))
			}
			if other, ok := a.missing[module]; ok {
				has = has.Without(pyodide.Only(line))
				if !strings.HasPrefix(module+".", other+".") {
					want = other
				}
			}
		}
		fmt.Fprintln(&out, strings.TrimSpace(module+"\t"+spelled(has)+"\t"+spelled(elsewhere)+"\t"+want))
	}
	return out.String()
}

// spelled is a set of lines as pyodide.ParseVersions reads it, or a dash for none.
func spelled(s pyodide.Versions) string {
	var parts []string
	for all := s.Each(); len(all) > 0; {
		n := 1
		for n < len(all) && all[n] == all[0]+pyodide.Version(n) {
			n++
		}
		part := all[0].String()
		if n > 1 {
			part += ".." + all[n-1].String()
		}
		parts, all = append(parts, part), all[n:]
	}
	return cmp.Or(strings.Join(parts, ","), "-")
}
