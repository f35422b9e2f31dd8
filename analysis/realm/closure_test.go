package realm_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

// calling is a call of what a module has, as a file has it that imports it.
func calling(module, path string) flow.Open {
	return flow.Open{Function: flow.None, Module: module, Path: path, Realms: pyodide.AllRealms, Passes: []flow.Argued{}}
}

// comesTo is what a call of a module's function leads to on the main thread: of each thing the way.
func comesTo(t testing.TB, g *realm.Graph, module, path string) string {
	t.Helper()
	e, ok := g.Leads("page.py", 0, calling(module, path), pyodide.Main)
	if !ok {
		return "not known"
	}
	var all []string
	for i, fact := range e.Facts {
		if fact.Act.OfParameter() {
			continue
		}
		way := []string{}
		for _, s := range e.Way(i) {
			way = append(way, fmt.Sprintf("%s:%d %s", strings.TrimSuffix(s.Path, ".py"), s.At.Start.Line, s.What))
		}
		said := strings.Join(way, ", ")
		for _, is := range []struct {
			so   bool
			name string
		}{{fact.Told, "told"}, {fact.Brief, "brief"}, {fact.By != flow.None, "by a parameter"}} {
			if is.so {
				said += " (" + is.name + ")"
			}
		}
		all = append(all, said)
	}
	return strings.Join(all, "; ")
}

// projectOf is the graph of modules that know nothing of Pyodide, and of a page that imports all of them and calls what
// they have.
func projectOf(t testing.TB, texts map[string]string) *realm.Graph {
	t.Helper()
	facts := map[string]*realm.Facts{"page.py": {Kind: 1, Bridge: true}}
	python, page := map[string]realm.Python{}, "from js import document\n"
	for name, text := range texts {
		facts[name+".py"] = &realm.Facts{Kind: 1}
		python[name+".py"] = realm.Python{codeOf(t, text)}
		page += fmt.Sprintf("import %[1]s\nprint(%[1]s)\n", strings.ReplaceAll(name, "/", "."))
	}
	python["page.py"] = realm.Python{codeOf(t, page)}
	python["page.py"][0].Bridge = flow.Bare
	return realm.NewGraph(facts, python, nil)
}

