package analysis

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Suggestion is what can stand at a place.
type Suggestion struct {
	Text  string
	Kind  SuggestionKind
	About string // what it is, in one line; empty if there is nothing to say
	Used  bool   // the document has it already
}

// SuggestionKind is what a suggestion is.
type SuggestionKind uint8

// What suggestions are.
const (
	AnAttribute SuggestionKind = iota
	AMethod
	AClass
	AnEvent
	AnElement
	AName // of a module of Pyodide
)

// Suggested are the suggestions for a place, and what they take the place of.
type Suggested struct {
	Span source.Span // of the document
	All  []Suggestion
}

// Hole is a name that nobody has, for a place where one is about to be typed: with it, "js." is an expression.
const Hole = "pyodide_ls_hole"

// SuggestAt is what can stand at an offset of a document, behind the dot of a value of JavaScript or a module of Pyodide,
// in an import of one, as the name of an event or the id of an element. Where no name is there yet, the document has Hole
// in its place. Nothing is suggested where it is not known what something is.
func SuggestAt(f *File, view View, at int) (found Suggested, ok bool) {
	for i, u := range f.Units {
		offset, inside := u.offsetOf(at)
		if !inside || u.ByMicroPython(view) {
			continue
		}
		p := (&run{places: sync.OnceValue(func() []realm.Runs { return f.Runs(view) })}).of(f, view, i)
		var span source.Span
		if span, found.All = p.suggest(offset); len(found.All) == 0 {
			return Suggested{}, false
		}
		found.Span = u.hostSpan(span)
		return found, true
	}
	return Suggested{}, false
}

// suggest are the suggestions for a place of the unit, and what they take the place of.
func (p *Pass) suggest(at int) (span source.Span, all []Suggestion) {
	n := p.Unit.Tree.At(at)
	if at > 0 && (!n.OK() || n.Kind() != syntax.Identifier && !isText(n)) {
		if n = p.Unit.Tree.At(at - 1); n.Span().End < at { // a person stands behind what was typed
			return source.Span{}, nil
		}
	}
	switch {
	case n.Kind() == syntax.Identifier && n.Field() == syntax.FieldAttribute:
		return n.Span(), p.attributesOf(n.Parent().Child(syntax.FieldObject))
	case n.Kind() == syntax.Identifier || n.Kind() == syntax.DottedName:
		return n.Span(), p.importable(n)
	case isText(n):
		return p.inText(n, at)
	}
	return source.Span{}, nil
}

func isText(n syntax.Node) bool {
	return n.Kind() == syntax.String || n.Parent().Kind() == syntax.String
}

// attributesOf are the attributes of an expression.
func (p *Pass) attributesOf(object syntax.Node) []Suggestion {
	if path, ok := p.Unit.Flow.JavaScript(object); ok && !p.OverThere(object) {
		return p.membersAt(path, object)
	}
	return p.namesOf(p.Unit.Scopes.Canonical(object))
}

// membersAt are the members of what a path of JavaScript leads to.
func (p *Pass) membersAt(path string, at syntax.Node) (all []Suggestion) {
	for _, m := range pyodide.MembersAt(path, p.Realms(at)) {
		if !IsIdentifier(m.Name) || strings.HasPrefix(m.Name, "_") {
			continue
		}
		s := Suggestion{Text: m.Name, About: p.inOneLine(path+"."+m.Name, m), Used: len(p.Unit.Scopes.Attributes(m.Name)) > 0}
		switch {
		case m.Of == "" || pyodide.NeedsNew(path+"."+m.Name):
			s.Kind = AClass
		case m.Called():
			s.Kind = AMethod
		}
		all = append(all, s)
	}
	return all
}

// inOneLine says what a member gives.
func (p *Pass) inOneLine(path string, m pyodide.Member) string {
	if m.Of == "" {
		return ""
	}
	if m.Called() {
		path += "()"
	}
	of, promised := pyodide.InterfaceAt(path), pyodide.Promised(path)
	_, null := pyodide.NullAt(path)
	switch {
	case promised && of != "":
		return "a promise of " + of
	case promised:
		return "a promise"
	case null && of != "":
		return of + " or null"
	case null:
		return "may be null"
	}
	return of
}

