// Package removedstdlib finds imports of modules of Python's standard library that are not in Pyodide's.
package removedstdlib

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed removed-stdlib.md
var doc string

// Rule is removed-stdlib.
var Rule = &analysis.Rule{
	Name: "removed-stdlib", Group: analysis.Runtime, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("No module named '"), Check: check,
}

func check(p *analysis.Pass) {
	if p.OfOld() {
		return // whose standard library is not known
	}
	for i := range p.Importing() {
		for _, module := range modules(i) {
			if speak(p, i.Node, module) {
				break
			}
		}
	}
}

// modules are those that an import may load: the module, and what of it may be a module of its own.
func modules(i scope.Import) []string {
	all := []string{i.Module}
	for _, name := range i.Names {
		all = append(all, i.Module+"."+name)
	}
	return all
}

// speak speaks of an import if there is no such module where it runs.
func speak(p *analysis.Pass, at syntax.Node, module string) bool {
	absent, ok := pyodide.AbsentFrom(module)
	if !ok {
		return false
	}
	lost := p.Aimed().Without(absent.Has)
	for _, by := range pyodide.PackagesOf(module) {
		lost = lost.Without(by.Lines) // of which missing-package speaks
	}
	if lost == 0 || !p.OnlyInPyodide(at) || provided(p, module, absent) {
		return false
	}
	p.Report(at, 0, analysis.Finding{
		Message: message(module, absent), Versions: lost.Or(p.Versions().Without(absent.Has)),
		Cause: analysis.Cause{Span: at.Span(), Kind: "import"},
	})
	return true
}

// provided says whether the module may come from elsewhere: from a file of the project, from what takes the place of
// modules, or from a package, as there is for most that Python itself has given up.
func provided(p *analysis.Pass, module string, absent pyodide.Absent) bool {
	b := p.Brought()
	top, _, _ := strings.Cut(module, ".")
	given := absent.Elsewhere.Newest() != pyodide.AllVersions.Newest() || top == "turtle"
	return b.HasModule(module) || b.Mocks || given && b.Open || b.Packages[pyodide.Backports[top]]
}

// message says since when there is no such module, and what to use.
func message(module string, absent pyodide.Absent) string {
	top, _, _ := strings.Cut(module, ".")
	words := fmt.Sprintf("there is no %s in Pyodide", module)
	switch {
	case absent.Has != 0:
		words = fmt.Sprintf("there is no %s %s", module, absent.Has.Lacking())
	case absent.Want != "":
		words = fmt.Sprintf("%s cannot be imported in Pyodide, which has no %s", module, absent.Want)
	case absent.Elsewhere == 0:
		words = fmt.Sprintf("Python has no %s any more", module)
	}
	if instead := pyodide.InsteadOf[top]; instead != "" {
		words += ": use " + instead
	}
	return words
}
