// Package subscriptobject finds objects of JavaScript that are used as a dict.
package subscriptobject

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

//go:embed subscript-object.md
var doc string

// Rule is subscript-object.
var Rule = &analysis.Rule{
	Name: "subscript-object", Group: analysis.Conversion, Severity: analysis.Warning, Doc: doc,
	Evidence: analysis.Fails("'pyodide.ffi.JsProxy' object is not subscriptable", "'pyodide.ffi.JsProxy' object does not support item"),
	Check:    check,
}

func check(p *analysis.Pass) {
	s := &search{Pass: p}
	for n := range p.Unit.Tree.Of(syntax.Subscript) {
		s.item(n)
	}
	for n := range p.Unit.Tree.Of(syntax.ComparisonOperator) {
		if key := n.First(); key.Next().Text() == "in" || key.Next().Text() == "not in" {
			s.member(n, key, key.Next().Next())
		}
	}
	for n := range p.Unit.Tree.Of(syntax.ForStatement) {
		s.loop(n.Child(syntax.FieldRight))
	}
	for n := range p.Unit.Tree.Of(syntax.ForInClause) {
		s.loop(n.Child(syntax.FieldRight))
	}
	for _, c := range p.Unit.Flow.Calls() {
		s.call(c)
	}
}

// search is the rule at work on one text.
type search struct {
	*analysis.Pass
	events map[*scope.Name]bool // the parameters of handlers that are events, nil until asked for
}

// item speaks of "object[key]", where a text is a key of nothing.
func (s *search) item(n syntax.Node) {
	object, key := n.Child(syntax.FieldValue), n.Child(syntax.FieldSubscript)
	_, text := syntax.Constant(key)
	if key.Next().OK() || !text && (object.Kind() == syntax.String || key.Kind() == syntax.Slice) {
		return
	}
	method, what := pyodide.Gets, "reading one raises a TypeError"
	switch parent := n.Parent(); {
	case parent.Kind() == syntax.DeleteStatement:
		method, what = pyodide.Deletes, "deleting one raises a TypeError"
	case n.Field() == syntax.FieldLeft && parent.Kind() == syntax.Assignment:
		method, what = pyodide.Sets, "assigning to one raises a TypeError"
	}
	versions, of, ok := s.keyless(object, method, text)
	if !ok {
		return
	}
	s.report(n, object, versions, fmt.Sprintf("%s is an object of JavaScript, which has attributes and no items: %s", object.Text(), what),
		s.asAttribute(n, object, key, of))
}

// keyless says whether an object has nothing under a key, which may be a text: on which versions, and of which interface it
// is.
func (s *search) keyless(object syntax.Node, method string, text bool) (versions pyodide.Versions, of string, ok bool) {
	holder, of := s.Unit.Flow.Holder(object)
	switch holder {
	case flow.PlainObject:
		return s.Versions(), "", true
	case flow.PlainSince029:
		versions = s.since029()
		return versions, "", versions != 0
	case flow.JSONValue:
		return s.Versions(), "", text
	case flow.OfInterface:
		return s.Versions(), of, text && pyodide.Keyless(of, method)
	}
	return s.Versions(), "", text && s.isEvent(object)
}

// since029 are the targeted versions whose to_js makes a plain object of a dict.
func (s *search) since029() pyodide.Versions {
	if s.View.LiteralMap {
		return 0
	}
	return s.Versions().And(pyodide.Since(pyodide.ObjectsByDefault))
}

// isEvent says whether an expression is the event that a handler of the text is called with.
func (s *search) isEvent(n syntax.Node) bool {
	name := s.Unit.Scopes.Lookup(n)
	if n.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByParameter {
		return false
	}
	if s.events == nil {
		s.events = map[*scope.Name]bool{}
		for _, h := range s.Handovers() {
			if event := s.eventOf(h); event != nil {
				s.events[event] = true
			}
		}
	}
	return s.events[name]
}

// eventOf is the parameter that is an event of a function that is handed over as a handler of one.
func (s *search) eventOf(h analysis.Handover) *scope.Name {
	if !pyodide.Listening[h.By] && !pyodide.TakesEvent(h.By) {
		return nil
	}
	parameters := scope.Parameters(h.Function)
	if scope.Class(h.Function).OK() && len(parameters) > 0 {
		parameters = parameters[1:]
	}
	if len(parameters) != 1 {
		return nil
	}
	return s.Unit.Scopes.Opened(h.Function).Name(parameters[0].Text())
}

// plain says on which versions an expression is an object that has members and nothing else.
func (s *search) plain(n syntax.Node) (versions pyodide.Versions, ok bool) {
	switch holder, _ := s.Unit.Flow.Holder(n); holder {
	case flow.PlainObject:
		return s.Versions(), true
	case flow.PlainSince029:
		return s.since029(), s.since029() != 0
	}
	return 0, false
}

// member speaks of "key in object".
func (s *search) member(n, key, object syntax.Node) {
	if object.Next().OK() {
		return
	}
	if versions, ok := s.plain(object); ok {
		s.report(n, object, versions, fmt.Sprintf("%s is an object of JavaScript, in which Python finds nothing: \"in\" raises a TypeError", object.Text()),
			s.asHasattr(n, key, object))
	}
}

// loop speaks of what a loop goes through.
func (s *search) loop(object syntax.Node) {
	if versions, ok := s.plain(object); ok {
		s.report(object, object, versions, fmt.Sprintf("%s is an object of JavaScript, which is not iterable: this raises a TypeError", object.Text()),
			s.listed(object, object, "keys"))
	}
}

// call speaks of the methods of a dict, and of functions that take a dict.
func (s *search) call(c flow.Call) {
	if _, ok := pyodide.Members[c.Method]; ok {
		if versions, ok := s.plain(c.Object()); ok {
			s.report(c.Node, c.Object(), versions, s.noMethod(c), s.listed(c.Node, c.Object(), c.Method))
		}
		return
	}
	if c.Method == pyodide.Gets {
		versions, ok := s.plain(c.Object())
		if holder, _ := s.Unit.Flow.Holder(c.Object()); holder == flow.JSONValue {
			versions, ok = s.Versions(), true
		}
		if ok {
			s.report(c.Node, c.Object(), versions, s.noMethod(c), s.asGetattr(c))
		}
		return
	}
	if c.Name != "builtins.dict" && c.Name != "builtins.len" {
		return
	}
	object := analysis.Positional(c.Node, 0)
	if versions, ok := s.plain(object); ok {
		s.report(c.Node, object, versions, fmt.Sprintf("%s is an object of JavaScript and no dict: %s raises a TypeError", object.Text(), c.Function.Text()),
			s.converted(c, object))
	}
}

func (s *search) noMethod(c flow.Call) string {
	return fmt.Sprintf("%s is an object of JavaScript, which has no method %q: this raises an AttributeError", c.Object().Text(), c.Method)
}

func (s *search) report(at, object syntax.Node, versions pyodide.Versions, message string, fixes []analysis.Fix) {
	if s.Unit.Flow.Place(at) == flow.OnHost || s.Unit.Flow.Catches(at, "TypeError", "AttributeError") {
		return
	}
	s.Report(at, 0, analysis.Finding{
		Message: message, Versions: versions, Fixes: fixes, Cause: analysis.Cause{Span: object.Span(), Kind: "object"},
	})
}
