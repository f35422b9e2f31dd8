package lsp

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis/source"
	"pyodide-ls/rules"
)

// fake is an editor at the other end of a pipe: it keeps the texts of its documents.
type fake struct {
	protocol.Server // the server, as methods
	*screen
	t         testing.TB
	conn      jsonrpc2.Conn
	server    *server
	dir       string
	encoding  source.Encoding
	documents map[string]*source.File
	versions  map[string]int32
	cells     map[string][]string // of notebooks, in order
	made      int                 // cells so far
	stage     *stage              // its browser; nil if it has none
	options   string              // what a person set for the server, as JSON
	// introduction is what it says with initialize, as JSON; empty for the capabilities that a test names.
	introduction string
}

// screen is what the editor was told, and shows.
type screen struct {
	protocol.UnimplementedClient
	mu        sync.Mutex
	shown     map[uri.URI]*protocol.PublishDiagnosticsParams
	publishes int
	messages  []string // shown to the person
	traces    []string // of messages
	visits    []protocol.ShowDocumentParams
	blind     bool // fails to show documents
	refreshes int
	watchers  int
	published chan<- int32 // the versions of which diagnostics come; may be nil
	progress  []string     // what came of something that takes longer, as JSON
	settings  string       // of the editor's own, as JSON; "" for one that says nothing when it is asked
	asked     int          // how often it was asked for them
	created   int          // places to show that work goes on
}

// full is what a present-day editor says it can do; sessions take away and add.
const full = `{
	"general": {"positionEncodings": ["utf-16"]},
	"workspace": {
		"workspaceFolders": true, "workspaceEdit": {"documentChanges": true},
		"didChangeWatchedFiles": {"dynamicRegistration": true}, "diagnostics": {"refreshSupport": true},
		"codeLens": {"refreshSupport": true}
	},
	"window": {"showDocument": {"support": true}},
	"notebookDocument": {"synchronization": {"executionSummarySupport": true}},
	"textDocument": {
		"publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "tagSupport": {"valueSet": [1, 2]}},
		"hover": {"contentFormat": ["markdown", "plaintext"]}, "codeLens": {"dynamicRegistration": true},
		"codeAction": {"isPreferredSupport": true, "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}
	}
}`

// connect starts a server, and an editor that has not said anything yet.
func connect(t testing.TB) *fake {
	t.Helper()
	return connectTo(t, nil)
}

// connectTo is connect, to a server that has a browser.
func connectTo(t testing.TB, browser Previews) *fake {
	t.Helper()
	return connectOver(t, browser, func(_ *fake, c io.ReadWriteCloser) io.ReadWriteCloser { return c })
}

// connectOver is connectTo, over a connection that somebody listens to.
func connectOver(t testing.TB, browser Previews, over func(*fake, io.ReadWriteCloser) io.ReadWriteCloser) *fake {
	t.Helper()
	ours, theirs := net.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	s, serving := start(ctx, theirs, Options{
		Rules: rules.All, Version: "test", Log: quiet(), Previews: browser, Shelf: filepath.Join(t.TempDir(), "shelf"), About: func() string { return "about\n" },
	})
	e := &fake{
		t: t, server: s, dir: t.TempDir(), documents: map[string]*source.File{}, versions: map[string]int32{}, cells: map[string][]string{},
		screen: &screen{shown: map[uri.URI]*protocol.PublishDiagnosticsParams{}},
	}
	e.conn = jsonrpc2.NewConn(jsonrpc2.NewStream(over(e, ours)), jsonrpc2.WithCodec(codec{}))
	e.Server = protocol.ServerDispatcher(e.conn)
	e.conn.Go(ctx, e.screen.counting(protocol.ClientHandler(e.screen, jsonrpc2.MethodNotFoundHandler)))
	t.Cleanup(func() {
		s.work.Wait()
		cancel()
		ours.Close()
		<-serving.Done()
	})
	return e
}

// counting tells whoever measures the versions of which diagnostics come, and reads no more of them than that: what the
// protocol's package makes of many is dearer than what the server does.
func (e *screen) counting(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		if e.published == nil || req.Method() != protocol.MethodTextDocumentPublishDiagnostics {
			return next(ctx, req)
		}
		var p struct{ Version int32 }
		if err := json.Unmarshal(req.Params(), &p); err != nil {
			return nil, err
		}
		e.published <- p.Version
		return nil, nil
	}
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// initialize introduces the editor, with capabilities as JSON, and opens its folder.
func (e *fake) initialize(capabilities string) *protocol.InitializeResult {
	e.t.Helper()
	p := &protocol.InitializeParams{}
	folders := fmt.Sprintf(`{"processId":null,"rootUri":null,"workspaceFolders":[{"uri":%q,"name":"x"}],"initializationOptions":%s,"capabilities":%s}`,
		uri.File(e.dir), cmp.Or(e.options, "null"), capabilities)
	if err := protocol.Unmarshal([]byte(cmp.Or(e.introduction, folders)), p); err != nil {
		e.t.Fatal(err)
	}
	result, err := e.Initialize(e.t.Context(), p)
	if err != nil {
		e.t.Fatal(err)
	}
	e.encoding = e.server.editor.encoding
	e.must(e.Initialized(e.t.Context(), &protocol.InitializedParams{}))
	e.settle()
	return result
}

