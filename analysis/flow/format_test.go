package flow

import (
	"fmt"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// The marker says how the items of a buffer lie in memory, "?" where that is not known.
func TestFormat(t *testing.T) {
	eachMarker(t, `
import array, struct
import js
import numpy as np
from array import array as numbers
b"tide"                        #@ b"tide" = 1
rb'tide'                       #@ rb'tide' = 1
"a b"                          #@ "a b" = ?
f"{b}"                         #@ f"{b}" = ?
bytes(4)                       #@ bytes(4) = 1
bytearray(b"tide")[1:]         #@ bytearray(b"tide")[1:] = 1
bytearray(b"tide")[1]          #@ bytearray(b"tide")[1] = ?
struct.pack("f", 1)            #@ struct.pack("f", 1) = 1
array.array("d")               #@ array.array("d") = 8 float
numbers("i", [1])              #@ numbers("i", [1]) = 4
numbers("w", "a")              #@ numbers("w", "a") = ?
numbers(code)                  #@ numbers(code) = ?
numbers()                      #@ numbers() = ?
memoryview(numbers("f"))       #@ memoryview(numbers("f")) = 4 float
memoryview(bytes(8)).cast("h") #@ memoryview(bytes(8)).cast("h") = 2
unheard.cast("h")              #@ unheard.cast("h") = ?
memoryview(unheard)            #@ memoryview(unheard) = ?
unheard.tobytes()              #@ unheard.tobytes() = 1
js.Float32Array.new(2).to_py() #@ js.Float32Array.new(2).to_py() = 4 float
js.Float32Array.new(2).to_bytes()  #@ js.Float32Array.new(2).to_bytes() = 1
unheard.to_py()                #@ unheard.to_py() = ?
np.zeros(4)                    #@ np.zeros(4) = 8 float
np.zeros(4, np.float32)        #@ np.zeros(4, np.float32) = 4 float
np.full(4, 1, dtype="<i8")     #@ np.full(4, 1, dtype="<i8") = 8
np.zeros(4, dtype=kind)        #@ np.zeros(4, dtype=kind) = ?
np.array([1, 2])               #@ np.array([1, 2]) = ?
np.array([1, 2], dtype=int)    #@ np.array([1, 2], dtype=int) = ?
np.array([1, 2], dtype=float32)    #@ np.array([1, 2], dtype=float32) = ?
unheard.astype("uint8")        #@ unheard.astype("uint8") = 1
unheard.astype(kind)           #@ unheard.astype(kind) = ?
[1, 2]                         #@ [1, 2] = ?
class Gauge:
    def __init__(self, given):
        self.levels = numbers("f")
        self.given = given
    def all(self):
        self.levels            #@ self.levels = 4 float
        self.given             #@ self.given = ?
`, func(f *File, n syntax.Node) string {
		format, ok := f.Format(n)
		switch {
		case !ok:
			return "?"
		case format.Float:
			return fmt.Sprint(format.Bytes, " float")
		}
		return fmt.Sprint(format.Bytes)
	})
}

// The marker says which sequence an expression is, "?" where that is not known.
func TestSequence(t *testing.T) {
	eachMarker(t, `
name = [1]
name              #@ name = a list
[n for n in x]    #@ [n for n in x] = a list
(1, 2)            #@ (1, 2) = a tuple
{1, 2}            #@ {1, 2} = a set
{n for n in x}    #@ {n for n in x} = a set
"tide"            #@ "tide" = a str
b"tide"           #@ b"tide" = ?
range(3)          #@ range(3) = a range
sorted(x)         #@ sorted(x) = a list
unheard(x)        #@ unheard(x) = ?
take((n for n in x))  #@ (n for n in x) = a generator
`, func(f *File, n syntax.Node) string {
		if s, ok := f.Sequence(n); ok {
			return s.What
		}
		return "?"
	})
}
