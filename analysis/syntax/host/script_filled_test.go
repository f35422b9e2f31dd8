package host

import (
	"fmt"
	"slices"
	"testing"
)

func TestFilled(t *testing.T) {
	for script, want := range map[string][]string{
		"pyodide.runPython(`print(\"${location.hash}\")`)":                                      {"location.hash js.location.hash"},
		"pyodide.runPython('print(\"' + prompt('a').trim() + '\")')":                            {"prompt('a').trim() js.prompt().trim()"},
		"const a = prompt('a'); pyodide.runPython(`print(\"${a}\")`)":                           {"a js.prompt()"},
		"let a = prompt('a'); a = 1; pyodide.runPython(`print(\"${a}\")`)":                      {"a "},
		"const a = prompt('a'); if (a === 'b') pyodide.runPython(`print(\"${a}\")`)":            {"a "},
		"const a = prompt('a'); if (/b/.test(a)) pyodide.runPython(`print(\"${a}\")`)":          {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) }":                                {"a  given"},
		"const f = (a) => pyodide.runPython(`print(\"${a}\")`)":                                 {"a  given"},
		"const f = a => a.includes('b') && list.has(a) && pyodide.runPython(`print(\"${a}\")`)": {"a "},
		"function f(location) { pyodide.runPython(`print(\"${location.hash}\")`) }":             {"location.hash "},
		"async () => pyodide.runPython(`print(\"${await (await fetch('a')).text()}\")`)":        {"await (await fetch('a')).text() js.fetch().text()"},
	} {
		d := Read(JavaScript, script)
		if len(d.Units) != 1 {
			t.Errorf("%s\n  has %d units", script, len(d.Units))
			continue
		}
		var got []string
		for _, x := range d.Units[0].Filled {
			said := x.Text + " " + x.Path
			if x.Given {
				said += " given"
			}
			got = append(got, said)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\n  fills in %q, want %q", script, got, want)
		}
	}
}

func TestHidden(t *testing.T) {
	for script, want := range map[string]string{
		`pyodide.unregisterJsModule("js")`:                                                           "[unregisterJsModule]",
		`pyodide.unregisterJsModule("own")`:                                                          "[]",
		`const p = await loadPyodide({ jsglobals: { a: 1 } }); p.runPython(code)`:                    "[jsglobals, others]",
		`const own = {}; const p = await loadPyodide({ jsglobals: own }); p.runPython(code)`:         "[jsglobals, others]",
		`const p = await loadPyodide({ jsglobals: {} }); p.runPython("import a")`:                    "[jsglobals]",
		`const p = await loadPyodide({ jsglobals: globalThis }); p.runPython(code)`:                  "[]",
		`async function f(jsglobals) { const p = await loadPyodide({ jsglobals }); p.runPython(a) }`: "[]",
	} {
		got := ""
		for _, h := range Read(JavaScript, script).Hidden {
			got += h.How
			if h.Others {
				got += ", others"
			}
		}
		if got = fmt.Sprintf("[%s]", got); got != want {
			t.Errorf("%s\n  hides %s, want %s", script, got, want)
		}
	}
}
