package syntax

import (
	"sync"

	sitter "github.com/smacker/go-tree-sitter"
)

// ScriptSession parses the successive texts of one script that is being edited: what ParseScript gives, at the
// cost of the edits. What the parser makes of an error depends on what it parsed before, so a text with one is
// parsed from nothing, and the texts after it from the last that had none.
//
// It holds memory outside the Go heap until Close, and is safe for concurrent use.
type ScriptSession struct {
	mu      sync.Mutex
	dialect Dialect
	input   []byte       // what tree was parsed from
	tree    *sitter.Tree // without errors, or nil
	last    *Tree
}

// Parse is ParseScript, started from the text that this session parsed last.
func (s *ScriptSession) Parse(text string, dialect Dialect) (*Tree, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dialect != dialect {
		s.forget()
		s.dialect = dialect
	}
	if s.last != nil && s.last.text == text {
		return s.last, nil
	}
	pool := scriptParsers[dialect]
	p, input, err := pool.prepare(text, Budget)
	if err != nil {
		return nil, err
	}
	defer pool.put(p)
	tree := s.again(p, input)
	if tree == nil {
		if tree, err = p.parse(nil, input); err != nil {
			return nil, err
		}
	}
	s.last = parsed{tree: tree, records: p.grammar.lower(tree, &p.scratch)}.lowered(text)
	if hasError(tree) {
		tree.Close()
		return s.last, nil
	}
	if s.tree != nil {
		s.tree.Close()
	}
	s.tree, s.input = tree, input
	return s.last, nil
}

// again parses a text starting from the last one that had no errors; nil where that gives a tree with some.
func (s *ScriptSession) again(p *parser, input []byte) *sitter.Tree {
	if s.tree == nil {
		return nil
	}
	old := s.tree.Copy() // which is told of the edit; the tree itself may be needed once more
	defer old.Close()
	edit(old, s.input, input)
	tree, err := p.parse(old, input)
	if err != nil {
		return nil
	}
	if hasError(tree) {
		tree.Close()
		return nil
	}
	return tree
}

// Close lets go of what the session holds. It may be used again, and then starts from nothing.
func (s *ScriptSession) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
}

func (s *ScriptSession) forget() {
	if s.tree != nil {
		s.tree.Close()
	}
	s.tree, s.input, s.last = nil, nil, nil
}
