package host

import (
	"errors"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// loadings are the words of these tests for what becomes of a file, before its path.
var loadings = []string{"", "script:", "worker:", "service:", "module:", "settings:", "makes:"}

// referred are references as text.
func referred(t *testing.T, host string, all []Reference) string {
	t.Helper()
	var got []string
	for _, r := range all {
		if host[r.Span.Start:r.Span.End] != r.Path {
			t.Errorf("%s: %q stands at %q", host, r.Path, host[r.Span.Start:r.Span.End])
		}
		if r.Why == "" {
			t.Errorf("%s: it is not said how %s is loaded", host, r.Path)
		}
		entry := loadings[r.Kind] + r.Path
		if r.Kind != StartsWorker && r.Realms == pyodide.Worker {
			entry += "/worker"
		}
		if r.Realms == pyodide.Node {
			entry += "/node"
		}
		got = append(got, entry+[]string{"", "/py", "/mpy"}[r.Runtime])
	}
	return strings.Join(got, " ")
}

func TestScriptReferences(t *testing.T) {
	tests := []struct{ host, want string }{
		{"fetch('./a.py')", "./a.py"},
		{"fetch(´a.py´); window.fetch('b/c.py?v=1#x', {})", "a.py b/c.py"},
		{"import a from './a.py?raw'", "./a.py"},
		{"import a from './a.py' with { type: 'text' }", "./a.py"},
		{"export { default } from './a.py?raw'", "./a.py"},
		{"await import('./a.py?raw'); require('./b.py')", "./a.py ./b.py"},
		{"new URL('./a.py', import.meta.url)", "./a.py"},
		{"fetch(new URL('./a.py', import.meta.url))", "./a.py"},
		{"new PyWorker('./a.py', { type: 'micropython' })", "./a.py/worker/mpy"},
		{"await PyWorker('./a.py', { type: 'pyodide' }); XWorker('b.py')", "./a.py/worker/py b.py/worker"},
		{"polyscript.XWorker(new URL('a.py', b), { type: ´mpy´ })", "a.py/worker/mpy"},
		{"f('b.py'); fetch('c.pyc'); fetch('.py'); fetch(a + '.py'); fetch(´${a}.py´); fetch('d.js?x.py')", ""},
		{"const a = 'a.py'; fetch(a)", "a.py"},
		{"importScripts('m.js', 'https://a.b/c.js', ´//d/e.js´, f); fetch('a.py')", "script:m.js a.py"},
		{"loadMicroPython(); fetch('a.py')", "a.py/mpy"},
		{"new Worker('./w.js'); new SharedWorker(´w´)", "worker:./w.js worker:w"},
		{"new Worker(new URL('./w.ts', import.meta.url), { type: 'module' })", "worker:./w.ts"},
		{"new window.Worker(new URL('w.ts?a', import.meta.url).href); new Worker(new URL('v.js', a).toString())", "worker:w.ts worker:v.js"},
		{"const A = new URL('w.js', b); new Worker(A); const C = 'c.js', D = { e: 'e.mjs' }; new Worker(C); new Worker(D.e)", "worker:w.js worker:c.js worker:e.mjs"},
		{"new Worker(a ? 'b.js' : 'c.js')", "worker:b.js worker:c.js"},
		{"wrap(new Worker('a.js')); new ComlinkWorker(new URL('b.ts', c))", "worker:a.js worker:b.ts"},
		{"import { Worker } from 'worker_threads'; new Worker('./a.mjs')", "worker:./a.mjs/node"},
		{"new Worker(URL.createObjectURL(a)); new Worker('blob:a'); new Worker('https://a.b/c.js'); new Worker(´${a}.js´); new Worker(a); new Worker(); new Worker(...a)", ""},
		{"import W from './w?worker'; import V from './v.js?sharedworker'; import U from './u.ts?worker&inline'; new Worker(a)", "worker:./w worker:./v.js worker:./u.ts"},
		{"import W from 'worker-loader!./x'; import V from 'worker-loader?inline=1!./y.js'; new Worker(a)", "worker:./x worker:./y.js"},
		{"import u from './w.js?url'; import v from './v.js?raw'; new Worker(u); new Worker(v)", "worker:./w.js"},
		{"navigator.serviceWorker.register('/sw.js', {}); navigator?.serviceWorker.register(new URL('./b.js', a)); c.register('d.js')", "service:/sw.js service:./b.js"},
		{"import a from './a'; import './b.js'; import * as c from '../c'; export * from '/d.ts'; export { e } from '@/e'; import f from '~/f.vue'; new Worker(a)",
			"script:./a script:./b.js script:../c script:/d.ts script:@/e script:~/f.vue"},
		{"import a from 'pyodide'; import b from '@a/b'; require('react'); import c from './c.css'; import d from './d.json'; import('e'); export const f = 1; new Worker(a)", ""},
		{"require('./a'); await import('./b.js'); const c = () => import(/* d */ './d'); new Worker(c)", "script:./a script:./b.js script:./d"},
		{"import a from './a.worker'; import b from '.'; new Worker(a)", "script:./a.worker script:."},
		{"import raw from 'raw-loader!./a.py'", "./a.py"},
		{"p.pyimport('a'); pyimport('b.c'); pyimport(d); pyimport('e f')", "module:a/py module:b.c/py"},
		{"p.registerJsModule('a', { b })", "makes:a/py"},
		{"new PyWorker('a.py', { config: './b.toml' }); XWorker('c.py', { type: 'pyodide', config: { packages: [] } })", "a.py/worker settings:./b.toml/worker c.py/worker/py"},
		{"loadPyodide(); for (const a of ['b.py', 'c.py']) f(a)", "b.py/py c.py/py"},
		{"loadPyodide(); const a = { 'b.py': c, d: 'd.py', [e]: ´f.py´ }", "b.py/py d.py/py f.py/py"},
		{"loadPyodide(); loadModule('a.py'); read_text('b.py'); this.runFile('c.py'); upload('d.py'); g(´h.py´)", "a.py/py b.py/py c.py/py"},
		{"loadPyodide(); console.log('a.py'); throw new Error('no a.py'); ['not b.py']; x = 'c.py'; ['.py', '*.py']", ""},
		{"for (const a of ['b.py']) f(a)", ""},
		{"p.FS.writeFile('/home/pyodide/a.py', b); p.runPython(c)", "a.py/py"},
		{"p.FS.writeFile('/home/pyodide/a.py', await fetch('./b/a.py')); p.runPython(c)", "./b/a.py/py"},
	}
	for _, test := range tests {
		host := ticks(test.host)
		if got := referred(t, host, read(t, JavaScript, host).References); got != test.want {
			t.Errorf("%s: %q, want %q", host, got, test.want)
		}
	}
}

// Of types nothing is left to load.
func TestTypeScriptReferences(t *testing.T) {
	tests := []struct{ host, want string }{
		{"import type { A } from './a'; import type B from './b'; export type { C } from './c'; import { type D } from './d'; import type from './e'", "script:./d script:./e"},
		{"import a = require('./a')", "script:./a"},
		{"const a = new ComlinkWorker<typeof import('./w')>(new URL('./w', import.meta.url))", "worker:./w"},
		{"let a: typeof import('./a'), b: Promise<import('./b').B>", ""},
		{"const a = new Worker(new URL('./w.ts', import.meta.url) as URL)", "worker:./w.ts"},
	}
	for _, test := range tests {
		host := test.host + "\nf('Worker(')"
		if got := referred(t, host, read(t, TypeScript, host).References); got != test.want {
			t.Errorf("%s: %q, want %q", test.host, got, test.want)
		}
		if got := referred(t, test.host, LinksIn(TypeScript, test.host)); !strings.Contains(test.want, "worker") && got != test.want {
			t.Errorf("%s: the links are %q, want %q", test.host, got, test.want)
		}
	}
}

func TestLinksIn(t *testing.T) {
	tests := []struct{ host, want string }{
		{"import a from './a'", "script:./a"},
		{"import './a.js';\nimport{b}from\"../b\";import * as c from '/c'; import d, { e as f } from '@/d'", "script:./a.js script:../b script:/c script:@/d"},
		{"export * from './a'\nexport * as b from './b'\nexport {\n  c, // d }\n  e,\n} from './c'", "script:./a script:./b script:./c"},
		{"import {\n  a,\n  // './x'\n  b, /* c */\n} from './d'", "script:./d"},
		{"const a = require('./a'), b = () => import('./b'), c = await import(/* webpack: 'x' */\n  ´./c´)", "script:./a script:./b script:./c"},
		{"import a = require('./a')", "script:./a"},
		{"import W from './w?worker'", "worker:./w"},
		{"import a from 'react'; import './b.css'; import(c); import(´./${d}´); require('e'); import.meta.f; export { g }\nimport h from './h'", "script:./h"},
		{"// import a from './a'\n/* import b from './b' */\n/*\nimport c from './c'\n*/\nf() // see import('./d')", ""},
		{"const a = ´\nimport b from './b'\n´; const c = \"import './d'\"; const e = 'import \\'./f\\''", ""},
		{"/**\n * a\n */\nimport b from './b'\n/* c */ import d from './d'; const e = '**/*.js'; import('./f') /* */; import('./g')", "script:./b script:./d script:./f script:./g"},
		{"a.import('./b'); reimport('./c'); importe './d'; $require('./e'); export const f = './g'; export default './h'", ""},
		{"import", ""}, {"import ", ""}, {"import {", ""}, {"import a from './b", ""}, {"import '", ""}, {"export *", ""}, {"export ", ""}, {"/*", ""}, {"require(", ""},
		{"import type from from './a'", ""},
	}
	for _, test := range tests {
		host := ticks(test.host)
		if got := referred(t, host, LinksIn(JavaScript, host)); got != test.want {
			t.Errorf("%s: %q, want %q", host, got, test.want)
		}
		if got := referred(t, host, Read(JavaScript, host).References); got != test.want {
			t.Errorf("%s: read it is %q, want %q", host, got, test.want)
		}
	}
	if got := LinksIn(HTML, "import './a'"); got != nil {
		t.Errorf("a page has the links %v", got)
	}
	if got := LinksIn(JavaScript, "import './a';\n"+strings.Repeat("f();", 60_000)); got != nil {
		t.Errorf("a bundle has the links %v", got)
	}
}

// A script that cannot be parsed is worth a word if it may hold Python.
func TestScriptNotParsed(t *testing.T) {
	fails := func(string, syntax.Dialect) (*syntax.Tree, error) { return nil, errors.New("fails") }
	if d := readBy(JavaScript, "import './a'; new Worker('b')", fails); len(d.Troubles) != 0 || len(d.References) != 1 {
		t.Errorf("a script without Python has the troubles %v, and the references %v", d.Troubles, d.References)
	}
	if d := readBy(JavaScript, "p.runPython('b')", fails); len(d.Troubles) != 1 {
		t.Errorf("a script with Python has the troubles %v", d.Troubles)
	}
}

// Whatever a script is, its links stand in it.
func FuzzLinks(f *testing.F) {
	for _, text := range []string{"import a from './a'\nexport * from '../b'", "/* */ import('./a') // b\nrequire('./c')", "´import './a'´", "import {a} from\n'./b'"} {
		f.Add(ticks(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range LinksIn(TypeScript, text) {
			if r.Span.Start < 0 || r.Span.End > len(text) || text[r.Span.Start:r.Span.End] != r.Path {
				t.Errorf("%q stands at %v", r.Path, r.Span)
			}
		}
	})
}

func BenchmarkLinksIn(b *testing.B) {
	text := "import { a } from './a';\n" + strings.Repeat("export function f(e) {\n  const value = e.target.value; // import nothing\n  return `v${value}`;\n}\n", 4_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(LinksIn(JavaScript, text)) != 1 {
			b.Fatal("one link")
		}
	}
}