func TestLeads(t *testing.T) {
	for name, c := range map[string]struct {
		texts  map[string]string
		module string
		want   map[string]string
	}{
		"chains": {
			map[string]string{
				"a": "import b\nfrom b import two as deux\ndef one(): deux()\ndef direct(): b.two()\ndef none(): pass\n",
				"b": "import time\ndef two():\n    time.sleep(1)\n",
			},
			"a", map[string]string{"one": "a:3 two, b:3 time.sleep", "direct": "a:4 two, b:3 time.sleep", "none": "", "deux": "b:3 time.sleep", "gone": "not known"},
		},
		"the shortest": {
			map[string]string{"a": "import time\ndef f():\n    g()\n    h()\n    i()\ndef g(): h()\ndef h(): time.sleep(1)\ndef i(): time.sleep(2)\n"},
			"a", map[string]string{"f": "a:4 h, a:7 time.sleep"},
		},
		"recursion": {
			map[string]string{"a": "import time\ndef f(n):\n    f(n)\n    time.sleep(1)\ndef g(): h()\ndef h(): g() or f(1)\ndef i(): j()\ndef j(): i()\n"},
			"a", map[string]string{"f": "a:4 time.sleep", "g": "a:5 h, a:6 f, a:4 time.sleep", "h": "a:6 f, a:4 time.sleep", "i": "", "j": ""},
		},
		"modules that import each other": {
			map[string]string{
				"a": "import b\ndef f(): b.g()\ndef i(): b.g()\n", "b": "import c\ndef g(): c.h()\n", "c": "import a, time\ndef h(): a.i(); time.sleep(1)\n",
			},
			"a", map[string]string{"f": "a:2 g, b:2 h, c:2 time.sleep", "i": "a:3 g, b:2 h, c:2 time.sleep"},
		},
		"a diamond": {
			map[string]string{"a": "import time\ndef f(): l(); r()\ndef l(): e()\ndef r(): e()\ndef e(): time.sleep(1)\n"},
			"a", map[string]string{"f": "a:2 l, a:3 e, a:5 time.sleep"},
		},
		"packages": {
			map[string]string{
				"p/__init__": "from .a import f as pub\nfrom .b import *\n", "p/a": "import time\ndef f(): time.sleep(1)\n",
				"p/b": "from . import a\nclass G:\n    def __init__(self): a.f()\n    def m(self): pass\nclass H(G):\n    pass\n",
			},
			"p", map[string]string{"pub": "p/a:2 time.sleep", "a.f": "p/a:2 time.sleep", "G": "p/b:3 f, p/a:2 time.sleep", "G.m": "", "H": "p/b:3 f, p/a:2 time.sleep", "H.x": "not known", "G.m.x": "not known"},
		},
		"of a definition and an import": {
			map[string]string{
				"a": "import time, sys\nif x:\n    from pyodide.ffi.wrappers import f\nelse:\n    def f(): time.sleep(1)\nif sys.platform != 'emscripten':\n    from c import g\nelse:\n    def g(): time.sleep(1)\n",
				"b": "from a import f, g\n",
			},
			"b", map[string]string{"f": "not known", "g": "a:9 time.sleep (told)"},
		},
		"coroutines and generators": {
			map[string]string{"a": "import time\nasync def f(): time.sleep(1)\ndef g(): return f()\nasync def h(): await f()\ndef i():\n    yield time.sleep(1)\ndef j(): i()\n"},
			"a", map[string]string{"f": "", "g": "", "h": "", "i": "", "j": ""},
		},
		"how long": {
			map[string]string{
				"a": "import time\ndef f(n=0.01): time.sleep(n)\ndef g(): f(2)\ndef h(): f(0)\ndef i(): f()\ndef j():\n    while 1: f()\ndef k(m): f(m)\ndef l(): k(0.01)\ndef m(): k(m=x)\ndef n(*a): f(*a)\ndef o(): k()\n",
			},
			"a", map[string]string{
				"f": "a:2 time.sleep (brief)", "g": "a:3 f, a:2 time.sleep", "h": "", "i": "a:5 f, a:2 time.sleep (brief)", "j": "a:7 f, a:2 time.sleep",
				"k": "a:8 f, a:2 time.sleep", "l": "a:9 k, a:8 f, a:2 time.sleep (brief)", "m": "a:10 k, a:8 f, a:2 time.sleep", "n": "a:11 f, a:2 time.sleep", "o": "a:12 k, a:8 f, a:2 time.sleep",
			},
		},
		"places": {
			map[string]string{
				"a": "import sys, time\ndef f():\n    if sys.platform != 'emscripten': time.sleep(1)\ndef g():\n    if sys.platform != 'emscripten': h()\ndef h(): time.sleep(1)\ndef i():\n    if sys.platform == 'emscripten': h()\n",
			},
			"a", map[string]string{"f": "", "g": "", "h": "a:6 time.sleep", "i": "a:8 h, a:6 time.sleep (told)"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := projectOf(t, c.texts)
			for path, want := range c.want {
				if got := comesTo(t, g, c.module, path); got != want {
					t.Errorf("%s comes to %q, not %q", path, got, want)
				}
			}
		})
	}
}

