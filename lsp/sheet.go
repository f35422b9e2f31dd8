package lsp

import (
	"slices"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis/source"
)

// sheet is a text that the editor holds: a document, or one cell of a notebook, which is a part of its
// document's text.
type sheet struct {
	uri     uri.URI
	version int32
	text    *source.File
	start   int // the offset in the document's text at which it begins
}

// sheets are the texts of a document, in its order.
func (d *document) sheets() []sheet {
	if d.notebook == nil {
		return []sheet{{d.uri, d.version, d.text, 0}}
	}
	return d.notebook.sheets
}

// sheet is the text of a document with an address.
func (d *document) sheet(u uri.URI) (sheet, bool) {
	sheets := d.sheets()
	i := slices.IndexFunc(sheets, func(s sheet) bool { return s.uri == u })
	if i < 0 {
		return sheet{}, false
	}
	return sheets[i], true
}

// locate is the sheet in which a span of the document begins, and the span there.
func (d *document) locate(span source.Span) (sheet, source.Span) {
	sheets := d.sheets()
	at := sheets[0]
	for _, s := range sheets[1:] {
		if s.start <= span.Start {
			at = s
		}
	}
	return at, source.Span{Start: span.Start - at.start, End: min(span.End-at.start, len(at.text.Text()))}
}

// find is the document that holds a text with an address, and that text.
func (st *state) find(u uri.URI) (*document, sheet, bool) {
	if d := st.documents[u]; d != nil {
		return d, d.sheets()[0], true
	}
	for _, d := range st.documents {
		if d.notebook == nil {
			continue
		}
		if s, ok := d.sheet(u); ok {
			return d, s, true
		}
	}
	return nil, sheet{}, false
}

// sameSheets says whether two versions of a document consist of the same texts, if with other words in them.
func sameSheets(a, b *document) bool {
	return slices.EqualFunc(a.sheets(), b.sheets(), func(a, b sheet) bool { return a.uri == b.uri })
}
