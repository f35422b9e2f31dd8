package flow

import (
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Summaries are what the functions and the classes of a text are to others: plain data that holds no part of the tree,
// which it outlives. Lambdas have none.
type Summaries struct {
	Functions []Summary
	Classes   []Class // those at the top level
}

// Summary is what a function does as far as its own text shows. What it calls is left open.
type Summary struct {
	Name      string // "wait", "Gauge.wait"; of one in another, "outer.inner"
	At        source.Range
	Async     bool
	InClass   bool // it stands in a class, of which nobody knows which methods are called
	Generator bool // its code runs when somebody goes through what it gives
	Coroutine bool // a call of its name is certain to give a coroutine
	// Receiver says that its first parameter is the object that it is called on, or its class.
	Receiver Receiver
	// Parameters are its parameters but for those that take all the rest, in order.
	Parameters []Parameter
	Deeds      []Deed
	Calls      []Open
	Gives      Gives
}

// Called is what the function is called by: one that makes an instance by the name of the class.
func (s Summary) Called() string { return strings.TrimSuffix(s.Name, ".__init__") }

// Gives is what a function gives back, if it is the same wherever it does: a new proxy, or what a call of it gives.
type Gives struct {
	Made string // what made the proxy, as in pyodide.ProxyMakers; empty for anything else
	Call int    // which of its calls gives it, else None
}

// Receiver is what the first parameter of a function stands for.
type Receiver uint8

// The receivers. A static method has none.
const (
	NoReceiver Receiver = iota
	Instance
	ItsClass
)

// Parameter is one parameter of a function.
type Parameter struct {
	Name    string
	Seconds float64 // its default, if that is a number that is written out, else Unsaid
	Keyword bool    // it is given by its name only
}

// Class is a class at the top level of a text, with its methods and those that it has from classes of the text.
type Class struct {
	Name    string
	Methods []Method
}

// Method is a method of a class and which of the functions of the text it is.
type Method struct {
	Name     string
	Function int
}

// Method is which of the functions of the text a method of the class is, None if that is not known.
func (c Class) Method(name string) int {
	for _, m := range c.Methods {
		if m.Name == name {
			return m.Function
		}
	}
	return None
}

// named are the functions of a text, and what is asked of its classes again and again.
type named struct {
	functions []syntax.Node
	index     map[int]int           // of the functions, by node
	methods   map[string]bool       // the names that classes of the text have for functions
	derived   map[int][]syntax.Node // the classes that a class is a base of, by node
}

func (f *File) readNamed() *named {
	tree := f.scopes.Tree()
	n := &named{index: make(map[int]int, tree.Count(syntax.FunctionDefinition)), methods: map[string]bool{}, derived: map[int][]syntax.Node{}}
	for function := range tree.Of(syntax.FunctionDefinition) {
		n.index[function.ID()] = len(n.functions)
		n.functions = append(n.functions, function)
		if scope.Class(function).OK() {
			n.methods[function.Child(syntax.FieldName).Text()] = true
		}
	}
	for class := range tree.Of(syntax.ClassDefinition) {
		for base := range class.Child(syntax.FieldSuperclasses).Children() {
			if parent := f.ask().class(base); parent.OK() {
				n.derived[parent.ID()] = append(n.derived[parent.ID()], class)
			}
		}
	}
	return n
}

// Summaries are those of the text; place tells the place of a span in its document.
func (f *File) Summaries(place func(source.Span) source.Range) Summaries {
	w := &summing{File: f, place: place, mine: make([]Summary, len(f.named().functions)), passed: map[int]bool{}}
	for i, function := range f.named().functions {
		w.mine[i] = f.summary(function, place)
	}
	w.calls()
	w.draws()
	w.awaits()
	w.gives()
	w.fates()
	for n := range f.scopes.Tree().Of(syntax.Yield) {
		if _, s := w.in(n); s != nil {
			s.Generator = true
		}
	}
	for i, function := range f.named().functions {
		w.mine[i].Coroutine = f.ask().makesCoroutine(function)
	}
	return Summaries{w.mine, f.classes()}
}

func (f *File) summary(function syntax.Node, place func(source.Span) source.Range) Summary {
	name := function.Child(syntax.FieldName)
	s := Summary{Name: name.Text(), At: place(name.Span()), Async: Async(function), Receiver: f.receiver(function), Parameters: parameters(function)}
	for p := range function.Above() {
		if k := p.Kind(); k == syntax.FunctionDefinition || k == syntax.ClassDefinition {
			s.Name = p.Child(syntax.FieldName).Text() + "." + s.Name
			s.InClass = s.InClass || k == syntax.ClassDefinition
		}
	}
	return s
}

func (f *File) receiver(function syntax.Node) Receiver {
	if !scope.Class(function).OK() || f.ask().isStatic(function) {
		return NoReceiver
	}
	for d := range function.Parent().Children() {
		if d.Kind() == syntax.Decorator && d.First().Text() == "classmethod" {
			return ItsClass
		}
	}
	return Instance
}

func parameters(function syntax.Node) []Parameter {
	list := function.Child(syntax.FieldParameters)
	text, behind := function.Tree().Text(), list.Span().Start
	var all []Parameter
	keyword := false
	for p := range list.Children() {
		keyword = keyword || strings.Contains(text[behind:p.Span().Start], "*") // which is no node by itself
		behind = p.Span().End
		given := Parameter{Seconds: Unsaid, Keyword: keyword}
		switch p.Kind() {
		case syntax.DefaultParameter, syntax.TypedDefaultParameter:
			given.Seconds, p = seconds(p.Child(syntax.FieldValue)), p.Child(syntax.FieldName)
		case syntax.TypedParameter:
			p = p.First()
		}
		if p.Kind() == syntax.Identifier {
			given.Name = p.Text()
			all = append(all, given)
		}
		keyword = keyword || p.Kind() == syntax.ListSplatPattern
	}
	return all
}

// classes are the classes at the top level that nothing else shares its name with.
func (f *File) classes() []Class {
	var all []Class
	for n := range f.scopes.Tree().Of(syntax.ClassDefinition) {
		name := f.scopes.Module().Name(n.Child(syntax.FieldName).Text())
		if name == nil || len(name.Bindings) != 1 || name.Bindings[0].Node != n {
			continue
		}
		c := Class{Name: name.Text}
		f.addMethods(&c, n, n, map[int]bool{})
		all = append(all, c)
	}
	return all
}

// addMethods adds the methods that a class has from one of its bases, or from itself.
func (f *File) addMethods(c *Class, class, from syntax.Node, seen map[int]bool) {
	if seen[from.ID()] {
		return
	}
	seen[from.ID()] = true
	for n := range from.Child(syntax.FieldBody).Children() {
		if n.Kind() == syntax.DecoratedDefinition {
			n = n.Child(syntax.FieldDefinition)
		}
		name := n.Child(syntax.FieldName).Text()
		if n.Kind() != syntax.FunctionDefinition || c.Method(name) != None {
			continue
		}
		q := f.ask()
		if method, ok, _ := q.methodOf(class, name); ok && method.Def.OK() && q.onlyOne(method.Def) {
			c.Methods = append(c.Methods, Method{name, f.named().index[method.Def.ID()]})
		}
	}
	for base := range from.Child(syntax.FieldSuperclasses).Children() {
		parent := f.ask().class(base)
		if !parent.OK() {
			return // it may have any method
		}
		f.addMethods(c, class, parent, seen)
	}
}
