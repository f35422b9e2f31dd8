package lsp

import (
	"fmt"
	"path/filepath"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/source"
)

// turnOff offers to turn a rule off in the settings that are in effect, or in a new file of them in the top folder.
// Where that would not silence it in the document, because the settings say something else of its path, there is no use
// in it. Where the editor gives settings, a file would end all of them.
func (o *offer) turnOff(f *analysis.Finding) {
	d := o.document
	if !d.file {
		return
	}
	path, made := o.settingsFile()
	text, there := o.current.Load().textOf(path)
	if path == "" || made && (there || !o.editor.creates) || !made && !there {
		return
	}
	known := analysis.KnownToSettings(o.Rules)
	turned, ok := config.Turn(path, []byte(text), f.Rule.Name, config.LevelOff, known)
	if !ok {
		return
	}
	after, err := config.Parse(path, turned, known)
	if err != nil {
		return
	}
	if level, _ := after.LevelFor(d.path, f.Rule.Name); level != config.LevelOff {
		return
	}
	title := fmt.Sprintf("Turn off %s in %s", f.Rule.Name, filepath.Base(path))
	about := o.about(f)
	o.put(protocol.CodeActionKindQuickFix, title, o.settingsEdit(path, text, string(turned), made), &about, false)
}

// settingsFile is the file of the settings that are in effect for the document, or the one that is to be made: in the
// folder that the editor has open. It is empty for a document that lies in none.
func (o *offer) settingsFile() (path string, made bool) {
	switch s := o.document.settings; {
	case s == nil:
	case s.Given:
		return "", false
	case s.Path != "":
		return s.Path, false
	}
	if f := o.current.Load().folderOf(o.document); f != nil {
		return filepath.Join(f.root, config.OwnFile), true
	}
	return "", true
}

// settingsEdit makes one text of a file of settings another, and the file first if it is not there.
func (o *offer) settingsEdit(path, before, after string, made bool) *protocol.WorkspaceEdit {
	all, u, text := &protocol.WorkspaceEdit{}, uri.File(path), source.New(path, before)
	edit := &protocol.TextDocumentEdit{TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{
		TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: u},
	}}
	if d := o.current.Load().documents[u]; d != nil {
		edit.TextDocument.Version = &d.version
	}
	var texts []protocol.TextEdit
	for _, e := range udiff.Lines(before, after) {
		one := protocol.TextEdit{Range: rangeOf(text, source.Span{Start: e.Start, End: e.End}, o.editor.encoding), NewText: e.New}
		texts, edit.Edits = append(texts, one), append(edit.Edits, &one)
	}
	if !o.editor.documentChanges {
		all.Changes = map[uri.URI][]protocol.TextEdit{u: texts}
		return all
	}
	if made {
		all.DocumentChanges = append(all.DocumentChanges, &protocol.CreateFile{
			Kind: string(protocol.ResourceOperationKindCreate), URI: u, Options: &protocol.CreateFileOptions{IgnoreIfExists: new(true)},
		})
	}
	all.DocumentChanges = append(all.DocumentChanges, edit)
	return all
}
