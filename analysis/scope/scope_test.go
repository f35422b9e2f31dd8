package scope

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// Each line's marker "#@ expression = name" says what the first such expression on the line stands for;
// "?" is not known.
func TestCanonical(t *testing.T) {
	sources := map[string]string{
		"imports": `
import js
import js as j, time as clock
import os.path
import os.path as p
from js import setTimeout, setInterval as every, document
from pyodide.ffi import (create_proxy as cp, to_js)
from pyodide import ffi
from . import helpers
from .ui.parts import button
js.setTimeout          #@ js.setTimeout = js.setTimeout
j.window.setTimeout    #@ j.window.setTimeout = js.setTimeout
j.window.window.self.x #@ j.window.window.self.x = js.x
clock.sleep            #@ clock.sleep = time.sleep
os.path.join           #@ os.path.join = os.path.join
p.join                 #@ p.join = os.path.join
setTimeout             #@ setTimeout = js.setTimeout
every                  #@ every = js.setInterval
document.body          #@ document.body = js.document.body
cp                     #@ cp = pyodide.ffi.create_proxy
ffi.to_js              #@ ffi.to_js = pyodide.ffi.to_js
helpers.run            #@ helpers.run = .helpers.run
button                 #@ button = .ui.parts.button
unheard_of             #@ unheard_of = ?
print                  #@ print = builtins.print
`,
		"pyscript": `
from pyscript import window, document, ffi
from pyscript.ffi import create_proxy, to_js
import pyscript
window.setTimeout   #@ window.setTimeout = js.setTimeout
document            #@ document = js.document
create_proxy        #@ create_proxy = pyodide.ffi.create_proxy
to_js               #@ to_js = pyscript.ffi.to_js
ffi.create_proxy    #@ ffi.create_proxy = pyodide.ffi.create_proxy
pyscript.window.x   #@ pyscript.window.x = js.x
`,
		"aliases": `
from js import window
import time
later = window.setTimeout
sleep = nap = time.sleep
if (w := window): pass
later     #@ later = js.setTimeout
nap       #@ nap = time.sleep
w.fetch   #@ w.fetch = js.fetch
def f():
    soon = later
    soon  #@ soon = js.setTimeout
`,
		"shadowing": `
from js import setTimeout, document
from time import sleep
def a(setTimeout):
    setTimeout   #@ setTimeout = ?
def b():
    setTimeout = 1
    setTimeout   #@ setTimeout = ?
def c():
    for sleep in []:
        sleep    #@ sleep = ?
def d():
    def sleep(): pass
    sleep        #@ sleep = ?
class E:
    sleep = None
    sleep        #@ sleep = ?
    def m(self):
        sleep    #@ sleep = time.sleep
def g():
    with x as document:
        document #@ document = ?
def h():
    import helpers as document
    document     #@ document = helpers
lambda sleep: sleep(1)  #@ sleep(1) = ?
[sleep for sleep in document.all]
sleep            #@ sleep = time.sleep
{sleep: 1 for x in sleep}   #@ sleep = time.sleep
try:
    pass
except E as document:
    pass
document.body    #@ document.body = ?
`,
		"rebinding": `
import js
from time import sleep
if js.x:
    sleep = js.sleep
sleep            #@ sleep = ?
x = js.a
x = js.b
x                #@ x = ?
y = js.a
y += 1
y                #@ y = ?
z, w = js.a, js.b
z                #@ z = ?
`,
		"global": `
from js import setTimeout, setInterval
later = setTimeout
def f():
    global later
    later = 1
def g():
    def h():
        nonlocal k
        k = 2
    k = setInterval
    k            #@ k = ?
later            #@ later = ?
`,
		"try import": `
try:
    from js import document
except ImportError:
    document = None
try:
    from pyodide.ffi import create_proxy
except (ImportError, AttributeError):
    from pyodide import create_proxy
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from stubs import fetch
else:
    from js import fetch
document.body    #@ document.body = js.document.body
create_proxy     #@ create_proxy = pyodide.ffi.create_proxy
fetch            #@ fetch = js.fetch
`,
		"stars": `
from js import *
from pyodide.ffi import *
setTimeout       #@ setTimeout = js.setTimeout
create_proxy     #@ create_proxy = pyodide.ffi.create_proxy
print            #@ print = ?
my_own_thing     #@ my_own_thing = ?
`,
		"a star of an unknown module": `
from js import *
from helpers import *
import time
setTimeout       #@ setTimeout = ?
time.sleep       #@ time.sleep = time.sleep
`,
		"a replaced attribute": `
import time
time.sleep       #@ time.sleep = ?
time.time        #@ time.time = time.time
time.sleep = other
`,
		"match": `
from js import document, setTimeout
match x:
    case {"a": document}:
        document     #@ document = ?
    case setTimeout.x:
        pass
setTimeout           #@ setTimeout = js.setTimeout
`,
		"cycles": `
a = b
b = a
a                #@ a = ?
c = c.d
c                #@ c = ?
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			tree, err := syntax.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			f := New(tree)
			markers := 0
			for comment := range tree.Of(syntax.Comment) {
				expression, want, ok := strings.Cut(strings.TrimPrefix(comment.Text(), "#@ "), " = ")
				if !ok {
					t.Fatalf("unreadable marker %q", comment.Text())
				}
				markers++
				if want == "?" {
					want = ""
				}
				n := expressionBefore(t, tree, comment, expression)
				if got := f.Canonical(n); got != want {
					t.Errorf("line %q: %q, want %q", strings.TrimSpace(n.Text()), got, want)
				}
			}
			if markers == 0 {
				t.Fatal("no marker")
			}
		})
	}
}

// expressionBefore is the last expression with that text on the line of a comment.
func expressionBefore(t *testing.T, tree *syntax.Tree, comment syntax.Node, expression string) syntax.Node {
	line := strings.LastIndexByte(tree.Text()[:comment.Span().Start], '\n') + 1
	found := syntax.Node{}
	for n := range tree.Root().Within() {
		if s := n.Span(); s.Start >= line && s.End <= comment.Span().Start && n.Text() == expression && n.Kind() != syntax.ExpressionStatement {
			found = n
		}
	}
	if !found.OK() {
		t.Fatalf("%q is not on the line", expression)
	}
	return found
}
