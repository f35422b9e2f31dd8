package proof_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules/barecallback"
	"pyodide-ls/rules/blockmain"
)

// The browser and the Pyodides are real; the latter are out of the tree's own cache.
func TestMain(m *testing.M) {
	if os.Getenv(dist.CacheVariable) == "" {
		os.Setenv(dist.CacheVariable, disttest.Cache())
	}
	os.Exit(m.Run())
}

// realPages are pages of a real browser, and the names of the Pyodides in them.
func realPages(t *testing.T) (*proof.Pages, map[pyodide.Version]string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	site, names := preview.Site{Pyodide: map[string]fs.FS{}}, map[pyodide.Version]string{}
	for _, line := range two.Each() {
		release := dist.Pyodide(line)
		files, _, err := dist.Fetch(t.Context(), "", release)
		if err != nil {
			t.Fatal(err)
		}
		names[line], site.Pyodide[release.Version] = release.Version, os.DirFS(files)
	}
	browser, err := preview.StartBrowser(t.Context(), preview.Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	pages, err := proof.NewPages(browser, site, names)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pages.Close() })
	return pages, names
}

// memory runs in a browser what it has not seen run: most mutations change what is claimed, and not what runs.
type memory struct {
	proof.Browser
	seen map[string][]analysis.Observation
}

func (r *memory) Run(ctx context.Context, f *analysis.Fence, m proof.Mode) ([]analysis.Observation, error) {
	key := fmt.Sprint(m, f)
	if all, ok := r.seen[key]; ok {
		return all, nil
	}
	all, err := r.Browser.Run(ctx, f, m)
	if err == nil {
		r.seen[key] = all
	}
	return all, err
}

// Two pages of real rules, cut short. The one rule speaks of both versions, the other of the first only.
const (
	callbackPage = "# bare-callback: a Python callable that JavaScript keeps after its proxy is gone\n" + `
` + "```python bad" + `
from js import setTimeout
from pyodide.ffi import create_once_callable


def tick():
    print("tick")


setTimeout(tick, 10)
` + "```" + `

` + "```python fixed" + `
from js import setTimeout
from pyodide.ffi import create_once_callable


def tick():
    print("tick")


setTimeout(create_once_callable(tick), 10)
` + "```" + `

` + "```python good" + `
import js

js.Array.of("each").forEach(lambda value, *rest: print(value))
` + "```" + `

` + "```proof" + `
bad: uncaught "borrowed proxy was automatically destroyed"
fixed: printed "tick"
good: printed "each"
` + "```\n\n"

	callbackRows = `| --- | --- | --- | --- |
| bad 1 | main thread | uncaught | uncaught |
| the others | main thread | works | works |
`

	sleepPage = "# block-main: a call that freezes the page\n" + `
` + "```python bad" + `
import time

import js
from pyodide.ffi import create_once_callable

ticks = []


async def doze():
    js.setTimeout(create_once_callable(lambda: ticks.append(1)), 10)
    time.sleep(0.3)
    print(len(ticks))


await doze()
` + "```" + `

` + "```proof" + `
bad: pyodide=0.26..0.27 printed "0"
bad: pyodide=0.26..0.27 blocked 200 ms
` + "```\n\n"

	sleepRows = `| --- | --- | --- | --- |
| bad 1 | main thread | prints 0 | works |
`
)

