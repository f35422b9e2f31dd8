package lsp

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// A notebook is open as its cells, which go by names such as "lesson.ipynb#c0".

// openNotebook opens the cells of a notebook that lies in the folder.
func (e *fake) openNotebook(name string) {
	e.t.Helper()
	var book struct {
		Cells []struct {
			Type   string   `json:"cell_type"`
			Source []string `json:"source"`
		} `json:"cells"`
	}
	text, err := os.ReadFile(filepath.Join(e.dir, name))
	e.must(err)
	e.must(json.Unmarshal(text, &book))
	var cells []protocol.NotebookCell
	var items []protocol.TextDocumentItem
	e.cells[name] = nil
	for _, c := range book.Cells {
		cell, item := e.newCell(name, c.Type == "code", strings.Join(c.Source, ""))
		cells, items = append(cells, cell), append(items, item)
		e.cells[name] = append(e.cells[name], item.URI.Fragment())
	}
	e.versions[name]++
	e.must(e.DidOpenNotebookDocument(e.t.Context(), &protocol.DidOpenNotebookDocumentParams{
		NotebookDocument: protocol.NotebookDocument{
			URI: e.uri(name), NotebookType: "jupyter-notebook", Version: e.versions[name], Cells: cells,
		},
		CellTextDocuments: items,
	}))
}

// newCell is a cell that the editor has made.
func (e *fake) newCell(book string, code bool, text string) (protocol.NotebookCell, protocol.TextDocumentItem) {
	name := fmt.Sprintf("%s#c%d", book, e.made)
	e.made++
	e.versions[name]++
	e.documents[name] = source.New(name, text)
	cell := protocol.NotebookCell{Kind: protocol.NotebookCellKindMarkup, Document: e.uri(name)}
	item := protocol.TextDocumentItem{URI: e.uri(name), LanguageID: "markdown", Version: e.versions[name], Text: text}
	if code {
		cell.Kind, item.LanguageID = protocol.NotebookCellKindCode, protocol.LanguageKindPython
	}
	return cell, item
}

func (e *fake) changeCells(book string, change *protocol.NotebookDocumentCellChanges) {
	e.t.Helper()
	e.versions[book]++
	e.must(e.DidChangeNotebookDocument(e.t.Context(), &protocol.DidChangeNotebookDocumentParams{
		NotebookDocument: protocol.VersionedNotebookDocumentIdentifier{URI: e.uri(book), Version: e.versions[book]},
		Change:           protocol.NotebookDocumentChangeEvent{Cells: change},
	}))
}

// insertCell puts a cell of Python before the one at a place.
func (e *fake) insertCell(book string, at int, text string) {
	e.t.Helper()
	cell, item := e.newCell(book, true, text)
	e.cells[book] = slices.Insert(e.cells[book], at, item.URI.Fragment())
	e.splice(book, at, 0, []protocol.NotebookCell{cell}, []protocol.TextDocumentItem{item}, nil)
}

// deleteCell takes a cell away.
func (e *fake) deleteCell(book string, at int) {
	e.t.Helper()
	name := book + "#" + e.cells[book][at]
	e.cells[book] = slices.Delete(e.cells[book], at, at+1)
	e.splice(book, at, 1, nil, nil, []protocol.TextDocumentIdentifier{{URI: e.uri(name)}})
	delete(e.documents, name)
}

// moveCell brings a cell to another place, as editors do: a stretch of cells is replaced by the same cells in
// another order.
func (e *fake) moveCell(book string, from, to int) {
	e.t.Helper()
	names := e.cells[book]
	moved := names[from]
	names = slices.Insert(slices.Delete(slices.Clone(names), from, from+1), to, moved)
	e.cells[book] = names
	var cells []protocol.NotebookCell
	for _, name := range names {
		cells = append(cells, protocol.NotebookCell{Kind: protocol.NotebookCellKindCode, Document: e.uri(book + "#" + name)})
	}
	e.splice(book, 0, len(names), cells, nil, nil)
}

func (e *fake) splice(book string, at, n int, cells []protocol.NotebookCell, opened []protocol.TextDocumentItem, closed []protocol.TextDocumentIdentifier) {
	e.t.Helper()
	e.changeCells(book, &protocol.NotebookDocumentCellChanges{Structure: &protocol.NotebookDocumentCellChangeStructure{
		Array:   protocol.NotebookCellArrayChange{Start: uint32(at), DeleteCount: uint32(n), Cells: cells},
		DidOpen: opened, DidClose: closed,
	}})
}

func (e *fake) closeNotebook(name string) {
	e.t.Helper()
	params := &protocol.DidCloseNotebookDocumentParams{NotebookDocument: protocol.NotebookDocumentIdentifier{URI: e.uri(name)}}
	for _, cell := range e.cells[name] {
		params.CellTextDocuments = append(params.CellTextDocuments, protocol.TextDocumentIdentifier{URI: e.uri(name + "#" + cell)})
	}
	e.must(e.DidCloseNotebookDocument(e.t.Context(), params))
}

// notebook is what a person does with a notebook, and what they see of it then.
func (p *player) notebook(name, verb string, args []string) {
	number := func(i int) (n int) {
		_, err := fmt.Sscan(args[i], &n)
		p.must(err)
		return n
	}
	switch verb {
	case "open":
		p.openNotebook(name)
	case "insert":
		p.insertCell(name, number(0), args[1])
	case "delete":
		p.deleteCell(name, number(0))
	case "move":
		p.moveCell(name, number(0), number(1))
	case "close":
		p.closeNotebook(name)
	case "show":
	default:
		p.t.Fatalf("nobody can %s a notebook", verb)
	}
	for _, cell := range p.cells[name] {
		p.say("#%s", cell)
		p.show(name + "#" + cell)
	}
}
