package lsp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// wire is a connection on which every byte is the test's own.
type wire struct {
	t   *testing.T
	net net.Conn
	in  *bufio.Reader
	end chan error
}

func dial(t *testing.T, log io.Writer, all ...*analysis.Rule) *wire {
	ours, theirs := net.Pipe()
	w := &wire{t, ours, bufio.NewReader(ours), make(chan error, 1)}
	go func() {
		w.end <- Serve(t.Context(), theirs, Options{Rules: all, Version: "test", Log: slog.New(slog.NewTextHandler(log, nil))})
	}()
	t.Cleanup(func() { ours.Close() })
	return w
}

func (w *wire) send(body string) {
	w.t.Helper()
	if _, err := fmt.Fprintf(w.net, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		w.t.Fatal(err)
	}
}

type message struct {
	ID     json.RawMessage
	Method string
	Result json.RawMessage
	Params json.RawMessage
	Error  *struct {
		Code    int
		Message string
	}
}

// receive is the next message of the server.
func (w *wire) receive() message {
	w.t.Helper()
	length := 0
	for {
		line, err := w.in.ReadString('\n')
		if err != nil {
			w.t.Fatal(err)
		}
		if line == "\r\n" {
			break
		}
		if n, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(n))
		}
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(w.in, body); err != nil {
		w.t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		w.t.Fatal(err)
	}
	return m
}

// answer is the next answer, whatever else comes before it.
func (w *wire) answer() message {
	for {
		if m := w.receive(); m.Method == "" {
			return m
		}
	}
}

func (w *wire) initialize() {
	w.t.Helper()
	w.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}`)
	if m := w.answer(); m.Error != nil {
		w.t.Fatalf("initialize: %v", m.Error)
	}
}

func (w *wire) open(text string) {
	w.t.Helper()
	w.send(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:a","languageId":"python","version":1,"text":` + text + `}}}`)
}

// What is no message is answered with an error, and the next message is heard.
func TestMessagesThatAreNone(t *testing.T) {
	w := dial(t, io.Discard, rules.All...)
	for body, code := range map[string]int{
		`{"jsonrpc":"2.0","id":1,"method"`: -32700,
		`not JSON at all`:                  -32700,
		"\xff\xfe":                         -32700,
		`42`:                               -32700,
		`{}`:                               -32600,
		`{"jsonrpc":"1.0","id":1,"method":"shutdown"}`: -32600,
		`{"jsonrpc":"2.0","id":{},"method":"x"}`:       -32600,
	} {
		w.send(body)
		if m := w.answer(); m.Error == nil || m.Error.Code != code || string(m.ID) != "null" {
			t.Errorf("%s: answer %+v %+v, want an error of code %d without an id", body, m, m.Error, code)
		}
	}
	w.initialize()
	w.send(`{"jsonrpc":"2.0","id":"a string","method":"shutdown"}`)
	if m := w.answer(); string(m.ID) != `"a string"` || m.Error != nil {
		t.Errorf("shutdown: %+v", m)
	}
	w.send(`{"jsonrpc":"2.0","method":"exit"}`)
	if err := <-w.end; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// An editor that goes without a word ends the server, with an error; so does a frame that is none.
func TestEnds(t *testing.T) {
	tests := map[string]struct {
		last string
		want string
	}{
		"exit without shutdown": {`Content-Length: 33` + "\r\n\r\n" + `{"jsonrpc":"2.0","method":"exit"}`, ErrNoShutdown.Error()},
		"closed":                {"", ErrNoShutdown.Error()},
		"cut":                   {"Content-Length: 99\r\n\r\n{", "unexpected EOF"},
		"no frame":              {"hello\r\n\r\n", "invalid message header"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := dial(t, io.Discard, rules.All...)
			w.initialize()
			if _, err := io.WriteString(w.net, test.last); err != nil {
				t.Fatal(err)
			}
			w.net.Close()
			if err := <-w.end; err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("the server ended with %v, want %q", err, test.want)
			}
		})
	}
}

