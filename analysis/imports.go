package analysis

import (
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Use says how code at a node can write a name of a module, and which edits make that so: none if the name
// is imported already, else one that adds it to an import of the same module or adds an import after the
// others.
func (p *Pass) Use(at syntax.Node, module, name string) (expression string, edits []source.Edit) {
	top := p.File.Scopes.Module()
	want := module + "." + name
	var beside syntax.Node // an import of the same module to which the name can be added
	for _, i := range p.File.Scopes.Imports() {
		if i.Node.Parent().Kind() != syntax.Module || i.Node.ID() > at.ID() {
			continue
		}
		if i.Module == module && i.Names != nil && strings.Join(i.Names, "") != "*" {
			beside = i.Node
		}
	}
	if local := importedAs(top, want); local != "" && p.sees(at, local) {
		return local, nil
	}
	if local := importedAs(top, module); local != "" && p.sees(at, local) {
		return local + "." + name, nil
	}
	if beside.OK() {
		if edit, ok := addTo(beside, name); ok {
			return name, []source.Edit{edit}
		}
	}
	return name, []source.Edit{p.newImport("from " + module + " import " + name)}
}

// UseModule is Use for a whole module: "asyncio" and an edit that adds "import asyncio", or the name that
// it has already.
func (p *Pass) UseModule(at syntax.Node, module string) (expression string, edits []source.Edit) {
	if local := importedAs(p.File.Scopes.Module(), module); local != "" && p.sees(at, local) {
		return local, nil
	}
	return module, []source.Edit{p.newImport("import " + module)}
}

// importedAs is the top-level name that stands for an importable thing and nothing else.
func importedAs(module *scope.Scope, want string) string {
	for local, name := range module.All() {
		if bindings := scope.Certain(name.Bindings); len(bindings) == 1 && bindings[0].How == scope.ByImport && bindings[0].Import == want {
			return local
		}
	}
	return ""
}

// sees says whether a top-level name is not hidden by another where a node stands.
func (p *Pass) sees(at syntax.Node, name string) bool {
	for s := p.File.Scopes.At(at); s != nil; s = s.Outer {
		if s.Name(name) != nil {
			return s == p.File.Scopes.Module()
		}
	}
	return false
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

// newImport adds an import at the top level: before the first of its form that sorts after it, else after
// the last of its form, else after all imports, else behind docstring and comments.
func (p *Pass) newImport(line string) source.Edit {
	from, module := strings.HasPrefix(line, "from "), strings.Fields(line)[1]
	var after, same syntax.Node
	head := true // so far only imports, docstrings and comments
	for s := range p.File.Tree.Root().Children() {
		switch s.Kind() {
		case syntax.ImportStatement, syntax.ImportFromStatement:
			if !head {
				continue
			}
			after = s
			if (s.Kind() == syntax.ImportFromStatement) != from {
				continue
			}
			if strings.Fields(s.Text())[1] > module {
				at := s.Span().Start
				return source.Edit{Span: source.Span{Start: at, End: at}, New: line + p.lineEnd()}
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
	if same.OK() {
		after = same
	}
	text := p.File.Source
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
		return source.Edit{Span: source.Span{Start: at, End: at}, New: line + p.lineEnd()}
	}
	at := text.LineSpan(text.LineOf(after.Span().End)).End
	return source.Edit{Span: source.Span{Start: at, End: at}, New: p.lineEnd() + line}
}

// lineEnd is the terminator that the file uses.
func (p *Pass) lineEnd() string {
	text := p.File.Tree.Text()
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
