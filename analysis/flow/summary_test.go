package flow

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

func summariesOf(t testing.TB, text string) Summaries {
	t.Helper()
	tree, err := syntax.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return New(scope.New(tree), nil).Summaries(source.New("", text).Range)
}

// said is what a summary says, in one line.
func (s Summary) said(all []Summary) string {
	var b strings.Builder
	for _, d := range s.Deeds {
		if d.Act.OfParameter() {
			how := [...]string{"keeps", "hands", "destroys", "invokes", "returns", "loses"}[d.Act-Keeps]
			fmt.Fprintf(&b, "; %s %s", how, strings.TrimSpace(s.Parameters[d.By].Name+" "+d.What))
			b.WriteString(circumstances(d.Realms, d.Repeats, false))
			continue
		}
		fmt.Fprintf(&b, "; %s %s on %d", [...]string{"waits", "requests", "draws", "awaits"}[d.Act], d.What, d.At.Start.Line)
		if d.By != None {
			fmt.Fprintf(&b, " by %s", s.Parameters[d.By].Name)
		}
		if d.Seconds != Unsaid {
			fmt.Fprintf(&b, " for %v", d.Seconds)
		}
		b.WriteString(circumstances(d.Realms, d.Repeats, false))
	}
	for i, o := range s.Calls {
		to := o.Module + ":" + o.Path
		if o.Function != None {
			to = all[o.Function].Name
		}
		if o.Bound {
			to += " bound"
		}
		for _, p := range o.Passes {
			if p.Parameter != None {
				to += fmt.Sprintf(" %s=%s", p.Keyword, s.Parameters[p.Parameter].Name)
			} else if p.Seconds != Unsaid {
				to += fmt.Sprintf(" %s=%v", p.Keyword, p.Seconds)
			}
		}
		if s.Gives.Call == i {
			to += " and gives it"
		}
		fmt.Fprintf(&b, "; calls %s on %d%s", to, o.At.Start.Line, circumstances(o.Realms, o.Repeats, o.Awaited))
	}
	if s.Gives.Made != "" {
		fmt.Fprintf(&b, "; gives %s", s.Gives.Made)
	}
	return strings.TrimPrefix(b.String(), "; ")
}

func circumstances(realms pyodide.Realms, repeats, awaited bool) (all string) {
	if realms != pyodide.AllRealms {
		all += " in " + strings.Join(realms.Names(), "+")
	}
	if repeats {
		all += " again and again"
	}
	if awaited {
		all += " awaited"
	}
	return all
}

