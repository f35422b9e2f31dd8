package pyodide

import "strings"

// LargeCalls are the functions of Python that give an int which JavaScript gets as a BigInt: the time since 1970 in
// nanoseconds. Other clocks of Pyodide begin with the page, and a hash has 32 bits there.
// Source: https://docs.python.org/3/library/time.html#time.time_ns
var LargeCalls = map[string]bool{"time.time_ns": true}

// RandomBits are the functions that give an int of as many random bits as their first argument says; from EnoughBits on
// it is as good as never small.
// Sources: https://docs.python.org/3/library/random.html#random.getrandbits, https://docs.python.org/3/library/secrets.html
var RandomBits = map[string]bool{"random.getrandbits": true, "secrets.randbits": true}

// EnoughBits leave one chance in two thousand for a number that is small enough.
const EnoughBits = 64

// LargeAttributes are the attributes that are such an int, of what functions give.
// Sources: https://docs.python.org/3/library/uuid.html#uuid.UUID.int, https://docs.python.org/3/library/os.html#os.stat_result
var LargeAttributes = map[string]map[string]bool{
	"int":         words("uuid.UUID uuid.uuid1 uuid.uuid4"),
	"st_mtime_ns": words("os.stat os.lstat"), "st_atime_ns": words("os.stat os.lstat"), "st_ctime_ns": words("os.stat os.lstat"),
}

// BigIntMakers are the functions of JavaScript that give a BigInt. Python has an int of it up to 0.29, which goes back as a
// number if it is small; from KeepsBigInts on it has a JsBigInt, which goes back as a BigInt, and so does what is reckoned
// with it.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-314-0-0
var BigIntMakers = map[string]bool{"js.BigInt()": true}

// KeepsBigInts is the first line with JsBigInt.
const KeepsBigInts = V314

// milliseconds are the operations of which arguments are numbers of milliseconds, those from 1970 on among them.
// Sources: https://tc39.es/ecma262/#sec-date, https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers
var milliseconds = map[string]int{
	"Date.new": 0, "Date.setTime": 0,
	"Window.setTimeout": 1, "Window.setInterval": 1, "WorkerGlobalScope.setTimeout": 1, "WorkerGlobalScope.setInterval": 1,
}

// TakesNumber says whether an operation on a path makes a Number of an argument, which it does not of a BigInt, and
// whether that is one of milliseconds.
// Source: https://tc39.es/ecma262/#sec-tonumber
func TakesNumber(path string, position int) (inMilliseconds, ok bool) {
	if function, ok := strings.CutPrefix(path, "js.Math."); ok {
		return false, function != "random" // which takes nothing
	}
	m, ok := MemberAt(path)
	if !ok {
		return false, false
	}
	at, ok := milliseconds[m.Of+"."+m.Name]
	if ok && at == position {
		return true, true
	}
	return false, m.Of == "Date" && (m.Name == "new" || m.Name == "UTC")
}

// Serializers are the functions that write what they are given as JSON, which has no BigInts, by path.
// Sources: https://tc39.es/ecma262/#sec-serializejsonproperty, https://fetch.spec.whatwg.org/#dom-response-json
var Serializers = map[string]bool{"js.JSON.stringify": true, "js.Response.json": true}

// TakesItems are the methods of a typed array, and those of its constructor, whose first argument, or whose arguments, are
// items of it.
// Source: https://tc39.es/ecma262/#sec-%typedarray%.prototype.fill, https://tc39.es/ecma262/#sec-%typedarray%.of
const (
	Fill = "fill"
	Of   = "of"
)
