package flow

import (
	"regexp"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Place says where the guards around a piece of code let it run.
type Place uint8

const (
	// Anywhere is code under no guard.
	Anywhere Place = iota
	// InPyodide is code that a guard lets run in Pyodide only.
	InPyodide
	// OnHost is code that never runs in Pyodide.
	OnHost
	// Unclear is code under a guard that speaks of the platform and cannot be read.
	Unclear
)

// Place reads the guards around a node, from the innermost out: "if sys.platform == …", "except
// ImportError" after an import of the bridge, early returns, and names that hold such conditions.
func (f *File) Place(n syntax.Node) Place {
	place := Anywhere
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch here := f.guard(p, below); here {
		case OnHost:
			return OnHost
		case InPyodide, Unclear:
			place = max(place, here)
		}
	}
	return place
}

// within is where code under two guards runs.
func within(a, b Place) Place {
	if a == OnHost || b == OnHost {
		return OnHost
	}
	return max(a, b)
}

// guard is what one node around another says of where it runs.
func (f *File) guard(p, below syntax.Node) Place {
	switch p.Kind() {
	case syntax.IfStatement, syntax.ElifClause:
		return f.branch(p, below)
	case syntax.ConditionalExpression:
		value := p.First()
		condition := value.Next()
		switch {
		case below == condition:
			return Anywhere
		case below == value:
			return f.when(condition, true)
		}
		return f.when(condition, false)
	case syntax.BooleanOperator:
		if below.Field() == syntax.FieldRight {
			return f.when(p.Child(syntax.FieldLeft), p.Child(syntax.FieldOperator).Text() == "and")
		}
	case syntax.ExceptClause, syntax.ExceptGroupClause:
		if below.Kind() == syntax.Block && scope.CatchesImportError(p) && f.triesBridge(p.Parent()) {
			return OnHost
		}
	case syntax.ElseClause:
		if p.Parent().Kind() == syntax.TryStatement && f.triesBridge(p.Parent()) {
			return InPyodide
		}
	case syntax.Block, syntax.Module:
		return f.afterEarlyExits(below)
	}
	return Anywhere
}

// branch is where a branch of an if statement runs, given the conditions before it.
func (f *File) branch(p, below syntax.Node) Place {
	if p.Kind() == syntax.ElifClause {
		if below.Field() == syntax.FieldConsequence {
			return f.when(p.Child(syntax.FieldCondition), true)
		}
		return Anywhere
	}
	switch below.Field() {
	case syntax.FieldConsequence:
		return f.when(p.Child(syntax.FieldCondition), true)
	case syntax.FieldAlternative:
		place := f.when(p.Child(syntax.FieldCondition), false)
		for clause := range p.Children() {
			if clause == below {
				break
			}
			if clause.Kind() == syntax.ElifClause {
				place = within(place, f.when(clause.Child(syntax.FieldCondition), false))
			}
		}
		return place
	}
	return Anywhere
}

// afterEarlyExits is what the statements before one in its block leave over: after "if not IN_BROWSER:
// return" everything is in the browser.
func (f *File) afterEarlyExits(below syntax.Node) Place {
	place := Anywhere
	for s := range below.Parent().Children() {
		if s.ID() >= below.ID() {
			break
		}
		if s.Kind() != syntax.IfStatement || s.Child(syntax.FieldAlternative).OK() || !leaves(s.Child(syntax.FieldConsequence)) {
			continue
		}
		place = within(place, f.when(s.Child(syntax.FieldCondition), false))
	}
	return place
}

// leaves says whether a block's last statement ends the block around it.
func leaves(block syntax.Node) bool {
	last := syntax.Node{}
	for s := range block.Children() {
		last = s
	}
	switch last.Kind() {
	case syntax.ReturnStatement, syntax.RaiseStatement, syntax.ContinueStatement, syntax.BreakStatement:
		return true
	case syntax.ExpressionStatement:
		name := last.First().Child(syntax.FieldFunction).Text()
		return name == "sys.exit" || name == "exit" || name == "quit"
	}
	return false
}

// triesBridge says whether the body of a try statement imports the bridge.
func (f *File) triesBridge(try syntax.Node) bool {
	body := try.Child(syntax.FieldBody)
	for _, i := range f.scopes.Imports() {
		if pyodide.IsBridge(i.Module) && body.Holds(i.Node) {
			return true
		}
	}
	return false
}

// when is where code runs that needs a condition to be as said.
func (f *File) when(condition syntax.Node, holds bool) Place {
	value := f.ask().condition(condition)
	switch {
	case !value.known && speaksOfPlatform.MatchString(condition.Text()):
		return Unclear
	case !value.known:
		return Anywhere
	case value.value != holds:
		return OnHost
	case value.strong:
		return InPyodide
	}
	return Anywhere
}

// speaksOfPlatform finds conditions that are about where the code runs although their value is not known.
var speaksOfPlatform = regexp.MustCompile(`(?i)pyodide|emscripten|wasm|browser|pyscript|in_worker|sys\.platform`)

// AsksForRealm says whether the function around a node, or the text around code in none, asks whether it runs
// in a worker or on the main thread: it knows of both.
func (f *File) AsksForRealm(n syntax.Node) bool {
	around := f.scopes.Function(n)
	for outer := around; outer.OK(); outer = f.scopes.Function(outer) {
		around = outer
	}
	if !around.OK() {
		around = f.scopes.Tree().Root()
	}
	return speaksOfRealm.MatchString(around.Text())
}

// speaksOfRealm finds the names by which code asks where it runs.
var speaksOfRealm = regexp.MustCompile(`(?i)in_?worker|is_?worker|main_?thread|importScripts|WorkerGlobalScope`)

// Bridge says how a text imports the bridge.
type Bridge uint8

const (
	// NoBridge is a text that does not import it.
	NoBridge Bridge = iota
	// Guarded is a text that imports it here and there, in a function, a branch or a try: it may run on the
	// host too.
	Guarded
	// Bare is a text that imports it at its top level, so that it cannot be loaded anywhere else.
	Bare
)

// Bridge says how the text imports the bridge. One that imports what only the host has, such as a test
// runner, at its top level counts as guarded.
func (f *File) Bridge() Bridge {
	found, host := NoBridge, false
	for _, i := range f.scopes.Imports() {
		top := i.Node.Parent().Kind() == syntax.Module
		host = host || top && pyodide.IsHost(i.Module)
		switch {
		case !pyodide.IsBridge(i.Module):
		case top:
			found = Bare
		default:
			found = max(found, Guarded)
		}
	}
	if host {
		return min(found, Guarded)
	}
	return found
}
