package analysis

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Use says how code at a node can write a name of a module, and which edits make that so: none if the name
// is imported already, else one that adds it to an import of the same module or adds an import after the
// others.
func (p *Pass) Use(at syntax.Node, module, name string) (expression string, edits []source.Edit) {
	want := module + "." + name
	guarded := p.guardedBridge(at, module)
	var beside syntax.Node // an import of the same module to which the name can be added
	for _, i := range p.Unit.Scopes.Imports() {
		if i.Node.Parent().Kind() != syntax.Module && i.Node != guarded || i.Node.ID() > at.ID() {
			continue
		}
		if i.Module == module && i.Names != nil && strings.Join(i.Names, "") != "*" {
			beside = i.Node
		}
	}
	if local := p.importedAs(at, want, name); local != "" {
		return local, nil
	}
	if local := p.importedAs(at, module, module); local != "" {
		return local + "." + name, nil
	}
	local := p.fresh(at, name)
	imported := as(name, local)
	if beside.OK() {
		if edit, ok := addTo(beside, imported); ok {
			return local, []source.Edit{edit}
		}
	}
	return local, []source.Edit{p.newImport(guarded, "from "+module+" import "+imported)}
}

// UseModule is Use for a whole module: "asyncio" and an edit that adds "import asyncio", or the name that
// it has already.
func (p *Pass) UseModule(at syntax.Node, module string) (expression string, edits []source.Edit) {
	if local := p.importedAs(at, module, module); local != "" {
		return local, nil
	}
	local := module
	if !strings.Contains(module, ".") {
		local = p.fresh(at, module)
	}
	return local, []source.Edit{p.newImport(p.guardedBridge(at, module), "import "+as(module, local))}
}

// guardedBridge is the import beside which a module of the bridge is imported for a node in a text that imports the
// bridge nowhere but under guards: the nearest before the node whose names are seen there. At the top level it would
// fail outside Pyodide. There is none for other modules, and for other texts.
func (p *Pass) guardedBridge(at syntax.Node, module string) (beside syntax.Node) {
	if !pyodide.IsBridge(module) {
		return syntax.Node{}
	}
	for _, i := range p.Unit.Scopes.Imports() {
		switch {
		case !pyodide.IsBridge(i.Module):
		case i.Node.Parent().Kind() == syntax.Module:
			return syntax.Node{}
		case i.Node.ID() < at.ID() && p.Unit.Scopes.At(i.Node).Around(p.Unit.Scopes.At(at)):
			beside = i.Node
		}
	}
	return beside
}

// importedAs is the first top-level name that stands for an importable thing and nothing else, and is not
// hidden where a node stands; or the usual name, if a function around the node has imported it before.
func (p *Pass) importedAs(at syntax.Node, want, usual string) string {
	for _, local := range p.Unit.imported()[want] {
		if p.Sees(at, local) {
			return local
		}
	}
	if s := p.binder(at, usual); s != nil && s != p.Unit.Scopes.Module() {
		if b, ok := imports(s.Name(usual), want); ok && b.Node.ID() < at.ID() {
			return usual
		}
	}
	return ""
}

// importedNames are the top-level names that stand for an importable thing and nothing else, by that thing,
// in the order of the text.
func (u *Unit) importedNames() map[string][]string {
	bound := map[string]int{} // where each name is bound
	names := map[string][]string{}
	for local, name := range u.Scopes.Module().All() {
		if b := scope.Certain(name.Bindings); len(b) == 1 && b[0].How == scope.ByImport {
			bound[local] = b[0].Node.ID()
			names[b[0].Import] = append(names[b[0].Import], local)
		}
	}
	for _, locals := range names {
		slices.SortFunc(locals, func(a, b string) int { return cmp.Or(cmp.Compare(bound[a], bound[b]), cmp.Compare(a, b)) })
	}
	return names
}

// imports is the one binding of a name if it imports a thing.
func imports(name *scope.Name, want string) (b scope.Binding, ok bool) {
	bindings := scope.Certain(name.Bindings)
	if len(bindings) != 1 || bindings[0].How != scope.ByImport || bindings[0].Import != want {
		return scope.Binding{}, false
	}
	return bindings[0], true
}

// fresh is the name itself if nothing else has it where a node stands, else one like it.
func (p *Pass) fresh(at syntax.Node, name string) string {
	for p.binder(at, name) != nil {
		name += "_"
	}
	return name
}

// as is what an import statement says to give a thing a local name.
func as(name, local string) string {
	if name == local {
		return name
	}
	return name + " as " + local
}

// Free says whether a name means nothing yet where a node stands, nor at the top level.
func (p *Pass) Free(at syntax.Node, name string) bool { return p.binder(at, name) == nil }

// binder is the innermost scope around a node that has a name of its own, nil if none does.
func (p *Pass) binder(at syntax.Node, name string) *scope.Scope {
	for s := p.Unit.Scopes.At(at); s != nil; s = s.Outer {
		if s.Name(name) != nil {
			return s
		}
	}
	return nil
}

