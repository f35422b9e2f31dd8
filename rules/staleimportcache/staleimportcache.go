// Package staleimportcache finds imports of modules that were written just before, and that Python may not see as they are.
package staleimportcache

import (
	_ "embed"
	"fmt"
	"regexp"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed stale-import-cache.md
var doc string

// Rule is stale-import-cache.
var Rule = &analysis.Rule{
	Name: "stale-import-cache", Group: analysis.Runtime, Severity: analysis.Info, Doc: doc, Check: check,
}

// knows finds texts that see to it themselves.
var knows = regexp.MustCompile(`\binvalidate_caches\b|\breload\b|\bsys\.modules\b|\bpath_importer_cache\b|\brunpy\b`)

// importers are the calls that import a module by its name.
// Source: https://docs.python.org/3/library/importlib.html#importlib.import_module
var importers = map[string]bool{"importlib.import_module": true, "builtins.__import__": true}

func check(p *analysis.Pass) {
	var written []write
	for _, c := range p.Unit.Flow.Calls() {
		if name, ok := p.Unit.Flow.WritesModule(c); ok {
			written = append(written, write{c, name})
		}
	}
	if len(written) == 0 || knows.MatchString(p.Unit.Source.Text()) {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		if importers[c.Name] {
			inLoop(p, c, written)
		}
	}
	for _, w := range written {
		again(p, w)
	}
}

// write is a call that writes a module, whose name is empty where it is worked out.
type write struct {
	flow.Call
	module string
}

// inLoop speaks of a loop that writes modules and imports each: the folder is listed by one import, and what is written
// in the same millisecond is not seen by the next.
func inLoop(p *analysis.Pass, c flow.Call, written []write) {
	loop := p.Unit.Flow.Loop(c.Node)
	for _, w := range written {
		if !loop.OK() || w.module != "" || p.Unit.Flow.Loop(w.Node) != loop || w.Node.ID() > c.Node.ID() || !p.OnlyInPyodide(c.Node) ||
			p.Unit.Flow.Caught(c.Node) {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message: "this import may not find what was just written, for Python lists the folder once for all that happens to it in a millisecond: " +
				"write all, call importlib.invalidate_caches(), then import",
			Cause: analysis.Cause{Span: c.Node.Span(), Kind: "import"},
		})
		return
	}
}

// again speaks of a module that is imported, written anew, and imported again, one after the other.
func again(p *analysis.Pass, w write) {
	if w.module == "" {
		return
	}
	var before scope.Import
	for _, i := range p.Unit.Scopes.Imports() {
		switch {
		case i.Module != w.module || i.Node.Parent() != block(w.Node):
		case i.Node.ID() < w.Node.ID():
			before = i
		case before.Node.OK() && p.OnlyInPyodide(i.Node):
			p.Report(i.Node, 0, analysis.Finding{
				Message: fmt.Sprintf("%s was imported before it was written anew, so that this import changes nothing", w.module),
				Related: []analysis.Related{{Span: before.Node.Span(), Message: "imported here"}, {Span: w.Node.Span(), Message: "written anew here"}},
				Fixes:   reloaded(p, i), Cause: analysis.Cause{Span: i.Node.Span(), Kind: "import"},
			})
			return
		}
	}
}

// block is what holds the statement around a node, or the with statement whose file it is.
func block(n syntax.Node) syntax.Node {
	for p := n.Parent(); p.OK(); n, p = p, p.Parent() {
		if k := p.Kind(); k == syntax.Block || k == syntax.Module {
			if k == syntax.Block && p.Parent().Kind() == syntax.WithStatement {
				continue
			}
			return p
		}
	}
	return syntax.Node{}
}

// reloaded has the module read anew in place of a plain import.
func reloaded(p *analysis.Pass, i scope.Import) []analysis.Fix {
	if i.Node.Text() != "import "+i.Module {
		return nil
	}
	importlib, edits := p.UseModule(i.Node, "importlib")
	return []analysis.Fix{{
		Title: "Reload " + i.Module, Applicability: analysis.Unsafe,
		Edits: append(edits, source.Edit{Span: i.Node.Span(), New: fmt.Sprintf("%s.reload(%s)", importlib, i.Module)}),
	}}
}
