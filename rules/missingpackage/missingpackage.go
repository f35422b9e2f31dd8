// Package missingpackage finds imports of packages of Pyodide's distribution that nothing loads.
package missingpackage

import (
	_ "embed"
	"fmt"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed missing-package.md
var doc string

// Rule is missing-package.
var Rule = &analysis.Rule{
	Name: "missing-package", Group: analysis.Runtime, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("No module named '"), Check: check,
}

func check(p *analysis.Pass) {
	if p.OfOld() || p.PerhapsMicroPython() {
		return // whose packages are not known
	}
	spoken := map[string]bool{}
	for i := range p.Importing() {
		by := pyodide.PackagesOf(i.Module)
		if len(by) == 0 {
			continue
		}
		lost, ok := missing(p, i.Module, by)
		if !ok || spoken[by[0].Name] || !p.SeesLoading(i.Node) {
			continue
		}
		spoken[by[0].Name] = true
		p.Report(i.Node, 0, analysis.Finding{
			Message: message(p, i.Node, i.Module, by[len(by)-1].Name), Versions: lost,
			Fixes: loaded(p, i.Node, by[len(by)-1].Name), Cause: analysis.Cause{Span: i.Node.Span(), Kind: "import"},
		})
	}
}

// missing are the lines of releases that have a package for a module and do not load it by themselves; ok is false where
// the code is for none of them, and where the package may be loaded, or the module may be another one.
func missing(p *analysis.Pass, module string, by []pyodide.Package) (lost pyodide.Versions, ok bool) {
	for _, one := range by {
		lost = lost.Or(one.Lines)
	}
	if absent, known := pyodide.AbsentFrom(module); known {
		lost = lost.Without(absent.Has)
	}
	if lost = lost.And(p.Versions()); lost.And(p.Aimed()) == 0 {
		return 0, false
	}
	b := p.Brought()
	return lost, !b.Open && !b.Mocks && !b.HasModule(module) &&
		!slices.ContainsFunc(by, func(one pyodide.Package) bool { return b.Packages[one.Name] })
}

// message says where the package is asked for.
func message(p *analysis.Pass, at syntax.Node, module, name string) string {
	how := fmt.Sprintf("with pyodide.loadPackage(%q)", name)
	if slices.ContainsFunc(p.Runs(at), realm.Placement.PyScript) {
		how = "in packages of PyScript's settings"
	}
	return fmt.Sprintf("nothing loads %s, which comes with Pyodide and has to be asked for: name %s %s", module, name, how)
}

// loaded has the package loaded before the import, where that may be awaited.
func loaded(p *analysis.Pass, at syntax.Node, name string) []analysis.Fix {
	_, indent, whole := p.Statement(at)
	awaiting, ok := p.Await(at)
	if !ok || awaiting.MakesAsync || !whole || at.Parent().Kind() != syntax.Module {
		return nil
	}
	end := p.Unit.LineEnd()
	start := at.Span().Start
	return []analysis.Fix{{
		Title: "Load " + name + " before the import", Applicability: analysis.Unsafe,
		Edits: []source.Edit{{
			Span: source.Span{Start: start, End: start},
			New:  "import pyodide_js" + end + end + indent + fmt.Sprintf("await pyodide_js.loadPackage(%q)", name) + end + end + indent,
		}},
	}}
}
