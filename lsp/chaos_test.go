package lsp

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
	"pyodide-ls/rules"
)

// chaos is what somebody may do to a text: all that stands in pieces of it, whole and torn.
var chaos = map[string][]string{
	"main.py": {
		"from js import document, setTimeout\n", "import time\r\n", "setTimeout(f, 10)\n", "document.body.addEventListener('click', f)\n",
		"def f(event=None):\n    time.sleep(1)\n", "# 😀é\u0301 \u2028 𝒳\n", "s = '''\n", "'''\n", "x = (\n", ")\n", "\r", "\t", "    ", "f'{",
		"}'", "\\\n", "async ", "await f()\n", "class A:\n", "    def g(self): setTimeout(self.g, 1)\n", "# pyodide-ls: ignore[bare-callback]\n", "\x00", "",
	},
	"page.html": {
		"<script type=\"py\">\n", "</script>\n", "<script>\n", "from js import setTimeout\n", "setTimeout(print, 1)\n", "<!-- ", " -->", "<p>😀</p>\r\n",
		"<button py-click=\"setTimeout(print, 2)\">x</button>\n", "&lt;", "pyodide.runPython(`\n", "`)\n", "<py-script>\n", "</py-script>\n", "\"", "'", "<", "",
	},
	"app.mjs": {
		"pyodide.runPython(`\n", "from js import setTimeout\n", "setTimeout(print, 1)\n", "`);\n", "${x}", "\\n", "\\u{1F600}", "😀", "// ", "/* ", " */\n",
		"const code = \"import js\\njs.setTimeout(print, 1)\";\n", "pyodide.runPython(code);\n", "'", "\"", "\n", "",
	},
	"notes.md": {
		"```python\n", "```\n", "from js import setTimeout\n", "setTimeout(print, 1)\n", "```html\n", "<script type=\"py\">\n", "</script>\n", "    ", "> ", "# 😀\n", "~~~py\n", "~~~\n", "",
	},
}

var languagesOf = map[string]string{"main.py": "python", "page.html": "html", "app.mjs": "javascript", "notes.md": "markdown"}

// Whatever is done to texts, in whichever encoding and by whichever kind of editor, the server has them as the editor
// does, and finds in them what "check" finds.
func TestChaos(t *testing.T) {
	for i, encoding := range []string{"utf-8", "utf-16", "utf-32"} {
		for _, pulls := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, pulls: %v", encoding, pulls), func(t *testing.T) {
				over := fmt.Sprintf(`{"general": {"positionEncodings": [%q]}}`, encoding)
				if pulls {
					over = fmt.Sprintf(`{"general": {"positionEncodings": [%q]}, "textDocument": {"diagnostic": {}}}`, encoding)
				}
				e := connect(t)
				for name := range chaos {
					e.write(name, "")
				}
				e.initialize(overlay(t, full, over))
				random := rand.New(rand.NewPCG(uint64(i), 7))
				for name := range chaos {
					e.open(name, languagesOf[name], "")
				}
				for round := range 200 {
					for _, name := range slices.Sorted(maps.Keys(chaos)) {
						e.disturb(random, name)
						if round%20 == 19 {
							e.compare(name)
						}
					}
				}
			})
		}
	}
}

// disturb does something to a document, and asks for something in the middle of it.
func (e *fake) disturb(random *rand.Rand, name string) {
	e.t.Helper()
	pieces, text := chaos[name], e.documents[name].Text()
	piece := pieces[random.IntN(len(pieces))]
	switch random.IntN(12) {
	case 0: // to begin again
		e.change(name, &protocol.TextDocumentContentChangeWholeDocument{Text: piece})
		e.documents[name] = source.New(name, piece)
	case 1: // to close it and open it again
		e.close(name)
		e.open(name, languagesOf[name], text)
	case 2, 3: // several edits at once
		e.edit(name, e.torn(random, name, piece))
		e.edit(name, e.torn(random, name, ""), source.Edit{New: pieces[random.IntN(len(pieces))]})
	default:
		e.edit(name, e.torn(random, name, piece))
	}
	at := protocol.TextDocumentPositionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: e.uri(name)},
		Position:     protocol.Position{Line: uint32(random.IntN(9)), Character: uint32(random.IntN(40))},
	}
	if random.IntN(4) == 0 {
		_, err := e.Hover(e.t.Context(), &protocol.HoverParams{TextDocumentPositionParams: at})
		e.must(err)
		_, err = e.CodeAction(e.t.Context(), &protocol.CodeActionParams{
			TextDocument: at.TextDocument, Range: protocol.Range{Start: at.Position, End: protocol.Position{Line: at.Position.Line + 3}},
		})
		e.must(err)
	}
}

// torn is an edit at any character of a document. A long text loses more than it gets.
func (e *fake) torn(random *rand.Rand, name, piece string) source.Edit {
	text := e.documents[name]
	characters := []int{0}
	for at := range text.Text() {
		characters = append(characters, at)
	}
	characters = append(characters, len(text.Text()))
	from := random.IntN(len(characters))
	to := from
	if random.IntN(3) == 0 {
		to = min(len(characters)-1, from+random.IntN(1+len(characters)/4))
	}
	if len(characters) > 1200 {
		to = min(len(characters)-1, from+600)
	}
	// An editor names no place in the middle of a line break.
	span := source.Span{Start: characters[from], End: characters[to]}
	for _, end := range []*int{&span.Start, &span.End} {
		if *end > 0 && *end < len(text.Text()) && text.Text()[*end-1:*end+1] == "\r\n" {
			*end--
		}
	}
	span.End = max(span.Start, span.End)
	return source.Edit{Span: span, New: piece}
}

