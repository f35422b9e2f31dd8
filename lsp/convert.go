package lsp

import (
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// This file alone knows both the protocol's types and those of the analysis.

func rangeOf(text *source.File, span source.Span, enc source.Encoding) protocol.Range {
	return protocol.Range{Start: positionOf(text, span.Start, enc), End: positionOf(text, span.End, enc)}
}

func positionOf(text *source.File, offset int, enc source.Encoding) protocol.Position {
	p := text.Position(offset, enc)
	return protocol.Position{Line: uint32(p.Line), Character: uint32(p.Character)}
}

func offsetOf(text *source.File, p protocol.Position, enc source.Encoding) int {
	return text.Offset(source.Position{Line: int(min(p.Line, 1<<30)), Character: int(min(p.Character, 1<<30))}, enc)
}

// spanOf is a range's span; one that ends before it begins is empty.
func spanOf(text *source.File, r protocol.Range, enc source.Encoding) source.Span {
	start := offsetOf(text, r.Start, enc)
	return source.Span{Start: start, End: max(start, offsetOf(text, r.End, enc))}
}

var severities = map[analysis.Severity]protocol.DiagnosticSeverity{
	analysis.Hint: protocol.DiagnosticSeverityHint, analysis.Info: protocol.DiagnosticSeverityInformation,
	analysis.Warning: protocol.DiagnosticSeverityWarning, analysis.Error: protocol.DiagnosticSeverityError,
}

func (s *server) diagnostics(d *document, found *result) []protocol.Diagnostic {
	items := make([]protocol.Diagnostic, 0, len(found.findings))
	for _, f := range found.findings {
		items = append(items, s.diagnostic(d, f))
	}
	return items
}

func (s *server) diagnostic(d *document, f analysis.Finding) protocol.Diagnostic {
	item := protocol.Diagnostic{
		Range:    rangeOf(d.text, f.Span, s.editor.encoding),
		Severity: severities[f.Severity],
		Code:     protocol.String(f.Rule.Name),
		Source:   protocol.NewOptional("pyodide-ls"),
		Message:  protocol.String(f.Message),
	}
	if s.editor.unnecessary && f.Rule.Unnecessary {
		item.Tags = protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)
	}
	if s.editor.relatedInformation {
		for _, r := range f.Related {
			item.RelatedInformation = append(item.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: protocol.Location{URI: d.uri, Range: rangeOf(d.text, r.Span, s.editor.encoding)}, Message: r.Message,
			})
		}
	}
	return item
}

// workspaceEdit is edits of a document as the editor can read them.
func (s *server) workspaceEdit(d *document, edits []source.Edit) *protocol.WorkspaceEdit {
	var texts []protocol.TextEdit
	for _, e := range source.Sorted(edits) {
		texts = append(texts, protocol.TextEdit{Range: rangeOf(d.text, e.Span, s.editor.encoding), NewText: e.New})
	}
	if !s.editor.documentChanges {
		return &protocol.WorkspaceEdit{Changes: map[uri.URI][]protocol.TextEdit{d.uri: texts}}
	}
	edit := &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
		TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: d.uri}, Version: &d.version,
	}}
	for i := range texts {
		edit.Edits = append(edit.Edits, &texts[i])
	}
	return &protocol.WorkspaceEdit{DocumentChanges: []protocol.DocumentChange{edit}}
}
