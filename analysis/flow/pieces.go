package flow

import (
	"regexp"
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Piece is a part of a text that code puts together: written out, or filled in.
type Piece struct {
	Text string      // what is written out, as the source has it
	Node syntax.Node // the expression that is filled in
	// Number says that a format has it be a number.
	Number bool
}

// Pieces are the parts of a text that an expression puts together: an f-string, a sum, a format, and what is added to a
// name. Of another expression there is one, itself; of a text that is written out none that is filled in.
func (f *File) Pieces(n syntax.Node) []Piece { return f.ask().pieces(n) }

func (q *query) pieces(n syntax.Node) []Piece {
	if q.spent() {
		return nil
	}
	switch n.Kind() {
	case syntax.String:
		return literal(n)
	case syntax.ConcatenatedString:
		return q.each(n)
	case syntax.ParenthesizedExpression, syntax.NamedExpression:
		if n = q.definition(n); n.Kind() != syntax.ParenthesizedExpression {
			return q.pieces(n)
		}
	case syntax.BinaryOperator:
		left, right := n.Child(syntax.FieldLeft), n.Child(syntax.FieldRight)
		switch n.Child(syntax.FieldOperator).Text() {
		case "+":
			return append(q.pieces(left), q.pieces(right)...)
		case "%":
			return q.filled(left, percent, values(right))
		}
	case syntax.Call:
		if function := n.Child(syntax.FieldFunction); function.Child(syntax.FieldAttribute).Text() == "format" {
			arguments, _ := Arguments(n)
			return q.filled(function.Child(syntax.FieldObject), braces, arguments)
		}
	case syntax.Identifier:
		return q.grown(n)
	}
	return []Piece{{Node: n}}
}

func (q *query) each(n syntax.Node) (all []Piece) {
	for c := range n.Children() {
		all = append(all, q.pieces(c)...)
	}
	return all
}

// literal are the parts of a string: of an f-string those between what is filled in as well.
func literal(n syntax.Node) (all []Piece) {
	text := n.Text()
	start, end := strings.IndexAny(text, `"'`), len(text)
	if start < 0 {
		return nil
	}
	quote := text[start : start+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(text[start:], triple) && len(text) >= start+6 {
		quote = triple
	}
	start, end = start+len(quote), max(start+len(quote), end-len(quote))
	at := n.Span().Start
	for c := range n.Children() {
		if c.Kind() != syntax.Interpolation {
			continue
		}
		all = append(all, Piece{Text: text[start : c.Span().Start-at]}, Piece{Node: c.First(), Number: asNumber(c)})
		start = c.Span().End - at
	}
	return append(all, Piece{Text: text[min(start, end):end]})
}

// asNumber says whether a format lets nothing pass but a number: "{x:.2f}".
func asNumber(interpolation syntax.Node) bool {
	for c := range interpolation.Children() {
		if c.Kind() == syntax.FormatSpecifier {
			return strings.ContainsAny(c.Text()[len(c.Text())-1:], "bcdoxXeEfFgGn%")
		}
	}
	return false
}

// The places of a text at which "%" and format fill something in.
var (
	percent = regexp.MustCompile(`%[-+ 0#]*\d*(?:\.\d+)?([a-zA-Z])`)
	braces  = regexp.MustCompile(`\{\d*(?::[^{}]*?([a-zA-Z%]?))?\}`)
)

// values are what stands to the right of "%".
func values(n syntax.Node) (all []syntax.Node) {
	if n.Kind() != syntax.Tuple {
		return []syntax.Node{n}
	}
	for c := range n.Children() {
		all = append(all, c)
	}
	return all
}

// filled are the parts of a text that is written out and in whose places values are filled in, in their order.
func (q *query) filled(template syntax.Node, places *regexp.Regexp, values []syntax.Node) (all []Piece) {
	template = q.definition(template)
	parts := literal(template)
	if template.Kind() != syntax.String || len(parts) != 1 {
		return []Piece{{Node: template}}
	}
	text, start := parts[0].Text, 0
	for i, place := range places.FindAllStringSubmatchIndex(text, -1) {
		if i >= len(values) {
			return nil
		}
		number := place[2] >= 0 && strings.Contains("dioxXeEfFgGn%", text[place[2]:place[3]]) && place[3] > place[2]
		all = append(all, Piece{Text: text[start:place[0]]}, Piece{Node: values[i], Number: number})
		start = place[1]
	}
	return append(all, Piece{Text: text[start:]})
}

// grown are the parts of a text that a name stands for: the one that it is given, or all that is added to it.
func (q *query) grown(n syntax.Node) (all []Piece) {
	name := q.scopes.Lookup(n)
	if name == nil {
		return []Piece{{Node: n}}
	}
	adds := false
	for _, b := range name.Bindings {
		statement := b.Node.Parent()
		switch {
		case b.How == scope.ByAssignment && (b.Value.Kind() == syntax.String || b.Value.Kind() == syntax.ConcatenatedString || len(name.Bindings) == 1):
			if len(name.Bindings) == 1 && !isText(b.Value) {
				return []Piece{{Node: n}}
			}
			all = append(all, q.pieces(b.Value)...)
		case statement.Kind() == syntax.AugmentedAssignment && statement.Child(syntax.FieldOperator).Text() == "+=":
			adds = true
			all = append(all, q.pieces(statement.Child(syntax.FieldRight))...)
		default:
			return []Piece{{Node: n}}
		}
	}
	if len(name.Bindings) > 1 && !adds {
		return []Piece{{Node: n}}
	}
	return all
}

// isText says whether an expression is of a form that puts a text together.
func isText(n syntax.Node) bool {
	switch n.Kind() {
	case syntax.String, syntax.ConcatenatedString, syntax.BinaryOperator, syntax.ParenthesizedExpression:
		return true
	case syntax.Call:
		return n.Child(syntax.FieldFunction).Child(syntax.FieldAttribute).Text() == "format"
	}
	return false
}
