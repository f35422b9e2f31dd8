// Package lsp is the language server: it keeps the documents of one editor, and answers with what
// analysis.Check finds in them.
//
// Notifications are handled one after the other, in the order in which they were sent. Requests run beside
// each other and beside later notifications, each on the state that was current when it arrived. States and
// documents are immutable; one pointer leads to the current state. No document and no message ends the
// server.
package lsp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
)

// Options are what the server works with.
type Options struct {
	Rules   []*analysis.Rule
	Version string       // of the program, as it introduces itself
	Log     *slog.Logger // nil for slog.Default
	// Previews runs what is open in a browser; nil for an editor that is not offered that.
	Previews Previews
	// Shelf is a folder for what the editor is to show that is no file of the person, such as the pages of rules. It need
	// not exist; if it has no name, that is not offered.
	Shelf string
	// MemoryLimit is how many bytes the server may use before it lets go of what can be worked out again; 0 for any.
	MemoryLimit uint64
	// About says what the program is and what it found on the machine, as Markdown; nil if nobody knows.
	About func() string
}

// ErrNoShutdown says that the editor went, or said exit, without having said shutdown.
var ErrNoShutdown = errors.New("the editor ended without a shutdown")

// Serve talks to one editor until it says exit, closes the connection, or the context ends. The answer is
// nil after an orderly end.
func Serve(ctx context.Context, rw io.ReadWriteCloser, o Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s, conn := start(ctx, rw, o)
	defer s.endPreviews("")
	select {
	case <-s.exited:
	case <-conn.Done():
		if err := conn.Err(); err != nil && !s.shutdown.Load() { // who took leave need not wait for the answer
			return fmt.Errorf("the connection to the editor broke: %w", err)
		}
	case <-ctx.Done():
	}
	if !s.shutdown.Load() {
		return ErrNoShutdown
	}
	return nil
}

// start begins to talk.
func start(ctx context.Context, rw io.ReadWriteCloser, o Options) (*server, jsonrpc2.Conn) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	conn := jsonrpc2.NewConn(patient{jsonrpc2.NewStream(rw), o.Log}, jsonrpc2.WithCodec(codec{}))
	s := newServer(ctx, protocol.ClientDispatcher(conn), o)
	conn.Go(ctx, s.handler())
	return s, conn
}

// server is one editor's. Its features lie in a file each.
type server struct {
	protocol.UnimplementedServer
	Options
	known  []string // the rules' names
	client protocol.Client
	// life ends with the server. What outlives a message hangs on it: a message's own context is taken
	// back when its handler returns.
	life      context.Context
	editor    editor // what the editor can do, as initialize said
	current   atomic.Pointer[state]
	updating  sync.Mutex // held while a state is made from the current one
	work      crew       // what goes on beside the messages
	publish   publisher
	overview  overview
	changed   bell // rings when a state becomes current
	sessions  sessions
	recent    recent
	tidier    tidier
	index     indexer
	said      saidOnce
	previews  previews
	takesLong time.Duration // takesLong, but for tests
	trace     atomic.Pointer[protocol.TraceValue]
	wanted    atomic.Pointer[map[string]bool]             // the hints that the editor is to show, by their names
	given     atomic.Pointer[map[string]*config.Settings] // by the editor, from the root of a folder
	shutdown  atomic.Bool
	exited    chan struct{}
	// settingsSchema is what settings may say, read when somebody asks for it.
	settingsSchema func() *node
	exit           sync.Once
}

func newServer(life context.Context, client protocol.Client, o Options) *server {
	s := &server{Options: o, client: client, life: life, takesLong: takesLong, exited: make(chan struct{})}
	for _, r := range o.Rules {
		s.known = append(s.known, r.Name)
	}
	s.settingsSchema = sync.OnceValue(func() *node { return readSchema(s.Rules) })
	s.current.Store(newState(analysis.KnownToSettings(s.Rules)))
	s.index.ready = make(chan struct{})
	return s
}

// snapshotKey leads to the state that was current when a request arrived.
type snapshotKey struct{}

// at is the state that a request speaks of.
func (s *server) at(ctx context.Context) *state {
	if snapshot, ok := ctx.Value(snapshotKey{}).(*state); ok {
		return snapshot
	}
	return s.current.Load()
}

