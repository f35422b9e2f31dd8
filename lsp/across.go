package lsp

import (
	"context"
	"path/filepath"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

// definedElsewhere leads from a name of Python in a tag or a script to the function or the class that it is, in the
// document itself or in the files that it loads.
func (s *server) definedElsewhere(ctx context.Context, at protocol.TextDocumentPositionParams) (protocol.DefinitionResult, error) {
	st := s.at(ctx)
	d, on, ok := st.find(at.TextDocument.URI)
	if !ok || d.silent() {
		return nil, nil
	}
	file, err := s.read(ctx, d)
	if file == nil {
		return nil, err
	}
	used, ok := analysis.DefinedElsewhereAt(file, on.start+offsetOf(on.text, at.Position, s.editor.encoding))
	if !ok {
		return nil, nil
	}
	places := protocol.LocationSlice{}
	for _, span := range analysis.Definitions(file, used.Name) {
		places = append(places, s.location(d, span))
	}
	for _, path := range used.Paths {
		places = append(places, s.definitionsIn(st, filepath.FromSlash(path), used.Name)...)
	}
	if len(places) == 0 {
		return nil, nil
	}
	return places, nil
}

// definitionsIn are the places where a file of Python defines a name, as it is in the editor or on disk.
func (s *server) definitionsIn(st *state, path, name string) (places protocol.LocationSlice) {
	text, ok := st.textOf(path)
	if !ok {
		return nil
	}
	other := newDocument(&protocol.TextDocumentItem{URI: uri.File(path), Text: text})
	if readable(other.kind, text) != nil {
		return nil
	}
	file, err := analysis.Open(other.text, analysis.Setting{Kind: other.kind})
	if err != nil {
		return nil
	}
	for _, span := range analysis.Definitions(file, name) {
		places = append(places, s.location(other, span))
	}
	return places
}
