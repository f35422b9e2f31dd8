package syntax

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// sessionText has what people write in pages: classes, strings over lines, clauses, matches, decorators.
const sessionText = `"""A page."""
import js
from js import document, setTimeout

@when("click", "#go")
async def go(event):
    try:
        value = await fetch(f"/items/{event.target.value}")
    except (TypeError, ValueError) as error:
        print(error)  # why
    else:
        for item in value:
            document.append(item["name"])

class Page(Base):
    title = '''a
  title'''

    def __init__(self, root=None, *rest):
        self.root = root or document.body
        self.items = [x for x in rest if x]

    def draw(self):
        match self.root:
            case {"k": [a, *_]}:
                return a
            case _:
                pass
        if not self.items: return
        setTimeout(lambda: self.draw(), 10)

t"{x}"
Page().draw()
`

// same says in what a session's tree differs from one parsed from nothing, or "".
func same(s *Session, text string) string {
	got, err := s.Parse(text)
	if err != nil {
		return "the session fails: " + err.Error()
	}
	want, err := Parse(text)
	if err != nil {
		return "a fresh parse fails: " + err.Error()
	}
	switch {
	case got.text != want.text:
		return "the texts differ"
	case !slices.Equal(got.holes, want.holes):
		return "the holes differ"
	case !slices.Equal(got.records, want.records):
		return "the nodes differ"
	}
	return ""
}

// Typing a text character by character, and taking it away again, gives the trees of fresh parses.
func TestSessionTypes(t *testing.T) {
	var s Session
	defer s.Close()
	for i := range sessionText {
		if d := same(&s, sessionText[:i]); d != "" {
			t.Fatalf("after %q: %s", sessionText[max(0, i-40):i], d)
		}
	}
	for i := range sessionText {
		if d := same(&s, sessionText[i:]); d != "" {
			t.Fatalf("before %q: %s", sessionText[i:min(len(sessionText), i+40)], d)
		}
	}
}

// What stands on one line shares its subtrees with the text before, and not how far it has moved.
func TestSessionMovesUnevenly(t *testing.T) {
	var s Session
	defer s.Close()
	for _, text := range []string{"a = 1; b = [2]\nc = 3\n", "a = 1 ;b = [2]\nc = 3\n", " a = 1  ;  b = [2];\nc = 3\n", "\n\na = 1  ;b = [2] ;\nc = 3", "b = [2]\nc = 3", ""} {
		if d := same(&s, text); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// Random edits, of which most leave the text half-typed, give the trees of fresh parses as well.
func TestSessionEdits(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 4 {
		var s Session
		text := sessionText
		for step := range 400 {
			text = mutate(random, text)
			if d := same(&s, text); d != "" {
				t.Fatalf("step %d: %s:\n%s", step, d, text)
			}
			if step%50 == 49 {
				text = sessionText
			}
		}
		s.Close()
	}
}

// The logical lines of a text are the same whether those of another text are known or not.
func TestRelines(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 6))
	for range 20 {
		text := strings.Repeat(sessionText, 1+random.IntN(3))
		var known []logical
		for step := range 100 {
			next := mutate(random, text)
			if step%25 == 24 {
				next = sessionText + strings.Repeat("f(\nclass A:\n", random.IntN(2*retryLimit))
			}
			known = relines(known, text, []byte(next))
			if want := logicalLines([]byte(next)); !slices.Equal(known, want) {
				t.Fatalf("step %d: %v\nof %q, want %v", step, known, next, want)
			}
			text = next
		}
	}
}

var snippets = []string{
	"(", ")", "[", "]", "{", "}", "\"", "'", "\"\"\"", "'''", "\n", "\n\n", "    ", "\t", ":", ",", ".", "=", "#", "\\", "\r", "é", "😀",
	"def f():\n    pass\n", "class A:\n", "if x:\n", "else:\n", "elif y:\n", "try:\n", "except:\n", "finally:\n", "case x:\n", "match x:\n",
	"@a\n", "import js\n", "from x import ", "async ", "await ", "lambda: ", "f'{", "t'", "%magic\n", "return ", "print x\n", "lazy import z\n",
	"except A, B, C:\n", "x: int = 1\n", "yield ", "not in ", "global x\n",
}

func mutate(random *rand.Rand, text string) string {
	at := random.IntN(len(text) + 1)
	switch random.IntN(4) {
	case 0: // take some away
		return text[:at] + text[min(len(text), at+1+random.IntN(12)):]
	case 1: // move a piece
		end := min(len(text), at+random.IntN(60))
		piece, rest := text[at:end], text[:at]+text[end:]
		to := random.IntN(len(rest) + 1)
		return rest[:to] + piece + rest[to:]
	default:
		return text[:at] + snippets[random.IntN(len(snippets))] + text[at:]
	}
}

// FuzzSession edits a text twice and compares each tree with a fresh one.
func FuzzSession(f *testing.F) {
	f.Add(sessionText, 10, 3, "(", 200, 0, "\n")
	f.Add("x = 1\n", 0, 5, "def f(:\n", 3, 3, "'")
	f.Add("if a:\n  b\nelse:\n  c\n", 5, 1, "", 5, 0, ":")
	f.Fuzz(func(t *testing.T, text string, at1, cut1 int, new1 string, at2, cut2 int, new2 string) {
		var s Session
		defer s.Close()
		if d := same(&s, text); strings.Contains(d, "differ") {
			t.Fatalf("%s: %q", d, text)
		}
		for _, e := range []struct {
			at, cut int
			text    string
		}{{at1, cut1, new1}, {at2, cut2, new2}} {
			at := min(max(e.at, 0), len(text))
			text = text[:at] + e.text + text[min(len(text), at+max(0, min(e.cut, len(text)))):]
			if d := same(&s, text); strings.Contains(d, "differ") {
				t.Fatalf("%s: %q", d, text)
			}
		}
	})
}

// A session that was closed starts anew, and memory outside the heap goes with it.
func TestSessionCloses(t *testing.T) {
	var s Session
	if d := same(&s, "f()\n"); d != "" {
		t.Fatal(d)
	}
	s.Close()
	if s.tree != nil || s.last != nil || s.known != nil {
		t.Errorf("a closed session still holds something")
	}
	if d := same(&s, "f(\ng()\n"); d != "" {
		t.Fatal(d)
	}
	s.Close()
}

// BenchmarkEdit is one character typed in the middle of 1,000 lines: in a sound text, and in one whose
// statement is still half-typed.
func BenchmarkEdit(b *testing.B) {
	module := strings.Repeat("def f(self, event):\n    self.value = event.target.value\n    for i in range(3):\n        g(i, key=\"v\")\n\n", 200)
	middle := len(module) / 2
	middle += strings.Index(module[middle:], "def f")
	for name, typed := range map[string]string{"sound": "value = name", "half-typed": "value = call(name"} {
		b.Run(name, func(b *testing.B) {
			var s Session
			defer s.Close()
			texts := [2]string{module[:middle] + typed + "\n" + module[middle:], module[:middle] + typed + "x\n" + module[middle:]}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := s.Parse(texts[i%2]); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/fresh", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(module[:middle] + typed + "\n" + module[middle:]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
