package analysis

import (
	"regexp"
	"slices"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// givenID is an attribute of a tag with an id that is written out.
var givenID = regexp.MustCompile(`\sid\s*=\s*(?:"([\w:.-]+)"|'([\w:.-]+)'|([\w:.-]+))`)

// elementsIn are the ids of the elements that a page has from the start, sorted.
func elementsIn(kind host.Kind, text string) (ids []string) {
	if kind != host.HTML && kind != host.Component {
		return nil
	}
	for _, m := range givenID.FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1]+m[2]+m[3])
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// simpleSelector is a selector of the element with an id.
var simpleSelector = regexp.MustCompile(`^#([\w-]+)$`)

// Present says whether a call looks for an element that is written in a page of the project: there it is not null.
func (p *Pass) Present(call syntax.Node, m pyodide.Member) bool {
	by, ok := pyodide.Finders[m.Name]
	if !ok || call.Kind() != syntax.Call {
		return false
	}
	id, constant := syntax.Constant(p.Unit.Flow.Definition(Positional(call, 0)))
	if by == pyodide.BySelector {
		match := simpleSelector.FindStringSubmatch(id)
		if match == nil {
			return false
		}
		id = match[1]
	}
	return constant && p.View.Elements[id]
}
