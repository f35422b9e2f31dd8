package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// editor speaks with a language server that runs as a program of its own.
type editor struct {
	*testing.T
	in       io.Writer
	next     int
	messages chan rpc
}

// rpc is a message of either side.
type rpc struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

func startEditor(t *testing.T, capabilities, root string) *editor {
	t.Helper()
	inBrowser(t)
	fromEditor, in := io.Pipe()
	out, toEditor := io.Pipe()
	e := &editor{T: t, in: in, messages: make(chan rpc, 1000)}
	done := make(chan int, 1)
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context())) // until it was asked to end
	t.Cleanup(cancel)
	go func() {
		done <- run(ctx, []string{"lsp"}, fromEditor, toEditor, io.Discard)
		toEditor.Close()
	}()
	go e.listen(bufio.NewReader(out))
	e.ask("initialize", fmt.Sprintf(`{"processId":null,"rootUri":%q,"capabilities":%s}`, address(root), capabilities))
	e.tell("initialized", `{}`)
	t.Cleanup(func() {
		e.ask("shutdown", "null")
		e.tell("exit", "null")
		in.Close()
		if status := <-done; status != exitClean {
			t.Errorf("the server ended with %d", status)
		}
	})
	return e
}

// listen reads what the server says. Each of its requests is granted.
func (e *editor) listen(out *bufio.Reader) {
	defer close(e.messages)
	for {
		header, err := textproto.NewReader(out).ReadMIMEHeader()
		if err != nil {
			return
		}
		n, _ := strconv.Atoi(header.Get("Content-Length"))
		body := make([]byte, n)
		if _, err := io.ReadFull(out, body); err != nil {
			return
		}
		var m rpc
		if err := json.Unmarshal(body, &m); err != nil {
			e.Errorf("%v in %s", err, body)
			return
		}
		if m.Method != "" && m.ID != nil {
			answer := "null"
			if m.Method == "window/showDocument" {
				answer = `{"success":true}`
			}
			e.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":%s}`, m.ID, answer))
		}
		e.messages <- m
	}
}

func (e *editor) send(body string) { io.WriteString(e.in, frame(body)) } //nolint:errcheck // a server that is gone is seen

func (e *editor) tell(method, params string) {
	e.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params))
}

// ask sends a request and waits for its answer.
func (e *editor) ask(method, params string) {
	e.Helper()
	e.next++
	id := strconv.Itoa(e.next)
	e.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"method":%q,"params":%s}`, id, method, params))
	m := e.hears(method+" to be answered", func(m rpc) bool { return m.Method == "" && string(m.ID) == id })
	if m.Error != nil {
		e.Fatalf("%s: %s", method, m.Error)
	}
}

// hears waits for a message.
func (e *editor) hears(what string, is func(rpc) bool) rpc {
	e.Helper()
	late := time.After(90 * time.Second)
	var last []string
	for {
		select {
		case m, ok := <-e.messages:
			if !ok {
				e.Fatalf("the server is gone; waited for %s", what)
			}
			if is(m) {
				return m
			}
			last = append(last, m.Method+" "+string(m.Params))
		case <-late:
			e.Fatalf("waited for %s, and heard\n%s", what, strings.Join(last, "\n"))
		}
	}
}

// shows waits until the diagnostics of a file are as they are to be.
func (e *editor) shows(what string, is func(diagnostics string) bool) {
	e.Helper()
	e.hears(what, func(m rpc) bool { return m.Method == "textDocument/publishDiagnostics" && is(string(m.Params)) })
}

func address(path string) string { return "file://" + filepath.ToSlash(path) }

// The round trip: code is edited, shown in a real browser, and what the browser observed stands in the editor beside
// what was found; when the code is mended, both are gone.
func TestEvidence(t *testing.T) {
	const wrong = "import js\n\n\ndef tick():\n    print(\"tick\")\n\n\njs.setTimeout(tick, 10)\n"
	const right = "import js\nfrom pyodide.ffi import create_once_callable\n\n\ndef tick():\n    print(\"tick\")\n\n\njs.setTimeout(create_once_callable(tick), 10)\n"
	folder(t, map[string]string{"main.py": wrong})
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	main := address(filepath.Join(root, "main.py"))
	e := startEditor(t, `{"window":{"showDocument":{"support":true}}}`, root)
	e.tell("textDocument/didOpen", fmt.Sprintf(`{"textDocument":{"uri":%q,"languageId":"python","version":1,"text":%q}}`, main, wrong))
	e.shows("the finding", func(all string) bool { return strings.Contains(all, "bare-callback") })

	e.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":"preview","method":"workspace/executeCommand","params":{"command":"pyodide-ls.preview","arguments":[%q]}}`, main))
	var shown struct{ URI string }
	asked := e.hears("the address of the preview", func(m rpc) bool { return m.Method == "window/showDocument" })
	if err := json.Unmarshal(asked.Params, &shown); err != nil {
		t.Fatal(err)
	}
	tab := openTab(t, shown.URI)
	e.shows("the finding to be confirmed", func(all string) bool { return strings.Contains(all, "measured: called after it was destroyed") })

	until(t, tab, has(observationRows, "borrowed proxy"))
	if err := tab.Evaluate(t.Context(), `document.querySelector("#observations li").focus()`, nil); err != nil {
		t.Fatal(err)
	}
	if err := tab.Press(t.Context(), "\r"); err != nil {
		t.Fatal(err)
	}
	opened := e.hears("the line to be opened", func(m rpc) bool { return m.Method == "window/showDocument" })
	if params := string(opened.Params); !strings.Contains(params, main) || !strings.Contains(params, `"line":7`) {
		t.Errorf("opened %s", params)
	}

	if err := os.WriteFile(filepath.Join(root, "main.py"), []byte(right), 0o644); err != nil {
		t.Fatal(err)
	}
	e.tell("textDocument/didChange", fmt.Sprintf(`{"textDocument":{"uri":%q,"version":2},"contentChanges":[{"text":%q}]}`, main, right))
	e.tell("textDocument/didSave", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, main))
	e.shows("nothing any more", func(all string) bool { return strings.Contains(all, `"diagnostics":[]`) })
	until(t, tab, has(consoleRows, "tick"))
}
