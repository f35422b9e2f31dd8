package analysis

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
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
	// Project is asked what functions of other files do. Nil means that the file is seen by itself.
	Project *Project
	// Workers is how many rules may run at a time; one after the other where it is 0.
	Workers int
}

// Pass is one rule at work on one unit of a file.
type Pass struct {
	File *File
	Unit *Unit
	View View
	runs func() realm.Runs // where the unit runs
	unit int               // the unit's place among those of the file
	rule *Rule
	run  *run
	*answers
	reports []report
}

// report is what a rule has to say, before it is known whether it is said of code that the rule speaks of.
type report struct {
	Finding
	lower int
}

// Check finds the mistakes in a file, sorted by place. A rule that panics is logged and left out; a
// cancelled context ends the run between two rules with what was found so far.
func Check(ctx context.Context, f *File, view View, rules []*Rule, options Options) []Finding {
	r := &run{rules: rules, known: options.Known, severity: map[*Rule]Severity{}, used: map[*ruleName]bool{}, workers: options.Workers}
	for _, rule := range rules {
		r.severity[rule] = rule.Severity
		if options.Severity != nil {
			r.severity[rule] = options.Severity(rule)
		}
		if options.Known == nil {
			r.known = append(r.known, rule.Name)
		}
	}
	r.graph = sync.OnceValue(func() *realm.Graph { return f.within(options.Project) })
	r.places = sync.OnceValue(func() []realm.Runs { return f.Runs(view) })
	r.pass(ctx, f, view, false)
	r.giveWay()
	r.suppress(f)
	suppressed := r.findings
	r.findings = nil
	r.pass(ctx, f, view, true)
	r.suppress(f)
	all := append(suppressed, r.findings...)
	for i := range all {
		f.toHost(&all[i])
	}
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Rule.Name, b.Rule.Name))
	})
	return all
}

// toHost takes a finding from the text of its unit to that of the document. A fix that cannot be written there
// is not offered.
func (f *File) toHost(x *Finding) {
	x.Related = slices.Clone(x.Related)
	for i := range x.Related {
		f.relate(x.unit, &x.Related[i])
	}
	if x.unit < 0 || f.Units[x.unit].Host == nil {
		return
	}
	u := f.Units[x.unit]
	x.Message = readable(x.Message)
	x.Span, x.Cause.Span = u.hostSpan(x.Span), u.hostSpan(x.Cause.Span)
	var fixes []Fix
	for _, fix := range x.Fixes {
		if edits, ok := u.hostEdits(fix.Edits); ok {
			fix.Edits, fix.Around = append(edits, fix.Around...), nil
			fixes = append(fixes, fix)
		}
	}
	x.Fixes = fixes
}

// relate takes a place that explains a finding in a unit to where the document has it.
func (f *File) relate(unit int, r *Related) {
	switch {
	case r.Path == slashed(f.Source.Path()):
		r.Path, r.Span = "", f.Source.SpanOf(r.At)
	case r.Path == "" && unit >= 0:
		r.Span = f.Units[unit].hostSpan(r.Span)
	}
	r.Message = readable(r.Message)
}

// readable is a message in which nothing is called by a name that stands for what is not known.
func readable(message string) string { return strings.ReplaceAll(message, source.Placeholder, "…") }

// hostSpan is where a span of the unit stands in the document.
func (u *Unit) hostSpan(span source.Span) source.Span {
	if u.Host == nil {
		return span
	}
	return u.Host.Map.Span(span)
}

// hostEdits are edits of the unit as edits of the document.
func (u *Unit) hostEdits(edits []source.Edit) (host []source.Edit, ok bool) {
	for _, e := range edits {
		if e, ok = u.Host.Edit(e); !ok {
			return nil, false
		}
		host = append(host, e)
	}
	return host, true
}

// FilePass is one rule at work on a document as a whole.
type FilePass struct {
	File *File
	View View
	rule *Rule
	run  *run

	findings []Finding
}

// ReportSpan adds a finding for a place in the document, which it brings.
func (p *FilePass) ReportSpan(f Finding) {
	f.Rule, f.Severity, f.unit, f.within = p.rule, p.run.severity[p.rule], -1, f.Span
	f.Cause = Cause{f.Span, p.rule.Name}
	p.findings = append(p.findings, f)
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

// concerned are the ways in which code at a node comes to run of which the rule speaks; ok is false where it speaks
// of none. assumed says that the rule speaks of some places only, and that the code runs there is an assumption.
func (p *Pass) concerned(at syntax.Node) (runs []realm.Placement, assumed, ok bool) {
	if p.rule.Directives {
		return p.Runs(at), false, true
	}
	all := p.Runs(at)
	if p.rule.Realms == 0 {
		known := realm.RealmsOf(all)
		elsewhere := known == pyodide.Host && firm(all)
		for _, r := range all {
			if r.Realm != pyodide.Host {
				runs = append(runs, r)
			}
		}
		return runs, false, !elsewhere && (len(all) > 0 || !p.dead(at))
	}
	for _, r := range all {
		if p.rule.Realms.Has(r.Realm) {
			runs = append(runs, r)
		}
	}
	return runs, !firm(runs), len(runs) > 0
}

// ReportSpan is Report for a place that is no node; the finding brings its span.
func (p *Pass) ReportSpan(lower int, f Finding) { p.reports = append(p.reports, report{f, lower}) }

// settled are the findings of what the rule reported, as far as it speaks of where the code runs.
func (p *Pass) settled() []Finding {
	var all []Finding
	for _, x := range p.reports {
		f, lower := x.Finding, x.lower
		runs, assumed, ok := p.concerned(p.Unit.Tree.At(f.Span.Start))
		if !ok {
			continue
		}
		if f.Runs = runs; assumed {
			lower++
		}
		f.Rule = p.rule
		f.Versions, f.Because = cmp.Or(f.Versions, p.Versions()), p.View.Because
		f.unit, f.within = p.unit, f.Span
		f.Severity = Severity(max(int(Hint), int(p.run.severity[p.rule])-lower))
		if f.Cause == (Cause{}) {
			f.Cause = Cause{f.Span, p.rule.Name}
		}
		all = append(all, f)
	}
	return all
}

// Fixed is the text after the first fix of each finding that is at most as risky as the limit, and how many
// were applied.
func Fixed(text string, findings []Finding, limit Applicability) (string, int) {
	edits, applied := firstFixes(text, findings, limit)
	fixed, err := source.Apply(text, edits)
	if err != nil {
		return text, 0
	}
	return fixed, applied
}

// firstFixes are the edits of the first fix of each finding that is at most as risky as the limit, and of how many.
// Fixes that overlap an earlier one are left for another run.
func firstFixes(text string, findings []Finding, limit Applicability) (edits []source.Edit, applied int) {
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
	return edits, applied
}

// clash says whether two inserts at one place differ: which of them comes first would be chance. What is alike counts
// once, such as an import that both fixes want; but a bracket that closes is each fix's own.
func clash(a, b []source.Edit) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Span == y.Span && (x.New != y.New || strings.Trim(x.New, ")]}") == "" && x.New != "") {
				return true
			}
		}
	}
	return false
}
