package lsp

import (
	"testing"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// A fix that is only for reading is no action; one that may change what the code does is, but not preferred.
func TestFixesThatAreOffered(t *testing.T) {
	fix := func(how analysis.Applicability) analysis.Fix {
		return analysis.Fix{Title: how.String(), Applicability: how, Edits: []source.Edit{{Span: source.Span{End: 1}, New: "y"}}}
	}
	for first, want := range map[analysis.Applicability]string{analysis.Safe: "safe", analysis.Unsafe: "", analysis.Shown: ""} {
		e := connect(t)
		e.server.Rules = []*analysis.Rule{{Name: "rule", Severity: analysis.Error, Check: func(p *analysis.Pass) {
			p.Report(p.Unit.Tree.Root(), 0, analysis.Finding{
				Message: "m", Fixes: []analysis.Fix{fix(first), fix(analysis.Unsafe), fix(analysis.Shown)},
			})
		}}}
		e.initialize(full)
		e.open("main.py", "python", "x")
		e.settle()
		offered, err := e.CodeAction(t.Context(), &protocol.CodeActionParams{
			TextDocument: protocol.TextDocumentIdentifier{URI: e.uri("main.py")},
			Context:      protocol.CodeActionContext{Only: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix}},
		})
		e.must(err)
		for _, o := range offered {
			a := o.(*protocol.CodeAction)
			if a.Title == "shown" {
				t.Errorf("a fix that is only for reading is offered")
			}
			if preferred := a.IsPreferred != nil && *a.IsPreferred; preferred != (a.Title == want) {
				t.Errorf("first fix %s: action %q is preferred: %v", first, a.Title, preferred)
			}
		}
		if len(offered) < 3 { // the unsafe one, and the two ways to ignore it
			t.Errorf("first fix %s: %d actions", first, len(offered))
		}
	}
}
