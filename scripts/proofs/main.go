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
	"io/fs"
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
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules"
)

var errBroken = errors.New("not all is as the pages say")

func main() {
	update := flag.Bool("update", false, "write the tables of the pages anew")
	verbose := flag.Bool("v", false, "print what was observed of each example")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := prove(ctx, named(flag.Args()), *verbose, *update); err != nil {
		fmt.Fprintln(os.Stderr, "proofs:", err)
		os.Exit(1)
	}
}

// named are the rules of some names, all if there are none.
func named(names []string) (some []*analysis.Rule) {
	for _, r := range rules.All {
		if len(names) == 0 || slices.Contains(names, r.Name) {
			some = append(some, r)
		}
	}
	return some
}

func prove(ctx context.Context, some []*analysis.Rule, verbose, update bool) error {
	examples, err := proof.Examples(some)
	if err != nil {
		return err
	}
	browser, err := preview.StartBrowser(ctx, preview.Window{})
	if err != nil {
		return err
	}
	defer browser.Close()
	site, releases, err := fetched(ctx)
	if err != nil {
		return err
	}
	var pages []*proof.Pages
	for range min(2, runtime.GOMAXPROCS(0)) {
		p, err := proof.NewPages(browser, site, releases)
		if err != nil {
			return err
		}
		defer p.Close()
		pages = append(pages, p)
	}
	broken := 0
	results := proof.All(ctx, examples, rules.All, pages, func(r proof.Result) {
		if r.Problem != "" {
			broken++
		}
		if r.Problem != "" || verbose {
			fmt.Printf("%s, %s: %s (%v)\n", r.Example, r.Mode, cmp.Or(r.Problem, r.Word), r.Took.Round(time.Millisecond))
			for _, o := range r.Observed {
				fmt.Printf("    %s %q %v ms, %d\n", o.Kind, o.Text, o.Milliseconds, o.Count)
			}
		}
	})
	for _, claim := range proof.Unheld(examples, results) {
		broken++
		fmt.Println("no example shows:", claim)
	}
	for _, r := range some {
		stale, err := compare(r, proof.Measured(r.Doc, proof.Of(results, r), releases), update && ctx.Err() == nil)
		if err != nil {
			return err
		}
		if stale {
			broken++
			fmt.Printf("%s: the table of its page is not what was measured: run make proofs UPDATE=1\n", r.Name)
		}
	}
	fmt.Printf("%d examples of %d rules in %d runs; %d not as the pages say\n", len(examples), len(some), len(results), broken)
	if broken > 0 {
		return errBroken
	}
	return ctx.Err()
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

// fetched are the Pyodides of all lines, and the PyScripts that load them, out of the cache.
func fetched(ctx context.Context) (preview.Site, map[pyodide.Version]string, error) {
	site := preview.Site{Pyodide: map[string]fs.FS{}, PyScript: map[string]fs.FS{}}
	releases := map[pyodide.Version]string{}
	for _, line := range pyodide.AllVersions.Each() {
		own, script := dist.Pyodide(line), dist.PyScript(line)
		files, _, err := dist.Fetch(ctx, "", own)
		if err != nil {
			return site, nil, err
		}
		scripts, _, err := dist.Fetch(ctx, "", script)
		if err != nil {
			return site, nil, err
		}
		releases[line] = own.Version
		site.Pyodide[own.Version] = os.DirFS(files)
		site.PyScript[own.Version] = os.DirFS(filepath.Join(scripts, "dist"))
	}
	return site, releases, nil
}
