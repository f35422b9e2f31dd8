package scope

import "pyodide-ls/analysis/syntax"

// References are the identifiers that refer to a name without binding it, in the order of the text.
func (f *File) References(name *Name) []syntax.Node {
	var found []syntax.Node
	for n := range f.tree.Of(syntax.Identifier) {
		if n.Text() == name.Text && name.Scope.Node.Holds(n) && Refers(n) && !name.bindsAt(n) && f.Lookup(n) == name {
			found = append(found, n)
		}
	}
	return found
}

// Refers says whether an identifier stands for a name in scope, as opposed to an attribute, a keyword, a
// parameter, or what a definition or an import calls itself.
func Refers(n syntax.Node) bool {
	p := n.Parent()
	switch p.Kind() {
	case syntax.Attribute:
		return n.Field() == syntax.FieldObject
	case syntax.KeywordArgument, syntax.FunctionDefinition, syntax.ClassDefinition, syntax.DefaultParameter,
		syntax.TypedDefaultParameter:
		return n.Field() != syntax.FieldName
	case syntax.DottedName, syntax.AliasedImport, syntax.Parameters, syntax.LambdaParameters, syntax.TypedParameter,
		syntax.ListSplatPattern, syntax.DictionarySplatPattern:
		return false
	}
	return true
}

func (name *Name) bindsAt(n syntax.Node) bool {
	for _, b := range name.Bindings {
		if b.Node == n {
			return true
		}
	}
	return false
}
