package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Taken is what something is taken for that has not been awaited.
type Taken uint8

// What it may be taken for.
const (
	ForObject   Taken = iota // it is asked for an attribute that it has not
	ForItems                 // an item of it is taken or set
	ForSequence              // something goes through it
	ForNumber                // it is reckoned with
	ForEqual                 // it is compared with what it never is
	ForTruth                 // it decides
	ForText                  // a text is made of it
	ForArgument              // a function gets it that cannot take it
	ForFunction              // it is called
	ForManager               // a with statement enters it
)

// Early is a use of what has not been awaited, as if it had been.
type Early struct {
	Node syntax.Node // what stands for it
	At   syntax.Node // what uses it
	As   Taken
}

// Early are the uses, certain to go wrong, of what an expression gives that has to be awaited first: where it stands, and
// those of the name or the attribute of self that it is given to.
func (f *File) Early(n syntax.Node, a *pyodide.Awaited) (all []Early) {
	q := f.ask()
	for n.Parent().Kind() == syntax.ParenthesizedExpression {
		n = n.Parent()
	}
	if e, ok := q.early(n, a, true); ok {
		return []Early{e}
	}
	for _, use := range q.standing(n) {
		if e, ok := q.early(use, a, false); ok {
			all = append(all, e)
		}
	}
	return all
}

// standing are the expressions that certainly stand for a value where it is assigned to a name, or an attribute of self.
func (q *query) standing(value syntax.Node) (all []syntax.Node) {
	assignment := value.Parent()
	target := assignment.Child(syntax.FieldLeft)
	if assignment.Kind() == syntax.NamedExpression {
		target = assignment.Child(syntax.FieldName)
	}
	switch {
	case assignment.Kind() != syntax.NamedExpression && (assignment.Kind() != syntax.Assignment || value.Field() != syntax.FieldRight):
	case target.Kind() == syntax.Identifier:
		name := q.scopes.Lookup(target)
		for _, use := range q.scopes.References(name) {
			if q.gets(use, name, target) {
				all = append(all, use)
			}
		}
	case target.Kind() == syntax.Attribute && q.attributeOfSelf(target) == value:
		if held := q.holdings()[target.Child(syntax.FieldAttribute).Text()]; held != nil {
			all = held.uses[q.classOfSelf(target.Child(syntax.FieldObject)).ID()]
		}
	}
	return all
}

// gets says whether a use of a name has what one binding gives it: that is the only one, or none of the others, which are
// of the same function, leads to the use past it.
func (q *query) gets(use syntax.Node, name *scope.Name, target syntax.Node) bool {
	if len(name.Bindings) == 1 {
		return true
	}
	function := q.scopes.Function(target)
	if q.scopes.Function(use) != function || q.spent() || !q.Reaches(target, use) {
		return false
	}
	return !slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool {
		at := b.Node
		if at == target || b.How == scope.ByAssignment && at.ID() > use.ID() && !q.Reaches(at, use) {
			return false
		}
		return q.scopes.Function(at) != function ||
			q.ReachesWithout(at, use, func(n syntax.Node) bool { return n == target })
	})
}

