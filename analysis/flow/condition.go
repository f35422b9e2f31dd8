package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// truth is the value that a condition has in Pyodide. It is strong when the condition has the other value
// everywhere else, so that the branches tell the two apart.
type truth struct {
	known, value, strong bool
}

var unknown = truth{}

func (t truth) not() truth { return truth{t.known, !t.value && t.known, t.strong} }

func (t truth) strengthened() truth { return truth{t.known, t.value, t.known} }

func strong(value bool) truth { return truth{true, value, true} }

func weak(value bool) truth { return truth{true, value, false} }

func (q *query) condition(n syntax.Node) truth {
	if q.spent() {
		return unknown
	}
	switch n.Kind() {
	case syntax.True, syntax.False:
		return weak(n.Kind() == syntax.True)
	case syntax.ParenthesizedExpression:
		return q.condition(n.First())
	case syntax.NotOperator:
		return q.condition(n.Child(syntax.FieldArgument)).not()
	case syntax.BooleanOperator:
		return q.both(n)
	case syntax.ComparisonOperator:
		return q.comparison(n)
	case syntax.Identifier, syntax.Attribute:
		return q.flag(n)
	case syntax.Call:
		return q.call(n)
	}
	return unknown
}

func (q *query) both(n syntax.Node) truth {
	left, right := q.condition(n.Child(syntax.FieldLeft)), q.condition(n.Child(syntax.FieldRight))
	deciding := n.Child(syntax.FieldOperator).Text() == "or" // the value of one side that decides
	switch {
	case left.known && right.known && left.value == right.value:
		if left.value == deciding { // elsewhere both sides must fail to make a difference
			return truth{true, deciding, left.strong && right.strong}
		}
		return truth{true, left.value, left.strong || right.strong}
	case left.known && left.value == deciding, right.known && right.value == deciding:
		return weak(deciding)
	}
	return unknown
}

// comparison reads sys.platform == "emscripten", platform.system() == "Emscripten", "pyodide" in
// sys.modules, and find_spec("pyodide") is not None.
func (q *query) comparison(n syntax.Node) truth {
	left := n.First()
	operator := left.Next()
	right := operator.Next()
	if right.Next().OK() { // a chain
		return unknown
	}
	op := operator.Text()
	if v, ok := syntax.Constant(left); ok && (op == "in" || op == "not in") && q.scopes.Canonical(right) == "sys.modules" {
		if pyodide.IsBridge(v) {
			return strong(op == "in")
		}
		return unknown
	}
	if right.Kind() == syntax.None && (op == "is" || op == "is not") {
		if is := q.condition(left); is.known && is.value {
			return truth{true, op == "is not", is.strong}
		}
		return unknown
	}
	name, value := left, right
	if _, ok := syntax.Constant(name); ok {
		name, value = right, left
	}
	emscripten := q.platform(name)
	if emscripten == "" {
		return unknown
	}
	switch op {
	case "==", "!=":
		if v, ok := syntax.Constant(value); ok {
			return truth{true, (v == emscripten) == (op == "=="), v == emscripten && v != "posix"}
		}
	case "in", "not in":
		return q.among(emscripten, value, op == "in")
	}
	return unknown
}

// platform is the value in Pyodide of an expression that names the platform.
func (q *query) platform(n syntax.Node) string {
	if n.Kind() == syntax.Call {
		if q.scopes.Canonical(n.Child(syntax.FieldFunction)) == "platform.system" {
			return "Emscripten"
		}
		return ""
	}
	switch q.scopes.Canonical(n) {
	case "sys.platform":
		return "emscripten"
	case "os.name":
		return "posix"
	}
	return ""
}

func (q *query) among(value string, list syntax.Node, in bool) truth {
	switch list.Kind() {
	case syntax.Tuple, syntax.List, syntax.Set:
	default:
		return unknown
	}
	found, others := false, false
	for c := range list.Children() {
		v, ok := syntax.Constant(c)
		if !ok {
			return unknown
		}
		found, others = found || v == value, others || v != value && v != "wasi"
	}
	return truth{true, found == in, found && !others}
}