func (e *fake) must(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// settle returns when the server has nothing left to do, and the editor has heard all of it.
func (e *fake) settle() {
	e.t.Helper()
	e.ping()
	e.server.work.Wait()
	e.ping()
}

// ping is a message and its answer, before which both sides have taken in all that was sent before.
func (e *fake) ping() {
	e.t.Helper()
	var refused *jsonrpc2.Error // no server has such a method
	if _, err := e.conn.Call(e.t.Context(), "test/ping", nil, nil); !errors.As(err, &refused) {
		e.t.Fatalf("ping: %v", err)
	}
}

func (e *fake) uri(name string) uri.URI {
	if name == "untitled" {
		return uri.MustParse("untitled:Untitled-1")
	}
	if book, cell, ok := strings.Cut(name, "#"); ok {
		return uri.MustParse("vscode-notebook-cell:" + filepath.ToSlash(filepath.Join(e.dir, book)) + "#" + cell)
	}
	return uri.File(filepath.Join(e.dir, filepath.FromSlash(name)))
}

func (e *fake) write(name, text string) {
	e.t.Helper()
	path := filepath.Join(e.dir, filepath.FromSlash(name))
	e.must(os.MkdirAll(filepath.Dir(path), 0o777))
	e.must(os.WriteFile(path, []byte(text), 0o666))
}

func (e *fake) open(name, language, text string) {
	e.t.Helper()
	e.versions[name]++
	e.documents[name] = source.New(name, text)
	e.must(e.DidOpen(e.t.Context(), &protocol.DidOpenTextDocumentParams{TextDocument: protocol.TextDocumentItem{
		URI: e.uri(name), LanguageID: protocol.LanguageKind(language), Version: e.versions[name], Text: text,
	}}))
}

func (e *fake) close(name string) {
	e.t.Helper()
	e.must(e.DidClose(e.t.Context(), &protocol.DidCloseTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: e.uri(name)}}))
	delete(e.documents, name)
	e.mu.Lock()
	defer e.mu.Unlock()
	if shown := e.shown[e.uri(name)]; shown != nil && len(shown.Diagnostics) == 0 {
		delete(e.shown, e.uri(name)) // there is nothing to take back
	}
}

// edit sends one notification with changes, each made to the text that the one before it leaves.
func (e *fake) edit(name string, edits ...source.Edit) {
	e.t.Helper()
	var changes []protocol.TextDocumentContentChangeEvent
	for _, edit := range edits {
		changes = append(changes, &protocol.TextDocumentContentChangePartial{
			Range: rangeOf(e.documents[name], edit.Span, e.encoding), Text: edit.New,
		})
		text, err := source.Apply(e.documents[name].Text(), []source.Edit{edit})
		e.must(err)
		e.documents[name] = source.New(name, text)
	}
	e.change(name, changes...)
}

func (e *fake) change(name string, changes ...protocol.TextDocumentContentChangeEvent) {
	e.t.Helper()
	e.versions[name]++
	if book, _, ok := strings.Cut(name, "#"); ok {
		e.changeCells(book, &protocol.NotebookDocumentCellChanges{TextContent: []protocol.NotebookDocumentCellContentChanges{{
			Document: protocol.VersionedTextDocumentIdentifier{
				TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: e.uri(name)}, Version: e.versions[name],
			},
			Changes: changes,
		}}})
		return
	}
	e.must(e.DidChange(e.t.Context(), &protocol.DidChangeTextDocumentParams{
		TextDocument: protocol.VersionedTextDocumentIdentifier{
			TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: e.uri(name)}, Version: e.versions[name],
		},
		ContentChanges: changes,
	}))
}

// diagnostics is what the editor shows of a document when all is quiet.
func (e *fake) diagnostics(name string) []protocol.Diagnostic {
	e.t.Helper()
	e.settle()
	if e.server.editor.pulls {
		report, err := e.Diagnostic(e.t.Context(), &protocol.DocumentDiagnosticParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: e.uri(name)},
		})
		e.must(err)
		return report.(*protocol.RelatedFullDocumentDiagnosticReport).Items
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	shown := e.shown[e.uri(name)]
	if shown == nil {
		return nil
	}
	if version, ok := shown.Version.Get(); ok && version != e.versions[name] {
		e.t.Errorf("%s is at version %d, and diagnostics are of %d", name, e.versions[name], version)
	}
	return shown.Diagnostics
}

