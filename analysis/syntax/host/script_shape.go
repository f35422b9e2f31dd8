package host

import (
	"regexp"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// shapes finds the strings that are Python by their looks, though nobody is seen running them.
func (s *script) shapes() {
	seen := map[syntax.Node]bool{}
	for _, k := range []syntax.Kind{syntax.TemplateString, syntax.String} {
		for n := range s.tree.Of(k) {
			if s.taken[n.ID()] || n.Parent().Kind() == syntax.JSXAttribute || !strings.Contains(n.Text(), "import") {
				continue
			}
			whole := wholeText(n)
			if seen[whole] || whole.Parent().Kind() == syntax.AugmentedAssignmentExpression {
				continue
			}
			seen[whole] = true
			s.laid = nil
			if d, ok := s.layOut(whole, false); ok && s.allFree() {
				s.shape(whole, d.Dedent())
			}
		}
	}
}

func (s *script) shape(n syntax.Node, d *source.Derived) {
	if n.Kind() == syntax.String && !strings.Contains(strings.TrimSpace(d.Text), "\n") {
		return
	}
	if looksPython(d.Text) {
		s.add(Unit{Derived: d, Form: Shape, Runtime: s.runtime, Why: "a text that looks like Python", At: n.Span()})
	}
}

func (s *script) allFree() bool {
	for _, id := range s.laid {
		if s.taken[id] {
			return false
		}
	}
	return true
}

// wholeText is the expression that puts a text together with others.
func wholeText(n syntax.Node) syntax.Node {
	for {
		p := n.Parent()
		switch p.Kind() {
		case syntax.ParenthesizedExpression, syntax.AsExpression, syntax.SatisfiesExpression, syntax.NonNullExpression, syntax.TypeAssertion:
			n = p
		case syntax.BinaryExpression:
			if !isSum(p) {
				return n
			}
			n = p
		case syntax.Array: // [n].join("\n")
			call := p.Parent().Parent()
			if p.Field() != syntax.FieldObject || lastName(p.Parent()) != "join" || call.Kind() != syntax.CallExpression {
				return n
			}
			n = call
		case syntax.MemberExpression: // n.trim()
			call := p.Parent()
			if n.Field() != syntax.FieldObject || p.Field() != syntax.FieldFunction || call.Kind() != syntax.CallExpression {
				return n
			}
			n = call
		case syntax.Arguments: // dedent(n)
			if dedents := cookedTags[lastName(p.Parent().Child(syntax.FieldFunction))]; !dedents || p.Parent().Kind() != syntax.CallExpression {
				return n
			}
			n = p.Parent()
		case syntax.CallExpression:
			if n.Field() != syntax.FieldArguments {
				return n
			}
			n = p // a tagged template
		default:
			return n
		}
	}
}

// pythonImport is a line of Python that imports, and no line of JavaScript.
var pythonImport = regexp.MustCompile(`^[ \t]*(?:import[ \t]+[\wꙮ.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*(?:,[ \t]*[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*)*,?[ \t]*` +
	`|from[ \t]+[\wꙮ.]+[ \t]+import[ \t]*[\w(*ꙮ][^;#"']*)(?:[;#\\].*)?$`)

// looksPython says whether a text begins with an import, parses, and imports the bridge.
func looksPython(text string) bool {
	if !pythonImport.MatchString(firstCode(text)) || !namesBridge(text) {
		return false
	}
	tree, err := syntax.Parse(text)
	if err != nil || len(tree.Holes()) > 0 || tree.Root().Broken() {
		return false
	}
	for n := range tree.Of(syntax.DottedName) {
		p := n.Parent()
		if p.Kind() == syntax.AliasedImport {
			p = p.Parent()
		}
		module := p.Kind() == syntax.ImportStatement || p.Kind() == syntax.ImportFromStatement && n.Field() == syntax.FieldModuleName
		if module && pyodide.IsBridge(n.Text()) {
			return true
		}
	}
	return false
}

// firstCode is the first line that is more than a comment or something that is not known.
func firstCode(text string) string {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && line[0] != '#' && line != source.Placeholder {
			return line
		}
	}
	return ""
}

func namesBridge(text string) bool {
	for _, word := range pyodide.Words {
		if source.HasWord(text, word) {
			return true
		}
	}
	return false
}
