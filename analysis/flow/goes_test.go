package flow

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// what says of each use what becomes of the value, and by what: the first word of the code that does it.
func what(uses []Use) string {
	var all []string
	for _, u := range uses {
		text := u.Becomes.String()
		switch u.Becomes {
		case Argument:
			function := u.At.Child(syntax.FieldFunction).Text()
			switch {
			case u.Keyword != "":
				text = fmt.Sprintf("%s(%s=)", function, u.Keyword)
			default:
				text = fmt.Sprintf("%s(%d)", function, u.Position)
			}
		case Attributed:
			text = "as " + strings.SplitN(u.At.Text(), "(", 2)[0]
		case Contained:
			text = "into " + u.Into.Text()
		case Captured:
			text = "captured by " + u.At.Child(syntax.FieldName).Text()
			if u.At.Kind() == syntax.Lambda {
				text += "a lambda"
			}
		case OfModule:
			text = "module " + u.At.Text()
		}
		if u.Inside {
			text = "[" + text + "]"
		}
		if !u.Sure {
			text += "?"
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return "nothing"
	}
	return strings.Join(all, ", ")
}

func TestGoes(t *testing.T) {
	for name, text := range map[string]string{
		"where it stands": `
take(make(1))                    #@ make(1) = take(0)
take(a, k=make(1))               #@ make(1) = take(k=)
take(*a, make(1))                #@ make(1) = take(-1)
take(*make(1))                   #@ make(1) = take(-1)
make(1)                          #@ make(1) = lost
make(1)()                        #@ make(1) = called
make(1).destroy()                #@ make(1) = destroyed
make(1).attribute                #@ make(1) = asked
make(1)[0]                       #@ make(1) = asked
print(make(1), len(make(2)))     #@ make(1) = tested
await make(1)                    #@ make(1) = awaited
if make(1): pass                 #@ make(1) = tested
while not make(1): pass          #@ make(1) = tested
x = 1 if make(1) else 2          #@ make(1) = tested
assert make(1) is None           #@ make(1) = tested
f"{make(1)}"                     #@ make(1) = tested
make(1) + 1                      #@ make(1) = asked
class A(make(1)): pass           #@ make(1) = unknown
with make(1) as y: pass          #@ make(1) = unknown
raise make(1)                    #@ make(1) = unknown
take(a or make(1))               #@ make(1) = take(0)
take((make(1)))                  #@ make(1) = take(0)
take(make(1) if a else b)        #@ make(1) = take(0)
take(make(1) and b)              #@ make(1) = tested
for i in make(1): pass           #@ make(1) = asked
getattr(make(1), "x")            #@ make(1) = asked
lambda: make(1)                  #@ make(1) = returned
`,
		"names": `
def f(given):
    one = make(1)                #@ make(1) = take(0), take(0)?, returned
    take(one)
    two = one
    two: T = make(2)             #@ make(2) = take(0)?
    take(two)
    if (walrus := make(3)):      #@ make(3) = tested, take(0)
        take(walrus)
    a = b = make(4)              #@ make(4) = take(0), take(1)
    take(a, b)
    c, d = make(5), make(6)      #@ make(5) = take(0)
    take(c)
    (e, *g) = given, make(7)     #@ make(7) = [asked]?
    g.x
    maybe = None
    maybe = make(8)              #@ make(8) = take(0), deleted
    take(maybe)
    del maybe
    loop = make(9)               #@ make(9) = take(0)
    while given:
        take(loop)
    for h in [make(10)]:         #@ make(10) = take(0)
        take(h)
    i = given or make(11)        #@ make(11) = yielded
    yield i
    gone = make(12)              #@ make(12) = nothing
    two, other = make(13)        #@ make(13) = asked
    return one
`,
		"names of others": `
p = make(1)                      #@ make(1) = module p, take(0), take(0)
take(p)
def f():
    take(p)
    global q
    q = make(2)                  #@ make(2) = module q?, take(0)?
def g():
    take(q)
q = 1
def h():
    p = make(3)                  #@ make(3) = take(0), captured by inner, destroyed, take(0), captured by a lambda
    def inner():
        def deep(): take(p)
        p.destroy()
    lambda: take(p)
    n = None
    def sets():
        nonlocal n
        n = make(4)              #@ make(4) = take(0)
    take(n)
    d = make(5)                  #@ make(5) = captured by later, take(0)?
    def later(d=d): take(d)
    [take(e) for e in [make(6)]] #@ make(6) = take(0)
`,
		"containers": `
def f(given):
    a = [make(1)]                #@ make(1) = [returned]
    b = []
    b.append(make(2))            #@ make(2) = [asked], into b, destroyed
    for p in b:
        p.destroy()
    c = {}
    c["x"] = make(3)             #@ make(3) = [asked], into c, [take(0)], take(0)?, take(0)?
    take(c)
    take(c["x"])
    take(c.pop("x"))
    d = {"k": make(4)}           #@ make(4) = destroyed?
    for _, v in d.items(): v.destroy()
    given.append(make(5))        #@ make(5) = [asked], into given, [asked], asked?
    given.things.add(make(6))    #@ make(6) = [as given.things], into given.things
    given.setdefault(1, []).append(make(7))  #@ make(7) = [asked], [asked], asked?, into given.setdefault(1, [])
    e = []
    e += [make(8)]               #@ make(8) = into e, [destroyed]
    destroy_proxies(e)
    g = set()
    g.update([make(9)])          #@ make(9) = [asked], into g, [take(0)]
    h = list((make(10),))        #@ make(10) = [tested]
    len(h)
    i = [make(x) for x in y]     #@ make(x) = [yielded]
    yield i
    j = [*[make(11)], 1]         #@ make(11) = [yielded]
    yield j
    k = {make(12): 1}            #@ make(12) = [yielded]
    yield k
    l = partial(g, make(13))     #@ make(13) = [take(0)]
    take(l)
    document.body.append(make(14))  #@ make(14) = document.body.append(0)
    all = []
    other = all
    other.append(make(15))       #@ make(15) = [asked], into other
    m, n = [make(16), make(17)]  #@ make(17) = take(0)
    take(n)
    return a
kept = []
def keep(p): pass
kept.append(make(20))            #@ make(20) = [asked], into kept, [module kept]
from functools import partial
from pyodide.ffi import destroy_proxies
from js import document
`,
		"attributes": `
class A:
    shared = make(1)             #@ make(1) = as shared, take(0)
    def __init__(self, given):
        self.p = make(2)         #@ make(2) = as self.p, destroyed?, take(0)?
        given.p = make(3)        #@ make(3) = as given.p
        self.all = []
        self.all.append(make(4)) #@ make(4) = [asked], [as self.all], into self.all, destroyed
        setattr(self, "q", make(5))  #@ make(5) = as setattr, destroyed, take(0)?
        self.r = make(6)         #@ make(6) = as self.r
        self.s = make(7)         #@ make(7) = as self.s, destroyed?
    def close(self):
        self.p.destroy()
        self.q.destroy()
        for p in self.all: p.destroy()
        take(self.shared)
        take(getattr(self, "q"))
        self.s.destroy()
        self.s = given
    @make                        #@ make = as method, take(0)
    def method(self, event): pass
    def use(self): take(self.method)
class B:
    def __init__(self): self.r = 1
    def f(self): take(self.r)
def f(a): take(a.p)
`,
		"decorators": `
@make                            #@ make = module f, take(0)
def f(): pass
take(f)
@other
@make                            #@ make = (-1)
def g(): pass
def h():
    @make(1)                     #@ make(1) = take(0)
    def i(): pass
    take(i)
`,
	} {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string { return what(f.Goes(n)) })
		})
	}
}

