package analysis

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Moving is what it takes to move a function into a worker: for a person to read, because nobody else can tell whether
// what it is given and gives can be sent there.
type Moving struct {
	Function string
	Line     int      // of the document, on which it is defined, counted from 1
	Imports  []string // statements that it needs
	Code     []string // what else of the module it needs, and itself at the end
	Calls    []Moved  // of it, in the module
	Page     []Moved  // what it uses of the page, which is not in a worker
	State    []Moved  // names of the module that code changes: a worker has its own
}

// Moved is a place that matters when a function moves.
type Moved struct {
	Text string
	Line int // of the document, counted from 1
}

// ToWorker is how the function moves that a finding is about: the one that is called there, or else the one that the
// finding stands in. It is not ok where that is none of the module's own functions, or one that works on an event.
func ToWorker(f *File, finding Finding) (m Moving, ok bool) {
	if !finding.Rule.Movable || finding.unit < 0 {
		return Moving{}, false
	}
	u := f.Units[finding.unit]
	function := u.movable(u.Tree.At(finding.within.Start))
	if !function.OK() {
		return Moving{}, false
	}
	name := u.Scopes.Module().Name(function.Child(syntax.FieldName).Text())
	if name == nil {
		return Moving{}, false
	}
	mover := &mover{unit: u, seen: map[*scope.Name]bool{name: true}}
	mover.take(function)
	m = mover.Moving
	m.Function, m.Line = name.Text, u.line(function.Span().Start)
	for _, n := range u.Scopes.References(name) {
		if call := n.Parent(); call.Kind() == syntax.Call && n.Field() == syntax.FieldFunction && !function.Holds(n) {
			m.Calls = append(m.Calls, Moved{oneLine(call.Text()), u.line(call.Span().Start)})
		}
	}
	return m, true
}

// movable is the function that can move where a node blocks; not OK if there is none.
func (u *Unit) movable(at syntax.Node) syntax.Node {
	for n := range at.Above() {
		if n.Kind() != syntax.Call {
			continue
		}
		if called := n.Child(syntax.FieldFunction); called.Kind() == syntax.Identifier {
			if name := u.Scopes.Lookup(called); name != nil && name.Scope == u.Scopes.Module() && u.isTask(definition(name)) {
				return definition(name)
			}
		}
	}
	function := u.outermost(at)
	if !function.OK() || !u.isTask(function) {
		return syntax.Node{}
	}
	return function
}

// definition is the one function that a name of the module stands for.
func definition(name *scope.Name) syntax.Node {
	if len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction {
		return syntax.Node{}
	}
	return name.Bindings[0].Node
}

// outermost is the function of the module that holds a node.
func (u *Unit) outermost(at syntax.Node) (function syntax.Node) {
	for n := range at.Above() {
		switch n.Kind() {
		case syntax.ClassDefinition:
			return syntax.Node{}
		case syntax.FunctionDefinition:
			function = n
		}
	}
	return function
}

// isTask says whether a function can run somewhere else: it is no handler, whose event is the page's, nothing wraps it,
// and it ends before anything else begins.
func (u *Unit) isTask(function syntax.Node) bool {
	return function.Kind() == syntax.FunctionDefinition && function.Parent().Kind() != syntax.DecoratedDefinition &&
		!u.Flow.Yields(function) && !handles(function)
}

// handles says whether a function is given an event.
func handles(function syntax.Node) bool {
	for n := range function.Child(syntax.FieldParameters).Children() {
		if strings.TrimLeft(n.Text(), "_") == "event" || n.First().Text() == "event" {
			return true
		}
	}
	return false
}

// mover collects what a function takes with it.
type mover struct {
	Moving
	unit *Unit
	seen map[*scope.Name]bool
}

// take takes a definition of the module along, behind what it needs.
func (m *mover) take(code syntax.Node) {
	u := m.unit
	for n := range code.Within() {
		if n.Kind() != syntax.Identifier || !scope.Refers(n) {
			continue
		}
		if path := u.Scopes.Canonical(n); path == "js.document" || path == "js.window" {
			m.page(n)
		}
		name := u.Scopes.Lookup(n)
		if name == nil || name.Scope != u.Scopes.Module() || m.seen[name] {
			continue
		}
		m.seen[name] = true
		m.bind(name, n)
	}
	m.Code = append(m.Code, dedented(u.Source, statementOf(code)))
}

// page notes that the page is used: with what is done to it.
func (m *mover) page(n syntax.Node) {
	whole := n
	for p := range n.Above() {
		if p.Kind() != syntax.Attribute {
			break
		}
		whole = p
	}
	m.Page = append(m.Page, Moved{oneLine(whole.Text()), m.unit.line(n.Span().Start)})
}

// bind takes along what a name of the module stands for.
func (m *mover) bind(name *scope.Name, at syntax.Node) {
	if len(name.Bindings) != 1 {
		m.State = append(m.State, Moved{name.Text, m.unit.line(at.Span().Start)})
		return
	}
	b := name.Bindings[0]
	switch b.How {
	case scope.ByImport:
		text := oneLine(statementOf(b.Node).Text())
		if !slices.Contains(m.Imports, text) {
			m.Imports = append(m.Imports, text)
		}
	case scope.ByFunction, scope.ByClass:
		m.take(b.Node)
	case scope.ByAssignment:
		if !isConstant(b.Value) {
			m.State = append(m.State, Moved{name.Text, m.unit.line(b.Node.Span().Start)})
			return
		}
		m.take(statementOf(b.Node))
	default:
		m.State = append(m.State, Moved{name.Text, m.unit.line(at.Span().Start)})
	}
}

// isConstant says whether a value is the same wherever it is made: it names nothing and calls nothing, and is whole.
func isConstant(value syntax.Node) bool {
	names := func(n syntax.Node) bool { return n.Kind() == syntax.Identifier || n.Kind() == syntax.Call }
	for n := range value.Within() {
		if names(n) {
			return false
		}
	}
	empty := !value.First().OK() && (value.Kind() == syntax.List || value.Kind() == syntax.Dictionary)
	return value.OK() && !names(value) && !empty // which somebody fills
}

// statementOf is the statement of the module that holds a node.
func statementOf(n syntax.Node) syntax.Node {
	for p := range n.Above() {
		if p.Parent().Kind() == syntax.Module {
			return p
		}
	}
	return n
}

// dedented is a statement as it stands, from the beginning of its line.
func dedented(text *source.File, statement syntax.Node) string {
	return strings.TrimRight(text.Slice(statement.Span()), " \t\r\n")
}

// oneLine is a piece of code with what breaks its lines taken out.
func oneLine(code string) string { return strings.Join(strings.Fields(code), " ") }
