package proof

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// Browser runs examples. Pages is one; another may answer from what it remembers.
type Browser interface {
	// Run runs an example in a mode and tells what was observed. It fails when the example could not be run.
	Run(ctx context.Context, fence *analysis.Fence, m Mode) ([]analysis.Observation, error)
	// Forget has the next example run where none has run before.
	Forget()
}

// Example is an example of a rule's page.
type Example struct {
	Rule   *analysis.Rule
	Fence  *analysis.Fence
	Number int // 1-based, among those of its role

	page     *analysis.Page
	claims   []Claim
	versions pyodide.Versions // on which it may be run
}

func (e *Example) String() string {
	return fmt.Sprintf("%s, %s %d", e.Rule.Name, e.Fence.Role, e.Number)
}

// Result is what came of an example in one mode.
type Result struct {
	*Example
	Mode     Mode
	Word     string   // what the table says of it
	Held     []string // the claims that hold
	Problem  string   // what is not as the page says; empty if all is
	Observed []analysis.Observation
	Failed   []string      // what was not as the page says in tries before the last
	Took     time.Duration // with all tries
}

// unrun are the languages of examples in which nothing runs.
var unrun = []string{"toml", "json", "markdown"}

// Examples are those of the pages of rules, to be run on some versions. It fails for a page whose proof cannot be read,
// or that leaves an example out without saying why.
func Examples(rules []*analysis.Rule, versions pyodide.Versions) (all []*Example, err error) {
	for _, r := range rules {
		page := analysis.ParsePage(r.Doc)
		claims, why, err := claimsOf(&page)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		numbers := map[string]int{}
		for i := range page.Fences {
			fence := &page.Fences[i]
			numbers[fence.Role]++
			if !runs(fence) {
				if why == "" {
					return nil, fmt.Errorf("%s: %s %d is not run, and no line of the proof says why", r.Name, fence.Role, numbers[fence.Role])
				}
				continue
			}
			if len(claims) > 0 {
				all = append(all, &Example{r, fence, numbers[fence.Role], &page, claims, versions})
			}
		}
	}
	return all, nil
}

func claimsOf(page *analysis.Page) (claims []Claim, why string, err error) {
	for _, line := range page.Proofs {
		c, err := ParseClaim(line)
		if err != nil {
			return nil, "", err
		}
		if c.None != "" {
			why = c.None
			continue
		}
		claims = append(claims, c)
	}
	return claims, why, nil
}

// runs says whether there is anything to run in an example, and the page lets it be run.
func runs(fence *analysis.Fence) bool {
	_, named := pyodide.ParseRealm(fence.Set["realm"])
	browser := !named || fence.Set["realm"] == "main" || fence.Set["realm"] == "worker"
	return browser && fence.Set["run"] != "no" && !slices.Contains(unrun, fence.Language)
}

// Modes are those in which the example is run. What is bad is run on every version: where the rule says nothing of it,
// it must work. So must what it is replaced by.
func (e *Example) Modes() (all []Mode) {
	_, view, err := e.Fence.In()
	if err != nil {
		return nil
	}
	versions := e.versions
	if e.Fence.Role == "good" && view.Versions != 0 {
		versions &= view.Versions
	}
	for _, v := range versions.Each() {
		for _, m := range modes(e.page, e.Fence) {
			m.Version = v
			all = append(all, m)
		}
	}
	return all
}

// Prove runs an example in a mode, and holds what is observed to what the page says.
func (e *Example) Prove(ctx context.Context, b Browser, rules []*analysis.Rule, m Mode) Result {
	r := Result{Example: e, Mode: m}
	observed, err := b.Run(ctx, e.Fence, m)
	if err != nil {
		r.Problem = err.Error()
		return r
	}
	r.Observed = observed
	claims := []Claim{}
	for _, c := range e.claims {
		if c.Concerns(e.Fence.Role, m) && c.Holds(observed) {
			claims = append(claims, c)
			r.Held = append(r.Held, c.Line)
		}
	}
	speaks := e.Speaks(ctx, rules, m)
	switch {
	case speaks && len(claims) == 0:
		r.Problem = "the rule speaks, and none of the proof's lines holds"
	case speaks:
		r.Word = claims[0].Word()
	default:
		r.Problem, r.Word = e.broken(m, observed), "works"
	}
	return r
}

// Speaks says whether the example is a bad one of which the rule says something in a mode.
func (e *Example) Speaks(ctx context.Context, rules []*analysis.Rule, m Mode) bool {
	setting, view, err := e.Fence.In()
	if err != nil || e.Fence.Role != "bad" {
		return false
	}
	f, err := analysis.Open(source.New(e.Fence.File, e.Fence.Code), setting)
	if err != nil {
		return false
	}
	view.Versions, view.JSPI, view.Because = pyodide.Only(m.Version), &m.JSPI, "the proof says so"
	return slices.ContainsFunc(analysis.Check(ctx, f, view, rules, analysis.Options{}), func(f analysis.Finding) bool { return f.Rule == e.Rule })
}

// broken says what is wrong with an example that is to work: something failed, or it does what the bad ones do.
func (e *Example) broken(m Mode, observed []analysis.Observation) string {
	for _, o := range observed {
		switch o.Kind {
		case analysis.Raised, analysis.Uncaught, analysis.Stopped:
			return fmt.Sprintf("it is to work, and %s %q", o.Kind, o.Text)
		}
	}
	for _, c := range e.claims {
		// What is owned may live, and what is bad may say the same as what is good where the rule says nothing.
		if c.Kind != analysis.Live && c.Concerns("bad", m) && c.Holds(observed) {
			return "it is to work, and what is claimed of the bad ones holds: " + c.Line
		}
	}
	return ""
}

// Unheld are the claims that no example holds, in no mode.
func Unheld(examples []*Example, results []Result) (all []string) {
	held := map[string]bool{}
	for _, r := range results {
		for _, line := range r.Held {
			held[r.Rule.Name+": "+line] = true
		}
	}
	for _, e := range examples {
		for _, c := range e.claims {
			if name := e.Rule.Name + ": " + c.Line; !held[name] {
				held[name] = true // once
				all = append(all, name)
			}
		}
	}
	return all
}