// handler is the way of a message: its state is pinned in wire order, then requests go their own way.
func (s *server) handler() jsonrpc2.Handler {
	dispatch := s.traced(s.guarded(protocol.ServerHandler(s, jsonrpc2.MethodNotFoundHandler)))
	cancelable := protocol.CancelHandler(func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		ctx = context.WithValue(ctx, snapshotKey{}, s.current.Load())
		jsonrpc2.Async(ctx)
		return dispatch(ctx, req)
	})
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		switch m := req.Method(); {
		case m == protocol.MethodInitialize, m == protocol.MethodShutdown:
			if err := s.refuses(m); err != nil {
				return nil, err
			}
			return dispatch(ctx, req) // inline, so that later messages see what it sets
		case req.IsCall():
			if err := s.refuses(m); err != nil {
				return nil, err
			}
			return cancelable(ctx, req)
		case m != protocol.MethodExit && s.refuses(m) != nil:
			return nil, nil
		default:
			handle := dispatch
			if m == protocol.MethodCancelRequest {
				handle = cancelable // which answers it itself
			}
			// An error would end the connection, and no notification is worth that.
			if _, err := handle(ctx, req); err != nil && !optional(m) {
				s.Log.Warn("notification failed", "method", m, "error", err)
			}
			return nil, nil
		}
	}
}

// refuses says why a message is not heard now: there is nobody to talk to before initialize and after
// shutdown, and nobody else after initialize.
func (s *server) refuses(method string) error {
	switch {
	case s.shutdown.Load():
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "the server was shut down")
	case s.editor.known && method == protocol.MethodInitialize:
		return jsonrpc2.Errorf(jsonrpc2.InvalidRequest, "the server was initialized already")
	case !s.editor.known && method != protocol.MethodInitialize && method != protocol.MethodShutdown:
		return jsonrpc2.Errorf(jsonrpc2.ServerNotInitialized, "the server was not initialized")
	}
	return nil
}

// optional says whether a notification may be ignored without a word, as the protocol has it.
func optional(method string) bool { return len(method) > 1 && method[:2] == "$/" }

// guarded makes panics and errors answers that the protocol knows.
func (s *server) guarded(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (result any, err error) {
		method := req.Method()
		defer func() {
			if trouble := recover(); trouble != nil {
				s.Log.Error("message failed", "method", method, "panic", fmt.Sprint(trouble), "stack", string(debug.Stack()))
				s.sayOnce(protocol.MessageTypeError, fmt.Sprintf("%s failed: %v; all else goes on, and the log says where it failed", method, trouble))
				result, err = nil, jsonrpc2.Errorf(jsonrpc2.InternalError, "%s failed: %v", method, trouble)
			}
		}()
		result, err = next(ctx, req)
		if errors.Is(err, jsonrpc2.ErrParse) && !answered[method] {
			err = jsonrpc2.ErrMethodNotFound // the dispatcher looked for parameters of a method that nobody has
		}
		return result, wireError(err)
	}
}

// answered are the requests that the server has an answer for.
var answered = map[string]bool{
	protocol.MethodInitialize: true, protocol.MethodShutdown: true, protocol.MethodTextDocumentHover: true,
	protocol.MethodTextDocumentCodeAction: true, protocol.MethodTextDocumentDiagnostic: true,
	protocol.MethodTextDocumentInlayHint: true, protocol.MethodTextDocumentCodeLens: true,
	protocol.MethodWorkspaceExecuteCommand: true, protocol.MethodCodeActionResolve: true,
	protocol.MethodTextDocumentCompletion: true, protocol.MethodTextDocumentDefinition: true, protocol.MethodTextDocumentReferences: true,
	protocol.MethodTextDocumentRename: true, protocol.MethodTextDocumentPrepareRename: true,
	protocol.MethodTextDocumentDocumentSymbol: true, protocol.MethodTextDocumentDocumentLink: true, protocol.MethodWorkspaceSymbol: true, protocol.MethodWorkspaceDiagnostic: true,
}

// wireError gives an error the code that the protocol has for it; others would go out with code 0.
func wireError(err error) error {
	var coded *jsonrpc2.Error
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return protocol.ErrRequestCancelled
	case errors.Is(err, jsonrpc2.ErrParse): // the message was JSON; it is the parameters that were not understood
		return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%v", err)
	case errors.As(err, &coded):
		return err
	}
	return jsonrpc2.Errorf(jsonrpc2.InternalError, "%v", err)
}
