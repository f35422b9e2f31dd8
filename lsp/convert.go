package lsp

import (
	"fmt"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
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

// diagnostics are those of one sheet of a document: what was found, then what browsers showed besides.
func (s *server) diagnostics(d *document, found *result, on sheet) []protocol.Diagnostic {
	items := make([]protocol.Diagnostic, 0, len(found.findings))
	seen := s.evidence(d)
	for _, f := range found.findings {
		if at, _ := d.locate(f.Span); at.uri == on.uri {
			items = append(items, s.diagnostic(d, f, s.confirmed(d, found, f, seen)))
		}
	}
	for _, m := range unsaid(seen) {
		if at := lineOf(m.Observation); at.Line >= 1 && at.Line <= on.text.LineCount() {
			items = append(items, s.measurement(on, m))
		}
	}
	return items
}

// location is a span of a document as the editor knows it.
func (s *server) location(d *document, span source.Span) protocol.Location {
	at, span := d.locate(span)
	return protocol.Location{URI: at.uri, Range: rangeOf(at.text, span, s.editor.encoding)}
}

// related is a place that explains a finding of a document. Of another file the text is needed to count the characters
// as the editor does; if it is gone by now, the columns are those of a person.
func (s *server) related(d *document, r analysis.Related) protocol.Location {
	if r.Path == "" {
		return s.location(d, r.Span)
	}
	at := protocol.Location{URI: uri.File(filepath.FromSlash(r.Path)), Range: protocol.Range{
		Start: protocol.Position{Line: uint32(r.At.Start.Line - 1), Character: uint32(r.At.Start.Column - 1)},
		End:   protocol.Position{Line: uint32(r.At.End.Line - 1), Character: uint32(r.At.End.Column - 1)},
	}}
	if text, ok := s.current.Load().textOf(filepath.FromSlash(r.Path)); ok {
		file := source.New(r.Path, text)
		at.Range = rangeOf(file, file.SpanOf(r.At), s.editor.encoding)
	}
	return at
}

// diagnostic is a finding, with what was measured of it.
func (s *server) diagnostic(d *document, f analysis.Finding, measured string) protocol.Diagnostic {
	message := f.Message
	if measured != "" {
		message += " (measured: " + measured + ")"
	}
	item := protocol.Diagnostic{
		Range:    s.location(d, f.Span).Range,
		Severity: severities[f.Severity],
		Code:     protocol.String(f.Rule.Name),
		Source:   protocol.NewOptional("pyodide-ls"),
		Message:  protocol.String(message),
	}
	if s.editor.unnecessary && f.Rule.Unnecessary {
		item.Tags = protocol.NewDiagnosticTags(protocol.DiagnosticTagUnnecessary)
	}
	if s.editor.relatedInformation {
		for _, r := range f.Related {
			item.RelatedInformation = append(item.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: s.related(d, r), Message: r.Message,
			})
		}
	}
	if s.editor.relatedInformation {
		for _, p := range f.Runs {
			for _, r := range p.Reasons {
				if r.Path != "" && d.file {
					item.RelatedInformation = append(item.RelatedInformation, protocol.DiagnosticRelatedInformation{
						Location: placeOf(r), Message: fmt.Sprintf("%s: %s", p.Realm, r.What),
					})
				}
			}
		}
	}
	return item
}

// measurement is what browsers showed at a line of a sheet.
func (s *server) measurement(on sheet, m *measured) protocol.Diagnostic {
	severity, message := m.say()
	item := protocol.Diagnostic{
		Range:    rangeOf(on.text, words(on.text, lineOf(m.Observation).Line), s.editor.encoding),
		Severity: severities[severity],
		Code:     protocol.String(m.Kind.String()),
		Source:   protocol.NewOptional("pyodide-ls (measured)"),
		Message:  protocol.String(message),
	}
	for _, made := range m.makers {
		if s.editor.relatedInformation && filepath.IsAbs(filepath.FromSlash(made.File)) {
			item.RelatedInformation = append(item.RelatedInformation, protocol.DiagnosticRelatedInformation{
				Location: placeOf(realm.Reason{Path: made.File, Line: made.Line}), Message: "made the proxy",
			})
		}
	}
	return item
}

// words is the span of what stands on a line, counted from 1.
func words(text *source.File, line int) source.Span {
	span := text.LineSpan(line - 1)
	whole := text.Slice(span)
	span.Start += len(whole) - len(strings.TrimLeft(whole, " \t\f"))
	span.End -= len(whole) - len(strings.TrimRight(whole, " \t\f"))
	return source.Span{Start: span.Start, End: max(span.Start, span.End)}
}

// workspaceEdit is edits of a document as the editor can read them, by sheet.
func (s *server) workspaceEdit(d *document, edits []source.Edit) *protocol.WorkspaceEdit {
	texts := map[uri.URI][]protocol.TextEdit{}
	for _, e := range source.Sorted(edits) {
		at := s.location(d, e.Span)
		texts[at.URI] = append(texts[at.URI], protocol.TextEdit{Range: at.Range, NewText: e.New})
	}
	if !s.editor.documentChanges {
		return &protocol.WorkspaceEdit{Changes: texts}
	}
	all := &protocol.WorkspaceEdit{}
	for _, on := range d.sheets() {
		if len(texts[on.uri]) == 0 {
			continue
		}
		edit := &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: on.uri}, Version: &on.version,
		}}
		for i := range texts[on.uri] {
			edit.Edits = append(edit.Edits, &texts[on.uri][i])
		}
		all.DocumentChanges = append(all.DocumentChanges, edit)
	}
	return all
}
