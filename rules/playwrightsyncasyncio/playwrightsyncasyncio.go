// Package playwrightsyncasyncio finds Playwright's synchronous interface where an event loop runs, or is to run after it.
package playwrightsyncasyncio

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed playwright-sync-asyncio.md
var doc string

// Rule is playwright-sync-asyncio.
var Rule = &analysis.Rule{
	Name: "playwright-sync-asyncio", Group: analysis.Testing, Severity: analysis.Error, Realms: pyodide.Host, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if !slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool {
		return i.Module == pyodide.SyncPlaywright || i.Module == "playwright"
	}) {
		return
	}
	starts(p)
	tests(p)
}

// starts reports what starts Playwright in an async function.
func starts(p *analysis.Pass) {
	for _, c := range p.Unit.Flow.Calls() {
		function := p.Unit.Scopes.Function(c.Node)
		if c.Name != pyodide.SyncStarter || function.Kind() != syntax.FunctionDefinition || !flow.Async(function) || p.Unit.Flow.Expects(c.Node, "Error") {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message: "sync_playwright cannot be started where an event loop runs, as it does in an async function",
			Related: []analysis.Related{{Span: function.Child(syntax.FieldName).Span(), Message: "the async function"}},
		})
	}
}

// tests reports async tests that share a session, or themselves, with synchronous Playwright.
func tests(p *analysis.Pass) {
	async := p.AsyncTests()
	var before flow.Test // that has started it
	var by syntax.Node
	told := false
	for _, test := range p.Unit.Flow.Tests() {
		parameter := started(p, test)
		switch {
		case !flow.Async(test.Node):
			if parameter.OK() {
				runners(p, test, parameter)
				if !before.Node.OK() && !p.OwnFixture(parameter.Text()) {
					before, by = test, parameter
				}
			}
		case !test.Marked && !async:
		case parameter.OK():
			p.Report(parameter, 0, analysis.Finding{
				Message: fmt.Sprintf("the fixture %s has synchronous Playwright run a loop, in which pytest-asyncio cannot run this async test", parameter.Text()),
			})
		case before.Node.OK() && !told:
			told = true // the others fail for the same reason
			p.Report(test.Node.Child(syntax.FieldName), 1, analysis.Finding{
				Message: fmt.Sprintf("%s starts synchronous Playwright, whose loop runs until the session ends, so no async test can run after it", before.Name()),
				Related: []analysis.Related{{Span: by.Span(), Message: "the fixture that starts it"}},
			})
		}
	}
}

// runners reports what runs a loop in a test in which Playwright's runs.
func runners(p *analysis.Pass, test flow.Test, parameter syntax.Node) {
	for _, c := range p.Unit.Flow.Calls() {
		if !pyodide.LoopRunners[c.Name] || p.Unit.Scopes.Function(c.Node) != test.Node || p.Unit.Flow.Catches(c.Node, "RuntimeError") || p.Unit.Flow.Expects(c.Node, "RuntimeError") {
			continue
		}
		p.Report(c.Node, 0, analysis.Finding{
			Message: fmt.Sprintf("%s cannot run here, for the fixture %s has synchronous Playwright run a loop", c.Name, parameter.Text()),
			Related: []analysis.Related{{Span: parameter.Span(), Message: "the fixture that starts it"}},
		})
	}
}

// started is the parameter by which a test has Playwright started, as the annotation says.
func started(p *analysis.Pass, test flow.Test) syntax.Node {
	for a := range test.Node.Child(syntax.FieldParameters).Children() {
		if a.Kind() != syntax.TypedParameter || !pyodide.SyncFixtures[a.First().Text()] {
			continue
		}
		if kind := p.Unit.Scopes.Canonical(a.Child(syntax.FieldType).First()); strings.HasPrefix(kind, pyodide.SyncPlaywright+".") {
			return a.First()
		}
	}
	return syntax.Node{}
}
