package flow

import (
	"slices"
	"strings"
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
`,
	}
	for name, text := range sources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string { return f.Definition(n).Text() })
		})
	}
}

// The uses of a name are its own, wherever it is hidden or means something else.
func TestUses(t *testing.T) {
	f, tree := open(t, "x = 1\nx += f(x, x=2)\ny.x = x\ndef g(x, y=x, x_: int = x): return x\ndef h():\n    global x\n    x = x + 1\n[x for x in x]\n")
	lines := []int{0, 1, 1, 2, 3, 3, 5, 6, 6, 7}
	for n := range tree.Of(syntax.Identifier) {
		if n.Text() != "x" {
			continue
		}
		var got []int
		for _, use := range f.Uses(f.scopes.Lookup(n)) {
			got = append(got, strings.Count(tree.Text()[:use.Span().Start], "\n"))
		}
		if !slices.Equal(got, lines) {
			t.Errorf("uses in lines %v, want %v", got, lines)
		}
		return
	}
}
