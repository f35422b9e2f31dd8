package host

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// listed adds the Python files that a script with a Pyodide at hand names in lists and in the arguments of what
// loads files: it goes through the lists and loads what they name.
func (r *references) listed() {
	for _, k := range []syntax.Kind{syntax.String, syntax.TemplateString} {
		for n := range r.tree.Of(k) {
			if !strings.Contains(n.Text(), ".py") {
				continue
			}
			text, ok := constant(n)
			name := specified(text, source.Span{Start: n.Span().Start + 1, End: n.Span().End - 1})
			if why := listing(n); ok && why != "" && name.isPython() && name.near() {
				r.addPython(n, r.pythonBy(why))
			}
		}
	}
	r.written()
}

// listing says what a text stands in that names files, in a word; nothing where it may be any text.
func listing(n syntax.Node) string {
	part, p := n, n.Parent()
	for unwrap(p) == n {
		part, p = p, p.Parent()
	}
	switch p.Kind() {
	case syntax.Array:
		return "a list of files"
	case syntax.Pair:
		return "an object"
	case syntax.JSXAttribute:
		return "an attribute"
	case syntax.Arguments:
		if callee := lastName(p.Parent().Child(syntax.FieldFunction)); part.Field() == syntax.NoField && loads(callee) {
			return callee
		}
	}
	return ""
}

// loadingWords are words in the names of functions that load files.
var loadingWords = []string{"load", "preload", "fetch", "read", "run", "import"}

// loads says whether a function loads files by its name: loadModule, read_text. Those that run code, or import a
// module by its name, take no files.
func loads(function string) bool {
	if _, runs := runners[function]; runs {
		return false
	}
	words := strings.FieldsFunc(spaced(function), func(r rune) bool { return r == ' ' || r == '_' || r == '$' })
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(loadingWords, w) })
}

// spaced is a name with its words apart, in lower case.
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// written adds the Python files that are written into Pyodide's file system, unless the script loads one of the name
// from somewhere, or their text: their folders there are none of the project's.
func (r *references) written() {
	for n := range r.tree.Of(syntax.CallExpression) {
		callee := unwrap(n.Child(syntax.FieldFunction))
		if lastName(callee) != "writeFile" || lastName(callee.Child(syntax.FieldObject)) != "FS" || r.loaded(argument(n, 1)) >= 0 {
			continue
		}
		for text, name := range r.named(argument(n, 0)) {
			base := path.Base(name.path)
			same := func(o Reference) bool { return o.Kind == LoadsPython && path.Base(o.Path) == base }
			if !name.isPython() || !name.near() || slices.ContainsFunc(r.all, same) {
				continue
			}
			name.span.Start = max(name.span.Start, name.span.End-len(base))
			name.path = base
			r.add(text, name, r.pythonBy("FS.writeFile"))
		}
	}
}
