// Package bannedcall finds calls that a project's settings ban.
package bannedcall

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/source"
)

//go:embed banned-call.md
var doc string

// Rule is banned-call.
var Rule = &analysis.Rule{
	Name: "banned-call", Group: analysis.Directive, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	added := p.Unit.Flow.Added()
	if !added.Bans() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		name := c.Name
		ban, ok := added.Banned(name)
		if !ok {
			name = c.Path
			ban, ok = added.Banned(name)
		}
		if !ok {
			continue
		}
		message := fmt.Sprintf("%s is banned here: %s", name, strings.TrimSuffix(ban.Message, "."))
		if ban.Message == "" {
			message = fmt.Sprintf("%s is banned by the settings of this project", name)
		}
		p.Report(c.Function, 0, analysis.Finding{Message: message, Fixes: replaced(p, c, ban.Replacement)})
	}
}

// replaced calls the replacement with the same arguments, of which nobody knows whether it takes them.
func replaced(p *analysis.Pass, c flow.Call, replacement string) []analysis.Fix {
	if replacement == "" {
		return nil
	}
	at := strings.LastIndexByte(replacement, '.')
	name, edits := replacement[at+1:], []source.Edit(nil)
	if module := replacement[:max(at, 0)]; module != "builtins" {
		name, edits = p.Use(c.Node, module, name)
	} else if !p.Free(c.Node, name) {
		return nil
	}
	return []analysis.Fix{{
		Title: fmt.Sprintf("Call %s instead", replacement), Applicability: analysis.Unsafe,
		Edits: append(edits, source.Edit{Span: c.Function.Span(), New: name}),
	}}
}
