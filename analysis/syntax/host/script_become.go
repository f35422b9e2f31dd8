package host

import (
	"path"
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// becomes tells what the script does with the texts of the Python files that it loads: how it runs them, and under which
// name it writes them where Python imports them. Only what a constant leads to is certain.
func (r *references) becomes() {
	run := map[int]bool{}
	for call := range r.tree.Of(syntax.CallExpression) {
		callee := unwrap(call.Child(syntax.FieldFunction))
		name := lastName(callee)
		if entry, runs := runners[name]; runs {
			if i := r.loaded(argument(call, 0)); i >= 0 {
				r.all[i].Entry = stricter(entry, r.all[i].Entry, run[i])
				run[i] = true
			}
		}
		if name == "writeFile" && lastName(callee.Child(syntax.FieldObject)) == "FS" {
			if i := r.loaded(argument(call, 1)); i >= 0 {
				r.all[i].Module = r.module(argument(call, 0))
			}
		}
	}
}

// stricter is how a text is entered that is run in one way and perhaps in another as well, both of which it must suit.
func stricter(entry, other Entry, both bool) Entry {
	switch {
	case !both:
		return entry
	case entry == PlainEntry || other == PlainEntry:
		return PlainEntry
	}
	return min(entry, other)
}

// module is the name by which Python imports the file of a path, from the folder that holds it.
func (r *references) module(n syntax.Node) (name string) {
	for _, file := range r.named(n) {
		if file.isPython() {
			name = strings.TrimSuffix(path.Base(file.path), ".py")
		}
	}
	return name
}

// loaded is which of the references an expression has the text from, -1 for none.
func (r *references) loaded(n syntax.Node) int {
	text := r.loadedBy(n)
	if !text.OK() {
		return -1
	}
	for i, o := range r.all {
		if o.Kind == LoadsPython && text.Span().Start <= o.Span.Start && o.Span.End <= text.Span().End {
			return i
		}
	}
	return -1
}

// loadedBy is what names the file that an expression has the text of, as in await (await fetch("a.py")).text(), or as
// what imports the text has it.
func (r *references) loadedBy(n syntax.Node) syntax.Node {
	r.names.left = steps
	for range steps {
		n = r.names.constant(n)
		switch n.Kind() {
		case syntax.AwaitExpression:
			n = child(n, 0)
		case syntax.NewExpression: // new Uint8Array(await response.arrayBuffer())
			if n.Child(syntax.FieldConstructor).Text() != "Uint8Array" {
				return syntax.Node{}
			}
			n = argument(n, 0)
		case syntax.CallExpression:
			callee := unwrap(n.Child(syntax.FieldFunction))
			switch lastName(callee) {
			case "fetch", "readFile", "readFileSync", "readTextFile", "readTextFileSync": // the platform's, of Node.js and of Deno
				return r.address(argument(n, 0))
			case "text", "arrayBuffer", "bytes":
				n = callee.Child(syntax.FieldObject)
			default:
				return syntax.Node{}
			}
		case syntax.Identifier:
			return r.importedText(n)
		default:
			return syntax.Node{}
		}
	}
	return syntax.Node{}
}

// importedText names the file that a name has the text of by an import, no node if it has that from nowhere.
func (r *references) importedText(n syntax.Node) syntax.Node {
	_, one, ok := r.names.binding(n)
	if !ok || one.at.Parent().Kind() != syntax.ImportClause {
		return syntax.Node{}
	}
	from := one.at.Parent().Parent().Child(syntax.FieldSource)
	if name, _ := constant(from); specified(name, source.Span{}).has("url") {
		return syntax.Node{} // an address
	}
	return from
}
