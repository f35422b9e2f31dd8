package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/syntax/host"
)

// DidOpen takes a document in.
func (s *server) DidOpen(_ context.Context, p *protocol.DidOpenTextDocumentParams) error {
	s.editDocument(newDocument(&p.TextDocument))
	return nil
}

// DidChange applies edits in their order.
func (s *server) DidChange(_ context.Context, p *protocol.DidChangeTextDocumentParams) error {
	d := s.current.Load().documents[p.TextDocument.URI]
	if d == nil {
		return fmt.Errorf("a document was changed that is not open: %s", p.TextDocument.URI)
	}
	text := d.text
	for _, c := range p.ContentChanges {
		next, err := edited(text, c, s.editor.encoding)
		if err != nil {
			return err
		}
		text = next
	}
	next := d.with(text, p.TextDocument.Version)
	next.read = next.reading(func(kind host.Kind, text string) *host.Document { return s.sessions.of(d.uri).Read(kind, text) })
	s.editDocument(next)
	return nil
}

// DidClose lets a document go; what is on disk counts again.
func (s *server) DidClose(_ context.Context, p *protocol.DidCloseTextDocumentParams) error {
	s.close(p.TextDocument.URI)
	s.filesChanged(p.TextDocument.URI)
	return nil
}

// close lets go of what is known of a document.
func (s *server) close(u uri.URI) {
	s.update(func(st *state) { delete(st.documents, u) })
	s.sessions.drop(u)
	s.recent.drop(u)
}

// DidSave looks at the disk where the editor watches no files: at everything, for such an editor may tell of
// Python files only, and of settings and files beside them not at all. What is wrong with settings was said.
func (s *server) DidSave(context.Context, *protocol.DidSaveTextDocumentParams) error {
	if !s.editor.watches {
		s.settingsFromDisk()
	}
	return nil
}

// DidChangeWatchedFiles looks again at files that changed outside the editor.
func (s *server) DidChangeWatchedFiles(_ context.Context, p *protocol.DidChangeWatchedFilesParams) error {
	var changed []uri.URI
	for _, c := range p.Changes {
		changed = append(changed, c.URI)
	}
	s.filesChanged(changed...)
	return nil
}

// DidChangeConfiguration has the editor's settings asked for again, and those in files read.
func (s *server) DidChangeConfiguration(_ context.Context, p *protocol.DidChangeConfigurationParams) error {
	if s.editor.configures {
		s.configured()
		return nil
	}
	s.pushed(p.Settings)
	s.resettle()
	s.rescan()
	return nil
}

// DidChangeWorkspaceFolders takes folders in and lets them go.
func (s *server) DidChangeWorkspaceFolders(_ context.Context, p *protocol.DidChangeWorkspaceFoldersParams) error {
	gone := map[string]bool{}
	for _, f := range p.Event.Removed {
		gone[filepath.Clean(f.URI.FsPath())] = true
	}
	s.update(func(st *state) {
		var roots []string
		for _, f := range st.folders {
			if !gone[f.root] {
				roots = append(roots, f.root)
			}
		}
		for _, f := range p.Event.Added {
			roots = appendRoot(roots, f.URI)
		}
		st.setFolders(roots)
	})
	s.configured()
	return nil
}

// editDocument makes a version of a document the current one. Its text counts for its folder before it is saved:
// that of Python at once, and that of a host when it has been read for its findings, which takes longer.
func (s *server) editDocument(d *document) {
	s.update(func(st *state) { st.documents[d.uri] = d })
	if d.kind == host.Python {
		s.note(d, nil)
	}
}

// note has what the text of a document says of others count for its folder: also what its Python says, if that was
// parsed and anything depends on it.
func (s *server) note(d *document, found *result) {
	f := s.current.Load().folderOf(d)
	if f == nil || !d.counts() || !f.has(d.path) {
		return
	}
	before := f.files[d.path]
	traits := d.traits()
	traits.Python = before.Python
	if found != nil {
		if file := s.fileOf(d, found); file != nil && (before.Python != nil || file.Bridge() != flow.NoBridge) {
			traits.Python = file.Python()
		}
	}
	if reflect.DeepEqual(before, traits) {
		return
	}
	s.update(func(st *state) {
		if now := st.documents[d.uri]; now == nil || now.text != d.text {
			return // it was edited, or closed
		}
		if f := st.folderOf(d); f != nil && f.has(d.path) {
			s.setTraits(st, map[string]analysis.Traits{d.path: traits})
		}
	})
}
