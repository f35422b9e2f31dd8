package syntax

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
	"time"
)

// calls is the text of every sound call's function: what a rule would get to see.
func calls(t *Tree) []string {
	var names []string
	for n := range t.Of(Call) {
		if !n.Broken() {
			names = append(names, n.Child(FieldFunction).Text())
		}
	}
	return names
}

func parse(t testing.TB, text string) *Tree {
	t.Helper()
	tree, err := Parse(text)
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	return tree
}

// What Python has gained since the grammar was frozen is seen through: nothing around it is lost, and what
// can be said in older words leaves no hole.
func TestNewerSyntax(t *testing.T) {
	tests := []struct {
		name, text string
		holes      int
	}{
		{"t-string", "f(t\"{g(x)} {y!r}\")\nh()\n", 0},
		{"raw t-string", "f(rt'a\\{g(x)}')\nh(tR\"\"\"\n{x}\"\"\")\n", 0},
		{"defaults of type parameters", "def f[T = int, *U = *tuple[int]](x: T): g()\nclass A[T: int = list[str]]: pass\ntype X[T = int] = list[T]\nh()\n", 0},
		{"except without parentheses", "try:\n  f()\nexcept A, B, C:\n  g()\nh()\n", 0},
		{"lazy import", "lazy import json\nlazy from x import y\nf()\n", 0},
		{"line magic", "f()\n%matplotlib inline\ng()\n", 1},
		{"shell command", "f()\nfiles = !ls *.py\n!pip install x\ng()\n", 2},
		{"help", "f()\nnumpy.array?\n?f\ng()\n", 2},
		{"magic in a block", "if x:\n    %time f()\n    g()\nh()\n", 1},
		{"bare carriage returns", "# a comment\rf()\rif x:\r  g()\r", 0},
		{"mixed line ends", "# c\r\nf()\r# d\ng()\n", 0},
		{"a star-import between", "from js import *\n%time\nf()\n", 1},
		{"quotes inside quotes", "f(f\"{d[\"k\"]}\")\n%x\ng()\n", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tree := parse(t, test.text)
			if len(tree.Holes()) != test.holes {
				t.Errorf("%d holes %v, want %d", len(tree.Holes()), tree.Holes(), test.holes)
			}
			if tree.Root().Broken() {
				t.Errorf("the tree is broken")
			}
			if got, want := strings.Join(calls(tree), " "), wantCalls(test.text, tree); got != want {
				t.Errorf("calls %q, want %q", got, want)
			}
		})
	}
}

// wantCalls reads one-letter calls from the text by eye: a letter followed by a parenthesis, outside holes.
func wantCalls(text string, tree *Tree) string {
	var names []string
	for i := 0; i+1 < len(text); i++ {
		hidden := false
		for _, h := range tree.Holes() {
			hidden = hidden || h.Contains(i)
		}
		defined := i >= 4 && text[i-4:i] == "def "
		if text[i+1] == '(' && text[i] >= 'f' && text[i] <= 'h' && !hidden && !defined && (i == 0 || !source.InWord(text[i-1])) {
			names = append(names, text[i:i+1])
		}
	}
	return strings.Join(names, " ")
}

