package flow

import (
	"testing"

	"pyodide-ls/analysis/syntax"
)

// The marker says which expression another one has its value from.
func TestDefinition(t *testing.T) {
	sources := map[string]string{
		"names": `
view = make(1)
same = view
view                 #@ view = make(1)
same                 #@ same = make(1)
(same)               #@ (same) = make(1)
(again := same)      #@ (again := same) = make(1)
twice = make(1)
twice = make(2)
twice                #@ twice = twice
for item in view:
    item             #@ item = item
def f(parameter):
    parameter        #@ parameter = parameter
    view             #@ view = make(1)
    unheard          #@ unheard = unheard
view.part            #@ view.part = view.part
make(3)              #@ make(3) = make(3)
x = y
y = x
x                    #@ x = x
late = None
late = make(4)
late                 #@ late = make(4)
never = None
never                #@ never = never
`,
		"attributes of self": `
class A:
    def __init__(self, buffer):
        self.view = make(1)
        self.same = self.view
        self.buffer = buffer
        self.changed = make(2)
        self.a = self.b = make(3)
        self.n = 0
    def f(self, other):
        self.view        #@ self.view = make(1)
        self.same        #@ self.same = make(1)
        self.buffer      #@ self.buffer = buffer
        self.changed     #@ self.changed = self.changed
        self.n           #@ self.n = self.n
        other.view       #@ other.view = other.view
        self.changed = make(4)
        self.n += 1
class B:
    def f(self):
        self.view        #@ self.view = self.view
class C:
    def __init__(self):
        self.own = make(5)
        self.late = None
        self.heir = make(6)
        self.open = make(7)
    def f(self):
        self.late = make(8)
        self.own         #@ self.own = make(5)
        self.late        #@ self.late = make(8)
        self.heir        #@ self.heir = self.heir
        self.open        #@ self.open = self.open
class D:
    def __init__(self):
        self.own = make(9)
class E(C):
    def __init__(self):
        self.heir = make(10)
class F:
    def __init__(self):
        self.twice = make(12)
class G(F):
    def start(self):
        self.twice = make(13)
        self.twice       #@ self.twice = self.twice
def g(unknown):
    unknown.open = make(11)
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string { return f.Definition(n).Text() })
		})
	}
}
