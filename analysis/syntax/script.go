package syntax

import (
	"github.com/smacker/go-tree-sitter/javascript"
	"github.com/smacker/go-tree-sitter/typescript/tsx"
	"github.com/smacker/go-tree-sitter/typescript/typescript"
)

// Dialect is a language of scripts.
type Dialect uint8

// The dialects.
const (
	JavaScript Dialect = iota // with JSX
	TypeScript                // without: <T>x is an assertion
	TSX
	dialectCount
)

var scriptParsers = [dialectCount]*pool{
	JavaScript: newPool(javascript.GetLanguage, Other),
	TypeScript: newPool(typescript.GetLanguage, Other),
	TSX:        newPool(tsx.GetLanguage, Other),
}

// ParseScript parses JavaScript or TypeScript. It fails where Parse does. A broken script is not mended: its
// errors are nodes of their own, which hold what was understood of their text, and Tree.Holes knows of none.
func ParseScript(text string, dialect Dialect) (*Tree, error) {
	pool := scriptParsers[dialect]
	p, input, err := pool.prepare(text, Budget)
	if err != nil {
		return nil, err
	}
	defer pool.put(p)
	tree, err := p.parse(nil, input)
	if err != nil {
		return nil, err
	}
	defer tree.Close()
	return parsed{tree: tree, records: p.grammar.lower(tree, &p.scratch)}.lowered(text), nil
}
