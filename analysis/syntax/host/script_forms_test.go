package host

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
)

// ticks makes templates of what a raw string of Go cannot hold.
func ticks(text string) string { return strings.ReplaceAll(text, "´", "`") }

func read(t testing.TB, kind Kind, text string) *Document {
	t.Helper()
	d := Read(kind, text)
	for _, x := range d.Troubles {
		t.Errorf("trouble: %s", x.Message)
	}
	for _, u := range d.Units {
		checkUnit(t, text, u.Derived)
	}
	return d
}

// change makes an edit of a unit in its host: of the first old becomes new.
func change(t testing.TB, host string, u Unit, old, new string) (string, bool) {
	t.Helper()
	at := strings.Index(u.Text, old)
	if at < 0 {
		t.Fatalf("%q is not in %q", old, u.Text)
	}
	e, ok := u.Edit(source.Edit{Span: source.Span{Start: at, End: at + len(old)}, New: new})
	if !ok {
		return "", false
	}
	text, err := source.Apply(host, []source.Edit{e})
	if err != nil {
		t.Fatal(err)
	}
	return text, true
}

func TestScriptForms(t *testing.T) {
	for _, test := range scriptForms {
		t.Run(test.name, func(t *testing.T) {
			host := ticks(test.host)
			for _, kind := range []Kind{JavaScript, TypeScript, TSX} {
				typed := strings.Contains(host, " as ") && !strings.Contains(host, "import") || strings.Contains(host, "!.")
				if kind == JavaScript && typed {
					continue
				}
				d := read(t, kind, host)
				if len(d.Units) != 1 {
					t.Fatalf("%d units in kind %d", len(d.Units), kind)
				}
				u := d.Units[0]
				if u.Text != test.unit {
					t.Fatalf("the unit is %q, want %q", u.Text, test.unit)
				}
				at := strings.Index(u.Text, "print")
				if span := u.Map.Span(source.Span{Start: at, End: at + 5}); host[span.Start:span.End] != "print" {
					t.Errorf("print is %q in the host", host[span.Start:span.End])
				}
				if test.edited == "" {
					continue
				}
				if got, ok := change(t, host, u, "print", "print('`')\nshow"); !ok || got != ticks(test.edited) {
					t.Errorf("the edit is %v and makes\n%s\nwant\n%s", ok, got, ticks(test.edited))
				}
			}
		})
	}
}

