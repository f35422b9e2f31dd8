package analysis

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// KeepAlive is a function with which a project keeps its proxies for as long as the page lives. A project
// that has one means every such proxy to go through it.
type KeepAlive struct {
	Name    string
	Returns bool   // it gives back what it is given
	Module  string // what it is imported from where settings name it, which say nothing of its file; else empty
	Path    string // of its file, with slashes
	Package bool   // the file's folder is a package
	Leaf    bool   // the file imports nothing but the bridge, so that importing it makes no cycle
}

// keepAliveName is what such a function is called at the top level of its file.
var keepAliveName = regexp.MustCompile(`(?m)^def (keep_?alive(?:_prox(?:y|ies))?|keep_prox(?:y|ies)(?:_alive)?)\b`)

// findKeepAlive finds such a function in a text: by a scan of its bytes, and only then by parsing it.
func findKeepAlive(file, text string) *KeepAlive {
	if !strings.Contains(text, "def keep") || !keepAliveName.MatchString(text) {
		return nil
	}
	tree, err := syntax.Parse(text)
	if err != nil {
		return nil
	}
	k, ok := keepAliveOf(file, flow.New(scope.New(tree), nil))
	if !ok {
		return nil
	}
	return &k
}

func keepAliveOf(file string, values *flow.File) (KeepAlive, bool) {
	scopes := values.Scopes()
	for function := range scopes.Tree().Root().Children() {
		name := function.Child(syntax.FieldName).Text()
		if function.Kind() != syntax.FunctionDefinition || !keepAliveName.MatchString("def "+name) {
			continue
		}
		parameters := scope.Parameters(function)
		if len(parameters) != 1 || !stores(values, scopes.Opened(function).Name(parameters[0].Text())) {
			continue
		}
		k := KeepAlive{Name: name, Path: file, Leaf: true}
		k.Returns = returns(function, parameters[0])
		for _, i := range scopes.Imports() {
			k.Leaf = k.Leaf && pyodide.IsBridge(i.Module)
		}
		return k, true
	}
	return KeepAlive{}, false
}

// stores says whether a function puts its parameter into a container of the module, which outlives the call.
func stores(values *flow.File, parameter *scope.Name) bool {
	return slices.ContainsFunc(values.GoesFrom(parameter), func(u flow.Use) bool { return u.Becomes == flow.OfModule && u.Inside })
}

// returns says whether a function ends in giving back its parameter, and returns nowhere else.
func returns(function, parameter syntax.Node) bool {
	last := syntax.Node{}
	for s := range function.Child(syntax.FieldBody).Children() {
		last = s
	}
	for n := range function.Within() {
		if n.Kind() == syntax.ReturnStatement && n != last {
			return false
		}
	}
	return parameter.Parent().Kind() != syntax.ListSplatPattern && last.Kind() == syntax.ReturnStatement && last.First().Text() == parameter.Text()
}

// KeepAlive is the function that keeps the proxies of this file: its own, else the one that settings name, else one of
// the project's, the nearest first.
func (p *Pass) KeepAlive() (KeepAlive, bool) {
	here := p.path()
	if own, ok := p.keepAlive(); ok {
		return own, true
	}
	for _, o := range p.Unit.Flow.Added().Owners() {
		if !p.isModule(o.Module) {
			return KeepAlive{Name: o.Name, Module: o.Module, Returns: true}, true
		}
	}
	for _, k := range p.View.KeepAlive {
		if path.Dir(k.Path) == path.Dir(here) {
			return k, true
		}
	}
	if len(p.View.KeepAlive) == 0 {
		return KeepAlive{}, false
	}
	return p.View.KeepAlive[0], true
}

// isModule says whether the file is what a module is imported from.
func (p *Pass) isModule(module string) bool {
	file, here := strings.ReplaceAll(module, ".", "/"), strings.TrimSuffix(p.path(), ".py")
	return module == "" || here == file || strings.HasSuffix(here, "/"+file)
}

