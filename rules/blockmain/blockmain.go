// Package blockmain finds calls that freeze the page.
package blockmain

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed block-main.md
var doc string

// Rule is block-main.
var Rule = &analysis.Rule{
	Name: "block-main", Group: analysis.MainThread, Severity: analysis.Warning, Realms: pyodide.Main,
	Doc: doc, Evidence: analysis.HeldUp(blocks), Check: check,
}

func blocks(call string) bool {
	_, ok := pyodide.Blockers[call]
	return ok
}

func check(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		call, name := c.Node, c.Name
		blocker, ok := pyodide.Blockers[name]
		if !ok || !p.OnlyInPyodide(call) || brief(p, call, blocker) {
			continue
		}
		freeze, ok := p.Freezes(call, blocker.Suspends)
		if !ok {
			continue
		}
		p.Report(call, 0, analysis.Finding{
			Message:  freeze.Message(name, "it is over"),
			Versions: freeze.Versions,
			Fixes:    fixes(p, call, blocker),
			Cause:    analysis.Cause{Span: call.Span(), Kind: "blocking call"},
		})
	}
}

// brief says whether a constant says that the call is over before anyone can notice, and is not repeated.
func brief(p *analysis.Pass, call syntax.Node, blocker pyodide.Blocker) bool {
	i := 0
	for a := range call.Child(syntax.FieldArguments).Children() {
		if i == blocker.Argument {
			seconds, err := strconv.ParseFloat(a.Text(), 64)
			return err == nil && (seconds == 0 || seconds < pyodide.LongTask && !p.Unit.Flow.Repeats(call))
		}
		i++
	}
	return true // no argument: a TypeError, and none of our business
}

func fixes(p *analysis.Pass, call syntax.Node, blocker pyodide.Blocker) []analysis.Fix {
	awaiting, ok := p.Await(call)
	if !ok || blocker.Async[0] == "" {
		return nil
	}
	module, edits := p.UseModule(call, blocker.Async[0])
	name := module + "." + blocker.Async[1]
	edits = append(edits, source.Edit{
		Span: source.Span{Start: call.Span().Start, End: call.Child(syntax.FieldFunction).Span().End}, New: "await " + name,
	})
	title := fmt.Sprintf("Await %s instead", strings.Join(blocker.Async[:], "."))
	if awaiting.MakesAsync {
		title = fmt.Sprintf("Make the function async and await %s", strings.Join(blocker.Async[:], "."))
	}
	return []analysis.Fix{{Title: title, Applicability: awaiting.Applicability, Edits: append(edits, awaiting.Edits...)}}
}
