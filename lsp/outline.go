package lsp

import (
	"context"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

var partKinds = map[analysis.PartKind]protocol.SymbolKind{
	analysis.APythonText: protocol.SymbolKindModule, analysis.AHandler: protocol.SymbolKindEvent,
	analysis.AFunction: protocol.SymbolKindFunction, analysis.AType: protocol.SymbolKindClass, analysis.AWorker: protocol.SymbolKindFile,
}

// DocumentSymbol tells of the Python in a page or a script with what stands in it, of handlers and of workers.
func (s *server) DocumentSymbol(ctx context.Context, p *protocol.DocumentSymbolParams) (protocol.DocumentSymbolResult, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	if !ok || d.silent() || d.notebook != nil { // of which the editor has an outline of its own
		return nil, nil
	}
	s.index.wait(ctx)
	file, err := s.read(ctx, d)
	if file == nil {
		return nil, err
	}
	return s.symbols(on, analysis.Outline(file, d.view)), nil
}

func (s *server) symbols(on sheet, parts []analysis.Part) protocol.DocumentSymbolSlice {
	symbols := protocol.DocumentSymbolSlice{}
	for _, part := range parts {
		symbol := protocol.DocumentSymbol{
			Name: part.Name, Kind: partKinds[part.Kind], Range: rangeOf(on.text, part.Span, s.editor.encoding),
			SelectionRange: rangeOf(on.text, part.Head, s.editor.encoding), Children: s.symbols(on, part.Below),
		}
		if part.Detail != "" {
			symbol.Detail = new(part.Detail)
		}
		symbols = append(symbols, symbol)
	}
	return symbols
}

// mostSymbols is how many symbols of a workspace are worth a person's while.
const mostSymbols = 200

// Symbols finds handlers, workers and the Python of pages by their names, in all files of the folders that may
// have such.
func (s *server) Symbols(ctx context.Context, p *protocol.WorkspaceSymbolParams) (protocol.WorkspaceSymbolResult, error) {
	asked := strings.ToLower(p.Query)
	st := s.at(ctx)
	s.index.wait(ctx)
	found := protocol.SymbolInformationSlice{}
	for _, f := range st.folders {
		for _, d := range st.documentsIn(f) {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if !strings.Contains(strings.ToLower(d.text.Text()), asked) {
				continue
			}
			if placed, ok := s.place(st, d); ok {
				d = placed
			}
			if d.silent() {
				continue
			}
			file, err := analysis.Open(d.text, d.setting())
			if err != nil || readable(d.kind, d.text.Text()) != nil {
				continue
			}
			found = s.matching(found, d, analysis.Outline(file, d.view), asked)
			if len(found) >= mostSymbols {
				return found, nil
			}
		}
	}
	return found, nil
}

// matching adds the parts of a document whose names hold what was asked for.
func (s *server) matching(found protocol.SymbolInformationSlice, d *document, parts []analysis.Part, asked string) protocol.SymbolInformationSlice {
	for _, part := range parts {
		if strings.Contains(strings.ToLower(part.Name), asked) && part.Kind != analysis.AFunction && part.Kind != analysis.AType {
			found = append(found, protocol.SymbolInformation{
				BaseSymbolInformation: protocol.BaseSymbolInformation{
					Name: part.Name, Kind: partKinds[part.Kind], ContainerName: new(filepath.Base(d.path)),
				},
				Location: s.location(d, part.Head),
			})
		}
		found = s.matching(found, d, part.Below, asked)
	}
	return found
}

// DocumentLink leads to the files that a page, a script or Python names, if they are there.
func (s *server) DocumentLink(ctx context.Context, p *protocol.DocumentLinkParams) ([]protocol.DocumentLink, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	if !ok || d.silent() || !d.file || d.notebook != nil {
		return nil, nil
	}
	file, err := s.read(ctx, d)
	if file == nil {
		return nil, err
	}
	var links []protocol.DocumentLink
	for _, l := range analysis.Links(file) {
		path := filepath.FromSlash(l.Path)
		if !filepath.IsAbs(path) || !exists(path) {
			continue
		}
		link := protocol.DocumentLink{Range: rangeOf(on.text, l.Span, s.editor.encoding), Target: new(uri.File(path))}
		if s.editor.tooltips && l.Why != "" {
			link.Tooltip = new(l.Why)
		}
		links = append(links, link)
	}
	return links, nil
}
