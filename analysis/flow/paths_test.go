package flow

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// Each source has one start(). A marker says of its expression whether start() reaches it; of "start()", whether end()
// always follows.
var pathSources = map[string]string{
	"in a row": `
a                        #@ a = no
start()                  #@ start() = always
b                        #@ b = yes
end()
`,
	"one statement, before": `
f(a, start(), b, end())  #@ a = no
`,
	"one statement, behind": `
f(a, start(), b, end())  #@ b = yes
`,
	"one statement, all of it": `
f(a, start(), b, end())  #@ start() = always
`,
	"one statement, its target": `
x = start()              #@ x = yes
`,
	"branches": `
if a:
    start()              #@ start() = perhaps
    b                    #@ b = yes
elif c:                  #@ c = no
    d                    #@ d = no
else:
    e                    #@ e = no
f                        #@ f = yes
if g:
    end()
else:
    h
`,
	"all branches": `
start()                  #@ start() = always
if a: end()
elif b: end()
else: end()
`,
	"a return past it": `
def f():
    start()              #@ start() = perhaps
    if a: return
    end()
`,
	"dead code": `
def f():
    start()              #@ start() = perhaps
    return
    a                    #@ a = no
    end()
`,
	"while": `
while a:                 #@ a = yes
    b                    #@ b = yes
    start()              #@ start() = always
    c                    #@ c = yes
else:
    d                    #@ d = yes
end()
`,
	"for": `
for a in b:              #@ a = yes
    start()              #@ start() = perhaps
    if c: break
    if d: continue
    e                    #@ e = yes
else:
    end()
`,
	"the sequence of a for": `
for a in b:              #@ b = no
    start()              #@ start() = perhaps
    for c in d:          #@ d = yes
        end()
`,
	"a break skips else": `
for a in b:
    start()              #@ start() = perhaps
    break
else:
    c                    #@ c = no
    end()
d                        #@ d = yes
`,
	"for ever": `
while True:
    a                    #@ a = yes
    start()              #@ start() = always
b                        #@ b = no
`,
	"for ever but for a break": `
while True:
    start()              #@ start() = perhaps
    if a: break
b                        #@ b = yes
`,
	"an inner loop": `
for a in b:
    for c in d:
        start()          #@ start() = always
        break
    e                    #@ e = yes
    continue
    f                    #@ f = no
end()
`,
	"except": `
try:
    start()              #@ start() = perhaps
    a                    #@ a = yes
except E:
    b                    #@ b = yes
else:
    end()
c                        #@ c = yes
`,
	"what fails does not go on": `
try:
    start()              #@ start() = perhaps
except E:
    b                    #@ b = no
`,
	"except and else": `
try:
    start()              #@ start() = always
    a
except E:
    end()
else:
    end()
`,
	"raise": `
try:
    start()              #@ start() = perhaps
    raise E
    a                    #@ a = no
except E:
    b                    #@ b = yes
    end()
`,
	"raise past a clause": `
def f():
    try:
        start()          #@ start() = perhaps
        raise E
    except F:
        end()
`,
	"raise into a clause for all": `
def f():
    try:
        start()          #@ start() = always
        raise E
    except:
        end()
`,
	"raise from an inner try": `
try:
    try:
        start()          #@ start() = always
        raise E
    finally:
        a                #@ a = yes
except Exception:
    b                    #@ b = yes
    end()
else:
    c                    #@ c = no
`,
	"finally": `
def f():
    try:
        start()          #@ start() = always
        if a: return
        b
    finally:
        end()
        c                #@ c = yes
    d                    #@ d = yes
`,
	"finally goes on as it came": `
def f():
    try:
        if a:
            start()      #@ start() = perhaps
            return
        b                #@ b = no
    finally:
        c                #@ c = yes
    d                    #@ d = no
    end()
`,
	"finally in a loop": `
for a in b:
    try:
        start()          #@ start() = always
        break
    finally:
        end()
    c                    #@ c = no
d                        #@ d = yes
`,
	"finally and continue": `
for a in b:
    try:
        c                #@ c = yes
        start()          #@ start() = perhaps
        continue
    finally:
        pass
    d                    #@ d = no
end
`,
	"start in finally": `
def f():
    try:
        return a
    finally:
        start()          #@ start() = perhaps
    b                    #@ b = no
`,
	"suppress": `
with suppress(E):
    start()              #@ start() = perhaps
    a
    end()
b                        #@ b = yes
`,
	"with": `
with a as b:             #@ b = no
    start()              #@ start() = always
    c                    #@ c = yes
end()
`,
	"match": `
match a:                 #@ a = no
    case 1:
        start()          #@ start() = always
        b                #@ b = yes
    case c if d:         #@ d = no
        e                #@ e = no
end()
`,
	"no case": `
start()                  #@ start() = perhaps
match a:                 #@ a = yes
    case 1: end()
    case 2: end()
`,
	"any case": `
start()                  #@ start() = always
match a:
    case 1: end()
    case _: end()
`,
	"perhaps evaluated": `
start()                  #@ start() = perhaps
x = a or end()
y = end() if b else c
z = [end() for d in e]
w = lambda: end()
def f(): end()
`,
	"certainly evaluated": `
start()                  #@ start() = always
x = end() or a
`,
	"the condition": `
start()                  #@ start() = always
x = a if end() else b
`,
	"the first of a comprehension": `
start()                  #@ start() = always
x = [a for a in end()]
`,
	"another function": `
start()                  #@ start() = perhaps
def f():
    a                    #@ a = no
lambda: b                #@ b = no
`,
	"sys.exit": `
import sys
start()                  #@ start() = perhaps
if a: sys.exit()
end()
`,
	"a lambda": `
f = lambda: (a, start(), end())  #@ start() = always
`,
	"a class": `
class A:
    start()              #@ start() = always
    a                    #@ a = yes
end()
`,
}

