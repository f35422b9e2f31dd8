package lsp

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
)

// notebook is one version of a notebook that the editor holds as cells. To the analysis it is one document, the
// Python cells together; what is found goes back to the cells. It is not changed after it was made.
type notebook struct {
	cells  []cell // all of them, in order
	sheets []sheet
}

// cell is one cell as the editor has it.
type cell struct {
	uri      uri.URI
	code     bool
	language protocol.LanguageKind
	version  int32
	text     *source.File
}

func (c cell) python() bool {
	return c.code && c.text != nil && c.language == protocol.LanguageKindPython
}

// joined is the text of the notebook's Python with what it holds, and the notebook that knows where the cells
// stand in it.
func joined(cells []cell) (text string, holds *host.Document, n *notebook) {
	n = &notebook{cells: cells}
	var texts []string
	for _, c := range cells {
		if c.python() {
			texts = append(texts, c.text.Text())
			n.sheets = append(n.sheets, sheet{uri: c.uri, version: c.version, text: c.text})
		}
	}
	text, starts, holds := host.ReadCells(texts)
	for i := range n.sheets {
		n.sheets[i].start = starts[i]
	}
	if len(n.sheets) == 0 { // there is always a place for what is to be said
		n.sheets = []sheet{{text: source.New("", "")}}
	}
	return text, holds, n
}

// with is the notebook's document with other cells.
func (d *document) withCells(cells []cell, version int32) *document {
	text, holds, n := joined(cells)
	next := d.with(source.New(d.path, text), version)
	next.notebook = n
	next.read = func() (analysis.Traits, *host.Document) { return analysis.Traits{}, holds }
	return next
}

// bookOf is what a notebook goes by among the documents: the same file may be open as JSON as well, and is opened,
// changed and closed as that by itself.
func bookOf(u uri.URI) uri.URI { return "notebook:" + u }

// DidOpenNotebookDocument takes a notebook in.
func (s *server) DidOpenNotebookDocument(_ context.Context, p *protocol.DidOpenNotebookDocumentParams) error {
	d := newDocument(&protocol.TextDocumentItem{URI: p.NotebookDocument.URI, Version: p.NotebookDocument.Version})
	d.uri, d.kind = bookOf(p.NotebookDocument.URI), host.Notebook
	cells := cellsOf(p.NotebookDocument.Cells)
	texts(cells, p.CellTextDocuments)
	next := d.withCells(cells, p.NotebookDocument.Version)
	next.edited = false
	s.editDocument(next)
	return nil
}

// cellsOf are cells whose texts are not known yet.
func cellsOf(given []protocol.NotebookCell) []cell {
	var cells []cell
	for _, c := range given {
		cells = append(cells, cell{uri: c.Document, code: c.Kind == protocol.NotebookCellKindCode})
	}
	return cells
}

// texts gives the cells the texts that the editor sent along.
func texts(cells []cell, items []protocol.TextDocumentItem) {
	for _, item := range items {
		for i := range cells {
			if cells[i].uri == item.URI {
				cells[i].language, cells[i].version = item.LanguageID, item.Version
				cells[i].text = source.New(string(item.URI), string([]byte(item.Text)))
			}
		}
	}
}

// DidChangeNotebookDocument takes in what happened to a notebook's cells: first to their order, then to what they
// are, then to their texts. What cannot be made of a message is an error, and the rest of it counts: the editor
// does not send it again.
func (s *server) DidChangeNotebookDocument(_ context.Context, p *protocol.DidChangeNotebookDocumentParams) error {
	d := s.current.Load().documents[bookOf(p.NotebookDocument.URI)]
	if d == nil {
		return fmt.Errorf("a notebook was changed that is not open: %s", p.NotebookDocument.URI)
	}
	if p.Change.Cells == nil {
		return nil // its metadata, which say nothing here
	}
	cells, err := changed(d.notebook.cells, p.Change.Cells, s.editor.encoding)
	s.editDocument(d.withCells(cells, p.NotebookDocument.Version))
	return err
}

// changed are the cells after a change, as far as it can be made.
func changed(old []cell, change *protocol.NotebookDocumentCellChanges, enc source.Encoding) ([]cell, error) {
	cells, errs := slices.Clone(old), []error(nil)
	if change.Structure != nil {
		next, err := arranged(cells, change.Structure)
		cells, errs = next, append(errs, err)
	}
	find := func(u uri.URI) int { return slices.IndexFunc(cells, func(c cell) bool { return c.uri == u }) }
	for _, data := range change.Data {
		i := find(data.Document)
		if i < 0 {
			errs = append(errs, fmt.Errorf("a cell was changed that the notebook does not have: %s", data.Document))
			continue
		}
		cells[i].code = data.Kind == protocol.NotebookCellKindCode
	}
	for _, content := range change.TextContent {
		i := find(content.Document.URI)
		if i < 0 || cells[i].text == nil {
			errs = append(errs, fmt.Errorf("a text was changed that the notebook does not have: %s", content.Document.URI))
			continue
		}
		for _, c := range content.Changes {
			text, err := edited(cells[i].text, c, enc)
			if err != nil {
				errs = append(errs, err)
				break
			}
			cells[i].text = text
		}
		cells[i].version = content.Document.Version
	}
	return cells, errors.Join(errs...)
}

// arranged are the cells after a stretch of them was replaced.
func arranged(old []cell, structure *protocol.NotebookDocumentCellChangeStructure) ([]cell, error) {
	from, n := int64(structure.Array.Start), int64(structure.Array.DeleteCount)
	if from+n > int64(len(old)) {
		return old, fmt.Errorf("cells %d to %d were replaced, and there are %d", from, from+n, len(old))
	}
	added := cellsOf(structure.Array.Cells)
	for i := range added { // one that was moved is not opened anew
		if was := slices.IndexFunc(old, func(c cell) bool { return c.uri == added[i].uri }); was >= 0 {
			code := added[i].code
			added[i] = old[was]
			added[i].code = code
		}
	}
	cells := slices.Replace(slices.Clone(old), int(from), int(from+n), added...)
	texts(cells, structure.DidOpen)
	return cells, nil
}

// DidSaveNotebookDocument looks at the disk as DidSave does.
func (s *server) DidSaveNotebookDocument(ctx context.Context, _ *protocol.DidSaveNotebookDocumentParams) error {
	return s.DidSave(ctx, nil)
}

// DidCloseNotebookDocument lets a notebook go.
func (s *server) DidCloseNotebookDocument(_ context.Context, p *protocol.DidCloseNotebookDocumentParams) error {
	s.close(bookOf(p.NotebookDocument.URI))
	s.filesChanged(p.NotebookDocument.URI)
	return nil
}

// notebookSync is which notebooks the server wants to hear of: all that have Python in them, whatever they are
// called, for an interactive window is one as well. Of an editor that watches no files it must hear when one is saved.
func notebookSync() *protocol.NotebookDocumentSyncOptions {
	return &protocol.NotebookDocumentSyncOptions{Save: new(true), NotebookSelector: []protocol.NotebookSelector{
		&protocol.NotebookDocumentFilterWithCells{Cells: []protocol.NotebookCellLanguage{{Language: string(protocol.LanguageKindPython)}}},
	}}
}
