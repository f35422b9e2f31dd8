package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/rules/listenerleak"
	"pyodide-ls/rules/ownerlessproxy"
	"pyodide-ls/rules/refcycle"
)

const imports = `import functools
import js
from js import document
from pyodide.ffi import create_proxy
`

// ofLeftProxies are the rules about proxies that are left behind: one of them speaks of each.
var ofLeftProxies = []*analysis.Rule{listenerleak.Rule, ownerlessproxy.Rule, refcycle.Rule}

func findings(t *testing.T, text string, project analysis.View) []analysis.Finding {
	t.Helper()
	f, err := analysis.Open(source.New("app/main.py", text), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	if holes := f.Units[0].Tree.Holes(); len(holes) > 0 {
		t.Fatalf("does not parse: %v", holes)
	}
	return analysis.Check(t.Context(), f, project, ofLeftProxies, analysis.Options{})
}

// said is the severity, rule and message of each finding, one a line.
func said(findings []analysis.Finding) string {
	var lines []string
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("%s %s: %s", f.Severity, f.Rule.Name, strings.TrimPrefix(f.Message, "nothing keeps this proxy, ")))
	}
	return strings.Join(lines, "\n")
}

const harmless = "hint ownerless-proxy: so this adds a listener that can never be removed, which does no harm while it happens once per page"

