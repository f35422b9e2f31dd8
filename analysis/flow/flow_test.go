package flow

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Each line's marker "#@ expression = answer" says what the last such expression on the line is: "def name",
// "lambda", "built in" for callables without a node, or "?" for what is not certainly a Python callable.
func TestCallable(t *testing.T) {
	sources := map[string]string{
		"functions": `
from pyodide.ffi import create_proxy
import functools, operator
from functools import partial
on = lambda e: None
def run(e): pass
async def wait(e): pass
@functools.lru_cache(maxsize=1)
def kept(): pass
alias = run
pick = run if on else wait
half = run if on else unheard
(walrus := run)
take(on)             #@ on = lambda
take(run)            #@ run = def run
take(wait)           #@ wait = def wait
take(kept)           #@ kept = def kept
take(alias)          #@ alias = def run
take(pick)           #@ pick = def run
take(half)           #@ half = ?
take(walrus)         #@ walrus = def run
take((run))          #@ (run) = def run
take(lambda: 1)      #@ lambda: 1 = lambda
take(partial(run, 1))            #@ partial(run, 1) = built in
take(functools.partial(run, 1))  #@ functools.partial(run, 1) = built in
take(print)          #@ print = built in
take(run())          #@ run() = ?
take(unheard)        #@ unheard = ?
take(create_proxy(run))  #@ create_proxy(run) = ?
`,
		"not plain": `
from pyodide.ffi import create_proxy
from helpers import imported
import helpers
@create_proxy
def decorated(e): pass
@helpers.wrap
def wrapped(e): pass
@helpers.wrap(1)
def called(e): pass
def rebound(e): pass
rebound = create_proxy(rebound)
def branch(e): pass
if helpers.x:
    branch = helpers.y
def gone(e): pass
del gone
def outer(e): pass
def f(parameter):
    global outer
    outer = create_proxy(outer)
    take(parameter)  #@ parameter = ?
take(decorated)      #@ decorated = ?
take(wrapped)        #@ wrapped = ?
take(called)         #@ called = ?
take(rebound)        #@ rebound = ?
take(branch)         #@ branch = ?
take(gone)           #@ gone = ?
take(outer)          #@ outer = ?
take(imported)       #@ imported = ?
take(helpers.run)    #@ helpers.run = ?
`,
		"either branch": `
if x:
    def run(): pass
else:
    run = lambda: 1
take(run)            #@ run = lambda
`,
		"methods": `
from pyodide.ffi import create_proxy
from helpers import Unknown
class Base:
    def inherited(self, e): pass
class App(Base):
    handler = lambda self: None
    def on(self, e): pass
    async def later(self, e): pass
    @staticmethod
    def still(e): e.on          #@ e.on = ?
    @classmethod
    def made(cls): cls.on       #@ cls.on = def on
    @property
    def value(self): pass
    @create_proxy
    def proxied(self, e): pass
    def kept(self, e): pass
    def __init__(self, other):
        self.kept = create_proxy(self.kept)
        self.extra = 1
        self.on                 #@ self.on = def on
        self.later              #@ self.later = def later
        self.handler            #@ self.handler = lambda
        self.still              #@ self.still = def still
        self.inherited          #@ self.inherited = def inherited
        self.value              #@ self.value = ?
        self.proxied            #@ self.proxied = ?
        self.kept               #@ self.kept = ?
        self.extra              #@ self.extra = ?
        self.nowhere            #@ self.nowhere = ?
        other.on                #@ other.on = ?
        def inner():
            self.on             #@ self.on = def on
        lambda: self.on         #@ self.on = def on
app = App()
app.on               #@ app.on = def on
app.inherited        #@ app.inherited = def inherited
App.on               #@ App.on = def on
App().on             #@ App().on = def on
app.kept             #@ app.kept = ?
both = App()
both = Unknown()
both.on              #@ both.on = ?
class Widget(Unknown):
    def own(self):
        self.own     #@ self.own = def own
        self.on      #@ self.on = ?
class Late(Base, Unknown):
    def own(self):
        self.inherited  #@ self.inherited = def inherited
class Early(Unknown, Base):
    def own(self):
        self.inherited  #@ self.inherited = ?
`,
		"the first base counts": `
class A:
    @property
    def on(self): pass
class B:
    def on(self): pass
class C(A, B): pass
class D(B, A): pass
C().on               #@ C().on = ?
D().on               #@ D().on = def on
`,
		"static under a star import": `
from helpers import *
class A:
    def on(self): pass
    @staticmethod
    def still(e):
        e.on         #@ e.on = ?
`,
		"cycles": `
a = b
b = a
a                    #@ a = ?
class A(B): pass
class B(A): pass
A().on               #@ A().on = ?
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string {
				c, ok := f.Callable(n)
				switch {
				case !ok:
					return "?"
				case c.Def.Kind() == syntax.Lambda:
					return "lambda"
				case c.Def.OK():
					return "def " + c.Def.Child(syntax.FieldName).Text()
				}
				return "built in"
			})
		})
	}
}

// "?" is not known to be JavaScript.
func TestJavaScript(t *testing.T) {
	sources := map[string]string{
		"paths": `
import js
from js import document, window
from pyscript import document as page
import pyodide_js
js.document.getElementById("x")  #@ js.document.getElementById("x") = js.document.getElementById()
page.body            #@ page.body = js.document.body
window.window.x      #@ window.window.x = js.x
pyodide_js.loadPackage("x")  #@ pyodide_js.loadPackage("x") = pyodide_js.loadPackage()
box = document.getElementById("x")
box                  #@ box = js.document.getElementById()
box.style.color      #@ box.style.color = js.document.getElementById().style.color
same = box
same                 #@ same = js.document.getElementById()
(n := box)
n                    #@ n = js.document.getElementById()
for item in document.querySelectorAll("p"):
    item             #@ item = js.document.querySelectorAll()[]
[p.id for p in document.querySelectorAll("p")]  #@ p.id = js.document.querySelectorAll()[].id
document.forms[0]    #@ document.forms[0] = js.document.forms[]
async def f(parameter):
    answer = await js.fetch("x")
    answer           #@ answer = js.fetch()
    parameter        #@ parameter = ?
    parameter.body   #@ parameter.body = ?
    (await answer.json())   #@ (await answer.json()) = js.fetch().json()
`,
		"copies": `
import js
data = js.thing.to_py()
data                 #@ data = ?
data["x"]            #@ data["x"] = ?
js.thing.to_py()     #@ js.thing.to_py() = ?
kind = js.thing.typeof
kind                 #@ kind = ?
convert = js.thing.to_py
convert()            #@ convert() = ?
for k in js.thing.object_keys():
    k                #@ k = ?
`,
		"several bindings": `
import js
late = None
late = js.document.getElementById("x")
late                 #@ late = js.document.getElementById()
mixed = js.a()
mixed = 1
mixed                #@ mixed = ?
never = None
never                #@ never = ?
a, b = js.a(), js.b()
a                    #@ a = ?
added = js.a()
added += 1
added                #@ added = ?
with js.a() as held:
    held             #@ held = ?
x = y
y = x
x                    #@ x = ?
`,
		"imports that may fail": `
try:
    from js import document
except ImportError:
    document = None
document.body        #@ document.body = js.document.body
`,
		"other modules": `
import os, jsonlib
from .js import local
os.environ           #@ os.environ = ?
jsonlib.x            #@ jsonlib.x = ?
local                #@ local = ?
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string {
				path, ok := f.JavaScript(n)
				if !ok {
					return "?"
				}
				return path
			})
		})
	}
}

