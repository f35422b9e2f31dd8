package flow

import (
	"pyodide-ls/analysis/syntax"
)

// value follows an expression to what is done with it where it stands.
func (t *tracer) value(n syntax.Node, s state) {
	if t.spentOn(n) {
		return
	}
	p := n.Parent()
	switch p.Kind() {
	case syntax.ParenthesizedExpression, syntax.AsPattern:
		t.value(p, s)
	case syntax.NamedExpression:
		t.target(p.Child(syntax.FieldName), n, s)
		t.value(p, s)
	case syntax.ConditionalExpression:
		if p.First().Next() == n { // value, condition, alternative
			t.add(Tested, n, p, s)
			return
		}
		t.value(p, s)
	case syntax.BooleanOperator:
		if n.Field() == syntax.FieldLeft && p.Child(syntax.FieldOperator).Text() == "and" {
			t.add(Tested, n, p, s)
			return
		}
		t.value(p, s)
	case syntax.Assignment:
		t.assigned(n, p, s)
	case syntax.AugmentedAssignment:
		t.joined(n, p, s)
	case syntax.ArgumentList, syntax.KeywordArgument, syntax.ListSplat, syntax.DictionarySplat:
		t.handed(n, p, s)
	case syntax.Call:
		t.called(n, p, s)
	case syntax.Attribute:
		t.member(n, p, s)
	case syntax.Subscript:
		t.item(n, p, s)
	case syntax.Decorator:
		t.decorator(n, p, s)
	case syntax.List, syntax.Tuple, syntax.Set, syntax.ExpressionList, syntax.Pair, syntax.Dictionary,
		syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
		t.element(n, p, s)
	case syntax.ForStatement, syntax.ForInClause:
		t.iterated(n, p, s)
	case syntax.DefaultParameter, syntax.TypedDefaultParameter:
		t.byDefault(n, p, s)
	default:
		t.ended(n, p, s)
	}
}

// ended is value for what leads no further.
func (t *tracer) ended(n, p syntax.Node, s state) {
	kind := Unknown
	switch p.Kind() {
	case syntax.ReturnStatement:
		kind = Returned
	case syntax.Lambda:
		kind = Returned
	case syntax.Yield:
		kind = Yielded
	case syntax.Await:
		kind = Awaited
	case syntax.ExpressionStatement:
		kind = Lost
	case syntax.DeleteStatement:
		kind = Deleted
	case syntax.IfStatement, syntax.ElifClause, syntax.WhileStatement, syntax.AssertStatement, syntax.IfClause,
		syntax.NotOperator, syntax.ComparisonOperator, syntax.Interpolation, syntax.FormatExpression, syntax.Type,
		syntax.PrintStatement:
		kind = Tested
	case syntax.BinaryOperator, syntax.UnaryOperator, syntax.MatchStatement:
		kind = Asked
	}
	t.add(kind, n, p, s)
}

// assigned follows an assignment's value to its targets, all of those of "a = b = c".
func (t *tracer) assigned(n, assignment syntax.Node, s state) {
	if n.Field() != syntax.FieldRight { // the type, as the target is no use
		t.add(Tested, n, assignment, s)
		return
	}
	for a := assignment; a.Kind() == syntax.Assignment; a = a.Parent() {
		t.target(a.Child(syntax.FieldLeft), n, s)
	}
}

// target follows a value to what an assignment or a loop gives it to.
func (t *tracer) target(target, n syntax.Node, s state) {
	switch target.Kind() {
	case syntax.Identifier:
		t.bound(target, n, s)
	case syntax.Attribute:
		t.attribute(target, n, s)
	case syntax.Subscript:
		t.into(target.Child(syntax.FieldValue), n, target, s)
	case syntax.ParenthesizedExpression:
		t.target(target.First(), n, s)
	case syntax.ListSplatPattern:
		t.target(target.First(), n, s.within())
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern:
		t.unpacked(target, n, s)
	default:
		t.add(Unknown, n, target, s)
	}
}

// unpacked gives each name of a pattern what it may get: the part of a literal at its place, or any of what a
// container holds.
func (t *tracer) unpacked(pattern, n syntax.Node, s state) {
	if !s.inside {
		t.add(Asked, n, pattern, s)
		return
	}
	for c := range pattern.Children() {
		if c.Kind() == syntax.ListSplatPattern {
			t.target(c, n, s.doubted())
			continue
		}
		t.target(c, n, s.out())
	}
}

// element follows what stands in a literal or a comprehension to what becomes of the container.
func (t *tracer) element(n, p syntax.Node, s state) {
	switch {
	case p.Kind() == syntax.Pair:
		t.value(p, s)
		return
	case p.Kind() == syntax.ExpressionList && p.Parent().Kind() == syntax.DeleteStatement:
		t.add(Deleted, n, p.Parent(), s)
		return
	}
	if target := counterpart(n, p); target.OK() {
		t.target(target, n, s)
		return
	}
	t.value(p, s.within())
}

// counterpart is the target that the element of a literal is assigned to: b in "a, b = x, y".
func counterpart(n, literal syntax.Node) syntax.Node {
	assignment := literal.Parent()
	if assignment.Kind() != syntax.Assignment || literal.Field() != syntax.FieldRight || assignment.Parent().Kind() == syntax.Assignment {
		return syntax.Node{}
	}
	pattern := assignment.Child(syntax.FieldLeft)
	switch pattern.Kind() {
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern:
	default:
		return syntax.Node{}
	}
	target, at := pattern.First(), syntax.Node{}
	for c := range literal.Children() {
		if c.Kind() == syntax.ListSplat || target.Kind() == syntax.ListSplatPattern || !target.OK() {
			return syntax.Node{}
		}
		if c == n {
			at = target
		}
		target = target.Next()
	}
	return at
}

// iterated follows what a container holds to the name of a loop.
func (t *tracer) iterated(n, loop syntax.Node, s state) {
	if n.Field() != syntax.FieldRight || !s.inside {
		t.add(Asked, n, loop, s)
		return
	}
	left := loop.Child(syntax.FieldLeft)
	for c := range left.Children() { // "for i, p in enumerate(proxies)", "for k, p in held.items()"
		t.target(c, n, s.out())
	}
	if left.Kind() == syntax.Identifier {
		t.target(left, n, state{false, s.sure}) // each turn has its own, and all of them come
	}
}

// item follows "proxies[0]" to what is done with it, and notes what is done with an item of the value itself.
func (t *tracer) item(n, subscript syntax.Node, s state) {
	switch {
	case n.Field() != syntax.FieldValue:
		if subscript.Field() == syntax.FieldLeft && subscript.Parent().Kind() == syntax.Assignment {
			t.into(subscript.Child(syntax.FieldValue), n, subscript, s) // as a key
			return
		}
		t.add(Tested, n, subscript, s)
	case s.inside && subscript.Parent().Kind() != syntax.DeleteStatement && subscript.Field() != syntax.FieldLeft:
		t.value(subscript, s.out())
	default:
		t.add(Asked, n, subscript, s)
	}
}
