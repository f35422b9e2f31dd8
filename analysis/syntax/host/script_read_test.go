package host

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// texts are the units of a document.
func texts(d *Document) string {
	var all []string
	for _, u := range d.Units {
		all = append(all, u.Text)
	}
	return strings.Join(all, "|")
}

// Of these scripts some have no Python, others have some that is not known well enough, or two units.
func TestScriptUnits(t *testing.T) {
	for _, test := range scriptUnits {
		t.Run(test.name, func(t *testing.T) {
			for _, kind := range []Kind{JavaScript, TSX} {
				if got := texts(read(t, kind, ticks(test.host))); got != ticks(test.units) {
					t.Errorf("in kind %d the units are %q, want %q", kind, got, ticks(test.units))
				}
			}
		})
	}
}

var scriptUnits = []struct{ name, host, units string }{
	{"in comments", "// runPython(´a´)\n/* p.runPython('a') */", ""},
	{"a method of this name", "class A { runPython(code) { return ´a´ } }", ""},
	{"a function of this name", "function runPython(code = ´a´) {}", ""},
	{"no text", "runPython(code); runPython(´${a}${b}\n´); runPython(); runPython(...´a´)", ""},
	{"a tagged call", "runPython´a´", ""},
	{"a tag that may do anything", "runPython(sql´a´)", ""},
	{"a call that may do anything", "runPython(f(´a´)); runPython(´a´.replace('a', 'b')); runPython('a' - 'b')", ""},
	{"JavaScript in a template", "const a = ´import js from 'b'\nimport { c } from \"d\"´; // runPython", ""},
	{"a sentence in a template", "const a = ´import pyodide first\nthen run it´; // runPython", ""},
	{"Python that has nothing to do with the bridge", "const a = ´import os\nprint(os)´; // runPython", ""},
	{"Python that only mentions the bridge", "const a = ´import os\nos.mkdir('js') # pyodide´; // runPython", ""},
	{"Python that imports the bridge later", "const a = ´import os\nif os:\n    import os, js.x as y´; // runPython", "import os\nif os:\n    import os, js.x as y"},
	{"a Python import in one line of a string", "const a = 'import js'; // runPython", ""},
	{"an attribute in markup, which knows no escapes", "const a = <A b=\"import js\nc\" d='from js import a\\nb' />; // runPython", ""},
	{"a text that goes on elsewhere", "let a = ''; a += ´import js\nb´; // runPython", ""},
	{"Python in Python is not looked into", "runPython(´js.eval('''p.runPython(\"a\")''')´)", "js.eval('''p.runPython(\"a\")''')"},
	{"JavaScript in Python is not looked into", "runPython(´js.eval('p.runPython(´ + a + ´)')´)", "js.eval('p.runPython(ꙮ)')"},
	{"Python inside an expression of Python", "runPython(´a = ${p.runPython(´b´)}´)", "a = ꙮ|b"},
	{"one constant, run twice", "const A = ´a´; runPython(A); q.runPythonAsync(A)", "a"},
	{"one constant, run and Python by its looks", "const A = 'from js import a\\nb'; runPython(A)", "from js import a\nb"},
	{"constants of one name", "const A = ´a´; function f() { const A = ´b´; runPython(A) } runPython(A)", "a|b"},
	{"a name that is a parameter", "const A = ´a´; function f(A) { runPython(A) }", ""},
	{"names that are parameters", "const A = ´a´; A => runPython(A); ({A}) => runPython(A); (b, [A = 1]) => runPython(A); (...A) => runPython(A)", ""},
	{"a name that is caught", "const A = ´a´; try {} catch (A) { runPython(A) }", ""},
	{"a name that is imported", "import { b as A } from 'c'; runPython(A); { const A = ´a´ }", ""},
	{"a name of a loop", "const A = ´a´; for (const A of b) runPython(A)", ""},
	{"a name that is reassigned", "let A = ´a´; A = ´b´; runPython(A)", ""},
	{"names that change", "let A = ´a´, B = ´b´, C = ´c´, D = ´d´; A += 1; [B] = c; ({ C } = c); for (D of c) runPython(A); runPython(B); runPython(C); runPython(D)", ""},
	{"another of the name is reassigned", "const A = ´a´; function f() { let A; A = 1 } runPython(A)", "a"},
	{"a var counts in its whole function", "function f() { if (a) { var A = ´a´ } runPython(A) }", "a"},
	{"a let does not", "function f() { if (a) { let A = ´a´ } runPython(A) }", ""},
	{"a var that is declared twice", "var A = ´a´; var A = ´b´; runPython(A)", ""},
	{"a name of a name", "const A = ´a´, B = A; runPython(B)", "a"},
	{"a circle", "const A = B, B = A; runPython(B)", ""},
	{"circles of properties and calls", "const A = { a: A.a }; const B = B.trim(), C = [C].join(''), D = dedent(D); runPython(A.a); runPython(B); runPython(C); runPython(D)", ""},
	{"a property that is assigned", "const A = { a: ´a´ }; A.a = b; runPython(A.a)", ""},
	{"a property that is given twice", "const A = { a: ´a´, a: ´b´ }; runPython(A.a)", ""},
	{"a property that may be another", "const A = { a: ´a´, ...b }; const B = { a: ´a´, [b]: c }; runPython(A.a); runPython(B.a)", ""},
	{"a shorthand property", "const a = ´a´; const A = { a }; runPython(A.a)", "a"},
	{"this of an object", "const A = { a: ´a´, f() { runPython(this.a) } }", "a"},
	{"put together with a constant, which stands elsewhere", "const A = ´a´; runPython(A + ´\nb´)", "ꙮ\nb"},
	{"a list with a hole", "runPython(['a', , 'b'].join('\\n'))", ""},
	{"a list with more than strings", "runPython(['a', ...b, c, ´d${e}´].join('\\n'))", "a\nꙮ\nꙮ\ndꙮ"},
	{"a list with comments", "runPython(['a', // b, c\n 'd' /* e, */].join('\\n'))", "a\nd"},
	{"a list that is joined by something else", "runPython(['a', 'b'].join(c)); runPython(['a', 'b'].join(' '))", "a b"},
	{"an escape that templates refuse", "runPython(´a\\1´); runPython(´\\u{zz}´); runPython(´\\xz´); runPython('\\u12')", ""},
	{"octal escapes", "runPython('a\\101\\60\\7\\0')", "aA0\a\x00"},
	{"half of a character", "runPython('a\\ud83d')", "a\uFFFD"},
	{"a template that is not closed", "runPython(´a´);\nrunPython(´b", "a"},
	{"a string that is not closed", "runPython('a');\nrunPython('b\n", "a"},
	{"an expression that is not closed", "runPython(´a´);\nrunPython(´b${c´)", "a"},
	{"a first line that is not known", "const A = ´${a}\nimport js\n´ // runPython", "ꙮ\nimport js\n"},
	{"a function's name is no constant", "function A() {} runPython(A)", ""},
	{"both of two", "runPython(a ? ´a´ : (b ? 'b' : c))", "a|b"},
}