// Each function is followed by what its summary says, behind "#@" on the line of its name.
func TestSummaries(t *testing.T) {
	for name, text := range map[string]string{
		"what a function does": `
import time, requests
from time import sleep as nap
from js import document
import js
def waits(): time.sleep(2)  #@ waits time.sleep on 6 for 2
def briefly(): time.sleep(0)  #@
def told(n): nap(n)  #@ waits time.sleep on 8 by n
def loops():  #@ waits time.sleep on 11 for 0.01 again and again
    while True:
        time.sleep(0.01)
def asks(): return requests.get('/x')  #@ requests requests.get on 12
def local(): return requests.get('data:,x')  #@
def opens(): js.XMLHttpRequest.new().open('GET', '/x', False)  #@ requests  on 14
def draws(): document.title = js.window.name  #@ draws js.window on 15
def other(): return document  #@ draws js.document on 16
async def suspends(x): await x  #@ awaits  on 17
def innocent(): return [waits, lambda: time.sleep(1)]  #@
`,
		"whom it calls": `
import helper, json
import pkg.deep as d
from .near import Gauge, act as play
class Own:
    def __init__(self): self.made = Gauge(); self.set()  #@ calls .near:Gauge on 6; calls Own.set bound on 6
    def set(self): self.made.read()  #@ calls .near:Gauge.read bound on 7
    @classmethod
    def build(cls): return cls().set()  #@
    @staticmethod
    def plain(): pass  #@
class Below(Own):
    def run(self): self.set(); self.plain(); Own.plain()  #@ calls Own.set bound on 13; calls Own.plain bound on 13; calls Own.plain on 13
own = Own()
def a(): b(); b(); helper.go(); d.e.f(); play()  #@ calls b on 15; calls helper:go on 15; calls pkg.deep:e.f on 15; calls .near:act on 15
def b(): own.set(); Below(); Below().run(); json.dumps(x)  #@ calls Own.set bound on 16; calls Own.__init__ bound on 16; calls Below.run bound on 16; calls json:dumps on 16
def c(): unknown(); own.other(); x.set(); print(1)  #@
async def e(): await f(); f()  #@ calls f on 18 awaited; calls f on 18
async def f(): pass  #@
def g():  #@ calls g.h on 22
    def h(): a()  #@ calls a on 21
    h()
def i(n): return k(n, 2, z=n)  #@ calls k =n =2 z=n and gives it on 23
def k(x, y, z): return own.set()  #@ calls Own.set bound and gives it on 24
`,
		"what depends": `
import sys, time
from pyscript import RUNNING_IN_WORKER
def asked(wait):  #@
    if wait:
        time.sleep(1)
def leaves(wait=False):  #@
    if not wait:
        return
    time.sleep(1)
def derived(options):  #@
    slow = options.slow
    while slow: time.sleep(1)
    slow and asked(1)
    asked(1) if slow else None
def not_asked(wait):  #@ waits time.sleep on 20 for 1
    if x:
        print(wait)
    else:
        time.sleep(1)
def guarded():  #@ waits time.sleep on 23 for 1 in worker
    if RUNNING_IN_WORKER:
        time.sleep(1)
def unread():  #@
    if in_browser:
        time.sleep(1)
def hosted():  #@ calls guarded on 29 in host
    if sys.platform != "emscripten":
        guarded()
`,
		"what is uncertain": `
import time
class A:
    def hook(self): time.sleep(1)  #@ waits time.sleep on 4 for 1
    def run(self): self.hook()  #@
class B(A):
    def hook(self): pass  #@
class C(unknown):
    def run(self): self.hook()  #@
class D(C):
    def run(self): self.late()  #@
D.late = print
def twice(): pass  #@
def twice(): pass  #@
def calls(): twice(); D().late()  #@
@decorated
def wrapped(): pass  #@
def unwraps(): wrapped()  #@
try:
    from fast import quick
except ImportError:
    from slow import quick
def tries(): quick()  #@ calls fast:quick on 23
`,
		"what becomes of parameters": `
from js import document, console, setTimeout
import js
KEPT = []
def keeps(p, q, r):  #@ keeps p KEPT; keeps q r.held; keeps r LAST
    global LAST
    KEPT.append(p)
    r.held = q
    LAST = r
class A:
    def __init__(self, p, q=None): self.p = p  #@ keeps p self.p
    def listen(self, el, f): el.addEventListener("x", f)  #@ hands f addEventListener again and again
def hands(f, g):  #@ draws js.document on 14; hands f addEventListener again and again; hands g setTimeout
    document.body.addEventListener("click", f)
    js.setTimeout(g, 10)
def destroys(p): p.destroy()  #@ destroys p
def invokes(f, g):  #@ invokes f; invokes g again and again
    f(1)
    for x in y: g(x)
def returns(p): return p  #@ returns p
def wraps(p): return [p]  #@ loses p
def leaves(p, q):  #@
    if p is None or p > q: print(p)
    return len(p)
def passes(p, q): keeps(p, q, 1)  #@ calls keeps =p =q =1 on 25
def perhaps(p, q):  #@ loses p
    if q: keeps(p, 1, 1)
def unknown(p, *rest): other(p); console.log(rest)  #@ loses p
def later(p):  #@ invokes p; loses p
    def inner(): p()  #@
    KEPT.append(inner)
def another(el, f):  #@ loses f
    f = el.kept
    el.addEventListener("x", f)
`,
		"what it gives": `
from pyodide.ffi import create_proxy, create_once_callable
def makes(f): return create_proxy(f)  #@ loses f; gives pyodide.ffi.create_proxy
def named(f):  #@ loses f; gives pyodide.ffi.create_once_callable
    proxy = create_once_callable(f)
    return proxy
def passes(f): return makes(f)  #@ calls makes =f and gives it on 7
def either(f):  #@ loses f
    if f: return create_proxy(f)
    return None
`,
	} {
		t.Run(name, func(t *testing.T) {
			all := summariesOf(t, text).Functions
			lines := strings.Split(text, "\n")
			for _, s := range all {
				line := lines[s.At.Start.Line-1]
				_, want, ok := strings.Cut(line, "#@")
				if got := s.said(all); !ok || got != strings.TrimSpace(want) {
					t.Errorf("%s\n  says %q", line, got)
				}
			}
		})
	}
}

// A line more changes nothing of what functions do; another call does.
func TestSame(t *testing.T) {
	const text = "import time\nclass A:\n    def f(self, n): time.sleep(n)\ndef g(): A().f(1)\n"
	before := summariesOf(t, text)
	if !before.Same(summariesOf(t, "\n# more\n"+strings.ReplaceAll(text, "f(1)", "f( 1 )"))) {
		t.Error("a line more is more than that")
	}
	for _, change := range [][2]string{{"f(1)", "f(2)"}, {"sleep(n)", "sleep(1)"}, {"self, n", "self, m, n"}, {"class A", "class B(A)"}, {"def g", "async def g"}, {"A().f(1)", "A()"}} {
		if before.Same(summariesOf(t, strings.Replace(text, change[0], change[1], 1))) {
			t.Errorf("%q in the place of %q is no change", change[1], change[0])
		}
	}
}

// Half of any text has summaries, whose numbers are of what is there.
func FuzzSummaries(f *testing.F) {
	f.Add("class A(B):\n    def f(self, *a, n=1, **k): self.f(n, *a); return A(n).f(1)\nasync def g(x, /, y): await f(x); time.sleep(y)\n")
	f.Add("import time\ndef f(a, (b, c)): time.sleep(b)\ndef (")
	f.Fuzz(func(t *testing.T, text string) {
		all := summariesOf(t, text)
		for _, s := range all.Functions {
			_ = s.said(all.Functions) // which looks all numbers up
		}
		for _, c := range all.Classes {
			for _, m := range c.Methods {
				_ = all.Functions[m.Function]
			}
		}
	})
}
