package lsp

import (
	"context"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
	"pyodide-ls/analysis/walk"
)

// This file follows elements of pages by their ids, through tags, style sheets, scripts and Python.

// named is a mention of an element in a text that the editor may have open.
type named struct {
	analysis.Mention
	on       sheet
	document *document // nil for a file that nobody has open
}

func (n named) location(enc source.Encoding) protocol.Location {
	return protocol.Location{URI: n.on.uri, Range: rangeOf(n.on.text, n.Span, enc)}
}

// mentionAt is the mention at a place, and all of the same element in the document's folder, in the order of the files.
// ok is false where no element is named.
func (s *server) mentionAt(ctx context.Context, at protocol.TextDocumentPositionParams) (here named, all []named, ok bool) {
	st := s.at(ctx)
	d, on, found := st.find(at.TextDocument.URI)
	if !found || d.silent() {
		return here, nil, false
	}
	offset := on.start + offsetOf(on.text, at.Position, s.editor.encoding)
	for _, m := range s.mentionsOf(d) {
		if m.Span.Start <= offset && offset <= m.Span.End {
			here, ok = onSheet(d, m), true
			break
		}
	}
	if !ok {
		return here, nil, false
	}
	s.index.wait(ctx)
	for _, other := range s.around(st, d) {
		if ctx.Err() != nil {
			return here, nil, false
		}
		if strings.Contains(other.text.Text(), here.ID) {
			for _, m := range s.mentionsOf(other) {
				if m.ID == here.ID {
					one := onSheet(other, m)
					if st.documents[other.uri] == nil {
						one.document = nil
					}
					all = append(all, one)
				}
			}
		}
	}
	return here, append(all, s.styling(st, d, here.ID)...), true
}

// styling are the mentions of an element in the style sheets of a document's folder. The editor does not tell of those,
// so they are as they are on disk.
func (s *server) styling(st *state, d *document, id string) (all []named) {
	f := st.folderOf(d)
	if f == nil || !f.has(d.path) {
		return nil
	}
	found, _ := walk.Files(s.life, []string{f.root}, walk.Options{Want: func(name string) bool { return filepath.Ext(name) == ".css" }})
	for _, file := range found {
		text, ok := st.textOf(file.Path)
		if !ok || len(text) > analysis.MaxBytes || !strings.Contains(text, "#"+id) {
			continue
		}
		on := sheet{uri: uri.File(file.Path), text: source.New(file.Path, text)}
		for _, m := range analysis.StyleMentions(text) {
			if m.ID == id {
				all = append(all, named{m, on, nil})
			}
		}
	}
	return all
}

// onSheet is a mention of a document as the editor has it.
func onSheet(d *document, m analysis.Mention) named {
	at, span := d.locate(m.Span)
	m.Span = span
	return named{m, at, d}
}

// mentionsOf are the mentions in a document; none where it cannot be read.
func (s *server) mentionsOf(d *document) []analysis.Mention {
	if readable(d.kind, d.text.Text()) != nil {
		return nil
	}
	setting := analysis.Setting{Kind: d.kind} // where it runs does not matter
	if d.kind != host.Python {
		_, setting.Document = d.read()
	}
	file, err := analysis.Open(d.text, setting)
	if err != nil {
		return nil
	}
	return analysis.Mentions(file)
}

// around are the documents of the folder of a document, and itself.
func (s *server) around(st *state, d *document) []*document {
	f := st.folderOf(d)
	if f == nil {
		return []*document{d}
	}
	all := st.documentsIn(f)
	if !slices.Contains(all, d) {
		all = append(all, d) // a notebook, or what the project leaves out
	}
	return all
}

// documentsIn are the documents of a folder that may hold Python or name an element, as they are open or as they are on
// disk, in the order of their paths. Of a notebook that is not open the text is no text of its cells.
func (st *state) documentsIn(f *folder) (all []*document) {
	for _, path := range slices.Sorted(maps.Keys(f.files)) {
		u, kind := uri.File(path), host.Of(path)
		if kind == host.Unknown {
			continue
		}
		if open := st.documents[u]; open != nil {
			all = append(all, open)
		} else if text, ok := st.textOf(path); ok && kind != host.Notebook {
			all = append(all, newDocument(&protocol.TextDocumentItem{URI: u, Text: text}))
		}
	}
	return all
}

// Definition leads from an id in Python or a script to the element that has it, and from a name of Python in a tag or a
// script to what defines it.
func (s *server) Definition(ctx context.Context, p *protocol.DefinitionParams) (protocol.DefinitionResult, error) {
	_, all, ok := s.mentionAt(ctx, p.TextDocumentPositionParams)
	if !ok {
		return s.definedElsewhere(ctx, p.TextDocumentPositionParams)
	}
	var places protocol.LocationSlice
	for _, m := range all {
		if m.Defines {
			places = append(places, m.location(s.editor.encoding))
		}
	}
	if len(places) == 0 {
		return nil, nil
	}
	return places, nil
}