func TestPython(t *testing.T) {
	eachMarker(t, `
import js
from helpers import imported, make
from pyodide.ffi import create_proxy
take("x")            #@ "x" = yes
take(1)              #@ 1 = yes
take(1.5)            #@ 1.5 = yes
take({"a": 1})       #@ {"a": 1} = yes
take([1])            #@ [1] = yes
take((1, 2))         #@ (1, 2) = yes
take(("x"))          #@ ("x") = yes
take(True)           #@ True = yes
take(lambda: 1)      #@ lambda: 1 = yes
take([x for x in y]) #@ [x for x in y] = yes
take({x for x in y}) #@ {x for x in y} = yes
class A:
    def m(self, other):
        self         #@ self = yes
        other        #@ other = no
        super()      #@ super() = yes
    @staticmethod
    def s(first):
        first        #@ first = no
a = A()
d = {}
e = {}
e = js.thing
def run(parameter):
    parameter        #@ parameter = no
@create_proxy
def proxied(): pass
a                    #@ a = yes
A                    #@ A = yes
A()                  #@ A() = yes
d                    #@ d = yes
e                    #@ e = no
run                  #@ run = yes
proxied              #@ proxied = no
run()                #@ run() = no
imported             #@ imported = no
make()               #@ make() = no
js.x                 #@ js.x = no
unheard              #@ unheard = no
`, func(f *File, n syntax.Node) string { return yes(f.Python(n)) })
}

