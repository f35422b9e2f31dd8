package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// module is bridge code of at least so many lines, with a finding in some thirty.
func module(lines int) string {
	var b strings.Builder
	b.WriteString("import asyncio\nimport time\n\nimport js\nfrom js import document, setTimeout\nfrom pyodide.ffi import create_proxy, to_js\n")
	for i := 0; strings.Count(b.String(), "\n") < lines; i++ {
		fmt.Fprintf(&b, `

class Widget%[1]d:
    """One of many."""

    def __init__(self, root, items=None):
        self.root = root
        self.items = [item for item in items or () if item]
        self.proxy = create_proxy(self.on_click)
        root.addEventListener("click", self.proxy)

    async def on_click(self, event):
        try:
            response = await js.fetch(f"/items/{event.target.id}/%[1]d", to_js({"method": "POST"}))
            data = (await response.json()).to_py()
        except (OSError, ValueError) as error:
            js.console.error(str(error))
            return None
        for key, value in sorted(data.items(), key=lambda pair: pair[1]):
            self.root.querySelector(f"#{key}").innerText = "{:.2f}".format(value * 2 + %[1]d)
        await asyncio.sleep(0.5)
        return {"count": len(data), "at": time.time()}


def helper_%[1]d(values, scale=1.0, *, offset=%[1]d):
    total = sum(v * scale for v in values) + offset
    if total > 100:
        setTimeout(lambda: js.console.log(total), 10)
    return total
`, i)
	}
	return b.String()
}

// BenchmarkEdit is one typed character, from the editor's notification to the diagnostics of that version.
func BenchmarkEdit(b *testing.B) {
	for _, lines := range []int{1_000, 10_000} {
		for _, kind := range []struct{ name, typed string }{{"sound", "value = name"}, {"half-typed", "document.body.append(name"}} {
			b.Run(fmt.Sprintf("%d lines/%s", lines, kind.name), func(b *testing.B) { benchmarkEdit(b, module(lines), kind.typed) })
		}
	}
}

func benchmarkEdit(b *testing.B, text, typed string) {
	middle := len(text) / 2
	at := middle + strings.Index(text[middle:], "    total = ")
	text = text[:at] + "    " + typed + "\n" + text[at:]
	typeInto(b, "main.py", "python", text, at+len("    "+typed))
}

// inPage is an HTML page with a module in it, indented.
func inPage(python string) string {
	return "<!doctype html>\n<title>Page</title>\n<script type=\"py\">\n  " + strings.ReplaceAll(python, "\n", "\n  ") + "\n</script>\n"
}

// runningScript is JavaScript of some two thousand lines that runs ten pieces of Python.
func runningScript() string {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "export function step%[1]d(state) {\n  const next = state.items.filter((item) => item.id !== %[1]d);\n  return { ...state, next };\n}\n\n", i)
		if i%40 == 20 {
			fmt.Fprintf(&b, "export const run%d = (pyodide) => pyodide.runPythonAsync(`\n  from js import document, setTimeout\n  def draw():\n      document.title = \"${name}\"\n  setTimeout(draw, 10)\n`);\n\n", i)
		}
	}
	return b.String()
}

// BenchmarkEditHost is BenchmarkEdit for Python in a page of a thousand lines, and for a script of two thousand
// lines: in its Python, in itself, where every other letter breaks it, and in one that has none.
func BenchmarkEditHost(b *testing.B) {
	python := module(1_000)
	script := runningScript()
	plain := strings.NewReplacer("runPythonAsync", "run", "from js import", "// import").Replace(script)
	for _, c := range []struct{ name, file, language, text, before string }{
		{"page", "page.html", "html", inPage(python), "    total = "},
		{"script/in its Python", "app.js", "javascript", script, "document.title"},
		{"script/beside its Python", "app.js", "javascript", script, "next = state"},
		{"script/half-typed", "app.js", "javascript", script, "const next"},
		{"script/without Python", "app.js", "javascript", plain, "const next"},
	} {
		b.Run(c.name, func(b *testing.B) {
			middle := len(c.text) / 2
			typeInto(b, c.file, c.language, c.text, middle+strings.Index(c.text[middle:], c.before))
		})
	}
}

// BenchmarkUnitsShift is a piece of Python that is put before ten others of a script, and taken away again.
func BenchmarkUnitsShift(b *testing.B) {
	script := "// a script\n"
	python := strings.NewReplacer("`", "\\`", "$", "\\$").Replace(module(100))
	for i := range 10 {
		script += fmt.Sprintf("pyodide.runPython(`%s`);\n", strings.NewReplacer("Widget", fmt.Sprint("Part", i), "total", fmt.Sprint("sum", i)).Replace(python))
	}
	insert(b, "app.js", "javascript", script, len("// a script\n"), "pyodide.runPython(`import js`);\n")
}

// typeInto opens a document, and types a letter and deletes it again at an offset.
func typeInto(b *testing.B, file, language, text string, at int) {
	insert(b, file, language, text, at, "x")
}

// insert is typeInto for more than a letter.
func insert(b *testing.B, file, language, text string, at int, what string) {
	e := connect(b)
	e.initialize(full)
	e.open(file, language, text)
	e.settle()
	typeAt(b, e, file, language, at, what)
}