// References are the places that name an element.
func (s *server) References(ctx context.Context, p *protocol.ReferenceParams) ([]protocol.Location, error) {
	_, all, ok := s.mentionAt(ctx, p.TextDocumentPositionParams)
	if !ok {
		return nil, ctx.Err()
	}
	var places []protocol.Location
	for _, m := range all {
		if !m.Defines || p.Context.IncludeDeclaration {
			places = append(places, m.location(s.editor.encoding))
		}
	}
	return places, nil
}

// PrepareRename says what would be renamed: the id of an element that a page has.
func (s *server) PrepareRename(ctx context.Context, p *protocol.PrepareRenameParams) (protocol.PrepareRenameResult, error) {
	here, all, ok := s.mentionAt(ctx, p.TextDocumentPositionParams)
	if !ok || !slices.ContainsFunc(all, func(m named) bool { return m.Defines }) {
		return nil, ctx.Err()
	}
	return new(rangeOf(here.on.text, here.Span, s.editor.encoding)), nil
}

// plainID is an id that can be written everywhere as it is: in a tag, in a selector and in a text.
var plainID = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)

// Rename gives an element another id, wherever it is named. What belongs to another page that has an element of the same
// id may be meant or not: an editor that can ask the person is told to, and others are refused that.
func (s *server) Rename(ctx context.Context, p *protocol.RenameParams) (*protocol.WorkspaceEdit, error) {
	refuse := func(format string, args ...any) error {
		return jsonrpc2.Errorf(jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed), format, args...)
	}
	here, all, ok := s.mentionAt(ctx, p.TextDocumentPositionParams)
	if !ok {
		return nil, refuse("no element of a page is named here")
	}
	if !plainID.MatchString(p.NewName) {
		return nil, refuse("%q cannot be an id everywhere: letters, digits, - and _, and a letter first", p.NewName)
	}
	pages := map[uri.URI]bool{}
	for _, m := range all {
		if m.Defines {
			pages[m.on.uri] = true
		}
	}
	if len(pages) > 1 && !s.editor.asks {
		return nil, refuse("%d pages have an element with the id %s, and which of them are meant cannot be told", len(pages), here.ID)
	}
	if taken := s.taken(ctx, here, p.NewName); taken != "" {
		return nil, refuse("%s has an element with the id %s already", taken, p.NewName)
	}
	return s.renaming(all, strings.Clone(p.NewName), len(pages) > 1), nil
}

// taken is the name of a file in whose folder an element has an id already; empty if none does.
func (s *server) taken(ctx context.Context, here named, id string) string {
	st := s.at(ctx)
	for _, other := range s.around(st, here.document) {
		if strings.Contains(other.text.Text(), id) && slices.ContainsFunc(s.mentionsOf(other), func(m analysis.Mention) bool { return m.ID == id && m.Defines }) {
			return filepath.Base(other.path)
		}
	}
	return ""
}

// renaming are the edits that rename mentions, by the texts that they stand in.
func (s *server) renaming(all []named, id string, ask bool) *protocol.WorkspaceEdit {
	edit := &protocol.WorkspaceEdit{}
	if ask {
		edit.ChangeAnnotations = map[protocol.ChangeAnnotationIdentifier]protocol.ChangeAnnotation{"page": {
			Label: "Several pages have an element with this id", NeedsConfirmation: new(true),
		}}
	}
	if !s.editor.documentChanges {
		edit.Changes = map[uri.URI][]protocol.TextEdit{}
		for _, m := range all {
			edit.Changes[m.on.uri] = append(edit.Changes[m.on.uri], protocol.TextEdit{Range: m.location(s.editor.encoding).Range, NewText: id})
		}
		return edit
	}
	at := map[uri.URI]*protocol.TextDocumentEdit{}
	for _, m := range all {
		change := at[m.on.uri]
		if change == nil {
			change = &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
				TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: m.on.uri},
			}}
			if m.document != nil {
				change.TextDocument.Version = new(m.on.version)
			}
			at[m.on.uri] = change
			edit.DocumentChanges = append(edit.DocumentChanges, change)
		}
		text := protocol.TextEdit{Range: m.location(s.editor.encoding).Range, NewText: id}
		if ask {
			change.Edits = append(change.Edits, &protocol.AnnotatedTextEdit{TextEdit: text, AnnotationID: "page"})
			continue
		}
		change.Edits = append(change.Edits, &text)
	}
	return edit
}
