package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Holder is what holds named members in JavaScript, so that Python finds nothing under a key.
type Holder uint8

// The kinds of holders.
const (
	NoHolder Holder = iota
	// PlainObject has members and nothing else.
	PlainObject
	// PlainSince029 is what to_js makes of a dict: a LiteralMap up to 0.28, and then such an object.
	PlainSince029
	// JSONValue was read from JSON: such an object, or an array of them, or no object at all.
	JSONValue
	// OfInterface is an object of an interface that has no keys.
	OfInterface
)

// Holder says what an expression certainly is, and for OfInterface of which interface.
func (f *File) Holder(n syntax.Node) (h Holder, of string) {
	made := f.Definition(n)
	if h := f.convertedDict(made); h != NoHolder {
		return h, ""
	}
	path, ok := f.Exactly(n)
	if !ok {
		return NoHolder, ""
	}
	if pyodide.PlainObjects[path] {
		return PlainObject, ""
	}
	if json, promised := pyodide.IsJSON(path); json {
		if promised && !f.awaited(n) {
			return NoHolder, ""
		}
		return JSONValue, ""
	}
	if path == "js" {
		return OfInterface, "Window"
	}
	of = pyodide.InterfaceAt(path)
	if of == "" || pyodide.Promised(path) && !f.awaited(n) {
		return NoHolder, ""
	}
	return OfInterface, of
}

// awaited says whether what an expression begins with has been awaited: "(await response.json()).stations".
func (f *File) awaited(n syntax.Node) bool {
	q := f.ask()
	for {
		n = q.definition(n)
		if q.spent() {
			return false
		}
		switch n.Kind() {
		case syntax.Await:
			return true
		case syntax.Attribute, syntax.Subscript, syntax.ParenthesizedExpression:
			n = n.First()
		default:
			return false
		}
	}
}

// convertedDict is what a call of to_js makes of a dict.
func (f *File) convertedDict(call syntax.Node) Holder {
	c, ok := f.CallAt(call)
	if !ok || c.Name != pyodide.ToJS || f.Proxied(Positional(call, 0)) != "dict" {
		return NoHolder
	}
	for a := range call.Child(syntax.FieldArguments).Children() {
		switch {
		case a.Kind() == syntax.DictionarySplat || a.Kind() == syntax.ListSplat:
			return NoHolder
		case a.Kind() != syntax.KeywordArgument || a.Child(syntax.FieldName).Text() != pyodide.DictConverter:
		case f.scopes.Canonical(a.Child(syntax.FieldValue)) == pyodide.FromEntries:
			return PlainObject
		default:
			return NoHolder
		}
	}
	return PlainSince029
}