func TestGoesFrom(t *testing.T) {
	f, tree := open(t, `
def keep(proxy, other, *rest):
    kept.append(proxy)
    for one in rest: one.destroy()
    return proxy
kept = []
`)
	for function := range tree.Of(syntax.FunctionDefinition) {
		names := f.scopes.Opened(function)
		if got, want := what(f.GoesFrom(names.Name("proxy"))), "[asked], into kept, [module kept], returned"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if got := what(f.GoesFrom(names.Name("other"))); got != "nothing" {
			t.Errorf("other: %s", got)
		}
		if got := what(f.GoesFrom(names.Name("rest"))); got != "destroyed" {
			t.Errorf("rest: %s", got)
		}
		if got := what(f.GoesFrom(names.Name("nobody"))); got != "nothing" {
			t.Errorf("nobody: %s", got)
		}
	}
}

// A question ends, and says that it did.
func TestGoesHasABudget(t *testing.T) {
	f, tree := open(t, "p = make()\n"+strings.Repeat("take(p)\n", 2*stepLimit))
	for call := range tree.Of(syntax.Call) {
		uses := f.Goes(call)
		if last := uses[len(uses)-1]; len(uses) > 2*stepLimit || last.Becomes != Unknown {
			t.Errorf("%d uses, the last %s", len(uses), last.Becomes)
		}
		break
	}
}