// compare holds what the editor has to what "check" finds in the same text.
func (e *fake) compare(name string) {
	e.t.Helper()
	shown := e.diagnostics(name)
	text := e.documents[name].Text()
	if got := e.server.current.Load().documents[e.uri(name)].text.Text(); got != text {
		e.t.Fatalf("of %s the server's text is\n%q\nand the editor's\n%q", name, got, text)
	}
	for other := range chaos {
		e.write(other, e.documents[other].Text()) // which the findings of others may depend on
	}
	var got []string
	for _, d := range shown {
		span := spanOf(e.documents[name], d.Range, e.encoding)
		got = append(got, fmt.Sprintf("%d-%d %s %s\n", span.Start, span.End, d.Code, d.Message))
	}
	want := strings.SplitAfter(checked(e.t, e.dir, name), "\n")
	want = want[:len(want)-1]
	slices.SortFunc(got, cmp.Compare[string])
	slices.SortFunc(want, cmp.Compare[string])
	if !slices.Equal(got, want) {
		e.t.Errorf("of %s the editor shows\n%q\nand check finds\n%q\nin\n%q", name, got, want, text)
	}
}

// An editor that answers nothing that it is asked is served all the same.
func TestEditorThatNeverAnswers(t *testing.T) {
	w := dial(t, io.Discard, rules.All...)
	w.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{
		"workspace":{"configuration":true,"didChangeConfiguration":{"dynamicRegistration":true},"didChangeWatchedFiles":{"dynamicRegistration":true},
			"codeLens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true}},
		"window":{"showDocument":{"support":true},"workDoneProgress":true},"textDocument":{"hover":{"contentFormat":["markdown"]}}}}}`)
	w.answer()
	w.send(`{"jsonrpc":"2.0","method":"initialized","params":{}}`)
	w.open(`"import js\njs.setTimeout(print, 1)\n"`)
	for w.receive().Method != protocol.MethodTextDocumentPublishDiagnostics {
	}
	w.send(`{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"untitled:a"},"position":{"line":1,"character":15}}}`)
	for {
		m := w.receive()
		if m.Method == "" && string(m.ID) == "2" {
			if m.Error != nil || !strings.Contains(string(m.Result), "bare-callback") {
				t.Errorf("hover: %+v", m)
			}
			break
		}
	}
	w.send(`{"jsonrpc":"2.0","id":3,"method":"shutdown"}`)
	for m := w.receive(); string(m.ID) != "3"; m = w.receive() {
	}
	w.send(`{"jsonrpc":"2.0","method":"exit"}`)
	if err := <-w.end; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// Messages that come in the wrong order, or twice, or are about what is not there, harm no document.
func TestMessagesOutOfOrder(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	e.open("a.py", "python", late)
	a, b := string(e.uri("a.py")), string(e.uri("b.py"))
	for _, m := range [][2]string{
		{"textDocument/didChange", `{"textDocument": {"uri": "` + b + `", "version": 2}, "contentChanges": [{"text": "x"}]}`},
		{"textDocument/didClose", `{"textDocument": {"uri": "` + b + `"}}`},
		{"textDocument/didSave", `{"textDocument": {"uri": "` + b + `"}}`},
		{"textDocument/didOpen", `{"textDocument": {"uri": "` + a + `"}}`},
		{"textDocument/didChange", `{"textDocument": {"uri": "` + a + `", "version": 0}, "contentChanges": []}`},
		{"textDocument/didChange", `{"textDocument": {"uri": "` + a + `"}}`},
		{"textDocument/didChange", `{"textDocument": {"uri": 7, "version": "x"}, "contentChanges": {}}`},
		{"notebookDocument/didClose", `{"notebookDocument": {"uri": "` + b + `"}, "cellTextDocuments": []}`},
		{"initialized", `{}`},
		{"$/setTrace", `{"value": "loud"}`},
		{"$/cancelRequest", `{"id": 99}`},
		{"$/unheardOf", `[]`},
		{"workspace/didChangeWatchedFiles", `{"changes": [{"uri": "` + b + `", "type": 9}, {"uri": "http://x/y", "type": 1}]}`},
		{"workspace/didChangeConfiguration", `7`},
		{"window/workDoneProgress/cancel", `{"token": "none"}`},
		{"nobody/knows", `{}`},
	} {
		e.must(e.conn.Notify(t.Context(), m[0], protocol.LSPAny(m[1])))
	}
	for _, m := range [][2]string{
		{"textDocument/hover", `{"textDocument": {"uri": "` + b + `"}, "position": {"line": 0, "character": 0}}`},
		{"textDocument/codeAction", `{"textDocument": {"uri": "` + b + `"}, "range": {}, "context": {"diagnostics": []}}`},
		{"textDocument/inlayHint", `{"textDocument": {"uri": "` + b + `"}, "range": {"start": {"line": 9, "character": 9}, "end": {"line": 0, "character": 0}}}`},
	} {
		var answer protocol.LSPAny
		if _, err := e.conn.Call(t.Context(), m[0], protocol.LSPAny(m[1]), &answer); err != nil || len(answer) > len("null") {
			t.Errorf("%s about nothing: %s, %v", m[0], answer, err)
		}
	}
	e.versions["a.py"] = e.server.current.Load().documents[e.uri("a.py")].version
	if text := e.server.current.Load().documents[e.uri("a.py")].text.Text(); text != late {
		e.documents["a.py"] = source.New("a.py", text)
		t.Logf("the document was opened anew as %q", text)
		e.edit("a.py", source.Edit{Span: source.Span{End: len(text)}, New: late})
	}
	if got := len(e.diagnostics("a.py")); got != 1 {
		t.Errorf("%d findings behind all that", got)
	}
}
