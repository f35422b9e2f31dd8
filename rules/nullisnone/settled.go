package nullisnone

import (
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// settled says whether the function around a test asks in another way as well whether the value is there: whether it is
// true, or null.
func (t test) settled(p *analysis.Pass, n syntax.Node) bool {
	around := p.Unit.Scopes.Function(n)
	if !around.OK() {
		around = p.Unit.Tree.Root()
	}
	text := t.value.Text()
	for other := range around.Within() {
		if other.Span().Len() == len(text) && other.Text() == text && asks(p, other) {
			return true
		}
	}
	return false
}

// asks says whether an expression is tested for being true or null.
func asks(p *analysis.Pass, n syntax.Node) bool {
	above := n.Parent()
	switch above.Kind() {
	case syntax.ComparisonOperator:
		return strings.Contains(above.Text(), pyodide.JSNull)
	case syntax.ArgumentList:
		if namesNull(above) {
			return true
		}
		name := p.Unit.Scopes.Canonical(above.Parent().Child(syntax.FieldFunction))
		return pyodide.NullTests[name] || name == "builtins.bool" || name == "builtins.isinstance"
	}
	return judged(n)
}

// namesNull says whether what is made of a value is compared with the name that null has as text.
func namesNull(n syntax.Node) bool {
	for above := range n.Above() {
		switch above.Kind() {
		case syntax.ComparisonOperator:
			return strings.Contains(above.Text(), pyodide.JSNull)
		case syntax.Call, syntax.Attribute, syntax.ArgumentList, syntax.ParenthesizedExpression:
		default:
			return false
		}
	}
	return false
}

// judged says whether it only matters whether a value is true.
func judged(n syntax.Node) bool {
	for below, above := n, n.Parent(); ; below, above = above, above.Parent() {
		switch above.Kind() {
		case syntax.ParenthesizedExpression, syntax.NamedExpression:
		case syntax.BooleanOperator:
			if below.Field() == syntax.FieldLeft {
				return true
			}
		case syntax.NotOperator, syntax.AssertStatement, syntax.IfClause:
			return true
		case syntax.IfStatement, syntax.ElifClause, syntax.WhileStatement:
			return below.Field() == syntax.FieldCondition
		case syntax.ConditionalExpression: // value, condition, alternative
			return above.First().Next() == below
		default:
			return false
		}
	}
}
