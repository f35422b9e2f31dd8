package coroutinehandler

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
)

const setup = `import js
from pyodide.ffi import create_proxy
from pyodide.ffi.wrappers import set_timeout
async def save(*values): pass
button = js.document.createElement("button")
`

func TestFixes(t *testing.T) {
	for text, want := range map[string]string{
		"button.onclick = lambda e: save(e)":                                   "button.onclick = save",
		"button.onclick = create_proxy(lambda e: save(e))":                     "button.onclick = create_proxy(save)",
		"button.onclick = lambda: save()":                                      "button.onclick = save",
		"button.onclick = lambda e: save()":                                    "button.onclick = lambda e: asyncio.ensure_future(save())",
		"button.onclick = lambda e: save(*e)":                                  "button.onclick = lambda e: asyncio.ensure_future(save(*e))",
		"button.onclick = lambda e, f: save(f, e)":                             "button.onclick = lambda e, f: asyncio.ensure_future(save(f, e))",
		"button.onclick = lambda e: late(e)\nasync def late(e): pass":          "button.onclick = lambda e: asyncio.ensure_future(late(e))\nasync def late(e): pass",
		"set_timeout(lambda: save(), 1)":                                       "set_timeout(lambda: asyncio.ensure_future(save()), 1)",
		"set_timeout(save, 1)":                                                 "set_timeout(lambda: asyncio.ensure_future(save()), 1)",
		"set_timeout(create_proxy(save), 1)":                                   "",
		"button.onclick = save":                                                "",
		"button.onclick = lambda e: save(e).close()":                           "",
		"button.onclick = lambda e: print(save(e))":                            "",
		"def click(e):\n    yield\n    return save(e)\nbutton.onclick = click": "",
		"import functools\n@functools.singledispatch\ndef click(e):\n    return save(e)\nbutton.onclick = click":                 "",
		"from pyscript import document, RUNNING_IN_WORKER\nif RUNNING_IN_WORKER:\n    document.body.onclick = lambda e: save(e)": "",
		"import sys\nif sys.platform != 'emscripten':\n    button.onclick = lambda e: save(e)":                                   "",
	} {
		found := analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, analysis.View{})
		got := ""
		if len(found) > 0 {
			fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Safe)
			got = strings.TrimSpace(strings.TrimPrefix(strings.Replace(fixed, "import asyncio\n", "", 1), setup))
		}
		if got != want {
			t.Errorf("%s\n  is fixed as %q", text, got)
		}
	}
}
