package subscriptobject

import (
	"fmt"
	"regexp"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

func write(title string, at syntax.Node, text string, edits ...source.Edit) []analysis.Fix {
	return []analysis.Fix{{Title: title, Edits: append(edits, source.Edit{Span: at.Span(), New: text})}}
}

// asAttribute writes an attribute for an item, or calls the method of an interface that finds something under a name.
func (s *search) asAttribute(n, object, key syntax.Node, of string) []analysis.Fix {
	statement := n.Parent()
	assigned := statement.Kind() == syntax.Assignment && n.Field() == syntax.FieldLeft
	simple := statement.Parent().Kind() == syntax.ExpressionStatement && !statement.Child(syntax.FieldType).OK()
	value := statement.Child(syntax.FieldRight)
	name, text := syntax.Constant(key)
	keyed := pyodide.Keyed[of]
	switch {
	case statement.Kind() == syntax.DeleteStatement && keyed[2] != "":
		return write("Call "+keyed[2], statement, fmt.Sprintf("%s.%s(%s)", object.Text(), keyed[2], key.Text()))
	case assigned && keyed[1] != "" && simple:
		return write("Call "+keyed[1], statement, fmt.Sprintf("%s.%s(%s, %s)", object.Text(), keyed[1], key.Text(), value.Text()))
	case n.Field() == syntax.FieldLeft && keyed != [3]string{}:
		return nil
	case keyed[0] != "":
		return write("Call "+keyed[0], n, fmt.Sprintf("%s.%s(%s)", object.Text(), keyed[0], key.Text()))
	case text && isName(name):
		return write("Write an attribute", n, object.Text()+"."+name)
	case !text:
		return nil // it may be no name of an attribute
	case assigned && simple && s.Free(n, "setattr"):
		return write("Set the attribute", statement, fmt.Sprintf("setattr(%s, %s, %s)", object.Text(), key.Text(), value.Text()))
	case statement.Kind() == syntax.DeleteStatement || n.Field() == syntax.FieldLeft || !s.Free(n, "getattr"):
		return nil
	}
	return write("Get the attribute", n, fmt.Sprintf("getattr(%s, %s)", object.Text(), key.Text()))
}

var name = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// isName says whether a text can be written as an attribute that a proxy takes for one of its object.
func isName(text string) bool {
	return name.MatchString(text) && !pyodide.Reserved[text] && !pyodide.OfProxies[text]
}

// asHasattr asks for an attribute.
func (s *search) asHasattr(n, key, object syntax.Node) []analysis.Fix {
	if _, text := syntax.Constant(key); !text || !s.Free(n, "hasattr") {
		return nil
	}
	ask := fmt.Sprintf("hasattr(%s, %s)", object.Text(), key.Text())
	if key.Next().Text() == "not in" {
		ask = "not " + ask
	}
	return write("Ask for the attribute", n, ask)
}

// asGetattr gets an attribute or what is to be there instead.
func (s *search) asGetattr(c flow.Call) []analysis.Fix {
	arguments, all := flow.Arguments(c.Node)
	if !all || len(arguments) == 0 || len(arguments) > 2 || !s.Free(c.Node, "getattr") {
		return nil
	}
	if _, text := syntax.Constant(arguments[0]); !text {
		return nil
	}
	other := "None"
	if len(arguments) == 2 {
		other = arguments[1].Text()
	}
	return write("Get the attribute", c.Node, fmt.Sprintf("getattr(%s, %s, %s)", c.Object().Text(), arguments[0].Text(), other))
}

// listed has JavaScript list what an object has.
func (s *search) listed(at, object syntax.Node, method string) []analysis.Fix {
	name, edits := s.Use(at, "js", "Object")
	function := pyodide.Members[method]
	return write("Call Object."+function, at, fmt.Sprintf("%s.%s(%s)", name, function, object.Text()), edits...)
}

// converted makes a dict of an object, or counts what it has.
func (s *search) converted(c flow.Call, object syntax.Node) []analysis.Fix {
	if arguments, all := flow.Arguments(c.Node); !all || len(arguments) != 1 {
		return nil
	}
	if c.Name == "builtins.len" {
		name, edits := s.Use(c.Node, "js", "Object")
		return write("Count its members", c.Node, fmt.Sprintf("%s(%s.keys(%s))", c.Function.Text(), name, object.Text()), edits...)
	}
	return write("Convert it with to_py", c.Node, object.Text()+".to_py()")
}
