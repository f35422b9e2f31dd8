package ctorcallback

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/realm"
)

const setup = `import js
from js import MutationObserver, window
from pyodide.ffi import create_proxy, to_js
def run(*values): pass
`

func findings(t *testing.T, text string, view analysis.View) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, view)
}

// How often it speaks of each text, and what the fixes make of it that can be applied together.
func TestSaid(t *testing.T) {
	for text, want := range map[string]struct {
		findings int
		fixed    string
	}{
		"MutationObserver.new(run)":                                                   {1, "run_proxy = create_proxy(run)\nMutationObserver.new(run_proxy)"},
		"window.IntersectionObserver.new(run, threshold=0.5)":                         {1, "window.IntersectionObserver.new(run_proxy, threshold=0.5)"},
		"def f():\n    return MutationObserver.new(run)":                              {1, "    run_proxy = create_proxy(run)\n    return MutationObserver.new(run_proxy)"},
		"run_proxy = 1\nMutationObserver.new(run)":                                    {1, "MutationObserver.new(create_proxy(run))"},
		"lambda x: MutationObserver.new(x.y or run)":                                  {},
		"g = lambda: MutationObserver.new(run)":                                       {1, "g = lambda: MutationObserver.new(create_proxy(run))"},
		"if run: MutationObserver.new(run)":                                           {1, "if run: MutationObserver.new(create_proxy(run))"},
		"js.VideoDecoder.new(output=run, error=print)":                                {2, "js.VideoDecoder.new(output=run_proxy, error=print)"},
		"js.ReadableStream.new(pull=run, start=run)":                                  {1, "js.ReadableStream.new(pull=run_proxy, start=run)"},
		"js.ReadableStream.new(js.Object.new(), size=run)":                            {1, "size=run_proxy)"},
		"js.ReadableStream.new(js.Object.new(), pull=run)":                            {},
		"js.ReadableStream.new({'pull': run})":                                        {},
		"js.ReadableStream.new(to_js({'pull': run}))":                                 {},
		"js.FinalizationRegistry.new(run)":                                            {1, "js.FinalizationRegistry.new(run_proxy)"},
		"js.Proxy.new(js.Object.new(), get=run)":                                      {1, "get=run_proxy)"},
		"js.Promise.new(run)":                                                         {},
		"js.Library.new(run)":                                                         {},
		"js.MutationObserver(run)":                                                    {},
		"MutationObserver.new(create_proxy(run))":                                     {},
		"MutationObserver.new(js.console.log)":                                        {},
		"MutationObserver.new(*[run])":                                                {},
		"js.CustomEvent.new('x', detail=run)":                                         {},
		"js.Array.new(run)":                                                           {},
		"def f(js):\n    js.MutationObserver.new(run)":                                {},
		"import sys\nif sys.platform != 'emscripten':\n    MutationObserver.new(run)": {},
	} {
		found := findings(t, text, analysis.View{})
		if len(found) != want.findings {
			t.Errorf("%s: %d findings", text, len(found))
		}
		if fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Safe); !strings.Contains(fixed, want.fixed+"\n") {
			t.Errorf("%s becomes\n%s", text, fixed)
		}
	}
}

func TestProjectsWithoutTheMistake(t *testing.T) {
	for name, view := range map[string]analysis.View{
		"proxies by themselves": {Runtime: realm.Runtime{AutoProxies: true}}, "MicroPython": {MicroPython: true},
	} {
		if found := findings(t, "MutationObserver.new(run)", view); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}
