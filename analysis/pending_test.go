package analysis_test

import (
	"testing"

	"pyodide-ls/analysis"
)

// pending is a rule that reports the calls which give what has to be awaited.
func pending() *analysis.Rule {
	return &analysis.Rule{Name: "pending", Severity: analysis.Warning, Check: func(p *analysis.Pass) {
		for _, c := range p.Unit.Flow.Calls() {
			if a := p.Pending(c); a != nil {
				p.Report(c.Node, 0, analysis.Finding{Message: a.Name})
			}
		}
	}}
}

func TestPending(t *testing.T) {
	const store = `import functools
from pyodide.http import pyfetch
async def save(): pass
async def each(): yield 1
@functools.cache
async def kept(): pass
@js.decorated
async def decorated(): pass
def plain(): pass
class Shelf:
    async def put(self): pass
try:
    from fast import load
except ImportError:
    async def load(): pass
`
	const head = "import js\nimport store\nfrom store import Shelf, decorated, each, kept, load, plain, save\n"
	for code, want := range map[string]string{
		"save()":                       "a coroutine",
		"store.save()":                 "a coroutine",
		"kept()":                       "a coroutine",
		"shelf = Shelf()\nshelf.put()": "a coroutine",
		"each()":                       "",
		"plain()":                      "",
		"decorated()":                  "",
		"load()":                       "",
		"def save(): pass\nsave()":     "",
		"js.fetch('')":                 "a promise",
		"js.alert('')":                 "",
		"from pyscript import window\nfrom pyscript import RUNNING_IN_WORKER\nif RUNNING_IN_WORKER:\n    window.fetch('')": "",
	} {
		t.Run(code, func(t *testing.T) {
			_, found := checked(t, pending(), map[string]string{"page.py": head + code + "\n", "store.py": store}, "page.py")
			said := ""
			for _, f := range found {
				said += f.Message
			}
			if said != want {
				t.Errorf("says %q, want %q", said, want)
			}
		})
	}
}
