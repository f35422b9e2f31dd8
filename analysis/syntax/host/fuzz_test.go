package host

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pyodide-ls/analysis/source"
)

// written are texts that an edit may bring, some of which mean something to a host.
var written = []string{
	"", "x", "y = 1\n", "\n", "a < b & c", "\"", "'", "\\", "&lt;", "amp;", "</script>", "</py-script>", "{{", "{", "%", "{% x %}", "`", "```", "~~~\n",
	"  ", "\nif a:\n    b\n", "é🐍", "%%time\n", "<!--", "/script>", "\r\n", "\t", "#", "=", "\n\n\n", ">", "{%", "#}", "\x01",
}

var fuzzed = []Kind{HTML, Component, Notebook, Markdown, Settings, SettingsJSON}

func addSeeds(f *testing.F) {
	for i, text := range []string{
		"<script type=\"py\">\n    import js\n    js.f(1)\n</script>", "<py-script>\n      if a &lt; b and c < d:\n  e(\"<b>x</b>\") &amp;&amp; f</py-script>",
		"<script type=py>a = 1</script>\n<p>\n<script type=\"py\">\n  f(a)\n</script><script type='py' worker>b</script>", "<b py-click=\"f(&quot;a&quot;)\" pys-onClick='g(\"x\")' py-x=h>",
		"{% extends 'a' %}\n<script type=\"py\">\n  {% if a %}\n  x = {{ data | tojson }}\n  {% endif %}\n  f({# no #}x)\n</script>",
		"<py-config>\n  packages = ['a', b]\n</py-config><script type=py src=\"{{ url_for('a', filename='b.py') }}\"></script>",
		"<template><script type='py'>f</script></template>", "---\nconst a = 1\n---\n<script lang=ts>let a = `x`</script>",
		nb(`["import js\n", "js.f(\"a\")"]`, `"%%time\n\ud83d\udc0d"`, `["x = [\n"]`), nb(`"import js\r\na\\\n"`, `""`, `["a", "b\n"]`) + ",",
		"1. Pyodide\n\n   ```py title=\"a\"\n   import js\n\n   if a:\n       b\n   ```\n", "> a\n>\n> ~~~python3\n> import js\n>\n> a\n> ~~~\n",
		"-\t```python\n\timport js\n\tif a:\n\t\tb\n\t```\n", "# x\n\n<script type=\"py\">\nimport js\n\na\n</script>\n\n*y*\n\n> <script type=\"py\">\n>   f(a)\n> </script>\n\n<b py-click=g>\n",
		"1. x\n   ```html\n   <script type=\"py\">\n     import js\n     a\n   </script>\n   <b py-click=\"f(&quot;&quot;)\">\n   ```\n", "packages = [\"a\"]\n[[x]]\n", "{\"a\": [1, \"\\u00e4\"]}",
		"```{shinylive-python}\nimport js\n```\n<streamlit-app>\n<app-file name='a.py'>\n b\n</app-file></streamlit-app><script src='c.js'></script><script>stlite.mount({files: {'a.py': `b`}})</script>",
	} {
		for kind := range fuzzed {
			if kind < 2 && i < 8 || kind == 2 && (i == 8 || i == 9) || kind == 3 && i >= 10 || kind > 3 && i > 14 {
				f.Add(uint8(kind), text, uint16(0), uint8(2), uint8(1))
				f.Add(uint8(kind), text, uint16(6), uint8(0), uint8(20))
				f.Add(uint8(kind), text, uint16(9), uint8(3), uint8(4))
			}
		}
	}
}

// Whatever a document is, its units lie in it, and an edit that is carried over changes the unit as it was
// meant to.
func FuzzRead(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, kind uint8, host string, at uint16, size, text uint8) {
		if !utf8.ValidString(host) || len(host) > 4000 {
			t.Skip("no text")
		}
		k := fuzzed[int(kind)%len(fuzzed)]
		d := Read(k, host)
		for _, r := range d.References {
			if r.Span.Start < 0 || r.Span.Len() < 0 || r.Span.End > len(host) {
				t.Errorf("reference %v", r)
			}
		}
		for _, r := range d.Troubles {
			if r.Span.Start < 0 || r.Span.Len() < 0 || r.Span.End > len(host) || r.Message == "" {
				t.Errorf("trouble %v", r)
			}
		}
		if !Worth(k, host) && slices.ContainsFunc(d.Units, func(u Unit) bool { return u.Runtime == Pyodide || bridge(u.Text) }) {
			t.Errorf("there are units of Pyodide's in what is not worth reading")
		}
		for i, u := range d.Units {
			checkUnit(t, host, u.Derived)
			checkAgain(t, k, host, len(d.Units), i, u, int(at), int(size)%16, written[int(text)%len(written)])
		}
	})
}

