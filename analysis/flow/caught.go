package flow

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/syntax"
)

// Caught says whether the function around a node catches what an import that fails, or an attribute that is not there,
// raises at the node.
func (f *File) Caught(n syntax.Node) bool {
	return caught(n, "suppress(", func(except syntax.Node) bool {
		return scope.CatchesImportError(except) || strings.Contains(except.First().Text(), "AttributeError")
	})
}

// Expects says whether the function around a node names one of some errors as what may be raised at the node, or
// asserts that it is: then the code is there to fail.
func (f *File) Expects(n syntax.Node, errors ...string) bool {
	return caught(n, "aises(", func(except syntax.Node) bool { // pytest's raises and unittest's assertRaises
		names := except.First().Text()
		return slices.ContainsFunc(errors, func(name string) bool { return strings.Contains(names, name) })
	})
}

// OnlyException is the exception that an except clause names, if it is a single one.
func (f *File) OnlyException(clause syntax.Node) (exception syntax.Node, ok bool) {
	for exception = clause.First(); exception.Kind() == syntax.Comment; {
		exception = exception.Next()
	}
	if exception.Kind() == syntax.AsPattern {
		exception = exception.First()
	}
	return exception, exception.Kind() == syntax.Identifier || exception.Kind() == syntax.Attribute
}

// Catches says whether one of some exceptions is caught that is raised at a node: by the function around it, or where
// the text calls that.
func (f *File) Catches(n syntax.Node, exceptions ...string) bool {
	return f.ask().catches(n, exceptions)
}

func (q *query) catches(n syntax.Node, exceptions []string) bool {
	if q.spent() {
		return true
	}
	if caught(n, "suppress(", func(except syntax.Node) bool { return scope.Catches(except, exceptions...) }) {
		return true
	}
	for _, use := range q.uses(q.scopes.Function(n)) {
		if use.Field() == syntax.FieldFunction && q.catches(use, exceptions) {
			return true
		}
	}
	return false
}

// caught says whether an except clause for which it holds is for what is raised at a node, or a context manager
// that is called so.
func caught(n syntax.Node, manager string, by func(except syntax.Node) bool) bool {
	for below, p := n, n.Parent(); p.OK(); below, p = p, p.Parent() {
		switch p.Kind() {
		case syntax.FunctionDefinition, syntax.Lambda:
			return false
		case syntax.TryStatement:
			if below.Field() != syntax.FieldBody {
				continue
			}
			for c := range p.Children() {
				if c.Kind() == syntax.ExceptClause && by(c) {
					return true
				}
			}
		case syntax.WithStatement:
			if strings.Contains(p.First().Text(), manager) {
				return true
			}
		}
	}
	return false
}