// A statement that cannot be parsed is a hole, and everything around it is seen.
func TestHolesAreLocal(t *testing.T) {
	tests := []struct{ name, text, calls string }{
		{"open call at the end", "f()\ndef a():\n    g()\n    h(create_proxy(", "f g"},
		{"open call before a definition", "f()\nh(create_proxy(\ndef a():\n    g()\n", "f g"},
		{"open call before an assignment", "f()\nx = h(\ny = g()\n", "f g"},
		{"open call in a method", "class A:\n    def a(self):\n        h(\n\n    def b(self):\n        f()\n\nclass B:\n    g()\n", "f g"},
		{"open bracket in a loop", "for x in y:\n    z = [1,\n    f()\n    g()\nh()\n", "f g h"},
		{"stray closer", "f()\ng())\nh()\n", "f h"},
		{"open quote", "f()\nx = 'abc\ng()\n", "f g"},
		{"open triple quote", "f()\nx = \"\"\"abc\ng()\nh()\n", "f g h"},
		{"keyword missing its rest", "f()\nimport\ng()\nfrom x import\nh()\n", "f g h"},
		{"attribute being typed", "f()\ndocument.\ng()\n", "f g"},
		{"attribute being typed above something deeper", "f()\ndocument.\n    g()\nh()\n", "f g h"},
		{"import being typed above something deeper", "f()\nimport\n  g\nh()\n", "f h"},
		{"broken header keeps its suite", "def a(x:\n    f()\n    g()\nh()\n", "f g h"},
		{"broken if keeps both suites", "if x ==:\n    f()\nelse:\n    g()\nh()\n", "f g h"},
		{"broken class header", "class A(B:\n    def a(self):\n        f()\ng()\n", "f g"},
		{"decorator without its function", "@f()\n\ng()\n", "g"},
		{"text that is not Python", "f()\nThis is not Python at all.\ng()\n", "f g"},
		{"comment between", "f()\n# g(\nx = = 1  # h(\nh()\n", "f h"},
		{"multi-line string at column 0", "x = \"\"\"\ndef f(:\n\"\"\"\ny = = 2\ng()\n", "g"},
		{"broken except clause", "try:\n    f()\nexcept as:\n    g()\nh()\n", "f g h"},
		{"python 2", "f()\nprint \"a\", b\nexec 'x'\nraise E, 'x'\ng()\n", "f g"},
		{"byte order mark", "\ufefff()\nx = (\ng()\n", "f g"},
		{"merge conflict", "f()\n<<<<<<< HEAD\ng()\n=======\nh()\n>>>>>>> x\nf()\n", "f g h f"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tree := parse(t, test.text)
			if got := strings.Join(calls(tree), " "); got != test.calls {
				t.Errorf("calls %q, want %q; holes %v", got, test.calls, tree.Holes())
			}
		})
	}
}

// At every prefix of a file, each statement that was already whole is still seen.
func TestEveryPrefix(t *testing.T) {
	const text = `"""A page."""
from js import document, setTimeout
@decorate(1)
class Page:
    def __init__(self, root):
        self.root = a1(root)
        for item in [b1(i) for i in root]:
            if item:
                c1({"k": [item, (1, 2)]})
            else:
                d1(f"{item['x']!r:>10} {e1(item)}")

    async def load(self, *args, key=None):
        try:
            async with f1() as g, h1(key):
                await g1("""
multi-line
""")
        except (A, B) as error:
            i1(error)
        finally:
            j1()

match k1(x):
    case {"a": [y, *_]}:
        l1(y)
m1(lambda e: e)
`
	ends := map[string]int{} // where the statement that holds a call ends
	whole := parse(t, text)
	for n := range whole.Of(Call) {
		statement := n
		for p := range n.Above() {
			if p.Kind() == Block || p.Kind() == Module {
				break
			}
			statement = p
		}
		end := statement.Span().End
		switch k := statement.Kind(); k {
		case ForStatement, IfStatement, WithStatement, TryStatement, DecoratedDefinition:
			end = statement.Child(FieldBody).Span().Start // the header is whole where its suite begins
			if end == 0 {
				end = statement.Span().End
			}
		}
		ends[n.Child(FieldFunction).Text()] = end
	}
	for i := range len(text) {
		seen := " " + strings.Join(calls(parse(t, text[:i])), " ") + " "
		for name, end := range ends {
			if end < i && !strings.Contains(seen, " "+name+" ") {
				t.Errorf("prefix of %d bytes, ending in %q: %s is not seen", i, text[max(0, i-30):i], name)
			}
		}
	}
}

func TestConstant(t *testing.T) {
	tests := map[string]string{
		`"a"`: "a", `'a'`: "a", `"""a"b"""`: `a"b`, `r"a\b"`: `a\b`, `f"a"`: "a", `u'é'`: "é", `""`: "",
	}
	for text, want := range tests {
		for n := range parse(t, text).Of(String) {
			if got, ok := Constant(n); !ok || got != want {
				t.Errorf("%s: %q %v, want %q", text, got, ok, want)
			}
		}
	}
	for _, text := range []string{`b"a"`, `f"{a}"`, `"a\n"`, `"a`, `1`, `"a` + source.Placeholder + `"`} {
		if got, ok := Constant(parse(t, text).Root().First().First()); ok {
			t.Errorf("%s: %q, want nothing", text, got)
		}
	}
}

