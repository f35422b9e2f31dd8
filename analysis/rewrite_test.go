package analysis_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

func TestMadeAsync(t *testing.T) {
	const head = "from js import document, setTimeout\nfrom pyodide.ffi import create_proxy\nbutton = document.querySelector('#b')\n"
	for _, test := range []struct {
		name, text string
		can        bool
	}{
		{"a handler", "def f(event):\n    print(event)\nbutton.addEventListener('click', create_proxy(f))\n", true},
		{"a handler that ends early", "def f(event):\n    if not event:\n        return\n    print(1)\nbutton.onclick = create_proxy(f)\n", true},
		{"a method", "class A:\n    def f(self, event):\n        print(event)\na = A()\nbutton.addEventListener('click', create_proxy(a.f))\n", true},
		{"one with a function in it that returns", "def f(event):\n    def g():\n        return 1\n    print(g())\nbutton.onclick = create_proxy(f)\n", true},
		{"one that is async", "async def f(event):\n    print(event)\nbutton.addEventListener('click', create_proxy(f))\n", false},
		{"a function that nobody calls", "def f(event):\n    print(event)\n", false},
		{"one that is called as well", "def f(event):\n    print(event)\nf(None)\nbutton.addEventListener('click', create_proxy(f))\n", false},
		{"a method that is called as well", "class A:\n    def f(self, event):\n        print(event)\na = A()\na.f(1)\nbutton.onclick = create_proxy(a.f)\n", false},
		{"one that gives something", "def f(event):\n    return 1\nbutton.addEventListener('click', create_proxy(f))\n", false},
		{"one that has something to say to the event", "def f(event):\n    event.preventDefault()\nbutton.addEventListener('submit', create_proxy(f))\n", false},
		{"a generator", "def f(event):\n    yield 1\nbutton.addEventListener('click', create_proxy(f))\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := head + test.text
			f := open(t, text)
			at := strings.Index(text, "f(")
			name, edits, ok := analysis.MadeAsync(f, analysis.View{}, source.Span{Start: at, End: at})
			if ok != test.can {
				t.Fatalf("it can be made async: %v", ok)
			}
			if !ok {
				return
			}
			got, err := source.Apply(text, edits)
			if want := strings.Replace(text, "def f(", "async def f(", 1); err != nil || got != want || name != "f" {
				t.Errorf("%s, %v:\n%s", name, err, got)
			}
		})
	}
	text := head + "def f(event):\n    print(event)\nbutton.addEventListener('click', create_proxy(f))\n"
	at := strings.Index(text, "print")
	if _, _, ok := analysis.MadeAsync(open(t, text), analysis.View{}, source.Span{Start: at, End: at}); ok {
		t.Error("it is offered in the middle of the function")
	}
}
