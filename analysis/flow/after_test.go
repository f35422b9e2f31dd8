package flow

import (
	"testing"

	"pyodide-ls/analysis/syntax"
)

// The marker says whether its expression may run after the one call of post.
func TestRunsAfter(t *testing.T) {
	sources := map[string]string{
		"in a row": `
a                    #@ a = no
post()
b                    #@ b = yes
`,
		"loops": `
for x in y:
    a                #@ a = no
while y:
    b                #@ b = yes
    post()
for x in y:
    c                #@ c = yes
`,
		"branches": `
if x:
    post()
    a                #@ a = yes
elif y:
    b                #@ b = no
else:
    c                #@ c = no
    if z: d          #@ d = no
e                    #@ e = yes
`,
		"a loop around branches": `
while True:
    if x:
        post()
    else:
        a            #@ a = yes
`,
		"cases": `
match x:
    case 1:
        post()
    case 2:
        a            #@ a = no
b                    #@ b = yes
`,
		"functions that are called": `
def before(): a      #@ a = no
def after(): b       #@ b = yes
def both(): c        #@ c = yes
def indirectly(): d  #@ d = no
def prepare(): indirectly()
before()
both()
prepare()
post()
after()
both()
`,
		"functions that others call": `
def on(event): a     #@ a = yes
def exported(): b    #@ b = yes
@when("click")
def decorated(): c   #@ c = yes
key = lambda: d      #@ d = yes
class A:
    e                #@ e = no
    def __init__(self): f  #@ f = no
    def method(self): g    #@ g = yes
wire(on)
decorated()
post()
`,
		"posted by a function": `
a                    #@ a = no
def start(): post()
b                    #@ b = no
start()
c                    #@ c = yes
def f(): d           #@ d = yes
f()
`,
		"posted by a function that nobody calls": `
def start(): post()
a                    #@ a = no
def f(): b           #@ b = yes
`,
		"recursion": `
def f():
    a                #@ a = no
    f()
def g():
    b                #@ b = yes
    g()
def h():
    c                #@ c = no
    i()
def i(): h()
f()
h()
post()
g()
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string {
				for call := range f.scopes.Tree().Of(syntax.Call) {
					if call.Text() == "post()" {
						return yes(f.RunsAfter(n, call))
					}
				}
				t.Fatal("nothing is posted")
				return ""
			})
		})
	}
}
