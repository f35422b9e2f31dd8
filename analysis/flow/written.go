package flow

import (
	"path"
	"strings"

	"pyodide-ls/analysis/syntax"
)

// WritesModule says whether a call writes a file of Python, and the name of the module that it is; the name is empty
// where it is worked out.
func (f *File) WritesModule(c Call) (name string, ok bool) {
	var file syntax.Node
	switch {
	case c.Name == "builtins.open":
		mode, _ := syntax.Constant(Positional(c.Node, 1))
		if !strings.ContainsAny(mode, "wx") {
			return "", false
		}
		file = Positional(c.Node, 0)
	case c.Method == "write_text" || c.Method == "write_bytes":
		made := c.Object()
		if made.Kind() != syntax.Call || f.scopes.Canonical(made.Child(syntax.FieldFunction)) != "pathlib.Path" {
			return "", false
		}
		file = Positional(made, 0)
	case c.Name == "pyodide_js.FS.writeFile":
		file = Positional(c.Node, 0)
	default:
		return "", false
	}
	if text, constant := syntax.Constant(file); constant {
		return strings.CutSuffix(path.Base(text), ".py")
	}
	return "", file.Kind() == syntax.String && strings.HasSuffix(strings.TrimRight(file.Text(), `"'`), ".py")
}

// Loop is the innermost loop of its function around a node, in the body of which it stands; no node if there is none.
func (f *File) Loop(n syntax.Node) syntax.Node {
	function := f.scopes.Function(n)
	for below, p := n, n.Parent(); p.OK() && p != function; below, p = p, p.Parent() {
		if k := p.Kind(); (k == syntax.ForStatement || k == syntax.WhileStatement) && below.Field() == syntax.FieldBody {
			return p
		}
	}
	return syntax.Node{}
}
