package flow

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Arity is how many positional arguments a Python callable takes.
type Arity struct {
	Def      syntax.Node // the function or lambda
	Min, Max int
	Any      bool // there is no most
}

// Arity is that of a callable, or of the callable that a proxy is of; ok is false where it is not certain.
func (f *File) Arity(n syntax.Node) (a Arity, ok bool) { return f.ask().arity(n) }

func (q *query) arity(n syntax.Node) (Arity, bool) {
	if n = q.definition(n); q.spent() {
		return Arity{}, false
	}
	switch n.Kind() {
	case syntax.Lambda:
		return declared(n)
	case syntax.Identifier:
		if name := q.scopes.Lookup(n); name != nil && len(name.Bindings) == 1 && name.Bindings[0].How == scope.ByFunction && q.keepsArity(name.Bindings[0].Node) {
			return declared(name.Bindings[0].Node)
		}
	case syntax.Attribute:
		return q.methodArity(n)
	case syntax.Call:
		return q.madeArity(n)
	}
	return Arity{}, false
}

// madeArity is the arity of what create_proxy or a partial without keywords gives.
func (q *query) madeArity(call syntax.Node) (Arity, bool) {
	name := q.scopes.Canonical(call.Child(syntax.FieldFunction))
	given := slices.Collect(call.Child(syntax.FieldArguments).Children())
	if _, makes := pyodide.ProxyMakers[name]; !makes && name != "functools.partial" || len(given) == 0 {
		return Arity{}, false
	}
	a, ok := q.arity(given[0])
	if !ok || name != "functools.partial" {
		return a, ok
	}
	if slices.ContainsFunc(given, func(n syntax.Node) bool {
		return n.Kind() == syntax.KeywordArgument || n.Kind() == syntax.ListSplat || n.Kind() == syntax.DictionarySplat
	}) {
		return Arity{}, false
	}
	return a.without(len(given) - 1)
}

// methodArity is the arity of a method, without what it is bound to. It is not certain where a class of the text that has
// a base may have another method of that name.
func (q *query) methodArity(n syntax.Node) (Arity, bool) {
	object, name := n.Child(syntax.FieldObject), n.Child(syntax.FieldAttribute).Text()
	class := q.classOf(object)
	if !class.OK() || len(q.scopes.AttributeTargets(name)) > 0 {
		return Arity{}, false
	}
	method := q.scopes.Opened(class).Name(name)
	if method == nil || len(method.Bindings) != 1 || method.Bindings[0].How != scope.ByFunction || !q.keepsArity(method.Bindings[0].Node) {
		return Arity{}, false
	}
	for other := range q.scopes.Tree().Of(syntax.ClassDefinition) {
		if other != class && !alone(other) && q.scopes.Opened(other).Name(name) != nil {
			return Arity{}, false
		}
	}
	function := method.Bindings[0].Node
	a, ok := declared(function)
	if !ok || q.isStatic(function) || q.class(object) == class && !q.isDecorated(function, "builtins.classmethod") {
		return a, ok
	}
	return a.without(1)
}

// keepsArity says whether a function can be called as it is declared, whatever its decorators do.
func (q *query) keepsArity(function syntax.Node) bool {
	for d := range function.Parent().Children() {
		if d.Kind() != syntax.Decorator {
			continue
		}
		name := q.scopes.Canonical(d.First())
		if _, makes := pyodide.ProxyMakers[name]; !makes && name != "builtins.staticmethod" && name != "builtins.classmethod" {
			return false
		}
	}
	return true
}

func (q *query) isDecorated(function syntax.Node, by string) bool {
	for d := range function.Parent().Children() {
		if d.Kind() == syntax.Decorator && q.scopes.Canonical(d.First()) == by {
			return true
		}
	}
	return false
}

// declared is the arity that a function or lambda is declared with. One with a bare "*" has parameters that no position
// fills.
func declared(function syntax.Node) (Arity, bool) {
	a := Arity{Def: function}
	parameters := function.Child(syntax.FieldParameters)
	if strings.Contains(strings.ReplaceAll(parameters.Text(), " ", ""), "*,") {
		return a, false
	}
	for p := range parameters.Children() {
		if p.Kind() == syntax.TypedParameter {
			p = p.First()
		}
		switch {
		case p.Kind() == syntax.Identifier && a.Any:
			return a, false // a keyword that must be there
		case p.Kind() == syntax.Identifier:
			a.Min++
			a.Max++
		case p.Kind() == syntax.DefaultParameter, p.Kind() == syntax.TypedDefaultParameter:
			a.Max++
		case p.Kind() == syntax.ListSplatPattern:
			a.Any = true
		case p.Kind() != syntax.DictionarySplatPattern && strings.Trim(p.Text(), "/") != "":
			return a, false
		}
	}
	return a, true
}

// without is the arity that is left when some arguments are there already.
func (a Arity) without(given int) (Arity, bool) {
	if a.Min, a.Max = max(0, a.Min-given), a.Max-given; a.Max < 0 && !a.Any {
		return a, false
	}
	return a, true
}

// Takes says whether a callable of that arity can be called with so many positional arguments.
func (a Arity) Takes(arguments int) bool { return arguments >= a.Min && (a.Any || arguments <= a.Max) }

// CalledBack is a callback, and how many positional arguments it will be called with.
type CalledBack struct {
	Callback  syntax.Node
	Arguments int
}

// Callbacks are those of a call of something that passes these arguments to them.
func Callbacks(c Call, passings []pyodide.Passing) (all []CalledBack) {
	given := slices.Collect(c.Node.Child(syntax.FieldArguments).Children())
	if slices.ContainsFunc(given, func(n syntax.Node) bool { return n.Kind() == syntax.ListSplat || n.Kind() == syntax.DictionarySplat }) {
		return nil
	}
	for _, p := range passings {
		if p.Callback >= len(given) || given[p.Callback].Kind() == syntax.KeywordArgument {
			continue
		}
		x := CalledBack{given[p.Callback], p.Arguments}
		if p.Further > 0 {
			x.Arguments += further(given, p.Further)
		}
		all = append(all, x)
	}
	return all
}

// Passings are what the function of a call passes to its callbacks, none where that is not known. What to_js makes of a
// list is an array.
func (f *File) Passings(c Call) []pyodide.Passing {
	if c.Path != "" {
		return pyodide.Passings(c.Path)
	}
	if p := pyodide.Passings(c.Name); p != nil {
		return p
	}
	if p := pyodide.Passings(pyodide.NewArray + "." + c.Method); p != nil && f.convertedList(c.Object()) {
		return p
	}
	return nil
}

// convertedList says whether an expression is what to_js makes of a list or a tuple.
func (f *File) convertedList(n syntax.Node) bool {
	q := f.ask()
	made := q.definition(n)
	if made.Kind() != syntax.Call || q.scopes.Canonical(made.Child(syntax.FieldFunction)) != "pyodide.ffi.to_js" {
		return false
	}
	_, ok := q.listed(made.Child(syntax.FieldArguments).First())
	return ok
}

// further counts the arguments of a call from a position on, as JavaScript gets them: keywords become one object.
func further(given []syntax.Node, from int) int {
	positional, keywords := 0, 0
	for i, a := range given {
		switch {
		case a.Kind() == syntax.KeywordArgument:
			keywords = 1
		case i >= from:
			positional++
		}
	}
	return positional + keywords
}
