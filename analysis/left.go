package analysis

import (
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Left is a proxy that goes to listeners and timers alone, so that only JavaScript keeps it, and that stays behind with
// one of them.
type Left struct {
	Proxied
	Call   syntax.Node // the call that hands it to JavaScript, and keeps it alive beyond its use
	Keeper pyodide.Keeper
	Runs   flow.Runs   // how often one is left behind
	Class  syntax.Node // the class of which each instance leaves one, if that is how often
	Cycle  bool        // the callback refers to what the listener is on
}

// Target is what the listener is on; no node for the page itself.
func (x Left) Target() syntax.Node {
	return x.Call.Child(syntax.FieldFunction).Child(syntax.FieldObject)
}

// LeftBehind are such proxies of the text. Where a server runs Pyodide without a page nothing is left behind.
func (p *Pass) LeftBehind() []Left { return p.answers.left() }

func (p *Pass) readLeft() []Left {
	if slices.ContainsFunc(p.Unit.Scopes.Imports(), func(i scope.Import) bool { return pyodide.Serverless[i.Module] }) {
		return nil
	}
	var all []Left
	for _, made := range p.Proxies() {
		if x, ok := p.behind(Left{Proxied: made}); ok && !made.Once && !made.Held && p.Unit.Flow.Place(made.Value) != flow.OnHost {
			all = append(all, x)
		}
	}
	return all
}

func (p *Pass) behind(x Left) (Left, bool) {
	arguments := p.Unit.Flow.Handed(x.Value)
	for _, a := range arguments {
		call := a.Parent().Parent()
		keeper, _, ok := p.Keeper(call) // that somebody made a proxy for it removes the doubt
		if !ok || keeper.Leaves == "" || !slices.ContainsFunc(keeper.Callback, func(i int) bool { return Positional(call, i) == a }) {
			return x, false
		}
		if Ends(call, keeper) {
			return x, false
		}
	}
	for _, a := range arguments {
		x.Call = a.Parent().Parent()
		x.Keeper, _, _ = p.Keeper(x.Call)
		x.Runs = p.Unit.Flow.Runs(x.Value)
		if p.stays(&x) {
			if x.Runs == flow.Uncalled {
				x.Runs = p.byItsForm(x)
			}
			return x, true
		}
	}
	return x, false
}

// byItsForm is how often a function is meant to run of which nothing tells: one that works on what it is given, or
// gives something back, is there to be called again. A method works on self in any case.
func (p *Pass) byItsForm(x Left) flow.Runs {
	function := p.Unit.Scopes.Function(x.Call)
	if !scope.Class(function).OK() && p.Unit.Flow.Made(x.Call, function) {
		return flow.Again
	}
	return flow.Once
}

// stays says whether the proxy outlives its use: what the listener is on lasts as long as the page, or the callback
// refers to it, which makes a cycle that neither collector can see.
func (p *Pass) stays(x *Left) bool {
	on := x.Target()
	origin := pyodide.Standing
	if on.OK() {
		origin = p.Unit.Flow.Origin(on)
	}
	self, class := p.Self(x.Call)
	if own := self != nil && p.inInit(x.Call); own {
		x.Class = class
	}
	switch origin {
	case pyodide.Standing:
		return true
	case pyodide.Found:
		if !p.Unit.Scopes.Function(x.Call).OK() || !p.Unit.Flow.WritesMarkup() {
			return true
		}
	}
	if on.Kind() == syntax.Identifier && p.Unit.Flow.Holds(x.Callable, p.Unit.Scopes.Lookup(on)) {
		x.Cycle = true
		return true
	}
	held, here := p.onSelf(on, self)
	if !held || !p.Unit.Flow.Holds(x.Callable, self) {
		return false
	}
	x.Cycle = true
	if here { // what was there before is let go, so that each instance has one
		x.Class = class
		x.Runs = p.Unit.Flow.Instances(class)
	}
	return true
}

// inInit says whether a node runs once for each instance of its class.
func (p *Pass) inInit(n syntax.Node) bool {
	function := p.Unit.Scopes.Function(n)
	return function == p.Method(n) && function.Child(syntax.FieldName).Text() == "__init__" && !p.Unit.Flow.Repeats(n)
}

// onSelf says whether an instance refers to an object: as self.x, or by an assignment of the local name to such an
// attribute. here says that the function around puts it there, in place of what was there before.
func (p *Pass) onSelf(object syntax.Node, self *scope.Name) (held, here bool) {
	if self == nil {
		return false, false
	}
	function := p.Unit.Scopes.Function(object)
	if object.Kind() == syntax.Identifier {
		held = slices.ContainsFunc(p.Unit.Flow.GoesFrom(p.Unit.Scopes.Lookup(object)), func(u flow.Use) bool {
			return u.Becomes == flow.Attributed && !u.Inside && p.OfSelf(u.At, self) // a list may lose it again
		})
		return held, held
	}
	for object.Child(syntax.FieldObject).Kind() == syntax.Attribute {
		object = object.Child(syntax.FieldObject)
	}
	if !p.OfSelf(object, self) {
		return false, false
	}
	for _, t := range p.Unit.Scopes.AttributeTargets(object.Child(syntax.FieldAttribute).Text()) {
		here = here || function.Holds(t)
	}
	return true, here
}

// OfSelf says whether a node is an attribute of self.
func (p *Pass) OfSelf(n syntax.Node, self *scope.Name) bool {
	object := n.Child(syntax.FieldObject)
	return n.Kind() == syntax.Attribute && object.Kind() == syntax.Identifier && p.Unit.Scopes.Lookup(object) == self
}

// EachTime is what happens each time that a proxy is left behind, in the user's words.
func (p *Pass) EachTime(x Left) string {
	function := p.Unit.Scopes.Function(x.Value)
	switch {
	case x.Class.OK():
		return "new " + x.Class.Child(syntax.FieldName).Text()
	case p.Unit.Flow.Repeats(x.Value):
		return "turn of the loop"
	case function.Kind() == syntax.FunctionDefinition:
		return "call of " + function.Child(syntax.FieldName).Text()
	}
	return "call of this lambda"
}

// Closed says whether all that a class does is to be seen: it has no bases but those of the text.
func (p *Pass) Closed(class syntax.Node) bool {
	for base := range class.Child(syntax.FieldSuperclasses).Children() {
		name := p.Unit.Scopes.Lookup(base)
		if base.Text() == "object" && name == nil {
			continue
		}
		if base.Kind() != syntax.Identifier || name == nil || len(name.Bindings) != 1 || name.Bindings[0].How != scope.ByClass ||
			name.Bindings[0].Node.ID() >= class.ID() || !p.Closed(name.Bindings[0].Node) {
			return false
		}
	}
	return true
}

// LetGo says whether anything but __init__ gives an attribute another value than the one at hand.
func (p *Pass) LetGo(attribute, value syntax.Node) bool {
	return slices.ContainsFunc(p.givenLater()[attribute.Child(syntax.FieldAttribute).Text()], func(other syntax.Node) bool {
		return !other.Parent().Holds(value)
	})
}

// readGivenLater finds the attributes that are assigned to elsewhere than in __init__, by their names.
func (p *Pass) readGivenLater() map[string][]syntax.Node {
	all := map[string][]syntax.Node{}
	for name, targets := range p.Unit.Scopes.AllAttributeTargets() {
		for _, target := range targets {
			function := p.Unit.Scopes.Function(target)
			if !scope.Class(function).OK() || function.Child(syntax.FieldName).Text() != "__init__" {
				all[name] = append(all[name], target)
			}
		}
	}
	return all
}