// In TypeScript names have types, and stand in more places.
func TestTypeScriptUnits(t *testing.T) {
	tests := []struct{ name, host, units string }{
		{"a declaration of the method", "interface A { runPython(code: 'a'): void }\ndeclare function runPython(a: ´a´): void", ""},
		{"a parameter with a type", "const A = ´a´; function f(A: string, b?: number) { runPython(A) }", ""},
		{"a private field", "class A { private static readonly code: string = ´a´; f() { p.runPython(A.code) } }", "a"},
		{"an assertion", "const A = <string>´a´; runPython(A)", "a"},
		{"satisfies", "const A = { a: ´a´ } satisfies B; runPython(A.a!)", "a"},
		{"an enumeration", "enum A { a = 'a' }\nrunPython(A.a)", ""},
		{"an abstract class", "abstract class A { static a = ´a´; f(this: A): void { runPython(A.a) } }", "a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := texts(read(t, TypeScript, ticks(test.host))); got != test.units {
				t.Errorf("the units are %q, want %q", got, test.units)
			}
		})
	}
}

func TestScriptEntry(t *testing.T) {
	tests := []struct {
		host  string
		entry Entry
		run   Runtime
		form  Form
	}{
		{"runPython('a')", PlainEntry, Pyodide, Run},
		{"runPythonAsync('a')", AsyncEntry, Pyodide, Run},
		{"runPythonSyncifying('a')", AnyEntry, Pyodide, Run},
		{"const A = 'a'; runPythonAsync(A); runPythonAsync(A)", AsyncEntry, Pyodide, Run},
		{"const A = 'a'; runPythonAsync(A); runPython(A)", PlainEntry, Pyodide, Run},
		{"const A = 'a'; runPython(A); runPythonAsync(A)", PlainEntry, Pyodide, Run},
		{"const A = 'a'; runPythonSyncifying(A); runPython(A)", PlainEntry, Pyodide, Run},
		{"const A = 'a'; runPythonSyncifying(A); runPythonAsync(A)", AnyEntry, Pyodide, Run},
		{"const m = await loadMicroPython(); m.runPython('a')", PlainEntry, MicroPython, Run},
		{"await loadMicroPython(); await loadPyodide(); m.runPython('a')", PlainEntry, Pyodide, Run},
		{"const A = ´import js\na´", AnyEntry, Unsaid, Shape},
		{"loadMicroPython(); const A = ´import js\na´", AnyEntry, MicroPython, Shape},
	}
	for _, test := range tests {
		u := read(t, JavaScript, ticks(test.host)).Units[0]
		if u.Entry != test.entry || u.Runtime != test.run || u.Form != test.form {
			t.Errorf("%s: entry %d, runtime %d, form %d", test.host, u.Entry, u.Runtime, u.Form)
		}
	}
}

