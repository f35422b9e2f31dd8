package pyodide

import "strings"

// Format is how the items of a buffer of Python lie in memory, in what WebAssembly has for an int (4 bytes) and
// a long (4 bytes as well).
type Format struct {
	Bytes int // of one item
	Float bool
}

// Bytes is the format of bytes and bytearray.
var Bytes = Format{1, false}

// Format is that of a buffer which Pyodide can copy to or from an array without a change.
func (a Array) Format() Format { return Format{a.Bytes, a.Elements == Floats} }

// Assigners are the methods of a typed array that copy between it and a buffer of Python. They compare the size of
// the items and the number of bytes, and not what kind of number the items are.
// Source: check_buffer_compatibility in Pyodide's src/core/jsproxy.c, and Pyodide 0.26 to 314
var Assigners = map[string]bool{Assign: true, "assign_to": true}

// Assign is the one of them that copies to the array.
const Assign = "assign"

// TypeCodes are the formats of array.array, and of the buffers that memoryview.cast gives.
// Sources: https://docs.python.org/3/library/array.html, https://docs.python.org/3/library/struct.html#format-characters
var TypeCodes = map[string]Format{
	"b": {1, false}, "B": {1, false}, "h": {2, false}, "H": {2, false}, "i": {4, false}, "I": {4, false},
	"l": {4, false}, "L": {4, false}, "q": {8, false}, "Q": {8, false}, "f": {4, true}, "d": {8, true},
}

// TypeCode is what memoryview.cast is told to see bytes as the elements of an array.
func (a Array) TypeCode() string { return codes[a.Name] }

var codes = map[string]string{
	"Int8Array": "b", "Int16Array": "h", "Uint16Array": "H", "Int32Array": "i", "Uint32Array": "I",
	"BigInt64Array": "q", "BigUint64Array": "Q", "Float32Array": "f", "Float64Array": "d",
}

// NumpyFormat is the format of a dtype of numpy, written as the type, its name or its code: "numpy.float32",
// "float32", "<f4". Those whose size depends on the platform are not known.
// Source: https://numpy.org/doc/stable/reference/arrays.scalars.html#sized-aliases
func NumpyFormat(dtype string) (Format, bool) {
	dtype = strings.TrimPrefix(strings.TrimPrefix(dtype, "numpy."), "<")
	f, ok := dtypes[dtype]
	return f, ok
}

var dtypes = map[string]Format{
	"int8": {1, false}, "i1": {1, false}, "uint8": {1, false}, "u1": {1, false}, "int16": {2, false}, "i2": {2, false},
	"uint16": {2, false}, "u2": {2, false}, "int32": {4, false}, "i4": {4, false}, "uint32": {4, false}, "u4": {4, false},
	"int64": {8, false}, "i8": {8, false}, "uint64": {8, false}, "u8": {8, false}, "float32": {4, true}, "f4": {4, true},
	"float64": {8, true}, "f8": {8, true}, "double": {8, true}, "single": {4, true},
}

// NumpyMakers are the functions of numpy that take a dtype, with the position at which they do.
// Source: https://numpy.org/doc/stable/reference/routines.array-creation.html
var NumpyMakers = map[string]int{
	"numpy.array": 1, "numpy.asarray": 1, "numpy.zeros": 1, "numpy.ones": 1, "numpy.empty": 1, "numpy.fromiter": 1,
	"numpy.frombuffer": 1, "numpy.full": 2,
}

// NumpyFloats are those of them that make float64 where no dtype is given.
var NumpyFloats = map[string]bool{"numpy.zeros": true, "numpy.ones": true, "numpy.empty": true}

// ViewBuffers are the methods of a typed array that give a buffer of the same format; to_bytes gives one of bytes.
var ViewBuffers = map[string]bool{"to_py": true, "to_memoryview": true}

// BytesMakers are functions that give bytes, and BytesMethods methods that only what gives bytes has. TextMakers are
// functions that give a str, and TextMethods methods of one that do.
// Source: https://docs.python.org/3/library/
var (
	BytesMakers = words(`builtins.bytes builtins.bytearray struct.pack base64.b64decode base64.b64encode gzip.compress
		gzip.decompress os.urandom pickle.dumps secrets.token_bytes zlib.compress zlib.decompress`)
	BytesMethods = words(`tobytes to_bytes read_bytes`)
	TextMakers   = words(`builtins.str builtins.repr json.dumps`)
	TextMethods  = words(`format join lower replace strip upper`)
)

// Encode is the method of a str that gives bytes; a TextEncoder of JavaScript has one as well.
const Encode = "encode"

// Sequences are the built-in types that are no buffer although they hold items, with how people call one, and
// whether to_js makes an array of it.
var Sequences = map[string]Sequence{
	"builtins.list": List, "builtins.tuple": Tuple, "builtins.range": {"a range", true}, "builtins.sorted": List,
	"builtins.set": Set, "builtins.str": Text, "builtins.map": {"a map", false}, "builtins.filter": {"a filter", false},
}

// Sequence is such a type.
type Sequence struct {
	What    string
	IsArray bool // to JavaScript, after to_js
}

// Those that have literals, or expressions that make them.
var (
	List      = Sequence{"a list", true}
	Tuple     = Sequence{"a tuple", true}
	Set       = Sequence{"a set", false}
	Text      = Sequence{"a str", false}
	Generator = Sequence{"a generator", false}
)
