package analysis

import (
	"path"
	"regexp"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// DefinedElsewhere is a name of Python that a document uses where it does not define it: in an attribute of a tag, or in a
// script that asks Python's globals for it.
type DefinedElsewhere struct {
	Name string
	Span source.Span // of the document
	// Paths are the Python files that the document loads, in which it may be defined as well as in the document itself.
	Paths []string
}

// globalsGet is how scripts ask for what Python defines.
// Source: https://pyodide.org/en/stable/usage/api/js-api.html#pyodide.globals
var globalsGet = regexp.MustCompile("\\bglobals\\.(?:get|has)\\(\\s*[\"'`]([A-Za-z_]\\w*)[\"'`]")

// DefinedElsewhereAt is such a name at an offset of a document.
func DefinedElsewhereAt(f *File, at int) (e DefinedElsewhere, ok bool) {
	if f.document == nil {
		return DefinedElsewhere{}, false
	}
	for _, u := range f.Units {
		offset, inside := u.offsetOf(at)
		if !inside || u.Form != host.Attribute {
			continue
		}
		n := u.Tree.At(offset)
		if n.Kind() != syntax.Identifier && offset > 0 {
			n = u.Tree.At(offset - 1)
		}
		if n.Kind() == syntax.Identifier && scope.Refers(n) && u.Scopes.Lookup(n) == nil {
			return DefinedElsewhere{n.Text(), u.hostSpan(n.Span()), f.loads()}, true
		}
	}
	for _, m := range globalsGet.FindAllStringSubmatchIndex(f.Source.Text(), -1) {
		if m[2] <= at && at <= m[3] {
			return DefinedElsewhere{f.Source.Text()[m[2]:m[3]], source.Span{Start: m[2], End: m[3]}, f.loads()}, true
		}
	}
	return DefinedElsewhere{}, false
}

// loads are the paths of the Python files that the document loads.
func (f *File) loads() (paths []string) {
	for _, r := range f.References {
		paths = append(paths, path.Join(path.Dir(slashed(f.Source.Path())), r.Path))
	}
	return paths
}

// Definitions are the places in a document where its Python defines a function or a class of a name at the top level.
func Definitions(f *File, name string) (places []source.Span) {
	for _, u := range f.Units {
		if bound := u.Scopes.Module().Name(name); bound != nil {
			for _, b := range bound.Bindings {
				if b.How == scope.ByFunction || b.How == scope.ByClass {
					places = append(places, u.hostSpan(b.Node.Child(syntax.FieldName).Span()))
				}
			}
		}
	}
	return places
}
