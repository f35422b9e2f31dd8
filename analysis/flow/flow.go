// Package flow knows what a value is, where it goes and when code runs, within one Python text: which expressions are
// Python callables, which are JavaScript objects, what keeps them, which branches are never taken in Pyodide.
//
// Every answer is proven from the text, or it is "not known".
package flow

import (
	"strings"
	"sync"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// File answers for one text. It holds nothing but the scopes and what was worked out of them, and is safe for
// concurrent use.
type File struct {
	scopes    *scope.File
	added     *pyodide.Added
	calls     func() []Call
	narrowing func() map[int][]syntax.Node
	paths     func() map[int]func() *paths // by the function's id
	named     func() *named
	given     func() map[string]*given   // by the attribute's name
	holdings  func() map[string]*holding // likewise
	opened    func() map[int]Open        // by the call's id
	speaking  memo[bool]
	gone      memo[[]Use]
	instances memo[Runs]
}

// New makes the answers for a text with these scopes, in a project that adds to the tables of the platform.
func New(scopes *scope.File, added *pyodide.Added) *File {
	f := &File{scopes: scopes, added: added}
	f.calls = sync.OnceValue(f.readCalls)
	f.narrowing = sync.OnceValue(f.readNarrowing)
	f.paths = sync.OnceValue(f.readPaths)
	f.named = sync.OnceValue(f.readNamed)
	f.given = sync.OnceValue(f.readGiven)
	f.holdings = sync.OnceValue(f.readHeld)
	f.opened = sync.OnceValue(f.readOpened)
	return f
}

// Scopes are what the answers are worked out of.
func (f *File) Scopes() *scope.File { return f.scopes }

// Blocker is the blocking call of a canonical name, one of the platform or of the project.
func (f *File) Blocker(name string) (pyodide.Blocker, bool) { return f.added.Blocker(name) }

// Added is what the project adds to the tables of the platform.
func (f *File) Added() *pyodide.Added { return f.added }

// stepLimit bounds the names and expressions that one question may lead through.
const stepLimit = 300

// query is one question; steps counts down so that cyclic and branching definitions end.
type query struct {
	*File
	steps  int
	strict bool // a name that is given several things is known only if each of them is come by in the same way
	onward bool // or leads on from there: node = node.parentElement
}

func (f *File) ask() *query { return &query{File: f, steps: stepLimit} }

func (q *query) spent() bool {
	q.steps--
	return q.steps < 0
}

// JavaScript says whether an expression is a JavaScript value, and how it was come by: the canonical name
// it starts from, with "()" for each call and "[]" for each item taken, such as
// "js.document.getElementById()".
func (f *File) JavaScript(n syntax.Node) (path string, ok bool) {
	path = f.ask().javaScript(n)
	return path, path != ""
}

// Exactly is JavaScript for what is come by in one way alone: of names, each value that they are given.
func (f *File) Exactly(n syntax.Node) (path string, ok bool) {
	q := f.ask()
	q.strict = true
	path = q.javaScript(n)
	return path, path != ""
}

func (q *query) javaScript(n syntax.Node) string {
	if q.spent() {
		return ""
	}
	switch n.Kind() {
	case syntax.Identifier:
		return q.javaScriptName(n)
	case syntax.Attribute:
		if value := q.attributeOfSelf(n); value.OK() {
			return q.javaScript(value)
		}
		object := q.javaScript(n.Child(syntax.FieldObject))
		if object == "" {
			return rooted(q.scopes.Canonical(n))
		}
		if attribute := n.Child(syntax.FieldAttribute).Text(); !copies[attribute] {
			return pyodide.Canonical(object + "." + attribute)
		}
	case syntax.Call:
		if f := q.javaScript(n.Child(syntax.FieldFunction)); f != "" {
			return f + "()"
		}
		return q.converted(n)
	case syntax.Subscript:
		if v := q.javaScript(n.Child(syntax.FieldValue)); v != "" {
			return v + "[]"
		}
	case syntax.Await, syntax.ParenthesizedExpression:
		return q.javaScript(n.First())
	case syntax.NamedExpression:
		return q.javaScript(n.Child(syntax.FieldValue))
	}
	return ""
}

// copies are the members of a JavaScript value that give a Python one.
var copies = map[string]bool{
	"to_py": true, "to_bytes": true, "to_memoryview": true, "to_string": true, "to_file": true, "typeof": true,
	"js_id": true, "object_keys": true, "object_values": true, "object_entries": true,
}

func (q *query) javaScriptName(n syntax.Node) string {
	if path := rooted(q.scopes.Canonical(n)); path != "" {
		return path
	}
	name := q.scopes.Lookup(n)
	if name == nil {
		return ""
	}
	path := ""
	for _, b := range scope.Certain(name.Bindings) {
		one := ""
		switch {
		case b.How == scope.ByAssignment && b.Value.Kind() == syntax.None:
			continue // an element that is not there yet
		case q.onward && q.scopes.Lookup(rootOf(b.Value)) == name:
			continue
		case b.How == scope.ByAssignment:
			one = q.javaScript(b.Value)
		case b.How == scope.ByLoop:
			if one = q.javaScript(b.Value); one != "" {
				one += "[]"
			}
		}
		if one == "" || q.strict && path != "" && path != one {
			return ""
		}
		path = one // several elements under one name: each is JavaScript, and any of them will do
	}
	return path
}

// rootOf is what an expression begins with: x of "x.y[0].z()".
func rootOf(n syntax.Node) syntax.Node {
	for n.Kind() == syntax.Attribute || n.Kind() == syntax.Call || n.Kind() == syntax.Subscript {
		n = n.First()
	}
	return n
}

// rooted is the canonical name if it lies in JavaScript, and empty otherwise.
func rooted(canonical string) string {
	for part := range strings.SplitSeq(canonical, ".") {
		if copies[part] {
			return ""
		}
	}
	if canonical == "js" || strings.HasPrefix(canonical, "js.") || strings.HasPrefix(canonical, "pyodide_js.") {
		return canonical
	}
	return ""
}

// Python says whether an expression is certainly a Python object and no proxy of a JavaScript one: a
// literal, an instance of a class of this text, or a class or function of it.
func (f *File) Python(n syntax.Node) bool { return f.ask().python(n) }

func (q *query) python(n syntax.Node) bool {
	if q.spent() {
		return false
	}
	switch n.Kind() {
	case syntax.String, syntax.ConcatenatedString, syntax.Integer, syntax.Float, syntax.Dictionary, syntax.List,
		syntax.Set, syntax.Tuple, syntax.Lambda, syntax.True, syntax.False, syntax.ListComprehension,
		syntax.DictionaryComprehension, syntax.SetComprehension:
		return true
	case syntax.Identifier:
		return q.pythonName(n)
	case syntax.Call:
		return q.class(n.Child(syntax.FieldFunction)).OK() || n.Child(syntax.FieldFunction).Text() == "super"
	case syntax.ParenthesizedExpression:
		return q.python(n.First())
	}
	return false
}

func (q *query) pythonName(n syntax.Node) bool {
	if q.classOfSelf(n).OK() {
		return true
	}
	name := q.scopes.Lookup(n)
	if name == nil {
		return false
	}
	for _, b := range name.Bindings {
		switch {
		case b.How == scope.ByFunction && q.plain(b.Node), b.How == scope.ByClass:
		case b.How == scope.ByAssignment && q.python(b.Value):
		default:
			return false
		}
	}
	return true
}

// Repeats says whether a node runs again and again within its function: inside a loop or a comprehension.
func (f *File) Repeats(n syntax.Node) bool {
	function := f.scopes.Function(n)
	for below, p := n, n.Parent(); p.OK() && p != function; below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.WhileStatement:
			if below.Field() != syntax.FieldAlternative {
				return true
			}
		case syntax.ForStatement:
			if below.Field() == syntax.FieldBody {
				return true
			}
		case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
			if f.scopes.At(n) != f.scopes.At(p) { // what is iterated over first is evaluated once
				return true
			}
		}
	}
	return false
}

// Async says whether a function is declared "async def".
func Async(function syntax.Node) bool { return function.First().Kind() == syntax.Async }
