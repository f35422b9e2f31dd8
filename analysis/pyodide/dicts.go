package pyodide

// What JavaScript sees of a dict of Python, measured in Chromium 156 with the last release of each line.
// Sources: https://pyodide.org/en/stable/project/changelog.html (0.26.0, 0.28.0 and 0.29.0), and for what the proxies have
// themselves pyodide/src/core/pyproxy.ts.
var (
	// SeesKeys are the versions in which the proxy of a dict has the members that are keys of the dict.
	SeesKeys = Since(V028)
	// MakesObjects are those in which to_js makes an object of a dict. In the others it is a Map with the keys for members.
	MakesObjects = Since(ObjectsByDefault)
	// OfDicts are the members that the proxy of a dict has itself, so that nobody sees the keys of these names.
	OfDicts = words(`type length get set has delete copy items keys values pop popitem update setdefault fromkeys clear
		toString toJs asJsJson destroy constructor valueOf toLocaleString hasOwnProperty isPrototypeOf
		propertyIsEnumerable`)
	// OfMaps are those that a Map has.
	OfMaps = words(`size get set has delete keys values entries forEach clear toString constructor valueOf
		toLocaleString hasOwnProperty isPrototypeOf propertyIsEnumerable`)
)

// DictConverter is the keyword that tells to_js what to make of a dict, and ObjectMaker the function of JavaScript that
// makes an object of its pairs.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.to_js
const (
	DictConverter = "dict_converter"
	ObjectMaker   = "Object.fromEntries"
)

// Reshapes are the keywords of to_js with which it may make something else of a dict, or leave it a proxy.
var Reshapes = map[string]bool{DictConverter: true, "depth": true, "default_converter": true, "eager_converter": true}

// Misconverter is what somebody takes for a function that makes an object of a dict.
type Misconverter struct {
	Makes string // what it makes
	// Instead is what is meant, by the global name and the member of it.
	Instead, Member string
	Raises          bool
}

// Misconverters are the functions that somebody may give to to_js as its dict_converter, by path or canonical name, and
// None; measured in Chromium 156 on all versions. Map.new is none: it makes a Map, as it says.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.to_js
var Misconverters = map[string]Misconverter{
	"js.Object":        {"an array of arrays", "Object", ".fromEntries", false},
	"js.Object.new":    {"an array of arrays", "Object", ".fromEntries", false},
	"js.Object.assign": {"an array of arrays", "Object", ".fromEntries", false},
	"js.Object.create": {"an object without the keys", "Object", ".fromEntries", false},
	"js.Map":           {"nothing but an error", "Map", ".new", true},
	"builtins.dict":    {"a proxy of another dict", "Object", ".fromEntries", false},
	"None":             {"nothing but an error", "Object", ".fromEntries", true},
}

// WantPairs are the functions of JavaScript that make something of pairs, and fail on a dict or on an object.
// Sources: https://tc39.es/ecma262/#sec-object.fromentries, https://tc39.es/ecma262/#sec-map-iterable
var WantPairs = words("js." + ObjectMaker + " js.Map.new")