// checkAgain makes an edit and reads the document again.
func checkAgain(t *testing.T, kind Kind, host string, units, i int, u Unit, at, size int, text string) {
	t.Helper()
	start := at % (len(u.Text) + 1)
	e := source.Edit{Span: source.Span{Start: start, End: min(len(u.Text), start+size)}, New: text}
	carried, ok := u.Edit(e)
	if !ok {
		return
	}
	after, err := source.Apply(host, []source.Edit{carried})
	if err != nil {
		t.Fatalf("the edit %v of %q becomes %v: %v", e, u.Text, carried, err)
	}
	if plain := strings.ReplaceAll(host, "\r\n", ""); kind == Markdown && strings.Contains(plain, "\r") {
		return // a line's end to Python, and none to Markdown
	}
	if kind == Markdown && u.Form <= Attribute {
		return // raw HTML: where a tag is broken, an edit decides anew what is a block of it
	}
	for _, s := range u.Map {
		if s.Kind == source.Escape && s.Host.Len() == 0 && s.Unit.Start <= e.Span.End && e.Span.Start <= s.Unit.End {
			return // a line end that is not there
		}
	}
	d := Read(kind, after)
	if len(d.Units) != units {
		if strings.TrimSpace(u.Text[:e.Span.Start]+text+u.Text[e.Span.End:]) != "" {
			t.Logf("%d units become %d", units, len(d.Units))
		}
		return
	}
	got, want := d.Units[i].Text, u.Text[:e.Span.Start]+text+u.Text[e.Span.End:]
	if normal(got) != normal(want) && (!apart(u.Map) || loose(got) != loose(want)) {
		t.Errorf("in\n%q\nthe edit %v of\n%q\nmade as %v, is read as\n%q\nwant\n%q\nin\n%q", host, e, u.Text, carried, got, want, after)
	}
}

// normal is a text without what dedenting takes away, and with plain line ends.
func normal(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	var b source.Builder
	b.Verbatim(0, text)
	lines := strings.SplitAfter(b.Derived(nil).Dedent().Text, "\n")
	for i, line := range lines {
		body := strings.TrimRight(line, "\r\n")
		lines[i] = strings.TrimRight(body, " \t") + line[len(body):]
	}
	return strings.TrimLeft(strings.Join(lines, ""), "\r\n")
}

// loose is a text without white space, which differs where one of several parts is dedented or gets a line end.
func loose(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "pass\n", "")), "")
}

// apart says whether a unit has several parts.
func apart(m source.Map) bool {
	for i := 1; i < len(m); i++ {
		if m[i].Host.Start > m[i-1].Host.End {
			return true
		}
	}
	return false
}

// The offsets of the tokens are the sum of their lengths, and attributes are those of the library.
func FuzzTokens(f *testing.F) {
	for _, text := range []string{
		"<p a=b c='d' e=\"f\" g h = i, j/k =l //m A=1 a=2>x</p>", "<!-- a --><![CDATA[b]]><!DOCTYPE html><?php c ?></d e></ f>", "<script><!--<script></script>a</script>b",
		"<textarea><p></textarea><plaintext>a</plaintext>", "<p =a ==b c= d='", "a < b <1 <", "<a b=/><a/b><a b = >", "\x00<a\x00b=\x00>",
	} {
		f.Add(text)
	}
	f.Fuzz(checkTokens)
}

func checkTokens(t *testing.T, text string) {
	if !utf8.ValidString(text) {
		t.Skip("no text")
	}
	p := &page{text: text, masked: text}
	p.restart(0)
	for kind := p.next(); kind != html.ErrorToken; kind = p.next() {
		if got := text[p.token.Start:p.token.End]; got != string(p.Raw()) {
			t.Fatalf("%v is %q, want %q", p.token, got, p.Raw())
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		span := p.token
		all := attributes(text, span)
		for token := p.Token(); len(token.Attr) > 0 || len(all) > 0; token.Attr, all = token.Attr[1:], all[1:] {
			if len(token.Attr) == 0 || len(all) == 0 {
				t.Fatalf("%v of %q are left, %v", token.Attr, text[span.Start:span.End], all)
			}
			raw := text[all[0].value.Start:all[0].value.End]
			if want := token.Attr[0]; !strings.ContainsAny(text, "\x00\r") && (want.Key != all[0].name || want.Val != undone(raw)) {
				t.Fatalf("attribute %q is %q, want %q of %q", all[0].name, undone(raw), want, text[span.Start:span.End])
			}
		}
	}
}

// undone is an attribute's value as the browser has it.
func undone(raw string) string {
	var b strings.Builder
	for len(raw) > 0 {
		if n, stands := reference(raw, true); n > 0 {
			b.WriteString(stands)
			raw = raw[n:]
			continue
		}
		b.WriteByte(raw[0])
		raw = raw[1:]
	}
	return b.String()
}
