package scope

import (
	"iter"
	"slices"
	"strings"

	"pyodide-ls/analysis/syntax"
)

// declarations reads "global" and "nonlocal", which must be known before anything is bound.
func (f *File) declarations() {
	for n := range f.tree.Of(syntax.GlobalStatement) {
		s := f.At(n)
		for c := range n.Children() {
			s.declared(c.Text(), f.module)
		}
	}
	for n := range f.tree.Of(syntax.NonlocalStatement) {
		s := f.At(n)
		for home := s.Outer; home != nil && home != f.module; home = home.Outer {
			if home.Node.Kind() == syntax.ClassDefinition {
				continue
			}
			for c := range n.Children() {
				s.declared(c.Text(), home)
			}
			break // the nearest function is close enough: a name nowhere bound stays unknown
		}
	}
}

func (s *Scope) declared(name string, home *Scope) {
	if s == home {
		return
	}
	if s.declare == nil {
		s.declare = map[string]*Scope{}
	}
	s.declare[name] = home
}

func (f *File) bindDefinitions() {
	for n := range f.tree.Of(syntax.FunctionDefinition) {
		f.At(n).bind(n.Child(syntax.FieldName).Text(), Binding{How: ByFunction, Node: n})
		f.bindParameters(n)
	}
	for n := range f.tree.Of(syntax.Lambda) {
		f.bindParameters(n)
	}
	for n := range f.tree.Of(syntax.ClassDefinition) {
		f.At(n).bind(n.Child(syntax.FieldName).Text(), Binding{How: ByClass, Node: n})
	}
}

// Parameters are the identifiers of a function's or lambda's parameters, in order.
func Parameters(function syntax.Node) []syntax.Node { return slices.Collect(eachParameter(function)) }

// FirstParameter is the identifier of the first one, or no node.
func FirstParameter(function syntax.Node) syntax.Node {
	for p := range eachParameter(function) {
		return p
	}
	return syntax.Node{}
}

func eachParameter(function syntax.Node) iter.Seq[syntax.Node] {
	return func(yield func(syntax.Node) bool) {
		for p := range function.Child(syntax.FieldParameters).Children() {
			switch p.Kind() {
			case syntax.DefaultParameter, syntax.TypedDefaultParameter:
				p = p.Child(syntax.FieldName)
			case syntax.TypedParameter:
				p = p.First()
			}
			if p.Kind() == syntax.ListSplatPattern || p.Kind() == syntax.DictionarySplatPattern {
				p = p.First()
			}
			if p.Kind() == syntax.Identifier && !yield(p) {
				return
			}
		}
	}
}

func (f *File) bindParameters(function syntax.Node) {
	for _, p := range Parameters(function) {
		f.Opened(function).bind(p.Text(), Binding{How: ByParameter, Node: p})
	}
}

func (f *File) bindImports() {
	for n := range f.tree.Of(syntax.ImportStatement) {
		for c := range n.Children() {
			f.bindImport(n, c)
		}
	}
	for n := range f.tree.Of(syntax.ImportFromStatement) {
		f.bindFrom(n)
	}
}

// bindImport binds one module of an import statement: "import a.b" binds "a" to a, "import a.b as c" binds
// "c" to a.b.
func (f *File) bindImport(statement, module syntax.Node) {
	if module.Kind() == syntax.AliasedImport {
		name := dotted(module.Child(syntax.FieldName))
		alias := module.Child(syntax.FieldAlias)
		f.At(statement).bind(alias.Text(), Binding{How: ByImport, Node: alias, Import: name})
		f.imports = append(f.imports, Import{Module: name, Node: statement})
		return
	}
	name := dotted(module)
	top, _, _ := strings.Cut(name, ".")
	f.At(statement).bind(top, Binding{How: ByImport, Node: module, Import: top})
	f.imports = append(f.imports, Import{Module: name, Node: statement})
}

func (f *File) bindFrom(n syntax.Node) {
	module := dotted(n.Child(syntax.FieldModuleName))
	from := Import{Module: module, Node: n, Names: []string{}}
	s := f.At(n)
	for c := range n.Children() {
		switch {
		case c.Kind() == syntax.WildcardImport:
			from.Names, from.As = append(from.Names, "*"), append(from.As, "*")
			f.stars = append(f.stars, module)
		case c.Field() != syntax.FieldName:
			continue
		case c.Kind() == syntax.AliasedImport:
			name := dotted(c.Child(syntax.FieldName))
			alias := c.Child(syntax.FieldAlias)
			from.Names, from.As = append(from.Names, name), append(from.As, alias.Text())
			s.bind(alias.Text(), Binding{How: ByImport, Node: alias, Import: join(module, name)})
		default:
			name := dotted(c)
			from.Names, from.As = append(from.Names, name), append(from.As, name)
			s.bind(name, Binding{How: ByImport, Node: c, Import: join(module, name)})
		}
	}
	f.imports = append(f.imports, from)
}

