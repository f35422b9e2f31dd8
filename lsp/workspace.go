package lsp

import (
	"context"
	"os"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis/syntax/host"
)

// This file looks at the files that nobody has open, for an editor that asks for them.

// overview is what was found in the files of the folders. A file costs its text and what was found in it; its trees go
// when it has been checked.
type overview struct {
	mu   sync.Mutex // one look at a time
	seen map[string]*seen
}

// seen is a file as it was looked at.
type seen struct {
	info     os.FileInfo
	document *document // without what was found
	items    []protocol.Diagnostic
	id       string
}

// DiagnosticWorkspace answers an editor that asks for the diagnostics of all files: each as soon as it is known, if the
// editor takes parts. An editor that knows all of them already gets its answer when one of them changes.
func (s *server) DiagnosticWorkspace(ctx context.Context, p *protocol.WorkspaceDiagnosticParams) (*protocol.WorkspaceDiagnosticReport, error) {
	if !s.editor.workspace {
		return &protocol.WorkspaceDiagnosticReport{Items: []protocol.WorkspaceDocumentDiagnosticReport{}}, nil
	}
	known := map[uri.URI]string{}
	for _, previous := range p.PreviousResultIds {
		known[previous.URI] = previous.Value
	}
	s.index.wait(ctx)
	for {
		changed := s.changed.wait()
		r := &reporting{server: s, ctx: ctx, partial: p.PartialResultToken, known: known, items: []protocol.WorkspaceDocumentDiagnosticReport{}}
		if len(known) == 0 { // later looks are short
			r.progress = p.WorkDoneToken
		}
		if err := r.look(); err != nil {
			return nil, err
		}
		if r.news || len(known) == 0 {
			return &protocol.WorkspaceDiagnosticReport{Items: r.items}, nil
		}
		select {
		case <-changed:
			select {
			case <-time.After(settling):
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// settling is how long nobody looks again after something has changed: where one thing changes, others do.
const settling = 200 * time.Millisecond

// bell rings for all who wait.
type bell struct {
	mu   sync.Mutex
	next chan struct{}
}

// wait is closed when the bell rings next.
func (b *bell) wait() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next == nil {
		b.next = make(chan struct{})
	}
	return b.next
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next != nil {
		close(b.next)
		b.next = nil
	}
}

// reporting is the answer to one request, as it grows.
type reporting struct {
	*server
	ctx               context.Context
	partial, progress protocol.ProgressToken
	known             map[uri.URI]string // the ids of what the editor has
	items             []protocol.WorkspaceDocumentDiagnosticReport
	news              bool
}

// look looks at all files that are not open, and tells the editor of those that are not as it has them.
func (r *reporting) look() error {
	o := &r.overview
	o.mu.Lock()
	defer o.mu.Unlock()
	st := r.current.Load()
	paths := st.unopened()
	o.forget(paths)
	r.begin()
	defer r.end()
	var there []string // those that can be looked at
	for i, path := range paths {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if one, ok := o.file(r.ctx, r.server, st, path); ok {
			r.report(uri.File(path), one.items, one.id)
			there = append(there, path)
		}
		r.reached(i+1, len(paths))
	}
	return r.gone(st, there)
}

// unopened are the files of the folders that hold Python, or may, and that nobody has open. Of a notebook the editor
// knows the cells, and the file has none.
func (st *state) unopened() (paths []string) {
	for _, f := range st.folders {
		for path := range f.files {
			kind := host.Of(path)
			if kind == host.Unknown || kind == host.Notebook {
				continue
			}
			if st.documents[uri.File(path)] == nil && !f.leavesOut(path) && st.folderOf(&document{path: path, file: true}) == f {
				paths = append(paths, path)
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// forget lets go of files that are no more, or are open.
func (o *overview) forget(paths []string) {
	for path := range o.seen {
		if _, there := slices.BinarySearch(paths, path); !there {
			delete(o.seen, path)
		}
	}
	if o.seen == nil {
		o.seen = map[string]*seen{}
	}
}

// file is what a file holds, as it was looked at before if nothing has changed for it. It is not ok if the file cannot be
// read or checked, which is nothing that the editor could show.
func (o *overview) file(ctx context.Context, s *server, st *state, path string) (one *seen, ok bool) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, false
	}
	one = o.seen[path]
	if one == nil || !one.info.ModTime().Equal(info.ModTime()) || one.info.Size() != info.Size() {
		text, ok := st.textOf(path)
		if !ok {
			return nil, false
		}
		one = &seen{info: info, document: newDocument(&protocol.TextDocumentItem{URI: uri.File(path), Text: text})}
	}
	placed, news := s.place(st, one.document)
	if !news && one.id != "" {
		return one, true
	}
	next := &seen{info: info, document: placed.placed(placed.settings, placed.view, placed.outcomes, placed.left)}
	defer s.recent.drop(placed.uri) // nobody has it open
	found, err := s.check(ctx, placed)
	if err != nil {
		return nil, false
	}
	next.items = s.diagnostics(placed, found, placed.sheets()[0])
	if next.id, err = identity(next.items); err != nil {
		return nil, false
	}
	o.seen[path] = next
	return next, true
}

// report tells the editor of a file, unless it has all of it.
func (r *reporting) report(u uri.URI, items []protocol.Diagnostic, id string) {
	had, ever := r.known[u]
	if had == id || !ever && len(items) == 0 {
		return
	}
	r.news = true
	r.tell(&protocol.WorkspaceFullDocumentDiagnosticReport{URI: u, FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{
		Kind: string(protocol.DocumentDiagnosticReportKindFull), ResultID: &id, Items: items,
	}})
}

// gone takes back what was said of files that are no more, or can be looked at no more. Of those that are open now the editor asks by themselves.
func (r *reporting) gone(st *state, paths []string) error {
	empty, err := identity(nil)
	if err != nil {
		return err
	}
	for u, had := range r.known {
		_, there := slices.BinarySearch(paths, u.FsPath())
		if !there && st.documents[u] == nil && had != empty {
			r.report(u, []protocol.Diagnostic{}, empty)
		}
	}
	return nil
}

// tell sends a part, or keeps it for the answer of an editor that takes none.
func (r *reporting) tell(one protocol.WorkspaceDocumentDiagnosticReport) {
	if r.partial == nil {
		r.items = append(r.items, one)
		return
	}
	r.send(r.partial, &protocol.WorkspaceDiagnosticReportPartialResult{Items: []protocol.WorkspaceDocumentDiagnosticReport{one}})
}

func (r *reporting) send(token protocol.ProgressToken, value any) {
	r.tellProgress(r.ctx, token, value)
}

func (r *reporting) begin() {
	if r.progress != nil {
		r.send(r.progress, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: "Looking through the files", Percentage: new(uint32(0))})
	}
}

// reached says how far it has come, at each tenth.
func (r *reporting) reached(n, of int) {
	if r.progress != nil && n*10/of != (n-1)*10/of {
		r.send(r.progress, &protocol.WorkDoneProgressReport{Kind: "report", Percentage: new(uint32(n * 100 / of))})
	}
}

func (r *reporting) end() {
	if r.progress != nil {
		r.send(r.progress, &protocol.WorkDoneProgressEnd{Kind: "end"})
	}
}