var scriptForms = []struct {
	name, host string
	unit       string
	edited     string // with print(…) made "print('`')\nshow(…)"
}{
	{"a template", "p.runPython(´print(1)´)", "print(1)", "p.runPython(´print('\\´')\nshow(1)´)"},
	{"over lines, dedented", "await p.runPythonAsync(´\n    import js\n    print(1)\n  ´);", "import js\nprint(1)\n",
		"await p.runPythonAsync(´\n    import js\n    print('\\´')\n    show(1)\n  ´);"},
	{"a string", `p.runPython("print(1)\nx")`, "print(1)\nx", `p.runPython("print('´')\nshow(1)\nx")`},
	{"a string in single quotes", `runPython('print(1)')`, "print(1)", `runPython('print(\'´\')\nshow(1)')`},
	{"optional, with a bang and a type", "(await p)?.x!.runPython?.<string>(´print(1)´ as string)", "print(1)", "(await p)?.x!.runPython?.<string>(´print('\\´')\nshow(1)´ as string)"},
	{"with what is not known", "runPython(´x = ${a + ´b´}; print(1)´)", "x = ꙮ; print(1)", "runPython(´x = ${a + ´b´}; print('\\´')\nshow(1)´)"},
	{"what is not known on a line of its own", "runPython(´\n  ${setup}\n  print(1)´)", "ꙮ\nprint(1)", "runPython(´\n  ${setup}\n  print('\\´')\n  show(1)´)"},
	{"put together", "runPython('a = ' + a + ´\nprint(1)´ + \"\\n\")", "a = ꙮ\nprint(1)\n", "runPython('a = ' + a + ´\nprint('\\´')\nshow(1)´ + \"\\n\")"},
	{"lines of a list", "runPython([\n  'import js',\n  'print(1)',\n].join('\\n'))", "import js\nprint(1)",
		"runPython([\n  'import js',\n  'print(\\'´\\')',\n  'show(1)',\n].join('\\n'))"},
	{"lines of a list in several quotes", "runPython(['import js', \"print(1)\", x, ´y´].join(\"\\n\"))", "import js\nprint(1)\nꙮ\ny",
		"runPython(['import js', \"print('´')\\nshow(1)\", x, ´y´].join(\"\\n\"))"},
	{"trimmed", "runPython(´\n  print(1)\n´.trim())", "print(1)", "runPython(´\n  print('\\´')\nshow(1)\n´.trim())"},
	{"dedented by a tag", "runPython(dedent´\n  print(1)\n´)", "print(1)\n", "runPython(dedent´\n  print('\\´')\n  show(1)\n´)"},
	{"dedented by a function", "runPython('x\\n' + dedent(´\n  print(1)\n´))", "x\nprint(1)\n", "runPython('x\\n' + dedent(´\n  print('\\´')\n  show(1)\n´))"},
	{"tagged", "runPython(py´print(1)´)", "print(1)", "runPython(py´print('\\´')\nshow(1)´)"},
	{"raw", "runPython(String.raw´print(1, '\\n\\´')´)", "print(1, '\\n\\`')", ""},
	{"escapes", `runPython("print('\t\x41\u00e9\uD83D\uDC0D\u{1F40D}\0\
\q')")`, "print('\tAé🐍🐍\x00q')", `runPython("print('´')\nshow('\t\x41\u00e9\uD83D\uDC0D\u{1F40D}\0\
\q')")`},
	{"a constant", "const CODE = ´print(1)´;\nfunction f() { p.runPython(CODE) }", "print(1)", "const CODE = ´print('\\´')\nshow(1)´;\nfunction f() { p.runPython(CODE) }"},
	{"a constant, trimmed later", "const CODE = ´ print(1) ´;\np.runPython(CODE.trim())", "print(1)", "const CODE = ´ print('\\´')\nshow(1) ´;\np.runPython(CODE.trim())"},
	{"a constant of lines, joined later", "const LINES = ['print(1)', 'x'];\np.runPython(LINES.join(´\n´))", "print(1)\nx", "const LINES = ['print(\\'´\\')', 'show(1)', 'x'];\np.runPython(LINES.join(´\n´))"},
	{"a property of an object", "const P = { a: { b: ´print(1)´ } };\nrunPython(P.a.b)", "print(1)", "const P = { a: { b: ´print('\\´')\nshow(1)´ } };\nrunPython(P.a.b)"},
	{"a frozen object", "const P = Object.freeze({ 'a': ´print(1)´ } as const);\nrunPython(P.a)", "print(1)", "const P = Object.freeze({ 'a': ´print('\\´')\nshow(1)´ } as const);\nrunPython(P.a)"},
	{"a field", "class A { #code = ´print(1)´; f() { return p.runPython(this.#code) } }", "print(1)", "class A { #code = ´print('\\´')\nshow(1)´; f() { return p.runPython(this.#code) } }"},
	{"a static field", "class A { static CODE = ´print(1)´ }\nrunPython(A.CODE)", "print(1)", "class A { static CODE = ´print('\\´')\nshow(1)´ }\nrunPython(A.CODE)"},
	{"by its looks", "export const CODE = ´\n# a comment\n  from js import x\n  print(1)´", "# a comment\n  from js import x\n  print(1)", ""},
	{"by its looks, dedented", "export const CODE = ´\n  from js import x\n  print(1)´", "from js import x\nprint(1)", "export const CODE = ´\n  from js import x\n  print('\\´')\n  show(1)´"},
	{"lines by their looks", "f(['import js as j, os', 'print(1)'].join('\\n'))", "import js as j, os\nprint(1)", "f(['import js as j, os', 'print(\\'´\\')', 'show(1)'].join('\\n'))"},
	{"a string by its looks", `f("import pyodide.ffi\nprint(1)")`, "import pyodide.ffi\nprint(1)", `f("import pyodide.ffi\nprint('´')\nshow(1)")`},
	{"inside an expression of a template", "const html = ´<p>${p.runPython(´print(1)´)}</p>´", "print(1)", "const html = ´<p>${p.runPython(´print('\\´')\nshow(1)´)}</p>´"},
	{"in half-typed code", "function f() {\n  if (a {\n  p.runPython(´print(1)´)\n\n  q.", "print(1)", "function f() {\n  if (a {\n  p.runPython(´print('\\´')\nshow(1)´)\n\n  q."},
	{"in a call that is not closed", "p.runPython(´print(1)´\n", "print(1)", "p.runPython(´print('\\´')\nshow(1)´\n"},
	{"behind regular expressions", "const a = /[´/]/, b = 1 / 2; runPython(´print(1)´) // ´", "print(1)", "const a = /[´/]/, b = 1 / 2; runPython(´print('\\´')\nshow(1)´) // ´"},
	{"carriage returns", "runPython(´\r\n  print(1)\r\n  x\r\n´)", "print(1)\r\nx\r\n", "runPython(´\r\n  print('\\´')\n  show(1)\r\n  x\r\n´)"},
	{"the end of a script in a string", "runPython(´print(\"<\\/script>\")´)", "print(\"</script>\")", "runPython(´print('\\´')\nshow(\"<\\/script>\")´)"},
	{"a template's expression outside", "const a = {{ x }}; {% if y %}\nrunPython(´print(1)´) {% endif %}", "print(1)", "const a = {{ x }}; {% if y %}\nrunPython(´print('\\´')\nshow(1)´) {% endif %}"},
	{"either of two", "runPython(a ? ´print(1)´ : b)", "print(1)", "runPython(a ? ´print('\\´')\nshow(1)´ : b)"},
}
