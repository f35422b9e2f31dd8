package flow

import (
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Runs says how often a piece of code runs in the life of a page, as far as its text shows.
type Runs uint8

const (
	// Once is code at the top level, or what is called a single time from there.
	Once Runs = iota
	// Uncalled is code in a function that nothing in the text refers to.
	Uncalled
	// Perhaps is code that something outside the text may run, once or often.
	Perhaps
	// Again is code in a loop, in an event handler, in a function called from several places.
	Again
)

// Runs says how often a node runs: by the loops around it, and by who calls the function that it stands in.
func (f *File) Runs(n syntax.Node) Runs { return f.counter().at(n) }

// Instances says how often a class of the text is instantiated.
func (f *File) Instances(class syntax.Node) Runs {
	return f.instances.of(class, func() Runs { return f.counter().instances(class) })
}

// Recurs says whether a node is known to run again and again for as long as the page lives: with every event, tick or
// frame, or in a loop that has no end. What a loop or several callers run at set-up does not.
func (f *File) Recurs(n syntax.Node) bool {
	c := f.counter()
	c.lasting = true
	return c.at(n) == Again
}

func (f *File) counter() *counter { return &counter{query: f.ask(), asked: map[int]int{}} }

// counter is one question about how often something runs; asked holds the functions that it has come through.
type counter struct {
	*query
	asked map[int]int
	// lasting says that only what goes on for the life of the page counts. later is through how many callbacks that
	// are called once the question has come: a function that comes back to itself through one schedules itself.
	lasting bool
	later   int
}

func (c *counter) at(n syntax.Node) Runs {
	if c.spent() {
		return Perhaps
	}
	if c.lasting && c.endless(n) || !c.lasting && c.Repeats(n) {
		return Again
	}
	for s := c.scopes.At(n); s != nil; s = s.Outer {
		switch s.Node.Kind() {
		case syntax.FunctionDefinition:
			if by := c.guard(n, s.Node); by.OK() {
				return c.underGuard(by)
			}
			return c.function(s.Node)
		case syntax.Lambda:
			return c.function(s.Node)
		case syntax.ClassDefinition:
			return c.at(s.Node)
		}
	}
	return Once
}

func (c *counter) function(function syntax.Node) Runs {
	if later, ok := c.asked[function.ID()]; ok {
		if c.lasting && later == c.later {
			return Once // recursion ends
		}
		return Again // it leads to itself
	}
	c.asked[function.ID()] = c.later
	defer delete(c.asked, function.ID())
	if function.Kind() == syntax.Lambda {
		return c.use(function)
	}
	if !c.plain(function) {
		return c.decorated(function)
	}
	if class := scope.Class(function); class.OK() {
		return c.method(function, class)
	}
	name := c.defined(function)
	if name == nil {
		return Perhaps
	}
	var all []Runs
	for _, r := range c.scopes.References(name) {
		all = append(all, c.use(r))
	}
	return c.sum(all, Uncalled)
}

// endless says whether a loop around a node in its function has no end of its own.
func (c *counter) endless(n syntax.Node) bool {
	function := c.scopes.Function(n)
	for p := range n.Above() {
		if p == function {
			break
		}
		if condition := p.Child(syntax.FieldCondition); p.Kind() == syntax.WhileStatement && forEver(condition) && !breaks(p) {
			return true
		}
	}
	return false
}

// breaks says whether a loop holds a way out.
func breaks(loop syntax.Node) bool {
	for n := range loop.Within() {
		switch n.Kind() {
		case syntax.BreakStatement, syntax.ReturnStatement, syntax.RaiseStatement:
			return true
		}
	}
	return false
}

// defined is the name of a function or class, if nothing else has it.
func (c *counter) defined(definition syntax.Node) *scope.Name {
	name := c.scopes.Lookup(definition.Child(syntax.FieldName))
	if name == nil || len(name.Bindings) != 1 {
		return nil
	}
	return name
}

// sum is how often code runs for several reasons. To go on for the life of the page one of them has to.
func (c *counter) sum(all []Runs, none Runs) Runs {
	if !c.lasting {
		return together(all, none)
	}
	total := Once
	for _, r := range all {
		total = max(total, r)
	}
	return total
}

// together is how often code runs that runs for each of several reasons, none of them if there are no reasons.
func together(all []Runs, none Runs) Runs {
	switch len(all) {
	case 0:
		return none
	case 1:
		return all[0]
	}
	once, total := 0, Once
	for _, r := range all {
		total = max(total, r)
		if r == Once {
			once++
		}
	}
	if total == Again || once > 1 {
		return Again
	}
	return Perhaps
}

// method counts the calls of a method. Attributes of its name on objects of which nothing is known may be
// others' methods, so that they never prove that it runs again.
func (c *counter) method(function, class syntax.Node) Runs {
	name := function.Child(syntax.FieldName).Text()
	if name == "__init__" || name == "__post_init__" {
		return c.instances(class)
	}
	var own, other []Runs
	for _, n := range c.scopes.Attributes(name) {
		if c.spent() {
			return Perhaps
		}
		if c.javaScript(n.Child(syntax.FieldObject)) != "" {
			continue
		}
		if of := c.classOf(n.Child(syntax.FieldObject)); of == class {
			own = append(own, c.use(n))
		} else if !of.OK() {
			other = append(other, c.use(n))
		}
	}
	if len(own) == 0 && len(other) == 1 && other[0] != Again {
		return other[0]
	}
	if total := c.sum(own, Perhaps); total == Again || len(other) == 0 {
		return total
	}
	return Perhaps
}

func (c *counter) instances(class syntax.Node) Runs {
	name := c.defined(class)
	if name == nil || class.Parent().Kind() == syntax.DecoratedDefinition {
		return Perhaps
	}
	var all []Runs
	for _, r := range c.scopes.References(name) {
		switch {
		case inside(r, syntax.Type): // an annotation makes no instance
		case r.Field() == syntax.FieldFunction && r.Parent().Kind() == syntax.Call:
			all = append(all, c.at(r))
		default:
			all = append(all, Perhaps)
		}
	}
	return c.sum(all, Perhaps)
}

func inside(n syntax.Node, kind syntax.Kind) bool {
	for p := range n.Above() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

// guard is the name or attribute that lets code run a single time: "if not wired: wired = True", or
// "if wired: return" above "wired = True".
func (c *counter) guard(n, function syntax.Node) syntax.Node {
	for below, p := n, n.Parent(); p.OK() && below != function; below, p = p, p.Parent() {
		if p.Kind() == syntax.IfStatement && below.Field() == syntax.FieldConsequence {
			if by := c.settles(below, p.Child(syntax.FieldCondition)); by.OK() {
				return by
			}
		}
		if p.Kind() != syntax.Block {
			continue
		}
		for s := range p.Children() {
			if s.ID() >= below.ID() {
				break
			}
			if s.Kind() == syntax.IfStatement && leaves(s.Child(syntax.FieldConsequence)) {
				if by := c.settles(p, s.Child(syntax.FieldCondition)); by.OK() {
					return by
				}
			}
		}
	}
	return syntax.Node{}
}

// settles is what a block assigns, or adds to, of the things that a condition asks about, if it outlives the
// call.
func (c *counter) settles(block, condition syntax.Node) syntax.Node {
	for s := range block.Children() {
		target := s.First().Child(syntax.FieldLeft)
		if call := s.First(); call.Kind() == syntax.Call {
			target = call.Child(syntax.FieldFunction).Child(syntax.FieldObject) // seen.add(key)
		}
		if target.OK() && c.outlives(target) && mentions(condition, target.Text()) {
			return target
		}
	}
	return syntax.Node{}
}

// outlives says whether an assignment's target is more than a local name.
func (c *counter) outlives(target syntax.Node) bool {
	if target.Kind() != syntax.Identifier {
		return target.Kind() == syntax.Attribute
	}
	name := c.scopes.Lookup(target)
	return name != nil && name.Scope.Node != c.scopes.Function(target)
}

func mentions(n syntax.Node, text string) bool {
	if n.Text() == text {
		return true
	}
	for inner := range n.Within() {
		if inner.Text() == text {
			return true
		}
	}
	return false
}

// underGuard is once per page for a name, and once per instance for an attribute of self.
func (c *counter) underGuard(by syntax.Node) Runs {
	object := by
	for object.Kind() == syntax.Attribute {
		object = object.Child(syntax.FieldObject)
	}
	if class := c.classOfSelf(object); class.OK() && strings.Contains(by.Text(), ".") {
		return c.instances(class)
	}
	return Once
}