// Texts that people do not write and programs do.
func TestHostileTexts(t *testing.T) {
	tests := map[string]string{
		"nested parentheses":        strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000),
		"open parentheses":          "f()\n" + strings.Repeat("(", 100_000),
		"open brackets on lines":    strings.Repeat("x = [\n", 20_000),
		"open calls":                strings.Repeat("f(", 50_000),
		"a long line":               "x = [" + strings.Repeat("1, ", 70_000) + "]\nf()\n",
		"a long broken line":        "x = = [" + strings.Repeat("1, ", 70_000) + "]\nf()\n",
		"nested blocks":             nested(3_000),
		"open triple quotes":        strings.Repeat("'''\"\"\"\n", 5_000),
		"nested replacement fields": "f\"" + strings.Repeat("{f'", 2_000),
		"NUL bytes":                 "f()\n\x00\x00\ng()\n",
		"invalid UTF-8":             "f()\nx = '\xff\xfe'\n\xc3\ng()\n",
		"UTF-16":                    "\xff\xfef\x00(\x00)\x00\n\x00",
		"backslashes":               strings.Repeat("\\\n", 50_000),
		"decorators":                strings.Repeat("@a\n", 50_000),
		"attributes":                "a" + strings.Repeat(".b", 100_000),
		"binary operators":          "a" + strings.Repeat("+b", 100_000),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree, err := Parse(text)
			if err != nil {
				t.Logf("given up: %v", err)
				return
			}
			checkShape(t, tree)
		})
	}
}

func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "%sif x:\n", strings.Repeat(" ", i))
	}
	return b.String()
}

// checkShape holds a tree to what its methods promise: spans nest, siblings do not overlap, links agree.
func checkShape(t testing.TB, tree *Tree) {
	t.Helper()
	for i := range tree.records {
		n := tree.node(int32(i))
		r := tree.records[i]
		if r.start > r.end || int(r.end) > len(tree.text) || int(r.after) <= i || int(r.after) > len(tree.records) {
			t.Fatalf("record %d %+v of %d does not fit a text of %d bytes", i, r, len(tree.records), len(tree.text))
		}
		if p := n.Parent(); p.OK() && !p.Span().Covers(n.Span()) {
			t.Fatalf("%v %v is not inside its parent %v %v", n.Kind(), n.Span(), p.Kind(), p.Span())
		}
		if next := n.Next(); next.OK() && (next.Span().Start < n.Span().End || next.Parent() != n.Parent()) {
			t.Fatalf("%v %v and its sibling %v %v overlap", n.Kind(), n.Span(), next.Kind(), next.Span())
		}
	}
	seen := 0
	for k := range kindCount {
		seen += tree.Count(k)
	}
	if seen != tree.Len() {
		t.Fatalf("%d nodes in the index, %d in the tree", seen, tree.Len())
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "def f(): pass\n", "x = (", "'''", "f'{x!r:{w}}'", "%magic\n", "\tif x:\r  y\r\n", "\ufeffimport js\n",
		"@a\nclass B[T=int](C): x: int = 1\n", "try:\n  a\nexcept A, B, C:\n  b\n", "\x00\xff", "lazy import x", "else:\n x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := Parse(text)
		if err != nil {
			t.Skip("given up")
		}
		checkShape(t, tree)
		for _, h := range tree.Holes() {
			if h.Start < 0 || h.End > len(text) || h.Start >= h.End {
				t.Fatalf("hole %v in a text of %d bytes", h, len(text))
			}
		}
		tree.At(len(text) / 2)
		again, err := Parse(text)
		if err == nil && again.Len() != tree.Len() {
			t.Fatalf("%d nodes, then %d, of the same text", tree.Len(), again.Len())
		}
	})
}

// A text that costs too much is given up with a word on it, and the next one is parsed as if nothing had been.
func TestBudget(t *testing.T) {
	text := strings.Repeat("x = f(1)\n", 20_000)
	if _, err := parseWithin(text, time.Millisecond); err == nil || !strings.Contains(err.Error(), "within 1ms") {
		t.Errorf("error %v, want that it could not be parsed within 1ms", err)
	}
	for range 20 {
		if got := len(calls(parse(t, "f()\ng()\n"))); got != 2 {
			t.Fatalf("%d calls after a text was given up, want 2", got)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	text := strings.Repeat("def f(self, event):\n    self.value = event.target.value\n    for i in range(3):\n        g(i, key=\"v\")\n\n", 200)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(text); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/line")
}
