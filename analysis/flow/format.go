package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Format is how the items of the buffer of Python lie in memory that an expression certainly stands for: bytes,
// an array.array, a memoryview, an array of numpy whose dtype is written out, a copy of a typed array.
func (f *File) Format(n syntax.Node) (pyodide.Format, bool) { return f.ask().format(n) }

func (q *query) format(n syntax.Node) (pyodide.Format, bool) {
	if q.spent() {
		return pyodide.Format{}, false
	}
	n = q.definition(n)
	switch n.Kind() {
	case syntax.String:
		return pyodide.Bytes, isBytes(n)
	case syntax.Subscript: // a part of a buffer is one like it
		if n.Child(syntax.FieldSubscript).Kind() == syntax.Slice {
			return q.format(n.Child(syntax.FieldValue))
		}
	case syntax.Call:
		arguments, _ := Arguments(n)
		if function := n.Child(syntax.FieldFunction); function.Kind() == syntax.Attribute {
			if format, ok := q.methodFormat(function, arguments); ok {
				return format, true
			}
		}
		return q.made(n, q.scopes.Canonical(n.Child(syntax.FieldFunction)), arguments)
	}
	return pyodide.Format{}, false
}

// isBytes says whether a literal is one of bytes.
func isBytes(literal syntax.Node) bool {
	prefix, _, _ := strings.Cut(strings.ReplaceAll(literal.Text(), "'", `"`), `"`)
	return strings.ContainsAny(prefix, "bB")
}

// made is the format of what a function of that name makes.
func (q *query) made(call syntax.Node, name string, arguments []syntax.Node) (format pyodide.Format, ok bool) {
	position, numpy := pyodide.NumpyMakers[name]
	switch {
	case pyodide.BytesMakers[name]:
		return pyodide.Bytes, true
	case numpy:
		dtype := keyword(call, "dtype")
		if position < len(arguments) {
			dtype = arguments[position]
		}
		if !dtype.OK() {
			return pyodide.Format{Bytes: 8, Float: true}, pyodide.NumpyFloats[name] && len(arguments) > 0
		}
		return q.dtype(dtype)
	case len(arguments) == 0:
	case name == "builtins.memoryview":
		return q.format(arguments[0])
	case name == "array.array":
		code, _ := syntax.Constant(arguments[0])
		format, ok = pyodide.TypeCodes[code]
	}
	return format, ok
}

// methodFormat is the format of what a method gives.
func (q *query) methodFormat(method syntax.Node, arguments []syntax.Node) (format pyodide.Format, ok bool) {
	object, name := method.Child(syntax.FieldObject), method.Child(syntax.FieldAttribute).Text()
	switch {
	case pyodide.BytesMethods[name], name == pyodide.Encode && q.text(object):
		return pyodide.Bytes, true
	case pyodide.ViewBuffers[name]:
		v, isView := q.view(object)
		return v.Array.Format(), isView
	case len(arguments) == 0:
	case name == "astype":
		return q.dtype(arguments[0])
	case name == "cast":
		if _, isBuffer := q.format(object); isBuffer {
			code, _ := syntax.Constant(arguments[0])
			format, ok = pyodide.TypeCodes[code]
		}
	}
	return format, ok
}

// text says whether an expression certainly is a str.
func (q *query) text(n syntax.Node) bool {
	if q.spent() {
		return false
	}
	switch n = q.definition(n); n.Kind() {
	case syntax.String:
		return !isBytes(n)
	case syntax.ConcatenatedString, syntax.ParenthesizedExpression:
		return q.text(n.First())
	case syntax.Call:
		function := n.Child(syntax.FieldFunction)
		return pyodide.TextMakers[q.scopes.Canonical(function)] ||
			pyodide.TextMethods[function.Child(syntax.FieldAttribute).Text()] && q.text(function.Child(syntax.FieldObject))
	}
	return false
}

// dtype is the format that an argument of numpy names.
func (q *query) dtype(n syntax.Node) (pyodide.Format, bool) {
	if text, ok := syntax.Constant(n); ok {
		return pyodide.NumpyFormat(text)
	}
	name, ok := strings.CutPrefix(q.scopes.Canonical(n), "numpy.")
	format, known := pyodide.NumpyFormat(name)
	return format, ok && known
}

func keyword(call syntax.Node, name string) syntax.Node {
	for a := range call.Child(syntax.FieldArguments).Children() {
		if a.Kind() == syntax.KeywordArgument && a.Child(syntax.FieldName).Text() == name {
			return a.Child(syntax.FieldValue)
		}
	}
	return syntax.Node{}
}

// Sequence is the built-in type of an expression if it certainly is of one that holds items and is no buffer.
func (f *File) Sequence(n syntax.Node) (s pyodide.Sequence, ok bool) {
	n = f.Definition(n)
	switch n.Kind() {
	case syntax.List, syntax.ListComprehension:
		return pyodide.List, true
	case syntax.Tuple:
		return pyodide.Tuple, true
	case syntax.Set, syntax.SetComprehension:
		return pyodide.Set, true
	case syntax.GeneratorExpression:
		return pyodide.Generator, true
	case syntax.String:
		return pyodide.Text, !isBytes(n)
	case syntax.Call:
		s, ok = pyodide.Sequences[f.scopes.Canonical(n.Child(syntax.FieldFunction))]
	}
	return s, ok
}