// A page that is as the browser shows it is green, and each thing that is not so turns it red.
func TestMutations(t *testing.T) {
	pages, names := realPages(t)
	browser := &memory{pages, map[string][]analysis.Observation{}}
	callback, sleep := *barecallback.Rule, *blockmain.Rule
	callback.Doc = callbackPage + proof.Header(names) + "\n" + callbackRows
	sleep.Doc = sleepPage + proof.Header(names) + "\n" + sleepRows
	silent := callback
	silent.Check = func(*analysis.Pass) {}
	const (
		bad, fixed = "bare-callback, bad 1, Pyodide ", "bare-callback, fixed 1, Pyodide "
		unheld     = "no example shows: "
		notShown   = ", main thread: the rule speaks, and none of the proof's lines holds"
		destroyed  = `: it is to work, and uncaught "Error: This borrowed proxy was automatically destroyed at the end of a function call. Try using create_proxy or create_once_callable."`
		stale      = "the table is not what was measured"
	)
	for _, test := range []struct {
		name     string
		rule     analysis.Rule
		old, new string
		want     []string
	}{
		{"it is as the page says", callback, "", "", nil},
		{"it is as the other page says", sleep, "", "", nil},
		{"another message is claimed", callback, "borrowed proxy was", "borrowed proxy is", []string{
			bad + "0.27" + notShown, bad + "314" + notShown,
			unheld + `bare-callback: bad: uncaught "borrowed proxy is automatically destroyed"`, stale,
		}},
		{"another kind is claimed", callback, "bad: uncaught", "bad: raised", []string{
			bad + "0.27" + notShown, bad + "314" + notShown,
			unheld + `bare-callback: bad: raised "borrowed proxy was automatically destroyed"`, stale,
		}},
		{"it is claimed of one version only", callback, "bad: uncaught", "bad: pyodide=314 uncaught", []string{bad + "0.27" + notShown, stale}},
		{"it is claimed where the rule is silent", sleep, `pyodide=0.26..0.27 printed`, `pyodide=0.28..314 printed`, []string{
			unheld + `block-main: bad: pyodide=0.28..314 printed "0"`, stale,
		}},
		{"the rule is silent where the code fails", silent, "", "", []string{bad + "0.27, main thread" + destroyed, bad + "314, main thread" + destroyed, stale}},
		{"the bad example is mended", callback, "setTimeout(tick, 10)", "setTimeout(create_once_callable(tick), 10)", []string{
			unheld + `bare-callback: bad: uncaught "borrowed proxy was automatically destroyed"`, stale,
		}},
		{"the bad example does no harm, and the rule speaks", callback, "setTimeout(tick, 10)", "__import__(\"js\").clearTimeout(setTimeout(tick, 10))", []string{
			bad + "0.27" + notShown, bad + "314" + notShown,
			unheld + `bare-callback: bad: uncaught "borrowed proxy was automatically destroyed"`, stale,
		}},
		{"the fixed example fails", callback, "setTimeout(create_once_callable(tick), 10)", "setTimeout(create_once_callable(tick), 10)\n1 / 0", []string{
			fixed + `0.27, main thread: it is to work, and raised "ZeroDivisionError: division by zero"`,
			fixed + `314, main thread: it is to work, and raised "ZeroDivisionError: division by zero"`, stale,
		}},
		{"the fixed example is as bad", callback, "setTimeout(create_once_callable(tick), 10)", "setTimeout(tick, 10)", []string{
			fixed + "0.27, main thread" + destroyed, fixed + "314, main thread" + destroyed, unheld + `bare-callback: fixed: printed "tick"`, stale,
		}},
		{"what nothing shows is claimed", callback, `good: printed "each"`, "good: printed \"each\"\ngood: printed \"none\"", []string{
			unheld + `bare-callback: good: printed "none"`,
		}},
		{"it blocks for longer", sleep, "blocked 200 ms", "blocked 60000 ms", []string{unheld + "block-main: bad: pyodide=0.26..0.27 blocked 60000 ms"}},
		{"it prints something else", callback, `of("each")`, `of("every")`, []string{unheld + `bare-callback: good: printed "each"`}},
		{"the table says something else", callback, "uncaught | uncaught", "uncaught | works", []string{stale}},
		{"the table is of other releases", callback, names[pyodide.V314], "314.0.0", []string{stale}},
		{"there is no table", callback, proof.Header(names) + "\n" + callbackRows, "", []string{stale}},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := test.rule.Doc
			if test.rule.Doc = strings.Replace(before, test.old, test.new, 1); test.rule.Doc == before && test.old != "" {
				t.Fatalf("nothing in the page is %q", test.old)
			}
			examples, results := prove(t, &test.rule, browser)
			got := wrongs(examples, results)
			if proof.Measured(test.rule.Doc, results, names) != test.rule.Doc {
				got = append(got, stale)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("not as the page says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}
