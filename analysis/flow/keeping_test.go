package flow

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// "argument" for each call that alone gets the value, "kept" for a value that something may keep.
func TestHanded(t *testing.T) {
	eachMarker(t, `
take(make(1))            #@ make(1) = argument
take(make(1), make(2))   #@ make(2) = argument
take(key=make(1))        #@ make(1) = kept
[make(1)]                #@ make(1) = kept
top = make(1)            #@ make(1) = kept
take(top)
self.x = make(1)         #@ make(1) = kept
for i in y:
    one = make(1)        #@ make(1) = argument
    take(one)
    after = make(2)      #@ make(2) = kept
    take(after)
take(after)
def f(a):
    local = make(1)      #@ make(1) = argument argument
    take(local)
    take(1, local)
    unused = make(2)     #@ make(2) = kept
    twice = make(3)      #@ make(3) = kept
    twice = make(4)
    take(twice)
    destroyed = make(5)  #@ make(5) = kept
    take(destroyed)
    destroyed.destroy()
    returned = make(6)   #@ make(6) = kept
    take(returned)
    inner = make(7)      #@ make(7) = kept
    take(inner)
    def g(): take(inner)
    a.x = stored = make(8)   #@ make(8) = kept
    take(stored)
    (walrus := make(9))  #@ make(9) = kept
    take(walrus)
    listed = make(10)    #@ make(10) = kept
    take([listed])
    typed: T = make(11)  #@ make(11) = argument
    take(typed)
    @make                #@ make = argument
    def h(): pass
    take(h)
    @other
    @make                #@ make = kept
    def i(): pass
    take(i)
    return returned
def g():
    global shared
    shared = make(1)     #@ make(1) = kept
    take(shared)
    for i in y:
        shared = make(2) #@ make(2) = kept
        global looped
        looped = make(3) #@ make(3) = kept
        take(looped)
@make                    #@ make = kept
def top_level(): pass
take(top_level)
class A:
    x = make(1)          #@ make(1) = kept
    take(x)
    @make                #@ make = kept
    def m(self): pass
`, func(f *File, n syntax.Node) string {
		all := f.Handed(n)
		if len(all) == 0 {
			return "kept"
		}
		return strings.TrimSpace(strings.Repeat("argument ", len(all)))
	})
}

func TestHolds(t *testing.T) {
	const text = `
import functools
def top(e): el.x
def f(el, other):
    def uses(e): el.x
    def deep(e): return lambda: el
    def default(e, el=el): el.x
    def shadows(el): el.x
    def plain(e): other.x
    also = uses
    maybe = uses
    maybe = plain
    take(uses)                         #@ uses = yes
    take(deep)                         #@ deep = yes
    take(default)                      #@ default = yes
    take(shadows)                      #@ shadows = no
    take(plain)                        #@ plain = no
    take(also)                         #@ also = yes
    take(maybe)                        #@ maybe = no
    take(top)                          #@ top = no
    take(other)                        #@ other = no
    take(lambda e: el.x)               #@ lambda e: el.x = yes
    take(lambda el: el.x)              #@ lambda el: el.x = no
    take((lambda e: el.x))             #@ (lambda e: el.x) = yes
    take(functools.partial(top, el))   #@ functools.partial(top, el) = yes
    take(functools.partial(top, x=el)) #@ functools.partial(top, x=el) = yes
    take(functools.partial(uses))      #@ functools.partial(uses) = yes
    take(functools.partial(top, el.x)) #@ functools.partial(top, el.x) = no
    take(make(el))                     #@ make(el) = no
`
	holds := func(f *File, n syntax.Node) string {
		for name := range f.scopes.Tree().Of(syntax.FunctionDefinition) {
			if name.Child(syntax.FieldName).Text() == "f" {
				return yes(f.Holds(n, f.scopes.Opened(name).Name("el")))
			}
		}
		return "no f"
	}
	eachMarker(t, text, holds)
	// The name that a loop binds is another in each turn, and a closure sees the last.
	eachMarker(t, `
def f():
    for el in y:
        take(lambda e: el.x)           #@ lambda e: el.x = no
        take(lambda e, el=el: el.x)    #@ lambda e, el=el: el.x = yes
        take(functools.partial(x, el)) #@ functools.partial(x, el) = yes
import functools
`, holds)
	eachMarker(t, `
class A:
    def f(el):
        take(el.m)                     #@ el.m = yes
        take(el.s)                     #@ el.s = no
        take(el.attribute)             #@ el.attribute = no
        take(lambda e: el.m(e))        #@ lambda e: el.m(e) = yes
    def m(self, e): pass
    @staticmethod
    def s(e): pass
`, holds)
	f, tree := open(t, "el = x()\ntake(lambda: el)\n")
	for l := range tree.Of(syntax.Lambda) {
		if f.Holds(l, f.scopes.Module().Name("el")) {
			t.Error("a name of the module is not the callback's own")
		}
	}
}

var originNames = map[pyodide.Origin]string{
	pyodide.Elsewhere: "elsewhere", pyodide.Made: "made", pyodide.Found: "found", pyodide.Standing: "standing",
}

