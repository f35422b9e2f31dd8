package analysis_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/rules"
)

func at(line int) *analysis.Site { return &analysis.Site{File: "app/main.py", Line: line} }

const destroyed = "Error: This borrowed proxy was automatically destroyed at the end of a function call. Try using create_proxy."

// What a browser observed confirms a finding where it is of its line and of what its rule says, and nowhere else.
func TestMeasured(t *testing.T) {
	const (
		bare  = "import js\ndef f():\n    pass\njs.setTimeout(f, 10)\n"
		sleep = "import js, time\nasync def f():\n    time.sleep(3)\n"
	)
	for name, test := range map[string]struct {
		text, rule string
		o          analysis.Observation
		want       string
	}{
		"a proxy that was destroyed": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: at(4)}, "called after it was destroyed"},
		"raised where Python called on": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Raised, Text: destroyed, At: at(2), Made: at(4)}, "called after it was destroyed"},
		"a proxy of another line": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, At: at(4), Made: at(2)}, ""},
		"nobody knows which proxy": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, At: at(4)}, ""},
		"a proxy of another file": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: &analysis.Site{File: "main.py", Line: 4}}, ""},
		"another error of the same proxy": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: "Error: Object has already been destroyed", Made: at(4)}, ""},
		"only printed": {bare, "bare-callback",
			analysis.Observation{Kind: analysis.Printed, Text: destroyed, At: at(4), Made: at(4)}, ""},
		"handed over on another line": {"import js\njs.setTimeout(\n    print,\n    10,\n)\n", "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: at(2)}, "called after it was destroyed"},
		"a method on a line of its own": {"import js\n(js.document\n    .addEventListener('x',\n        print))\n", "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: at(3)}, "called after it was destroyed"},
		"the object of that method": {"import js\n(js.document\n    .addEventListener('x',\n        print))\n", "bare-callback",
			analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: at(2)}, ""},

		"a sleep": {sleep, "block-main",
			analysis.Observation{Kind: analysis.Blocked, Text: "time.sleep", At: at(3), Milliseconds: 3011.6}, "blocked 3,012 ms"},
		"a sleep on another line": {sleep, "block-main",
			analysis.Observation{Kind: analysis.Blocked, Text: "time.sleep", At: at(2), Milliseconds: 3012}, ""},
		"something else that took its time": {sleep, "block-main",
			analysis.Observation{Kind: analysis.Blocked, Text: analysis.SynchronousRequest, At: at(3), Milliseconds: 3012}, ""},
		"nothing that is known": {sleep, "block-main", analysis.Observation{Kind: analysis.Blocked, At: at(3), Milliseconds: 3012}, ""},
		"an error where it sleeps": {sleep, "block-main",
			analysis.Observation{Kind: analysis.Raised, Text: "TypeError: time.sleep", At: at(3)}, ""},
		"a sleep that is handed on": {"import js, time\nprint(\n    time.sleep(1))\n", "block-main",
			analysis.Observation{Kind: analysis.Blocked, Text: "time.sleep", At: at(2), Milliseconds: 1000}, ""},
		"a request": {"from pyodide.http import open_url\nopen_url('/x')\n", "sync-http-main",
			analysis.Observation{Kind: analysis.Blocked, Text: analysis.SynchronousRequest, At: at(2), Milliseconds: 70}, "blocked 70 ms"},

		"a proxy that stays": {leak, "listener-leak",
			analysis.Observation{Kind: analysis.Live, At: at(5), Count: 1}, "1 proxy is still there"},
		"proxies that stay": {leak, "listener-leak",
			analysis.Observation{Kind: analysis.Live, At: at(5), Count: 1203}, "1,203 proxies are still there"},
		"proxies that grow": {leak, "listener-leak",
			analysis.Observation{Kind: analysis.Grown, At: at(5), Count: 2}, "each event leaves 2 more"},
		"none that stays": {leak, "listener-leak", analysis.Observation{Kind: analysis.Live, At: at(5)}, ""},

		"a page that is not there": {"import js\njs.document.title\n", "worker-dom",
			analysis.Observation{Kind: analysis.Raised, Text: "AttributeError: document", At: at(2)}, "AttributeError: document"},
		"something else that is not there": {"import js\njs.document.title\n", "worker-dom",
			analysis.Observation{Kind: analysis.Raised, Text: "AttributeError: title", At: at(2)}, ""},
		"an import over lines": {"from js import (\n    console,\n    document,\n)\n", "worker-dom",
			analysis.Observation{Kind: analysis.Uncaught, Text: "ImportError: cannot import name 'document' from 'js' (unknown location)\nmore", At: at(1)},
			"ImportError: cannot import name 'document' from 'js' (unknown location)"},
		"a rule that shows in no way of its own": {"import js\nsetTimeout = 1  # pyodide-ls: ignore[bare-callback]\n", "unused-ignore",
			analysis.Observation{Kind: analysis.Raised, Text: "ValueError", At: at(2)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			words, ok := claim(t, test.text, test.rule).Measured(test.o)
			if words != test.want || ok != (words != "") {
				t.Errorf("it says %q, want %q", words, test.want)
			}
		})
	}
}