// A request is answered for the document as it was when the request was sent, whatever is sent after it.
func TestRequestsSeeWhatWasCurrent(t *testing.T) {
	w := dial(t, io.Discard, rules.All...)
	w.initialize()
	w.open(`"from js import setTimeout\nsetTimeout(print, 10)\n"`)
	ballast := strings.Repeat("x", 1<<20) // so that reading the request takes longer than the change that follows
	for i := range 20 {
		w.send(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"ballast":"` + ballast + `","textDocument":{"uri":"untitled:a"},"position":{"line":1,"character":12}}}`)
		w.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:a","version":%d},"contentChanges":[{"text":""}]}}`, 2*i+2))
		if m := w.answer(); !bytes.Contains(m.Result, []byte("bare-callback")) {
			t.Fatalf("round %d: %s %v", i, m.Result, m.Error)
		}
		w.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:a","version":%d},"contentChanges":[{"text":"from js import setTimeout\nsetTimeout(print, 10)\n"}]}}`, 2*i+3))
	}
}

// Half of a character outside the BMP, as an editor may send it, takes the place of one code unit.
func TestLoneSurrogates(t *testing.T) {
	w := dial(t, io.Discard, rules.All...)
	w.initialize()
	w.open(`"from js import setTimeout\n'\ud83d'; setTimeout(print, 10)\n"`)
	w.send(`{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"textDocument":{"uri":"untitled:a"},"position":{"line":1,"character":17}}}`)
	if m := w.answer(); !bytes.Contains(m.Result, []byte(`"range":{"start":{"line":1,"character":16},"end":{"line":1,"character":21}}`)) {
		t.Errorf("hover %s %v", m.Result, m.Error)
	}
}

