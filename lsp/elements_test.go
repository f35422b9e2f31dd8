package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// lead says where a name leads, or who refers to it.
func (p *player) lead(verb, name, place string) {
	at := p.position(name, place)
	var places []protocol.Location
	if verb == "definition" {
		result, err := p.Definition(p.t.Context(), &protocol.DefinitionParams{TextDocumentPositionParams: at})
		p.must(err)
		places, _ = result.(protocol.LocationSlice)
		if one, ok := result.(*protocol.Location); ok {
			places = append(places, *one)
		}
	} else {
		var err error
		places, err = p.References(p.t.Context(), &protocol.ReferenceParams{TextDocumentPositionParams: at, Context: protocol.ReferenceContext{IncludeDeclaration: true}})
		p.must(err)
	}
	for _, l := range places {
		file := p.named(l)
		p.say("%s %s", file, p.place(file, l.Range))
	}
	if len(places) == 0 {
		p.say("nothing")
	}
}

func (p *player) position(name, place string) protocol.TextDocumentPositionParams {
	return protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(name)},
		Position:     positionOf(p.documents[name], p.span(name, place).Start, p.encoding),
	}
}

// named is the name of the file, or of the document, that a place is in.
func (p *player) named(l protocol.Location) string {
	for name := range p.documents {
		if p.uri(name) == l.URI {
			return name
		}
	}
	return strings.TrimPrefix(l.URI.FsPath(), p.dir+string(filepath.Separator))
}

// rename renames what stands at a place, in the editor and on disk, and says what became of the texts.
func (p *player) rename(name, place, to string) {
	at := p.position(name, place)
	able, err := p.PrepareRename(p.t.Context(), &protocol.PrepareRenameParams{TextDocumentPositionParams: at})
	p.must(err)
	if able == nil {
		p.say("nothing to rename")
		return
	}
	edit, err := p.Rename(p.t.Context(), &protocol.RenameParams{TextDocumentPositionParams: at, NewName: to})
	if err != nil {
		p.say("error: %v", err)
		return
	}
	for _, annotation := range edit.ChangeAnnotations {
		p.say("to be confirmed: %s", annotation.Label)
	}
	for _, c := range edit.DocumentChanges {
		change := c.(*protocol.TextDocumentEdit)
		file := p.named(protocol.Location{URI: change.TextDocument.URI})
		text := p.documents[file]
		if open := text != nil; open != (change.TextDocument.Version != nil) {
			p.t.Errorf("%s is open: %v, and the edit has version %v", file, open, change.TextDocument.Version)
		}
		if text == nil {
			data, err := os.ReadFile(filepath.Join(p.dir, file))
			p.must(err)
			text = source.New(file, string(data))
		}
		var edits []source.Edit
		for _, one := range change.Edits {
			if annotated, ok := one.(*protocol.AnnotatedTextEdit); ok {
				one = &annotated.TextEdit
			}
			one := one.(*protocol.TextEdit)
			edits = append(edits, source.Edit{Span: spanOf(text, one.Range, p.encoding), New: one.NewText})
		}
		after, err := source.Apply(text.Text(), slices.Clone(edits))
		p.must(err)
		p.say("| in %s", file)
		p.sayDifference(text.Text(), after)
		if p.documents[file] != nil {
			p.documents[file] = source.New(file, after)
			p.change(file, &protocol.TextDocumentContentChangeWholeDocument{Text: after})
		} else {
			p.write(file, after)
		}
	}
}
