// Command gallery plays the patterns of the gallery in a real browser, on every version of Pyodide that is supported,
// as their expect.json says, and runs the commands that stand there.
//
//	go run ./scripts/gallery [-update] [-v] [-some] [-target VERSION] [NAME…]
//
// It runs in the top folder of the repository. With -update it writes what was measured into the READMEs of the
// patterns, and takes their pictures.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"sync"
	"time"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
)

var errBroken = errors.New("not all is as the patterns say")

func main() {
	update := flag.Bool("update", false, "write what is measured into the READMEs, and take the pictures")
	verbose := flag.Bool("v", false, "print what was observed")
	some := flag.Bool("some", false, "play each on the oldest and the newest version alone and, by turns, one between")
	target := flag.String("target", "", "the versions of Pyodide, such as 0.28 (default: all)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := show(ctx, *target, *some, *verbose, *update, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

// show plays some patterns, all if none is named.
func show(ctx context.Context, target string, fewer, verbose, update bool, names []string) error {
	versions := pyodide.AllVersions
	if target != "" {
		var err error
		if versions, err = pyodide.ParseVersions(target); err != nil {
			return fmt.Errorf("-target: %w", err)
		}
	}
	some, err := patterns(names)
	if err != nil {
		return err
	}
	defer func() {
		for _, p := range some {
			if p.made != "" {
				os.RemoveAll(p.made)
			}
		}
	}()
	if _, err := preview.FindBrowser(); err != nil {
		return err
	}
	site, releases, err := preview.Fetched(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	stage := stage{site, releases}
	players := min(2, runtime.GOMAXPROCS(0))
	if update {
		players = 1 // what is measured does not share the machine
	}
	shows := all(ctx, stage, runs(some, versions, fewer), players, func(s *shown) { tell(s, verbose) })
	if ctx.Err() != nil {
		return fmt.Errorf("interrupted: %w", ctx.Err())
	}
	broken, err := settle(some, shows, update && versions == pyodide.AllVersions)
	if err != nil {
		return err
	}
	share(some, shows)
	fmt.Printf("%d patterns in %v; %d not as they say\n", len(some), time.Since(began).Round(time.Second), len(broken))
	if len(broken) == 0 {
		return nil
	}
	for _, problem := range broken {
		fmt.Println(problem)
	}
	return errBroken
}

// tries is how often a pattern is played before it counts as broken: a machine with much else to do adds to what is
// measured, and never takes from it.
const tries = 3

// runs are patterns on the versions that they can run on, or on fewer of those: the oldest and the newest and, by turns,
// one between.
func runs(some []*pattern, versions pyodide.Versions, fewer bool) (work []*shown) {
	for i, p := range some {
		on := p.scenario.On().And(versions).Each()
		if n := len(on); fewer && n > 3 {
			on = []pyodide.Version{on[0], on[1+i%(n-2)], on[n-1]}
		}
		for j, v := range on {
			work = append(work, &shown{pattern: p, version: v, newest: j == len(on)-1})
		}
	}
	return work
}

// all plays runs, so many at a time, and calls told for each, one after the other.
func all(ctx context.Context, on stage, work []*shown, players int, told func(*shown)) []*shown {
	queue := make(chan *shown)
	go func() {
		defer close(queue)
		for _, s := range work {
			select {
			case queue <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	var mu sync.Mutex
	var playing sync.WaitGroup
	for range players {
		playing.Go(func() {
			for s := range queue {
				began := time.Now()
				for s.tries < tries && ctx.Err() == nil {
					if s.tries++; s.play(ctx, on) {
						break
					}
				}
				s.took = time.Since(began)
				mu.Lock()
				told(s)
				mu.Unlock()
			}
		})
	}
	playing.Wait()
	return work
}

// tell prints what came of a pattern on a version.
func tell(s *shown, verbose bool) {
	if s.tries > 1 || verbose {
		fmt.Printf("%s, %v: %v, tries: %d\n", s.name, s.version, s.took.Round(time.Millisecond), s.tries)
	}
	for _, problem := range s.failed {
		fmt.Println("   ", problem)
	}
	if !verbose {
		return
	}
	for _, o := range s.observed {
		fmt.Printf("    %s %q %v ms, %d\n", o.Kind, o.Text, o.Milliseconds, o.Count)
	}
	for _, m := range s.measures {
		fmt.Printf("    %s: %v %s\n", m.Name, m.Number, m.Unit)
	}
}

// settle collects what is not as the patterns say, and writes what was measured of those that are, if that is asked for.
func settle(some []*pattern, shows []*shown, update bool) (broken []string, err error) {
	for _, p := range some {
		own := slices.DeleteFunc(slices.Clone(shows), func(s *shown) bool { return s.pattern != p })
		before := len(broken)
		for _, s := range own {
			for _, problem := range s.problems {
				broken = append(broken, fmt.Sprintf("%s, %v: %s", s.name, s.version, problem))
			}
		}
		if update && len(broken) == before {
			if err := p.write(own); err != nil {
				return broken, err
			}
			continue
		}
		if stale := p.stale(own); stale != "" {
			broken = append(broken, fmt.Sprintf("%s: %s: run make gallery UPDATE=1", p.name, stale))
		}
	}
	return broken, nil
}

// share prints how much of the work was for which pattern. The seconds are those of the runs, of which two go on at a
// time.
func share(some []*pattern, shows []*shown) {
	line := func(name string, of *pattern) {
		runs, took := 0, time.Duration(0)
		for _, s := range shows {
			if of == nil || s.pattern == of {
				runs, took = runs+1, took+s.took
			}
		}
		fmt.Printf("%-24s %4d runs %7.1f s\n", name, runs, took.Seconds())
	}
	for _, p := range some {
		line(p.name, p)
	}
	line("in all", nil)
}