// apply makes the edits of an action, as an editor does, and tells the server. It answers with the names of the
// documents that it changed.
func (e *fake) apply(action *protocol.CodeAction) []string {
	e.t.Helper()
	if versioned := len(action.Edit.DocumentChanges) > 0; versioned != e.server.editor.documentChanges {
		e.t.Errorf("the edit names versions: %v; the editor reads them: %v", versioned, e.server.editor.documentChanges)
	}
	var changed []string
	for _, name := range slices.Sorted(maps.Keys(e.documents)) {
		texts := action.Edit.Changes[e.uri(name)]
		for _, c := range action.Edit.DocumentChanges {
			edit, ok := c.(*protocol.TextDocumentEdit)
			if !ok || edit.TextDocument.URI != e.uri(name) {
				continue
			}
			if *edit.TextDocument.Version != e.versions[name] {
				e.t.Errorf("edits for version %d, and %s is at %d", *edit.TextDocument.Version, name, e.versions[name])
			}
			for _, one := range edit.Edits {
				texts = append(texts, *one.(*protocol.TextEdit))
			}
		}
		if len(texts) == 0 {
			continue
		}
		var edits []source.Edit
		for _, one := range texts {
			edits = append(edits, source.Edit{Span: spanOf(e.documents[name], one.Range, e.encoding), New: one.NewText})
		}
		text, err := source.Apply(e.documents[name].Text(), edits)
		e.must(err)
		e.documents[name] = source.New(name, text)
		e.change(name, &protocol.TextDocumentContentChangeWholeDocument{Text: text})
		changed = append(changed, name)
	}
	return changed
}

// has says whether a document is open.
func (e *fake) has(u uri.URI) bool {
	for name := range e.documents {
		if e.uri(name) == u {
			return true
		}
	}
	return false
}

// onDisk is an edit of a file that is not open.
type onDisk struct{ name, before, after string }

// applyOnDisk does what an action says of files that are not open, and tells the server.
func (e *fake) applyOnDisk(action *protocol.CodeAction) (all []onDisk) {
	e.t.Helper()
	edits := map[uri.URI][]protocol.TextEdit{}
	maps.Copy(edits, action.Edit.Changes)
	for _, c := range action.Edit.DocumentChanges {
		if made, ok := c.(*protocol.CreateFile); ok {
			e.must(os.WriteFile(made.URI.FsPath(), nil, 0o666))
			continue
		}
		edit := c.(*protocol.TextDocumentEdit)
		if edit.TextDocument.Version != nil && !e.has(edit.TextDocument.URI) {
			e.t.Errorf("edits for version %d of %s, which is not open", *edit.TextDocument.Version, edit.TextDocument.URI)
		}
		for _, one := range edit.Edits {
			edits[edit.TextDocument.URI] = append(edits[edit.TextDocument.URI], *one.(*protocol.TextEdit))
		}
	}
	for _, u := range slices.Sorted(maps.Keys(edits)) {
		if !e.has(u) {
			all = append(all, e.writeEdited(u, edits[u]))
		}
	}
	e.settle()
	return all
}

// writeEdited makes edits of a file on disk, and tells the server.
func (e *fake) writeEdited(u uri.URI, texts []protocol.TextEdit) onDisk {
	e.t.Helper()
	name, err := filepath.Rel(e.dir, u.FsPath())
	e.must(err)
	data, err := os.ReadFile(u.FsPath())
	e.must(err)
	before := source.New(name, string(data))
	var edits []source.Edit
	for _, one := range texts {
		edits = append(edits, source.Edit{Span: spanOf(before, one.Range, e.encoding), New: one.NewText})
	}
	after, err := source.Apply(before.Text(), edits)
	e.must(err)
	e.write(name, after)
	if e.watchers > 0 {
		e.must(e.DidChangeWatchedFiles(e.t.Context(), &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: u, Type: protocol.FileChangeTypeChanged}},
		}))
	}
	return onDisk{name, before.Text(), after}
}

func (e *screen) PublishDiagnostics(_ context.Context, p *protocol.PublishDiagnosticsParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.publishes++
	e.shown[p.URI] = p
	return nil
}

func (e *screen) ShowMessage(_ context.Context, p *protocol.ShowMessageParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.messages = append(e.messages, p.Message)
	return nil
}

func (e *screen) LogTrace(_ context.Context, p *protocol.LogTraceParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	text := strings.Clone(p.Message)
	if p.Verbose != nil {
		text += " " + *p.Verbose
	}
	e.traces = append(e.traces, text)
	return nil
}

func (e *screen) Progress(_ context.Context, p *protocol.ProgressParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.progress = append(e.progress, string([]byte(p.Value)))
	return nil
}

func (e *screen) WorkDoneProgressCreate(context.Context, *protocol.WorkDoneProgressCreateParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.created++
	return nil
}

func (e *screen) RegisterCapability(_ context.Context, p *protocol.RegistrationParams) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, r := range p.Registrations {
		if r.Method == protocol.MethodWorkspaceDidChangeWatchedFiles {
			e.watchers++
		}
	}
	return nil
}

func (e *screen) Configuration(ctx context.Context, p *protocol.ConfigurationParams) ([]protocol.LSPAny, error) {
	e.mu.Lock()
	settings := e.settings
	e.asked++
	e.mu.Unlock()
	if settings == "" {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	var answers []protocol.LSPAny
	for range p.Items {
		answers = append(answers, protocol.LSPAny(settings))
	}
	return answers, nil
}

func (e *screen) DiagnosticRefresh(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.refreshes++
	return nil
}
