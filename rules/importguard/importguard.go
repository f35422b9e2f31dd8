// Package importguard finds imports of the bridge that fail where tests and servers import the module.
package importguard

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed import-guard.md
var doc string

// Rule is import-guard.
var Rule = &analysis.Rule{
	Name: "import-guard", Group: analysis.RealmGroup, Severity: analysis.Warning, Realms: pyodide.Host, Doc: doc, Check: check,
}

// bare is an import of the bridge at the top level, and what imports the text where it fails.
type bare struct {
	scope.Import
	by realm.Placement
}

func check(p *analysis.Pass) {
	var last bare
	for _, b := range imports(p) {
		if last.Node.OK() && last.Node.Next() == b.Node {
			last = b // which the one before it speaks for
			continue
		}
		last = b
		report(p, b)
	}
}

// imports are those that fail, in the order of the text, each statement once.
func imports(p *analysis.Pass) []bare {
	var all []bare
	for _, i := range p.Unit.Scopes.Imports() {
		if !pyodide.IsBridge(i.Module) || i.Node.Parent().Kind() != syntax.Module {
			continue
		}
		if by, ok := p.ImportedOutside(i.Node, asImported(i)); ok {
			all = append(all, bare{i, by})
		}
	}
	slices.SortStableFunc(all, func(a, b bare) int { return cmp.Compare(a.Node.ID(), b.Node.ID()) })
	return slices.CompactFunc(all, func(a, b bare) bool { return a.Node == b.Node })
}

// asImported is what of the bridge has to be there: a plain import is content with a folder of that name.
func asImported(i scope.Import) string {
	if i.Names == nil {
		return i.Module
	}
	return i.Module + "." + strings.Join(i.Names, ".")
}

func report(p *analysis.Pass, b bare) {
	importers := b.by.Importers()
	outermost := importers[len(importers)-1]
	finding := analysis.Finding{
		Message: fmt.Sprintf("this import fails where %s imports the module, for outside Pyodide there is no %s", outermost.Path, b.Module),
		Fixes:   guard(p, b.Node), Cause: analysis.Cause{Span: b.Node.Span(), Kind: "bare import"},
	}
	for _, i := range importers {
		finding.Related = append(finding.Related, analysis.Elsewhere(i, "it is imported here, outside Pyodide"))
	}
	lower := 0
	if b.by.Basis == realm.Assumed {
		lower = -1 // tests are for another Python until something says otherwise, and of that nothing does
	}
	p.Report(b.Node, lower, finding)
}

// guard lets an import of the bridge, and those that follow it at once, fail, if nothing at the top level needs what they
// bring.
func guard(p *analysis.Pass, first syntax.Node) []analysis.Fix {
	var names []string
	last := first
	for s := first; s.OK() && s.Parent().Kind() == syntax.Module; s = s.Next() {
		brings, ok := bridgeOnly(p, s)
		if !ok {
			break
		}
		names, last = append(names, brings...), s
	}
	if len(names) == 0 || slices.ContainsFunc(names, func(name string) bool { return needed(p, name) }) {
		return nil
	}
	var edits []source.Edit
	insert := func(at int, text string) {
		edits = append(edits, source.Edit{Span: source.Span{Start: at, End: at}, New: text})
	}
	const indent = "    "
	end := p.Unit.LineEnd()
	for s := first; ; s = s.Next() {
		if _, _, whole := p.Statement(s); !whole {
			return nil
		}
		if s == first {
			insert(s.Span().Start, "try:"+end+indent)
		} else {
			insert(s.Span().Start, indent)
		}
		if s == last {
			break
		}
	}
	text := p.Unit.Source
	line := text.LineOf(last.Span().End)
	if next := last.Next(); next.OK() && next.Kind() != syntax.Comment && text.LineOf(next.Span().Start) == line {
		return nil
	}
	insert(text.LineSpan(line).End, end+"except ImportError:  # outside Pyodide"+end+indent+strings.Join(names, " = ")+" = None")
	return []analysis.Fix{{
		Title: "Let the import fail outside Pyodide", Applicability: analysis.Unsafe, Edits: edits,
	}}
}

// bridgeOnly says whether a statement imports nothing but the bridge, and the names that it brings.
func bridgeOnly(p *analysis.Pass, statement syntax.Node) (names []string, ok bool) {
	for _, i := range p.Unit.Scopes.Imports() {
		if i.Node != statement {
			continue
		}
		if !pyodide.IsBridge(i.Module) || slices.Contains(i.Names, "*") {
			return nil, false
		}
		ok = true
	}
	for local, name := range p.Unit.Scopes.Module().All() {
		if slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool { return b.How == scope.ByImport && statement.Holds(b.Node) }) {
			names = append(names, local)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Compare(strings.Index(statement.Text(), a), strings.Index(statement.Text(), b))
	})
	return names, ok
}

// needed says whether a name is used where the text is imported, and not only where a function is called.
func needed(p *analysis.Pass, local string) bool {
	name := p.Unit.Scopes.Module().Name(local)
	return slices.ContainsFunc(p.Unit.Scopes.References(name), func(n syntax.Node) bool { return !p.Unit.Scopes.Function(n).OK() })
}
