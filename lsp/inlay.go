package lsp

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
)

// The hints, by the names that settings have for them.
const (
	hintsOfRealm = "realm"
	hintsOfOwner = "owner"
	hintsOfCopy  = "copy"
	hintsOfNull  = "null"
)

var hintsOf = map[analysis.NoteKind]string{analysis.OfOwner: hintsOfOwner, analysis.OfCopy: hintsOfCopy, analysis.OfNull: hintsOfNull}

// shows says whether the editor is to show hints of a kind: all but those of null, if its settings do not say otherwise.
func (s *server) shows(kind string) bool {
	if wanted := s.wanted.Load(); wanted != nil {
		if show, said := (*wanted)[kind]; said {
			return show
		}
	}
	return kind != hintsOfNull
}

// InlayHint says in the text where code runs: at the first line of each Python text, and of each function or class
// that runs elsewhere. Besides, it says who destroys a proxy, what is copied and what may be null. The evidence is the hint's tooltip, and its label leads to what says so.
func (s *server) InlayHint(ctx context.Context, p *protocol.InlayHintParams) ([]protocol.InlayHint, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	hints := []protocol.InlayHint{}
	if !ok || d.silent() {
		return hints, nil
	}
	s.index.wait(ctx)
	found, err := s.looked(ctx, d)
	if err != nil {
		return nil, err
	}
	file := s.fileOf(d, found)
	if file == nil {
		return hints, nil
	}
	asked := spanOf(on.text, p.Range, s.editor.encoding)
	all := file.Runs(d.view)
	for i, u := range file.Units {
		if i >= len(all) || u.ByMicroPython(d.view) {
			continue
		}
		for _, place := range u.Places(all[i]) {
			at, span := d.locate(source.Span{Start: place.At, End: place.At})
			if at.uri != on.uri || !asked.Contains(span.Start) && span.Start != asked.End {
				continue
			}
			if s.shows(hintsOfRealm) {
				hints = append(hints, s.hint(d, at, span, place.Runs))
			}
		}
	}
	return append(hints, s.notes(d, on, file, asked)...), nil
}

// notes are the hints about values.
func (s *server) notes(d *document, on sheet, file *analysis.File, asked source.Span) (hints []protocol.InlayHint) {
	within := source.Span{Start: on.start + asked.Start, End: on.start + asked.End}
	for _, note := range analysis.Notes(file, d.view, within) {
		at, span := d.locate(source.Span{Start: note.At, End: note.At})
		if at.uri != on.uri || !s.shows(hintsOf[note.Kind]) {
			continue
		}
		hints = append(hints, protocol.InlayHint{
			Position: positionOf(at.text, span.Start, s.editor.encoding), PaddingLeft: new(true), Label: protocol.String(note.Text),
		})
	}
	return hints
}

// hint is what is said of one place, at the end of its line.
func (s *server) hint(d *document, on sheet, at source.Span, runs []realm.Placement) protocol.InlayHint {
	root := s.root(d)
	line := on.text.LineSpan(on.text.LineOf(at.Start))
	h := protocol.InlayHint{Position: positionOf(on.text, line.End, s.editor.encoding), PaddingLeft: new(true)}
	label := protocol.InlayHintLabelPartSlice{{Value: "runs on: "}}
	for i, p := range runs {
		if i > 0 {
			label = append(label, protocol.InlayHintLabelPart{Value: "; "})
		}
		label = append(label, protocol.InlayHintLabelPart{Value: p.Realm.String()})
		if len(p.Reasons) == 0 {
			label[len(label)-1].Value += " (assumed)"
			continue
		}
		if by := p.Reasons[len(p.Reasons)-1]; by.Path != "" {
			label = append(label, protocol.InlayHintLabelPart{Value: ", "}, protocol.InlayHintLabelPart{
				Value: fmt.Sprintf("%s:%d", strings.TrimPrefix(by.Path, root), by.Line), Location: placeOf(by),
			})
		}
	}
	h.Label = label
	h.Tooltip = protocol.String(strings.ReplaceAll(becauseOf(runs), root, ""))
	return h
}

// root is the path of the folder that a document belongs to, with a slash at its end; empty if it belongs to none.
func (s *server) root(d *document) string {
	if f := s.current.Load().folderOf(d); f != nil {
		return slashed(f.root) + "/"
	}
	return ""
}

// placeOf is the line that a reason stands on.
func placeOf(r realm.Reason) protocol.Location {
	at := protocol.Position{Line: uint32(max(r.Line-1, 0))}
	return protocol.Location{URI: uri.File(r.Path), Range: protocol.Range{Start: at, End: at}}
}

// becauseOf says why code runs where it does, a line for each place.
func becauseOf(runs []realm.Placement) string {
	var lines []string
	for _, p := range runs {
		lines = append(lines, fmt.Sprintf("%s: %s", p.Realm, p.Because()))
	}
	return strings.Join(lines, "\n")
}
