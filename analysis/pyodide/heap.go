package pyodide

// InitialMemory is how many bytes of memory Pyodide begins with, at most. More lets it grow, and every view of it
// that JavaScript has is empty from then on.
// Sources: INITIAL_MEMORY in Pyodide's Makefile.envs, https://webassembly.github.io/spec/js-api/#refresh-the-memory-buffer,
// and Pyodide 0.26 and 314
const InitialMemory = 32 << 20

// Allocators are the functions that make as many bytes as their first argument says.
var Allocators = words(`builtins.bytes builtins.bytearray`)

// HeapMembers are what a buffer of getBuffer has beside its data and its release method.
// Source: https://pyodide.org/en/stable/usage/api/js-api.html#pyodide.ffi.PyBufferView
var HeapMembers = words(`shape strides ndim offset readonly format itemsize nbytes c_contiguous f_contiguous`)

// ResizableMakers make the objects whose size can change while no buffer of them is there, and Resizers are the
// methods that change it.
// Sources: https://docs.python.org/3/library/stdtypes.html#bytearray, https://docs.python.org/3/library/array.html
var (
	ResizableMakers = words(`builtins.bytearray array.array`)
	Resizers        = words(`append extend insert pop remove clear frombytes fromlist`)
)
