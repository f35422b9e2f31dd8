package proof_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/preview/proof"
)

// The releases that the tests name, of two lines.
var (
	two      = pyodide.Only(pyodide.V027, pyodide.V314)
	releases = map[pyodide.Version]string{pyodide.V027: "0.27.7", pyodide.V314: "314.0.7"}
)

// ruleOf is a rule that speaks of each call of wrong, with a page of some fences and claims. On a Pyodide that it does
// not know of it says nothing.
func ruleOf(knows pyodide.Versions, fences, claims string) *analysis.Rule {
	doc := "# wrong-call: a call that is wrong\n\nProse.\n\n" + fences + "\n```proof\n" + claims + "```\n"
	return &analysis.Rule{Name: "wrong-call", Doc: doc, Severity: analysis.Error, Check: func(p *analysis.Pass) {
		for call := range p.Unit.Tree.Of(syntax.Call) {
			if strings.HasPrefix(call.Text(), "wrong(") && p.View.Versions&knows != 0 {
				p.Report(call, 0, analysis.Finding{Message: "this is wrong"})
			}
		}
	}}
}

func fence(info, code string) string { return "```" + info + "\n" + code + "\n```\n\n" }

// script answers as a browser would: what each line of an example shows, on each version.
type script struct {
	shows  map[string]analysis.Observation // by line, or by version and line: "0.27 wrong()"
	fails  int                             // how often it fails first
	forgot int
}

var errScript = errors.New("the page is gone")

func (s *script) Run(_ context.Context, f *analysis.Fence, m proof.Mode) (all []analysis.Observation, err error) {
	if s.fails > 0 {
		s.fails--
		return nil, errScript
	}
	for line := range strings.Lines(f.Code) {
		line = strings.TrimSpace(line)
		for _, key := range []string{line, fmt.Sprint(m.Version, " ", line)} {
			if o, ok := s.shows[key]; ok {
				all = append(all, o)
			}
		}
	}
	return all, nil
}

func (s *script) Forget() { s.forgot++ }

// prove proves the examples of a rule in a browser, each once in each of its modes.
func prove(t *testing.T, rule *analysis.Rule, b proof.Browser) (examples []*proof.Example, results []proof.Result) {
	t.Helper()
	rules := []*analysis.Rule{rule}
	examples, err := proof.Examples(rules, two)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range examples {
		for _, m := range e.Modes() {
			results = append(results, e.Prove(t.Context(), b, rules, m))
		}
	}
	return examples, results
}

// wrongs are what is not as a page says, as make proofs tells it.
func wrongs(examples []*proof.Example, results []proof.Result) (all []string) {
	for _, r := range results {
		if r.Problem != "" {
			all = append(all, fmt.Sprintf("%s, %s: %s", r.Example, r.Mode, r.Problem))
		}
	}
	for _, claim := range proof.Unheld(examples, results) {
		all = append(all, "no example shows: "+claim)
	}
	return all
}