func TestScriptClues(t *testing.T) {
	tests := []struct {
		host   string
		realms pyodide.Realms
	}{
		{"", 0},
		{"document.body", pyodide.Main},
		{"window.a = 1", pyodide.Main},
		{"a.document.b; 'window.a'; typeof window; function f(document) {}", 0},
		{"function f(document) { document.a }", 0},
		{"importScripts('a')", pyodide.Worker},
		{"self.onmessage = a", pyodide.Worker},
		{"onmessage = async () => {}", pyodide.Worker},
		{"worker.onmessage = a", 0},
		{"let onmessage; onmessage = a", 0},
		{"Comlink.expose(a)", pyodide.Worker},
		{"import { expose } from 'comlink'; expose(a)", pyodide.Worker},
		{"self.postMessage(a)", pyodide.Worker},
		{"worker.postMessage(a)", 0},
		{"self.addEventListener('message', a)", pyodide.Worker},
		{"self.addEventListener('click', a); window.addEventListener('message', a)", pyodide.Main},
		{"const self = this; self.postMessage(a); self.onmessage = b", 0},
		{"/// <reference lib=\"webworker\" />\nlet a = 1", pyodide.Worker},
		{"a instanceof DedicatedWorkerGlobalScope", pyodide.Worker},
		{"importScripts('a'); document.b", 0},
		{"import a from 'node:fs'", pyodide.Node},
		{"import a from 'fs'", pyodide.Node},
		{"const a = require('pyodide')", pyodide.Node},
		{"import { loadPyodide } from 'pyodide'", 0},
		{"const a = await import('node:path')", pyodide.Node},
		{"process.argv[2]", pyodide.Node},
		{"process.env.A", 0},
		{"Deno.args", pyodide.Node},
		{"if (a) document.b; else require('fs')", 0},
		{"self.addEventListener('fetch', a)", pyodide.ServiceWorker},
		{"importScripts('a'); self.onmessage = b; self.addEventListener('install', c)", pyodide.ServiceWorker},
		{"self.skipWaiting()", pyodide.ServiceWorker},
		{"self.clients.claim()", pyodide.ServiceWorker},
		{"self.addEventListener('fetch', a); self.postMessage(b)", 0},
		{"if (typeof importScripts === 'function') importScripts('a')", 0},
		{"typeof importScripts; importScripts('a')", 0},
		{"if (typeof window === 'undefined') { self.addEventListener('fetch', a) } else { document.b }", 0},
		{"if (typeof document !== 'undefined') f(); self.onmessage = a", pyodide.Worker},
		{"if (a) { typeof document; self.onmessage = a }", pyodide.Worker},
		{"typeof document === 'undefined' ? self.postMessage(a) : window.b", 0},
		{"const a = (self).a; (b instanceof ServiceWorkerGlobalScope)", pyodide.ServiceWorker},
	}
	for _, test := range tests {
		d := read(t, JavaScript, test.host+"\n;p.runPython('a')")
		if got := Agreed(d.Clues); got != test.realms || d.Units[0].Realms != 0 {
			t.Errorf("%s: %s, want %s", test.host, got, test.realms)
		}
	}
	got := read(t, JavaScript, "f(); document.a; importScripts('b'); window.c; p.runPython('d')").Clues
	want := []Clue{{pyodide.Main, source.Span{Start: 5, End: 13}, "uses document"}, {pyodide.Worker, source.Span{Start: 17, End: 30}, "uses importScripts"}}
	if !slices.Equal(got, want) {
		t.Errorf("the clues are %v, want %v", got, want)
	}
	var d Document
	d.script("importScripts('a'); runPython('b')", syntax.JavaScript, nil, pyodide.Main)
	if got := d.Units[0].Realms; got != pyodide.Main {
		t.Errorf("where a page says where its script runs it runs in %d", got)
	}
}

