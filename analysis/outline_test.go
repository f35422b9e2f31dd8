package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

const outlined = `from js import document, Worker
from pyodide.ffi import create_proxy

worker = Worker.new("workers/tide.mjs")


def helper():
    return 1


class Row:
    def click(self, event):
        print(event)


document.body.addEventListener("click", create_proxy(Row().click))
`

func TestOutline(t *testing.T) {
	tell := func(f *analysis.File) string {
		var b strings.Builder
		var say func(parts []analysis.Part, indent string)
		say = func(parts []analysis.Part, indent string) {
			for _, p := range parts {
				head, _, _ := strings.Cut(f.Source.Slice(p.Head), "\n")
				fmt.Fprintf(&b, "%s%s (%s) at %s\n", indent, p.Name, p.Detail, head)
				if p.Head.Start < p.Span.Start || p.Head.End > p.Span.End {
					t.Errorf("%s has its head elsewhere", p.Name)
				}
				say(p.Below, indent+"  ")
			}
		}
		say(analysis.Outline(f, analysis.View{}), "")
		return b.String()
	}
	const own = "workers/tide.mjs (worker) at Worker.new(\"workers/tide.mjs\")\nclick (called by addEventListener) at click\n"
	if got := tell(open(t, outlined)); got != own {
		t.Errorf("of a file of its own:\n%s", got)
	}
	page, err := analysis.Open(source.New("a.html", "<p>x</p>\n<script type=\"py\">\n"+outlined+"</script>\n"), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	const in = `Python, line 3 (main thread) at from js import document, Worker
  workers/tide.mjs (worker) at Worker.new("workers/tide.mjs")
  helper () at helper
  Row () at Row
  click (called by addEventListener) at click
`
	if got := tell(page); got != in {
		t.Errorf("of a page:\n%s", got)
	}
}

func TestLinks(t *testing.T) {
	for name, test := range map[string][2]string{
		"app/a.py":   {outlined, "workers/tide.mjs app/workers/tide.mjs"},
		"app/a.html": {`<script type="py" src="../main.py"></script><script src="https://x.org/a.js"></script><script type="module" src="b.mjs"></script>`, "../main.py main.py, b.mjs app/b.mjs"},
		"app/a.mjs":  {"new Worker('./w.mjs'); fetch(`x.py`)", "./w.mjs app/w.mjs, x.py app/x.py"},
	} {
		f, err := analysis.Open(source.New(name, test[0]), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range analysis.Links(f) {
			got = append(got, strings.Trim(f.Source.Slice(l.Span), "'`")+" "+l.Path)
		}
		if all := strings.Join(got, ", "); all != test[1] {
			t.Errorf("%s: %s", name, all)
		}
	}
}
