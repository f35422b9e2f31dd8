package flow

import (
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// bound follows a value to the uses of the name that it is given.
func (t *tracer) bound(identifier, n syntax.Node, s state) {
	name := t.scopes.Lookup(identifier)
	if name == nil {
		t.add(Unknown, n, identifier, s)
		return
	}
	if !t.alone(name, identifier) {
		s = s.doubted()
	}
	switch name.Scope.Node.Kind() {
	case syntax.Module:
		use := Use{Becomes: OfModule, Node: n, At: identifier, Position: -1, Inside: s.inside, Sure: s.sure}
		t.uses = append(t.uses, use)
	case syntax.ClassDefinition:
		t.add(Attributed, n, identifier, s)
		t.attributeOf(name.Scope.Node, name.Text, identifier, s)
	}
	t.name(name, s)
}

// alone says whether a binding is the only one that gives a name a value; None and del give none.
func (t *tracer) alone(name *scope.Name, identifier syntax.Node) bool {
	for _, b := range name.Bindings {
		deleted := b.Node.Parent().Kind() == syntax.DeleteStatement
		none := b.How == scope.ByAssignment && b.Value.Kind() == syntax.None
		if b.Node != identifier && !b.Node.Holds(identifier) && !deleted && !none {
			return false
		}
	}
	return true
}

// name follows a value to the uses of a name for it.
func (t *tracer) name(name *scope.Name, s state) {
	if t.came(passage{name: name, inside: s.inside}) {
		return
	}
	var captured []syntax.Node
	for _, r := range t.scopes.References(name) {
		if k := r.Parent().Kind(); k == syntax.GlobalStatement || k == syntax.NonlocalStatement {
			continue
		}
		if by := capturing(r, name.Scope.Node); by.OK() && !slices.Contains(captured, by) {
			captured = append(captured, by)
			t.add(Captured, r, by, s)
		}
		t.value(r, s)
	}
	for _, b := range name.Bindings {
		if b.Node.Parent().Kind() == syntax.DeleteStatement {
			t.add(Deleted, b.Node, b.Node.Parent(), s)
		}
	}
}

// capturing is the outermost function in the one that a name is of which holds a reference to it; none for the names
// of the module and of classes, which need no function to keep them.
func capturing(reference, home syntax.Node) (by syntax.Node) {
	if home.Kind() == syntax.Module || home.Kind() == syntax.ClassDefinition {
		return by
	}
	for below, p := reference, reference.Parent(); p.OK() && p != home; below, p = p, p.Parent() {
		if (p.Kind() == syntax.FunctionDefinition || p.Kind() == syntax.Lambda) && below.Field() == syntax.FieldBody {
			by = p
		}
	}
	return by
}

// attribute follows a value to the uses of the attribute that it is given to.
func (t *tracer) attribute(target, n syntax.Node, s state) {
	t.add(Attributed, n, target, s)
	if class := t.classOf(target.Child(syntax.FieldObject)); class.OK() {
		t.attributeOf(class, target.Child(syntax.FieldAttribute).Text(), target, s)
	}
}

// attributeOf follows a value to the uses of an attribute of a class's objects: certain ones on self, and possible ones
// on objects of which nothing is known.
func (t *tracer) attributeOf(class syntax.Node, attribute string, target syntax.Node, s state) {
	if t.came(passage{class: class.ID(), attribute: attribute, inside: s.inside}) {
		return
	}
	held := t.holdings()[attribute]
	if held == nil {
		return
	}
	if given := t.given(class, attribute, target); given > 1 || given == 1 && !assignedTo(target) && !s.inside {
		s = s.doubted()
	}
	for _, a := range held.uses[class.ID()] {
		if t.spentOn(a) {
			return
		}
		t.value(a, s)
	}
	for _, a := range held.elsewhere(class) {
		if t.spentOn(a) {
			return
		}
		t.value(a, s.doubted())
	}
}

// given is in how many places an attribute of a class's objects may be given a value other than None, the target counted.
func (t *tracer) given(class syntax.Node, attribute string, target syntax.Node) (given int) {
	held := t.holdings()[attribute]
	for _, targets := range [][]syntax.Node{held.targets[class.ID()], held.targets[0]} {
		for _, other := range targets {
			if other == target || other.Parent().Child(syntax.FieldRight).Kind() != syntax.None {
				given++
			}
		}
	}
	return given
}

// holding is where an attribute of one name is assigned to, and where else it stands.
type holding struct {
	targets, uses map[int][]syntax.Node // by the class of the object; 0, the module, where that is not known
	// related are the uses on objects of classes with bases, which may be those of another class of the text; foreign
	// are those on objects of classes without.
	related, foreign []syntax.Node
}

// elsewhere are the uses of the attribute that may be of a class's objects, as far as is known.
func (h *holding) elsewhere(class syntax.Node) (all []syntax.Node) {
	others := h.related
	if !alone(class) {
		others = slices.Concat(h.related, h.foreign)
	}
	own := h.uses[class.ID()]
	for _, a := range others {
		if !slices.Contains(own, a) {
			all = append(all, a)
		}
	}
	return append(all, h.uses[0]...)
}

// readHeld finds the attributes that the text gives values to, by their names.
func (f *File) readHeld() map[string]*holding {
	all := map[string]*holding{}
	add := func(name string, targets []syntax.Node) {
		if all[name] != nil {
			return
		}
		h := &holding{targets: map[int][]syntax.Node{}, uses: map[int][]syntax.Node{}}
		all[name] = h
		for _, target := range targets {
			of := f.ask().classOf(target.Child(syntax.FieldObject)).ID()
			h.targets[of] = append(h.targets[of], target)
		}
		for _, a := range f.scopes.Attributes(name) {
			f.hold(h, a)
		}
	}
	for name, targets := range f.scopes.AllAttributeTargets() {
		add(name, targets)
	}
	for class := range f.scopes.Tree().Of(syntax.ClassDefinition) {
		for name := range f.scopes.Opened(class).All() {
			add(name, nil)
		}
	}
	for _, c := range f.Calls() {
		if c.Name != "builtins.setattr" {
			continue
		}
		if name, ok := syntax.Constant(Positional(c.Node, 1)); ok {
			add(name, nil)
		}
	}
	for _, c := range f.Calls() {
		if c.Name != "builtins.getattr" {
			continue
		}
		if name, _ := syntax.Constant(Positional(c.Node, 1)); all[name] != nil {
			all[name].uses[0] = append(all[name].uses[0], c.Node)
		}
	}
	return all
}

// hold notes one use of an attribute.
func (f *File) hold(h *holding, a syntax.Node) {
	object := a.Child(syntax.FieldObject)
	of := f.ask().classOf(object)
	switch {
	case assignedTo(a):
	case of.OK():
		h.uses[of.ID()] = append(h.uses[of.ID()], a)
		if alone(of) {
			h.foreign = append(h.foreign, a)
		} else {
			h.related = append(h.related, a)
		}
	case f.ask().javaScript(object) == "":
		h.uses[0] = append(h.uses[0], a)
	}
}

// assignedTo says whether an attribute is the target of an assignment, or part of one.
func assignedTo(a syntax.Node) bool {
	switch p := a.Parent(); p.Kind() {
	case syntax.Assignment:
		return a.Field() == syntax.FieldLeft
	case syntax.PatternList, syntax.TuplePattern, syntax.ListPattern, syntax.ListSplatPattern:
		return true
	}
	return false
}

// into follows a value into a container, and to what becomes of that.
func (t *tracer) into(container, n, at syntax.Node, s state) {
	t.uses = append(t.uses, Use{
		Becomes: Contained, Node: n, At: at, Into: container, Position: -1, Inside: s.inside, Sure: s.sure,
	})
	t.holder(container, n, s.within())
}

// holder follows the container that an expression stands for, to its other names and to what it lies in.
func (t *tracer) holder(container, n syntax.Node, s state) {
	if t.spentOn(container) {
		return
	}
	switch container.Kind() {
	case syntax.Identifier:
		name := t.scopes.Lookup(container)
		if name == nil || slices.Contains(t.seen, passage{name: name, inside: true}) {
			return
		}
		if name.Scope.Node.Kind() == syntax.Module {
			t.add(OfModule, n, name.Bindings[0].Node, s)
		}
		t.name(name, s)
		for _, b := range name.Bindings {
			if b.How == scope.ByAssignment {
				t.holder(b.Value, n, s.doubted())
			}
		}
	case syntax.Attribute:
		t.attribute(container, n, s)
	case syntax.Subscript:
		t.holder(container.Child(syntax.FieldValue), n, s)
	case syntax.Call: // "by_name.setdefault(key, []).append(proxy)"
		t.holder(container.Child(syntax.FieldFunction).Child(syntax.FieldObject), n, s)
	case syntax.ParenthesizedExpression:
		t.holder(container.First(), n, s)
	}
}

// joined follows "proxies += [proxy]".
func (t *tracer) joined(n, assignment syntax.Node, s state) {
	if n.Field() == syntax.FieldRight && s.inside {
		t.into(assignment.Child(syntax.FieldLeft), n, assignment, state{false, s.sure})
		return
	}
	t.add(Asked, n, assignment, s)
}

// decorator follows what a decorator gives to the name of what it decorates, unless another one takes it first.
func (t *tracer) decorator(n, decorator syntax.Node, s state) {
	definition := decorator.Parent().Child(syntax.FieldDefinition)
	if decorator.Parent().First() != decorator {
		t.add(Argument, n, decorator, s)
		return
	}
	t.bound(definition.Child(syntax.FieldName), n, s)
}

// byDefault follows the default of a parameter into the function, which holds it.
func (t *tracer) byDefault(n, parameter syntax.Node, s state) {
	function := parameter.Parent().Parent()
	if n.Field() != syntax.FieldValue {
		t.add(Tested, n, parameter, s)
		return
	}
	t.add(Captured, n, function, s)
	if own := t.scopes.Opened(function); own != nil {
		t.name(own.Name(parameter.Child(syntax.FieldName).Text()), s.doubted())
	}
}

// called notes a call of the value, and of what holds it.
func (t *tracer) called(n, call syntax.Node, s state) {
	if n.Field() != syntax.FieldFunction { // the generator of "list(p for p in proxies)"
		t.argument(Use{Becomes: Argument, Node: n, At: call, Inside: s.inside, Sure: s.sure}, s)
		return
	}
	t.add(Called, n, call, s)
}

// member follows what a method of a container gives, and notes what is asked of the value itself.
func (t *tracer) member(n, attribute syntax.Node, s state) {
	method, call := attribute.Child(syntax.FieldAttribute).Text(), attribute.Parent()
	isCall := call.Kind() == syntax.Call && attribute.Field() == syntax.FieldFunction
	switch {
	case isCall && !s.inside && method == "destroy":
		t.add(Destroyed, n, call, s)
	case isCall && s.inside && pyodide.ContainerTakes[method]:
		t.value(call, s.out())
	case isCall && s.inside && pyodide.ContainerViews[method]:
		t.value(call, s)
	default:
		t.add(Asked, n, attribute, s)
	}
}
