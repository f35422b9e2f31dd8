package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Proxied is what an expression certainly is, in a word for people, if JavaScript gets a proxy of it: "function", "list",
// "object". It is empty for what is converted, such as text and numbers, and where it is not known.
func (f *File) Proxied(n syntax.Node) string { return f.ask().proxied(n) }

func (q *query) proxied(n syntax.Node) string {
	if _, ok := q.callable(n); ok {
		return "function"
	}
	if class := q.classOfSelf(n); class.OK() && alone(class) {
		return "object"
	}
	made := q.definition(n)
	if kind, ok := containers[made.Kind()]; ok {
		return kind
	}
	if made.Kind() == syntax.String && isBytes(made) {
		return "bytes"
	}
	function := made.Child(syntax.FieldFunction)
	if class := q.class(function); class.OK() && alone(class) && q.plain(class) {
		return "object"
	}
	return pyodide.Makers[q.scopes.Canonical(function)]
}

// containers are the expressions that make one, with what it is called.
var containers = map[syntax.Kind]string{
	syntax.List: "list", syntax.ListComprehension: "list", syntax.Dictionary: "dict", syntax.DictionaryComprehension: "dict",
	syntax.Set: "set", syntax.SetComprehension: "set", syntax.Tuple: "tuple",
}

// converted is the path of what a call of to_js gives, if that is an array: of a list or a tuple.
func (q *query) converted(call syntax.Node) string {
	if !pyodide.Converters[q.scopes.Canonical(call.Child(syntax.FieldFunction))] {
		return ""
	}
	first := call.Child(syntax.FieldArguments).First()
	switch q.definition(first).Kind() {
	case syntax.List, syntax.ListComprehension, syntax.Tuple:
		return pyodide.ConvertedList
	}
	return ""
}
