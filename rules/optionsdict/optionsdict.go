// Package optionsdict finds Python dicts of which JavaScript does not see the keys where it wants an object with options.
package optionsdict

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

//go:embed options-dict.md
var doc string

// Rule is options-dict.
var Rule = &analysis.Rule{
	Name: "options-dict", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	if p.View.AutoProxies || p.PerhapsMicroPython() {
		return // nobody has measured what becomes of a dict there
	}
	s := &sight{p.Unit.Flow, p.Versions()}
	for _, c := range p.Unit.Flow.Calls() {
		for _, g := range p.OptionsOf(c) {
			if p.Unit.Flow.Place(c.Node) == flow.OnHost || p.Unit.Flow.Expects(c.Node, "TypeError", "JsException") {
				continue
			}
			if g.Value.OK() {
				argument(p, s, c, g)
			}
			for _, k := range g.Keywords {
				keyword(p, s, c, g, k)
			}
		}
	}
}

// argument reports what is handed over as options.
func argument(p *analysis.Pass, s *sight, c flow.Call, g analysis.GivenOptions) {
	call, converted := p.Unit.Flow.Converted(g.Value)
	if converted.OK() && !g.Record {
		if t, ok := s.converted(converted, g.Options); ok {
			report(p, c, g, g.Value, t, shaped(p, call))
		}
		return
	}
	if t, ok := s.bare(g.Value, g.Options, g.Record); ok {
		report(p, c, g, g.Value, t, fixes(p, c, g)...)
	}
}

// keyword reports a member of options that are handed over as keywords.
func keyword(p *analysis.Pass, s *sight, c flow.Call, g analysis.GivenOptions, k flow.Item) {
	inner, record, ok := within(g.Options, k.Key)
	if !ok {
		return
	}
	if call, converted := p.Unit.Flow.Converted(k.Value); converted.OK() {
		if t, ok := s.converted(converted, inner); ok && !record {
			report(p, c, g, k.Value, t, shaped(p, call))
		}
		return
	}
	if t, ok := s.bare(k.Value, inner, record); ok {
		report(p, c, g, k.Value, t, wrapped(p, k.Value))
	}
}

func report(p *analysis.Pass, c flow.Call, g analysis.GivenOptions, at syntax.Node, t trouble, fixes ...analysis.Fix) {
	finding := analysis.Finding{
		Message: t.message(analysis.CallName(c), p.Versions()), Versions: t.versions, Fixes: fixes,
		Cause: analysis.Cause{Span: at.Span(), Kind: "options"},
	}
	for i := range fixes {
		if g.Lower > 0 {
			fixes[i].Applicability = analysis.Unsafe // the method may be one of Python's
		}
	}
	lower := g.Lower
	if p.View.Versions == 0 && t.versions.And(pyodide.AllVersions.Newest()) == 0 {
		lower++ // nothing says that a version is targeted of which this is true
	}
	if t.at.OK() && !at.Holds(t.at) {
		finding.Related = []analysis.Related{{Span: t.at.Span(), Message: "the dict"}}
	}
	p.Report(at, lower, finding)
}

// message says what goes wrong; the versions are those that are targeted.
func (t trouble) message(function string, targeted pyodide.Versions) string {
	until := func(v pyodide.Version) string {
		if targeted.Within(pyodide.Before(v)) {
			return ""
		}
		return fmt.Sprintf(" before Pyodide %s", v)
	}
	switch t.why {
	case hidden:
		return fmt.Sprintf("%s does not get %s: JavaScript sees a proxy of this dict, which has a %s of its own", function, t.key, t.key)
	case ofMap:
		return fmt.Sprintf("%s does not get %s: to_js makes a Map of this dict%s, which has a %s of its own", function, t.key, until(pyodide.V029), t.key)
	case record:
		return fmt.Sprintf("%s fails on this dict: JavaScript sees a proxy, and goes through the members of objects only", function)
	}
	return fmt.Sprintf("%s ignores this dict: JavaScript sees a proxy without its keys%s", function, until(pyodide.V028))
}