func TestPlace(t *testing.T) {
	sources := map[string]string{
		"sys.platform": `
import sys, sys as s
from sys import platform as here
x                                #@ x = Anywhere
if sys.platform == "emscripten":
    x                            #@ x = InPyodide
else:
    x                            #@ x = OnHost
if sys.platform != "emscripten":
    x                            #@ x = OnHost
else:
    x                            #@ x = InPyodide
if not sys.platform == "emscripten": x   #@ x = OnHost
if (s.platform == "emscripten"): x       #@ x = InPyodide
if "emscripten" == here: x               #@ x = InPyodide
if sys.platform.startswith("emscripten"): x  #@ x = InPyodide
if sys.platform.startswith("win"): x     #@ x = OnHost
if sys.platform in ("emscripten", "wasi"): x  #@ x = InPyodide
if sys.platform in ("emscripten", "linux"): x #@ x = Anywhere
if sys.platform not in ("win32", "darwin"): x #@ x = Anywhere
if sys.platform == "linux":
    x                            #@ x = OnHost
elif sys.platform == "emscripten":
    x                            #@ x = InPyodide
else:
    x                            #@ x = OnHost
if sys.platform != "win32":
    x                            #@ x = Anywhere
else:
    x                            #@ x = OnHost
while sys.platform: x            #@ x = Anywhere
`,
		"other tests": `
import sys, os, platform, importlib.util
from typing import TYPE_CHECKING
import typing
if "pyodide" in sys.modules:
    x                            #@ x = InPyodide
else:
    x                            #@ x = OnHost
if "pyodide" not in sys.modules: x   #@ x = OnHost
if "numpy" in sys.modules: x         #@ x = Anywhere
if "google.colab" in sys.modules: x  #@ x = OnHost
else: x                              #@ x = Anywhere
if platform.system() == "Emscripten": x  #@ x = InPyodide
if importlib.util.find_spec("js") is not None: x  #@ x = InPyodide
if importlib.util.find_spec("js") is None: x      #@ x = OnHost
if hasattr(sys, "_emscripten_info"): x   #@ x = InPyodide
if os.name == "posix":
    x                            #@ x = Anywhere
else:
    x                            #@ x = OnHost
if os.name == "nt": x            #@ x = OnHost
if TYPE_CHECKING:
    x                            #@ x = OnHost
else:
    x                            #@ x = Anywhere
if typing.TYPE_CHECKING: x       #@ x = OnHost
if False: x                      #@ x = OnHost
if debug: x                      #@ x = Anywhere
`,
		"and, or, conditional expressions": `
import sys
web = sys.platform == "emscripten"
if web and "pyodide" in sys.modules: x  #@ x = InPyodide
if not web and debug: x          #@ x = OnHost
if web or debug:
    x                            #@ x = Anywhere
else:
    x                            #@ x = OnHost
y = x if web else z              #@ x = InPyodide
y = z if web else x              #@ x = OnHost
web and x()                      #@ x = InPyodide
web or x()                       #@ x = OnHost
x() and web                      #@ x = Anywhere
`,
		"early exits": `
import sys
def a():
    x                            #@ x = Anywhere
    if sys.platform != "emscripten":
        return
    x                            #@ x = InPyodide
    def inner():
        x                        #@ x = InPyodide
def b():
    if sys.platform == "emscripten":
        # nothing to do
        raise NotImplementedError
        # at all
    x                            #@ x = OnHost
def c():
    if sys.platform == "emscripten":
        y
    x                            #@ x = Anywhere
def d():
    for i in y:
        if sys.platform == "emscripten":
            continue
        x                        #@ x = OnHost
    x                            #@ x = Anywhere
def e():
    if sys.platform == "emscripten":
        return
    if IS_PYODIDE:
        return
    x                            #@ x = OnHost
def g():
    if IS_PYODIDE:
        return
    if sys.platform != "emscripten":
        return
    x                            #@ x = Unclear
if sys.platform == "emscripten":
    sys.exit()
x                                #@ x = OnHost
`,
		"try and except": `
try:
    import js
    x                            #@ x = InPyodide
except ImportError:
    x                            #@ x = OnHost
else:
    x                            #@ x = InPyodide
try:
    from pyodide.ffi import create_proxy
except (ModuleNotFoundError, ValueError) as e:
    x                            #@ x = OnHost
try:
    import js
except ValueError:
    x                            #@ x = Anywhere
try:
    import numpy
except ImportError:
    x                            #@ x = Anywhere
try:
    from .js import y
except ImportError:
    x                            #@ x = Anywhere
`,
		"flags": `
import sys
from helpers import IS_PYODIDE, fast
try:
    import js
    apart = True
except ImportError:
    js = None
    apart = False
late = False
try:
    import pyodide
    late = True
except ImportError:
    pass
def in_browser():
    """Whether there is a page."""
    return sys.platform == "emscripten"
def undecided():
    y()
    return sys.platform == "emscripten"
web = in_browser()
if apart: x                      #@ x = InPyodide
if not apart: x                  #@ x = OnHost
if js: x                         #@ x = InPyodide
if js is None: x                 #@ x = OnHost
if js is not None: x             #@ x = InPyodide
if late: x                       #@ x = InPyodide
if not late: x                   #@ x = OnHost
if in_browser(): x               #@ x = InPyodide
if not in_browser(): x           #@ x = OnHost
if undecided(): x                #@ x = Anywhere
if web: x                        #@ x = InPyodide
if IS_PYODIDE:
    x                            #@ x = Unclear
else:
    x                            #@ x = Unclear
if fast: x                       #@ x = Anywhere
if IS_PYODIDE:
    x                            #@ x = Unclear
elif sys.platform == "emscripten":
    x                            #@ x = Unclear
else:
    x                            #@ x = OnHost
`,
		"flags of other modules' imports": `
try:
    import numpy
    has = True
except ImportError:
    has = False
late = False
try:
    import numpy
    late = True
except ImportError:
    pass
if has: x                        #@ x = Anywhere
if not has: x                    #@ x = Anywhere
if late: x                       #@ x = Anywhere
if not late: x                   #@ x = Anywhere
`,
		"imported values are not always true": `
from pyscript import RUNNING_IN_WORKER
from js import small
from .js import local
try:
    from js import wide
except ImportError:
    wide = False
if not RUNNING_IN_WORKER: x      #@ x = Anywhere
if not small: x                  #@ x = Anywhere
if not local: x                  #@ x = Anywhere
if not wide: x                   #@ x = Anywhere
`,
	}
	names := map[Place]string{Anywhere: "Anywhere", InPyodide: "InPyodide", OnHost: "OnHost", Unclear: "Unclear"}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string { return names[f.Place(n)] })
		})
	}
}

