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

// Present says whether what a call looks for is written in a page of the project, where it is not null. What callers look
// for that the project does not show is taken to be.
func (p *Pass) Present(call syntax.Node, m pyodide.Member) bool {
	by, ok := pyodide.Finders[m.Name]
	if !ok {
		return false
	}
	sought := p.Unit.Flow.Sought(call, m.Name)
	if !sought.OK() {
		return false
	}
	texts := p.Unit.Flow.Texts(sought, p.CalledElsewhere)
	return !texts.Other && !slices.ContainsFunc(texts.Written, func(id string) bool { return !p.View.Elements[idOf(id, by)] })
}

// idOf is the id by which an element is looked for; empty where it is looked for by anything else.
func idOf(text string, by pyodide.Finder) string {
	if by == pyodide.ByID {
		return text
	}
	if match := simpleSelector.FindStringSubmatch(text); match != nil {
		return match[1]
	}
	return ""
}
