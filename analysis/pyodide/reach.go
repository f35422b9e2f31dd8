package pyodide

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// globalFaces are the interfaces whose members are names of the global scope, with the letters of their places.
var globalFaces = [...]struct{ name, place string }{
	{"Window", "W"}, {"DedicatedWorkerGlobalScope", "D"}, {"SharedWorkerGlobalScope", "S"}, {"ServiceWorkerGlobalScope", "V"},
}

// reached is what a part of a path leads to.
type reached struct {
	is       string // the interface of an object, or of the constructor that stands here; empty if not known
	class    bool   // it is the constructor, or a namespace
	promised bool
	member   Member // by which it is reached
	called   bool
}

// MemberAt is the member of an interface that a path leads to, as "js.fetch" or "js.document.body.append"; a path that
// ends in "()" leads to what the call gives, which is none. ok is false where that is not known for sure.
func MemberAt(path string) (m Member, ok bool) {
	r := reach(path)
	return r.member, r.member.Name != "" && !r.called
}

// InterfaceAt is the interface of the object that a path leads to, as "Map" for "js.Map.new()"; a list is an "Array".
// Of what is promised it is the interface of what comes of it. It is empty where that is not known.
func InterfaceAt(path string) string {
	r := reach(path)
	switch {
	case r.class:
		return ""
	case strings.HasSuffix(r.is, "[]"):
		return "Array"
	}
	return r.is
}

// NeedsNew says whether a path leads to a constructor that cannot be called without new.
func NeedsNew(path string) bool {
	r := reach(path)
	if !r.class || r.called {
		return false
	}
	m, ok := faceOf(r.is).members()["new()"]
	return ok && !m.Callable
}

// Date is the one class of JavaScript that gives something else when it is called without new: text.
// Source: https://tc39.es/ecma262/#sec-date
const Date = "js.Date"

// OfDate says whether an object of that class has a member of a name.
func OfDate(name string) bool {
	m, ok := MemberAt(Date + ".new()." + name)
	return ok && m.Of == "Date"
}

// reach is where a path leads. Rules ask for each call of a text, again after each letter, and texts share most of their
// paths: answers are kept, up to mostAnswers.
func reach(path string) reached {
	all := answers.Load()
	if r, ok := all.known.Load(path); ok {
		return r.(reached)
	}
	r := follow(path)
	if all.count.Add(1) > mostAnswers {
		answers.CompareAndSwap(all, &answered{})
	}
	all.known.Store(path, r)
	return r
}

// mostAnswers bounds what is kept of answers, in paths. A project has some hundreds.
const mostAnswers = 10_000

// answered are answers that were given before. They follow from the path alone, so that it does not matter who gives
// one first, nor when they are forgotten.
type answered struct {
	known sync.Map // reached, by path
	count atomic.Int32
}

var answers = func() *atomic.Pointer[answered] {
	var p atomic.Pointer[answered]
	p.Store(&answered{})
	return &p
}()

func follow(path string) (r reached) {
	parts := strings.Split(path, ".")
	switch parts[0] {
	case "js":
	case "pyodide_js":
		r = reached{is: "pyodide_js"}
	default:
		return reached{}
	}
	for i, part := range parts[1:] {
		name := strings.TrimRight(part, "()[]")
		if i == 0 && parts[0] == "js" {
			r = global(native(name))
		} else {
			r = r.step(native(name))
		}
		for rest := part[len(name):]; rest != ""; rest = rest[2:] {
			if rest[0] == '[' {
				r = r.item()
			} else {
				r = r.call()
			}
		}
		if r.is == "" && r.member.Name == "" {
			return reached{}
		}
	}
	return r
}

// native is the name that JavaScript has for what Python writes with an underscore behind it.
// Source: https://pyodide.org/en/stable/usage/api/python-api/ffi.html#pyodide.ffi.JsProxy
func native(name string) string {
	bare, ok := strings.CutSuffix(name, "_")
	if ok && slices.Contains(keywords, bare) {
		return bare
	}
	return name
}

// keywords are those of Python that are names in JavaScript.
var keywords = []string{
	"and", "as", "assert", "async", "await", "def", "del", "elif", "except", "finally", "from", "global", "import", "in", "is", "lambda",
	"nonlocal", "not", "or", "pass", "raise", "with", "yield", "match",
}

// IsKeyword says whether a name is a keyword of Python, which no argument can have for a name.
// Source: https://docs.python.org/3/reference/lexical_analysis.html#keywords
func IsKeyword(name string) bool {
	return slices.Contains(keywords, name) && name != "match" || slices.Contains(reserved, name)
}

// reserved are those that JavaScript has as well, or has no use for.
var reserved = []string{
	"break", "class", "continue", "else", "for", "if", "return", "try", "while", "False", "None", "True",
}

// global is what a name of the global scope leads to.
func global(name string) reached {
	if f, ok := faces()[name]; ok && !f.hidden {
		return reached{is: name, class: true}
	}
	for _, g := range globalFaces {
		for _, form := range []string{name, name + "()"} {
			if m, ok := inherited(g.name, form); ok {
				return reached{is: m.attribute(form), member: m, promised: m.Promise}
			}
		}
	}
	return reached{}
}

// attribute is what a member is without being called.
func (m Member) attribute(form string) string {
	if strings.HasSuffix(form, "()") {
		return ""
	}
	return m.Gives
}

// of is the member as objects of an interface have it, of which some of its methods give another one.
func (m Member) of(is string) Member {
	if m.Gives == "this" {
		m.Gives = is
	}
	return m
}

// step is what a member leads to.
func (r reached) step(name string) reached {
	if r.class {
		return r.static(name)
	}
	if r.promised && (name == "then" || name == "catch" || name == "finally") {
		m, _ := memberOf("Promise", name+"()")
		return reached{member: m}
	}
	if r.is == "" {
		return reached{}
	}
	for _, form := range []string{name, name + "()"} {
		if m, ok := memberOf(r.is, form); ok && m.Name != "new" {
			return reached{is: m.attribute(form), member: m.of(r.is), promised: m.Promise}
		}
	}
	return reached{}
}

// static is what a member of a constructor or a namespace leads to.
func (r reached) static(name string) reached {
	if f, ok := faces()[r.is+"."+name]; ok && !f.hidden {
		return reached{is: r.is + "." + name, class: true}
	}
	sign := "."
	if faceOf(r.is).namespace || name == "new" {
		sign = ""
	}
	for _, form := range []string{sign + name, sign + name + "()"} {
		if m, ok := inherited(r.is, form); ok && (name != "new" || m.Of == r.is) {
			return reached{is: m.attribute(form), member: m.of(r.is), promised: m.Promise}
		}
	}
	return reached{}
}

// call is what a call of the member gives.
func (r reached) call() reached {
	if r.member.Name == "new" {
		return reached{is: r.member.Of, member: r.member, called: true}
	}
	return reached{is: r.member.Gives, member: r.member, promised: r.member.Promise, called: true}
}

// item is what an item gives.
func (r reached) item() reached {
	if is, ok := strings.CutSuffix(r.is, "[]"); ok {
		return reached{is: is, member: Member{Of: "Array", Name: "[]", Gives: is}}
	}
	if m, ok := memberOf(r.is, "[]"); ok {
		return reached{is: m.Gives, member: m}
	}
	return reached{}
}

// Promised says whether what a path leads to is a promise, of which InterfaceAt tells what comes.
func Promised(path string) bool { return reach(path).promised }
