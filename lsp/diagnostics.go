package lsp

import (
	"context"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"sync"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis/syntax/host"
)

// announce has the documents that a new state changes looked at, and takes back what was said of those
// that are gone.
func (s *server) announce(old, next *state) {
	refresh, hints := false, false
	for u, d := range next.documents {
		before := old.documents[u]
		if before == d {
			continue
		}
		if !s.editor.pulls {
			s.schedule(u, true)
		}
		// Who asks for diagnostics asks after each edit, also of what depends on it, and must be told of everything
		// else. To bring cells into another order is no edit of theirs.
		hints = hints || before != nil && before.text == d.text
		refresh = refresh || before != nil && (before.text == d.text || !sameSheets(before, d))
	}
	for u := range old.documents {
		if next.documents[u] == nil && !s.editor.pulls {
			s.schedule(u, true)
		}
	}
	if refresh && s.editor.pulls {
		s.again("diagnostics", s.client.DiagnosticRefresh)
	}
	if hints && s.editor.hints {
		s.again("inlay hints", s.client.InlayHintRefresh)
	}
	if hints && s.editor.lenses && s.Previews != nil {
		s.again("code lenses", s.client.CodeLensRefresh) // which say where code runs as well
	}
}

// again has the editor ask for something again.
func (s *server) again(what string, ask func(context.Context) error) {
	s.background("refresh", func() { s.askAgain(what, ask) })
}

func (s *server) askAgain(what string, ask func(context.Context) error) {
	if err := ask(s.life); err != nil && s.life.Err() == nil {
		s.Log.Warn("the editor was to ask again", "for", what, "error", err)
	}
}

// publisher keeps one goroutine for each document about which something is to be published.
type publisher struct {
	mu sync.Mutex
	at map[uri.URI]*publishing
	// showing says of the sheets of each document of which the editor was told whether it shows something.
	showing map[uri.URI]map[uri.URI]bool
}

// publishing is the work on one document.
type publishing struct {
	cancel context.CancelFunc // of the check that is running
	again  bool               // a newer version has come, or there is more to say of this one
}

// schedule has a document's findings published: at once if nothing is going on, else after the check that
// is running, which is given up if it is of no use any more. Versions do not queue up.
func (s *server) schedule(u uri.URI, outdated bool) {
	p := &s.publish
	p.mu.Lock()
	defer p.mu.Unlock()
	if work := p.at[u]; work != nil {
		work.again = true
		if outdated {
			work.cancel()
		}
		return
	}
	if p.at == nil {
		p.at, p.showing = map[uri.URI]*publishing{}, map[uri.URI]map[uri.URI]bool{}
	}
	ctx, cancel := context.WithCancel(s.life)
	p.at[u] = &publishing{cancel: cancel}
	work := p.at[u]
	s.background("publish", func() { s.publishUntilCurrent(ctx, u, work) })
}

func (s *server) publishUntilCurrent(ctx context.Context, u uri.URI, work *publishing) {
	p := &s.publish
	for {
		s.publishNow(ctx, u)
		p.mu.Lock()
		work.cancel()
		if !work.again || s.life.Err() != nil {
			delete(p.at, u)
			p.mu.Unlock()
			return
		}
		work.again = false
		ctx, work.cancel = context.WithCancel(s.life)
		p.mu.Unlock()
	}
}

// publishNow checks the current version of a document and publishes what it finds if that version is
// current still.
func (s *server) publishNow(ctx context.Context, u uri.URI) {
	d := s.current.Load().documents[u]
	shown := s.publish.shown(u)
	if settles(u) {
		s.publishSettings(u, shown)
		return
	}
	if d == nil || d.silent() && d.kind == host.Unknown {
		s.show(u, nil, shown)
		return
	}
	found, err := s.found(ctx, d)
	if err != nil || s.current.Load().documents[u] != d {
		return
	}
	var all []*protocol.PublishDiagnosticsParams
	for _, on := range d.sheets() {
		params := &protocol.PublishDiagnosticsParams{URI: on.uri, Diagnostics: s.diagnostics(d, found, on)}
		if s.editor.versions {
			params.Version = protocol.NewOptional(on.version)
		}
		if _, ever := shown[on.uri]; ever || d.kind == host.Python || len(params.Diagnostics) > 0 {
			all = append(all, params)
		}
	}
	s.show(u, all, shown)
}

