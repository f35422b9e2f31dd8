package source_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
)

// An edit is carried over to where it means in the host what it means in the unit: new lines get the margin,
// and what the host writes in its own way is written so.
func TestDerivedEdit(t *testing.T) {
	host, d := page()
	tests := []struct {
		name string
		edit source.Edit
		want string // the host's text afterwards, without the tags
	}{
		{"replace inside a segment", replace(2, 3, "b"), "  f(b)\n  g(&lt; {{ x }})\n  h()\n "},
		{"replace a whole segment", replace(12, 15, "i"), "  f(a)\n  g(&lt; {{ x }})\n  i\n "},
		{"delete", replace(2, 3, ""), "  f()\n  g(&lt; {{ x }})\n  h()\n "},
		{"insert inside a segment", insert(3, ", b"), "  f(a, b)\n  g(&lt; {{ x }})\n  h()\n "},
		{"insert at the unit's start keeps the indentation", insert(0, "await "), "  await f(a)\n  g(&lt; {{ x }})\n  h()\n "},
		{"insert at a line's start keeps the indentation", insert(5, "await "), "  f(a)\n  await g(&lt; {{ x }})\n  h()\n "},
		{"insert before an escape", insert(7, "a"), "  f(a)\n  g(a&lt; {{ x }})\n  h()\n "},
		{"insert behind an escape", insert(8, "="), "  f(a)\n  g(&lt;= {{ x }})\n  h()\n "},
		{"insert before an opaque segment", insert(9, "-"), "  f(a)\n  g(&lt; -{{ x }})\n  h()\n "},
		{"insert behind an opaque segment", insert(10, ", y"), "  f(a)\n  g(&lt; {{ x }}, y)\n  h()\n "},
		{"a line at the unit's start", insert(0, "import js\n"), "  import js\n  f(a)\n  g(&lt; {{ x }})\n  h()\n "},
		{"lines between two", insert(5, "if a:\n    b\n"), "  f(a)\n  if a:\n      b\n  g(&lt; {{ x }})\n  h()\n "},
		{"a line behind another", insert(4, "\n\nb()"), "  f(a)\n\n  b()\n  g(&lt; {{ x }})\n  h()\n "},
		{"a line goes with its margin", replace(0, 5, ""), "  g(&lt; {{ x }})\n  h()\n "},
		{"two lines become one", replace(4, 5, "; "), "  f(a); g(&lt; {{ x }})\n  h()\n "},
		{"a line is replaced", replace(0, 5, "b()\nc()\n"), "  b()\n  c()\n  g(&lt; {{ x }})\n  h()\n "},
		{"an escape is replaced", replace(7, 8, ">"), "  f(a)\n  g(> {{ x }})\n  h()\n "},
		{"an escape is written", replace(2, 3, "a < b"), "  f(a &lt; b)\n  g(&lt; {{ x }})\n  h()\n "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, ok := d.Edit(test.edit)
			if !ok {
				t.Fatalf("Edit(%v) is refused", test.edit)
			}
			if got, want := apply(t, host, e), "<script>"+test.want+"</script>"; got != want {
				t.Errorf("the host becomes %q, want %q", got, want)
			}
		})
	}
}

// At the end of a unit the margin that new text leaves behind would be that of the host's next line.
func TestDerivedEditAtTheEnd(t *testing.T) {
	host, d := layOut("`", "  `", []part{dropped("  "), verbatim("a\n"), dropped("  "), verbatim("b\n")}, nil)
	var b source.Builder
	for _, s := range d.Map {
		if s.Kind == source.Dropped {
			b.Unindent(s.Host)
		}
		b.Verbatim(s.Host.Start, host[s.Host.Start:s.Host.End][:s.Unit.Len()])
	}
	d = b.Derived(nil).Indent("  ")
	for _, test := range []struct {
		edit source.Edit
		want string
	}{
		{replace(2, 4, ""), "`  a\n  `"},
		{replace(2, 4, "c\nd\n"), "`  a\n  c\n  d\n  `"},
		{replace(0, 4, ""), "`  `"},
		{replace(2, 3, ""), "`  a\n  \n  `"},
		{insert(3, "\nc"), "`  a\n  b\n  c\n  `"},
	} {
		e, ok := d.Edit(test.edit)
		if !ok {
			t.Errorf("Edit(%v) is refused", test.edit)
		} else if got := apply(t, host, e); got != test.want {
			t.Errorf("Edit(%v) makes %q, want %q", test.edit, got, test.want)
		}
	}
}

func apply(t *testing.T, text string, edits ...source.Edit) string {
	t.Helper()
	got, err := source.Apply(text, edits)
	if err != nil {
		t.Fatalf("Apply: %v", err)
	}
	return got
}