func TestLeftSaid(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"the top level": {`document.addEventListener("click", create_proxy(print))`, harmless},
		"a set-up function": {`
def setup():
    document.addEventListener("click", create_proxy(print))`, harmless},
		"a factory": {`
def listen(name):
    document.addEventListener(name, create_proxy(print))`,
			"warning listener-leak: so each call of listen adds a listener that can never be removed"},
		"a factory by what it returns": {`
def listen():
    document.addEventListener("click", create_proxy(print))
    return 1`,
			"warning listener-leak: so each call of listen adds a listener that can never be removed"},
		"a handler": {`
def on(e):
    proxy = create_proxy(print)
    js.window.addEventListener("click", proxy, True)
document.onclick = on`,
			"warning listener-leak: so each call of on adds a listener that can never be removed"},
		"a lambda": {`document.onclick = lambda e: document.addEventListener("x", create_proxy(print))`,
			"warning listener-leak: so each call of this lambda adds a listener that can never be removed"},
		"a loop at the top level, by name": {`
for name in ["a", "b"]:
    proxy = create_proxy(print)
    document.addEventListener(name, proxy, capture=True)`,
			"warning listener-leak: so each turn of the loop adds a listener that can never be removed"},
		"a decorated function": {`
for name in ["a", "b"]:
    @create_proxy
    def on(e): pass
    document.addEventListener(name, on)`,
			"warning listener-leak: so each turn of the loop adds a listener that can never be removed"},
		"a timer": {`
for name in ["a", "b"]:
    js.setInterval(create_proxy(print), 10)`,
			"warning listener-leak: so each turn of the loop adds a timer that can never be stopped"},
		"a watch": {`
for name in ["a", "b"]:
    js.navigator.geolocation.watchPosition(create_proxy(print), create_proxy(print))`,
			"warning listener-leak: so each turn of the loop adds a watch that can never be ended\n" +
				"warning listener-leak: so each turn of the loop adds a watch that can never be ended"},
		"each instance": {`
class A:
    def __init__(self):
        js.window.addEventListener("resize", create_proxy(self.on))
    def on(self, e): pass
A()
A()`, "warning listener-leak: so each new A adds a listener that can never be removed"},
		"one instance": {`
class A:
    def __init__(self):
        js.window.addEventListener("resize", create_proxy(self.on))
    def on(self, e): pass
A()`, harmless},
		"one instance, of a program that is started elsewhere": {`
class A:
    def __init__(self):
        js.window.addEventListener("resize", create_proxy(self.on))
    def on(self, e): pass
def main():
    A()`, harmless},
		"instances elsewhere": {`
class A:
    def __init__(self):
        js.window.addEventListener("resize", create_proxy(self.on))
    def on(self, e): pass`, "info listener-leak: so each new A adds a listener that can never be removed"},
		"a method": {`
class A:
    def show(self):
        js.window.addEventListener("resize", create_proxy(self.on))
    def on(self, e): self.show()
    def __init__(self):
        js.window.onclick = create_proxy(self.on)
A()`, "warning listener-leak: so each call of show adds a listener that can never be removed"},
		"an object of which nothing is known": {`
class A:
    def __init__(self, given):
        self.given = given
        self.given.addEventListener("click", create_proxy(self.on))
        given.addEventListener("click", create_proxy(self.on))
        given.addEventListener("click", create_proxy(print))
    def on(self, e): pass
A(1)
A(2)`, "warning ref-cycle: and self.given and its callback hold each other, so each new A leaves both in memory for good\n" +
			"warning ref-cycle: and given and its callback hold each other, so each new A leaves both in memory for good"},
		"found in a page that stays": {`
def render():
    document.getElementById("a").addEventListener("click", create_proxy(print))
render()
render()`, "warning listener-leak: so each call of render adds a listener that can never be removed"},
		"found in a page that is written": {`
def render():
    document.body.innerHTML = "x"
    document.getElementById("a").addEventListener("click", create_proxy(print))
render()
render()`, ""},
		"found at the top level of a page that is written": {`
document.body.innerHTML = "x"
for a in document.querySelectorAll("a"):
    a.addEventListener("click", create_proxy(print))`,
			"warning listener-leak: so each turn of the loop adds a listener that can never be removed"},
		"made here": {`
def row():
    a = document.createElement("a")
    a.addEventListener("click", create_proxy(print))
    return a`, ""},
		"made here, and held by the callback": {`
def row():
    a = document.createElement("a")
    def on(e): a.remove()
    a.addEventListener("click", create_proxy(on))
    return a`, "warning ref-cycle: and a and its callback hold each other, so each call of row leaves both in memory for good"},
		"made anew by each call": {`
class A:
    def draw(self):
        self.a = document.createElement("a")
        self.a.addEventListener("click", create_proxy(self.on))
    def on(self, e): self.draw()
one = A()
one.draw()
one.draw()`, harmless},
		"put on self": {`
class A:
    def __init__(self):
        a = document.createElement("a")
        self.a = a
        a.addEventListener("click", create_proxy(lambda e: self.on(e)))
    def on(self, e): pass
for i in "ab": A()`, "warning ref-cycle: and a and its callback hold each other, so each new A leaves both in memory for good"},
		"put into a list of self": {`
class A:
    def __init__(self):
        a = document.createElement("a")
        self.all = []
        self.all.append(a)
        a.addEventListener("click", create_proxy(self.on))
    def on(self, e): self.all.pop()
for i in "ab": A()`, ""},
		"not put on self": {`
class A:
    def __init__(self):
        a = document.createElement("a")
        a.addEventListener("click", create_proxy(self.on))
    def on(self, e): pass
for i in "ab": A()`, ""},
		"a callback of another object": {`
class A:
    def __init__(self, other):
        self.a = document.createElement("a")
        self.a.addEventListener("click", create_proxy(other.on))
for i in "ab": A(i)`, ""},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			if got := said(findings(t, imports+c.text+"\n", analysis.View{})); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// Whatever may keep the proxy, or end the listener, keeps the rule silent.
func TestLeftSilent(t *testing.T) {
	for name, body := range map[string]string{
		"once":                 `document.addEventListener("x", create_proxy(print), once=True)`,
		"signal":               `document.addEventListener("x", create_proxy(print), signal=s)`,
		"unread keywords":      `document.addEventListener("x", create_proxy(print), **options)`,
		"unread options":       `document.addEventListener("x", create_proxy(print), options)`,
		"unread arguments":     `document.addEventListener("x", create_proxy(print), *more)`,
		"unread event":         `document.addEventListener(*both, create_proxy(print))`,
		"the wrong place":      `document.addEventListener(create_proxy(print), "x")`,
		"a timer's result":     `t = js.setInterval(create_proxy(print), 10)`,
		"a timer once":         `js.setTimeout(create_proxy(print), 10)`,
		"a frame":              `js.requestAnimationFrame(create_proxy(print))`,
		"an attribute":         `document.onclick = create_proxy(print)`,
		"an unknown function":  `js.mine(create_proxy(print))`,
		"removal":              `document.removeEventListener("x", create_proxy(print))`,
		"also handed on":       `p = create_proxy(print); document.addEventListener("x", p); keep(p)`,
		"destroyed":            `p = create_proxy(print); document.addEventListener("x", p); p.destroy()`,
		"stored":               `p = create_proxy(print); document.addEventListener("x", p); table["x"] = p`,
		"another's own method": `own.addEventListener("x", create_proxy(print))`,
		"the host":             "if js is None:\n            document.addEventListener('x', create_proxy(print))",
	} {
		t.Run(name, func(t *testing.T) {
			text := imports + "class Own:\n    def addEventListener(self, n, f): pass\nown = Own()\n" +
				"try:\n    import js\nexcept ImportError:\n    js = None\n" +
				"def f():\n    for i in 'ab':\n        " + body + "\nf()\nf()\n"
			if got := said(findings(t, text, analysis.View{})); got != "" {
				t.Errorf("%s\n%s", got, text)
			}
		})
	}
}

func TestLeftFixes(t *testing.T) {
	keep := "_kept = []\ndef keep_alive(p):\n    _kept.append(p)\n"
	tests := map[string]struct {
		text    string
		project analysis.View
		want    string // what the first fix puts in place of the text
		title   string
		risk    analysis.Applicability
	}{
		"a hint's fix is not for --fix": {
			text: "def on(e): pass\ndef setup(x):\n    document.addEventListener('a', create_proxy(on))\nsetup(1)\n",
			want: "from pyodide.ffi.wrappers import add_event_listener\ndef on(e): pass\ndef setup(x):\n    add_event_listener(document, 'a', on)\nsetup(1)\n",
			risk: analysis.Unsafe, title: "Use add_event_listener, which keeps the proxy",
		},
		"a keep_alive that gives nothing back": {
			text:  keep + "document.addEventListener('a', create_proxy(print))\n",
			want:  keep + "print_proxy = create_proxy(print)\nkeep_alive(print_proxy)\ndocument.addEventListener('a', print_proxy)\n",
			title: "Keep it with keep_alive",
		},
		"the same for a name": {
			text:  keep + "def f():\n    p = create_proxy(print)\n    document.addEventListener('a', p)\nf()\n",
			want:  keep + "def f():\n    p = create_proxy(print)\n    keep_alive(p)\n    document.addEventListener('a', p)\nf()\n",
			title: "Keep it with keep_alive",
		},
		"a statement that shares its line": {
			text:  keep + "a = 1; document.addEventListener('a', create_proxy(print), True)\n",
			title: "",
		},
		"a neighbour's keep_alive": {
			text:    "document.addEventListener('a', create_proxy(print))\n",
			project: analysis.View{KeepAlive: []analysis.KeepAlive{{Name: "keep_alive", Returns: true, Path: "app/keep.py", Package: true, Leaf: true}}},
			want:    "from .keep import keep_alive\ndocument.addEventListener('a', keep_alive(create_proxy(print)))\n",
			title:   "Keep it with keep_alive",
		},
		"a keep_alive is no owner where the code runs again": {
			text:  keep + "def on(e): pass\nfor n in 'ab':\n    document.addEventListener(n, create_proxy(on))\n",
			want:  keep + "def on(e): pass\n\n\non_proxy = create_proxy(on)\nfor n in 'ab':\n    document.addEventListener(n, on_proxy)\n",
			title: "Make one proxy of on, beside it",
		},
		"a proxy that is there already": {
			text:  "def on(e): pass\non_proxy = create_proxy(on)\nfor n in 'ab':\n    document.addEventListener(n, create_proxy(on))\n",
			want:  "def on(e): pass\non_proxy = create_proxy(on)\nfor n in 'ab':\n    document.addEventListener(n, on_proxy)\n",
			title: "Make one proxy of on, beside it",
		},
		"a name that is something else": {
			text:  "def on(e): pass\non_proxy = 1\nfor n in 'ab':\n    document.addEventListener(n, create_proxy(on), True)\n",
			title: "",
		},
		"a lambda in a loop has nobody to remove it": {
			text:  "for n in 'ab':\n    document.addEventListener(n, create_proxy(lambda e: n))\n",
			title: "",
		},
		"arguments of create_proxy": {
			text:  "def on(e): pass\nfor n in 'ab':\n    document.addEventListener(n, create_proxy(on, roundtrip=False))\n",
			title: "",
		},
		"a method's proxy": {
			text: "class A:\n    def __init__(self):\n        \"\"\"Doc.\"\"\"\n        super().__init__()\n        self.a = 1\n" +
				"    def show(self):\n        document.addEventListener('a', create_proxy(self._on))\n    def _on(self, e): pass\na = A()\na.show()\na.show()\n",
			want: "class A:\n    def __init__(self):\n        \"\"\"Doc.\"\"\"\n        super().__init__()\n        self._on_proxy = create_proxy(self._on)\n        self.a = 1\n" +
				"    def show(self):\n        document.addEventListener('a', self._on_proxy)\n    def _on(self, e): pass\na = A()\na.show()\na.show()\n",
			title: "Keep it as self._on_proxy",
		},
		"a lambda in __init__": {
			text:  "class A:\n    def __init__(self):\n        document.addEventListener('click', create_proxy(lambda e: 1))\nA()\nA()\n",
			want:  "class A:\n    def __init__(self):\n        self._click_proxy = create_proxy(lambda e: 1)\n        document.addEventListener('click', self._click_proxy)\nA()\nA()\n",
			title: "Keep it as self._click_proxy",
		},
		"an attribute that is something else": {
			text:  "class A:\n    def __init__(self):\n        self._click_proxy = 1\n        document.addEventListener('click', create_proxy(lambda e: 1))\nA()\nA()\n",
			title: "",
		},
		"slots": {
			text:  "class A:\n    __slots__ = ()\n    def __init__(self):\n        document.addEventListener('click', create_proxy(lambda e: 1))\nA()\nA()\n",
			title: "",
		},
		"a method on one object again and again": {
			text:  "class A:\n    def show(self):\n        document.addEventListener('a', create_proxy(self.on))\n    def on(self, e): pass\na = A()\na.show()\na.show()\n",
			title: "",
		},
		"a target that nothing holds": {
			text:  "def listen(f):\n    document.body.addEventListener('a', create_proxy(f))\n",
			title: "",
		},
		"a target of each turn": {
			text:  "def h(e): pass\nfor i in 'ab':\n    b = document.getElementById(i)\n    def on(e): pass\n    b.addEventListener('a', create_proxy(on))\n",
			title: "",
		},
		"a target that is handed in, and held by the callback": {
			text:  "def listen(b, f):\n    def on(e): f(b)\n    b.addEventListener('a', create_proxy(on))\nlisten(1)\nlisten(2)\n",
			title: "",
		},
		"a target that is found again": {
			text:  "def listen(f):\n    b = document.getElementById('b')\n    b.addEventListener('a', create_proxy(f))\n",
			title: "",
		},
		"a target on self": {
			text:  "class A:\n    def listen(self, b, f):\n        self.b.addEventListener('a', create_proxy(f))\n    def __init__(self): self.b = document.body\n",
			want:  "from pyodide.ffi.wrappers import add_event_listener\nclass A:\n    def listen(self, b, f):\n        add_event_listener(self.b, 'a', f)\n    def __init__(self): self.b = document.body\n",
			title: "Use add_event_listener, which keeps the proxy",
		},
		"a lambda has no second name": {
			text:  "def listen(b):\n    document.addEventListener('a', create_proxy(lambda e: b))\n",
			title: "",
		},
		"a made target that the callback holds": {
			text:  "def row():\n    b = document.createElement('b')\n    def on(e): b.remove()\n    b.addEventListener('a', create_proxy(on))\n    return b\n",
			title: "",
		},
		"an object that is closed already": {
			text: "class A:\n    def __init__(self):\n        document.addEventListener('a', create_proxy(self.on))\n    def on(self, e): pass\n" +
				"    def stop(self):\n        self.gone = True\nA()\nA()\n",
			want: "class A:\n    def __init__(self):\n        self._on_proxy = create_proxy(self.on)\n        document.addEventListener('a', self._on_proxy)\n    def on(self, e): pass\n" +
				"    def stop(self):\n        self.gone = True\n        document.removeEventListener('a', self._on_proxy)\n        self._on_proxy.destroy()\nA()\nA()\n",
			risk: analysis.Unsafe, title: "Keep it as self._on_proxy, for stop to destroy",
		},
		"a close that is something else": {
			text: "class A:\n    close = 1\n    def __init__(self):\n        document.addEventListener('a', create_proxy(self.on))\n    def on(self, e): pass\nA()\nA()\n",
			want: "class A:\n    close = 1\n    def __init__(self):\n        self._on_proxy = create_proxy(self.on)\n        document.addEventListener('a', self._on_proxy)\n    def on(self, e): pass\n" +
				"\n    def dispose(self):\n        document.removeEventListener('a', self._on_proxy)\n        self._on_proxy.destroy()\nA()\nA()\n",
			risk: analysis.Shown, title: "Keep it as self._on_proxy, for dispose to destroy",
		},
		"a timer that nothing stops": {
			text:  "class A:\n    def __init__(self):\n        js.setInterval(create_proxy(self.on), 10)\n    def on(self): pass\nA()\nA()\n",
			title: "",
		},
		"a listener that only its own function could remove": {
			text:  "class A:\n    def __init__(self, b):\n        self.b = b\n        b.addEventListener('a', create_proxy(self.on))\n    def on(self, e): pass\nA(1)\nA(2)\n",
			title: "",
		},
		"a target that the loop goes on from": {
			text:  "def on(n):\n    return n\non_proxy = 1\nfor b in document.querySelectorAll('b'):\n    b.addEventListener('a', create_proxy(on))\n",
			title: "",
		},
		"a name of the method's proxy that is another's": {
			text:  "class A:\n    def __init__(self):\n        self._on_proxy = create_proxy(self.other)\n    def show(self):\n        document.addEventListener('a', create_proxy(self.on))\n    def on(self, e): pass\n    def other(self, e): pass\na = A()\na.show()\na.show()\n",
			title: "",
		},
		"an import in the function": {
			text:  "class A:\n    def __init__(self): pass\n    def show(self):\n        from pyodide.ffi import create_proxy as cp\n        document.addEventListener('a', cp(self.on), True)\n    def on(self, e): pass\na = A()\na.show()\na.show()\n",
			title: "",
		},
		"an import below the function": {
			text:  "def on(e): pass\nfrom pyodide.ffi import create_proxy as cp\nfor n in 'ab':\n    document.addEventListener(n, cp(on), True)\n",
			title: "",
		},
		"an interval": {
			text:  "def start(f):\n    js.setInterval(create_proxy(f), 10)\n",
			want:  "from pyodide.ffi.wrappers import set_interval\ndef start(f):\n    set_interval(f, 10)\n",
			title: "Use set_interval, which keeps the proxy",
		},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got := findings(t, imports+c.text, c.project)
			if len(got) != 1 {
				t.Fatalf("%d findings: %s", len(got), said(got))
			}
			if c.title == "" {
				if len(got[0].Fixes) > 0 {
					t.Fatalf("%q is offered", got[0].Fixes[0].Title)
				}
				return
			}
			if len(got[0].Fixes) == 0 {
				t.Fatal("no fix")
			}
			fix := got[0].Fixes[0]
			text, err := source.Apply(imports+c.text, fix.Edits)
			if err != nil {
				t.Fatal(err)
			}
			if fix.Title != c.title || fix.Applicability != c.risk {
				t.Errorf("%q, %s", fix.Title, fix.Applicability)
			}
			if text, want := rest(text), rest(imports+c.want); text != want {
				t.Errorf("got\n%s\nwant\n%s", text, want)
			}
		})
	}
}

