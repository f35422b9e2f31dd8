package analysis_test

import (
	"fmt"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/syntax"
)

func TestAwait(t *testing.T) {
	for text, want := range map[string]string{
		"async def f(): use()\n":                        "safe false 0",
		"async def f():\n  return [use() for x in y]\n": "safe false 0",
		"async def f():\n  return (use() for x in y)\n": "nothing can",
		"async def f():\n  return lambda: use()\n":      "nothing can",
		"async def f():\n  class A:\n    x = use()\n":   "nothing can",
		"def f(): use()\n":                              "unsafe true 1",
		"class A:\n  @a\n  def f(self): use()\n":        "unsafe true 1",
		"def f():\n  yield use()\n":                     "nothing can",
		"def f():\n  use()\n  x = yield from y\n":       "nothing can",
		"def f():\n  use()\n  def g(): yield\n":         "unsafe true 1",
		"async def f():\n  yield use()\n":               "safe false 0",
		"class A:\n  def __init__(self): use()\n":       "nothing can",
		"use()\n":                            "unsafe false 0",
		"if x:\n  [use() for x in y]\n":      "unsafe false 0",
		"class A:\n  x = use()\n":            "nothing can",
		"class A:\n  if x:\n    use()\n":     "nothing can",
		"f = lambda: use()\n":                "nothing can",
		"async def f():\n  def g(): use()\n": "unsafe true 1",
		"async def f(x=use()): pass\n":       "unsafe false 0",
	} {
		got := ""
		check(t, text, calls("use", func(p *analysis.Pass, call syntax.Node) {
			a, ok := p.Await(call)
			if got = "nothing can"; ok {
				got = fmt.Sprint(a.Applicability, " ", a.MakesAsync, " ", len(a.Edits))
			}
		}))
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
