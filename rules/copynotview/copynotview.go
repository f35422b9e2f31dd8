// Package copynotview finds writes into a copy of a typed array that were meant for the array.
package copynotview

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

//go:embed copy-not-view.md
var doc string

// Rule is copy-not-view.
var Rule = &analysis.Rule{
	Name: "copy-not-view", Group: analysis.SharedMemory, Severity: analysis.Warning, Doc: doc, Check: check,
}

func check(p *analysis.Pass) {
	for _, call := range p.Unit.Flow.Calls() {
		if c, ok := copied(p, call.Node); ok {
			report(p, c)
		}
	}
}

// copy is a Python buffer made of a typed array.
type copy struct {
	call   syntax.Node // view.to_py()
	view   syntax.Node
	value  syntax.Node // what holds the copy: the call, or the numpy array around it
	plain  bool        // the array around it takes the buffer as it is
	shared bool        // other threads may write to the memory that was copied
}

func copied(p *analysis.Pass, call syntax.Node) (c copy, ok bool) {
	function := call.Child(syntax.FieldFunction)
	view := function.Child(syntax.FieldObject)
	if !pyodide.Copies[function.Child(syntax.FieldAttribute).Text()] || !named(view) {
		return copy{}, false
	}
	if _, isArray := p.Unit.Flow.View(view); !isArray {
		return copy{}, false
	}
	c = copy{call: call, view: view, value: call, plain: true}
	if around := call.Parent().Parent(); call.Parent().Kind() == syntax.ArgumentList && analysis.Positional(around, 0) == call &&
		pyodide.SameBuffer[p.Unit.Scopes.Canonical(around.Child(syntax.FieldFunction))] {
		c.value, c.plain = around, !call.Next().OK()
	}
	c.shared = p.Unit.Flow.SharedMemory(view).OK()
	return c, p.Unit.Flow.Place(call) != flow.OnHost
}

// named says whether an expression can be written once more to mean the same: a name, or attributes of one.
func named(n syntax.Node) bool {
	for n.Kind() == syntax.Attribute {
		n = n.Child(syntax.FieldObject)
	}
	return n.Kind() == syntax.Identifier
}

func report(p *analysis.Pass, c copy) {
	if c.value.Field() == syntax.FieldValue && isStore(c.value.Parent()) {
		p.Report(c.value.Parent(), 0, analysis.Finding{
			Message: fmt.Sprintf("%s is a copy of %s, so JavaScript never sees this write", c.call.Text(), c.view.Text()),
			Fixes:   direct(c), Cause: analysis.Cause{Span: c.call.Span(), Kind: "copy"},
		})
		return
	}
	name, lower := holder(p, c.value)
	if name == nil {
		return
	}
	stores, ok := onlyStores(p, name, c)
	if !ok || len(stores) == 0 {
		return
	}
	p.Report(stores[0], lower, analysis.Finding{
		Message: fmt.Sprintf("%s is a copy of %s, so JavaScript never sees what is written into it", name.Text, c.view.Text()),
		Related: []analysis.Related{{Span: c.call.Span(), Message: "the copy is made here"}},
		Fixes:   writeBack(p, c, name, stores), Cause: analysis.Cause{Span: c.call.Span(), Kind: "copy"},
	})
}

// holder is the name that a value is assigned to, and nothing else is; lower is by how much a finding is less
// certain, for a name that another file could import.
func holder(p *analysis.Pass, value syntax.Node) (name *scope.Name, lower int) {
	assignment := value.Parent()
	target := assignment.Child(syntax.FieldLeft)
	if assignment.Kind() != syntax.Assignment || value.Field() != syntax.FieldRight || target.Kind() != syntax.Identifier {
		return nil, 0
	}
	name = p.Unit.Scopes.Lookup(target)
	if name == nil || name.Scope.Node.Kind() == syntax.ClassDefinition {
		return nil, 0
	}
	for _, b := range name.Bindings {
		if b.Node != target && b.Node.Parent().Kind() != syntax.AugmentedAssignment {
			return nil, 0
		}
	}
	if name.Scope == p.Unit.Scopes.Module() {
		lower = 1
	}
	return name, lower
}

// onlyStores are the writes into a copy, if nothing else than further writes and its length depends on it.
func onlyStores(p *analysis.Pass, name *scope.Name, c copy) (stores []syntax.Node, ok bool) {
	array := c.value != c.call
	function := p.Unit.Scopes.Function(c.call)
	for _, b := range name.Bindings[1:] { // a += v, which binds the name once more
		if !array {
			return nil, false
		}
		stores = append(stores, b.Node)
	}
	for _, use := range p.Unit.Scopes.References(name) {
		store := storeAt(use, array)
		switch {
		case p.Unit.Scopes.Function(use) != function:
			return nil, false // who knows when it runs
		case store.OK():
			stores = append(stores, store)
		case isLength(p, use), insideStore(use, name.Text):
		default:
			return nil, false
		}
	}
	slices.SortFunc(stores, func(a, b syntax.Node) int { return cmp.Compare(a.ID(), b.ID()) })
	return stores, true
}

