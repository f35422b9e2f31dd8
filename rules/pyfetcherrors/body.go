package pyfetcherrors

import (
	"fmt"
	"regexp"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// twice reports a call that reads the body of a response which one of those before it has read already.
func twice(p *analysis.Pass, c flow.Call, before []flow.Call) {
	name := p.Unit.Scopes.Lookup(c.Object())
	if c.Object().Kind() != syntax.Identifier || name == nil || asks(p, name, pyodide.BodyUsed) {
		return
	}
	for _, first := range slices.Backward(before) {
		if first.Object().Kind() != syntax.Identifier || p.Unit.Scopes.Lookup(first.Object()) != name || !leads(p, first, c, name) {
			continue
		}
		end := first.Object().Span().End
		p.Report(c.Node, 0, analysis.Finding{
			Message: fmt.Sprintf("the body of %s was read above, and can be read only once", name.Text),
			Related: []analysis.Related{{Span: first.Node.Span(), Message: "it is read here"}},
			Fixes: []analysis.Fix{{
				Title: "Read a clone above", Edits: []source.Edit{{Span: source.Span{Start: end, End: end}, New: ".clone()"}},
			}},
			Cause: analysis.Cause{Span: c.Node.Span(), Kind: "body"},
		})
		return
	}
}

// leads says whether the second of two calls may run after the first one, while the name stands for the same response.
func leads(p *analysis.Pass, first, second flow.Call, name *scope.Name) bool {
	return p.Unit.Scopes.Function(first.Node) == p.Unit.Scopes.Function(second.Node) && !either(first.Node, second.Node) && (afterFailure(p, first.Node, second.Node) ||
		p.Unit.Flow.ReachesWithout(first.Node, second.Node, func(n syntax.Node) bool {
			return slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool { return b.Node == n })
		}))
}

// afterFailure says whether the second of two reads stands in a clause for a failure of the first, or of what follows it.
// Where something before it may fail as well, it may not have been read by then.
func afterFailure(p *analysis.Pass, first, second syntax.Node) bool {
	for clause := range second.Above() {
		body := clause.Parent().Child(syntax.FieldBody)
		if clause.Kind() != syntax.ExceptClause || !body.Holds(first) {
			continue
		}
		for n := range body.Within() {
			if (n.Kind() == syntax.Call || n.Kind() == syntax.RaiseStatement) && n.Span().End <= first.Span().Start {
				return false
			}
		}
		return true
	}
	return false
}

// either says whether two nodes are in different branches of a conditional expression.
func either(a, b syntax.Node) bool {
	for p := range b.Above() {
		value := p.First() // then come the condition and the alternative
		if p.Kind() == syntax.ConditionalExpression && value.Holds(a) && !value.Holds(b) && !value.Next().Holds(b) {
			return true
		}
	}
	return false
}

// asks says whether one of some attributes is asked of what a name stands for.
func asks(p *analysis.Pass, name *scope.Name, attributes map[string]bool) bool {
	return slices.ContainsFunc(p.Unit.Scopes.References(name), func(n syntax.Node) bool {
		return n.Parent().Kind() == syntax.Attribute && attributes[n.Parent().Child(syntax.FieldAttribute).Text()]
	})
}

// unchecked reports JSON that is read of an answer of which nobody asks whether it is what was asked for. A server that has
// it not sends a page that says so.
func unchecked(p *analysis.Pass, c flow.Call) {
	request := p.Unit.Flow.Definition(c.Object())
	if request.Kind() == syntax.Await {
		request = request.First()
	}
	asked, ok := p.Unit.Flow.CallAt(request)
	if c.Method != "json" || !ok || asked.Name != pyodide.PyFetch || own.MatchString(analysis.Positional(request, 0).Text()) ||
		p.Unit.Flow.Catches(c.Node, "ValueError", "JSONDecodeError") {
		return
	}
	if c.Object().Kind() == syntax.Identifier {
		name := p.Unit.Scopes.Lookup(c.Object())
		if asks(p, name, pyodide.StatusReaders) || passedOn(p, name) {
			return
		}
	}
	p.Report(c.Node, hint, analysis.Finding{
		Message: "pyfetch does not fail where the server has not what was asked for, and then this reads the page that says so",
		Fixes:   raiseFirst(p, c), Cause: analysis.Cause{Span: c.Node.Span(), Kind: "status"},
	})
}

// own is an address that is written out and leads to a file of the page's own, or to no server.
var own = regexp.MustCompile(`^["'](?:[^:"']*|data:.*|blob:.*)["']$`)

// passedOn says whether anything else is done with a response than to ask it for something.
func passedOn(p *analysis.Pass, name *scope.Name) bool {
	return slices.ContainsFunc(p.Unit.Scopes.References(name), func(n syntax.Node) bool { return n.Parent().Kind() != syntax.Attribute })
}

// raiseFirst is the fix that fails on the line before, where the response has a name.
func raiseFirst(p *analysis.Pass, c flow.Call) []analysis.Fix {
	statement, indent, whole := p.Statement(c.Node)
	if c.Object().Kind() != syntax.Identifier || !whole || statement.Kind() != syntax.ExpressionStatement && statement.Kind() != syntax.ReturnStatement {
		return nil
	}
	start := statement.Span().Start
	return []analysis.Fix{{
		Title: "Fail before it is read", Applicability: analysis.Unsafe,
		Edits: []source.Edit{{
			Span: source.Span{Start: start, End: start}, New: c.Object().Text() + ".raise_for_status()" + p.Unit.LineEnd() + indent,
		}},
	}}
}
