package flow

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Open is a call of a function of the project: of one of the text, or of what an import brings, of which the text does
// not know what it is.
type Open struct {
	Function     int    // which of the functions of the text it is, else None
	Module, Path string // else what is called, as a Use has it: "helper" and "Gauge.wait"
	// Bound says that the function is given an object as well, on which it is called or which it makes.
	Bound bool
	At    source.Range
	// Realms are the places in which the guards around it let it run.
	Realms  pyodide.Realms
	Repeats bool // it is called again and again while the function runs that the call stands in
	Awaited bool
	Passes  []Argued // nil where some of the arguments are not known
}

// Argued is an argument of such a call, by its position or by its name.
type Argued struct {
	Keyword   string
	Seconds   float64 // if it is a number that is written out, else Unsaid
	Parameter int     // which parameter of the function it is that the call stands in, else None
}

// reaches says whether another call is of the same function.
func (o Open) reaches(other Open) bool {
	return o.Function == other.Function && o.Module == other.Module && o.Path == other.Path
}

// sameAs says whether another call of a function comes to the same, wherever it stands.
func (o Open) sameAs(other Open) bool {
	return o.reaches(other) && o.Bound == other.Bound && o.Realms == other.Realms && o.Repeats == other.Repeats &&
		o.Awaited == other.Awaited && slices.Equal(o.Passes, other.Passes) && (o.Passes == nil) == (other.Passes == nil)
}

// Open is what a call is to a project; ok is false where it is not known to be of a function of one. Where it stands, and
// what it passes on, is left out, which OpenAt adds.
func (f *File) Open(c Call) (o Open, ok bool) {
	o, ok = f.opened()[c.Node.ID()]
	return o, ok
}

// OpenAt is Open with all that is known of the call, for one at which a question begins.
func (f *File) OpenAt(c Call, place func(source.Span) source.Range) (o Open, ok bool) {
	if o, ok = f.Open(c); !ok {
		return Open{}, false
	}
	o.At, o.Realms = place(c.Node.Span()), f.Realms(c.Node)
	o.Passes = (&summing{File: f}).passes(c.Node, syntax.Node{}, nil)
	return o, true
}

func (f *File) readOpened() map[int]Open {
	all := map[int]Open{}
	for _, c := range f.Calls() {
		if !f.mayBeOpen(c) {
			continue
		}
		if o, ok := f.ask().open(c.Function); ok {
			o.Repeats, o.Awaited = f.Repeats(c.Node), awaited(c.Node)
			all[c.Node.ID()] = o
		}
	}
	return all
}

// mayBeOpen is a quick look at a call, for most are of something else: of a built-in, of the platform, of a method of what
// is no instance that the text makes.
func (f *File) mayBeOpen(c Call) bool {
	_, waits := f.Blocker(c.Name)
	_, requests := pyodide.Requests[c.Name]
	switch {
	case c.Path != "" || waits || requests || pyodide.IsBridge(c.Name) || strings.HasPrefix(c.Name, "builtins."):
		return false
	case c.Method == "":
		return c.Function.Kind() == syntax.Identifier
	case c.Name != "" || f.named().methods[c.Method]:
		return true
	}
	object := c.Object()
	return object.Kind() == syntax.Identifier || object.Kind() == syntax.Attribute && object.Child(syntax.FieldObject).Kind() == syntax.Identifier
}

func awaited(call syntax.Node) bool {
	p := call.Parent()
	for p.Kind() == syntax.ParenthesizedExpression {
		p = p.Parent()
	}
	return p.Kind() == syntax.Await
}

// open is what the expression that is called stands for.
func (q *query) open(n syntax.Node) (Open, bool) {
	if q.spent() {
		return Open{}, false
	}
	switch n.Kind() {
	case syntax.ParenthesizedExpression:
		return q.open(n.First())
	case syntax.Attribute:
		if o, ok := q.openMethod(n); ok {
			return o, true
		}
		return q.openImport(n)
	case syntax.Identifier:
	default:
		return Open{}, false
	}
	name := q.scopes.Lookup(n)
	if name == nil {
		return Open{}, false
	}
	if len(name.Bindings) == 1 {
		switch b := name.Bindings[0]; b.How {
		case scope.ByFunction:
			return q.own(b.Node, false)
		case scope.ByClass:
			return q.maker(b.Node)
		case scope.ByAssignment:
			if k := b.Value.Kind(); k == syntax.Identifier || k == syntax.Attribute {
				return q.open(b.Value)
			}
			return Open{}, false
		}
	}
	return q.openImport(n)
}

