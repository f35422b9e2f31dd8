package flow

import (
	"fmt"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// The marker says which expression made the shared memory, "?" where that is not known.
func TestSharedMemory(t *testing.T) {
	eachMarker(t, `
import js
buffer = js.SharedArrayBuffer.new(8)
array = js.Int32Array.new(buffer, 0, 1)
part = array.subarray(1).subarray(0)
copied = js.Int32Array.new(array)
own = js.Int32Array.new(8)
wasm = js.WebAssembly.Memory.new(initial=1, shared=True)
alone = js.WebAssembly.Memory.new(initial=1, shared=False)
buffer               #@ buffer = js.SharedArrayBuffer.new(8)
array                #@ array = js.SharedArrayBuffer.new(8)
part                 #@ part = js.SharedArrayBuffer.new(8)
array.buffer         #@ array.buffer = js.SharedArrayBuffer.new(8)
js.Uint8Array.new(part.buffer)  #@ js.Uint8Array.new(part.buffer) = js.SharedArrayBuffer.new(8)
copied               #@ copied = ?
js.Int32Array.of(buffer)  #@ js.Int32Array.of(buffer) = ?
own                  #@ own = ?
array[0]             #@ array[0] = ?
array.length         #@ array.length = ?
wasm                 #@ wasm = js.WebAssembly.Memory.new(initial=1, shared=True)
js.Uint8Array.new(wasm.buffer)  #@ js.Uint8Array.new(wasm.buffer) = js.WebAssembly.Memory.new(initial=1, shared=True)
alone.buffer         #@ alone.buffer = ?
def f(given, late=None):
    js.Int32Array.new(given)  #@ js.Int32Array.new(given) = ?
    js.Int32Array.new()       #@ js.Int32Array.new() = ?
x = x.subarray(1)
x                    #@ x = ?
twice = js.SharedArrayBuffer.new(8)
twice = js.SharedArrayBuffer.new(16)
twice                #@ twice = ?
`, func(f *File, n syntax.Node) string {
		if made := f.SharedMemory(n); made.OK() {
			return made.Text()
		}
		return "?"
	})
}

// The marker says what a buffer is: where it was made, and how large.
func TestMemory(t *testing.T) {
	eachMarker(t, `
import js
buffer = js.ArrayBuffer.new(8)
array = js.Int32Array.new(4)
async def load(response):
    body = await response.arrayBuffer()
    body             #@ body = ?
    fetched = await js.fetch("x")
    bytes = await fetched.arrayBuffer()
    bytes            #@ bytes = await fetched.arrayBuffer() ?
    fetched.arrayBuffer()  #@ fetched.arrayBuffer() = ?
buffer               #@ buffer = js.ArrayBuffer.new(8) 8
array.buffer         #@ array.buffer = js.Int32Array.new(4) 16
array                #@ array = ?
buffer.buffer        #@ buffer.buffer = ?
js.ArrayBuffer.new(8, maxByteLength=16)  #@ js.ArrayBuffer.new(8, maxByteLength=16) = js.ArrayBuffer.new(8, maxByteLength=16) ?
js.ArrayBuffer.new() #@ js.ArrayBuffer.new() = js.ArrayBuffer.new() ?
`, func(f *File, n syntax.Node) string {
		m := f.Memory(n)
		if !m.Made.OK() {
			return "?"
		}
		return m.Made.Text() + " " + number(m.Size)
	})
}

// The marker says what an array is: its kind and whose memory it is on, from which byte, how many elements and
// bytes; "?" for what is not known.
func TestView(t *testing.T) {
	eachMarker(t, `
import js
from pyodide.ffi import create_proxy
SIZE = 4
buffer = js.ArrayBuffer.new(16)
shared = js.SharedArrayBuffer.new(SIZE * 8)
grows = js.ArrayBuffer.new(8, maxByteLength=16)
js.Int32Array.new(4)                   #@ js.Int32Array.new(4) = Int32Array 0 4 16
js.Int32Array.new(buffer)              #@ js.Int32Array.new(buffer) = Int32Array 0 4 16
js.Int32Array.new(buffer, 4)           #@ js.Int32Array.new(buffer, 4) = Int32Array 4 3 16
js.Int32Array.new(buffer, 0x4, 2)      #@ js.Int32Array.new(buffer, 0x4, 2) = Int32Array 4 2 16
js.Int32Array.new(buffer, None)        #@ js.Int32Array.new(buffer, None) = Int32Array 0 4 16
js.Int32Array.new(buffer, 8, None)     #@ js.Int32Array.new(buffer, 8, None) = Int32Array 8 2 16
js.Int32Array.new(buffer, offset=4)    #@ js.Int32Array.new(buffer, offset=4) = Int32Array ? ? ?
js.Int32Array.new(*buffer)             #@ js.Int32Array.new(*buffer) = Int32Array ? ? ?
js.Int32Array.new(grows)               #@ js.Int32Array.new(grows) = Int32Array 0 ? ?
js.Int32Array.new(buffer, unheard)     #@ js.Int32Array.new(buffer, unheard) = Int32Array ? ? 16
js.Int32Array.new(unheard)             #@ js.Int32Array.new(unheard) = Int32Array ? ? ?
js.Int32Array.new()                    #@ js.Int32Array.new() = Int32Array ? ? ?
js.Int32Array.new([1, 2])              #@ js.Int32Array.new([1, 2]) = Int32Array 0 2 8
js.Int32Array.new([1, *buffer])        #@ js.Int32Array.new([1, *buffer]) = Int32Array ? ? ?
js.Int32Array.of(1, 2, 3)              #@ js.Int32Array.of(1, 2, 3) = Int32Array 0 3 12
js.Int32Array.from_([1])               #@ js.Int32Array.from_([1]) = Int32Array 0 1 4
js.Int32Array.from_(unheard)           #@ js.Int32Array.from_(unheard) = Int32Array 0 ? ?
js.BigInt64Array.new(SIZE - 1)         #@ js.BigInt64Array.new(SIZE - 1) = BigInt64Array 0 3 24
floats = js.Float64Array.new(shared, 2 * js.Float64Array.BYTES_PER_ELEMENT)
floats                                 #@ floats = Float64Array 16 2 32 shared
floats.subarray(1)                     #@ floats.subarray(1) = Float64Array 24 1 32 shared
floats.subarray(1, 9)                  #@ floats.subarray(1, 9) = Float64Array 24 1 32 shared
floats.subarray(0, 1)                  #@ floats.subarray(0, 1) = Float64Array 16 1 32 shared
floats.subarray()                      #@ floats.subarray() = Float64Array 16 2 32 shared
floats.subarray(-1)                    #@ floats.subarray(-1) = Float64Array ? ? 32 shared
floats.subarray(0, -1)                 #@ floats.subarray(0, -1) = Float64Array ? ? 32 shared
floats.subarray(9)                     #@ floats.subarray(9) = Float64Array ? ? 32 shared
floats.subarray(unheard)               #@ floats.subarray(unheard) = Float64Array ? ? 32 shared
js.Uint8Array.new(floats.buffer, floats.byteOffset, floats.byteLength)  #@ js.Uint8Array.new(floats.buffer, floats.byteOffset, floats.byteLength) = Uint8Array 16 16 32 shared
js.Uint8Array.new(floats.buffer, 1)    #@ js.Uint8Array.new(floats.buffer, 1) = Uint8Array 1 31 32 shared
js.Uint8Array.new(floats)              #@ js.Uint8Array.new(floats) = Uint8Array 0 2 2
js.Uint8Array.new(len(floats) + floats.length)    #@ js.Uint8Array.new(len(floats) + floats.length) = Uint8Array 0 4 4
js.Uint8Array.new(shared.byteLength // 2)         #@ js.Uint8Array.new(shared.byteLength // 2) = Uint8Array 0 16 16
js.Uint8Array.new(-1 // 2)             #@ js.Uint8Array.new(-1 // 2) = Uint8Array ? ? ?
js.Uint8Array.new(1_000_000)           #@ js.Uint8Array.new(1_000_000) = Uint8Array 0 1000000 1000000
js.Uint8Array.new(99999999999 * 99999999999)  #@ js.Uint8Array.new(99999999999 * 99999999999) = Uint8Array ? ? ?
proxy = create_proxy(bytearray(8))
seen = proxy.getBuffer("f32")
seen.data                              #@ seen.data = Float32Array ? ? ? heap
proxy.getBuffer().data                 #@ proxy.getBuffer().data = no
unheard.getBuffer("u8").data           #@ unheard.getBuffer("u8").data = no
class Gauge:
    def __init__(self, given):
        self.samples = js.Int16Array.new(SIZE)
        self.given = js.Int16Array.new(given, 2)
    def tail(self):
        self.samples.subarray(1)       #@ self.samples.subarray(1) = Int16Array 2 3 8
        self.given                     #@ self.given = Int16Array ? ? ?
if js.x:
    count = 4
else:
    count = 5
js.Int8Array.new(count)                #@ js.Int8Array.new(count) = Int8Array ? ? ?
loops = js.Int8Array.new(loops.length)
loops                                  #@ loops = Int8Array ? ? ?
context = js.document.createElement("canvas").getContext("2d")
image = context.createImageData(1, 1)
array = js.Uint8Array.from_(js.Array.of(1))
image.data           #@ image.data = Uint8ClampedArray 0 ? ?
context.getImageData(0, 0, 1, 1).data  #@ context.getImageData(0, 0, 1, 1).data = Uint8ClampedArray 0 ? ?
image                #@ image = no
image.width          #@ image.width = no
array.data           #@ array.data = no
js.Array.of(1)       #@ js.Array.of(1) = no
js.Uint8Array        #@ js.Uint8Array = no
unheard.subarray(1)  #@ unheard.subarray(1) = no
either = js.Array.of(1)
either = js.Uint8Array.of(1)
either               #@ either = no
`, func(f *File, n syntax.Node) string {
		v, ok := f.View(n)
		if !ok {
			return "no"
		}
		says := fmt.Sprintf("%s %s %s %s", v.Array.Name, number(v.Offset), number(v.Length), number(v.On.Size))
		if v.On.Shared {
			says += " shared"
		}
		if v.On.Heap {
			says += " heap"
		}
		return says
	})
}

func number(c Count) string {
	if !c.Known {
		return "?"
	}
	return fmt.Sprint(c.N)
}
