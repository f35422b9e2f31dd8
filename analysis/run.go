package analysis

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"

	"pyodide-ls/analysis/realm"
)

// run is one Check at work: what it was asked, and what it has found so far.
type run struct {
	rules    []*Rule
	known    []string
	severity map[*Rule]Severity
	findings []Finding
	used     map[*ruleName]bool
	workers  int
	graph    func() *realm.Graph // the project, with the file as it stands
	places   func() []realm.Runs // where the units run
}

// pass runs the rules over the document and its units: those about directives, or all others.
func (r *run) pass(ctx context.Context, f *File, view View, directives bool) {
	if !directives {
		for _, rule := range r.rules {
			if p := (&FilePass{File: f, View: view, rule: rule, run: r}); rule.CheckFile != nil && r.severity[rule] != Off {
				if guarded(rule, f, func() { rule.CheckFile(p) }) {
					r.findings = append(r.findings, p.findings...)
				}
			}
		}
	}
	for i, u := range f.Units {
		if view.Foreign || u.ByMicroPython(view) {
			continue // which has other proxies, another standard library, and no proof of any rule
		}
		r.unit(ctx, r.of(f, view, i), directives)
	}
}

// of is a pass of no rule over a unit.
func (r *run) of(f *File, view View, unit int) Pass {
	p := Pass{File: f, Unit: f.Units[unit], View: view, unit: unit, run: r}
	p.runs = func() realm.Runs {
		if all := r.places(); unit < len(all) {
			return all[unit]
		}
		return realm.Runs{}
	}
	p.answers = newAnswers(p)
	return p
}

// unit runs the rules over a unit. Where the code of it runs takes long to find out, and is asked of findings more than
// of anything else: so rules say what they have to say before that is known.
func (r *run) unit(ctx context.Context, of Pass, directives bool) {
	var passes []*Pass
	for _, rule := range r.rules {
		if rule.Check != nil && rule.Directives == directives && r.severity[rule] != Off {
			p := of
			p.rule = rule
			passes = append(passes, &p)
		}
	}
	each(len(passes), r.workers, func() { of.runs() }, func(i int) {
		p := passes[i]
		if ctx.Err() != nil || !guarded(p.rule, p.File, func() { p.rule.Check(p) }) {
			p.reports = nil
		}
	})
	for _, p := range passes {
		var found []Finding
		if guarded(p.rule, p.File, func() { found = p.settled() }) {
			r.findings = append(r.findings, found...)
		}
	}
}

// guarded runs a rule and keeps its panic from the others; what such a rule found does not count.
func guarded(rule *Rule, f *File, check func()) (ok bool) {
	defer func() {
		if trouble := recover(); trouble != nil {
			slog.Error("rule failed", "rule", rule.Name, "file", f.Source.Path(), "panic", fmt.Sprint(trouble), "stack", string(debug.Stack()))
		}
	}()
	check()
	return true
}

// giveWay leaves one finding per cause where a rule says that it gives way to another.
func (r *run) giveWay() {
	type cause struct {
		unit int
		Cause
	}
	spoken := map[cause]map[string]bool{}
	for _, f := range r.findings {
		c := cause{f.unit, f.Cause}
		if spoken[c] == nil {
			spoken[c] = map[string]bool{}
		}
		spoken[c][f.Rule.Name] = true
	}
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		return slices.ContainsFunc(f.Rule.Yields, func(name string) bool { return spoken[cause{f.unit, f.Cause}][name] })
	})
}

// suppress takes out what a directive ignores, and notes which names of directives were of use. One for the
// whole file speaks for all of its units.
func (r *run) suppress(file *File) {
	r.findings = slices.DeleteFunc(r.findings, func(f Finding) bool {
		gone := false
		for i, u := range file.Units {
			for _, d := range u.directives {
				if !d.file && (i != f.unit || !d.covers.Overlaps(f.within)) {
					continue
				}
				for i := range d.names {
					if d.names[i].text == f.Rule.Name {
						r.used[&d.names[i]] = true
						gone = true
					}
				}
			}
		}
		return gone
	})
}
