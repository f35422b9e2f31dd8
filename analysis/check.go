package analysis

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Options are what a run asks of Check.
type Options struct {
	// Severity is a rule's severity for this file, Off to leave it out; nil keeps each rule's own.
	Severity func(*Rule) Severity
	// Known are the names of all rules, which may be more than the ones that run; suppressions are held to
	// it. Nil means the rules that run.
	Known []string
}

// Pass is one rule at work on one file.
type Pass struct {
	File    *File
	Project Project
	rule    *Rule
	run     *run
}

type run struct {
	rules    []*Rule
	known    []string
	severity map[*Rule]Severity
	findings []Finding
	used     map[*ruleName]bool
}

// Check finds the mistakes in a file, sorted by place. A rule that panics is logged and left out; a
// cancelled context ends the run between two rules with what was found so far.
func Check(ctx context.Context, f *File, project Project, rules []*Rule, options Options) []Finding {
	r := &run{rules: rules, known: options.Known, severity: map[*Rule]Severity{}, used: map[*ruleName]bool{}}
	for _, rule := range rules {
		r.severity[rule] = rule.Severity
		if options.Severity != nil {
			r.severity[rule] = options.Severity(rule)
		}
		if options.Known == nil {
			r.known = append(r.known, rule.Name)
		}
	}
	r.pass(ctx, f, project, false)
	r.giveWay()
	r.suppress(f)
	suppressed := r.findings
	r.findings = nil
	r.pass(ctx, f, project, true)
	r.suppress(f)
	all := append(suppressed, r.findings...)
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Rule.Name, b.Rule.Name))
	})
	return all
}

func (r *run) pass(ctx context.Context, f *File, project Project, directives bool) {
	for _, rule := range r.rules {
		if rule.Directives != directives || r.severity[rule] == Off || !directives && !rule.speaksIn(f.Realm) {
			continue
		}
		if ctx.Err() != nil {
			return
		}
		before := len(r.findings)
		if !guarded(rule, f, func() { rule.Check(&Pass{f, project, rule, r}) }) {
			r.findings = r.findings[:before]
		}
	}
}

// guarded runs a rule and keeps its panic from the others.
func guarded(rule *Rule, f *File, check func()) (ok bool) {
	defer func() {
		if trouble := recover(); trouble != nil {
			slog.Error("rule failed", "rule", rule.Name, "file", f.Source.Path(), "panic", fmt.Sprint(trouble), "stack", string(debug.Stack()))
			ok = false
		}
	}()
	check()
	return true
}

// giveWay leaves one finding per cause where a rule says that it gives way to another.
func (r *run) giveWay() {
	spoken := map[Cause]map[string]bool{}
	for _, f := range r.findings {
		if spoken[f.Cause] == nil {
			spoken[f.Cause] = map[string]bool{}
		}
		spoken[f.Cause][f.Rule.Name] = true
	}
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		return slices.ContainsFunc(f.Rule.Yields, func(name string) bool { return spoken[f.Cause][name] })
	})
}

// suppress takes out what a directive ignores, and notes which names of directives were of use.
func (r *run) suppress(file *File) {
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		gone := false
		for _, d := range file.directives {
			for i := range d.names {
				if d.names[i].text == f.Rule.Name && d.covers.Overlaps(f.Span) {
					r.used[&d.names[i]] = true
					gone = true
				}
			}
		}
		return gone
	})
}

// Report adds a finding for a node, with the rule's severity less the given number of steps. It says
// nothing about code that the parser could not make sense of.
func (p *Pass) Report(at syntax.Node, lower int, f Finding) {
	if at.Broken() {
		return
	}
	f.Span = at.Span()
	p.ReportSpan(lower, f)
}

// ReportSpan is Report for a place that is no node; the finding brings its span.
func (p *Pass) ReportSpan(lower int, f Finding) {
	f.Rule = p.rule
	f.Realm = p.File.Realm
	f.Severity = Severity(max(int(Hint), int(p.run.severity[p.rule])-lower))
	if f.Cause == (Cause{}) {
		f.Cause = Cause{f.Span, p.rule.Name}
	}
	p.run.findings = append(p.run.findings, f)
}

// Fixed is the text after the first fix of each finding that is at most as risky as the limit, and how many
// were applied. Fixes that overlap an earlier one are left for another run.
func Fixed(text string, findings []Finding, limit Applicability) (string, int) {
	var edits []source.Edit
	applied := 0
	for _, f := range findings {
		if len(f.Fixes) == 0 || f.Fixes[0].Applicability > limit {
			continue
		}
		trial := append(slices.Clone(edits), f.Fixes[0].Edits...)
		if _, err := source.Apply(text, trial); err != nil || clash(edits, f.Fixes[0].Edits) {
			continue
		}
		edits = trial
		applied++
	}
	fixed, err := source.Apply(text, edits)
	if err != nil {
		return text, 0
	}
	return fixed, applied
}

// clash says whether two inserts at one place differ: which of them comes first would be chance.
func clash(a, b []source.Edit) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Span == y.Span && x.New != y.New {
				return true
			}
		}
	}
	return false
}
