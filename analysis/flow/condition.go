package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// truth is what a condition says of where code runs: the places in which it may hold, and those in which it may not.
type truth struct{ yes, no pyodide.Realms }

var unknown = truth{pyodide.AllRealms, pyodide.AllRealms}

// always is a condition of which the value is the same everywhere.
func always(value bool) truth { return truth{yes: pyodide.AllRealms}.as(value) }

// in is a condition that holds in some places and nowhere else.
func in(realms pyodide.Realms) truth { return truth{realms, pyodide.AllRealms.Without(realms)} }

// inPyodide is a condition that has a value in Pyodide, and in other Pythons may have either.
func inPyodide(value bool) truth { return truth{pyodide.AllRealms, pyodide.Host}.as(value) }

// only is a condition that has a value in Pyodide, and the other one in other Pythons.
func only(value bool) truth { return in(pyodide.InPyodide).as(value) }

// as is the condition, or its opposite.
func (t truth) as(value bool) truth {
	if value {
		return t
	}
	return truth{t.no, t.yes}
}

func (t truth) known() bool { return t != unknown }

func (q *query) condition(n syntax.Node) truth {
	if q.spent() {
		return unknown
	}
	switch n.Kind() {
	case syntax.True, syntax.False:
		return always(n.Kind() == syntax.True)
	case syntax.None:
		return always(false)
	case syntax.ParenthesizedExpression:
		return q.condition(n.First())
	case syntax.NotOperator:
		return q.condition(n.Child(syntax.FieldArgument)).as(false)
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
	if n.Child(syntax.FieldOperator).Text() == "or" {
		return truth{left.yes.Or(right.yes), left.no.And(right.no)}
	}
	return truth{left.yes.And(right.yes), left.no.Or(right.no)}
}

// comparison reads sys.platform == "emscripten", platform.system() == "Emscripten", "pyodide" in
// sys.modules, "document" in dir(js), and find_spec("pyodide") is not None.
func (q *query) comparison(n syntax.Node) truth {
	left := n.First()
	operator := left.Next()
	right := operator.Next()
	if right.Next().OK() { // a chain
		return unknown
	}
	op := operator.Text()
	if v, ok := syntax.Constant(left); ok && (op == "in" || op == "not in") {
		return q.member(v, right).as(op == "in")
	}
	if right.Kind() == syntax.None {
		switch op {
		case "is", "==":
			return q.condition(left).as(false)
		case "is not", "!=":
			return q.condition(left)
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
			return is(v, emscripten).as(op == "==")
		}
	case "in", "not in":
		return q.among(emscripten, value).as(op == "in")
	}
	return unknown
}

// is says where the platform has a name, given the name that it has in Pyodide.
func is(name, emscripten string) truth {
	if name == emscripten && name != "posix" {
		return only(true)
	}
	return inPyodide(name == emscripten)
}

// member says whether a name is among the modules that are loaded, or the names of the module js.
func (q *query) member(name string, of syntax.Node) truth {
	if q.scopes.Canonical(of) == "sys.modules" {
		if pyodide.IsBridge(name) {
			return only(true)
		}
		if pyodide.OtherPythons[name] {
			return inPyodide(false)
		}
		return unknown
	}
	if of.Kind() == syntax.Call && q.scopes.Canonical(of.Child(syntax.FieldFunction)) == "builtins.dir" {
		return q.global(of.Child(syntax.FieldArguments).First(), name)
	}
	return unknown
}

// globals are the names that JavaScript's global object goes by.
var globals = map[string]bool{"js": true, "js.self": true, "js.globalThis": true}

// global says where JavaScript's global object, if that is what is asked, has a name.
func (q *query) global(object syntax.Node, name string) truth {
	if !globals[q.scopes.Canonical(object)] {
		return unknown
	}
	if realms, ok := pyodide.GlobalRealms(name); ok {
		return truth{q.besides(realms, name), pyodide.AllRealms.Without(realms)}
	}
	return unknown
}

// besides are the places that have a name, if PyScript has given it to workers as well: once pyscript is imported in
// one, js.document and js.window are those of the page.
// Source: https://github.com/pyscript/pyscript/blob/main/core/src/stdlib/pyscript/context.py
func (q *query) besides(realms pyodide.Realms, name string) pyodide.Realms {
	if name != "document" && name != "window" {
		return realms
	}
	if q.ImportsPyScript() {
		return realms.Or(pyodide.Worker)
	}
	return realms
}

// ImportsPyScript says whether the text imports pyscript anywhere, after which js.document and js.window may be there in
// workers, too.
func (f *File) ImportsPyScript() bool {
	for _, i := range f.scopes.Imports() {
		if i.Module == "pyscript" || strings.HasPrefix(i.Module, "pyscript.") {
			return true
		}
	}
	return false
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

func (q *query) among(value string, list syntax.Node) truth {
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
	if found && !others {
		return only(true)
	}
	return inPyodide(found)
}

// call reads sys.platform.startswith(…), hasattr(sys, "_emscripten_info"), hasattr(js, "document"),
// find_spec("pyodide"), and functions of this text that only return a condition.
func (q *query) call(n syntax.Node) truth {
	function := n.Child(syntax.FieldFunction)
	first := n.Child(syntax.FieldArguments).First()
	constant, _ := syntax.Constant(first)
	switch q.scopes.Canonical(function) {
	case "sys.platform.startswith":
		switch {
		case constant == "":
			return unknown
		case constant == "emscripten":
			return only(true)
		}
		return inPyodide(strings.HasPrefix("emscripten", constant))
	case "importlib.util.find_spec":
		if pyodide.IsBridge(constant) {
			return only(true)
		}
		return unknown
	case "builtins.hasattr", "builtins.getattr":
		attribute, _ := syntax.Constant(first.Next())
		switch first.Next().Next().Kind() { // what getattr gives where there is no such name
		case syntax.NoKind, syntax.None, syntax.False:
		default:
			return unknown
		}
		if attribute == "_emscripten_info" {
			return only(true)
		}
		return q.global(first, attribute)
	case "builtins.bool":
		return q.condition(first)
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
