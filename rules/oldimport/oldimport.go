// Package oldimport finds names that are asked for where Pyodide does not have them: those that moved, that are gone, and
// that came later.
package oldimport

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed old-import.md
var doc string

// Rule is old-import.
var Rule = &analysis.Rule{
	Name: "old-import", Group: analysis.Runtime, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.Fails("from 'pyodide", "from 'pyscript'", "module 'pyodide", "No module named 'pyodide."), Check: check,
	CheckFile: checkFile,
}

func check(p *analysis.Pass) {
	if slices.ContainsFunc(p.View.Older, pyodide.PerhapsAtRoot) || p.Brought().Classic {
		return // that Pyodide still had them
	}
	for i := range p.Importing() {
		if i.Names == nil {
			module(p, i.Node, i.Module)
			continue
		}
		s := statement{p, i, names(i.Node)}
		s.moved()
		s.gone()
	}
	for attribute := range p.AttributesOf(root) {
		attributeOf(p, attribute)
	}
}

// checkFile speaks of what scripts ask of Pyodide that it has no more.
func checkFile(p *analysis.FilePass) {
	if p.View.Foreign || len(p.View.Older) > 0 {
		return
	}
	for _, f := range p.File.Formers {
		finding := analysis.Finding{Span: f.Span, Message: pyodide.FormerMember(f.Name)}
		if len(f.Edits) > 0 {
			finding.Fixes = []analysis.Fix{{Title: "Ask for what there is", Edits: f.Edits}}
		}
		p.ReportSpan(finding)
	}
}

// root is the module that had most names before 0.23.
const root = "pyodide"

// module speaks of a module of Pyodide's that is not there.
func module(p *analysis.Pass, at syntax.Node, name string) {
	has, ok := pyodide.Part(name)
	if lost := p.Aimed().Without(has); ok && lost != 0 && pyodide.Dated(name) {
		p.Report(at, 0, analysis.Finding{Message: fmt.Sprintf("there is no %s %s", name, has.Lacking()), Versions: p.Versions().Without(has)})
	}
}

// names are the names that an import takes, as they stand.
func names(from syntax.Node) (all []syntax.Node) {
	for c := range from.Children() {
		if c.Field() == syntax.FieldName {
			all = append(all, c)
		}
	}
	return all
}

// attributeOf speaks of a name that the root module does not have, and another one has.
func attributeOf(p *analysis.Pass, attribute syntax.Node) {
	name := attribute.Child(syntax.FieldAttribute)
	home, ok := movedTo(p, root, name.Text())
	if !ok {
		return
	}
	expression, edits := p.Use(attribute, home, name.Text())
	if _, part, _ := strings.Cut(home, "."); pyodide.IsAttribute(root, part) {
		expression, edits = attribute.Child(syntax.FieldObject).Text()+"."+part+"."+name.Text(), nil // which is there without an import
	}
	p.Report(attribute, 0, analysis.Finding{
		Message: message(root, []string{name.Text()}, home),
		Fixes:   []analysis.Fix{{Title: "Take it from " + home, Edits: append(edits, replaced(attribute, expression))}},
		Cause:   analysis.Cause{Span: attribute.Span(), Kind: "name"},
	})
}

// movedTo is the module that has a name which another one has in no release that is known.
func movedTo(p *analysis.Pass, module, name string) (home string, ok bool) {
	if _, known := pyodide.Part(module); !known || pyodide.PartHas(module, name) != 0 {
		return "", false
	}
	home, has := pyodide.HomeOf(name)
	return home, home != "" && p.Aimed().Within(has)
}

// message says where names of a module are.
func message(module string, names []string, home string) string {
	since := ""
	if module == root {
		since = " since 0.23"
	}
	if len(names) == 1 {
		return fmt.Sprintf("%s has no %s%s: it is in %s", module, names[0], since, home)
	}
	last := len(names) - 1
	return fmt.Sprintf("%s has no %s and %s%s: they are in %s", module, strings.Join(names[:last], ", "), names[last], since, home)
}
