package analysis_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// The statement of a node is asked of whatever a rule has in hand: the file's root, which has nothing around
// it, is an answer too.
func TestStatementAround(t *testing.T) {
	f, err := analysis.Open(source.New("page.py", "if x:\n    f(g(1))\nif y: h(2)\n"), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	type answer struct {
		text, indent string
		whole        bool
	}
	got := map[string]answer{}
	rule := &analysis.Rule{Name: "any", Group: analysis.Proxy, Severity: analysis.Error, Check: func(p *analysis.Pass) {
		root := p.Unit.Tree.Root()
		if s, _, _ := p.Statement(root); s != root {
			t.Errorf("the root's statement is %q", s.Text())
		}
		for n := range root.Within() {
			if n.Kind() == syntax.Integer {
				s, indent, whole := p.Statement(n)
				got[n.Text()] = answer{s.Text(), indent, whole}
			}
		}
	}}
	analysis.Check(t.Context(), f, analysis.View{}, []*analysis.Rule{rule}, analysis.Options{})
	for number, want := range map[string]answer{
		"1": {"f(g(1))", "    ", true},
		"2": {"h(2)", "if y: ", false},
	} {
		if got[number] != want {
			t.Errorf("around %s: %+v, want %+v", number, got[number], want)
		}
	}
}