// KeepsAlive is the project's function that keeps proxies, if a call goes to it.
func (p *Pass) KeepsAlive(c flow.Call) (KeepAlive, bool) {
	if p.Unit.Flow.Added().Owns(c.Name) && !Positional(c.Node, 0).Next().OK() { // in a group it lives as long as that
		module, name, _ := cut(c.Name)
		return KeepAlive{Name: name, Module: module, Returns: true}, true
	}
	name := p.Unit.Scopes.Lookup(c.Function)
	if c.Function.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 {
		return KeepAlive{}, false
	}
	b := name.Bindings[0]
	if own, ok := p.keepAlive(); ok && b.How == scope.ByFunction && own.Name == c.Function.Text() && name.Scope == p.Unit.Scopes.Module() {
		return own, true
	}
	for _, k := range p.View.KeepAlive {
		module, _, ok := cut(b.Import)
		if stem := strings.TrimSuffix(path.Base(k.Path), ".py"); ok && b.How == scope.ByImport && strings.HasSuffix(b.Import, "."+k.Name) &&
			(module == stem || strings.HasSuffix(module, "."+stem)) {
			return k, true
		}
	}
	return KeepAlive{}, false
}

// cut is the module and the last part of a dotted name.
func cut(dotted string) (module, name string, ok bool) {
	at := strings.LastIndexByte(dotted, '.')
	if at < 0 {
		return "", dotted, false
	}
	return dotted[:at], dotted[at+1:], true
}

func (p *Pass) path() string { return slashed(p.Unit.Source.Path()) }

// UseKeepAlive is Use for a function that keeps proxies. It is not ok where its file cannot be imported for
// sure, and unsafe where the import might lead back to this file.
func (p *Pass) UseKeepAlive(at syntax.Node, k KeepAlive) (expression string, edits []source.Edit, risk Applicability, ok bool) {
	if k.Module != "" {
		expression, edits = p.Use(at, k.Module, k.Name)
		return expression, edits, Safe, true
	}
	if k.Path == p.path() {
		bindings := p.Unit.Scopes.Module().Name(k.Name).Bindings
		before := bindings[0].Node.ID() < at.ID() || p.Unit.Scopes.Function(at).OK()
		return k.Name, nil, Safe, len(bindings) == 1 && before && p.Sees(at, k.Name)
	}
	stem := strings.TrimSuffix(path.Base(k.Path), ".py")
	if stem == "__init__" || !IsIdentifier(stem) {
		return "", nil, Safe, false
	}
	for _, i := range p.Unit.Scopes.Imports() {
		if i.Node.Parent().Kind() != syntax.Module || i.Node.ID() > at.ID() {
			continue
		}
		module := i.Module
		if slices.Contains(i.Names, stem) { // "from . import stem"
			module = strings.TrimSuffix(module, ".") + "." + stem
		}
		if module == stem || strings.HasSuffix(module, "."+stem) {
			expression, edits = p.Use(at, module, k.Name)
			return expression, edits, Safe, true
		}
	}
	if path.Dir(k.Path) != path.Dir(p.path()) {
		return "", nil, Safe, false
	}
	if !k.Leaf {
		risk = Unsafe
	}
	if k.Package {
		stem = "." + stem
	}
	expression, edits = p.Use(at, stem, k.Name)
	return expression, edits, risk, true
}

var identifier = regexp.MustCompile(`^[A-Za-z_]\w*$`)

// IsIdentifier says whether a text can be a Python name, of the plain kind.
func IsIdentifier(text string) bool { return identifier.MatchString(text) }

// OnlyGrows says whether nothing in the text takes anything out of a container of the module, or puts another one in
// its place: it is given a value once, and only has things put into it.
func (p *Pass) OnlyGrows(container syntax.Node) bool {
	name := p.Unit.Scopes.Lookup(container)
	if name == nil || len(name.Bindings) > 1 && slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool {
		return b.Node.Parent().Kind() != syntax.AugmentedAssignment && b.Node != container && !b.Node.Holds(container)
	}) {
		return false
	}
	return !slices.ContainsFunc(p.Unit.Flow.GoesFrom(name), func(u flow.Use) bool {
		method := u.At.Child(syntax.FieldAttribute).Text()
		switch u.Becomes {
		case flow.Tested:
			return false
		case flow.Asked:
			return !pyodide.ContainerStores[method] && !pyodide.ContainerJoins[method]
		}
		return true
	})
}
