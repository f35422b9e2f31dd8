package analysis

import (
	"slices"
	"strings"
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// MadeAsync are the edits of a document that make a function async at whose head a span lies, and the name of that
// function. JavaScript must be seen to call it, nothing else may, and nothing that it does may come too late: an async
// function begins when the event is over.
func MadeAsync(f *File, view View, at source.Span) (name string, edits []source.Edit, ok bool) {
	for i, u := range f.Units {
		p := (&run{places: sync.OnceValue(func() []realm.Runs { return f.Runs(view) })}).of(f, view, i)
		for function := range u.Tree.Of(syntax.FunctionDefinition) {
			head := headOf(function)
			if u.hostSpan(head).Overlaps(at) && p.mayBeAsync(function) {
				edits, ok = u.hostEdits([]source.Edit{{Span: source.Span{Start: head.Start, End: head.Start}, New: "async "}})
				return function.Child(syntax.FieldName).Text(), edits, ok
			}
		}
	}
	return "", nil, false
}

// headOf is the span of a function in front of its body, to the colon.
func headOf(function syntax.Node) source.Span {
	head := source.Span{Start: function.Span().Start, End: function.Child(syntax.FieldBody).Span().Start}
	text := function.Text()[:head.Len()]
	return source.Span{Start: head.Start, End: head.Start + len(strings.TrimRight(text, " \t\r\n\f"))}
}

// inTime are what a handler does with its event, or not at all: it is too late when the event is over.
// https://dom.spec.whatwg.org/#dom-event-preventdefault, https://html.spec.whatwg.org/#drag-data-store
var inTime = []string{
	"preventDefault", "stopPropagation", "stopImmediatePropagation", "returnValue", "cancelBubble", "dataTransfer", "clipboardData",
	"currentTarget", "composedPath", "waitUntil", "respondWith", "intercept",
}

// mayBeAsync says whether a function is a handler that can do its work when the event is over.
func (p *Pass) mayBeAsync(function syntax.Node) bool {
	if flow.Async(function) || isSpecial(function) || p.Unit.Flow.Yields(function) || p.dropped(function) || p.Unit.Flow.Returns(function) {
		return false
	}
	if _, ok := p.CalledBack(function); !ok {
		return false
	}
	for _, attribute := range inTime {
		if slices.ContainsFunc(p.Unit.Scopes.Attributes(attribute), function.Holds) {
			return false
		}
	}
	return !p.calledHere(function)
}

// calledHere says whether the text calls a function by its name, or something of that name.
func (p *Pass) calledHere(function syntax.Node) bool {
	name := function.Child(syntax.FieldName)
	return slices.ContainsFunc(p.Unit.Flow.Calls(), func(c flow.Call) bool {
		called := c.Node.Child(syntax.FieldFunction)
		return called.Text() == name.Text() || called.Child(syntax.FieldAttribute).Text() == name.Text()
	})
}