// A comment behind a bare except is not what is caught.
func TestPlaceBareExceptWithComment(t *testing.T) {
	eachMarker(t, `
try:
    import js
except:  # no browser
    x                            #@ x = OnHost
`, func(f *File, n syntax.Node) string {
		return map[Place]string{Anywhere: "Anywhere", OnHost: "OnHost"}[f.Place(n)]
	})
}

func TestBridge(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Bridge
	}{
		"none":           {"import os, json\n", NoBridge},
		"empty":          {"", NoBridge},
		"a relative one": {"from .js import x\nfrom . import pyodide\n", NoBridge},
		"a longer name":  {"import jsonschema, pyodide_lock\n", NoBridge},
		"bare":           {"import js\n", Bare},
		"bare from":      {"from pyodide.ffi import create_proxy\n", Bare},
		"in a function":  {"def f():\n    import js\n", Guarded},
		"in a branch":    {"if x:\n    import js\n", Guarded},
		"in a try":       {"try:\n    import js\nexcept ImportError:\n    js = None\n", Guarded},
		"both":           {"def f():\n    import js\nimport pyodide\n", Bare},
	} {
		t.Run(name, func(t *testing.T) {
			f, _ := open(t, c.text)
			if got := f.Bridge(); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}

func TestRepeats(t *testing.T) {
	eachMarker(t, `
x                    #@ x = no
for i in x():        #@ x = no
    x                #@ x = yes
    def f():
        x            #@ x = no
        while x:     #@ x = yes
            x        #@ x = yes
    lambda: x        #@ x = no
    if y:
        x            #@ x = yes
else:
    x                #@ x = no
while y:
    pass
else:
    x                #@ x = no
[x for i in y]       #@ x = yes
[i for i in x()]     #@ x = no
[i for j in y for i in x()]  #@ x = yes
{i: x for i in y}    #@ x = yes
any(x for i in y)    #@ x = yes
`, func(f *File, n syntax.Node) string { return yes(f.Repeats(n)) })
}

func TestAsksForRealm(t *testing.T) {
	f, tree := open(t, "import js\ndef f():\n    def g(): a()\n    return is_worker and g\ndef h(): b()\nc()\n")
	for call := range tree.Of(syntax.Call) {
		name := call.Child(syntax.FieldFunction).Text()
		if got, want := f.AsksForRealm(call), name != "b"; got != want { // what stands outside has the whole text around it
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestAsync(t *testing.T) {
	_, tree := open(t, "async def a(): pass\ndef b(): pass\n@x\nasync def c(): pass\n")
	got := ""
	for n := range tree.Of(syntax.FunctionDefinition) {
		got += n.Child(syntax.FieldName).Text() + " " + yes(Async(n)) + " "
	}
	if want := "a yes b no c yes "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func open(t *testing.T, text string) (*File, *syntax.Tree) {
	t.Helper()
	tree, err := syntax.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return New(scope.New(tree), nil), tree
}

// eachMarker compares the answer for each marker "#@ expression = answer"; other comments are the text's own.
func eachMarker(t *testing.T, text string, answer func(*File, syntax.Node) string) {
	t.Helper()
	f, tree := open(t, text)
	if holes := tree.Holes(); len(holes) > 0 {
		t.Fatalf("does not parse: %v", holes)
	}
	markers := 0
	for comment := range tree.Of(syntax.Comment) {
		marker, ok := strings.CutPrefix(comment.Text(), "#@ ")
		if !ok {
			continue
		}
		at := strings.LastIndex(marker, " = ")
		if at < 0 {
			t.Fatalf("unreadable marker %q", comment.Text())
		}
		markers++
		expression, want := marker[:at], marker[at+len(" = "):]
		n := expressionBefore(t, tree, comment, expression)
		if got := answer(f, n); got != want {
			line := 1 + strings.Count(text[:comment.Span().Start], "\n")
			t.Errorf("line %d, %q: %q, want %q", line, expression, got, want)
		}
	}
	if markers == 0 {
		t.Fatal("no marker")
	}
}

// expressionBefore is the last expression with that text on the line of a comment.
func expressionBefore(t *testing.T, tree *syntax.Tree, comment syntax.Node, expression string) syntax.Node {
	t.Helper()
	line := strings.LastIndexByte(tree.Text()[:comment.Span().Start], '\n') + 1
	found := syntax.Node{}
	for n := range tree.Root().Within() {
		s := n.Span()
		if s.Start < line || s.End > comment.Span().Start || n.Text() != expression {
			continue
		}
		if k := n.Kind(); k != syntax.ExpressionStatement && k != syntax.Block {
			found = n
		}
	}
	if !found.OK() {
		t.Fatalf("%q is not on the line", expression)
	}
	return found
}