const leak = "import js\nfrom pyodide.ffi import create_proxy\ndef watch(f):\n    for b in js.document.querySelectorAll('b'):\n        b.addEventListener('click', create_proxy(f))\n"

// claim is that of the one finding of a rule, in code that runs where the rule speaks.
func claim(t *testing.T, text, rule string) analysis.Claim {
	t.Helper()
	where := pyodide.Main
	if rule == "worker-dom" {
		where = pyodide.Worker
	}
	f, err := analysis.Open(source.New("app/main.py", text), analysis.Setting{Realm: where})
	if err != nil {
		t.Fatal(err)
	}
	var found []analysis.Finding
	for _, x := range analysis.Check(t.Context(), f, analysis.View{}, rules.All, analysis.Options{}) {
		if x.Rule.Name == rule {
			found = append(found, x)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d findings of %s, want one", len(found), rule)
	}
	return f.Claim(found[0])
}

// Calls that stand over lines are claimed on the lines that a browser names.
func TestClaimedLines(t *testing.T) {
	const text = `import time
import js
from js import document

(js.document
    .addEventListener("x",
        lambda event: 1))
(document
    .addEventListener("x",
        lambda event: 1))
(js.document
    .addEventListener("x",
        lambda event: 1, **{}))


def inside():
    (document
        .addEventListener("x",
            lambda event: 1))
    body = document.body
    (body
        .addEventListener("x",
            lambda event: 1, once=True))
    from js import document as doc
    (doc
        .addEventListener("x",
            lambda event: 1))
    (time
        .sleep(0.3))
`
	observed := []analysis.Observation{{Kind: analysis.Blocked, Text: "time.sleep", At: at(28)}}
	for _, line := range []int{6, 8, 11, 17, 22, 26} {
		observed = append(observed, analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: at(line)})
	}
	f, err := analysis.Open(source.New("app/main.py", text), analysis.Setting{Realm: pyodide.Main})
	if err != nil {
		t.Fatal(err)
	}
	found := analysis.Check(t.Context(), f, analysis.View{}, rules.All, analysis.Options{})
	if len(found) != len(observed) {
		t.Fatalf("%d findings: %s", len(found), messages(found))
	}
	for _, x := range found {
		n := 0
		for _, o := range observed {
			if _, ok := f.Claim(x).Measured(o); ok {
				n++
			}
		}
		if n != 1 {
			t.Errorf("line %d is confirmed by %d observations, want one", 1+f.Source.LineOf(x.Span.Start), n)
		}
	}
}

// Python in a page is claimed on the lines of the page.
func TestMeasuredInPage(t *testing.T) {
	f, err := analysis.Open(source.New("index.html", "<p>\n<script type=\"py\">\n  import js\n  js.setTimeout(print, 1)\n</script>\n"), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	found := analysis.Check(t.Context(), f, analysis.View{}, rules.All, analysis.Options{})
	if len(found) != 1 {
		t.Fatalf("findings: %s", messages(found))
	}
	o := analysis.Observation{Kind: analysis.Uncaught, Text: destroyed, Made: &analysis.Site{File: "index.html", Line: 4}}
	if _, ok := f.Claim(found[0]).Measured(o); !ok {
		t.Errorf("not confirmed by %v", o.Made)
	}
}
