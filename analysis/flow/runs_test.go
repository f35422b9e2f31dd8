package flow

import (
	"testing"

	"pyodide-ls/analysis/syntax"
)

var runsNames = map[Runs]string{Once: "once", Uncalled: "uncalled", Perhaps: "perhaps", Again: "again"}

func TestRuns(t *testing.T) {
	sources := map[string]string{
		"the top level": `
x                    #@ x = once
if __name__ == "__main__":
    x                #@ x = once
for i in x():        #@ x = once
    x                #@ x = again
[x for i in y]       #@ x = again
class A:
    x                #@ x = once
for i in y:
    class B:
        x            #@ x = again
    def called():
        x            #@ x = again
    called()
`,
		"calls": `
def once(): x        #@ x = once
once()
def twice(): x       #@ x = again
twice()
twice()
def looped(): x      #@ x = again
for i in y: looped()
def uncalled():
    x                #@ x = uncalled
    below()
def below(): x       #@ x = uncalled
def both(): x        #@ x = perhaps
def first(): both()
def second(): both()
def main():
    setup()
def setup():
    def inner(): x   #@ x = once
    inner()
main()
def recursive():
    x                #@ x = again
    recursive()
recursive()
def ping():
    x                #@ x = again
    pong()
def pong(): ping()
ping()
def alone():
    x                #@ x = again
    alone()
def defined(): x     #@ x = perhaps
defined = other(defined)
defined()
`,
		"callbacks": `
import js
import functools
from js import document, setInterval, window
from pyodide.ffi import create_proxy, create_once_callable
from pyodide.ffi.wrappers import add_event_listener, set_timeout
from pyscript import when
def inline(e): x     #@ x = again
document.addEventListener("click", create_proxy(inline))
def bare(e): x       #@ x = again
document.addEventListener("click", bare)
def named(e): x      #@ x = again
named_proxy = create_proxy(named)
document.addEventListener("click", named_proxy)
def partly(e): x     #@ x = again
document.addEventListener("click", create_proxy(functools.partial(partly, 1)))
def wrapped(e): x    #@ x = again
add_event_listener(document, "click", wrapped)
document.onclick = lambda e: x     #@ x = again
document.onclick = create_proxy(lambda e: x)   #@ x = again
js.setInterval(create_proxy(lambda: x), 10)    #@ x = again
@when("click", "#b")
def decorated(e): x  #@ x = again
@unheard
def other(e): x      #@ x = perhaps
@functools.cache
def cached(): x      #@ x = once
cached()
def ready(e): x      #@ x = once
document.addEventListener("DOMContentLoaded", create_proxy(ready))
def loaded(e): x     #@ x = once
window.onload = create_proxy(loaded)
def first(e): x      #@ x = once
document.addEventListener("click", create_proxy(first), once=True)
def later(): x       #@ x = once
js.setTimeout(create_once_callable(later), 10)
def later_still(): x #@ x = once
set_timeout(later_still, 10)
setInterval(create_proxy(lambda: x), 10)   #@ x = again
either = create_proxy(lambda: x)   #@ x = perhaps
either = create_proxy(print)
document.addEventListener("click", either)
js.fetch("x").then(lambda r: x)    #@ x = once
js.requestAnimationFrame(create_proxy(lambda t: x))  #@ x = once
def frame(t):
    x                #@ x = again
    js.requestAnimationFrame(create_proxy(frame))
frame(0)
def exported(): x    #@ x = perhaps
window.exported = create_proxy(exported)
def listed(): x      #@ x = perhaps
table = [listed]
js.mine(lambda: x)   #@ x = perhaps
app.onclick = lambda: x            #@ x = perhaps
`,
		"classes": `
import js
from pyodide.ffi import create_proxy
class Single:
    def __init__(self):
        x            #@ x = once
        self.build()
        self.late()
        self.late()
        js.document.addEventListener("click", create_proxy(self.on_click))
    def build(self): x       #@ x = once
    def late(self): x        #@ x = again
    def on_click(self, e):
        x            #@ x = again
    def shown(self): x       #@ x = once
    def unheard(self): x     #@ x = perhaps
    def shared(self): x      #@ x = perhaps
    @staticmethod
    def fixed(): x   #@ x = once
single = Single()
single.shown()
single.fixed()
def typed(s: Single): s.shared() or s.shared()
class Two:
    def __init__(self): x    #@ x = again
Two()
Two()
class Looped:
    def __init__(self): x    #@ x = again
    def go(self): x          #@ x = again
for i in y: Looped().go()
class Elsewhere:
    def __init__(self): x    #@ x = perhaps
class Base:
    def __init__(self): x    #@ x = perhaps
class Derived(Base): pass
Base()
class Annotated:
    def __init__(self): x    #@ x = once
a: Annotated = Annotated()
def takes(a: Annotated) -> Annotated: pass
class Left:
    def go(self): x          #@ x = once
    def stay(self): x        #@ x = perhaps
    def both(self): x        #@ x = perhaps
class Right:
    def go(self): pass
    def stay(self): pass
left = Left()
left.go()
right = Right()
right.go()
right.go()
right.stay()
right.stay()
left.both()
imported.both()
@made
class Made:
    def __init__(self): x    #@ x = perhaps
Made()
`,
		"guards": `
wired = False
seen = set()
def again():
    global wired
    if not wired:
        wired = True
        x            #@ x = once
    x                #@ x = again
again()
again()
def early(key):
    if key in seen:
        return
    seen.add(key)
    x                #@ x = once
early(1)
early(2)
def local(flag):
    if not flag:
        flag = True
        x            #@ x = again
local(1)
local(2)
def unset():
    if wired:
        return
    x                #@ x = again
unset()
unset()
def told():
    global wired
    if wired:
        print("again")
    wired = True
    x                #@ x = again
told()
told()
def unrelated(flag):
    global wired
    if flag:
        return
    wired = True
    x                #@ x = again
unrelated(1)
unrelated(2)
class Each:
    def show(self):
        if self.wired:
            return
        self.wired = True
        x            #@ x = again
Each().show()
Each().show()
class Panel:
    def show(self):
        if self.wired:
            return
        self.wired = True
        x            #@ x = once
    def draw(self):
        if not self.drawn:
            self.drawn = True
            x        #@ x = once
panel = Panel()
panel.show()
panel.show()
for i in y: panel.draw()
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string { return runsNames[f.Runs(n)] })
		})
	}
}

// Long chains of calls end.
func TestRunsEnds(t *testing.T) {
	text := ""
	for i := range 400 {
		text += "def f" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + "(): f" + string(rune('a'+(i+1)%26)) + string(rune('a'+(i+1)/26)) + "()\n"
	}
	f, tree := open(t, text)
	for call := range tree.Of(syntax.Call) {
		f.Runs(call)
	}
}
