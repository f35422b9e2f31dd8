package lsp

import (
	"fmt"
	"slices"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// complete says how much the editor offers at a place, and those of it that have some names: where each would stand, and
// what it is said to be.
func (p *player) complete(name, place string, some []string) {
	at := p.span(name, place)
	result, err := p.Completion(p.t.Context(), &protocol.CompletionParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(name)}, Position: positionOf(p.documents[name], at.Start, p.encoding),
	}})
	p.must(err)
	items, _ := result.(protocol.CompletionItemSlice)
	if len(items) == 0 {
		p.say("nothing")
		return
	}
	p.say("%s", atLeast(len(items)))
	for _, item := range items {
		if !slices.Contains(some, item.Label) {
			continue
		}
		edit := item.TextEdit.(*protocol.TextEdit)
		after, err := source.Apply(p.documents[name].Text(), []source.Edit{{Span: spanOf(p.documents[name], edit.Range, p.encoding), New: edit.NewText}})
		p.must(err)
		line := source.New(name, after)
		detail, _ := item.Detail.Get()
		order, _ := item.SortText.Get()
		p.say("%s %s %d: %s | %s", order[:1], item.Label, item.Kind, detail, line.Slice(line.LineSpan(line.LineOf(at.Start))))
	}
}

// atLeast says how many there are without saying more than stays so from one release of the platform to the next.
func atLeast(n int) string {
	for _, some := range []int{500, 100, 20} {
		if n >= some {
			return fmt.Sprintf("more than %d", some)
		}
	}
	return fmt.Sprint(n)
}