// SeesToo says whether an expression means the same where a node stands: a name of a scope around both, or an attribute
// of the object whose methods hold both.
func (p *Pass) SeesToo(at, expression syntax.Node) bool {
	if expression.Kind() == syntax.Identifier {
		name := p.Unit.Scopes.Lookup(expression)
		return name != nil && p.binder(at, name.Text) == name.Scope
	}
	object := expression.Child(syntax.FieldObject)
	here, class := p.Self(expression)
	there, other := p.Self(at)
	return object.Kind() == syntax.Identifier && here != nil && there != nil && class == other && here.Text == there.Text &&
		p.Unit.Scopes.Lookup(object) == here
}

// Sees says whether a top-level name is not hidden by another where a node stands.
func (p *Pass) Sees(at syntax.Node, name string) bool {
	return p.binder(at, name) == p.Unit.Scopes.Module()
}

// addTo adds a name to a from-import, in its place if the names are sorted.
func addTo(statement syntax.Node, name string) (source.Edit, bool) {
	var last syntax.Node
	for c := range statement.Children() {
		if c.Field() != syntax.FieldName {
			continue
		}
		if c.Text() > name && !last.OK() || last.OK() && last.Text() < name && c.Text() > name {
			at := c.Span().Start
			return source.Edit{Span: source.Span{Start: at, End: at}, New: name + ", "}, true
		}
		last = c
	}
	if !last.OK() {
		return source.Edit{}, false
	}
	at := last.Span().End
	return source.Edit{Span: source.Span{Start: at, End: at}, New: ", " + name}, true
}

// newImport adds an import: beside one that stands under a guard, if there is one, else at the top level, before the
// first of its form that sorts after it, else after the last of its form, else after all imports, else behind
// docstring and comments.
func (p *Pass) newImport(beside syntax.Node, statement string) source.Edit {
	if beside.OK() {
		return p.importBehind(beside, statement)
	}
	from, module := strings.HasPrefix(statement, "from "), strings.Fields(statement)[1]
	var after, same, first syntax.Node
	head := true // so far only imports, docstrings and comments
	for s := range p.Unit.Tree.Root().Children() {
		if slices.ContainsFunc(p.Unit.Tree.Holes(), s.Span().Overlaps) {
			continue // a notebook's magic, mostly
		}
		switch s.Kind() {
		case syntax.ImportStatement, syntax.ImportFromStatement:
			if !head {
				continue
			}
			after = s
			if (s.Kind() == syntax.ImportFromStatement) != from {
				if !first.OK() {
					first = s
				}
				continue
			}
			if strings.Fields(s.Text())[1] > module {
				at := s.Span().Start
				return source.Edit{Span: source.Span{Start: at, End: at}, New: statement + p.Unit.LineEnd()}
			}
			same = s
		case syntax.FutureImportStatement:
			after = s
		case syntax.ExpressionStatement:
			if s.First().Kind() != syntax.String {
				head = false
			} else if !after.OK() {
				after = s
			}
		default:
			head = false
		}
	}
	switch {
	case same.OK():
		after = same
	case first.OK() && !from: // plain imports come before the others
		at, end := first.Span().Start, p.Unit.LineEnd()
		if pyodide.IsBridge(strings.Fields(first.Text())[1]) && !pyodide.IsBridge(module) {
			end += end // a section of its own
		}
		return source.Edit{Span: source.Span{Start: at, End: at}, New: statement + end}
	}
	text := p.Unit.Source
	if !after.OK() {
		at := 0
		for i := range text.LineCount() { // behind the interpreter line and comments at the head
			span := text.LineSpan(i)
			if !strings.HasPrefix(strings.TrimPrefix(text.Slice(span), "\ufeff"), "#") {
				at = span.Start
				break
			}
		}
		if at == 0 && strings.HasPrefix(text.Text(), "\ufeff") {
			at = len("\ufeff")
		}
		return source.Edit{Span: source.Span{Start: at, End: at}, New: statement + p.Unit.LineEnd()}
	}
	return p.importBehind(after, statement)
}

// importBehind adds an import on the line below a statement, or on its line where that goes on with another one, which
// may be the one that needs the name.
func (p *Pass) importBehind(after syntax.Node, statement string) source.Edit {
	text := p.Unit.Source
	line := text.LineOf(after.Span().End)
	_, indent, whole := p.Statement(after)
	for next := after.Next(); whole && next.OK(); next = next.Next() {
		if next.Kind() != syntax.Comment {
			whole = text.LineOf(next.Span().Start) > line
			break
		}
	}
	if !whole {
		at := after.Span().End
		return source.Edit{Span: source.Span{Start: at, End: at}, New: "; " + statement}
	}
	at := text.LineSpan(line).End
	return source.Edit{Span: source.Span{Start: at, End: at}, New: p.Unit.LineEnd() + indent + statement}
}