// What becomes of an argument is known through all functions that it is passed on to, or that it is not known.
func TestOf(t *testing.T) {
	g := projectOf(t, map[string]string{
		"a": `import b, json
class Bus:
    def __init__(self, first): self.first = first
    def on(self, name, f): b.listen(name, f)
    @staticmethod
    def off(p): p.destroy()
def one(f): b.listen(g=f, name="x")
def each(fs, p):
    for f in fs: Bus.off(p)
def out(p): json.dumps(p)
def back(p): return b.same(p)
def dropped(p): b.same(p)
def none(p, *, q=0): print(p, q)
def star(*p): b.listen(*p)
async def later(p): b.keep(p)
`,
		"b": "import js\nALL = []\ndef listen(name, g): js.addEventListener(name, g)\ndef same(p): return p\ndef keep(p): ALL.append(p)\n",
	})
	names := map[flow.Act]string{flow.Keeps: "keeps", flow.Hands: "hands", flow.Destroys: "destroys", flow.Invokes: "invokes", flow.Returns: "returns", flow.Loses: "loses"}
	for _, c := range []struct {
		path     string
		bound    bool
		position int
		keyword  string
		want     string
	}{
		{"Bus", true, 0, "", "keeps"},
		{"Bus.on", true, 1, "", "hands again"},
		{"Bus.on", false, 2, "", "hands again"},
		{"Bus.on", true, 9, "f", "hands again"},
		{"Bus.on", true, 0, "", "loses"},
		{"Bus.off", true, 0, "", "destroys"},
		{"one", false, 0, "", "hands again"},
		{"each", false, 1, "", "destroys again"},
		{"out", false, 0, "", "loses"},
		{"back", false, 0, "", "returns"},
		{"dropped", false, 0, "", "loses"},
		{"none", false, 0, "", ""},
		{"none", false, 0, "q", ""},
		{"none", false, 1, "", "no such"},
		{"none", false, 0, "r", "no such"},
		{"star", false, 0, "", "no such"},
		{"later", false, 0, "", "keeps"},
	} {
		o := calling("a", c.path)
		o.Bound = c.bound
		e, ok := g.Leads("page.py", 0, o, pyodide.Main)
		if !ok {
			t.Errorf("%s is not known", c.path)
			continue
		}
		facts, ok := e.Of(c.position, c.keyword)
		got := []string{}
		for _, f := range facts {
			got = append(got, names[f.Act]+map[bool]string{true: " again"}[f.Again])
		}
		if said := strings.Join(got, ", "); ok && said != c.want || !ok && c.want != "no such" {
			t.Errorf("%s(%d %s): %q, %v, not %q", c.path, c.position, c.keyword, said, ok, c.want)
		}
	}
}

// An edit that moves what functions do keeps what is known of them, and says where it stands now; one that has them do
// something else does not.
func TestLeadsAfterEdits(t *testing.T) {
	texts := map[string]string{"a": "import b\ndef f(): b.g()\n", "b": "import time\ndef g(): time.sleep(1)\n"}
	g := projectOf(t, texts)
	for _, c := range []struct{ text, want string }{
		{texts["b"], "a:2 g, b:2 time.sleep"},
		{"# more\n" + texts["b"], "a:2 g, b:3 time.sleep"},
		{"import time\ndef g(): time.sleep(0)\n", ""},
		{"import time\ndef h(): time.sleep(1)\ndef g(): h()\n", "a:2 g, b:3 h, b:2 time.sleep"},
	} {
		after := g.As("b.py", realm.Python{codeOf(t, c.text)})
		if got := comesTo(t, after, "a", "f"); got != c.want {
			t.Errorf("with %q f comes to %q, not %q", c.text, got, c.want)
		}
	}
	if got := comesTo(t, g, "a", "f"); got != "a:2 g, b:2 time.sleep" {
		t.Errorf("before the edits f comes to %q", got)
	}
	if moved, ok := g.Moved("b.py", realm.Python{codeOf(t, "import time\ndef g(): time.sleep(2)\n")}); !ok || comesTo(t, moved, "a", "f") != "a:2 g, b:2 time.sleep" {
		t.Error("a longer wait is more than an edit of what functions do")
	}
	if g.As("b.py", nil) != nil || g.As("gone.py", realm.Python{codeOf(t, "")}) != nil {
		t.Error("a file with other texts than the graph has is asked about")
	}
}

