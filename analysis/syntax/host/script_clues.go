package host

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Agreed is where a script runs by all that it says of that; none if it says nothing, or several things.
func Agreed(clues []Clue) (realms pyodide.Realms) {
	if len(clues) != 1 {
		return 0
	}
	return clues[0].Realms
}

// clues are what a script says of where it runs: each place once, by the first use that says so.
func (s *script) clues() []Clue {
	c := clues{script: s, first: map[pyodide.Realms]Clue{}}
	c.testsIn()
	c.names()
	c.objects()
	c.handlers()
	c.callees()
	c.modules()
	if _, serves := c.first[pyodide.ServiceWorker]; serves && !c.dedicated {
		delete(c.first, pyodide.Worker)
	}
	var all []Clue
	for _, realm := range pyodide.AllRealms.Each() {
		if clue, ok := c.first[realm]; ok {
			all = append(all, clue)
		}
	}
	slices.SortStableFunc(all, func(a, b Clue) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return all
}

// clues looks for those of a script.
type clues struct {
	*script
	first     map[pyodide.Realms]Clue
	dedicated bool            // it uses what a service worker has not
	asked     map[string]bool // global names whose type the script asks for: it runs with them and without
	tests     []source.Span   // what runs only if it has them, or only if it has not
}

// add notes a use of something that only one place has.
func (c *clues) add(realm pyodide.Realms, at syntax.Node, what string) (counts bool) {
	inTest := func(test source.Span) bool { return test.Start <= at.Span().Start && at.Span().End <= test.End }
	if slices.ContainsFunc(c.tests, inTest) {
		return false
	}
	c.addSpan(realm, at.Span(), what)
	return true
}

func (c *clues) addSpan(realm pyodide.Realms, span source.Span, what string) {
	if first, ok := c.first[realm]; !ok || span.Start < first.Span.Start {
		c.first[realm] = Clue{realm, span, what}
	}
}

// worker notes a use of something that dedicated workers have; any says whether service workers have it as well.
func (c *clues) worker(at syntax.Node, any bool, what string) {
	if c.add(pyodide.Worker, at, what) && !any {
		c.dedicated = true
	}
}

// testsIn notes the names that are asked for with typeof, and what stands under such a test.
func (c *clues) testsIn() {
	c.asked = map[string]bool{}
	for n := range c.tree.Of(syntax.UnaryExpression) {
		name := n.Child(syntax.FieldArgument)
		if name.Kind() != syntax.Identifier || n.Child(syntax.FieldOperator).Text() != "typeof" {
			continue
		}
		c.asked[name.Text()] = true
		part := n
		for p := range n.Above() {
			if k := p.Kind(); k == syntax.IfStatement || k == syntax.TernaryExpression {
				if part.Field() == syntax.FieldCondition {
					c.tests = append(c.tests, p.Span())
				}
				break
			}
			part = p
		}
	}
}

// names looks for names that say by themselves what the script is for.
func (c *clues) names() {
	const lib = `lib="webworker"`
	if i := strings.Index(c.text, lib); i >= 0 {
		c.addSpan(pyodide.Worker, source.Span{Start: i, End: i + len(lib)}, "refers to "+lib)
	}
	for _, k := range []syntax.Kind{syntax.Identifier, syntax.Other} { // a type is of no kind
		for n := range c.tree.Of(k) {
			switch n.Text() {
			case "DedicatedWorkerGlobalScope":
				c.worker(n, false, "names "+n.Text())
			case "ServiceWorkerGlobalScope":
				c.add(pyodide.ServiceWorker, n, "names "+n.Text())
			}
		}
	}
}

// objectsOf are the global objects that one place alone has.
var objectsOf = map[string]pyodide.Realms{"document": pyodide.Main, "window": pyodide.Main, "Deno": pyodide.Node, "Bun": pyodide.Node}

// objects looks for global objects that are asked for something.
func (c *clues) objects() {
	for n := range c.tree.Of(syntax.Identifier) {
		if realm := objectsOf[n.Text()]; realm != 0 && n.Field() == syntax.FieldObject && !c.asked[n.Text()] && c.global(n) {
			c.add(realm, n, "uses "+n.Text())
		}
	}
	for n := range c.tree.Of(syntax.MemberExpression) {
		property := n.Child(syntax.FieldProperty).Text()
		if n.Child(syntax.FieldObject).Text() == "process" && slices.Contains(processMembers, property) && !c.asked["process"] {
			c.add(pyodide.Node, n, "uses process."+property)
		}
		switch property {
		case "registration", "clients", "skipWaiting":
			if c.isSelf(n.Child(syntax.FieldObject)) {
				c.add(pyodide.ServiceWorker, n, "uses self."+property)
			}
		}
	}
}

// handlers looks for what is told to call when a message comes.
func (c *clues) handlers() {
	for n := range c.tree.Of(syntax.AssignmentExpression) {
		switch left := n.Child(syntax.FieldLeft); left.Kind() {
		case syntax.Identifier:
			if left.Text() == "onmessage" && c.global(left) {
				c.worker(left, true, "sets onmessage")
			}
		case syntax.MemberExpression:
			if c.isSelf(left.Child(syntax.FieldObject)) && left.Child(syntax.FieldProperty).Text() == "onmessage" {
				c.worker(left, true, "sets self.onmessage")
			}
		}
	}
}

// serviceEvents are those that a service worker alone is sent.
var serviceEvents = []string{"fetch", "install", "activate"}

// callees looks for functions that one place alone has.
func (c *clues) callees() {
	for n := range c.tree.Of(syntax.CallExpression) {
		callee := unwrap(n.Child(syntax.FieldFunction))
		of := callee.Child(syntax.FieldObject)
		switch lastName(callee) {
		case "importScripts":
			if !c.asked["importScripts"] {
				c.worker(callee, true, "uses importScripts")
			}
		case "expose":
			if of.Text() == "Comlink" || callee.Kind() == syntax.Identifier && strings.Contains(c.text, "comlink") {
				c.worker(callee, false, "calls Comlink's expose")
			}
		case "postMessage":
			if c.isSelf(of) {
				c.worker(callee, false, "calls self.postMessage")
			}
		case "addEventListener":
			if !c.isSelf(of) {
				continue
			}
			switch event, _ := constant(argument(n, 0)); {
			case event == "message":
				c.worker(callee, true, "listens to messages to self")
			case slices.Contains(serviceEvents, event):
				c.add(pyodide.ServiceWorker, callee, "listens to the event "+event)
			}
		}
	}
}

// nodeModules are modules that no browser has; the package pyodide is imported with require in Node.js alone.
var nodeModules = []string{
	"fs", "fs/promises", "child_process", "worker_threads", "readline", "path", "os", "url", "pyodide", "vitest", "@jest/globals", "express",
}

// pageModules are modules that draw pages.
var pageModules = []string{
	"react", "react-dom", "react-dom/client", "preact", "vue", "svelte", "solid-js", "jquery", "@angular/core", "codemirror", "monaco-editor",
}

// processMembers are the members of process that bundlers put into no page.
var processMembers = []string{"argv", "exit", "stdout", "stderr", "stdin", "cwd"}

// modules looks for the modules of Node.js, of Deno and of pages.
func (c *clues) modules() {
	for n := range c.tree.Of(syntax.ExportStatement) {
		// Source: https://developers.cloudflare.com/workers/runtime-apis/handlers/
		if exported := c.script.names.member(n.Child(syntax.FieldValue), "fetch"); strings.HasPrefix(n.Text(), "export default") && (exported.OK() || hasMethod(n.Child(syntax.FieldValue), "fetch")) {
			c.add(pyodide.Node, n.Child(syntax.FieldValue), "exports a handler of requests")
		}
	}
	add := func(n syntax.Node, required bool) {
		name, ok := constant(n)
		deno := strings.HasPrefix(name, "jsr:") || strings.HasPrefix(name, "npm:") || strings.HasPrefix(name, "https://deno.land/")
		if ok && (deno || strings.HasPrefix(name, "node:") || slices.Contains(nodeModules, name) && (required || name != "pyodide")) {
			c.add(pyodide.Node, n, "imports "+name)
		}
	}
	for n := range c.tree.Of(syntax.ImportStatement) {
		from := n.Child(syntax.FieldSource)
		add(from, false)
		switch name, _ := constant(from); {
		case strings.HasPrefix(n.Text(), "import type "):
		case strings.HasSuffix(name, ".css"), strings.HasSuffix(name, ".scss"):
			c.add(pyodide.Main, n, "imports a style sheet")
		case slices.Contains(pageModules, name):
			c.add(pyodide.Main, n, "imports "+name)
		}
	}
	for n := range c.tree.Of(syntax.CallExpression) {
		if callee := n.Child(syntax.FieldFunction); callee.Text() == "require" || callee.Kind() == syntax.Import {
			add(argument(n, 0), callee.Text() == "require")
		}
	}
}

// hasMethod says whether an object is written with a method of the name.
func hasMethod(object syntax.Node, name string) bool {
	for m := range object.Children() {
		if m.Kind() == syntax.MethodDefinition && m.Child(syntax.FieldName).Text() == name {
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

// isSelf says whether an expression is a worker's global object by the name that scripts for workers use.
func (s *script) isSelf(n syntax.Node) bool {
	n = unwrap(n)
	return n.Kind() == syntax.Identifier && n.Text() == "self" && s.global(n)
}
