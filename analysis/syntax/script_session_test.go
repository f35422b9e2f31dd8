package syntax

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// scriptText has what is hard to parse a part of: templates in templates, regular expressions beside divisions,
// statements that end without a semicolon, comments, HTML in a script.
const scriptText = "import {a} from 'b'\n// 1\nexport async function go(pyodide, n = 1) {\n" +
	"  const text = `a ${n / 2 / 3} ${`b ${n}`} \\` c`\n  let r = /[/`]\\//g.test(text)\n  ;[1, 2].map((x) => x ** 2)\n" +
	"  await pyodide.runPythonAsync(`\n    import js\n    js.x = ${n}\n  `)\n  return <b class=\"c\">{text} d</b>\n}\n" +
	"/* 2 */ class A extends B { #p = 1; static { go?.()?.[0] } get x() { return this.#p } }\nlabel: for (const k in {a, ...b}) { if (k) continue label; else break }\n"

// sameScript says in what a session's tree differs from one parsed from nothing, or "".
func sameScript(s *ScriptSession, text string, dialect Dialect) string {
	got, err := s.Parse(text, dialect)
	want, wantErr := ParseScript(text, dialect)
	switch {
	case (err == nil) != (wantErr == nil):
		return "one fails"
	case err != nil:
		return ""
	case got.text != want.text:
		return "the texts differ"
	case !slices.Equal(got.records, want.records):
		return "the nodes differ"
	}
	return ""
}

// Typing a script, taking it away again, and edits anywhere give the trees of fresh parses.
func TestScriptSession(t *testing.T) {
	for dialect := range dialectCount {
		var s ScriptSession
		for i := range scriptText {
			if d := sameScript(&s, scriptText[:i], dialect); d != "" {
				t.Fatalf("dialect %d, after %q: %s", dialect, scriptText[max(0, i-40):i], d)
			}
		}
		for i := range scriptText {
			if d := sameScript(&s, scriptText[i:], dialect); d != "" {
				t.Fatalf("dialect %d, before %q: %s", dialect, scriptText[i:min(len(scriptText), i+40)], d)
			}
		}
		s.Close()
		random := rand.New(rand.NewPCG(1, uint64(dialect)))
		pieces := []string{"", "x", "`", "${", "}", "{", "(", ")", "/", "\n", ";", "'", "<b>", "</b>", "/*", "*/", "=> ", "async "}
		text := scriptText
		for range 200 {
			at := random.IntN(len(text) + 1)
			end := min(len(text), at+random.IntN(4)*random.IntN(2))
			if text = text[:at] + pieces[random.IntN(len(pieces))] + text[end:]; random.IntN(8) == 0 {
				text = scriptText
			}
			if d := sameScript(&s, text, dialect); d != "" {
				t.Fatalf("dialect %d: %s: %q", dialect, d, text)
			}
		}
		s.Close()
		if s.tree != nil || s.last != nil {
			t.Error("a closed session still holds something")
		}
	}
}

// FuzzScriptSession edits a script twice and compares each tree with a fresh one.
func FuzzScriptSession(f *testing.F) {
	f.Add(scriptText, 10, 3, "(", 200, 0, "\n", uint8(0))
	f.Add("const a = `${b}`\n", 10, 1, "`", 3, 3, "'", uint8(1))
	f.Add("a\n/b/g\n", 2, 0, ";", 5, 0, ":", uint8(2))
	f.Fuzz(func(t *testing.T, text string, at1, cut1 int, new1 string, at2, cut2 int, new2 string, dialect uint8) {
		var s ScriptSession
		defer s.Close()
		in := Dialect(dialect) % dialectCount
		if d := sameScript(&s, text, in); d != "" {
			t.Fatalf("%s: %q", d, text)
		}
		for _, e := range []struct {
			at, cut int
			text    string
		}{{at1, cut1, new1}, {at2, cut2, new2}} {
			at := min(max(e.at, 0), len(text))
			text = text[:at] + e.text + text[min(len(text), at+max(0, min(e.cut, len(text)))):]
			if d := sameScript(&s, text, in); d != "" {
				t.Fatalf("%s: %q", d, text)
			}
		}
	})
}
