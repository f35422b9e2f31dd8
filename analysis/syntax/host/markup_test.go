package host

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// found is what a document holds, as text: units with how they run and how they are written, references and
// troubles.
func found(host string, d *Document) string {
	var b strings.Builder
	for _, u := range d.Units {
		fmt.Fprintf(&b, "%s %s %s %s %q\n", forms[u.Form], runtimes[u.Runtime], entries[u.Entry], places[u.Realms], u.Text)
	}
	for _, r := range d.References {
		what := runtimes[r.Runtime]
		if r.Kind != LoadsPython {
			what = strings.TrimSuffix(loadings[r.Kind], ":")
		}
		fmt.Fprintf(&b, "-> %s %s %q\n", what, places[r.Realms], r.Path)
		if at := host[r.Span.Start:r.Span.End]; at != r.Path {
			fmt.Fprintf(&b, "   written %q\n", at)
		}
	}
	for _, t := range d.Troubles {
		fmt.Fprintf(&b, "! %q %s\n", host[t.Span.Start:t.Span.End], t.Message)
	}
	return b.String()
}

var (
	forms    = []string{"script", "tag", "attribute", "run", "shape", "cells", "fence"}
	runtimes = []string{"unsaid", "pyodide", "micropython"}
	entries  = []string{"any", "plain", "async"}
	places   = map[pyodide.Realms]string{0: "anywhere", pyodide.Main: "page", pyodide.Worker: "worker", pyodide.ServiceWorker: "service", pyodide.Node: "node"}
)

// example is a host with what is found in it, and an edit of its first unit: from is replaced by to.
type example struct {
	name, host, want string
	from, to         string
	edited           string // what becomes of the host; "" when the edit is refused
}

func run(t *testing.T, kind Kind, examples []example) {
	t.Helper()
	for _, e := range examples {
		t.Run(e.name, func(t *testing.T) {
			d := Read(kind, e.host)
			if got := found(e.host, d); got != e.want {
				t.Errorf("in %s\ngot\n%swant\n%s", e.host, got, e.want)
			}
			for _, u := range d.Units {
				checkUnit(t, e.host, u.Derived)
			}
			if e.from == "" {
				return
			}
			if len(d.Units) == 0 {
				t.Fatal("there is no unit to edit")
			}
			checkEdited(t, kind, e, d.Units[0])
		})
	}
}

