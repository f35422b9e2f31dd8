package analysis_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// The name that is pointed at stands behind a "‸".
func TestAboutAt(t *testing.T) {
	const head = "import js\nfrom js import document, fetch\nfrom pyodide.ffi import create_proxy, create_once_callable\n"
	for _, test := range []struct {
		text, title string
		facts       []string // parts of them, in their order
	}{
		{"document.‸querySelector('#a')", "Document.querySelector()", []string{"Gives `Element`", "may be null, which is `None` before Pyodide 0.28", "main thread"}},
		{"b = document.querySelector('#a')\nprint(‸b)", "Element", []string{"What `js.document.querySelector()` gives", "may be null", "main thread"}},
		{"document.body.‸addEventListener('click', print)", "EventTarget.addEventListener()", []string{"again and again: a bare Python function is destroyed", "options", "main thread"}},
		{"js.‸setTimeout(print, 1)", "setTimeout()", []string{"Calls its callback once, later"}},
		{"await ‸fetch('/x')", "fetch()", []string{"a promise of `Response`", "options"}},
		{"js.Array.new(1).‸map(print)", "Array.map()", []string{"Gives `Array`", "before it returns"}},
		{"js.‸Map.new()", "Map", []string{"`Map.new(…)`"}},
		{"def f(event): pass\np = ‸create_proxy(f)", "", nil},
		{"def f(event): pass\np = create_proxy(f)\n‸p.destroy()", "a proxy of `f`", []string{"Made on line 5", "Destroyed on line 6"}},
		{"def f(event): pass\np = create_proxy(f)\n‸p", "a proxy of `f`", []string{"Made on line 5", "Nothing here destroys it"}},
		{"p = create_once_callable(print)\n‸p", "a proxy of `print`", []string{"Made on line 4", "called once"}},
		{"def ‸f(event): pass\ndocument.onclick = create_proxy(f)", "`f`, which JavaScript calls", []string{"`onclick` on line 5", "Runs on the main thread"}},
		{"def ‸f(event): pass", "", nil},
		{"x = 1\n‸x", "", nil},
		{"js.‸unheardOf(1)", "", nil},
		{"class A:\n    querySelector = 1\nA().‸querySelector", "", nil},
		{"'‸document'", "", nil},
	} {
		text := head + test.text
		at := strings.Index(text, "‸")
		f := open(t, strings.Replace(text, "‸", "", 1))
		about, ok := analysis.AboutAt(f, analysis.View{}, at)
		if ok != (test.title != "") || ok && !strings.HasSuffix(about.Title, test.title) {
			t.Errorf("%s is %q, want %q", test.text, about.Title, test.title)
			continue
		}
		if len(about.Facts) != len(test.facts) {
			t.Errorf("%s: %q", test.text, about.Facts)
			continue
		}
		for i, want := range test.facts {
			if !strings.Contains(about.Facts[i], want) {
				t.Errorf("%s: %q lacks %q", test.text, about.Facts[i], want)
			}
		}
	}
}

func TestAboutNull(t *testing.T) {
	text := "from js import document\ndocument.activeElement\n"
	for versions, want := range map[pyodide.Versions]string{
		pyodide.Only(pyodide.V027): "which is `None`.", pyodide.Only(pyodide.V314): "`pyodide.ffi.jsnull`, and not `None`.",
	} {
		about, ok := analysis.AboutAt(open(t, text), analysis.View{Versions: versions}, strings.Index(text, "activeElement"))
		if !ok || len(about.Facts) < 2 || !strings.Contains(about.Facts[1], want) || about.Link == "" {
			t.Errorf("on %s: %+v", versions, about)
		}
	}
}
