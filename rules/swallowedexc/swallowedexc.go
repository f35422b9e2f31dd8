// Package swallowedexc finds tasks and futures that are held and never asked, so that nobody learns that they failed.
package swallowedexc

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed swallowed-exc.md
var doc string

// Rule is swallowed-exc.
var Rule = &analysis.Rule{
	Name: "swallowed-exc", Group: analysis.Async, Severity: analysis.Info, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		given, versions := p.Unit.Flow.FailsWith(c)
		if versions.And(p.Aimed()) == 0 || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		at, ok := p.Unit.Flow.Unasked(c.Node)
		if !ok || at.Kind() == syntax.Attribute && !own(p, at) || at.Kind() != syntax.Attribute && shared(p) {
			continue
		}
		report(p, c, given, at, versions)
	}
}

// own says whether an attribute is of self, in a class of which all methods are to be seen.
func own(p *analysis.Pass, attribute syntax.Node) bool {
	self, class := p.Self(attribute)
	return self != nil && p.OfSelf(attribute, self) && p.Closed(class)
}

// shared says whether the names of the unit are those of other texts too, which may ask.
func shared(p *analysis.Pass) bool { return p.Unit.Host != nil }

func report(p *analysis.Pass, c, given flow.Call, at syntax.Node, versions pyodide.Versions) {
	lower := 0
	if versions != pyodide.AllVersions {
		lower = 1 // later ones log it
	}
	finding := analysis.Finding{
		Message: fmt.Sprintf("nothing awaits %s or asks how it ended, and while it is held Python says nothing of a failure: nobody learns that %s failed",
			at.Text(), name(given)),
		Versions: versions.And(p.Versions()),
		Cause:    analysis.Cause{Span: c.Node.Span(), Kind: "task"},
	}
	inResults := flow.Keyword(c.Node.Child(syntax.FieldArguments), pyodide.InResults)
	switch {
	case inResults.Kind() == syntax.True:
		finding.Message = fmt.Sprintf("nothing awaits %s, and with %s its failures are results that nobody looks at: nobody learns that %s failed",
			at.Text(), pyodide.InResults, name(given))
	case !inResults.OK():
		finding.Fixes = fixes(p, c, at)
	}
	p.Report(c.Node, lower, finding)
}

// fixes ask for the outcome when there is one, which has the loop log a failure.
func fixes(p *analysis.Pass, c flow.Call, at syntax.Node) []analysis.Fix {
	statement, indent, whole := p.Statement(c.Node)
	assignment := c.Node.Parent()
	if !whole || assignment.Parent() != statement || assignment.Child(syntax.FieldLeft) != at || statement.Kind() != syntax.ExpressionStatement {
		return nil
	}
	line := fmt.Sprintf("%s%s%s.add_done_callback(lambda done: done.result())", p.Unit.LineEnd(), indent, at.Text())
	return []analysis.Fix{{
		Title: "Have a failure logged", Applicability: analysis.Unsafe,
		Edits: []source.Edit{analysis.Insertion(p.LineEnd(statement), line)},
	}}
}

// name is what a function is called by, without what it is called on.
func name(c flow.Call) string {
	if c.Method != "" {
		return c.Method
	}
	return c.Function.Text()
}
