package flow

import (
	"strconv"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Count is a number of bytes or of elements, if the text tells it.
type Count struct {
	N     int
	Known bool
}

func counted(n int) Count { return Count{n, true} }

// Count is the whole number that an expression is certain to give: a literal, what is reckoned from such, a
// size of an array or a buffer.
func (f *File) Count(n syntax.Node) Count { return f.ask().count(n) }

func (q *query) count(n syntax.Node) Count {
	if q.spent() {
		return Count{}
	}
	n = q.definition(n)
	switch n.Kind() {
	case syntax.Integer:
		i, err := strconv.ParseInt(strings.ToLower(n.Text()), 0, 0)
		return Count{int(i), err == nil}
	case syntax.UnaryOperator:
		c := q.count(n.Child(syntax.FieldArgument))
		return Count{-c.N, c.Known && n.Child(syntax.FieldOperator).Text() == "-"}
	case syntax.BinaryOperator:
		return reckon(q.count(n.Child(syntax.FieldLeft)), n.Child(syntax.FieldOperator).Text(), q.count(n.Child(syntax.FieldRight)))
	case syntax.Attribute:
		return q.size(n.Child(syntax.FieldObject), n.Child(syntax.FieldAttribute).Text())
	case syntax.Call:
		if arguments, _ := Arguments(n); len(arguments) == 1 && q.scopes.Canonical(n.Child(syntax.FieldFunction)) == "builtins.len" {
			return q.size(arguments[0], "length")
		}
	}
	return Count{}
}

// countLimit bounds what is reckoned with: no memory is larger, and no product of two of them overflows.
const countLimit = 1 << 31

func reckon(a Count, operator string, b Count) Count {
	if !a.Known || !b.Known || max(a.N, -a.N, b.N, -b.N) >= countLimit {
		return Count{}
	}
	switch operator {
	case "+":
		return counted(a.N + b.N)
	case "-":
		return counted(a.N - b.N)
	case "*":
		return counted(a.N * b.N)
	case "//":
		if a.N >= 0 && b.N > 0 { // where Go and Python agree
			return counted(a.N / b.N)
		}
	}
	return Count{}
}

// size is what an attribute of an array, of its constructor or of a buffer says of its size.
func (q *query) size(object syntax.Node, attribute string) Count {
	switch attribute {
	case "BYTES_PER_ELEMENT":
		if array, ok := pyodide.ArrayNamed(q.javaScript(object)); ok {
			return counted(array.Bytes)
		}
		v, ok := q.view(object)
		return Count{v.Array.Bytes, ok}
	case "byteLength", "byteOffset", "length":
	default:
		return Count{}
	}
	v, ok := q.view(object)
	switch {
	case !ok && attribute == "byteLength":
		return q.memory(object).Size
	case !ok:
		return Count{}
	case attribute == "byteOffset":
		return v.Offset
	case attribute == "length":
		return v.Length
	}
	return reckon(v.Length, "*", counted(v.Array.Bytes))
}