func TestDerivedEditRefuses(t *testing.T) {
	_, inPage := page()
	_, escapes := layOut(`"`, `"`, []part{verbatim("a"), opaque("{% if x %}", ""), verbatim("b"), opaque("${x}", "XXXX"), escape(`\uD83D\uDC0D`, "🐍"), verbatim("\n"), dropped(" ")}, nil)
	escapes = escapes.Indent("  ")
	_, cell := layOut("", "", []part{verbatim("a\n")}, nil)
	tests := []struct {
		name string
		d    *source.Derived
		edit source.Edit
	}{
		{"an opaque segment", inPage, replace(9, 10, "y")},
		{"over an opaque segment", inPage, replace(8, 11, "y")},
		{"before the unit", inPage, replace(-1, 1, "x")},
		{"behind the unit", inPage, replace(14, 16, "x")},
		{"an insert behind the unit", inPage, insert(16, "x")},
		{"backwards", inPage, replace(3, 1, "x")},
		{"what cannot be written", inPage, insert(3, "\x00")},
		{"what stands for something that is not known", inPage, insert(3, source.Placeholder)},
		{"insert inside an opaque segment", escapes, insert(4, "x")},
		{"over an opaque segment that leaves no text", escapes, replace(0, 2, "x")},
		{"a part of an escape", escapes, replace(6, 8, "x")},
		{"a line that lacks the margin", escapes, insert(11, "x")},
		{"from one part into the next", source.Concat(cell, cell), replace(0, 3, "x")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := test.d.Edit(test.edit); ok {
				t.Errorf("Edit(%v) = %v, want a refusal", test.edit, got)
			}
		})
	}
}

// template is the unit of a text in backticks that begins at an offset; \` is an escape and ${…} is opaque.
func template(host string, at int) *source.Derived {
	var b source.Builder
	for i := at + 1; ; i++ {
		switch {
		case host[i] == '`':
			return b.Derived(func(text string) (string, bool) { return strings.ReplaceAll(text, "`", "\\`"), true })
		case host[i] == '\\':
			b.Escape(source.Span{Start: i, End: i + 2}, host[i+1:i+2])
			i++
		case host[i] == '$':
			end := i + strings.IndexByte(host[i:], '}') + 1
			b.Opaque(source.Span{Start: i, End: end}, source.Placeholder)
			i = end - 1
		default:
			b.Verbatim(i, host[i:i+1])
		}
	}
}

func TestDedent(t *testing.T) {
	tests := []struct{ name, host, want string }{
		{"nothing in common", "`a\n  b`", "a\n  b"},
		{"a margin, and blank lines at the head", "`\n  \n  a\n    b\n`", "a\n  b\n"},
		{"blank lines count for nothing and end up empty", "`  a\n \n   \n  b\n   `", "a\n\n\nb\n"},
		{"tabs and spaces have nothing in common", "`\ta\n  b`", "\ta\n  b"},
		{"carriage returns", "`\r\n  a\r\n  \r\n  b`", "a\r\n\r\nb"},
		{"an opaque text is text", "`\n  ${x}\n   a`", "ꙮ\n a"},
		{"an escape is text", "`\n  \\`\n   a`", "`\n a"},
		{"blank lines and no margin", "`\n  \na\n  \n  b\n  `", "a\n  \n  b\n  "},
		{"nothing but blank lines", "`\n  \n`", "\n  \n"},
		{"nothing", "``", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := template(test.host, 0).Dedent()
			if d.Text != test.want {
				t.Fatalf("%q becomes %q, want %q", test.host, d.Text, test.want)
			}
			for _, s := range d.Map {
				if s.Kind == source.Verbatim && d.Text[s.Unit.Start:s.Unit.End] != test.host[s.Host.Start:s.Host.End] {
					t.Errorf("segment %v is %q in the host", s, test.host[s.Host.Start:s.Host.End])
				}
			}
		})
	}
}

// A script in a list of a Markdown text: two margins, and an edit has to be written twice.
func TestWithin(t *testing.T) {
	const host = "- text\n\n  run(`\n     a = '\\`'\n     b = ${x}\n  `)\n"
	var b source.Builder
	lines := strings.SplitAfter(host, "\n")
	at := len(lines[0]) + len(lines[1])
	for _, line := range lines[2:6] {
		b.Unindent(source.Span{Start: at, End: at + 2})
		b.Verbatim(at+2, line[2:])
		at += len(line)
	}
	script := b.Derived(nil).Indent("  ")
	from := strings.IndexByte(script.Text, '`')
	d := template(script.Text, from).Dedent().Within(script)
	if want := "a = '`'\nb = ꙮ\n"; d.Text != want {
		t.Fatalf("the unit is %q, want %q", d.Text, want)
	}
	for _, test := range []struct {
		edit source.Edit
		want string
	}{
		{insert(0, "import js\n"), "- text\n\n  run(`\n     import js\n     a = '\\`'\n     b = ${x}\n  `)\n"},
		{replace(5, 6, "`-`"), "- text\n\n  run(`\n     a = '\\`-\\`'\n     b = ${x}\n  `)\n"},
		{replace(15, 16, "#\n"), "- text\n\n  run(`\n     a = '\\`'\n     b = ${x}#\n  `)\n"},
		{replace(15, 16, ""), "- text\n\n  run(`\n     a = '\\`'\n     b = ${x}`)\n"},
		{replace(0, 8, ""), "- text\n\n  run(`\n     b = ${x}\n  `)\n"},
		{insert(7, "\nif a:\n  pass"), "- text\n\n  run(`\n     a = '\\`'\n     if a:\n       pass\n     b = ${x}\n  `)\n"},
	} {
		e, ok := d.Edit(test.edit)
		if !ok {
			t.Errorf("Edit(%v) is refused", test.edit)
			continue
		}
		if got := apply(t, host, e); got != test.want {
			t.Errorf("Edit(%v) makes %q, want %q", test.edit, got, test.want)
		}
	}
	if e, ok := d.Edit(replace(12, 15, "x")); ok {
		t.Errorf("an opaque text is edited away by %v", e)
	}
	if d.Within(nil) != d {
		t.Errorf("within the host itself a unit is another")
	}
}