func checkEdited(t *testing.T, kind Kind, e example, u Unit) {
	t.Helper()
	at := strings.Index(u.Text, e.from)
	if at < 0 {
		t.Fatalf("no %q in %q", e.from, u.Text)
	}
	edit, ok := u.Edit(source.Edit{Span: source.Span{Start: at, End: at + len(e.from)}, New: e.to})
	if !ok {
		if e.edited != "" {
			t.Errorf("%q for %q is refused", e.to, e.from)
		}
		return
	}
	got, err := source.Apply(e.host, []source.Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	if got != e.edited {
		t.Errorf("the host becomes\n%s\nwant\n%s", got, e.edited)
		return
	}
	again := Read(kind, got)
	if want := u.Text[:at] + e.to + u.Text[at+len(e.from):]; len(again.Units) == 0 || again.Units[0].Text != want {
		t.Errorf("read again it is %s, want %q", found(got, again), want)
	}
}

// checkUnit holds a unit to its segments: they cover it, stand in the host in order, and verbatim text is the
// host's.
func checkUnit(t testing.TB, host string, d *source.Derived) {
	t.Helper()
	unit, at := 0, 0
	for _, s := range d.Map {
		if s.Unit.Start != unit || s.Unit.End < unit || s.Host.Start < at || s.Host.End < s.Host.Start || s.Host.End > len(host) {
			t.Fatalf("segment %v follows %d in a unit of %q, %d in the host", s, unit, d.Text, at)
		}
		unit, at = s.Unit.End, s.Host.End
		text := d.Text[s.Unit.Start:s.Unit.End]
		switch s.Kind {
		case source.Verbatim:
			if host[s.Host.Start:s.Host.End] != text {
				t.Fatalf("segment %v is %q in the unit, %q in the host", s, text, host[s.Host.Start:s.Host.End])
			}
		case source.Dropped, source.Margin:
			if text != "" {
				t.Fatalf("segment %v drops %q", s, text)
			}
		}
	}
	if unit != len(d.Text) {
		t.Fatalf("segments end at %d of %q", unit, d.Text)
	}
	for i := range d.Text {
		span := d.Map.Span(source.Span{Start: i, End: i + 1})
		if span.Start < 0 || span.End > len(host) || span.Len() < 0 {
			t.Fatalf("byte %d is at %v", i, span)
		}
		if back, ok := d.Map.Unit(span.Start); span.Len() > 0 && (!ok || back > i) {
			t.Fatalf("byte %d of %q is at %v, which is at %d, %v", i, d.Text, span, back, ok)
		}
	}
}

// The forms in which tags hold Python, as public repositories write them.
func TestTags(t *testing.T) {
	run(t, HTML, []example{
		{"script", "<p>a<script type=\"py\">\n    import js\n    js.f(1)\n</script>", "script pyodide async page \"import js\\njs.f(1)\\n\"\n",
			"1)\n", "2)\njs.g()\n", "<p>a<script type=\"py\">\n    import js\n    js.f(2)\n    js.g()\n</script>"},
		{"script of Pyodide", "<script type='pyodide'>f()</script>", "script pyodide async page \"f()\"\n",
			"f()", "a < b", "<script type='pyodide'>a < b</script>"},
		{"script that ends itself", "<script type='py'>f('')</script>", "script pyodide async page \"f('')\"\n", "''", "'</SCRIPT>'", ""},
		{"script that hides its end", "<script type='py'>f('')</script>", "script pyodide async page \"f('')\"\n", "''", "'<!--'", ""},
		{"scripts share their names", "<script type=py>a = 1</script>\n<p>\n<script type=\"py\">\n  f(a)\n</script>", "script pyodide async page \"a = 1\\nf(a)\\n\"\n",
			"f(a)", "f(a + 1)\nb()", "<script type=py>a = 1</script>\n<p>\n<script type=\"py\">\n  f(a + 1)\n  b()\n</script>"},
		{"scripts and the old tag share their names", "<py-script>a = 1</py-script><script type='py'>f(a)</script>", "tag pyodide async page \"a = 1\\nf(a)\"\n",
			"a = 1", "a = 2", "<py-script>a = 2</py-script><script type='py'>f(a)</script>"},
		{"workers share nothing", "<script type='py' worker>a = 1</script><script type='py' worker>b = 1</script><script type='py'>c</script>",
			"script pyodide async worker \"a = 1\"\nscript pyodide async worker \"b = 1\"\nscript pyodide async page \"c\"\n", "", "", ""},
		{"terminal", "<script type='py' terminal>a</script><script type='py' terminal worker>b</script>", "script pyodide async page \"a\"\nscript pyodide async worker \"b\"\n", "", "", ""},
		{"editors share environments", "<script type='py-editor' env='x' setup>a</script><script type='py-editor'>b</script><script type='py-editor' env='x'>c</script>",
			"script pyodide async worker \"a\\nc\"\nscript pyodide async worker \"b\"\n", "", "", ""},
		{"game", "<script type=\"py-game\" target=\"c\">import pygame</script><script type=\"py\">a</script>", "script pyodide async page \"import pygame\"\nscript pyodide async page \"a\"\n", "", "", ""},
		{"MicroPython", "<script type='mpy'>a</script><script type='mpy'>b</script><mpy-script>c</mpy-script><script type='mpy-editor'>d</script><script type='micropython'>e</script>",
			"script micropython async page \"a\\nb\\nc\"\nscript micropython async worker \"d\"\nscript micropython async page \"e\"\n", "", "", ""},
		{"Pyodide by settings", "<script type='pyodide' config='a.toml'>a</script><script type='pyodide' config='b.toml'>b</script><script type='pyodide' config='a.toml'>c</script>",
			"script pyodide async page \"a\\nc\"\nscript pyodide async page \"b\"\n-> settings page \"a.toml\"\n-> settings page \"b.toml\"\n-> settings page \"a.toml\"\n", "", "", ""},
		{"anybody's", "<script type=\"text/python\">a</script><script type=\"text/x-python\">b</script>", "script unsaid any page \"a\"\nscript unsaid any page \"b\"\n", "", "", ""},
		{"not to be awaited", "<script type=\"py\" async=\"false\">a</script>", "script pyodide plain page \"a\"\n", "", "", ""},
		{"sources", "<script type=\"py\" src=\"./main.py?v=1\"></script><script type='mpy' src=a.py#b /></script><script type='py' src=\"w.py\" worker terminal></script>" +
			"<py-script src=\"/b.py\"></py-script><py-repl src='c.py'></py-repl><script type='py-game' src=' d.py '></script>",
			"-> pyodide page \"./main.py\"\n-> micropython page \"a.py\"\n-> pyodide worker \"w.py\"\n-> pyodide page \"/b.py\"\n-> pyodide page \"c.py\"\n-> pyodide page \"d.py\"\n", "", "", ""},
		{"odd attributes", "<SCRIPT TYPE=PY SRC=main.py, WORKER></SCRIPT><script type=\"py\", src=\"a.py\", type=\"mpy\">a</script><script src=b&amp;c.py type=py></script>",
			"-> pyodide worker \"main.py\"\n-> pyodide page \"a.py\"\n-> pyodide page \"b&c.py\"\n   written \"b&amp;c.py\"\n", "", "", ""},
		{"worker with a file", "<script type=\"py\" worker=\"./w.py\">a</script><script type=\"py\" worker=\"true\">b</script>", "script pyodide async worker \"b\"\n-> pyodide worker \"./w.py\"\n", "", "", ""},
		{"old tag", "<div><py-script>\n      if a &lt; b and c < d:\n          e(\"<b>x</b>\") &amp;&amp; f</py-script></div>", "tag pyodide async page \"if a < b and c < d:\\n    e(\\\"<b>x</b>\\\") && f\"\n",
			"a < b", "a < b & c", "<div><py-script>\n      if a &lt; b &amp; c and c < d:\n          e(\"<b>x</b>\") &amp;&amp; f</py-script></div>"},
		{"references of all sorts", "<py-script>a &gt; b &#39;&quot;&#x41;&notit; &nope; &unknown &copy</py-script>", "tag pyodide async page \"a > b '\\\"A¬it; &nope; &unknown ©\"\n", "", "", ""},
		{"old tag in capitals", "<PY-SCRIPT>a</PY-SCRIPT ><Py-Repl>b</Py-Repl>", "tag pyodide async page \"a\\nb\"\n", "", "", ""},
		{"no Python", "<py-env>- numpy</py-env><py-config>packages = ['a']</py-config><mpy-config>{}</mpy-config><py-title>a</py-title>", "", "", "", ""},
		{"what a browser does not run", "<textarea><script type='py'>a</script></textarea><title><script type='py'>b</script></title><style><script type='py'>c</script></style><!-- <script type='py'>d</script> -->" +
			"<noscript><script type='py'>e</script></noscript><template><script type='py'>f</script><p py-click='g'></template><script type='text/template'><script type='py'>h</script>", "", "", "", ""},
		{"a template's content that is live", "<template shadowrootmode=open><script type='py'>f</script></template>", "script pyodide async page \"f\"\n", "", "", ""},
		{"left open", "<script type='py'>a = 1", "script pyodide async page \"a = 1\"\n", "1", "2", "<script type='py'>a = 2"},
		{"old tag left open", "<py-script>a = 1\n<p>", "tag pyodide async page \"a = 1\\n<p>\"\n", "", "", ""},
		{"nothing in it", "<script type='py'></script><script type='py'> \n </script><py-script></py-script><p py-click>", "", "", "", ""},
		{"a type with spaces is another one to PyScript", "<script type=' py'>a</script><script type='\vpy'>b</script>", "", "", "", ""},
		{"carriage returns", "<script type='py'>\r\n  a = 1\r\n  b = 2\r\n</script>", "script pyodide async page \"a = 1\\r\\nb = 2\\r\\n\"\n",
			"1\r\n", "2\r\nc = 3\r\n", "<script type='py'>\r\n  a = 2\r\n  c = 3\r\n  b = 2\r\n</script>"},
		{"byte order mark and NUL", "\ufeff<script type='py'>a = '\x00'</script>", "script pyodide async page \"a = '\\x00'\"\n", "", "", ""},
		{"tag left open", "<script type='py' ", "", "", "", ""},
		{"broken tags", "<<p <script type='py'>a</script></ <p <<<script type='py'>b</script>", "", "", "", ""},
		{"a script's end in a script's string", "<script type='py'>a = '<!--<script>'</script>b</script>", "script pyodide async page \"a = '<!--<script>'</script>b\"\n", "", "", ""},
	})
}

// What serves Python, and the scripts of a page.
func TestPageReferences(t *testing.T) {
	run(t, HTML, []example{
		{"scripts", "<script src=\"app.js?v=1\"></script><script type=module src='/src/main.tsx'></script><script src=./mini-coi.js></script><script src=\"https://a.b/c.js\"></script><script src='//d/e.js'></script>" +
			"<script type=importmap src='f.json'></script><template><script src='g.js'></script></template>",
			"-> script page \"app.js\"\n-> script page \"/src/main.tsx\"\n-> script page \"./mini-coi.js\"\n", "", "", ""},
		{"imports of a script", "<script type=\"module\">\n  import { a } from './a.js'\n  a()\n</script>", "-> script page \"./a.js\"\n", "", "", ""},
		{"a worker of a script", "<script>new Worker('a.js')</script><script type='text/js-worker'>importScripts('b.js')</script>", "-> worker worker \"a.js\"\n-> script worker \"b.js\"\n", "", "", ""},
		{"a template's", "{% load static %}<script src=\"{% static 'a/b.js' %}\"></script><script src=\"{{ c }}/d.js\"></script>", "-> script page \"a/b.js\"\n", "", "", ""},
		{"settings", "<script type='py' src='a.py' worker config='./b.toml'></script><script type='py' config='{\"packages\": []}' src='c.py'></script><py-script config=\"d.json\">e</py-script>",
			"tag pyodide async page \"e\"\n-> pyodide worker \"a.py\"\n-> settings worker \"./b.toml\"\n-> pyodide page \"c.py\"\n-> settings page \"d.json\"\n", "", "", ""},
		{"a service worker", "<script type='py' src='a.py' worker service-worker='./sw.js'></script><script type='py' service-worker>b</script>",
			"script pyodide async page \"b\"\n-> pyodide worker \"a.py\"\n-> service service \"./sw.js\"\n", "", "", ""},
	})
	run(t, Component, []example{
		{"imports", "<script setup lang=\"ts\">\nimport { a } from './a'\nimport type { B } from './b'\nimport C from '@/C.vue'\n</script>\n<template><p/></template>", "-> script page \"./a\"\n-> script page \"@/C.vue\"\n", "", "", ""},
	})
}

// Whatever is found in a page says what runs it, and where a person would look for that.
func TestWhy(t *testing.T) {
	const page = "<script type=\"py\" worker>a</script><py-script>b</py-script><b py-click=\"c\"></b><script>p.runPythonAsync('d'); stlite.mount('e')</script><script type='py' src='f.py' worker></script>"
	want := []string{
		"<script type=\"py\" worker> at <script type=\"py\" worker>", "<py-script> at <py-script>", "py-click at py-click", "runPythonAsync at p.runPythonAsync", "stlite.mount at stlite.mount",
	}
	d := read(t, HTML, page)
	var got []string
	for _, u := range d.Units {
		got = append(got, u.Why+" at "+page[u.At.Start:u.At.End])
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if r := d.References[0]; r.Why != "<script type=\"py\" worker>" {
		t.Errorf("the file is loaded by %s", r.Why)
	}
}

func TestStlite(t *testing.T) {
	run(t, HTML, []example{
		{"a text", "<script>stlite.mount(`\nimport streamlit as st\nst.write(1)\n`, a)</script>", "run pyodide any worker \"import streamlit as st\\nst.write(1)\\n\"\n", "1", "2", "<script>stlite.mount(`\nimport streamlit as st\nst.write(2)\n`, a)</script>"},
		{"files", "<script>stlite.mount({ entrypoint: 'a.py', files: { 'a.py': `b`, \"c.py\": { url: './d.py' }, 'e.csv': `f` } }, g)</script>", "run pyodide any worker \"b\"\n-> pyodide worker \"./d.py\"\n", "", "", ""},
		{"constants", "<script>const A = `a`, F = { 'a.py': A }; const stlite = b; stlite.mount({ files: F })</script>", "run pyodide any worker \"a\"\n", "", "", ""},
		{"imported", "<script type=module>import { mount } from 'https://a.b/@stlite/browser@0.8/build/stlite.js'\nmount('a', b)</script>", "run pyodide any worker \"a\"\n", "", "", ""},
		{"others", "<script>app.mount('a'); mount('b'); stlite.unmount('c') // stlite</script>", "", "", "", ""},
		{"an app", "<streamlit-app>\n  import streamlit as st\n  st.write(1)\n</streamlit-app>", "tag pyodide any worker \"import streamlit as st\\nst.write(1)\\n\"\n", "1", "2", "<streamlit-app>\n  import streamlit as st\n  st.write(2)\n</streamlit-app>"},
		{"an app elsewhere", "<streamlit-app src=\"./a.py\"></streamlit-app>", "-> pyodide worker \"./a.py\"\n", "", "", ""},
		{"files of an app", "<streamlit-app>\n<app-file name=\"a.py\" entrypoint>\nb\n</app-file><app-file name=\"c.py\" url=\"./d.py\"></app-file><app-file name=\"e.csv\">f</app-file><app-requirements>g</app-requirements></streamlit-app>",
			"tag pyodide any worker \"b\\n\"\n-> pyodide worker \"./d.py\"\n", "", "", ""},
		{"an app elsewhere, and its files", "<streamlit-app src='a.py'><app-file name='b.py' url='./b.py'></app-file></streamlit-app><app-file name='c.py' url='c.py'></app-file>", "-> pyodide worker \"a.py\"\n-> pyodide worker \"./b.py\"\n", "", "", ""},
		{"another's element", "<app-file name='a.py'>b</app-file>", "", "", "", ""},
	})
}

func TestHandlers(t *testing.T) {
	run(t, HTML, []example{
		{"double quotes", `<button id="a" py-click="f(&quot;a&quot;)">`, "attribute pyodide plain page \"f(\\\"a\\\")\"\n", `"a"`, `"b", 'c' < 1`, `<button id="a" py-click="f(&quot;b&quot;, 'c' &lt; 1)">`},
		{"single quotes", `<button py-click='f("a")'>`, "attribute pyodide plain page \"f(\\\"a\\\")\"\n", `"a"`, `'a'`, `<button py-click='f(&#39;a&#39;)'>`},
		{"no quotes", `<button py-click=f disabled>`, "attribute pyodide plain page \"f\"\n", "f", "g()", `<button py-click=g() disabled>`},
		{"no quotes and white space", `<button py-click=f>`, "attribute pyodide plain page \"f\"\n", "f", "g(a, b)", ""},
		{"no quotes and nothing left", `<button py-click=f id=a>`, "attribute pyodide plain page \"f\"\n", "f", "", ""},
		{"of 2022", `<b pys-onClick="f"></b><b py-onKeyDown="g()">`, "attribute pyodide plain page \"f\"\nattribute pyodide plain page \"g()\"\n", "", "", ""},
		{"MicroPython", `<b mpy-change="f">`, "attribute micropython plain page \"f\"\n", "", "", ""},
		{"several lines", "<b py-click=\"\n   f()\n   g()\n\">", "attribute pyodide plain page \"f()\\ng()\\n\"\n", "g()", "g()\nh()", "<b py-click=\"\n   f()\n   g()\n   h()\n\">"},
		{"white space at the head", "<b py-click=' f()'>", "attribute pyodide plain page \"f()\"\n", "", "", ""},
		{"references without semicolons", "<b py-click=\"&#65&ltb &lt= &lt;\">", "attribute pyodide plain page \"A&ltb &lt= <\"\n", "", "", ""},
		{"a template's", "<b py-click=\"f({{ url_for(\"x\") }})\">", "attribute pyodide plain page \"f(ꙮ)\"\n", "f(", "g(", "<b py-click=\"g({{ url_for(\"x\") }})\">"},
		{"of two the first counts", "<b py-click=f PY-CLICK=g>", "attribute pyodide plain page \"f\"\n", "", "", ""},
		{"no events", `<b class="py-4" data-py-click="a" py-env="b" py-mount="c" py-2="d" py-="e" pys-click="f" py-a-b="g" aria-py="h"><py-repl py-click="i"></py-repl><py-splash py-x=y>`, "", "", "", ""},
	})
}

func TestTemplates(t *testing.T) {
	run(t, HTML, []example{
		{"Jinja", "{% extends 'a' %}\n<script type=\"py\">\n  {% if a %}\n  x = {{ data | tojson }}\n  {% endif %}\n  f({# no #}x)\n</script>", "script pyodide async page \"x = ꙮ\\n\\nf(x)\\n\"\n",
			"f(", "g(", "{% extends 'a' %}\n<script type=\"py\">\n  {% if a %}\n  x = {{ data | tojson }}\n  {% endif %}\n  g({# no #}x)\n</script>"},
		{"what is opaque stays", "<script type=\"py\">x = {{ a }}</script>", "script pyodide async page \"x = ꙮ\"\n", "x = ꙮ", "y", ""},
		{"a new mark", "<script type=\"py\">x = f</script>", "script pyodide async page \"x = f\"\n", "f", "f'{{'", ""},
		{"another mark", "<script type=\"py\">x = {# {{ y }} + 1</script>", "script pyodide async page \"x = {# ꙮ + 1\"\n", "1", "1 #}", ""},
		{"right before a mark", "<script type=\"py\">f({{ y }})</script>", "script pyodide async page \"f(ꙮ)\"\n", "(", "(1, ", "<script type=\"py\">f(1, {{ y }})</script>"},
		{"right behind a mark", "<script type=\"py\">f({{ y }})</script>", "script pyodide async page \"f(ꙮ)\"\n", ")", ", 1)", "<script type=\"py\">f({{ y }}, 1)</script>"},
		{"beside a mark", "<script type=\"py\">x = {{ y }}</script>", "script pyodide async page \"x = ꙮ\"\n", "x = ", "z = 1 + ", "<script type=\"py\">z = 1 + {{ y }}</script>"},
		{"braces in a format", "<script type=\"py\">x = f\"a {{ b }} {c}\"\ny = {1: {2: 3}}\nz = '{%s}' % a\n</script>", "script pyodide async page \"x = f\\\"a ꙮ {c}\\\"\\ny = {1: {2: 3}}\\nz = '{%s}' % a\\n\"\n", "", "", ""},
		{"braces and quotes inside", "<script type=\"py\">x = {{ {'a': {'}}': 1}} }}</script>", "script pyodide async page \"x = ꙮ\"\n", "", "", ""},
		{"left open", "<script type=\"py\">x = '{{ a'\ny = '{% if'</script><script type=py>z = '}} %}'</script>", "script pyodide async page \"x = '{{ a'\\ny = '{% if'\\nz = '}} %}'\"\n", "", "", ""},
		{"sources", "<script type=\"py\" src=\"{{ url_for(\"static\", filename=\"x.py\") }}\"></script><script type=\"py\" src=\"{% static 'a/y.py' %}?v=1\" worker></script><script type=\"py\" src=\"{{ base }}/z.py\"></script><script type=py src=\"{{ 'a.py' if b else 'c.py' }}\"></script>",
			"-> pyodide page \"x.py\"\n-> pyodide worker \"a/y.py\"\n", "", "", ""},
		{"a runtime", "<script type=\"{{runtime}}\">\nimport js\n</script><script type=\"{{ x }}\" src=\"m.py\"></script><script type=\"{{kind}}\">import a from 'b'</script>", "script unsaid async page \"import js\\n\"\n-> unsaid page \"m.py\"\n", "", "", ""},
		{"ERB", "<script type=\"py\" <% if a > b %>worker<% end %>>\n  x = <%= y %>\n</script>", "script pyodide async worker \"x = ꙮ\\n\"\n", "", "", ""},
		{"Handlebars", "<script type=\"py\">\n{{#if a}}\nx = {{{b}}}\n{{/if}}\n</script>", "script pyodide async page \"x = ꙮ\\n\\n\"\n", "", "", ""},
		{"left as it stands", "{% raw %}<script type=\"py\">x = '{{ a }}'</script>{% endraw %}{% comment %}<script type=\"py\">b</script>{% endcomment %}", "script pyodide async page \"x = '{{ a }}'\"\n", "", "", ""},
	})
}

func TestComponents(t *testing.T) {
	run(t, Component, []example{
		{"Vue", "<template>\n <p v-if=\"a\" py-click=\"f\">{{ a }}</p>\n <script type=\"py\">x = {{1}}</script></template>\n<script setup lang=\"ts\">\nimport a from 'b'\n</script>", "attribute pyodide plain page \"f\"\nscript pyodide async page \"x = {{1}}\"\n", "", "", ""},
		{"Svelte", "<script src=\"a.js\" />\n{#if a < b}\n<b py-click={f} py-change='g'>\n<script type=\"py\" src={url}></script>", "attribute pyodide plain page \"g\"\n-> script page \"a.js\"\n", "", "", ""},
		{"Astro", "---\nconst a = '<script type=\"py\">x</script>'\n---\n<script type=\"py\">y</script>", "script pyodide async page \"y\"\n", "", "", ""},
	})
}

func TestPageSettings(t *testing.T) {
	run(t, HTML, []example{
		{"sound", "<py-config>\n  packages = ['a']\n  [[fetch]]\n</py-config><mpy-config>{\"a\": 1}</mpy-config><py-config type=json> [] </py-config>", "! \"[\" these settings are not a JSON object\n", "", "", ""},
		{"TOML", "<py-config>\n  packages = [\"&lt;a\", b]\n</py-config>", "! \"b\" this is not valid TOML: unexpected character U+0062 'b' at start of value\n", "", "", ""},
		{"YAML, as in 2022", "<py-config>\n  autoclose_loader: false\n  runtimes:\n    - lang: python\n</py-config><py-config>- a\n</py-config><py-config>a: b</py-config>", "! \":\" this is not valid TOML: expected '=' after key\n", "", "", ""},
		{"JSON", "<py-config>\n{\"packages\": [&quot;a&quot;, b]}\n</py-config>", "! \"b\" this is not valid JSON: invalid character 'b' looking for beginning of value\n", "", "", ""},
		{"elsewhere", "<py-config src=\"a.toml\">[</py-config><py-config>./pyscript.toml</py-config><py-config> </py-config><py-config>{{ a }}</py-config>", "-> settings page \"a.toml\"\n-> settings page \"./pyscript.toml\"\n", "", "", ""},
		{"for workers alone", "<py-config src='a.toml'></py-config><script type='py' worker>b</script>", "script pyodide async worker \"b\"\n-> settings worker \"a.toml\"\n", "", "", ""},
		{"left open", "<py-config>a = ", "! \" \" this is not valid TOML: expected value, not end of input\n", "", "", ""},
	})
}
