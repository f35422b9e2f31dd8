package flow

import (
	"testing"

	"pyodide-ls/analysis/syntax"
)

// What goes on for as long as the page lives, as opposed to what set-up repeats.
func TestRecurs(t *testing.T) {
	eachMarker(t, `
import js
from js import document, setTimeout, setInterval, requestAnimationFrame
from pyodide.ffi import create_proxy, create_once_callable
from pyodide.ffi.wrappers import add_event_listener
from pyscript import when
for i in y: a                   #@ a = no
while True:
    b                           #@ b = yes
while True:
    c                           #@ c = no
    if i: break
def twice(): d                  #@ d = no
twice()
twice()
for i in y: twice()
def handler(e):
    f                           #@ f = yes
    deeper()
    for i in y: g               #@ g = yes
document.addEventListener("click", create_proxy(handler))
def deeper(): h                 #@ h = yes
def both(): j                   #@ j = yes
both()
def handler2(e): both()
p = create_proxy(handler2)
document.addEventListener("click", p)
def once(e): k                  #@ k = no
document.addEventListener("click", create_proxy(once), once=True)
document.addEventListener("load", create_proxy(once2 := once))
def tick(): l                   #@ l = yes
setInterval(create_proxy(tick), 10)
def later(): m                  #@ m = no
setTimeout(create_once_callable(later), 10)
def frame(now):
    n                           #@ n = yes
    requestAnimationFrame(frame_proxy)
frame_proxy = create_proxy(frame)
requestAnimationFrame(frame_proxy)
def poll():
    o                           #@ o = yes
    setTimeout(create_once_callable(poll), 10)
poll()
def recursive(i):
    q                           #@ q = no
    recursive(i - 1)
recursive(1)
def assigned(e): r              #@ r = yes
document.onclick = assigned
@when("click", "x")
def decorated(e): s             #@ s = yes
def wrapped(e): t               #@ t = yes
add_event_listener(document, "click", wrapped)
def wired(e):
    global done
    if done: return
    done = True
    u                           #@ u = no
document.addEventListener("click", create_proxy(wired))
done = False
def kept(e): aa                 #@ aa = yes
def keep(p):
    all.append(p)
    return p
all = []
document.addEventListener("click", keep(create_proxy(kept)))
def unknown(): v                #@ v = no
class A:
    def __init__(self):
        w                       #@ w = no
        document.addEventListener("click", create_proxy(self.on))
    def on(self, e):
        x                       #@ x = yes
        self.draw()
    def draw(self): z           #@ z = yes
A()
A()
`, func(f *File, n syntax.Node) string { return yes(f.Recurs(n)) })
}