func join(module, name string) string {
	if strings.HasSuffix(module, ".") {
		return module + name
	}
	return module + "." + name
}

// dotted is the text of a dotted name without the white space that Python allows around its dots.
func dotted(n syntax.Node) string { return strings.Join(strings.Fields(n.Text()), "") }

func (f *File) bindAssignments() {
	for n := range f.tree.Of(syntax.Assignment) {
		left, value := n.Child(syntax.FieldLeft), n.Child(syntax.FieldRight)
		for value.Kind() == syntax.Assignment { // a = b = c
			value = value.Child(syntax.FieldRight)
		}
		if !value.OK() {
			continue // a bare annotation binds nothing
		}
		if left.Kind() == syntax.Identifier {
			f.At(n).bind(left.Text(), Binding{How: ByAssignment, Node: left, Value: value})
			continue
		}
		f.bindTarget(left)
	}
	for n := range f.tree.Of(syntax.NamedExpression) {
		s := f.At(n)
		for isComprehension(s.Node.Kind()) {
			s = s.Outer
		}
		name := n.Child(syntax.FieldName)
		s.bind(name.Text(), Binding{How: ByAssignment, Node: name, Value: n.Child(syntax.FieldValue)})
	}
}

func isComprehension(k syntax.Kind) bool {
	switch k {
	case syntax.ListComprehension, syntax.SetComprehension, syntax.DictionaryComprehension, syntax.GeneratorExpression:
		return true
	}
	return false
}

// bindRest binds what is bound to something of which nothing is known.
func (f *File) bindRest() {
	for n := range f.tree.Of(syntax.AugmentedAssignment) {
		f.bindTarget(n.Child(syntax.FieldLeft))
	}
	for _, kind := range []syntax.Kind{syntax.ForStatement, syntax.ForInClause} {
		for n := range f.tree.Of(kind) {
			left := n.Child(syntax.FieldLeft)
			if left.Kind() == syntax.Identifier {
				f.At(left).bind(left.Text(), Binding{How: ByLoop, Node: left, Value: n.Child(syntax.FieldRight)})
				continue
			}
			f.bindTarget(left)
		}
	}
	for n := range f.tree.Of(syntax.DeleteStatement) {
		for c := range n.Children() {
			f.bindTarget(c)
		}
	}
	for n := range f.tree.Of(syntax.AsPatternTarget) {
		for c := range n.Children() {
			f.bindTarget(c)
		}
	}
	for n := range f.tree.Of(syntax.CaseClause) {
		f.bindCase(n)
	}
	for n := range f.tree.Of(syntax.TypeAliasStatement) {
		f.bindTarget(n.First().First())
	}
	for n := range f.tree.Of(syntax.ExceptClause) { // "except E, name" of Python 2 binds; more names do no harm
		for c := range n.Children() {
			if c.Kind() == syntax.Identifier && c != n.First() {
				f.bindTarget(c)
			}
		}
	}
}

// bindTarget binds every name of an assignment target, and notes the attributes.
func (f *File) bindTarget(n syntax.Node) {
	switch n.Kind() {
	case syntax.Identifier:
		f.At(n).bind(n.Text(), Binding{How: ByOther, Node: n})
	case syntax.Attribute:
		name := n.Child(syntax.FieldAttribute).Text()
		f.attrs[name] = append(f.attrs[name], n)
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.ListSplatPattern, syntax.Tuple,
		syntax.List, syntax.ListSplat, syntax.ParenthesizedExpression, syntax.ExpressionList:
		for c := range n.Children() {
			f.bindTarget(c)
		}
	}
}

// bindCase binds every plain name in the patterns of a case, captures and class names alike: a class name
// that is bound once more only becomes less certain.
func (f *File) bindCase(n syntax.Node) {
	body := n.Child(syntax.FieldConsequence)
	for c := range n.Within() {
		if body.Holds(c) {
			return
		}
		if c.Kind() != syntax.Identifier || c.Parent().Kind() == syntax.DottedName && c.Parent().First().Next().OK() {
			continue
		}
		if p := c.Parent(); p.Kind() == syntax.DottedName && p.Parent().Kind() == syntax.ClassPattern {
			continue
		}
		f.At(n).bind(c.Text(), Binding{How: ByOther, Node: c})
	}
}
