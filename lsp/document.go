package lsp

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
)

// document is one version of one open document, as its folder and its settings let it be seen. It is
// immutable but for what was found in it, which is worked out once, when somebody asks.
type document struct {
	uri      uri.URI // as the state has it, of a notebook bookOf
	path     string  // absolute, or a name if the document is no file
	file     bool
	kind     host.Kind // Unknown for what holds no Python
	version  int32
	edited   bool
	text     *source.File                             // of a notebook, that of its Python cells together
	notebook *notebook                                // nil for what the editor holds as one text
	read     func() (analysis.Traits, *host.Document) // what the text holds, worked out once, when somebody asks
	settings *config.Settings
	view     analysis.View
	outcomes []realm.Outcome // of what it calls of other files
	left     bool            // left out by the settings, or no code of the project

	mu     sync.Mutex
	result *result
}

// result is what a document was found to be.
type result struct {
	findings []analysis.Finding
	looked   bool                          // at its text
	file     atomic.Pointer[analysis.File] // which is let go of when others were looked at since: see server.fileOf
}

func newDocument(item *protocol.TextDocumentItem) *document {
	d := &document{uri: item.URI, file: item.URI.IsFile(), version: item.Version}
	d.path = item.URI.Path()
	if d.file {
		d.path = item.URI.FsPath()
	}
	d.kind = kindOf(item.LanguageID, d.path)
	d.text = source.New(d.path, string([]byte(item.Text))) // the decoded string keeps the whole message
	d.read = d.reading(host.Read)
	return d
}

// with is the document with another text.
func (d *document) with(text *source.File, version int32) *document {
	next := &document{
		uri: d.uri, path: d.path, file: d.file, kind: d.kind, version: version, edited: true, text: text, notebook: d.notebook,
		settings: d.settings, view: d.view, outcomes: d.outcomes, left: d.left,
	}
	next.read = next.reading(host.Read)
	return next
}

// reading is what a text of the document holds; read reads it if it is a host.
func (d *document) reading(read func(host.Kind, string) *host.Document) func() (analysis.Traits, *host.Document) {
	path, kind, text := d.path, d.kind, d.text.Text()
	return sync.OnceValues(func() (analysis.Traits, *host.Document) { return analysis.TraitsBy(read, path, kind, text) })
}

// traits are what the text of the document says of others, under its settings.
func (d *document) traits() analysis.Traits {
	traits, _ := d.read()
	if d.settings != nil {
		traits.Facts.Set = analysis.RealmIn(d.settings, d.path)
	}
	return traits
}

// placed is the document under other circumstances.
func (d *document) placed(settings *config.Settings, view analysis.View, outcomes []realm.Outcome, left bool) *document {
	return &document{
		uri: d.uri, path: d.path, file: d.file, kind: d.kind, version: d.version, edited: d.edited, text: d.text, notebook: d.notebook,
		read:     d.read,
		settings: settings, view: view, outcomes: outcomes, left: left,
	}
}

// counts says whether the text of a document counts for its folder before it is saved. That of a notebook is not
// what will be saved.
func (d *document) counts() bool { return d.file && d.kind != host.Unknown && d.notebook == nil }

// silent says whether nothing is to be found in the document, whatever it holds.
func (d *document) silent() bool { return d.kind == host.Unknown || d.left }

// edited is the text after one change that the editor sent.
func edited(text *source.File, c protocol.TextDocumentContentChangeEvent, enc source.Encoding) (*source.File, error) {
	switch c := c.(type) {
	case *protocol.TextDocumentContentChangeWholeDocument:
		return source.New(text.Path(), string([]byte(c.Text))), nil
	case *protocol.TextDocumentContentChangePartial:
		span := spanOf(text, c.Range, enc)
		old := text.Text()
		return source.New(text.Path(), old[:span.Start]+c.Text+old[span.End:]), nil
	}
	return nil, fmt.Errorf("a change is of the unknown kind %T", c)
}

// check is what the document holds; it is worked out at most once. It fails when the context ends before
// that, or when the text cannot be parsed.
func (s *server) check(ctx context.Context, d *document) (found *result, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer func() {
		if trouble := recover(); trouble != nil {
			s.Log.Error("check failed", "path", d.path, "panic", fmt.Sprint(trouble), "stack", string(debug.Stack()))
			found, err = nil, fmt.Errorf("could not be checked: %v", trouble)
		}
	}()
	if d.result != nil {
		return d.result, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if d.silent() {
		d.result = &result{}
		return d.result, nil
	}
	if err := readable(d.kind, d.text.Text()); err != nil {
		return nil, err
	}
	f, err := s.open(d)
	if err != nil {
		return nil, err
	}
	findings := s.findings(ctx, d, f)
	if err := ctx.Err(); err != nil {
		return nil, err // not all rules have run
	}
	d.result = &result{findings: findings, looked: true}
	s.recent.keep(d.uri, d.result, f)
	s.tidySoon()
	return d.result, nil
}

// looked is what a document holds, for who asks about a place in it: nothing if it cannot be looked at, which was said
// when it was opened.
func (s *server) looked(ctx context.Context, d *document) (*result, error) {
	found, err := s.check(ctx, d)
	if err != nil && ctx.Err() == nil {
		return &result{}, nil
	}
	return found, err
}

var errBundle = errors.New("looks like a bundle and was left out")

// readable says why a text is not looked at, as "check" has it of a file.
func readable(kind host.Kind, text string) error {
	switch {
	case len(text) > analysis.MaxBytes:
		return analysis.ErrTooLarge
	case host.LeftOut(kind, text):
		return errBundle
	case strings.IndexByte(text, 0) >= 0:
		_, err := source.Decode([]byte(text))
		return err
	}
	return nil
}

// open parses a document, from the version before it if it is being edited.
func (s *server) open(d *document) (*analysis.File, error) {
	setting := d.setting()
	holds := d.kind == host.Python || setting.Document != nil && len(setting.Document.Units) > 0
	if !d.edited || !holds { // what holds nothing pushes no tree out
		return analysis.Open(d.text, setting)
	}
	return s.sessions.of(d.uri).Open(d.text, setting)
}

// setting is what is known of a document before it is opened.
func (d *document) setting() analysis.Setting {
	setting := analysis.Setting{Kind: d.kind, Realm: analysis.RealmIn(d.settings, d.path), Added: analysis.AddedBy(d.settings)}
	if d.kind != host.Python {
		_, setting.Document = d.read()
	}
	return setting
}

func (s *server) findings(ctx context.Context, d *document, f *analysis.File) []analysis.Finding {
	var project *analysis.Project
	if in := s.current.Load().folderOf(d); in != nil {
		project = in.project // one that is newer than the document's view may only know more: the document is looked at again then
	}
	return analysis.Check(ctx, f, d.view, s.Rules, analysis.Options{
		Severity: func(r *analysis.Rule) analysis.Severity { return r.SeverityIn(d.settings, d.path) }, Known: s.known, Project: project, Workers: runtime.GOMAXPROCS(0),
	})
}
