package scenario

import (
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/preview"
)

// long is for how many milliseconds the main thread may be held up before its user feels it.
// Source: https://www.w3.org/TR/longtasks-1/.
const long = 50

// judge says what is wrong with what was observed.
func (p *play) judge(observed []analysis.Observation) (problems []string) {
	live := 0
	var alive []string
	declared := map[analysis.Observed][]Declared{analysis.Uncaught: p.s.Uncaught, analysis.Unsynced: p.s.Unsynced}
	for _, o := range observed {
		switch o.Kind {
		case analysis.Live:
			live += o.Count
			alive = append(alive, where(o))
		case analysis.Blocked:
			if o.Milliseconds > float64(max(long, p.s.Blocked.Most)) {
				problems = append(problems, fmt.Sprintf("the main thread was held up for %.0f ms%s", o.Milliseconds, where(o)))
			}
		case analysis.Uncaught, analysis.Unsynced:
			if !slices.ContainsFunc(declared[o.Kind], func(d Declared) bool { return strings.Contains(o.Text, d.Text) }) {
				problems = append(problems, fmt.Sprintf("%s %s%s", o.Kind, o.Text, where(o)))
			}
		case analysis.Raised, analysis.Stopped, analysis.Grown, analysis.Unawaited:
			problems = append(problems, fmt.Sprintf("%s %s%s", o.Kind, preview.Words(o), where(o)))
		}
	}
	if live > p.s.Live.Most {
		slices.Sort(alive)
		problems = append(problems, fmt.Sprintf("%d proxies are there at the end, %d may be:%s", live, p.s.Live.Most, strings.Join(alive, ",")))
	}
	for kind, all := range declared {
		for _, d := range all {
			if !slices.ContainsFunc(observed, func(o analysis.Observation) bool { return o.Kind == kind && strings.Contains(o.Text, d.Text) }) {
				problems = append(problems, fmt.Sprintf("declared, and never %s: %s", kind, d.Text))
			}
		}
	}
	return problems
}

// where is the line of an observation, behind a space, if one is known.
func where(o analysis.Observation) string {
	text := ""
	if o.Count > 1 {
		text = fmt.Sprintf(" %d×", o.Count)
	}
	if o.At != nil {
		text += fmt.Sprintf(" %s:%d", o.At.File, o.At.Line)
	}
	return text
}
