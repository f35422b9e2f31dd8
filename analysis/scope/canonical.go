package scope

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// depthLimit bounds how many names are followed to find what an expression stands for.
const depthLimit = 12

// Canonical is the dotted name of the importable thing that an expression stands for, through imports,
// aliases, attributes and plain assignments: "js.setTimeout", "time.sleep", "builtins.print". It is empty
// when that cannot be told. Module names are those of the import, and names for the same thing are one
// (pyodide.Canonical).
func (f *File) Canonical(n syntax.Node) string {
	return pyodide.Canonical(f.canonical(n, 0))
}

func (f *File) canonical(n syntax.Node, depth int) string {
	if depth > depthLimit {
		return ""
	}
	switch n.Kind() {
	case syntax.Identifier:
		return f.canonicalName(n, depth)
	case syntax.Attribute:
		object := f.canonical(n.Child(syntax.FieldObject), depth+1)
		if object == "" || f.replaced(n, object, depth) {
			return ""
		}
		return object + "." + n.Child(syntax.FieldAttribute).Text()
	case syntax.ParenthesizedExpression:
		return f.canonical(n.First(), depth+1)
	}
	return ""
}

// replaced says whether the text assigns to the attribute, as "time.sleep = …" does: then it stands for
// something else.
func (f *File) replaced(n syntax.Node, object string, depth int) bool {
	for _, target := range f.attrs[n.Child(syntax.FieldAttribute).Text()] {
		if target != n && f.canonical(target.Child(syntax.FieldObject), depth+1) == object {
			return true
		}
	}
	return false
}

func (f *File) canonicalName(n syntax.Node, depth int) string {
	if name := f.Lookup(n); name != nil {
		return f.meaning(name, depth)
	}
	text := n.Text()
	if from := f.star(text); from != "" {
		return from
	}
	if len(f.stars) == 0 && builtins[text] {
		return "builtins." + text
	}
	return ""
}

// star is what a star import makes of a name. One star import of an unknown module and nothing is certain.
func (f *File) star(text string) string {
	found := ""
	for _, module := range f.stars {
		switch {
		case !pyodide.StarModules[module]:
			return ""
		case module == "js" && pyodide.Global(text), module == "pyodide.ffi" && pyodide.FFI[text],
			module == "pyscript.ffi" && pyodide.FFI[text], module == "pyscript" && pyscriptNames[text]:
			found = module + "." + text
		}
	}
	return found
}

// Source: pyscript core/src/stdlib/pyscript/__init__.py.
var pyscriptNames = map[string]bool{"window": true, "document": true, "when": true, "display": true, "ffi": true}

// meaning is what all bindings of a name agree on.
func (f *File) meaning(name *Name, depth int) string {
	meaning := ""
	for _, b := range Certain(name.Bindings) {
		one := ""
		switch b.How {
		case ByImport:
			one = b.Import
		case ByAssignment:
			one = f.canonical(b.Value, depth+1)
		}
		if one == "" || meaning != "" && pyodide.Canonical(one) != pyodide.Canonical(meaning) {
			return ""
		}
		meaning = one
	}
	return meaning
}

// Certain leaves out the bindings that stand in for an import where there is no browser: those in
// "except ImportError" and under "if TYPE_CHECKING", when others are left.
func Certain(bindings []Binding) []Binding {
	if len(bindings) < 2 {
		return bindings
	}
	var certain []Binding
	for _, b := range bindings {
		if !standIn(b.Node) {
			certain = append(certain, b)
		}
	}
	if len(certain) == 0 {
		return bindings
	}
	return certain
}

func standIn(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.ExceptClause:
			return CatchesImportError(p)
		case syntax.IfStatement:
			if below.Field() == syntax.FieldConsequence && lastPart(p.Child(syntax.FieldCondition)) == "TYPE_CHECKING" {
				return true
			}
		case syntax.FunctionDefinition, syntax.Lambda:
			return false
		}
	}
	return false
}

// importErrors are what an import of a module that is not there raises; anything is what that is caught by besides.
var (
	importErrors = map[string]bool{"ImportError": true, "ModuleNotFoundError": true}
	anything     = map[string]bool{"Exception": true, "BaseException": true}
)

// CatchesImportError says whether an except clause is for a module that is not there.
func CatchesImportError(except syntax.Node) bool {
	names, bare := caught(except)
	return bare || slices.ContainsFunc(names, func(name string) bool { return importErrors[name] || anything[name] })
}

// Catches says whether an except clause is for one of some exceptions, or for all.
func Catches(except syntax.Node, exceptions ...string) bool {
	names, bare := caught(except)
	return bare || slices.ContainsFunc(names, func(name string) bool {
		return anything[name] || slices.Contains(exceptions, name[strings.LastIndexByte(name, '.')+1:])
	})
}

// CatchesOnlyImportErrors says whether an except clause is for that and for nothing else.
func CatchesOnlyImportErrors(except syntax.Node) bool {
	names, bare := caught(except)
	return !bare && !slices.ContainsFunc(names, func(name string) bool { return !importErrors[name] })
}

// CatchesAnything says whether an except clause lets no exception past it.
func CatchesAnything(except syntax.Node) bool {
	names, bare := caught(except)
	return bare || slices.ContainsFunc(names, func(name string) bool { return anything[name] })
}

// CatchesJavaScript says whether an except clause is for what a call of JavaScript raises.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsException
func CatchesJavaScript(except syntax.Node) bool {
	names, bare := caught(except)
	return bare || slices.ContainsFunc(names, func(name string) bool {
		return anything[name] || name == "JsException" || strings.HasSuffix(name, ".JsException")
	})
}

// caught are the exceptions that an except clause names; a bare one names none and catches all.
func caught(except syntax.Node) (names []string, bare bool) {
	first := syntax.Node{}
	for c := range except.Children() { // comments left out
		first = c
		break
	}
	if first.Kind() == syntax.AsPattern {
		first = first.First()
	}
	switch first.Kind() {
	case syntax.Block:
		return nil, true
	case syntax.Tuple:
		for c := range first.Children() {
			names = append(names, c.Text())
		}
		return names, false
	}
	return []string{first.Text()}, false
}

func lastPart(n syntax.Node) string {
	if n.Kind() == syntax.Attribute {
		return n.Child(syntax.FieldAttribute).Text()
	}
	return n.Text()
}

// builtins are the built-in names that something asks for; the others stay unknown.
var builtins = map[string]bool{
	"print": true, "len": true, "str": true, "int": true, "repr": true, "exec": true, "eval": true,
	"staticmethod": true, "classmethod": true, "property": true, "super": true, "getattr": true, "hasattr": true,
	"isinstance": true, "open": true, "input": true, "list": true, "dict": true, "set": true, "tuple": true,
	"float": true, "bool": true, "id": true, "sorted": true, "sum": true, "min": true, "max": true, "map": true,
	"dir": true, "filter": true, "zip": true, "range": true, "enumerate": true, "setattr": true, "next": true, "iter": true,
	"reversed": true, "callable": true, "type": true, "bytes": true, "bytearray": true, "memoryview": true,
	"breakpoint": true, "hash": true, "frozenset": true, "all": true, "abs": true, "round": true, "chr": true, "ord": true,
	"OSError": true, "IOError": true, "EnvironmentError": true, "ConnectionError": true, "ConnectionRefusedError": true,
	"ConnectionResetError": true, "TimeoutError": true,
}