func TestOrigin(t *testing.T) {
	eachMarker(t, `
import js
from js import document
document                 #@ document = standing
js.window                #@ js.window = standing
document.body            #@ document.body = standing
document.forms[0]        #@ document.forms[0] = standing
js.matchMedia("print")   #@ js.matchMedia("print") = standing
js.open("x")             #@ js.open("x") = elsewhere
js.Worker.new("x")       #@ js.Worker.new("x") = made
document.createElement("b")           #@ document.createElement("b") = made
document.createElement("b").style     #@ document.createElement("b").style = made
document.createElement("b").querySelector("i")  #@ document.createElement("b").querySelector("i") = made
document.getElementById("b")          #@ document.getElementById("b") = found
document.getElementById("b").parentElement      #@ document.getElementById("b").parentElement = found
document.getElementById("b").cloneNode()        #@ document.getElementById("b").cloneNode() = made
top = document.createElement("b")
for one in document.querySelectorAll("b"):
    one                  #@ one = found
    made = document.createElement("b")
    made                 #@ made = made
def f(parameter):
    top                  #@ top = standing
    top.firstChild       #@ top.firstChild = made
    top.querySelector("i")   #@ top.querySelector("i") = made
    local = document.createElement("b")
    local                #@ local = made
    parameter            #@ parameter = elsewhere
    global late
    late = document.createElement("b")
    late                 #@ late = made
def find(name):
    """Find it."""
    return document.getElementById(name)
def make(): return document.createElement("b")
def longer(name):
    print(name)
    return document.getElementById(name)
find("b")                #@ find("b") = found
make()                   #@ make() = made
longer("b")              #@ longer("b") = elsewhere
class A:
    def __init__(self, given):
        self.given = given
        self.button = document.createElement("b")
        self.body = None
        self.body = document.body
        self.mixed = document.body
        self.mixed = document.createElement("b")
        self.added = document.body
        self.added += 1
        self.button      #@ self.button = made
        self.button.style    #@ self.button.style = made
        self.body        #@ self.body = standing
        self.body.querySelector("b")  #@ self.body.querySelector("b") = found
        self.body.append("b")    #@ self.body.append("b") = elsewhere
        self.button.querySelector("b")  #@ self.button.querySelector("b") = made
        self.mixed       #@ self.mixed = elsewhere
        self.added       #@ self.added = elsewhere
        self.given       #@ self.given = elsewhere
        self.given.querySelector("b")   #@ self.given.querySelector("b") = elsewhere
        inside = self.body.querySelector("b")
        inside           #@ inside = found
class B:
    def m(self):
        self.button      #@ self.button = elsewhere
`, func(f *File, n syntax.Node) string { return originNames[f.Origin(n)] })
}

func TestWritesMarkup(t *testing.T) {
	for text, want := range map[string]bool{
		"x.innerHTML = y\n": true, "x.outerHTML += y\n": true, "x.replaceChildren()\n": true,
		"y = x.innerHTML\n": false, "x.append(y)\n": false,
	} {
		if f, _ := open(t, text); f.WritesMarkup() != want {
			t.Errorf("%q: %v, want %v", text, !want, want)
		}
	}
}

func TestMade(t *testing.T) {
	for body, want := range map[string]bool{
		"take(1)":                         false,
		"take(p)":                         true,
		"take(top)":                       false,
		"x = p.y\n take(x)":               true,
		"x = 1\n take(x)":                 false,
		"def h(): p\n take(h)":            true,
		"def h(p): p\n take(h)":           false,
		"for x in p:\n  take(x)":          true,
		"take(y.p)":                       false,
		"take(p=1)":                       false,
		"take(1)\n return 1":              true,
		"take(1)\n return None":           false,
		"take(1)\n return":                false,
		"take(1)\n def g():\n  return 1":  false,
		"x = x\n take(x)":                 false,
		"take(lambda: p)":                 true,
		"x = y\n y = x\n take(x)\n p":     false,
		"take(1)\n other(p)":              false,
		"x: int = 1\n x = p\n take(x, 2)": true,
	} {
		f, tree := open(t, "top = 1\ndef f(p):\n "+body+"\n")
		for call := range tree.Of(syntax.Call) {
			if call.Child(syntax.FieldFunction).Text() != "take" {
				continue
			}
			if got := f.Made(call, f.scopes.Function(call)); got != want {
				t.Errorf("%q: %v, want %v", body, got, want)
			}
		}
	}
}

// A class that nothing names is instantiated elsewhere, if at all.
func TestInstances(t *testing.T) {
	for text, want := range map[string]Runs{
		"class A: pass\n": Perhaps, "class A: pass\nA()\n": Once, "class A: pass\nA()\nA()\n": Again,
		"class A: pass\nA.x()\n": Perhaps, "class A: pass\nmake(A)\nA()\n": Perhaps,
	} {
		f, tree := open(t, text)
		for class := range tree.Of(syntax.ClassDefinition) {
			if got := f.Instances(class); got != want {
				t.Errorf("%q: %v, want %v", text, runsNames[got], runsNames[want])
			}
		}
	}
}

// References leave out what only looks like the name.
func TestReferences(t *testing.T) {
	f, tree := open(t, `import name
name
x.name
take(name=name)
def name_(name): name
def g(a=name): return name.y
`)
	got := f.scopes.References(f.scopes.Module().Name("name"))
	if len(got) != 4 {
		t.Errorf("%d references", len(got))
	}
	for n := range tree.Of(syntax.FunctionDefinition) {
		if inner := f.scopes.Opened(n).Name("name"); inner != nil && len(f.scopes.References(inner)) != 1 {
			t.Errorf("%d references to the parameter", len(f.scopes.References(inner)))
		}
	}
}
