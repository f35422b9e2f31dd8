package pyodide

// ProxyClass is a class of pyodide.ffi that says of a proxy what a constructor of JavaScript says of its object. Wider says
// that it says so of others as well.
type ProxyClass struct {
	Name  string
	Wider bool
}

// ProxyClasses are these classes, which all versions have, by the path of the constructor. JsDomElement and JsFetchResponse
// are none of them: every proxy is an instance of them.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html, and Pyodide 0.26 to 314
var ProxyClasses = map[string]ProxyClass{
	"js.Map": {Name: "JsMap"}, "js.Function": {Name: "JsCallable"}, "js.Error": {Name: "JsException"},
	"js.Array": {"JsArray", true}, // of a typed array and of a NodeList
}

// Hashes are the functions that need the hash of what they are given, and Pickles those that do what is done to pickle an object, or to copy one
// by canonical name.
// Sources: https://docs.python.org/3/library/functions.html#hash, https://docs.python.org/3/library/copy.html
var (
	Hashes  = words(`builtins.hash`)
	Pickles = words(`copy.copy copy.deepcopy pickle.dumps pickle.dump`)
)

// IsClass says whether a path leads to a constructor.
func IsClass(path string) bool {
	r := reach(path)
	return r.class && !r.called && !faceOf(r.is).namespace
}

// IsProxy says whether a path leads to what is certainly a proxy: an object of an interface, and no promise, which may be a
// future of Python's. null says that it may be null as well.
func IsProxy(path string) (is, null bool) {
	r := reach(path)
	return path == "js" || !r.promised && r.is != "" && r.is != "Promise" && !(r.class && faceOf(r.is).namespace), r.member.Null
}