// flag is the value of a name that was given a condition, in one place or in try and except ImportError.
func (q *query) flag(n syntax.Node) truth {
	switch q.scopes.Canonical(n) {
	case "typing.TYPE_CHECKING":
		return weak(false)
	}
	if n.Kind() != syntax.Identifier {
		return unknown
	}
	name := q.scopes.Lookup(n)
	if name == nil {
		return unknown
	}
	value, apart, imported := unknown, false, false
	for _, b := range name.Bindings {
		except := enclosingExcept(b.Node)
		if except.OK() && scope.CatchesImportError(except) && q.triesBridge(except.Parent()) || q.overridden(b, name.Bindings) {
			apart = true // in Pyodide the import works, and the name has its other value
			continue
		}
		one := unknown
		switch {
		case b.How == scope.ByAssignment:
			one = q.condition(b.Value)
		case b.How == scope.ByImport && pyodide.IsBridge(b.Import):
			one, imported = weak(true), true // "js = None" where the import fails
		}
		if !one.known || value.known && one.value != value.value {
			return unknown
		}
		value = one
	}
	if imported && !standsNone(name.Bindings) {
		return unknown // a value of the bridge may be false
	}
	if apart {
		return value.strengthened()
	}
	return value
}

// standsNone says whether a name is assigned at all, and only ever None.
func standsNone(all []scope.Binding) bool {
	found := false
	for _, b := range all {
		if b.How == scope.ByAssignment {
			if b.Value.Kind() != syntax.None {
				return false
			}
			found = true
		}
	}
	return found
}

// overridden says whether a binding at the top of its block is followed by one inside a try of the bridge:
// "flag = False", then "try: import js; flag = True".
func (q *query) overridden(b scope.Binding, all []scope.Binding) bool {
	if b.How != scope.ByAssignment || tryAround(b.Node).OK() {
		return false
	}
	for _, o := range all {
		if try := tryAround(o.Node); o.Node.ID() > b.Node.ID() && try.OK() && q.triesBridge(try) {
			return true
		}
	}
	return false
}

// tryAround is the try statement in whose body an assignment stands directly.
func tryAround(target syntax.Node) syntax.Node {
	block := target.Parent().Parent().Parent() // assignment, expression statement, block
	if block.Kind() == syntax.Block && block.Field() == syntax.FieldBody && block.Parent().Kind() == syntax.TryStatement {
		return block.Parent()
	}
	return syntax.Node{}
}

func enclosingExcept(n syntax.Node) syntax.Node {
	for p := range n.Above() {
		switch p.Kind() {
		case syntax.ExceptClause:
			return p
		case syntax.FunctionDefinition, syntax.ClassDefinition:
			return syntax.Node{}
		}
	}
	return syntax.Node{}
}

// call reads sys.platform.startswith(…), hasattr(sys, "_emscripten_info"), find_spec("pyodide"), and
// functions of this text that only return a condition.
func (q *query) call(n syntax.Node) truth {
	function := n.Child(syntax.FieldFunction)
	first := n.Child(syntax.FieldArguments).First()
	constant, _ := syntax.Constant(first)
	switch q.scopes.Canonical(function) {
	case "sys.platform.startswith":
		if constant == "" {
			return unknown
		}
		return truth{true, strings.HasPrefix("emscripten", constant), constant == "emscripten"}
	case "importlib.util.find_spec":
		if pyodide.IsBridge(constant) {
			return strong(true)
		}
		return unknown
	case "builtins.hasattr":
		if attribute, _ := syntax.Constant(first.Next()); attribute == "_emscripten_info" {
			return strong(true)
		}
		return unknown
	}
	name := q.scopes.Lookup(function)
	if function.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction {
		return unknown
	}
	for s := range name.Bindings[0].Node.Child(syntax.FieldBody).Children() {
		if s.Kind() == syntax.ReturnStatement {
			return q.condition(s.First())
		}
		if s.First().Kind() != syntax.String { // a docstring
			return unknown
		}
	}
	return unknown
}