// storeAt is the write into a name at one of its uses: m[i] = v, m[i] += v, and for arrays a.fill(v).
func storeAt(use syntax.Node, array bool) syntax.Node {
	around := use.Parent()
	switch {
	case use.Field() == syntax.FieldValue && isStore(around):
		return around
	case !array:
	case around.Kind() == syntax.Attribute && pyodide.Mutators[around.Child(syntax.FieldAttribute).Text()] &&
		around.Field() == syntax.FieldFunction && around.Parent().Parent().Kind() == syntax.ExpressionStatement:
		return around.Parent()
	}
	return syntax.Node{}
}

// isStore says whether an item is what an assignment assigns to.
func isStore(item syntax.Node) bool {
	kind := item.Parent().Kind()
	return item.Kind() == syntax.Subscript && item.Field() == syntax.FieldLeft &&
		(kind == syntax.Assignment && item.Parent().Parent().Kind() == syntax.ExpressionStatement || kind == syntax.AugmentedAssignment)
}

func isLength(p *analysis.Pass, use syntax.Node) bool {
	call := use.Parent().Parent()
	return use.Parent().Kind() == syntax.ArgumentList && call.Child(syntax.FieldFunction).Text() == "len" &&
		p.Unit.Scopes.Lookup(call.Child(syntax.FieldFunction)) == nil
}

// insideStore says whether a use reads an item, only to write into the same name. A part of the copy that is
// handed to a function may go anywhere.
func insideStore(use syntax.Node, name string) bool {
	item := use.Parent()
	if item.Kind() != syntax.Subscript || use.Field() != syntax.FieldValue {
		return false
	}
	part := item.Child(syntax.FieldSubscript).Kind() == syntax.Slice
	for n := range item.Above() {
		switch n.Kind() {
		case syntax.Call:
			if part {
				return false
			}
		case syntax.NamedExpression, syntax.Yield, syntax.Lambda:
			return false
		case syntax.Assignment, syntax.AugmentedAssignment:
			left := n.Child(syntax.FieldLeft)
			return isStore(left) && left.Child(syntax.FieldValue).Text() == name
		}
	}
	return false
}

// direct writes into the array itself.
func direct(c copy) []analysis.Fix {
	item := c.value.Parent()
	index := item.Child(syntax.FieldSubscript)
	if c.value != c.call || index.Kind() == syntax.Slice || index.Next().OK() {
		return nil // no slice can be assigned to in a typed array
	}
	return []analysis.Fix{{
		Title: fmt.Sprintf("Write into %s", c.view.Text()),
		Edits: []source.Edit{{Span: c.call.Span(), New: c.view.Text()}},
	}}
}

// writeBack assigns the copy to the array, behind the last write.
func writeBack(p *analysis.Pass, c copy, name *scope.Name, stores []syntax.Node) []analysis.Fix {
	made := c.value.Parent().Parent()
	last := stores[len(stores)-1]
	for last.OK() && last.Parent() != made.Parent() {
		last = last.Parent()
	}
	text := p.Unit.Source
	line := text.LineSpan(text.LineOf(made.Span().Start))
	indent := text.Slice(source.Span{Start: line.Start, End: made.Span().Start})
	if !last.OK() || !c.plain || strings.TrimSpace(indent) != "" {
		return nil
	}
	end := text.LineSpan(text.LineOf(last.Span().End)).End
	if rest := strings.TrimSpace(text.Slice(source.Span{Start: last.Span().End, End: end})); rest != "" && rest[0] != '#' {
		return nil
	}
	fix := analysis.Fix{
		Title: fmt.Sprintf("Write it back with %s.assign", c.view.Text()),
		Edits: []source.Edit{{
			Span: source.Span{Start: end, End: end}, New: p.Unit.LineEnd() + indent + fmt.Sprintf("%s.assign(%s)", c.view.Text(), name.Text),
		}},
	}
	if c.shared || doubtful(c, made, last) {
		fix.Applicability = analysis.Unsafe // it also writes back what others have changed since, or comes too late
	}
	return []analysis.Fix{fix}
}

// doubtful says whether something between the copy and the last write may leave it, let others write into the
// array, or use the array as it is.
func doubtful(c copy, made, last syntax.Node) bool {
	object := c.view
	for object.Kind() == syntax.Attribute {
		object = object.Child(syntax.FieldObject)
	}
	for s := made.Next(); s.OK() && s.ID() <= last.ID(); s = s.Next() {
		for n := range s.Within() {
			switch n.Kind() {
			case syntax.ReturnStatement, syntax.RaiseStatement, syntax.Await, syntax.Async, syntax.Yield:
				return true
			case syntax.BreakStatement, syntax.ContinueStatement:
				if !inLoop(n, s) {
					return true
				}
			case syntax.Identifier:
				if n.Text() == object.Text() && scope.Refers(n) && !beside(n.Parent(), c.view) {
					return true
				}
			}
		}
	}
	return false
}

// beside says whether an attribute is another one of the object that has the array, and no method of it.
func beside(attribute, view syntax.Node) bool {
	return attribute.Kind() == syntax.Attribute && attribute.Field() != syntax.FieldFunction &&
		!strings.HasPrefix(view.Text()+".", attribute.Text()+".")
}

// inLoop says whether a loop within a statement, or the statement itself, holds a node.
func inLoop(n, statement syntax.Node) bool {
	for p := range n.Above() {
		if p.Kind() == syntax.ForStatement || p.Kind() == syntax.WhileStatement {
			return true
		}
		if p == statement {
			return false
		}
	}
	return false
}
