package host

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// pieces are what the texts of made-up scripts are made of; ´ is the quote of the text they stand in.
var pieces = []string{"import js\n", "print(1)", "\n", "\n  ", "    ", "\r\n", "${x}", "${´a´}", `\n`, `\´`, `\\`, `\$`, "$", "{", "}",
	`\x41`, `\uD83D\uDC0D`, `\u{1F40D}`, `\uD83D`, `\0`, "1", "\\\n", "\t", "é", "if a:\n", "# c", "'", `"`, "´", "x", " ", "\u2028"}

// shells are what scripts are made of: % stands for a text with its quotes.
var shells = []string{"runPython(%)", "p.runPythonAsync(%.trim())", "runPython(% + a + %)", "runPython([%, %, %].join('\\n'))",
	"runPython([\n  %, // c\n  %,\n].join(%))", "const A = %; runPython(A)", "class A { static b = %; c() { runPython(this.b) } }",
	"runPython(String.raw%)", "runPython(py%)", "const B = %", "f(%)", "a = /´/", "// %", "<A b={%}>%</A>", "const C = { a: % }; runPython(C.a)",
	"a < b", "}", "{", "(", "`", "fetch('a.py')", "stlite.mount(%)", "stlite.mount({ files: { 'a.py': % } })"}

func madeUp(r *rand.Rand) string {
	var script strings.Builder
	for range 1 + r.IntN(3) {
		for _, c := range shells[r.IntN(len(shells))] {
			if c != '%' {
				script.WriteRune(c)
				continue
			}
			quote := []string{"'", `"`, "`", "`"}[r.IntN(4)]
			script.WriteString(quote)
			for range r.IntN(8) {
				script.WriteString(strings.ReplaceAll(pieces[r.IntN(len(pieces))], "´", quote))
			}
			script.WriteString(quote)
		}
		script.WriteString("\n")
	}
	return script.String()
}

// In whatever script, each byte of a unit stands somewhere in the host, and an edit that can be made of the host
// makes the unit that it would make by itself.
func FuzzScript(f *testing.F) {
	for _, test := range scriptForms {
		f.Add(ticks(test.host), uint8(0), uint16(3), uint16(5), "`'\"${a}\n")
	}
	for _, test := range scriptUnits {
		f.Add(ticks(test.host), uint8(2), uint16(0), uint16(1), "$")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		edit := strings.ReplaceAll(pieces[r.IntN(len(pieces))], "´", "`") + pieces[r.IntN(len(pieces))]
		f.Add(madeUp(r), uint8(r.IntN(3)), uint16(r.IntN(20)), uint16(r.IntN(4)), edit)
	}
	f.Fuzz(checkScript)
}

func checkScript(t *testing.T, host string, kind uint8, at, length uint16, text string) {
	if len(host) > 1<<12 {
		t.Skip("nothing new is in so long a script")
	}
	k := []Kind{JavaScript, TypeScript, TSX}[kind%3]
	d := Read(k, host)
	for _, r := range d.References {
		if r.Span.Start < 0 || r.Span.Start > r.Span.End || r.Span.End > len(host) {
			t.Fatalf("%q stands at %v of %d", r.Path, r.Span, len(host))
		}
	}
	for i, u := range d.Units {
		checkUnit(t, host, u.Derived)
		for at := range len(u.Text) {
			span := u.Map.Span(source.Span{Start: at, End: at + 1})
			if span.Start < 0 || span.Len() <= 0 || span.End > len(host) {
				t.Fatalf("byte %d stands at %v", at, span)
			}
			if back, ok := u.Map.Unit(span.Start); !ok || back > at {
				t.Fatalf("byte %d stands at %v, where %d is, %v", at, span, back, ok)
			}
		}
		start := int(at) % (len(u.Text) + 1)
		checkScriptEdit(t, k, host, d, i, source.Edit{Span: source.Span{Start: start, End: min(start+int(length), len(u.Text))}, New: text})
	}
}

func checkScriptEdit(t *testing.T, k Kind, host string, d *Document, i int, e source.Edit) {
	u := d.Units[i]
	edit, ok := u.Edit(e)
	if !ok || u.Form != Run || strings.Contains(host, "dedent") || strings.Contains(host, "outdent") || strings.Contains(host, "stripIndent") {
		return // what is edited need not look like Python, or be dedented as it was
	}
	if tree, err := syntax.ParseScript(host, syntax.Dialect(k-JavaScript)); err != nil || tree.Root().Broken() {
		return // what is understood of a broken script may change with every character
	}
	want, err := source.Apply(u.Text, []source.Edit{e})
	if err != nil {
		t.Fatal(err)
	}
	after, err := source.Apply(host, []source.Edit{edit})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(host, "trim") {
		want = strings.TrimSpace(want)
	}
	want = plain(dedent(want))
	var got []string
	for _, u := range Read(k, after).Units {
		if u.Form == Run {
			got = append(got, u.Text)
			if plain(u.Text) == want || strings.Contains(host, "trim") && plain(strings.TrimSpace(u.Text)) == want {
				return
			}
		}
	}
	if strings.Trim(want, source.Placeholder+" \t\r\n") != "" {
		t.Errorf("%q becomes %q, and %q of it %q; want %q", host, after, u.Text, got, want)
	}
}

func dedent(text string) string {
	var b source.Builder
	b.Verbatim(0, text)
	return b.Derived(nil).Dedent().Text
}

// plain is a text whose blank lines are empty: which of them are depends on the margin.
func plain(text string) string {
	return lines.ReplaceAllStringFunc(text, func(line string) string {
		if strings.Trim(line, " \t") == "" {
			return ""
		}
		return line
	})
}

var lines = regexp.MustCompile(`[^\r\n]+`)