// A rule that fails, and even a check that fails, is one logged error, and everything else goes on.
func TestPanics(t *testing.T) {
	var log lockedBuffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil))) // where rules that fail say so
	t.Cleanup(func() { slog.SetDefault(before) })
	failing := &analysis.Rule{Name: "failing", Severity: analysis.Error, Check: func(*analysis.Pass) { panic("a rule fails") }}
	w := dial(t, &log, append([]*analysis.Rule{failing}, rules.All...)...)
	w.initialize()
	w.open(`"from js import setTimeout\nsetTimeout(print, 10)\n"`)
	hover := `{"jsonrpc":"2.0","id":7,"method":"textDocument/hover","params":{"textDocument":{"uri":"untitled:a"},"position":{"line":1,"character":12}}}`
	w.send(hover)
	if m := w.answer(); !bytes.Contains(m.Result, []byte("bare-callback")) {
		t.Errorf("hover beside a rule that fails: %s %v", m.Result, m.Error)
	}

	e := connect(t)
	e.server.Log = slog.New(slog.NewTextHandler(&log, nil))
	nothing := &document{kind: host.Python, text: source.New("a.py", "import js\n")} // without settings nothing can be checked
	if _, err := e.server.check(t.Context(), nothing); err == nil || !strings.Contains(err.Error(), "could not be checked") {
		t.Errorf("a check that fails: %v", err)
	}
	e.initialize(full)
	fails := e.server.guarded(func(context.Context, *jsonrpc2.Request) (any, error) { panic("a request fails") })
	for range 2 {
		if _, err := fails(t.Context(), &jsonrpc2.Request{}); err == nil {
			t.Error("a request that fails is answered as if it had not")
		}
	}
	e.server.background("test", func() { panic("background") })
	e.settle()
	if len(e.messages) != 1 || !strings.Contains(e.messages[0], "failed: a request fails; all else goes on") {
		t.Errorf("the person was told %q", e.messages)
	}
	if text := log.String(); !strings.Contains(text, "a rule fails") || !strings.Contains(text, "check failed") || !strings.Contains(text, "background work failed") {
		t.Errorf("not all was logged:\n%s", text)
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// A request that is taken back is answered so, even when its work has begun.
func TestCancelled(t *testing.T) {
	begun, release := make(chan bool, 9), make(chan bool)
	slow := &analysis.Rule{Name: "slow", Severity: analysis.Error, Check: func(*analysis.Pass) {
		begun <- true
		<-release
	}}
	w := dial(t, io.Discard, slow)
	w.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":` +
		`{"workspace":{"diagnostics":{"refreshSupport":true}},"textDocument":{"diagnostic":{}}}}}`)
	w.answer()
	w.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	w.open(`"import js\n"`)
	w.send(`{"jsonrpc":"2.0","id":7,"method":"textDocument/diagnostic","params":{"textDocument":{"uri":"untitled:a"}}}`)
	<-begun
	w.send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}`)
	w.send(`{"jsonrpc":"2.0","id":8,"method":"unknown"}`) // answered when the cancelling has been heard
	if m := w.answer(); string(m.ID) != "8" {
		t.Fatalf("answer %+v", m)
	}
	close(release)
	if m := w.answer(); string(m.ID) != "7" || m.Error == nil || m.Error.Code != int(protocol.CodeRequestCancelled) {
		t.Errorf("answer %+v %+v", m, m.Error)
	}
}

// Thousands of quick changes end in exactly the text, and in exactly what "check" finds in it.
func TestTenThousandChanges(t *testing.T) {
	e := connect(t)
	e.write("other.py", "class Bus:\n    def addEventListener(self): pass\n")
	e.initialize(full)
	e.open("main.py", "python", "from js import document, setTimeout\n\n\ndef f():\n    pass\n\n\n")
	random := rand.New(rand.NewPCG(3, 4))
	lines := []string{
		"setTimeout(f, 10)\n", "document.body.addEventListener('click', f)\n", "# 😀é\n", "def g(): setTimeout(lambda: g, 1)\n",
		"s = '''\n", "'''\n", "x = (\n", ")\n", "", "", "\n", "    pass\n",
	}
	for range 10_000 {
		text := e.documents["main.py"]
		line := random.IntN(text.LineCount())
		span := source.Span{Start: text.LineSpan(line).Start, End: text.LineSpan(line).Start}
		if random.IntN(2) == 0 || text.LineCount() > 60 {
			span.End = text.LineSpan(line + 1 + random.IntN(3)).Start
			span.End = max(span.Start, span.End)
		}
		e.edit("main.py", source.Edit{Span: span, New: lines[random.IntN(len(lines))]})
	}
	shown := e.diagnostics("main.py")
	text := e.documents["main.py"].Text()
	if got := e.server.current.Load().documents[e.uri("main.py")].text.Text(); got != text {
		t.Fatalf("the server's text is\n%s\nand the editor's\n%s", got, text)
	}
	e.write("main.py", text)
	if got, want := described(e, shown), checked(t, e.dir, "main.py"); got != want {
		t.Errorf("the editor shows\n%s\nand check finds\n%s\nin\n%s", got, want, text)
	}
	if e.publishes > 10_001 {
		t.Errorf("%d publishes of 10,001 versions", e.publishes)
	}
}

func described(e *fake, shown []protocol.Diagnostic) string {
	var b strings.Builder
	for _, d := range shown {
		span := spanOf(e.documents["main.py"], d.Range, e.encoding)
		fmt.Fprintf(&b, "%d-%d %s %s\n", span.Start, span.End, d.Code, d.Message)
	}
	return b.String()
}

// checked is what "check" finds in a file of a folder.
func checked(t testing.TB, dir, name string) string {
	t.Helper()
	result, err := lint.Run(t.Context(), lint.Options{Paths: []string{dir}, Rules: rules.All})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range result.Files {
		for _, x := range f.Findings {
			if strings.HasSuffix(f.Path, "/"+name) {
				fmt.Fprintf(&b, "%d-%d %s %s\n", x.Span.Start, x.Span.End, x.Rule.Name, x.Message)
			}
		}
	}
	return b.String()
}

// Each error goes out with the code that the protocol has for it.
func TestErrorsOnTheWire(t *testing.T) {
	for err, code := range map[error]jsonrpc2.Code{
		fmt.Errorf("x: %w", context.Canceled):             protocol.CodeRequestCancelled,
		errors.New("plain"):                               jsonrpc2.InternalError,
		jsonrpc2.ErrMethodNotFound:                        jsonrpc2.MethodNotFound,
		fmt.Errorf("%w: what", jsonrpc2.ErrInvalidParams): jsonrpc2.InvalidParams,
		fmt.Errorf("%w: what", jsonrpc2.ErrParse):         jsonrpc2.InvalidParams,
	} {
		var coded *jsonrpc2.Error
		if got := wireError(err); !errors.As(got, &coded) || coded.Code != code {
			t.Errorf("%v goes out as %v, want code %d", err, got, code)
		}
	}
}

// What an editor says of notebooks may be wrong, too: the server goes on with what it knew.
func TestNotebookMessagesThatAreWrong(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	e.write("a.ipynb", `{"cells": [{"cell_type": "code", "source": ["from js import setTimeout\n", "setTimeout(print, 10)"]}]}`)
	e.openNotebook("a.ipynb")
	book, cell := string(e.uri("a.ipynb")), string(e.uri("a.ipynb#c0"))
	for _, change := range []string{
		`{"notebookDocument": {"uri": "untitled:none", "version": 2}, "change": {"cells": {}}}`,
		`{"notebookDocument": {"uri": "` + book + `", "version": 2}, "change": {}}`,
		`{"notebookDocument": {"uri": "` + book + `", "version": 3}, "change": {"cells": {"structure": {"array": {"start": 7, "deleteCount": 1}}}}}`,
		`{"notebookDocument": {"uri": "` + book + `", "version": 4}, "change": {"cells": {"structure": {"array": {"start": 0, "deleteCount": 4294967295}}}}}`,
		`{"notebookDocument": {"uri": "` + book + `", "version": 5}, "change": {"cells": {"data": [{"kind": 2, "document": "untitled:x"}]}}}`,
		`{"notebookDocument": {"uri": "` + book + `", "version": 6}, "change": {"cells": {"textContent": [{"document": {"uri": "untitled:x", "version": 2}, "changes": [{"text": ""}]}]}}}`,
		`{"notebookDocument": {"uri": "` + book + `", "version": 7}, "change": {"cells": {"structure": {"array": {"start": 1, "deleteCount": 0, "cells": [{"kind": 2, "document": "untitled:y"}]}}}}}`,
		`{"notebookDocument": 7}`,
		`[]`,
	} {
		e.must(e.conn.Notify(t.Context(), protocol.MethodNotebookDocumentDidChange, protocol.LSPAny(change)))
	}
	// A cell is no document that can be changed or closed by itself.
	e.must(e.conn.Notify(t.Context(), protocol.MethodTextDocumentDidChange, protocol.LSPAny(
		`{"textDocument": {"uri": "`+cell+`", "version": 9}, "contentChanges": [{"text": ""}]}`)))
	e.must(e.conn.Notify(t.Context(), protocol.MethodTextDocumentDidClose, protocol.LSPAny(`{"textDocument": {"uri": "`+cell+`"}}`)))
	// The same file as JSON is another document, whose coming and going is none of the notebook's.
	e.open("a.ipynb", "json", `{"cells": [{"cell_type": "code", "source": "import js; js.setTimeout(print, 1); js.setTimeout(print, 2)"}]}`)
	if got := len(e.diagnostics("a.ipynb")); got != 2 {
		t.Errorf("%d diagnostics in the notebook as JSON", got)
	}
	e.close("a.ipynb")
	if got := e.diagnostics("a.ipynb#c0"); len(got) != 1 {
		t.Errorf("diagnostics %v", got)
	}
	// What is sound in a message counts beside what is not.
	e.versions["a.ipynb#c0"] = 11
	e.must(e.conn.Notify(t.Context(), protocol.MethodNotebookDocumentDidChange, protocol.LSPAny(
		`{"notebookDocument": {"uri": "`+book+`", "version": 8}, "change": {"cells": {
			"structure": {"array": {"start": 9, "deleteCount": 9}}, "data": [{"kind": 2, "document": "untitled:x"}],
			"textContent": [{"document": {"uri": "untitled:x", "version": 2}, "changes": [{"text": ""}]},
				{"document": {"uri": "`+cell+`", "version": 11}, "changes": [{"text": "import js; js.setTimeout(print, 1); js.setTimeout(print, 2)"}]}]}}}`)))
	if got := e.diagnostics("a.ipynb#c0"); len(got) != 2 {
		t.Errorf("diagnostics after a message of which a part is wrong: %v", got)
	}
	e.deleteCell("a.ipynb", 0)
	if got := e.diagnostics("a.ipynb#c0"); len(got) != 0 {
		t.Errorf("a cell that is gone has %v", got)
	}
}
