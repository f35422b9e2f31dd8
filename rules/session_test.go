package rules_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/rules"
)

// edits are what somebody types, or leaves behind half-typed.
var edits = []string{
	"(", ")", "\"", "'''", "\n", "    ", ":", ".", "=", "#", "é", "x", "js.", "self.", "await ", "async ", "return\n", "def f(a):\n    return a\n",
	"class A:\n    pass\n", "if js:\n", "else:\n", "try:\n", "except ImportError:\n", "import js\n", "from js import document, setTimeout\n",
	"from pyodide.ffi import create_proxy\n", "setTimeout(lambda: None, 10)\n", "proxy = create_proxy(print)\n", "proxy.destroy()\n",
	"document.addEventListener('click', f)\n", "del x\n", "global x\n", "lambda: ", "while True:\n    pass\n",
}

// module is a text that holds the bad examples of every so many rules, so that most of what rules ask is asked of it.
func module(first, step int) string {
	var b strings.Builder
	for i := first; i < len(rules.All); i += step {
		for _, fence := range analysis.ParsePage(rules.All[i].Doc).Fences {
			if fence.Role == "bad" && strings.HasSuffix(fence.File, ".py") {
				b.WriteString(fence.Code + "\n")
				break
			}
		}
	}
	return b.String()
}

// What is found in a document that is being edited, with what was kept of the text before and by several rules at a
// time, is what is found in the same text when nothing of it was seen before, by one rule after the other.
func TestEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	steps := 120
	if testing.Short() {
		steps = 30
	}
	for first := range 4 {
		t.Run(fmt.Sprint(first), func(t *testing.T) {
			var session analysis.Session
			defer session.Close()
			whole := module(first, 4)
			text := whole
			for step := range steps {
				if step%15 == 14 {
					text = whole
				}
				at := random.IntN(len(text) + 1)
				if random.IntN(3) == 0 {
					text = text[:at] + text[min(len(text), at+1+random.IntN(40)):]
				} else {
					text = text[:at] + edits[random.IntN(len(edits))] + text[at:]
				}
				sameFindings(t, &session, strings.ToValidUTF8(text, ""))
				if t.Failed() {
					t.Fatalf("after step %d:\n%s", step, text)
				}
			}
		})
	}
}

func sameFindings(t *testing.T, session *analysis.Session, text string) {
	t.Helper()
	kept, err := session.Open(source.New("main.py", text), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := analysis.Open(source.New("main.py", text), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	got := analysis.Check(t.Context(), kept, analysis.View{}, rules.All, analysis.Options{Workers: 4})
	want := analysis.Check(t.Context(), fresh, analysis.View{}, rules.All, analysis.Options{})
	if len(got) != len(want) {
		t.Errorf("%d findings, of the same text %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s at %v: %s\nof the same text %s at %v: %s", got[i].Rule.Name, got[i].Span, got[i].Message, want[i].Rule.Name, want[i].Span, want[i].Message)
		}
	}
	if !reflect.DeepEqual(kept.Python(), fresh.Python()) {
		t.Error("what the text says of where it runs, and what its functions do, differs")
	}
}
