package rules_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
	"pyodide-ls/rules"
)

// opened is a text as the rules see it.
type opened struct {
	file     *analysis.File
	findings []analysis.Finding
}

func open(t testing.TB, fence analysis.Fence, code string) opened {
	t.Helper()
	setting, view, err := fence.In()
	if err != nil {
		t.Fatal(err)
	}
	f, err := analysis.Open(source.New(fence.File, code), setting)
	if err != nil {
		t.Fatal(err)
	}
	return opened{f, analysis.Check(t.Context(), f, view, rules.All, analysis.Options{})}
}

// said counts what is said of a text, apart from where.
func (o opened) said() map[string]int {
	all := map[string]int{}
	for _, f := range o.findings {
		all[f.Rule.Name+": "+f.Message]++
	}
	return all
}

// imports are the names that the top level of the text imports, with how often.
func (o opened) imports() map[string]int {
	all := map[string]int{}
	for _, u := range o.file.Units {
		for _, i := range u.Scopes.Imports() {
			if i.Node.Parent().Parent().OK() {
				continue // not at the top level
			}
			if i.Names == nil {
				all[i.Node.Text()]++
			}
			for _, name := range i.Names {
				all[i.Module+"."+name]++
			}
		}
	}
	return all
}

// variants are other ways to write a Python text that leave it the same to a reader.
var variants = []struct {
	name string
	of   func(code string) string
}{
	{"as it is", func(code string) string { return code }},
	{"with CRLF", func(code string) string { return strings.ReplaceAll(code, "\n", "\r\n") }},
	{"in tabs", func(code string) string { return indented(code, "\t") }},
	{"in a branch", func(code string) string { return "if True:\n" + shifted(code) }},
	{"in a function", func(code string) string { return "async def main():\n" + shifted(code) + "\n\nawait main()\n" }},
	{"below a head", func(code string) string {
		return "#!/usr/bin/env python3\n\"\"\"Größe, 大小, 🙂.\"\"\"\nfrom __future__ import annotations\n\nimport os\n\n" + code
	}},
	{"without an end", func(code string) string { return strings.TrimRight(code, "\n") }},
	{"with remarks", func(code string) string { return strings.ReplaceAll(code, "\n\n", "\n# é🙂\n\n") }},
}

// indented has its own way to indent.
func indented(code, by string) string {
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, " ")
		lines[i] = strings.Repeat(by, (len(line)-len(rest))/4) + strings.Repeat(" ", (len(line)-len(rest))%4) + rest
	}
	return strings.Join(lines, "\n")
}

// shifted stands a step to the right, texts over several lines as well.
func shifted(code string) string {
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "    " + line
		}
	}
	return strings.Join(lines, "\n")
}

// examples are the bad examples of all pages, and the files of the showcase.
func examples(t testing.TB) map[string]analysis.Fence {
	t.Helper()
	all := map[string]analysis.Fence{}
	for _, rule := range rules.All {
		n := 0
		for _, fence := range analysis.ParsePage(rule.Doc).Fences {
			if fence.Role == "bad" {
				n++
				all[fmt.Sprintf("%s/bad %d", rule.Name, n)] = fence
			}
		}
	}
	files, err := filepath.Glob("../testdata/showcase*/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no showcase: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all["showcase/"+filepath.Base(file)] = analysis.Fence{File: filepath.Base(file), Code: string(text)}
	}
	return all
}

// Every fix of every finding, applied alone, leaves a text that parses, without that finding and without a new one,
// whatever the text looks like around it.
func TestFixesMend(t *testing.T) {
	all := examples(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fence := all[name]
			for _, v := range variants {
				if analysis.KindOf(fence.File, host.Unknown) != host.Python && v.name != "as it is" && v.name != "with CRLF" {
					continue // how Python is written inside of something else is for that to say
				}
				mends(t, fence, v.of(fence.Code), v.name)
			}
		})
	}
}

func mends(t *testing.T, fence analysis.Fence, code, variant string) {
	t.Helper()
	before := open(t, fence, code)
	if before.file.Holes() > 0 {
		return // the variant is no Python: a text over several lines, a future import below code
	}
	for _, f := range before.findings {
		for _, fix := range f.Fixes {
			text, err := source.Apply(code, fix.Edits)
			if err != nil {
				t.Errorf("%s: %q cannot be applied: %v", variant, fix.Title, err)
				continue
			}
			after := open(t, fence, text)
			if wrong := compare(before, after, f, fix); wrong != "" {
				t.Errorf("%s: after %q for %s, %s:\n%s", variant, fix.Title, f.Rule.Name, wrong, text)
			}
		}
	}
}

// compare says what a fix has done wrong, empty if nothing.
func compare(before, after opened, f analysis.Finding, fix analysis.Fix) string {
	if after.file.Holes() > 0 {
		return "the text does not parse"
	}
	for name, n := range after.imports() {
		if n > 1 && n > before.imports()[name] {
			return name + " is imported twice"
		}
	}
	if fix.Applicability == analysis.Shown {
		return ""
	}
	was, is := before.said(), after.said()
	gone := f.Rule.Name + ": " + f.Message
	if is[gone] >= was[gone] {
		return "it is still found"
	}
	for what, n := range is {
		if n > was[what] && !strings.HasPrefix(what, "unused-ignore: ") { // what comments are good for follows from the rest
			return "there is more of this: " + what
		}
	}
	return ""
}