// What stands around an edit decides whether it can be written.
func TestScriptEdits(t *testing.T) {
	tests := []struct{ host, old, new, want string }{
		{"runPython(´a$b{c´)", "b", "", ""},
		{"runPython(´a$b{c´)", "b", "d", "runPython(´a$d{c´)"},
		{"runPython(´a$b´)", "b", "{", ""},
		{"runPython(´ab´)", "b", "{c}$", "runPython(´a{c}\\$´)"},
		{"runPython(´ab´)", "b", "${c}", "runPython(´a\\${c}´)"},
		{"runPython('a\\0b')", "b", "1", ""},
		{"runPython('a\\0b')", "b", "c", "runPython('a\\0c')"},
		{"runPython('a\\nb')", "\nb", "", "runPython('a')"},
		{"runPython(´a\\´b´)", "`", "c", "runPython(´acb´)"},
		{"runPython(´a´)", "a", "b\r\nc\rd\\", "runPython(´b\r\nc\\rd\\\\´)"},
		{"runPython(\"a\")", "a", "'\"\t", "runPython(\"'\\\"\t\")"},
		{"runPython(String.raw´a´)", "a", "\\n", "runPython(String.raw´\\n´)"},
		{"runPython(String.raw´a´)", "a", "´", ""},
		{"runPython(String.raw´a´)", "a", "b\\", ""},
		{"runPython(String.raw´\\a´)", "a", "", ""},
		{"runPython(´a = ${b}´)", source.Placeholder, "c", ""},
		{"runPython(a + 'b')", "b", "c", "runPython(a + 'c')"},
		{"runPython('a' + 'b')", "ab", "c", ""},
		{"runPython(['a', 'b', 'c'].join('\\n'))", "a\n", "", "runPython(['b', 'c'].join('\\n'))"},
		{"runPython(['a', 'b', 'c'].join('\\n'))", "\nc", "", "runPython(['a', 'b'].join('\\n'))"},
		{"runPython(['a', // why\n 'b'].join('\\n'))", "a\n", "", ""},
		{"runPython(['a', // why\n 'b'].join('\\n'))", "a", "c\nd", "runPython(['c\\nd', // why\n 'b'].join('\\n'))"},
		{"runPython(['a', \"b\"].join('\\n'))", "a\n", "", ""},
		{"runPython(['a'].join('\\n'))", "a", "b\nc", "runPython(['b\\nc'].join('\\n'))"},
		{"runPython(['a\\0', 'b'].join('\\n'))", "\nb", "1", ""},
		{"runPython(´\n  a\n  b\n´)", "a\n", "", "runPython(´\n  b\n´)"},
		{"runPython(´\n  a\n´.trim())", "a", "b", "runPython(´\n  b\n´.trim())"},
	}
	for _, test := range tests {
		host := ticks(test.host)
		u := read(t, JavaScript, host).Units[0]
		if got, _ := change(t, host, u, ticks(test.old), ticks(test.new)); got != ticks(test.want) {
			t.Errorf("%s: with %q for %q it is %q, want %q", host, test.new, test.old, got, ticks(test.want))
		}
	}
}

