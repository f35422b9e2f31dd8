package host

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// workers are the functions that run a Python file in a worker.
var workers = []string{"PyWorker", "XWorker"}

// references are the Python files that a script loads.
func (s *script) references() []Reference {
	var found []Reference
	seen := map[syntax.Node]bool{}
	add := func(n syntax.Node, r Reference) {
		if n = unwrap(n); seen[n] {
			return
		}
		if path, span, ok := s.pythonPath(n); ok {
			seen[n] = true
			r.Path, r.Span = path, span
			found = append(found, r)
		}
	}
	loaded := Reference{Runtime: s.runtime, Where: s.where}
	if loaded.Runtime == Unsaid && runsPyodide(s.text) {
		loaded.Runtime = Pyodide
	}
	for _, k := range []syntax.Kind{syntax.NewExpression, syntax.CallExpression} {
		for n := range s.tree.Of(k) {
			callee := firstOf(n.Child(syntax.FieldConstructor), n.Child(syntax.FieldFunction))
			first := argument(n, 0)
			if slices.Contains(workers, lastName(callee)) {
				r := Reference{Runtime: typeOption(argument(n, 1)), Where: InWorker}
				if first = unwrap(first); first.Kind() == syntax.NewExpression {
					first = argument(first, 0) // new URL
				}
				add(first, r)
			}
		}
	}
	for n := range s.tree.Of(syntax.NewExpression) {
		if n.Child(syntax.FieldConstructor).Text() == "URL" {
			add(argument(n, 0), loaded)
		}
	}
	for n := range s.tree.Of(syntax.CallExpression) {
		switch callee := n.Child(syntax.FieldFunction); {
		case lastName(callee) == "fetch", callee.Text() == "require", callee.Kind() == syntax.Import:
			add(argument(n, 0), loaded)
		}
	}
	for _, k := range []syntax.Kind{syntax.ImportStatement, syntax.ExportStatement} {
		for n := range s.tree.Of(k) {
			add(n.Child(syntax.FieldSource), loaded)
		}
	}
	slices.SortStableFunc(found, func(a, b Reference) int { return a.Span.Start - b.Span.Start })
	return found
}

// runsPyodide says whether a script has a Pyodide at hand, which what it loads is for.
func runsPyodide(text string) bool {
	return strings.Contains(text, "runPython") || strings.Contains(text, "loadPyodide") || strings.Contains(text, "pyimport")
}

// typeOption is what the options of a worker say that runs it.
func typeOption(options syntax.Node) Runtime {
	for c := range options.Children() {
		if c.Child(syntax.FieldKey).Text() != "type" {
			continue
		}
		switch value, _ := constant(c.Child(syntax.FieldValue)); value {
		case "micropython", "mpy":
			return MicroPython
		case "pyodide", "py":
			return Pyodide
		}
	}
	return Unsaid
}

// pythonPath is the path of a Python file that a literal holds, and where it stands.
func (s *script) pythonPath(n syntax.Node) (path string, span source.Span, ok bool) {
	path, ok = constant(n)
	span = source.Span{Start: n.Span().Start + 1, End: n.Span().End - 1}
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
		if j := strings.IndexAny(s.text[span.Start:span.End], "?#"); j >= 0 {
			span.End = span.Start + j
		}
	}
	return path, span, ok && len(path) > len(".py") && strings.HasSuffix(path, ".py")
}

// evidence is where a script runs, by what it uses: Anywhere if it uses nothing that tells, or both.
func (s *script) evidence() Where {
	var places [InNode + 1]bool
	places[InWorker] = s.usesWorker()
	places[InNode] = s.usesNode()
	places[OnPage] = s.usesObject("document") || s.usesObject("window")
	where := Anywhere
	for w, used := range places {
		switch {
		case used && where != Anywhere:
			return Anywhere
		case used:
			where = Where(w)
		}
	}
	return where
}

// usesObject says whether a script asks a global object for something.
func (s *script) usesObject(names ...string) bool {
	for n := range s.tree.Of(syntax.Identifier) {
		if n.Field() == syntax.FieldObject && slices.Contains(names, n.Text()) && s.global(n) {
			return true
		}
	}
	return false
}

// global says whether the script does not bind the name itself.
func (s *script) global(n syntax.Node) bool {
	_, one, _ := s.names.binding(n)
	return !one.at.OK()
}

func (s *script) usesWorker() bool {
	if strings.Contains(s.text, `lib="webworker"`) {
		return true
	}
	for n := range s.tree.Of(syntax.Identifier) {
		if n.Text() == "DedicatedWorkerGlobalScope" {
			return true
		}
	}
	for n := range s.tree.Of(syntax.Other) { // a type
		if n.Text() == "DedicatedWorkerGlobalScope" {
			return true
		}
	}
	for n := range s.tree.Of(syntax.AssignmentExpression) {
		switch left := n.Child(syntax.FieldLeft); left.Kind() {
		case syntax.Identifier:
			if left.Text() == "onmessage" && s.global(left) {
				return true
			}
		case syntax.MemberExpression:
			if s.isSelf(left.Child(syntax.FieldObject)) && left.Child(syntax.FieldProperty).Text() == "onmessage" {
				return true
			}
		}
	}
	for n := range s.tree.Of(syntax.CallExpression) {
		callee := unwrap(n.Child(syntax.FieldFunction))
		of := callee.Child(syntax.FieldObject)
		switch lastName(callee) {
		case "importScripts":
			return true
		case "expose":
			if of.Text() == "Comlink" || callee.Kind() == syntax.Identifier && strings.Contains(s.text, "comlink") {
				return true
			}
		case "postMessage":
			if s.isSelf(of) {
				return true
			}
		case "addEventListener":
			if s.isSelf(of) && isString(argument(n, 0), "message") {
				return true
			}
		}
	}
	return false
}

// isSelf says whether an expression is a worker's global object by the name that scripts for workers use.
func (s *script) isSelf(n syntax.Node) bool {
	n = unwrap(n)
	return n.Kind() == syntax.Identifier && n.Text() == "self" && s.global(n)
}

// nodeModules are modules that no browser has; the package pyodide is imported with require in Node.js alone.
var nodeModules = []string{"fs", "fs/promises", "child_process", "worker_threads", "readline", "pyodide"}

func (s *script) usesNode() bool {
	isNode := func(n syntax.Node, required bool) bool {
		name, ok := constant(n)
		return ok && (strings.HasPrefix(name, "node:") || slices.Contains(nodeModules, name) && (required || name != "pyodide"))
	}
	for n := range s.tree.Of(syntax.ImportStatement) {
		if isNode(n.Child(syntax.FieldSource), false) {
			return true
		}
	}
	for n := range s.tree.Of(syntax.CallExpression) {
		callee := n.Child(syntax.FieldFunction)
		if (callee.Text() == "require" || callee.Kind() == syntax.Import) && isNode(argument(n, 0), callee.Text() == "require") {
			return true
		}
	}
	for n := range s.tree.Of(syntax.MemberExpression) {
		if n.Text() == "process.argv" {
			return true
		}
	}
	return s.usesObject("Deno", "Bun")
}
