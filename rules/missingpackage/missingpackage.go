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
		if len(by) == 0 || brought(p, i.Module, by) {
			continue
		}
		name := by[len(by)-1].Name
		has := having(i.Module, by)
		if spoken[by[0].Name] || p.Aimed().Without(stdlib(i.Module)) == 0 || !p.SeesLoading(i.Node) {
			continue
		}
		spoken[by[0].Name] = true
		finding := analysis.Finding{
			Message:  fmt.Sprintf("there is no package %s %s, and nothing in the project brings it", name, has.Lacking()),
			Versions: p.Versions().Without(stdlib(i.Module)), Cause: analysis.Cause{Span: i.Node.Span(), Kind: "import"},
		}
		if lost := has.And(p.Versions()); lost.And(p.Aimed()) != 0 {
			finding.Message, finding.Versions = message(p, i.Node, i.Module, name), lost
			finding.Fixes, finding.Related = append(listed(p, i.Node, name), loaded(p, i.Node, name)...), lists(p, i.Node)
		}
		p.Report(i.Node, 0, finding)
	}
}

// having are the lines of releases that have a package for a module and do not load it by themselves.
func having(module string, by []pyodide.Package) (lines pyodide.Versions) {
	for _, one := range by {
		lines = lines.Or(one.Lines)
	}
	return lines.Without(stdlib(module))
}

// stdlib are the lines of releases in whose standard library a module is.
func stdlib(module string) pyodide.Versions {
	absent, _ := pyodide.AbsentFrom(module)
	return absent.Has
}

// brought says whether the package may be loaded, or the module may be another one.
func brought(p *analysis.Pass, module string, by []pyodide.Package) bool {
	b := p.Brought()
	return b.Open || b.Mocks || b.HasModule(module) ||
		slices.ContainsFunc(by, func(one pyodide.Package) bool { return b.Packages[one.Name] })
}

// message says where the package is asked for.
func message(p *analysis.Pass, at syntax.Node, module, name string) string {
	how := fmt.Sprintf("with pyodide.loadPackage(%q)", name)
	if byPyScript(p, at) {
		how = "in packages of PyScript's settings"
	}
	return fmt.Sprintf("nothing loads %s, which comes with Pyodide and has to be asked for: name %s %s", module, name, how)
}

func byPyScript(p *analysis.Pass, at syntax.Node) bool {
	return slices.ContainsFunc(p.Runs(at), realm.Placement.PyScript)
}

// listed adds the package to those that the document lists.
func listed(p *analysis.Pass, at syntax.Node, name string) []analysis.Fix {
	end, mark, ok := p.PackageList(byPyScript(p, at))
	if !ok {
		return nil
	}
	return []analysis.Fix{{
		Title: "Add " + name + " to the packages", Applicability: analysis.Unsafe,
		Around: []source.Edit{{Span: source.Span{Start: end, End: end}, New: ", " + mark + name + mark}},
	}}
}

// lists is the list of packages in settings of their own.
func lists(p *analysis.Pass, at syntax.Node) []analysis.Related {
	if r, ok := p.PackagesListed(at); ok {
		return []analysis.Related{analysis.Elsewhere(r, "the packages are listed here")}
	}
	return nil
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
