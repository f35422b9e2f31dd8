package analysis_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/syntax"
)

// slowly is a rule that finds calls of slow, which could go on in a worker.
func slowly() *analysis.Rule {
	r := calls("slow", func(p *analysis.Pass, call syntax.Node) { p.Report(call, 0, analysis.Finding{Message: "slow"}) })
	r.Movable = true
	return r
}

func TestToWorker(t *testing.T) {
	const head = "import math\nfrom elsewhere import slow\nfrom js import document\n\nLEVELS = [1, 2]\ncache = make()\nseen = {}\n\n"
	for _, test := range []struct {
		name, text string
		want       *analysis.Moving
	}{
		{"a function of the module", head + `def scaled(x):
    return math.pi * x * LEVELS[0]


def predict(day):
    """Say how high it will be."""
    slow(day)
    if day:
        predict(day - 1)
    return scaled(day)


async def on_click(event):
    print(predict(
        3))
`, &analysis.Moving{
			Function: "predict", Line: 13, Imports: []string{"from elsewhere import slow", "import math"},
			Code: []string{
				"LEVELS = [1, 2]", "def scaled(x):\n    return math.pi * x * LEVELS[0]",
				"def predict(day):\n    \"\"\"Say how high it will be.\"\"\"\n    slow(day)\n    if day:\n        predict(day - 1)\n    return scaled(day)",
			},
			Calls: []analysis.Moved{{"predict( 3)", 22}},
		}},
		{"one that uses the page, and what code makes", head + "def show():\n    slow()\n    document.title.upper()\n    cache.get(1)\n    seen[1] = 2\n", &analysis.Moving{
			Function: "show", Line: 9, Imports: []string{"from elsewhere import slow", "from js import document"},
			Code: []string{"def show():\n    slow()\n    document.title.upper()\n    cache.get(1)\n    seen[1] = 2"},
			Page: []analysis.Moved{{"document.title.upper", 11}}, State: []analysis.Moved{{"cache", 6}, {"seen", 7}},
		}},
		{"a handler", head + "def on_click(event):\n    slow()\n", nil},
		{"a method", head + "class A:\n    def go(self):\n        slow()\n", nil},
		{"the top level", head + "slow()\n", nil},
		{"a generator", head + "def all():\n    yield slow()\n", nil},
		{"a function that something wraps", head + "@wrapped\ndef f():\n    slow()\n", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := open(t, test.text)
			findings := analysis.Check(context.Background(), f, analysis.View{}, []*analysis.Rule{slowly()}, analysis.Options{})
			if len(findings) != 1 {
				t.Fatalf("%d findings", len(findings))
			}
			got, ok := analysis.ToWorker(f, findings[0])
			switch {
			case ok != (test.want != nil):
				t.Fatalf("it can move: %v, %+v", ok, got)
			case ok && !reflect.DeepEqual(got, *test.want):
				t.Errorf("%#v", got)
			}
		})
	}
	f := open(t, strings.ReplaceAll("from elsewhere import slow\ndef f():\n    slow()\n", "\t", ""))
	rule := slowly()
	rule.Movable = false
	if _, ok := analysis.ToWorker(f, analysis.Check(context.Background(), f, analysis.View{}, []*analysis.Rule{rule}, analysis.Options{})[0]); ok {
		t.Error("what a worker does not help moves")
	}
}
