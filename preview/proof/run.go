package proof

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"pyodide-ls/analysis"
)

// tries is how often an example is run before it counts as broken. A machine with much else to do adds to what is
// measured, and never takes from it; a page that others used before may be at fault.
const tries = 5

// job are the examples of one mode, which share a page.
type job struct {
	mode     Mode
	examples []*Example
}

// All proves examples in all of their modes, in several browsers at a time, and calls tell for each, one after the
// other. The results are sorted by example and mode. Where the context ends first, there are fewer.
func All(ctx context.Context, examples []*Example, rules []*analysis.Rule, browsers []Browser, tell func(Result)) []Result {
	work := make(chan job)
	go func() {
		defer close(work)
		for _, j := range jobs(examples) {
			select {
			case work <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	var mu sync.Mutex
	var results []Result
	var workers sync.WaitGroup
	for _, b := range browsers {
		workers.Go(func() {
			for j := range work {
				for _, e := range j.examples {
					r := prove(ctx, e, b, rules, j.mode)
					mu.Lock()
					results = append(results, r)
					tell(r)
					mu.Unlock()
				}
				b.Forget()
			}
		})
	}
	workers.Wait()
	slices.SortStableFunc(results, func(a, b Result) int {
		return cmp.Or(cmp.Compare(slices.Index(examples, a.Example), slices.Index(examples, b.Example)), a.Mode.compare(b.Mode))
	})
	return results
}

// jobs are the examples by mode.
func jobs(examples []*Example) (all []job) {
	at := map[Mode]int{}
	for _, e := range examples {
		for _, m := range e.Modes() {
			i, known := at[m]
			if !known {
				i = len(all)
				at[m], all = i, append(all, job{mode: m})
			}
			all[i].examples = append(all[i].examples, e)
		}
	}
	return all
}

// prove proves an example, and again in a new page if it is not as it is to be.
func prove(ctx context.Context, e *Example, b Browser, rules []*analysis.Rule, m Mode) (r Result) {
	began := time.Now()
	var failed []string
	defer func() { r.Took, r.Failed = time.Since(began), failed }()
	for try := range tries {
		if r = e.Prove(ctx, b, rules, m); r.Problem == "" || ctx.Err() != nil {
			break
		}
		b.Forget()
		if try < tries-1 {
			failed = append(failed, r.Problem)
		}
	}
	return r
}

// compare orders modes: by setting first, then by version.
func (m Mode) compare(o Mode) int {
	return cmp.Or(cmp.Compare(m.Setting(), o.Setting()), cmp.Compare(m.Version, o.Version))
}
