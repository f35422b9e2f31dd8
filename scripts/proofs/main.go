// Command proofs holds the pages of all rules to what a real browser shows of their examples, on every version of
// Pyodide that is supported, and to the tables in which they say so.
//
//	go run ./scripts/proofs [-update] [-v] [RULE…]
//
// It runs in the top folder of the repository. With -update it writes the tables anew.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules"
)

var errBroken = errors.New("not all is as the pages say")

func main() {
	update := flag.Bool("update", false, "write the tables of the pages anew")
	verbose := flag.Bool("v", false, "print what was observed of each example")
	flag.Parse()
	some, err := named(flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "proofs:", err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := prove(ctx, some, *verbose, *update); err != nil {
		fmt.Fprintln(os.Stderr, "proofs:", err)
		os.Exit(1)
	}
}

// named are the rules of some names, all if there are none. It fails for a name that no rule has.
func named(names []string) (some []*analysis.Rule, err error) {
	if len(names) == 0 {
		return rules.All, nil
	}
	var known []string
	for _, r := range rules.All {
		if known = append(known, r.Name); slices.Contains(names, r.Name) {
			some = append(some, r)
		}
	}
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		if near := analysis.Nearest(name, known); near != "" {
			return nil, fmt.Errorf("there is no rule %q; did you mean %s?", name, near)
		}
		return nil, fmt.Errorf("there is no rule %q; the rules are %s", name, strings.Join(known, ", "))
	}
	return some, nil
}

// prove proves some rules. An interrupted run proves nothing and leaves the tables as they are.
func prove(ctx context.Context, some []*analysis.Rule, verbose, update bool) error {
	examples, err := proof.Examples(some, pyodide.AllVersions)
	if err != nil {
		return err
	}
	browser, err := preview.StartBrowser(ctx, preview.Window{})
	if err != nil {
		return err
	}
	defer browser.Close()
	site, releases, err := preview.Fetched(ctx)
	if err != nil {
		return err
	}
	var browsers []proof.Browser
	for range min(2, runtime.GOMAXPROCS(0)) {
		p, err := proof.NewPages(browser, site, releases)
		if err != nil {
			return err
		}
		defer p.Close()
		browsers = append(browsers, p)
	}
	began := time.Now()
	results := proof.All(ctx, examples, rules.All, browsers, func(r proof.Result) {
		if ctx.Err() == nil && (len(r.Failed) > 0 || verbose) {
			tell(r)
		}
	})
	broken, err := settle(ctx, some, examples, results, releases, update)
	if err != nil {
		return err
	}
	share(some, results)
	fmt.Printf("%d rules in %v; %d not as the pages say\n", len(some), time.Since(began).Round(time.Second), len(broken))
	if len(broken) == 0 {
		return nil
	}
	for _, problem := range broken { // once more: where only the end of the output is kept, it is what is looked for
		fmt.Println(problem)
	}
	return errBroken
}

// tell prints what came of an example.
func tell(r proof.Result) {
	fmt.Printf("%s, %s: %s (%v)\n", r.Example, r.Mode, cmp.Or(r.Problem, r.Word), r.Took.Round(time.Millisecond))
	for _, problem := range r.Failed {
		fmt.Println("    before:", problem)
	}
	for _, o := range r.Observed {
		fmt.Printf("    %s %q %v ms, %d\n", o.Kind, o.Text, o.Milliseconds, o.Count)
	}
}

// settle collects what is not as the pages say, with what no single run shows: claims that nothing held, and tables that
// are stale, unless they are to be written anew.
func settle(
	ctx context.Context, some []*analysis.Rule, examples []*proof.Example, results []proof.Result,
	releases map[pyodide.Version]string, update bool,
) (broken []string, err error) {
	if ctx.Err() != nil {
		return nil, fmt.Errorf("interrupted after %d runs: %w", len(results), ctx.Err())
	}
	for _, r := range results {
		if r.Problem != "" {
			broken = append(broken, fmt.Sprintf("%s, %s: %s", r.Example, r.Mode, r.Problem))
		}
	}
	for _, claim := range proof.Unheld(examples, results) {
		broken = append(broken, fmt.Sprint("no example shows: ", claim))
	}
	for _, r := range some {
		stale, err := compare(r, proof.Measured(r.Doc, proof.Of(results, r), releases), update)
		if err != nil {
			return broken, err
		}
		if stale {
			broken = append(broken, r.Name+": the table of its page is not what was measured: run make proofs UPDATE=1")
		}
	}
	return broken, nil
}

// share prints how much of the work was for which rule, and how much it was in all. The seconds are those of the runs,
// of which two go on at a time.
func share(some []*analysis.Rule, results []proof.Result) {
	line := func(name string, results []proof.Result) {
		var took time.Duration
		examples := map[*proof.Example]bool{}
		for _, r := range results {
			took += r.Took
			examples[r.Example] = true
		}
		fmt.Printf("%-20s %4d examples %5d runs %7.1f s\n", name, len(examples), len(results), took.Seconds())
	}
	for _, r := range some {
		line(r.Name, proof.Of(results, r))
	}
	line("in all", results)
}

// compare says whether a rule's page is not as it is to be; it is made so if that is asked for.
func compare(r *analysis.Rule, page string, update bool) (stale bool, err error) {
	if page == r.Doc {
		return false, nil
	}
	if !update {
		return true, nil
	}
	return false, os.WriteFile(filepath.Join("rules", strings.ReplaceAll(r.Name, "-", ""), r.Name+".md"), []byte(page), 0o666)
}
