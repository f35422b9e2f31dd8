package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Outside is from where outside the page's code a value comes, and the expression that gets it from there; NotOutside where
// that is not certain, and where the text asks what the value is before it is used.
func (f *File) Outside(n syntax.Node) (from pyodide.Outside, at syntax.Node) {
	return f.ask().outside(n)
}

func (q *query) outside(n syntax.Node) (from pyodide.Outside, at syntax.Node) {
	if q.spent() {
		return pyodide.NotOutside, n
	}
	if from = pyodide.OutsideAt(q.javaScript(n)); from != pyodide.NotOutside && n.Kind() != syntax.Identifier {
		return from, n
	}
	switch n.Kind() {
	case syntax.Identifier:
		if name := q.scopes.Lookup(n); name != nil && !q.checked(name) {
			if value := onlyValue(name); value.OK() {
				return q.outside(value)
			}
		}
	case syntax.ParenthesizedExpression:
		return q.outside(n.First())
	case syntax.Await:
		if q.answer(n.First()) {
			return pyodide.Answered, n
		}
		return q.outside(n.First())
	case syntax.NamedExpression, syntax.Subscript:
		return q.outside(n.Child(syntax.FieldValue))
	case syntax.BooleanOperator: // "prompt() or 'nobody'"
		return q.outside(n.Child(syntax.FieldLeft))
	case syntax.Attribute:
		return q.outsideAttribute(n)
	case syntax.Call:
		return q.outsideCall(n)
	}
	return pyodide.NotOutside, n
}

func (q *query) outsideAttribute(n syntax.Node) (from pyodide.Outside, at syntax.Node) {
	object, name := n.Child(syntax.FieldObject), n.Child(syntax.FieldAttribute).Text()
	switch {
	case name == "value" && q.target(object):
		return pyodide.Typed, n
	case pyodide.ConveyingAttributes[name]:
		return q.outside(object)
	}
	if value := q.attributeOfSelf(n); value.OK() {
		return q.outside(value)
	}
	return pyodide.NotOutside, n
}

// target says whether an expression is the element of an event: "event.target" of a parameter.
func (q *query) target(n syntax.Node) bool {
	event := n.Child(syntax.FieldObject)
	if attribute := n.Child(syntax.FieldAttribute).Text(); attribute != "target" && attribute != "currentTarget" {
		return false
	}
	name := q.scopes.Lookup(event)
	return event.Kind() == syntax.Identifier && name != nil && len(name.Bindings) == 1 && name.Bindings[0].How == scope.ByParameter
}

func (q *query) outsideCall(n syntax.Node) (from pyodide.Outside, at syntax.Node) {
	function := n.Child(syntax.FieldFunction)
	arguments, _ := Arguments(n)
	called := q.scopes.Canonical(function)
	switch {
	case pyodide.Conveyors[called] && len(arguments) > 0:
		return q.outside(arguments[0])
	case called == "builtins.input":
		return pyodide.Typed, n
	case q.answer(n):
		return pyodide.Answered, n
	case pyodide.ConveyingMethods[function.Child(syntax.FieldAttribute).Text()]:
		return q.outside(function.Child(syntax.FieldObject))
	}
	return pyodide.NotOutside, n
}

// answer says whether a call gives what another server answers: a page's own files, at addresses without a server, are
// as good as its code.
func (q *query) answer(call syntax.Node) bool {
	function := call.Child(syntax.FieldFunction)
	if call.Kind() != syntax.Call || !pyodide.AnswerMethods[function.Child(syntax.FieldAttribute).Text()] {
		return false
	}
	request := q.definition(function.Child(syntax.FieldObject))
	if request.Kind() == syntax.Await {
		request = q.definition(request.First())
	}
	address := q.definition(Positional(request, 0))
	if !pyodide.Answers[q.scopes.Canonical(request.Child(syntax.FieldFunction))] || address.Kind() != syntax.String {
		return false
	}
	parts := literal(address)
	return len(parts) > 0 && (strings.HasPrefix(parts[0].Text, "https://") || strings.HasPrefix(parts[0].Text, "http://"))
}

// checked says whether the text asks what the value of a name is: by comparing it, or by asking for its characters.
func (q *query) checked(name *scope.Name) bool {
	for _, r := range q.scopes.References(name) {
		switch p := r.Parent(); p.Kind() {
		case syntax.ComparisonOperator:
			if !emptiness(p) {
				return true
			}
		case syntax.Attribute:
			if pyodide.ChecksText(p.Child(syntax.FieldAttribute).Text()) {
				return true
			}
		case syntax.ArgumentList:
			called := q.scopes.Canonical(p.Parent().Child(syntax.FieldFunction))
			if strings.HasPrefix(called, "re.") || called == "builtins.int" || called == "builtins.float" {
				return true
			}
		}
	}
	return false
}

// emptiness says whether a comparison asks no more of a text than whether there is any.
func emptiness(comparison syntax.Node) bool {
	for n := range comparison.Children() {
		if text, ok := syntax.Constant(n); n.Kind() == syntax.None || ok && text == "" {
			return true
		}
	}
	return strings.HasPrefix(comparison.First().Next().Text(), "is")
}

// Unsure says whether what is filled into a text is a parameter that may be any text: nothing shows that it is a number, or
// one of the texts that the callers write out, if there are any. elsewhere says of a function that other files may call it.
func (f *File) Unsure(piece Piece, elsewhere func(function syntax.Node) bool) bool {
	q := f.ask()
	parameter := q.parameter(piece.Node)
	if parameter == nil || piece.Number || !mayBeText(parameter.Bindings[0].Node) || q.checked(parameter) {
		return false
	}
	t := f.Texts(piece.Node, elsewhere)
	return t.Other || t.Open
}

// mayBeText says whether neither the type of a parameter nor its default makes it anything but a text.
func mayBeText(parameter syntax.Node) bool {
	p := parameter.Parent()
	switch p.Kind() {
	case syntax.Parameters, syntax.LambdaParameters:
		return true
	case syntax.DefaultParameter, syntax.TypedParameter, syntax.TypedDefaultParameter:
		kind, value := p.Child(syntax.FieldType), p.Child(syntax.FieldValue)
		return (!kind.OK() || kind.Text() == "str") && (!value.OK() || value.Kind() == syntax.String)
	}
	return false
}
