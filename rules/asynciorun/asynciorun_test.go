package asynciorun

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
)

const setup = `import asyncio
import js
loop = asyncio.get_event_loop()
`

func findings(t *testing.T, text string, view analysis.View) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, view)
}

// What is said follows the targeted versions and what settings say of JSPI.
func TestWhen(t *testing.T) {
	on, off := true, false
	old, late := pyodide.Only(pyodide.V026), pyodide.Since(pyodide.V027)
	const top, callback = "x = loop.run_until_complete(f())", "js.document.onclick = lambda event: asyncio.run(f())"
	for _, test := range []struct {
		text     string
		versions pyodide.Versions
		jspi     *bool
		want     string
	}{
		{top, 0, nil, "cannot wait before Pyodide 0.27.7 and in browsers without JSPI: the event loop runs already"},
		{top, 0, &on, "cannot wait on Pyodide 0.26: the event loop runs already"},
		{top, 0, &off, "cannot wait here: without JSPI the stack cannot be switched"},
		{top, old, nil, "cannot wait here: the event loop runs already"},
		{top, old, &on, "cannot wait here: the event loop runs already"},
		{top, late, nil, "cannot wait in browsers without JSPI: the stack cannot be switched there"},
		{top, late, &on, ""},
		{top, late, &off, "cannot wait here: without JSPI the stack cannot be switched"},
		{callback, 0, nil, "cannot wait here: onclick calls this function synchronously"},
		{callback, late, &on, "cannot wait here: onclick calls this function synchronously"},
		{"loop.run_until_complete(f())", old, nil, ""},
		{"_ = loop.run_until_complete(f())", old, nil, ""},
		{"_ = loop.run_until_complete(f())\nf()", old, nil, "cannot wait here"},
		{"js.document.onclick = lambda event: loop.run_until_complete(f())", old, nil, "cannot wait here"},
		{"def g(event):\n    loop.run_until_complete(f())\njs.document.onclick = g", old, nil, ""},
		{"def g(event):\n    loop.run_until_complete(f())\njs.document.onclick = g", late, nil, "calls this function synchronously"},
		{"loop.run_until_complete(f())", late, &on, ""},
		{"loop.run_until_complete(f())", 0, &on, ""},
		{"loop.run_until_complete(f())\nf()", old, nil, "cannot wait here"},
		{"for x in y:\n    loop.run_until_complete(f())", old, nil, "cannot wait here"},
		{"if x:\n    loop.run_until_complete(f())\nelse:\n    f()", old, nil, ""},
		{"if x:\n    loop.run_until_complete(f())\nf()", old, nil, "cannot wait here"},
		{"loop.run_forever()", 0, nil, ""},
		{"loop.run_forever()\nloop.close()", late, &on, "returns at once"},
		{"asyncio.Runner().run(f())", late, &on, "Runner.run cannot wait here: the event loop runs already"},
	} {
		said := ""
		for _, f := range findings(t, test.text, analysis.View{Versions: test.versions, JSPI: test.jspi}) {
			said += f.Message
		}
		if (test.want == "") != (said == "") || !strings.Contains(said, test.want) {
			t.Errorf("%s on %s\n  says %q, not %q", test.text, test.versions, said, test.want)
		}
	}
}

func TestFixes(t *testing.T) {
	for text, want := range map[string]string{
		"asyncio.run(f())":                                              "await f()",
		"x = asyncio.run(f()) + 1":                                      "x = await f() + 1",
		"x = asyncio.run(f()).name":                                     "x = (await f()).name",
		"x = asyncio.run(f() if y else g())":                            "x = await (f() if y else g())",
		"def main():\n    asyncio.run(f())":                             "async def main():\n    await f()",
		"def main():\n    asyncio.run(f())\nmain()":                     "none",
		"class A:\n    def m(self):\n        asyncio.run(f())\nA().m()": "none",
		"class A:\n    def __init__(self):\n        asyncio.run(f())":   "none",
		"main = lambda: asyncio.run(f())":                               "none",
		"asyncio.run(f(), debug=True)":                                  "none",
		"asyncio.run(main=f())":                                         "none",
		"from pyodide.ffi.wrappers import set_timeout\ndef main():\n    asyncio.run(f())\nset_timeout(main, 10)": "none",
	} {
		found := findings(t, text, analysis.View{})
		if len(found) != 1 {
			t.Errorf("%s\n  has %d findings", text, len(found))
			continue
		}
		got := "none"
		if len(found[0].Fixes) > 0 {
			fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Shown)
			got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
		}
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
