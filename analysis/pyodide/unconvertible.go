package pyodide

// ToJS is the function that converts Python values to those of JavaScript.
const ToJS = "pyodide.ffi.to_js"

// Decides are the keywords with which it is told what becomes of a value that it knows no conversion for.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.to_js
var Decides = map[string]bool{"create_pyproxies": true, "pyproxies": true, "default_converter": true}

// Conversion is what makes a value one that to_js can convert: what stands before it and behind it.
type Conversion struct{ Before, Behind string }

// Leftover is a kind of value that to_js knows no conversion for. It makes a proxy of it.
type Leftover struct {
	Kind string
	Conversion
}

// Unconvertible are the calls that give such a value, by canonical name. A range and a deque are no such: the proxy of a
// sequence has the methods of an array, toJSON among them.
// Source: _python2js in pyodide/src/core/python2js.c
var Unconvertible = map[string]Leftover{
	"datetime.datetime": moment, "datetime.datetime.now": moment, "datetime.datetime.today": moment,
	"datetime.datetime.fromtimestamp": moment, "datetime.datetime.fromisoformat": moment, "datetime.datetime.strptime": moment,
	"datetime.date": day, "datetime.date.today": day, "datetime.date.fromisoformat": day,
	"datetime.time": {"time", isoFormat}, "datetime.timedelta": {"timedelta", Conversion{Behind: ".total_seconds()"}},
	"decimal.Decimal": {"Decimal", asFloat}, "fractions.Fraction": {"Fraction", asFloat}, "builtins.complex": {Kind: "complex number"},
	"uuid.UUID": identity, "uuid.uuid1": identity, "uuid.uuid4": identity,
	"pathlib.Path": {"path", asString}, "pathlib.PurePath": {"path", asString},
	"builtins.map": {"map", asList}, "builtins.filter": {"filter", asList},
	"builtins.zip": {"zip", asList}, "builtins.reversed": {"reversed iterator", asList},
	"builtins.frozenset": {"frozenset", asList},
}

var (
	isoFormat = Conversion{Behind: ".isoformat()"}
	asFloat   = Conversion{"float(", ")"}
	asString  = Conversion{"str(", ")"}
	asList    = Conversion{"list(", ")"}

	moment   = Leftover{"datetime", isoFormat}
	day      = Leftover{"date", isoFormat}
	identity = Leftover{"UUID", asString}
)
