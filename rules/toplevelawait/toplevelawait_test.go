package toplevelawait

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// Measured with runPython and import on 0.26.4, 0.27.7, 0.28.3, 0.29.5 and 314.0.7: what is said fails on all, what is
// not runs on all, or fails under runPythonAsync as well.
func TestSaid(t *testing.T) {
	for text, said := range map[string]bool{
		"await f()":                                         true,
		"if False:\n  await f()":                            true,
		"async for x in g():\n  pass":                       true,
		"async with c():\n  pass":                           true,
		"y = [x async for x in g()]":                        true,
		"y = {x: 1 async for x in g()}":                     true,
		"y = [await f() for x in z]":                        true,
		"@(await f())\ndef g():\n  pass":                    true,
		"def g(a=await f()):\n  pass":                       true,
		"class A(await f()):\n  pass":                       true,
		"y = (x for x in await f())":                        true,
		"y = (await f() for x in z)":                        false,
		"y = (x async for x in g())":                        false,
		"y = (x for w in z for x in await f())":             false,
		"y = (x for x in z if await f())":                   false,
		"y = list(await f() for x in z)":                    false,
		"async def g():\n  await f()":                       false,
		"async def g():\n  async for x in y:\n    pass":     false,
		"for x in z:\n  pass":                               false,
		"with c():\n  pass":                                 false,
		"class A:\n  await f()":                             false, // runPythonAsync would not help
		"class A:\n  async for x in g():\n    pass":         false,
		"class A:\n  async def g(self):\n    await f(self)": false,
		"f = lambda: await g()":                             false,
	} {
		f, err := analysis.Open(source.New("a.js", "pyodide.runPython(`\n"+text+"\n`);\n"), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		if got := analysis.Check(t.Context(), f, analysis.View{}, []*analysis.Rule{Rule}, analysis.Options{}); (len(got) == 1) != said || len(got) > 1 {
			t.Errorf("%s\n  has %d findings", strings.TrimSpace(text), len(got))
		}
	}
}