// show publishes what is to be seen of a document, and takes back what was shown of sheets that are gone.
func (s *server) show(u uri.URI, all []*protocol.PublishDiagnosticsParams, shown map[uri.URI]bool) {
	now := map[uri.URI]bool{}
	for _, params := range all {
		now[params.URI] = len(params.Diagnostics) > 0
	}
	for gone, something := range shown {
		if _, there := now[gone]; !there && something {
			all = append(all, &protocol.PublishDiagnosticsParams{URI: gone, Diagnostics: []protocol.Diagnostic{}})
		}
	}
	s.publish.note(u, now)
	for _, params := range all {
		if s.shutdown.Load() {
			return // nobody is to hear anything any more
		}
		if err := s.client.PublishDiagnostics(s.life, params); err != nil && s.life.Err() == nil {
			s.Log.Warn("diagnostics were not published", "uri", params.URI, "error", err)
		}
	}
}

// shown are the sheets of a document of which the editor was told.
func (p *publisher) shown(u uri.URI) map[uri.URI]bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.showing[u]
}

// told are the documents of which the editor was told something, of those that are of a kind.
func (p *publisher) told(of func(uri.URI) bool) (all []uri.URI) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for u := range p.showing {
		if of(u) {
			all = append(all, u)
		}
	}
	return all
}

// note remembers of which sheets of a document the editor was told, and whether it shows something.
func (p *publisher) note(u uri.URI, now map[uri.URI]bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.showing[u] = now; len(now) == 0 {
		delete(p.showing, u)
	}
}

// found is what a document holds, once the folders have been looked through for what bears on it.
func (s *server) found(ctx context.Context, d *document) (*result, error) {
	s.index.wait(ctx)
	found, err := s.check(ctx, d)
	switch {
	case err == nil:
		s.note(d, found)
	case ctx.Err() == nil:
		s.Log.Warn("document not checked", "path", d.path, "error", err)
		s.sayOnce(protocol.MessageTypeWarning, fmt.Sprintf("%s: %v", d.path, err))
		return &result{}, nil
	}
	return found, err
}

// Diagnostic answers an editor that asks for a document's diagnostics.
func (s *server) Diagnostic(ctx context.Context, p *protocol.DocumentDiagnosticParams) (protocol.DocumentDiagnosticReport, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	items := []protocol.Diagnostic{}
	switch {
	case ok && settles(d.uri):
		items = s.settingsDiagnostics(d.text)
	case ok:
		found, err := s.found(ctx, d)
		if err != nil {
			return nil, err
		}
		items = s.diagnostics(d, found, on)
	}
	id, err := identity(items)
	if err != nil {
		return nil, err
	}
	if p.PreviousResultID != nil && *p.PreviousResultID == id {
		return &protocol.RelatedUnchangedDocumentDiagnosticReport{
			UnchangedDocumentDiagnosticReport: protocol.UnchangedDocumentDiagnosticReport{
				Kind: string(protocol.DocumentDiagnosticReportKindUnchanged), ResultID: id,
			},
		}, nil
	}
	return &protocol.RelatedFullDocumentDiagnosticReport{
		FullDocumentDiagnosticReport: protocol.FullDocumentDiagnosticReport{
			Kind: string(protocol.DocumentDiagnosticReportKindFull), ResultID: &id, Items: items,
		},
	}, nil
}

// identity names a list of diagnostics by what is in it: editors reopen documents under the same version.
func identity(items []protocol.Diagnostic) (string, error) {
	h := fnv.New128a()
	for i := range items {
		raw, err := protocol.Marshal(&items[i])
		if err != nil {
			return "", fmt.Errorf("%w: diagnostics: %w", jsonrpc2.ErrInternal, err)
		}
		h.Write(raw)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
