// Package refcycle finds objects that hold the proxy of a callback that holds them: no collector frees the two.
package refcycle

import (
	_ "embed"
	"fmt"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/syntax"
)

//go:embed ref-cycle.md
var doc string

// Rule is ref-cycle.
var Rule = &analysis.Rule{
	Name: "ref-cycle", Group: analysis.Proxy, Severity: analysis.Warning, Doc: doc,
	Yields: []string{"remove-listener", "early-destroy"}, Evidence: analysis.StillThere, Check: check,
}

func check(p *analysis.Pass) {
	owners := p.Owners()
	left := map[int]bool{}
	for _, x := range p.LeftBehind() {
		left[x.Value.ID()] = true
		if !x.Cycle || x.Runs == flow.Once {
			continue
		}
		report(p, x.Value, x.Runs, 0, analysis.Finding{
			Message: fmt.Sprintf("nothing keeps this proxy, and %s and its callback hold each other, so each %s leaves both in memory for good", x.Target().Text(), p.EachTime(x)),
			Fixes:   fixes(owners, x),
		})
	}
	for _, made := range p.Proxies() {
		if !left[made.Value.ID()] && !made.Once && !made.Held {
			kept(p, made)
		}
	}
}

func report(p *analysis.Pass, value syntax.Node, runs flow.Runs, lower int, f analysis.Finding) {
	if runs == flow.Perhaps {
		lower++
	}
	f.Cause = analysis.Cause{Span: value.Span(), Kind: "proxy"}
	p.Report(value, lower, f)
}

func fixes(owners *analysis.Owners, x analysis.Left) (all []analysis.Fix) {
	for _, owner := range []func(analysis.Left) (analysis.Fix, bool){owners.OfMethod, owners.OnInstance} {
		if fix, ok := owner(x); ok {
			all = append(all, fix)
		}
	}
	return all
}

// kept finds a proxy that an object keeps of its own method, and that nothing destroys.
func kept(p *analysis.Pass, made analysis.Proxied) {
	self, class := p.Self(made.Value)
	if self == nil || !p.Unit.Flow.Holds(made.Callable, self) || !p.Closed(class) {
		return
	}
	runs := p.Unit.Flow.Instances(class)
	attribute, adds, ok := owned(p, made)
	if !ok || runs == flow.Once || runs == flow.Uncalled {
		return // one object for the life of the page
	}
	lower, name := 0, attribute.Child(syntax.FieldAttribute).Text()
	if !strings.HasPrefix(name, "_") {
		lower = 1 // another file may destroy it
	}
	f := analysis.Finding{Message: fmt.Sprintf("%s and %s hold each other, and nothing destroys the proxy, so each new %s stays in memory for good",
		attribute.Text(), self.Text, class.Child(syntax.FieldName).Text())}
	if by, edits, risk, ok := p.Closing(class, attribute.Text(), adds); ok && made.Value.Parent().Kind() == syntax.Assignment {
		f.Fixes = []analysis.Fix{{Title: fmt.Sprintf("Have %s destroy it", by), Applicability: risk, Edits: edits}}
	}
	report(p, made.Value, runs, lower, f)
}

// owned is the attribute of self that keeps a proxy, and the calls that add it to something, if nothing can destroy it
// or let go of it.
func owned(p *analysis.Pass, made analysis.Proxied) (attribute syntax.Node, adds []syntax.Node, ok bool) {
	self, _ := p.Self(made.Value)
	for _, u := range p.Unit.Flow.Goes(made.Value) {
		c, _ := p.Unit.Flow.CallAt(u.At)
		_, _, adding := p.Keeper(u.At)
		switch u.Becomes {
		case flow.Attributed:
			if attribute.OK() && attribute != u.At || !p.OfSelf(u.At, self) {
				return attribute, nil, false
			}
			attribute = u.At
		case flow.Argument:
			if adding {
				adds = append(adds, u.At)
			} else if c.Path == "" {
				return attribute, nil, false
			}
		case flow.Contained, flow.Tested, flow.Asked, flow.Called, flow.Awaited, flow.Captured:
		default:
			return attribute, nil, false
		}
	}
	return attribute, adds, attribute.OK() && !p.LetGo(attribute, made.Value)
}
