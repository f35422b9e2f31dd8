package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// bridgeModule is a module of ordinary bridge code, a few hundred lines long.
func bridgeModule(n int) string {
	var b strings.Builder
	b.WriteString("\"\"\"A part of the page.\"\"\"\n\nimport time\nfrom js import document, setTimeout\nfrom pyodide.ffi import create_proxy, to_js\n\n\n")
	for i := range 20 {
		fmt.Fprintf(&b, `class Panel%d_%d:
    def __init__(self, root):
        self.root = root or document.getElementById("panel-%d")
        self.items = [{"name": str(k), "value": k * 2} for k in range(10)]
        self.root.addEventListener("click", create_proxy(self.click))

    def click(self, event):
        if event.target.id == "go":
            setTimeout(self.draw, 10)
        return event

    def draw(self):
        for item in self.items:
            node = document.createElement("li")
            node.textContent = f"{item['name']}: {item['value']}"
            self.root.appendChild(node)
        return to_js(self.items)


`, n, i, i)
	}
	return b.String()
}

func plainModule(n int) string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "def function_%d_%d(values, limit=10):\n    \"\"\"Sums what is below the limit.\"\"\"\n"+
			"    total = 0\n    for value in values:\n        if value < limit:\n            total += value\n    return total\n\n\n", n, i)
	}
	return b.String()
}

// modules writes n files and counts their lines and bytes.
func modules(b *testing.B, n int, text func(int) string) (dir string, lines, size int) {
	files := map[string]string{}
	for i := range n {
		module := text(i)
		lines += strings.Count(module, "\n")
		size += len(module)
		files[fmt.Sprintf("p%d/m%d.py", i/50, i)] = module
	}
	return tree(b, files), lines, size
}

func benchRun(b *testing.B, dir string, lines, size int) {
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := lint.Run(b.Context(), lint.Options{Paths: []string{dir}, Rules: rules.All}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(lines), "ns/line")
}

func BenchmarkCheckTree(b *testing.B) {
	dir, lines, size := modules(b, 200, bridgeModule)
	benchRun(b, dir, lines, size)
}

// script is JavaScript that has nothing to do with Python, some hundred lines long.
func script(n int) string {
	var b strings.Builder
	b.WriteString("import { html, render } from \"lit\";\nimport { store } from \"./store.js\";\n\n")
	for i := range 12 {
		fmt.Fprintf(&b, "export class Panel%d_%d extends HTMLElement {\n  #items = [];\n\n  connectedCallback() {\n"+
			"    this.addEventListener(\"click\", (event) => this.select(event.target.dataset.id));\n"+
			"    store.subscribe((state) => { this.#items = state.items.filter((item) => item.done < %d); this.draw(); });\n  }\n\n"+
			"  draw() {\n    render(html`<ul>${this.#items.map((item) => html`<li id=\"${item.id}\">${item.name}</li>`)}</ul>`, this);\n  }\n}\n\n", n, i, i)
	}
	return b.String()
}

// scripts is a tree of JavaScript in which one file in so many holds Python.
func scripts(b *testing.B, n, every int) (dir string, lines, size int) {
	files := map[string]string{}
	for i := range n {
		text := script(i)
		if i%every == 0 {
			text += "pyodide.runPython(`\n  import js\n  js.setTimeout(lambda: 0, 10)\n`);\n"
		}
		lines += strings.Count(text, "\n")
		size += len(text)
		files[fmt.Sprintf("p%d/m%d.js", i/50, i)] = text
	}
	return tree(b, files), lines, size
}

// BenchmarkScriptTree is a tree of 2,000 JavaScript files, of which one in fifty holds Python: the others are read
// and not parsed. In BenchmarkScriptTreeParsed all do.
func BenchmarkScriptTree(b *testing.B) {
	dir, lines, size := scripts(b, 2000, 50)
	benchRun(b, dir, lines, size)
}

func BenchmarkScriptTreeParsed(b *testing.B) {
	dir, lines, size := scripts(b, 2000, 1)
	benchRun(b, dir, lines, size)
}

// BenchmarkPlainTree is a tree that has nothing to do with the bridge; BenchmarkReadTree only reads it.
func BenchmarkPlainTree(b *testing.B) {
	dir, lines, size := modules(b, 2000, plainModule)
	benchRun(b, dir, lines, size)
}

func BenchmarkReadTree(b *testing.B) {
	dir, lines, size := modules(b, 2000, plainModule)
	b.SetBytes(int64(size))
	for b.Loop() {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			_, err = os.ReadFile(path)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(lines), "ns/line")
}