func TestConcat(t *testing.T) {
	const host = "`a\n`      `  b\n`"
	one, two := template(host, 0), template(host, 10).Dedent()
	d := source.Concat(one, two)
	if d.Text != "a\nb\n" {
		t.Fatalf("the unit is %q", d.Text)
	}
	for _, test := range []struct{ edit, want source.Edit }{
		{insert(1, "!"), insert(2, "!")},
		{insert(2, "x\n"), source.Edit{Span: source.Span{Start: 13, End: 13}, New: "x\n  "}},
		{insert(3, "`"), source.Edit{Span: source.Span{Start: 14, End: 14}, New: "\\`"}},
	} {
		if got, ok := d.Edit(test.edit); !ok || got != test.want {
			t.Errorf("Edit(%v) = %v, %v, want %v", test.edit, got, ok, test.want)
		}
	}
}

// Between two parts new text goes to the one that takes it.
func TestConcatOpaque(t *testing.T) {
	const host = "`a`      `b`"
	refuse := func(string) (string, bool) { return "", false }
	var b source.Builder
	b.Opaque(source.Span{Start: 4, End: 8}, "X")
	d := source.Concat(template(host, 0), b.Derived(refuse), template(host, 9))
	if d.Text != "aXb" {
		t.Fatalf("the unit is %q", d.Text)
	}
	for at, want := range []int{1, 2, 10, 11} {
		if got, ok := d.Edit(insert(at, "!")); !ok || got != insert(want, "!") {
			t.Errorf("an insert at %d is %v, %v, want it at %d", at, got, ok, want)
		}
	}
}

func TestGuard(t *testing.T) {
	const host = "`a`"
	d := template(host, 0).Guard(func(host source.Edit) bool { return host.New != "\\`" })
	if got, ok := d.Edit(insert(1, "`")); ok {
		t.Errorf("what is not allowed is made: %v", got)
	}
	if got, ok := d.Edit(insert(1, "b")); !ok || got != insert(2, "b") {
		t.Errorf("what is allowed becomes %v, %v", got, ok)
	}
}

// What is dropped below a line goes with the line; a template's statement there, which leaves no text, stays.
func TestDerivedEditAboveOpaque(t *testing.T) {
	host, d := layOut("", "", []part{verbatim("a\n"), opaque("{% if x %}", ""), verbatim("\n"), dropped("  "), verbatim("b\n")}, nil)
	for _, test := range []struct {
		edit source.Edit
		want string
	}{
		{replace(0, 2, ""), "{% if x %}\n  b\n"},
		{replace(0, 2, "c\n"), "c\n{% if x %}\n  b\n"},
		{replace(2, 3, ""), "a\n{% if x %}b\n"},
	} {
		if e, ok := d.Edit(test.edit); !ok {
			t.Errorf("Edit(%v) is refused", test.edit)
		} else if got := apply(t, host, e); got != test.want {
			t.Errorf("Edit(%v) makes %q, want %q", test.edit, got, test.want)
		}
	}
}

// Of a tab that stands for several spaces dedenting may take one.
func TestDedentCutsEscape(t *testing.T) {
	_, d := layOut("", "", []part{verbatim(" a\n"), escape("\t", "   "), verbatim("b")}, nil)
	d = d.Dedent()
	if d.Text != "a\n  b" {
		t.Fatalf("the unit is %q", d.Text)
	}
	at := 0
	for _, s := range d.Map {
		if s.Host.Start < at || s.Host.End < s.Host.Start {
			t.Errorf("segment %v begins before %d", s, at)
		}
		at = s.Host.End
	}
	if got := d.Map.Span(source.Span{Start: 4, End: 5}); got != (source.Span{Start: 4, End: 5}) {
		t.Errorf("b is at %v", got)
	}
}
