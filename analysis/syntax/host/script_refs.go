package host

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// references are what a script loads and starts.
func (s *script) references() []Reference {
	r := references{script: s, seen: map[mention]bool{}, python: Reference{Runtime: s.runtime}}
	if r.python.Runtime == Unsaid && runsPyodide(s.text) {
		r.python.Runtime = Pyodide
	}
	for _, k := range []syntax.Kind{syntax.NewExpression, syntax.CallExpression} {
		for n := range s.tree.Of(k) {
			r.pythonWorker(n)
		}
	}
	for n := range s.tree.Of(syntax.NewExpression) {
		r.made(n)
	}
	for n := range s.tree.Of(syntax.CallExpression) {
		r.called(n)
	}
	r.imports()
	r.mounts()
	if runsPyodide(s.text) || strings.Contains(s.text, "yodide") && s.tree.Count(syntax.JSXAttribute) > 0 { // a component runs it
		r.listed()
		r.becomes()
	}
	slices.SortStableFunc(r.all, func(a, b Reference) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return r.all
}

// references collects those of a script. A text that is loaded in two ways is two references.
type references struct {
	*script
	python Reference // what a Python file is that no worker runs
	all    []Reference
	seen   map[mention]bool
}

type mention struct {
	text syntax.Node
	kind Loading
}

func (r *references) add(n syntax.Node, name specifier, to Reference) {
	if seen := (mention{n, to.Kind}); !r.seen[seen] {
		r.seen[seen] = true
		to.Path, to.Span = name.path, name.span
		r.all = append(r.all, to)
	}
}

// runsPyodide says whether a script has a Pyodide at hand, which what it loads is for.
func runsPyodide(text string) bool {
	return strings.Contains(text, "runPython") || strings.Contains(text, "loadPyodide") || strings.Contains(text, "pyimport")
}

// pythonWorkers are the functions that run a Python file in a worker, with what runs it there if that is always the same.
// Source: https://docs.pyscript.net/latest/user-guide/workers/, and the exports of PyScript's core.js.
var pythonWorkers = map[string]Runtime{"PyWorker": Unsaid, "XWorker": Unsaid, "MPWorker": MicroPython}

// pythonWorker adds the Python file that PyScript runs in a worker, and the settings for it.
func (r *references) pythonWorker(n syntax.Node) {
	why, options := lastName(firstOf(n.Child(syntax.FieldConstructor), n.Child(syntax.FieldFunction))), argument(n, 1)
	runtime, ok := pythonWorkers[why]
	if !ok {
		return
	}
	r.addPython(argument(n, 0), Reference{Runtime: cmp.Or(runtime, typeOption(options)), Entry: AsyncEntry, Realms: pyodide.Worker, Why: why})
	if config := r.names.member(options, "config"); config.OK() {
		for text, name := range r.named(config) {
			if settingsFile.MatchString(name.path) && name.near() {
				r.add(text, name, Reference{Kind: ReadsSettings, Realms: pyodide.Worker, Why: why})
			}
		}
	}
}

// scriptWorkers are what runs a script in a worker when it is made: the platform's, and those of
// https://github.com/mathe42/vite-plugin-comlink.
var scriptWorkers = []string{"Worker", "SharedWorker", "ComlinkWorker", "ComlinkSharedWorker"}

// workerName is how people call the script of a worker, whose address they hand to what makes the worker.
var workerName = regexp.MustCompile(`(?:^|[/._-])[wW]orker\.[cm]?[jt]sx?$`)

// made adds what is loaded where an object is made.
func (r *references) made(n syntax.Node) {
	callee := n.Child(syntax.FieldConstructor)
	switch name := lastName(callee); {
	case name == "URL":
		r.addPython(argument(n, 0), r.pythonBy("new URL"))
		if path, _ := constant(argument(n, 0)); workerName.MatchString(path) && argument(n, 1).Text() == "import.meta.url" {
			r.addScript(argument(n, 0), Reference{Kind: StartsWorker, Realms: pyodide.Worker, Why: "new URL of a worker"})
		}
	case slices.Contains(scriptWorkers, name):
		to := Reference{Kind: StartsWorker, Realms: pyodide.Worker, Why: "new " + name}
		if strings.Contains(r.text, "worker_threads") {
			to.Realms = pyodide.Node
		}
		r.addScript(argument(n, 0), to)
	}
}

// called adds what is loaded by a call.
func (r *references) called(n syntax.Node) {
	callee, first := unwrap(n.Child(syntax.FieldFunction)), argument(n, 0)
	of := unwrap(callee.Child(syntax.FieldObject))
	switch name := lastName(callee); {
	case name == "fetch":
		r.addPython(first, r.pythonBy("fetch"))
	case callee.Text() == "require":
		r.addImport(first, "require")
	case callee.Kind() == syntax.Import && !namesType(r.text, callee.Span().Start):
		r.addImport(first, "import()")
	case name == "importScripts":
		for script := range n.Child(syntax.FieldArguments).Children() {
			r.addScript(script, Reference{Kind: LoadsScript, Why: "importScripts"})
			if address := r.names.constant(script); pyodideScript.MatchString(address.Text()) {
				r.classic = append(r.classic, Classic{script.Span(), address.Text()})
			}
		}
	case name == "register" && lastName(of) == "serviceWorker":
		r.addScript(first, Reference{Kind: StartsServiceWorker, Realms: pyodide.ServiceWorker, Why: "serviceWorker.register"})
	case name == "pyimport":
		r.addModule(first, Reference{Kind: ImportsModule, Runtime: cmp.Or(r.runtime, Pyodide), Why: "pyimport"})
	case name == "registerJsModule":
		r.addModule(first, Reference{Kind: MakesModule, Runtime: cmp.Or(r.runtime, Pyodide), Why: "registerJsModule"})
	}
}

// pyodideScript is an expression that ends in the name of Pyodide's script for classic workers and pages.
var pyodideScript = regexp.MustCompile("\\bpyodide\\.js[\"'`)]*$")

// imports adds what import and export statements load.
func (r *references) imports() {
	for _, k := range []syntax.Kind{syntax.ImportStatement, syntax.ExportStatement, syntax.ImportRequireClause} {
		for n := range r.tree.Of(k) {
			if !typesOnly(n) {
				r.addImport(n.Child(syntax.FieldSource), strings.TrimSuffix(k.String(), "_statement"))
			}
		}
	}
}

// typesOnly says whether TypeScript leaves nothing of a statement.
func typesOnly(n syntax.Node) bool {
	words := strings.Fields(n.Text()[:min(n.Span().Len(), 80)])
	return len(words) > 3 && words[1] == "type" && words[2] != "from" && words[2] != ","
}

// pythonBy is a Python file that is loaded in some way.
func (r *references) pythonBy(why string) Reference {
	to := r.python
	to.Why = why
	return to
}

// addPython adds the Python files that an expression names.
func (r *references) addPython(n syntax.Node, to Reference) {
	for text, name := range r.named(n) {
		if name.isPython() {
			r.add(text, name, to)
		}
	}
}

// addScript adds the scripts that an expression names by their addresses.
func (r *references) addScript(n syntax.Node, to Reference) {
	for text, name := range r.named(n) {
		if name.near() && name.isScript() {
			r.add(text, name, to)
		}
	}
}

// addImport adds what is imported: a Python file as a text, a script, a worker.
func (r *references) addImport(n syntax.Node, why string) {
	r.addPython(n, r.pythonBy(why))
	for text, name := range r.named(n) {
		if to, ok := name.imported(why); ok {
			r.add(text, name, to)
		}
	}
}

// addModule adds a module by its dotted name.
func (r *references) addModule(n syntax.Node, to Reference) {
	for text, name := range r.named(n) {
		if isModule(" "+name.path+" ") && !strings.ContainsAny(name.path, "${}") && name.query == "" {
			r.add(text, name, to)
		}
	}
}

// named are the texts that an expression may be, which name something: those of a constant, of both of two, of an
// address that is made of one.
func (r *references) named(n syntax.Node) func(func(syntax.Node, specifier) bool) {
	r.names.left = steps
	return func(yield func(syntax.Node, specifier) bool) {
		for _, n := range branches(r.names.constant(n)) {
			text := r.address(n)
			path, ok := constant(text)
			if ok && !yield(text, specified(path, source.Span{Start: text.Span().Start + 1, End: text.Span().End - 1})) {
				return
			}
		}
	}
}

// address is the text that an address is made of, else the expression itself.
func (r *references) address(n syntax.Node) syntax.Node {
	for range steps {
		n = r.names.constant(n)
		switch n.Kind() {
		case syntax.Identifier:
			return r.importedAddress(n)
		case syntax.NewExpression:
			if n.Child(syntax.FieldConstructor).Text() != "URL" {
				return n
			}
			n = argument(n, 0)
		case syntax.MemberExpression: // new URL(…).href
			if n.Child(syntax.FieldProperty).Text() != "href" {
				return n
			}
			n = n.Child(syntax.FieldObject)
		case syntax.CallExpression: // new URL(…).toString()
			callee := n.Child(syntax.FieldFunction)
			if lastName(callee) != "toString" {
				return n
			}
			n = callee.Child(syntax.FieldObject)
		default:
			return n
		}
	}
	return syntax.Node{}
}

// importedAddress is the text of the import that a name has an address from, else the name itself.
func (r *references) importedAddress(n syntax.Node) syntax.Node {
	_, one, ok := r.names.binding(n)
	if !ok || one.at.Parent().Kind() != syntax.ImportClause {
		return n
	}
	from := one.at.Parent().Parent().Child(syntax.FieldSource)
	if text, _ := constant(from); !specified(text, from.Span()).has("url") {
		return n
	}
	return from
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
