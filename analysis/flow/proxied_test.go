package flow

import (
	"cmp"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// What JavaScript gets a proxy of, "?" where that is not certain.
func TestProxied(t *testing.T) {
	eachMarker(t, `
import js
from dataclasses import dataclass
from pyodide.ffi import create_proxy, to_js
from helpers import Base, rows
def run(e): pass
items = [1]
same = items
text = "a"
either = [1] if rows else 2
twice = [1]
twice = rows
class Plain:
    def method(self):
        take(self)           #@ self = object
        take(self.method)    #@ self.method = function
class Text(Base): pass
@dataclass
class Data: pass
take(run)                    #@ run = function
take(lambda: 1)              #@ lambda: 1 = function
take([1])                    #@ [1] = list
take(items)                  #@ items = list
take(same)                   #@ same = list
take([i for i in items])     #@ [i for i in items] = list
take({"a": 1})               #@ {"a": 1} = dict
take({i: i for i in items})  #@ {i: i for i in items} = dict
take({1})                    #@ {1} = set
take((1, 2))                 #@ (1, 2) = tuple
take(Plain())                #@ Plain() = object
take(Text())                 #@ Text() = ?
take(Data())                 #@ Data() = ?
take(text)                   #@ text = ?
take("a")                    #@ "a" = ?
take(1)                      #@ 1 = ?
take(either)                 #@ either = ?
take(twice)                  #@ twice = ?
take(rows)                   #@ rows = ?
take(create_proxy(run))      #@ create_proxy(run) = ?
take(create_proxy(lambda: 1))  #@ create_proxy(lambda: 1) = ?
take(to_js(items))           #@ to_js(items) = ?
take(js.Object.new())        #@ js.Object.new() = ?
`, func(f *File, n syntax.Node) string { return cmp.Or(f.Proxied(n), "?") })
}

// Arrays that to_js makes and objects that a method finds on self are JavaScript's.
func TestJavaScriptConverted(t *testing.T) {
	eachMarker(t, `
import js
from pyodide.ffi import to_js
from helpers import rows
made = to_js([1])
unknown = to_js(rows)
take(made.push)              #@ made.push = js.Array.of().push
take(to_js((1, 2)).push)     #@ to_js((1, 2)).push = js.Array.of().push
take(unknown.push)           #@ unknown.push = ?
take(to_js({}).set)          #@ to_js({}).set = ?
class Kept:
    def __init__(self):
        self.map = js.Map.new()
        self.none = None
    def use(self):
        take(self.map.set)   #@ self.map.set = js.Map.new().set
        take(self.none.set)  #@ self.none.set = ?
`, func(f *File, n syntax.Node) string {
		path, _ := f.JavaScript(n)
		return cmp.Or(path, "?")
	})
}