// namesOf are the names that a module of Pyodide has on all versions that the code is for, as far as releases tell.
func (p *Pass) namesOf(module string) (all []Suggestion) {
	versions := p.Versions()
	for name, has := range pyodide.NamesOf(module) {
		if !strings.HasPrefix(name, "_") && versions.Within(has) {
			all = append(all, Suggestion{Text: name, Kind: AName, Used: p.mentions(name)})
		}
	}
	slices.SortFunc(all, func(a, b Suggestion) int { return cmp.Compare(a.Text, b.Text) })
	return all
}

func (p *Pass) mentions(name string) bool { return p.Unit.Scopes.Module().Name(name) != nil }

// importable are the names that can be imported where one stands: from js, or from a module of Pyodide.
func (p *Pass) importable(n syntax.Node) []Suggestion {
	for at := range n.Above() {
		if at.Kind() != syntax.ImportFromStatement {
			continue
		}
		module := at.Child(syntax.FieldModuleName)
		switch {
		case !module.OK() || module.Holds(n) || module == n:
			return nil
		case module.Text() == "js":
			return p.membersAt("js", n)
		}
		return p.namesOf(module.Text())
	}
	return nil
}

// inText are the names of events and the ids of elements, where a text is one.
func (p *Pass) inText(n syntax.Node, at int) (span source.Span, all []Suggestion) {
	text := n
	if n.Kind() != syntax.String {
		text = n.Parent()
	}
	call := text.Parent().Parent()
	c, ok := p.Unit.Flow.CallAt(call)
	if !ok || text.Parent().Kind() != syntax.ArgumentList {
		return source.Span{}, nil
	}
	written, quotes := inQuotes(text)
	switch {
	case slices.Contains(listening, c.Method) && Positional(call, 0) == text:
		return written, events()
	case c.Name == pyodide.AddEventListener && Positional(call, 1) == text:
		return written, events()
	case c.Method == "getElementById" && Positional(call, 0) == text && quotes:
		return written, p.elements()
	case selecting[c.Method] && Positional(call, 0) == text && quotes && idBefore.MatchString(p.Unit.Source.Slice(source.Span{Start: written.Start, End: at})):
		id := idBefore.FindString(p.Unit.Source.Slice(source.Span{Start: written.Start, End: at}))
		return source.Span{Start: at - len(id) + 1, End: at}, p.elements()
	}
	return source.Span{}, nil
}

var (
	listening = []string{"addEventListener", "removeEventListener"}
	selecting = map[string]bool{"querySelector": true, "querySelectorAll": true, "closest": true, "matches": true}
	idBefore  = regexp.MustCompile(`#[\w-]*$`)
)

// inQuotes is what stands between the quotes of a text; plain says that this is one piece of text, without a prefix.
func inQuotes(text syntax.Node) (span source.Span, plain bool) {
	span, whole := text.Span(), text.Text()
	quote := 1
	if strings.HasPrefix(whole, `"""`) || strings.HasPrefix(whole, "'''") {
		quote = 3
	}
	if len(whole) < 2*quote || whole[0] != '"' && whole[0] != '\'' {
		return span, false
	}
	return source.Span{Start: span.Start + quote, End: span.End - quote}, true
}

// events are those that objects of the platform have handlers for.
func events() (all []Suggestion) {
	for _, event := range pyodide.Events() {
		all = append(all, Suggestion{Text: event, Kind: AnEvent})
	}
	return all
}

// elements are the ids of the elements that pages of the project have.
func (p *Pass) elements() (all []Suggestion) {
	for _, id := range slices.Sorted(maps.Keys(p.View.Elements)) {
		all = append(all, Suggestion{Text: id, Kind: AnElement, About: fmt.Sprintf("an element of a page, with id=%q", id)})
	}
	return all
}
