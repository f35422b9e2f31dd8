package flow

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// surely are the places in which a statement is certain to run, once the function or the text around it does. The
// guards around it say where it may run, which is more: "if IN_BROWSER and wanted".
func (q *query) surely(statement syntax.Node) pyodide.Realms {
	let, child := pyodide.AllRealms, statement
	for below, p := statement, statement.Parent(); p.OK(); child, below, p = below, p, p.Parent() {
		if q.spent() {
			return 0
		}
		switch p.Kind() {
		case syntax.Module, syntax.FunctionDefinition, syntax.ClassDefinition:
			return let
		case syntax.Block:
		case syntax.IfStatement, syntax.ElifClause:
			for _, a := range asks(p, below) {
				let = let.Without(q.condition(a.condition).as(a.holds).no)
			}
		case syntax.ExceptClause, syntax.ElseClause, syntax.FinallyClause: // what they belong to decides
		case syntax.TryStatement:
			let = let.And(q.within(p, below, child))
		default:
			return 0
		}
	}
	return 0
}

// within are the places in which the part of a try is certain to run, up to one of its statements if it is the body.
func (q *query) within(try, part, statement syntax.Node) pyodide.Realms {
	body := try.Child(syntax.FieldBody)
	switch part.Kind() {
	case syntax.Block:
		return q.through(body, statement)
	case syntax.ElseClause:
		return q.through(body, syntax.Node{})
	case syntax.ExceptClause:
		if guards := q.succeeded(try); len(guards) > 0 && q.forBridge(part) {
			return pyodide.AllRealms.Without(guards[0].Realms)
		}
		return 0
	case syntax.FinallyClause:
		return pyodide.AllRealms
	}
	return 0
}

// through are the places in which the statements of a block before one of them, or all of them, are certain to succeed.
func (q *query) through(block, until syntax.Node) pyodide.Realms {
	let := pyodide.AllRealms
	for s := range block.Children() {
		if s == until {
			break
		}
		if !q.harmless(s) {
			return 0
		}
		let = let.And(q.imports(s))
	}
	return let
}