// typeAt puts something into an open document, and takes it out again.
func typeAt(b *testing.B, e *fake, file, language string, at int, what string) {
	published := make(chan int32, 8)
	e.screen.published = published
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		edit := source.Edit{Span: source.Span{Start: at, End: at}, New: what}
		if i%2 == 1 {
			edit = source.Edit{Span: source.Span{Start: at, End: at + len(what)}}
		}
		start := time.Now()
		e.edit(file, edit)
		if language == "python" || e.shows(file) {
			for want := e.versions[file]; <-published != want; {
			}
		} else {
			e.settle() // nothing is published of what holds nothing
		}
		took = append(took, time.Since(start))
	}
	report(b, took)
	e.screen.published = nil
}

// shows says whether the editor shows something of a document.
func (e *fake) shows(name string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	shown := e.shown[e.uri(name)]
	return shown != nil && len(shown.Diagnostics) > 0
}

// report adds the median and the 95th percentile, in milliseconds.
func report(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for name, share := range map[string]float64{"p50-ms": 0.5, "p95-ms": 0.95} {
		b.ReportMetric(float64(took[int(share*float64(len(took)-1))])/float64(time.Millisecond), name)
	}
}

// BenchmarkRequest is a hover and the actions on a quiet document.
func BenchmarkRequest(b *testing.B) {
	e := connect(b)
	e.initialize(full)
	e.open("main.py", "python", module(1_000))
	e.settle()
	at := strings.Index(e.documents["main.py"].Text(), "lambda: js")
	place := positionOf(e.documents["main.py"], at, e.encoding)
	document := protocol.TextDocumentIdentifier{URI: e.uri("main.py")}
	b.Run("hover", func(b *testing.B) {
		for b.Loop() {
			if h, err := e.Hover(b.Context(), &protocol.HoverParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{
				TextDocument: document, Position: place,
			}}); err != nil || h == nil {
				b.Fatal(h, err)
			}
		}
	})
	for _, kind := range []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, fixAllKind} {
		b.Run(string(kind), func(b *testing.B) {
			for b.Loop() {
				if a, err := e.CodeAction(b.Context(), &protocol.CodeActionParams{
					TextDocument: document, Range: protocol.Range{Start: place, End: place},
					Context: protocol.CodeActionContext{Only: []protocol.CodeActionKind{kind}},
				}); err != nil || len(a) == 0 {
					b.Fatal(a, err)
				}
			}
		})
	}
}

// BenchmarkOpen is a thousand documents of 150 lines that are opened and looked at, and the memory that the
// server then holds.
func BenchmarkOpen(b *testing.B) {
	const documents = 1_000
	text := module(150)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		e := connect(b)
		e.initialize(full)
		for i := range documents {
			e.open(fmt.Sprintf("m%d.py", i), "python", text)
		}
		e.settle()
		e.documents, e.shown = nil, nil // the editor's own
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/documents/float64(len(text)), "held-B/B")
		runtime.KeepAlive(e.server)
	}
}

// BenchmarkEditInProject is one edit of a module among 500 pages, 500 scripts and 1,000 modules: a letter, which changes
// nothing that others depend on, and a line, which moves what the module says of others.
func BenchmarkEditInProject(b *testing.B) {
	for name, what := range map[string]string{"letter": "x", "line": "\n"} {
		b.Run(name, func(b *testing.B) {
			e := connect(b)
			for i := range 500 {
				worker := []string{"", " worker"}[i%2]
				e.write(fmt.Sprintf("a%d/page%d.html", i/10, i), fmt.Sprintf("<script src=\"app%d.js\"></script>\n<script type=\"py\" src=\"m%d.py\"%s></script>\n", i, 2*i, worker))
				e.write(fmt.Sprintf("a%d/app%d.js", i/10, i), fmt.Sprintf("import \"./app%d.js\";\nnew Worker(\"app%d.js\");\n", i+1, i-i%10))
			}
			for i := range 1000 {
				text := fmt.Sprintf("import time\nimport js\nfrom m%d import f%d\n\n\n", i-i%20+(i+1)%20, i-i%20+(i+1)%20)
				for j := range 20 {
					text += fmt.Sprintf("def f%d(x%d):\n    # wait\n    time.sleep(1)\n    return f%d(x%d)\n\n\n", i+j, j, i-i%20+(i+1)%20, j)
				}
				e.write(fmt.Sprintf("a%d/m%d.py", i/20, i), text)
			}
			e.initialize(full)
			e.must(e.Initialized(b.Context(), &protocol.InitializedParams{}))
			e.settle()
			text, err := os.ReadFile(filepath.Join(e.dir, "a5", "m100.py"))
			e.must(err)
			e.open("a5/m100.py", "python", string(text))
			e.settle()
			at := strings.Index(string(text), "# wait") + len("# wait")
			typeAt(b, e, "a5/m100.py", "python", at, what)
		})
	}
}

// BenchmarkCompletion is asked for what stands behind "document." right after an edit.
func BenchmarkCompletion(b *testing.B) {
	for _, lines := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			e := connect(b)
			e.initialize(full)
			text := module(lines) + "document.\n"
			e.open("main.py", "python", text)
			e.settle()
			at := source.Span{Start: len(text) - 1, End: len(text) - 1}
			for b.Loop() {
				e.edit("main.py", source.Edit{Span: source.Span{}, New: "\n"})
				at = source.Span{Start: at.Start + 1, End: at.End + 1}
				result, err := e.Completion(b.Context(), &protocol.CompletionParams{TextDocumentPositionParams: protocol.TextDocumentPositionParams{
					TextDocument: protocol.TextDocumentIdentifier{URI: e.uri("main.py")}, Position: positionOf(e.documents["main.py"], at.Start, e.encoding),
				}})
				if items, ok := result.(protocol.CompletionItemSlice); err != nil || !ok || len(items) < 100 {
					b.Fatal(len(items), err)
				}
			}
		})
	}
}