// A script may itself stand in something that writes texts in its own way.
func TestScriptInside(t *testing.T) {
	const page = "<p>\n    runPython(`\n      a\n      b`); fetch('c.py')\n    d\n"
	var b source.Builder
	at := len("<p>\n")
	for _, line := range strings.SplitAfter(page[at:], "\n") {
		if line != "" {
			b.Unindent(source.Span{Start: at, End: at + 4})
			b.Verbatim(at+4, line[4:])
			at += len(line)
		}
	}
	around := b.Derived(nil).Indent("    ")
	var d Document
	d.script(around.Text, syntax.JavaScript, around, pyodide.Main)
	checkUnit(t, page, d.Units[0].Derived)
	if got, ok := change(t, page, d.Units[0], "b", "c\nd"); !ok || !strings.Contains(got, "`\n      a\n      c\n      d`)") {
		t.Errorf("the page becomes %q, %v", got, ok)
	}
	if r := d.References[0]; page[r.Span.Start:r.Span.End] != "c.py" {
		t.Errorf("the file's name is %q in the page", page[r.Span.Start:r.Span.End])
	}
}

func TestWorthScript(t *testing.T) {
	tests := []struct {
		host  string
		worth bool
	}{
		{"p.runPython(a)", true},
		{"const a = ´import js\n´", true},
		{"const a = ´\n\n  # b\n  from js import c´", true},
		{"const a = ´# b\nimport js´", true},
		{"const a = ´\\\nimport pyodide´", true},
		{"const a = ´${b}\nimport pyodide.ffi as x´", true},
		{"['import js']", true},
		{"'\\nfrom pyscript.ffi import x'", true},
		{"import js from './js'\nimport { a } from 'js'", false},
		{"const a = ´b´\nimport js from 'js'", false},
		{"// '\nimport js from 'js'", false},
		{"const a = ´import { b } from 'js'´", false},
		{"const a = ´import os´", false},
		{"fetch('a.py')", true},
		{"fetch('a.py?b')", true},
		{"a.pyodide; b.py", false},
		{"new Worker('a.js')", true},
		{"navigator.serviceWorker", true},
		{"new ComlinkWorker<A>('a.js')", true},
		{"importScripts('a')", true},
		{"p.pyimport('a')", true},
		{"import W from './w?worker'", false},
		{"", false},
	}
	for _, test := range tests {
		if got := Worth(JavaScript, ticks(test.host)); got != test.worth {
			t.Errorf("%s: %v", test.host, got)
		}
	}
}

func TestBundle(t *testing.T) {
	line := "runPython('a');"
	tests := []struct {
		name, text string
		bundle     bool
	}{
		{"small", strings.Repeat(line, 100), false},
		{"large, with lines", strings.Repeat(line+"\n", 20_000), false},
		{"large, on one line", strings.Repeat(line, 20_000), true},
		{"too large", strings.Repeat(line+"\n", 600_000), true},
	}
	for _, test := range tests {
		if got := Bundle(test.text); got != test.bundle {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	if d := Read(JavaScript, strings.Repeat(line, 20_000)); len(d.Units)+len(d.Troubles) > 0 {
		t.Errorf("a bundle has %d units and %d troubles", len(d.Units), len(d.Troubles))
	}
}

func BenchmarkScript(b *testing.B) {
	var text strings.Builder
	for i := range 200 {
		fmt.Fprintf(&text, "async function f%d(e) {\n  const value = e.target.value;\n  for (const i of g(3)) {\n    h(i, { key: `v${i}` });\n  }\n  await p.runPythonAsync(`\n    import js\n    js.x = ${i}\n  `);\n}\n", i)
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if d := Read(JavaScript, text.String()); len(d.Units) != 200 {
			b.Fatal(len(d.Units))
		}
	}
}

func BenchmarkWorthScript(b *testing.B) {
	text := strings.Repeat("import { a } from './js/a.js';\nexport function f(e) {\n  const value = e.target.value; // import nothing\n  return `v${value}`;\n}\n", 4_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if Worth(JavaScript, text) {
			b.Fatal("unrelated")
		}
	}
}
