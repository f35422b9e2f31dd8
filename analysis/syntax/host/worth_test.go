package host

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWorth(t *testing.T) {
	tests := []struct {
		kind  Kind
		text  string
		worth bool
	}{
		{HTML, `<script type="py">`, true},
		{HTML, `<script type=py>`, true},
		{HTML, `<SCRIPT TYPE = 'MPY'>`, true},
		{HTML, `<script type="mpy-editor">`, true},
		{HTML, `<script type="text/python">`, true},
		{HTML, `<script type="python">`, true},
		{HTML, `<script type="{{ runtime }}">`, true},
		{HTML, `<py-repl>`, true},
		{HTML, `<MPY-SCRIPT>`, true},
		{HTML, `<b py-click="f">`, true},
		{HTML, "<b\npys-onClick = f>", true},
		{HTML, `<b id="a"mpy-click=f>`, true},
		{HTML, `<script>p.runPython(a)</script>`, true},
		{HTML, `<script>loadPyodide()</script>`, true},
		{HTML, `<script>stlite.mount(a)</script>`, true},
		{HTML, `<streamlit-app>`, true},
		{Markdown, "```{shinylive-python}", true},
		{HTML, `<p class="py-4 py-auto">copy= {{ type }} python.py</p>`, false},
		{HTML, `<script type="text/javascript" src="/copy.js">`, false},
		{HTML, "", false},
		{HTML, "y", false},
		{HTML, "py", false},
		{Component, `<b py-click="f">`, true},
		{Component, `<b class="py-2">`, false},
		{Notebook, nb(`"import numpy"`), true}, // "import js" stands in its outputs
		{Notebook, `{"cells": [{"source": "import numpy as np"}]}`, false},
		{Notebook, `{"cells": [{"source": "from asyncio import a; import b, js"}]}`, true},
		{Notebook, `{"cells": [{"source": "import jsonschema, mjs"}]}`, false},
		{Notebook, `{"cells": [{"source": "from  js import a"}]}`, true},
		{Notebook, `{"cells": [{"source": "%pip install piplite"}]}`, true},
		{Notebook, `{"cells": [`, true},
		{Notebook, "\ufeff{}", false},
		{Markdown, "```python\nimport numpy\n```", false},
		{Markdown, "```python\nimport js\n```", true},
		{Markdown, "a `py-click=` b", false},
		{Markdown, "<b py-click=f>", true},
		{Settings, "", true},
		{SettingsJSON, "", true},
		{Python, "import js", false},
		{Unknown, "import js", false},
	}
	for _, test := range tests {
		if got := Worth(test.kind, test.text); got != test.worth {
			t.Errorf("%d %q: %v, want %v", test.kind, test.text, got, test.worth)
		}
	}
}

// page2000 is a page of some 2,000 lines, of which a tenth is Python.
func page2000() string {
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html>\n<body class=\"py-4\">\n")
	for i := range 100 {
		fmt.Fprintf(&b, "<section id=\"s%d\" class=\"px-2 py-%d\">\n", i, i)
		for j := range 14 {
			fmt.Fprintf(&b, "  <p title=\"a &amp; b\">Some text of a page, <a href=\"/p/%d?q=%d\">linked</a> &lt;here&gt;.</p>\n", i, j)
		}
		fmt.Fprintf(&b, "  <button id=\"b%d\" py-click=\"f%d\">x</button>\n  <script type=\"py\">\n    def f%d(event):\n        print(event)\n  </script>\n</section>\n", i, i, i)
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

func BenchmarkReadPage(b *testing.B) {
	text := page2000()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if d := Read(HTML, text); len(d.Units) != 101 {
			b.Fatal(len(d.Units))
		}
	}
}

func BenchmarkWorthPage(b *testing.B) {
	text := strings.NewReplacer("py-click", "on-click", "\"py\"", "\"x\"").Replace(page2000())
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if Worth(HTML, text) {
			b.Fatal("unrelated")
		}
	}
}

func BenchmarkReadMarkdown(b *testing.B) {
	text := strings.Repeat("# A title\n\nSome *text* of a page, with `code`.\n\n- an item\n\n  ```python\n  import js\n  js.f(1)\n  ```\n\n> a quote\n> goes on\n\n", 140)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if d := Read(Markdown, text); len(d.Units) != 140 {
			b.Fatal(len(d.Units))
		}
	}
}

func BenchmarkReadNotebook(b *testing.B) {
	text := nb(slices.Repeat([]string{`"import js\n\"\"\"x\"\"\"\nf(1)"`}, 250)...)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if d := Read(Notebook, text); len(d.Units) != 1 {
			b.Fatal(len(d.Units))
		}
	}
}
