// Package containermethod finds Python objects that JavaScript stores as proxies which are destroyed when the call returns.
package containermethod

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed container-method.md
var doc string

// Rule is container-method.
var Rule = &analysis.Rule{
	Name: "container-method", Group: analysis.Proxy, Severity: analysis.Error, Doc: doc,
	Evidence: analysis.CalledWhenGone, Check: check,
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return
	}
	for _, c := range p.Unit.Flow.Calls() {
		if c.Path == "" && c.Method == "" || p.Unit.Flow.Place(c.Node) == flow.OnHost {
			continue
		}
		all, lower := p.Callbacks(c)
		for _, g := range p.GivenTo(c.Node, all) {
			if said, ok := message(g); ok {
				p.Report(g.Value, lower, analysis.Finding{
					Message: said, Fixes: fixes(p, c, g), Cause: analysis.Cause{Span: g.Value.Span(), Kind: "stored"},
				})
			}
		}
	}
}

// message says what goes wrong; ok is false for what is kept in no container, of which other rules speak.
func message(g analysis.Given) (said string, ok bool) {
	name := g.Callback.Name()
	switch {
	case g.Callback.Does == pyodide.Stores && g.Callback.Constructs():
		return fmt.Sprintf("the %s stores a proxy of this %s that is destroyed when it is made, so nobody can use what is stored",
			strings.TrimSuffix(name, ".new"), g.Kind), true
	case g.Callback.Does == pyodide.Stores:
		return fmt.Sprintf("%s stores a proxy of this %s that is destroyed when it returns, so nobody can use what is stored", name, g.Kind), true
	case g.Named && g.Callback.Keeps() && !g.Callback.Constructs() && g.Kind == "function":
		return fmt.Sprintf("this callback is destroyed when %s returns, so it is gone %s", name, g.Callback.When), true
	}
	return "", false
}

// fixes are Python's own way to store, of which Pyodide keeps the proxy, and a proxy that somebody owns or a copy.
func fixes(p *analysis.Pass, c flow.Call, g analysis.Given) []analysis.Fix {
	other := p.Owned(c.Node, g.Value)
	if g.Kind == "dict" { // of which create_proxy makes what Python itself cannot read any more
		other = converted(p, c, g)
	}
	if fix, ok := pythonic(c); ok {
		return []analysis.Fix{fix, other}
	}
	return []analysis.Fix{other}
}

// converted gives JavaScript an object of its own.
func converted(p *analysis.Pass, c flow.Call, g analysis.Given) analysis.Fix {
	convert, edits := p.Use(c.Node, "pyodide.ffi", "to_js")
	js, more := p.UseModule(c.Node, "js")
	return analysis.Fix{
		Title: "Convert it with to_js", Applicability: analysis.Unsafe,
		Edits: append(append(edits, more...), source.Edit{
			Span: g.Value.Span(), New: fmt.Sprintf("%s(%s, dict_converter=%s.Object.fromEntries)", convert, g.Value.Text(), js),
		}),
	}
}

// pythonic writes a call whose result nobody asks for as Python does it.
func pythonic(c flow.Call) (analysis.Fix, bool) {
	form, ok := pyodide.Pythonic[c.Method]
	var arguments []string
	for a := range c.Node.Child(syntax.FieldArguments).Children() {
		switch a.Kind() {
		case syntax.KeywordArgument, syntax.ListSplat, syntax.Comment:
			return analysis.Fix{}, false
		}
		arguments = append(arguments, a.Text())
	}
	if !ok || len(arguments) != form.Arguments || c.Node.Parent().Kind() != syntax.ExpressionStatement {
		return analysis.Fix{}, false
	}
	text := strings.NewReplacer("OBJECT", c.Object().Text(), "FIRST", arguments[0], "LAST", arguments[len(arguments)-1]).Replace(form.Form)
	return analysis.Fix{
		Title: form.Title,
		Edits: []source.Edit{{Span: c.Node.Span(), New: text}},
	}, true
}