// rest is a text without its imports' order.
func rest(text string) string {
	var imports, others []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "from ") || strings.HasPrefix(line, "import ") {
			imports = append(imports, line)
		} else {
			others = append(others, line)
		}
	}
	return fmt.Sprint(len(imports)) + "\n" + strings.Join(others, "")
}

// A file that the host may load makes no proxy at its top level.
func TestNothingIsMadeAtTheTopOfWhatTheHostLoads(t *testing.T) {
	got := findings(t, `def on(e): pass
def show():
    from js import document
    from pyodide.ffi import create_proxy
    for n in "ab":
        document.addEventListener(n, create_proxy(on), True)
`, analysis.View{})
	if len(got) != 1 || len(got[0].Fixes) > 0 {
		t.Errorf("%s, %v", said(got), got)
	}
}

// Two proxies that one keep_alive keeps have a name each.
func TestKeptProxiesHaveTheirOwnNames(t *testing.T) {
	got := findings(t, imports+`kept = []
def keep_alive(p): kept.append(p)
document.addEventListener("a", create_proxy(print))
document.addEventListener("b", create_proxy(print))
`, analysis.View{})
	if len(got) != 2 || len(got[0].Fixes) == 0 {
		t.Fatal(said(got))
	}
	if len(got[1].Fixes) > 0 && got[1].Fixes[0].Title == got[0].Fixes[0].Title {
		t.Errorf("both are print_proxy")
	}
}

// Two fixes of one file do not take one name for two proxies.
func TestLeftFixesTogether(t *testing.T) {
	text := imports + `class A:
    def __init__(self):
        document.addEventListener("click", create_proxy(lambda e: 1))
        js.window.addEventListener("click", create_proxy(lambda e: 2))
        document.addEventListener("a", create_proxy(self.on))
        document.addEventListener("b", create_proxy(self.on))
    def on(self, e): pass
A()
A()
`
	fixed := text
	for range 5 { // fixes that touch each other are applied one after the other
		fixed, _ = analysis.Fixed(fixed, findings(t, fixed, analysis.View{}), analysis.Shown)
	}
	for _, name := range []string{"self._click_proxy =", "self._on_proxy ="} {
		if strings.Count(fixed, name) != 1 {
			t.Errorf("%d times %q in\n%s", strings.Count(fixed, name), name, fixed)
		}
	}
	if left := findings(t, fixed, analysis.View{}); len(left) != 1 || len(left[0].Fixes) > 0 {
		t.Errorf("left: %s in\n%s", said(left), fixed)
	}
}