// early is how an expression is used that stands for what has not been awaited. direct says that it is the call itself:
// what has a name may be looked at before it is awaited.
func (q *query) early(n syntax.Node, a *pyodide.Awaited, direct bool) (e Early, ok bool) {
	p := n.Parent()
	e = Early{Node: n, At: p}
	switch p.Kind() {
	case syntax.ParenthesizedExpression:
		return q.early(p, a, direct)
	case syntax.Attribute:
		return e, n.Field() == syntax.FieldObject && !a.Has(p.Child(syntax.FieldAttribute).Text()) && !assignedTo(p)
	case syntax.Subscript:
		e.As = ForItems
		return e, n.Field() == syntax.FieldValue
	case syntax.Call:
		e.As = ForFunction
		return e, n.Field() == syntax.FieldFunction
	case syntax.ArgumentList:
		e.At = p.Parent()
		return q.argument(e, direct)
	case syntax.BinaryOperator, syntax.UnaryOperator:
		e.As = ForNumber
		return e, p.Kind() == syntax.UnaryOperator || written(other(n, p)) && p.Child(syntax.FieldOperator).Text() != "%"
	case syntax.AugmentedAssignment:
		e.As = ForNumber
		return e, n.Field() == syntax.FieldRight && q.counts(p.Child(syntax.FieldLeft))
	case syntax.ComparisonOperator:
		return compared(e)
	case syntax.ForStatement, syntax.ForInClause:
		e.As = ForSequence
		return e, n.Field() == syntax.FieldRight && p.First().Kind() != syntax.Async
	case syntax.WithItem:
		e.As = ForManager
		return e, entered(p).First().Kind() != syntax.Async
	case syntax.AsPattern:
		e.As = ForManager
		return e, p.Parent().Kind() == syntax.WithItem && entered(p.Parent()).First().Kind() != syntax.Async
	case syntax.Assignment:
		e.As = ForSequence
		k := p.Child(syntax.FieldLeft).Kind()
		return e, n.Field() == syntax.FieldRight && (k == syntax.PatternList || k == syntax.TuplePattern || k == syntax.ListPattern)
	}
	return decides(e, direct)
}

// decides says whether what has not been awaited, and so is always true, decides something, or is made a text in an
// f-string.
func decides(e Early, direct bool) (Early, bool) {
	n, p := e.Node, e.At
	e.As = ForTruth
	switch p.Kind() {
	case syntax.IfStatement, syntax.ElifClause, syntax.WhileStatement:
		return e, direct && n.Field() == syntax.FieldCondition
	case syntax.NotOperator, syntax.AssertStatement:
		return e, direct && p.First() == n
	case syntax.ConditionalExpression:
		return e, direct && p.First().Next() == n
	case syntax.BooleanOperator:
		return e, direct && n.Field() == syntax.FieldLeft
	case syntax.Interpolation:
		e.As = ForText
		return e, direct
	}
	return Early{}, false
}

// argument is early for what is handed to a function.
func (q *query) argument(e Early, direct bool) (Early, bool) {
	c, _ := q.CallAt(e.At)
	e.As = ForArgument
	if pyodide.Texters[c.Name] {
		e.As = ForText
		return e, direct
	}
	return e, pyodide.ValueTakers[c.Name] && Positional(e.At, 0) == e.Node
}

// compared is early for a comparison: with something that is written out, or as that in which something is looked for.
func compared(e Early) (Early, bool) {
	e.As = ForNumber
	left := e.At.First()
	operator := left.Next()
	right := operator.Next()
	if right.Next().OK() {
		return Early{}, false
	}
	switch operator.Text() {
	case "in", "not in":
		e.As = ForItems
		return e, right == e.Node
	case "==", "!=":
		e.As = ForEqual
	case "<", ">", "<=", ">=":
	default:
		return Early{}, false
	}
	return e, written(left) || written(right)
}

// other is the other operand of an operator.
func other(n, operator syntax.Node) syntax.Node {
	if n.Field() == syntax.FieldLeft {
		return operator.Child(syntax.FieldRight)
	}
	return operator.Child(syntax.FieldLeft)
}

// written says whether a number, a text or a list is written out.
func written(n syntax.Node) bool {
	switch n.Kind() {
	case syntax.Integer, syntax.Float, syntax.String, syntax.ConcatenatedString, syntax.List, syntax.Tuple, syntax.Dictionary:
		return true
	}
	return false
}

// counts says whether a name begins with what is written out, to which more is added.
func (q *query) counts(n syntax.Node) bool {
	name := q.scopes.Lookup(n)
	if n.Kind() != syntax.Identifier || name == nil {
		return false
	}
	begins := false
	for _, b := range name.Bindings {
		switch {
		case b.How == scope.ByAssignment && written(b.Value):
			begins = true
		case b.Node.Parent().Kind() != syntax.AugmentedAssignment:
			return false
		}
	}
	return begins
}

// entered is the with statement that an item belongs to.
func entered(item syntax.Node) syntax.Node {
	for item.OK() && item.Kind() != syntax.WithStatement {
		item = item.Parent()
	}
	return item
}