func isCallOf(name string) func(syntax.Node) bool {
	return func(n syntax.Node) bool {
		return n.Kind() == syntax.Call && n.Child(syntax.FieldFunction).Text() == name
	}
}

func TestPaths(t *testing.T) {
	for name, text := range pathSources {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string {
				var start syntax.Node
				for c := range f.scopes.Tree().Of(syntax.Call) {
					if isCallOf("start")(c) {
						start = c
					}
				}
				switch {
				case n.Kind() == syntax.Identifier:
					return yes(f.Reaches(start, n))
				case f.Always(n, isCallOf("end")):
					return "always"
				}
				return "perhaps"
			})
		})
	}
}

func TestReachesWithout(t *testing.T) {
	for name, text := range map[string]string{
		"in a row": `
start()
a                        #@ a = yes
end()
b                        #@ b = no
`,
		"past it": `
start()
if x: end()
a                        #@ a = yes
`,
		"in every branch": `
start()
if x: end()
else: end()
a                        #@ a = no
`,
		"round the loop": `
while x:
    a                    #@ a = no
    start()
    end()
`,
		"a value before its target": `
start()
end = f(a)               #@ a = yes
end(), b                 #@ b = no
`,
		"within a statement, before": `
start()
f(a, end(), b)           #@ a = yes
`,
		"within a statement, behind": `
start()
f(a, end(), b)           #@ b = no
`,
		"perhaps evaluated": `
start()
x or end()
a                        #@ a = no
`,
	} {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string {
				for c := range f.scopes.Tree().Of(syntax.Call) {
					if isCallOf("start")(c) {
						return yes(f.ReachesWithout(c, n, isCallOf("end")))
					}
				}
				return "no start"
			})
		})
	}
}

// Clauses "finally" that stand in each other are not laid out without end: then nothing is known.
func TestPathsAreLinear(t *testing.T) {
	var b strings.Builder
	b.WriteString("def f():\n")
	indent, tail := "  ", "  end()\n"
	for range 12 {
		b.WriteString(indent + "try:\n" + indent + "  if x: return\n" + indent + "  if y: raise z\n" + indent + "finally:\n")
		indent += "  "
		tail = indent + "z\n" + tail
	}
	b.WriteString(indent + "start()\n" + tail)
	f, tree := open(t, b.String())
	for c := range tree.Of(syntax.Call) {
		if f.Always(c, isCallOf("end")) || f.Reaches(c, c) {
			t.Error("something is known of a function that is too large")
		}
	}
}
