package flow

import (
	"regexp"
	"slices"

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
	place, _ := f.Let(n)
	return place
}

// Let is Place, and the places in which the guards around a node let it run.
func (f *File) Let(n syntax.Node) (Place, pyodide.Realms) {
	unclear := false
	let := pyodide.AllRealms
	for _, g := range f.ask().guards(n) {
		let = let.And(g.Realms)
		unclear = unclear || g.Realms == pyodide.AllRealms
	}
	switch {
	case let.And(pyodide.InPyodide) == 0:
		return OnHost, let
	case unclear:
		return Unclear, let
	case !let.Has(pyodide.Host):
		return InPyodide, let
	}
	return Anywhere, let
}

// AsScript says whether a node stands under a condition that holds where the text runs as a script, and not where it is
// imported.
func (f *File) AsScript(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		if p.Kind() != syntax.IfStatement {
			continue
		}
		for _, a := range asks(p, below) {
			if a.holds && namesMain(a.condition) {
				return true
			}
		}
	}
	return false
}

// IfImportFails says whether a node stands in the branch of a try for an import that fails.
func (f *File) IfImportFails(n syntax.Node) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		if p.Kind() == syntax.FunctionDefinition {
			return false
		}
		if p.Kind() == syntax.ExceptClause && below.Kind() == syntax.Block && scope.CatchesImportError(p) {
			for s := range p.Parent().Child(syntax.FieldBody).Children() {
				if s.Kind() == syntax.ImportStatement || s.Kind() == syntax.ImportFromStatement {
					return true
				}
			}
		}
	}
	return false
}

// namesMain says whether a condition is "__name__ == "__main__"", which Python sets so for a script.
func namesMain(condition syntax.Node) bool {
	for condition.Kind() == syntax.ParenthesizedExpression {
		condition = condition.First()
	}
	if condition.Kind() == syntax.BooleanOperator && condition.Child(syntax.FieldOperator).Text() == "and" {
		return namesMain(condition.Child(syntax.FieldLeft)) || namesMain(condition.Child(syntax.FieldRight))
	}
	if condition.Kind() != syntax.ComparisonOperator {
		return false
	}
	left := condition.First()
	operator := left.Next()
	right := operator.Next()
	if operator.Text() != "==" || right.Next().OK() {
		return false
	}
	if right.Text() == "__name__" {
		left, right = right, left
	}
	name, ok := syntax.Constant(right)
	return ok && left.Text() == "__name__" && name == "__main__"
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
		return exits(last)
	}
	return false
}

// speaksOfPlatform finds conditions that are about where the code runs although their value is not known.
var speaksOfPlatform = regexp.MustCompile(`(?i)pyodide|emscripten|wasm|browser|pyscript|in_worker|sys\.platform`)

// speaks says whether a condition is about where the code runs, of which each node below it asks again.
func (f *File) speaks(condition syntax.Node) bool {
	return f.speaking.of(condition, func() bool { return speaksOfPlatform.MatchString(condition.Text()) })
}

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
		top := atTop(i)
		host = host || f.SaysHost(i)
		switch {
		case !pyodide.IsBridgeModule(i.Module):
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

// SaysHost says whether an import says that the text runs outside Pyodide.
func (f *File) SaysHost(i scope.Import) bool {
	if !atTop(i) {
		return false
	}
	return pyodide.IsHost(i.Module) || pyodide.HostUses[i.Module] && !slices.ContainsFunc(f.scopes.Imports(), func(i scope.Import) bool {
		return atTop(i) && pyodide.Unmistakable[i.Module]
	})
}

// ForHost says whether the text imports at its top level what only the host has: where Pyodide is told to load it, the
// text does not get beyond that.
func (f *File) ForHost() bool {
	return slices.ContainsFunc(f.scopes.Imports(), func(i scope.Import) bool { return atTop(i) && pyodide.IsHost(i.Module) })
}

func atTop(i scope.Import) bool { return i.Node.Parent().Kind() == syntax.Module }
