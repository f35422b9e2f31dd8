package lsp

import (
	"fmt"
	"regexp"
	"strings"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// told is what the person was told, and how often the server asked to be asked again.
func (p *player) told() {
	p.settle()
	for _, m := range p.messages {
		p.say("message: %s", strings.ReplaceAll(m, p.dir, ""))
	}
	for _, trace := range p.traces {
		if !strings.HasPrefix(trace, "test/ping") { // which asks whether all is done
			p.say("trace: %s", took.ReplaceAllString(strings.ReplaceAll(trace, p.dir, ""), "took … ms"))
		}
	}
	for _, v := range p.visits {
		p.sayVisit(v)
	}
	if p.refreshes > 0 {
		p.say("asked to pull again")
	}
	p.messages, p.traces, p.visits, p.refreshes = nil, nil, nil, 0
}

var took = regexp.MustCompile(`took [\d.]+ ms`)

// sayHover is what is shown at a place: the first lines, or all if somebody reads it.
func (p *player) sayHover(name string, span source.Span, all bool) {
	hover, err := p.Hover(p.t.Context(), &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(name)}, Position: positionOf(p.documents[name], span.Start, p.encoding),
	}})
	p.must(err)
	if hover == nil {
		p.say("nothing")
		return
	}
	content := hover.Contents.(*protocol.MarkupContent)
	p.say("%s %s", p.place(name, *hover.Range), content.Kind)
	lines := strings.Split(content.Value, "\n")
	if !all && len(lines) > 3 {
		lines = append(lines[:3], "…")
	}
	for _, line := range lines {
		p.say("%s", strings.TrimRight("| "+line, " "))
	}
}

// sayHints is what the editor shows between the characters of a document, with what it shows when a person points there.
func (p *player) sayHints(name string) {
	text := p.documents[name]
	hints, err := p.InlayHint(p.t.Context(), &protocol.InlayHintParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(name)},
		Range:        rangeOf(text, source.Span{End: len(text.Text())}, p.encoding),
	})
	p.must(err)
	for _, h := range hints {
		var label strings.Builder
		if text, ok := h.Label.(protocol.String); ok {
			p.say("%s: %s", p.place(name, protocol.Range{Start: h.Position, End: h.Position}), text)
			continue
		}
		for _, part := range h.Label.(protocol.InlayHintLabelPartSlice) {
			label.WriteString(part.Value)
			if part.Location != (protocol.Location{}) {
				fmt.Fprintf(&label, " -> %s:%d", strings.TrimPrefix(part.Location.URI.FsPath(), p.dir+"/"), part.Location.Range.Start.Line+1)
			}
		}
		p.say("%s: %s", p.place(name, protocol.Range{Start: h.Position, End: h.Position}), label.String())
		for line := range strings.Lines(string(h.Tooltip.(protocol.String))) {
			p.say("    %s", strings.TrimRight(line, "\n"))
		}
	}
	if len(hints) == 0 {
		p.say("nothing")
	}
}