// own is a call of a function of the text, if it is still that after its decorators.
func (q *query) own(function syntax.Node, bound bool) (Open, bool) {
	if !q.plain(function) {
		return Open{}, false
	}
	return Open{Function: q.named().index[function.ID()], Bound: bound}, true
}

// maker is what is called by whoever makes an instance of a class of the text.
func (q *query) maker(class syntax.Node) (Open, bool) {
	init, ok, _ := q.methodOf(class, "__init__")
	if !ok || class.Parent().Kind() == syntax.DecoratedDefinition || !q.onlyOne(init.Def) {
		return Open{}, false
	}
	return q.own(init.Def, true)
}

// openMethod is a call of a method of a class of the text: on self or cls, on an instance that a name or an attribute
// of self holds, on the class itself.
func (q *query) openMethod(n syntax.Node) (Open, bool) {
	object, name := n.Child(syntax.FieldObject), n.Child(syntax.FieldAttribute).Text()
	if !q.named().methods[name] {
		return Open{}, false
	}
	class := q.classOf(object)
	if !class.OK() {
		if made := q.definition(object); made.Kind() == syntax.Call {
			class = q.class(made.Child(syntax.FieldFunction))
		}
	}
	if !class.OK() || len(q.scopes.AttributeTargets(name)) > 0 {
		return Open{}, false
	}
	if q.classOfSelf(object).OK() && q.overridden(class, name) {
		return Open{}, false // it may be the other one's
	}
	method, ok, _ := q.methodOf(class, name)
	if !ok || !q.onlyOne(method.Def) {
		return Open{}, false
	}
	return q.own(method.Def, !q.class(object).OK())
}

// onlyOne says whether nothing else in its class or function has the name of a function.
func (q *query) onlyOne(function syntax.Node) bool {
	if function.Kind() != syntax.FunctionDefinition {
		return false
	}
	name := q.scopes.At(function).Name(function.Child(syntax.FieldName).Text())
	return name != nil && len(name.Bindings) == 1
}

// overridden says whether a class of the text that has another for its base has a method of its own under a name.
func (q *query) overridden(class syntax.Node, name string) bool {
	if q.spent() {
		return true
	}
	return slices.ContainsFunc(q.named().derived[class.ID()], func(other syntax.Node) bool {
		return q.scopes.Opened(other).Name(name) != nil || q.overridden(other, name)
	})
}

// openImport is a call of what an import brings, or of a method of an instance of that.
func (q *query) openImport(n syntax.Node) (Open, bool) {
	if module, path := q.imported(n); path != "" {
		return Open{Function: None, Module: module, Path: path}, true
	}
	if n.Kind() != syntax.Attribute {
		return Open{}, false
	}
	made := q.definition(n.Child(syntax.FieldObject))
	if made.Kind() != syntax.Call {
		return Open{}, false
	}
	module, path := q.imported(made.Child(syntax.FieldFunction))
	if path == "" {
		return Open{}, false
	}
	return Open{Function: None, Module: module, Path: path + "." + n.Child(syntax.FieldAttribute).Text(), Bound: true}, true
}

// imported is the module that an expression has from an import, and what of it; nothing of it where it is none, or
// something else may have taken its place.
func (q *query) imported(n syntax.Node) (module, path string) {
	switch {
	case q.spent():
	case n.Kind() == syntax.Attribute:
		name := n.Child(syntax.FieldAttribute).Text()
		if module, path = q.imported(n.Child(syntax.FieldObject)); module != "" && q.scopes.Canonical(n) != "" {
			if path != "" {
				path += "."
			}
			return module, path + name
		}
	case n.Kind() == syntax.Identifier:
		name := q.scopes.Lookup(n)
		if name == nil {
			break
		}
		if certain := scope.Certain(name.Bindings); len(certain) == 1 && certain[0].How == scope.ByImport && !pyodide.IsBridge(certain[0].Import) {
			return q.scopes.Imported(certain[0])
		}
	}
	return "", ""
}