// entangled are modules of ten functions, each of which calls functions of its own module and of three others, so that
// all lead to each other; the last one of all waits.
func entangled(modules int) map[string]string {
	texts := map[string]string{}
	for m := range modules {
		var b strings.Builder
		b.WriteString("import time\n")
		others := []int{(m + 1) % modules, (m*7 + 3) % modules, (m + modules/2) % modules}
		for _, o := range others {
			fmt.Fprintf(&b, "import m%d\n", o)
		}
		for f := range 10 {
			fmt.Fprintf(&b, "\n\ndef f%d():\n    f%d()\n", f, (f+1)%10)
			for i, o := range others {
				fmt.Fprintf(&b, "    m%d.f%d()\n", o, (f+i)%10)
			}
		}
		if m == modules-1 {
			b.WriteString("    time.sleep(1)\n")
		}
		texts[fmt.Sprintf("m%d", m)] = b.String()
	}
	return texts
}

// However entangled a project is, a question about it ends, and has the same answer wherever the first one came from.
func TestEntangled(t *testing.T) {
	const modules = 300
	texts := entangled(modules)
	g, again := projectOf(t, texts), projectOf(t, texts)
	ask := func(g *realm.Graph, m int) string { return comesTo(t, g, fmt.Sprintf("m%d", m), "f0") }
	for m := range modules {
		if one, other := ask(g, m), ask(again, modules-1-m); !strings.HasSuffix(one, "time.sleep") || !strings.HasSuffix(other, "time.sleep") {
			t.Fatalf("of m%d it is said that it comes to %q", m, one)
		}
	}
	for m := range modules {
		if one, other := ask(g, m), ask(again, m); one != other {
			t.Errorf("m%d comes to %q or to %q", m, one, other)
		}
	}
}

// A chain of ten thousand functions is followed to its end.
func TestDeep(t *testing.T) {
	const depth = 10_000
	var text strings.Builder
	text.WriteString("import time\n")
	for i := range depth {
		fmt.Fprintf(&text, "def f%d(): f%d()\n", i, i+1)
	}
	fmt.Fprintf(&text, "def f%d(): time.sleep(1)\n", depth)
	g := projectOf(t, map[string]string{"a": text.String()})
	e, ok := g.Leads("page.py", 0, calling("a", "f0"), pyodide.Main)
	if !ok || len(e.Facts) != 1 || len(e.Way(0)) != depth+1 {
		t.Errorf("the end was not found")
	}
}

// Of a project with too many functions nothing is known.
func TestTooMany(t *testing.T) {
	g := projectOf(t, map[string]string{"a": "import time\ndef f(): time.sleep(1)\n"})
	code := codeOf(t, "import time\ndef f(): time.sleep(1)\n")
	code.Does.Functions = slices.Concat(code.Does.Functions, make([]flow.Summary, 100_000))
	code.In = slices.Concat(code.In, make([]int, 100_000))
	if got := comesTo(t, g.As("a.py", realm.Python{code}), "a", "f"); got != "not known" {
		t.Errorf("it comes to %q", got)
	}
}

// Questions may be asked from anywhere at once.
func TestLeadsAtOnce(t *testing.T) {
	const modules = 40
	g := projectOf(t, entangled(modules))
	want := comesTo(t, projectOf(t, entangled(modules)), "m7", "f3")
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for m := range modules {
				comesTo(t, g, fmt.Sprintf("m%d", (m*(i+1))%modules), fmt.Sprintf("f%d", i))
			}
			if got := comesTo(t, g, "m7", "f3"); got != want {
				t.Errorf("it comes to %q, not %q", got, want)
			}
		})
	}
	all.Wait()
}

// BenchmarkLeads is the first question about a project in which all functions lead to each other.
func BenchmarkLeads(b *testing.B) {
	for _, modules := range []int{75, 150, 300, 600} {
		b.Run(fmt.Sprintf("%d modules", modules), func(b *testing.B) {
			g := projectOf(b, entangled(modules))
			code := codeOf(b, entangled(modules)["m0"])
			for i := 0; b.Loop(); i++ {
				other := *code
				other.Does.Functions = slices.Concat(code.Does.Functions, make([]flow.Summary, 1+i%2)) // so that what is known is forgotten
				other.In = slices.Concat(code.In, make([]int, 1+i%2))
				if g = g.As("m0.py", realm.Python{&other}); comesTo(b, g, "m1", "f0") == "" {
					b.Fatal("nothing was found")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(10*modules), "ns/function")
		})
	}
}
