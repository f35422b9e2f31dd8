package analysis

import (
	"strings"

	"pyodide-ls/analysis/syntax"
)

// Statement is the statement around a node, or the node itself, with what stands before it on its line; whole
// says that this is white space, so that a line can be put above it.
func (p *Pass) Statement(n syntax.Node) (statement syntax.Node, indent string, whole bool) {
	for p := range n.Above() {
		if p.Kind() == syntax.Block || p.Kind() == syntax.Module {
			break
		}
		n = p
	}
	text := p.Unit.Source
	start := n.Span().Start
	indent = strings.TrimPrefix(text.Text()[text.LineSpan(text.LineOf(start)).Start:start], "\ufeff")
	return n, indent, strings.TrimSpace(indent) == ""
}
