package host

import (
	"fmt"
	"slices"
	"testing"
)

func TestFilled(t *testing.T) {
	for script, want := range map[string][]string{
		"pyodide.runPython(`print(\"${location.hash}\")`)":                                                           {"location.hash js.location.hash"},
		"pyodide.runPython('print(\"' + prompt('a').trim() + '\")')":                                                 {"prompt('a').trim() js.prompt().trim()"},
		"const a = prompt('a'); pyodide.runPython(`print(\"${a}\")`)":                                                {"a js.prompt()"},
		"let a = prompt('a'); a = 1; pyodide.runPython(`print(\"${a}\")`)":                                           {"a "},
		"const a = prompt('a'); if (a === 'b') pyodide.runPython(`print(\"${a}\")`)":                                 {"a "},
		"const a = prompt('a'); if (/b/.test(a)) pyodide.runPython(`print(\"${a}\")`)":                               {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } f(input)":                                            {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) }":                                                     {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } f('b'); f(`c`); f(d ? 'e' : 'f'); f()":               {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } f('b'); f(d ? 'e' : g)":                              {"a  given"},
		"function f(b, a) { pyodide.runPython(`print(\"${a}\")`) } f(input, 'b')":                                    {"a "},
		"function f(b, a) { pyodide.runPython(`print(\"${a}\")`) } f(...input)":                                      {"a  given"},
		"function f(b, a) { pyodide.runPython(`print(\"${a}\")`) } f('b', ...input)":                                 {"a  given"},
		"function f(a, ...b) { pyodide.runPython(`print(\"${a}\")`) } f('a', ...input)":                              {"a "},
		"export function f(a) { pyodide.runPython(`print(\"${a}\")`) }":                                              {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } f('b'); export { f }":                                {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } button.onclick = f":                                  {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } const g = { f }":                                     {"a  given"},
		"const f = (a) => pyodide.runPython(`print(\"${a}\")`)":                                                      {"a "},
		"export const f = (a) => pyodide.runPython(`print(\"${a}\")`)":                                               {"a  given"},
		"const f = (a) => pyodide.runPython(`print(\"${a}\")`); f(input)":                                            {"a  given"},
		"const f = async function (a) { pyodide.runPython(`print(\"${a}\")`) }; await f('b')":                        {"a "},
		"list.forEach((a) => pyodide.runPython(`print(\"${a}\")`))":                                                  {"a  given"},
		"list.forEach(a => pyodide.runPython(`print(\"${a}\")`))":                                                    {"a  given"},
		"const f = useCallback((a) => pyodide.runPython(`print(\"${a}\")`))":                                         {"a  given"},
		"const { f } = (a) => pyodide.runPython(`print(\"${a}\")`)":                                                  {"a  given"},
		"const g = { f(a) { pyodide.runPython(`print(\"${a}\")`) } }":                                                {"a  given"},
		"class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } } const g = new G(); g.f('b')":                      {"a "},
		"class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } g(b) { this.f(b) } } const g = new G()":             {"a "},
		"class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } g(b) { this.f(b) } } const g = new G(); g.g(input)": {"a  given"},
		"class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } } const g = new G(); on(g.f)":                       {"a  given"},
		"class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } } expose(new G())":                                  {"a  given"},
		"class G { constructor(a) { pyodide.runPython(`print(\"${a}\")`) } } const g = new G('b')":                   {"a  given"},
		"export class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } g() { this.f('b') } }":                       {"a  given"},
		"class G { f(a) { pyodide.runPython(`print(\"${a}\")`) } } export { G }":                                     {"a  given"},
		"const b = 'c'; function f(a) { pyodide.runPython(`print(\"${a}\")`) } f(b)":                                 {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } for (const b of ['c', 'd']) f(b)":                    {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } for (const b of ['c', input]) f(b)":                  {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } for (const b of input) f(b)":                         {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } function g(b) { f(b) } g('c')":                       {"a "},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`) } function g(b) { f(b) } g(input)":                     {"a  given"},
		"function f(a) { pyodide.runPython(`print(\"${a}\")`); f(a) } f('b')":                                        {"a  given"},
		"const f = a => a.includes('b') && list.has(a) && pyodide.runPython(`print(\"${a}\")`)":                      {"a "},
		"function f(location) { pyodide.runPython(`print(\"${location.hash}\")`) }":                                  {"location.hash "},
		"async () => pyodide.runPython(`print(\"${await (await fetch('a')).text()}\")`)":                             {"await (await fetch('a')).text() js.fetch().text()"},
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

func TestFilledTyped(t *testing.T) {
	for script, want := range map[string]bool{
		"function f(a: string) { pyodide.runPython(`print(\"${a}\")`) } f(input)":             true,
		"function f(b: G, a?: string) { pyodide.runPython(`print(\"${a}\")`) } f(input, 'b')": false,
		"function f(a: number) { pyodide.runPython(`print(\"${a}\")`) } f(input)":             false,
	} {
		if got := Read(TypeScript, script).Units[0].Filled[0].Given; got != want {
			t.Errorf("%s\n  is given: %v, want %v", script, got, want)
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
