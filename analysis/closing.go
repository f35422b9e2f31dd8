package analysis

import (
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// closing adds to a fix that keeps a proxy on its object that the object can let go of it, if there is to be more than
// one: neither collector frees an object and a proxy of its own method.
func (o *Owners) closing(fix Fix, x Left, attribute string) (Fix, bool) {
	_, class := o.Self(x.Value)
	if o.Unit.Flow.Instances(class) == flow.Once || o.Unit.Flow.Instances(class) == flow.Uncalled {
		return fix, true
	}
	by, edits, risk, ok := o.Closing(class, attribute, []syntax.Node{x.Call})
	fix.Title += fmt.Sprintf(", for %s to destroy", by)
	fix.Edits = append(fix.Edits, edits...)
	fix.Applicability = max(fix.Applicability, risk)
	return fix, ok
}

// Closing are the edits by which a method of a class takes back what calls have added, and destroys an attribute: at the
// end of one that is there for that, or in a new one, which somebody still has to call.
func (p *Pass) Closing(class syntax.Node, attribute string, adds []syntax.Node) (name string, edits []source.Edit, risk Applicability, ok bool) {
	self, _, _ := strings.Cut(attribute, ".")
	var lines []string
	for _, add := range adds {
		line, ok := p.takesBack(add, self, attribute)
		if !ok {
			return "", nil, Shown, false
		}
		lines = append(lines, line)
	}
	destroy := attribute + ".destroy()"
	own := p.Unit.Scopes.Opened(class)
	for _, name := range pyodide.Closers {
		if method, ok := closer(own.Name(name), self); ok {
			edit, ok := p.atEnd(method, lines, destroy)
			return name, []source.Edit{edit}, Unsafe, ok
		}
	}
	free := slices.IndexFunc(pyodide.Closers, func(name string) bool { return own.Name(name) == nil })
	init, ok := p.InitOf(class)
	if free < 0 || !ok {
		return "", nil, Shown, false
	}
	name = pyodide.Closers[free]
	return name, []source.Edit{p.newMethod(class, init, name, self, append(lines, destroy))}, Shown, true
}

// atEnd writes lines at the end of a method, the last one unless it is there already: then the others go above it.
func (p *Pass) atEnd(method syntax.Node, lines []string, final string) (source.Edit, bool) {
	var last syntax.Node
	for s := range method.Child(syntax.FieldBody).Children() {
		last = s
		if s.Text() == final {
			_, indent, whole := p.Statement(s)
			next := p.Unit.LineEnd() + indent
			return Insertion(s.Span().Start, strings.Join(append(lines, ""), next)), whole
		}
	}
	_, indent, whole := p.Statement(last)
	next := p.Unit.LineEnd() + indent
	return Insertion(last.Span().End, next+strings.Join(append(lines, final), next)), whole && last.Kind() != syntax.ReturnStatement
}

// closer is a method without arguments, by its name in a class.
func closer(name *scope.Name, self string) (syntax.Node, bool) {
	if name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByFunction {
		return syntax.Node{}, false
	}
	method := name.Bindings[0].Node
	parameters := scope.Parameters(method)
	return method, len(parameters) == 1 && parameters[0].Text() == self && method.Parent().Kind() == syntax.Block
}

// newMethod writes a method at the end of a class, indented as __init__ is.
func (p *Pass) newMethod(class, init syntax.Node, name, self string, lines []string) source.Edit {
	_, margin, _ := p.Statement(init)
	_, indent, _ := p.Statement(firstOwn(init))
	next := p.Unit.LineEnd()
	text := fmt.Sprintf("%s%s%sdef %s(%s):", next, next, margin, name, self)
	for _, line := range lines {
		text += next + indent + line
	}
	var last syntax.Node
	for s := range class.Child(syntax.FieldBody).Children() {
		last = s
	}
	return Insertion(p.LineEnd(last), text)
}

// takesBack is the line that takes back what a call has added, where it can be written in another method of the class:
// with names of the module and attributes of self alone.
func (p *Pass) takesBack(add syntax.Node, self, attribute string) (string, bool) {
	c, _ := p.Unit.Flow.CallAt(add)
	remover, ok := pyodide.RemoverOf(c.Method)
	if !ok {
		return "", false
	}
	keeper, _, _ := p.Keeper(add)
	callback := Positional(add, keeper.Callback[0])
	for n := range add.Within() {
		if n.Kind() == syntax.Identifier && scope.Refers(n) && !callback.Holds(n) && !p.everywhere(n, self) {
			return "", false
		}
	}
	arguments := add.Child(syntax.FieldArguments)
	before := p.Unit.Source.Text()[arguments.Span().Start:callback.Span().Start]
	after := p.Unit.Source.Text()[callback.Span().End:arguments.Span().End]
	return c.Object().Text() + "." + remover.Name + before + attribute + after, !strings.ContainsAny(before+after, "\n\r")
}

// everywhere says whether a name means the same in all methods of a class: it is self, of the module or built in.
func (p *Pass) everywhere(n syntax.Node, self string) bool {
	name := p.Unit.Scopes.Lookup(n)
	if name == nil || name.Scope == p.Unit.Scopes.Module() {
		return true
	}
	of, _ := p.Self(n)
	return n.Text() == self && name == of
}
