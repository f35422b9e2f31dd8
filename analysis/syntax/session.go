package syntax

import (
	"bytes"
	"hash/maphash"
	"sync"

	sitter "github.com/smacker/go-tree-sitter"
)

// Session parses the successive texts of one document that is being edited. A parse starts from the tree
// of the one before, and a half-typed text costs the statement that is being typed and no more. The trees
// are those that Parse gives for the same texts.
//
// A session holds memory outside the Go heap, some forty bytes for each byte of text, until Close. It is
// safe for concurrent use; one text is parsed at a time.
type Session struct {
	mu    sync.Mutex
	input []byte       // what tree was parsed from: the text, masked and mended
	tree  *sitter.Tree // nil before the first parse and after Close
	tops  []top        // of tree
	lines []logical    // of the last text, before it was mended
	known verdicts
	last  *Tree
}

// Parse is the package's Parse, started from the text that this session parsed last.
func (s *Session) Parse(text string) (*Tree, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last != nil && s.last.text == text {
		return s.last, nil
	}
	p, input, err := parsers.prepare(text, Budget)
	if err != nil {
		return nil, err
	}
	defer parsers.put(p)
	maskReturns(input)
	if s.known == nil || len(s.known) > knownLimit {
		s.known = verdicts{}
	}
	p.known = s.known
	result, ok := s.again(p, input)
	if !ok {
		s.forget()
		maskReturns(input[:copy(input, text)]) // it may have been mended
		if result, err = p.fresh(input); err != nil {
			return nil, err
		}
		result.tops = p.grammar.tops(result.tree)
		if !result.mended {
			p.vouch(input)
		}
	}
	s.tree, s.tops, s.lines, s.input, s.last = result.tree, result.tops, result.lines, input, result.lowered(text)
	return s.last, nil
}

// Close lets go of what the session holds. It may be used again, and then starts from nothing.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forget()
	s.known = nil
}

func (s *Session) forget() {
	if s.tree != nil {
		s.tree.Close()
	}
	s.tree, s.tops, s.lines, s.input, s.last = nil, nil, nil, nil, nil
}

// again parses a text starting from the last one; ok is false where that gives no sound tree. A text with a
// statement that does not parse is mended first, and never shown to the parser as it stands: its recovery
// from an error can cost many times a whole parse, and depends on what was parsed before.
func (s *Session) again(p *parser, input []byte) (result parsed, ok bool) {
	if s.tree == nil {
		return parsed{}, false
	}
	d := &digger{parser: p, text: input, left: digLimit*len(input) + 1<<16}
	result.lines = relines(s.lines, s.last.text, input)
	if !d.whole(result.lines) {
		holes, err := p.mend(input)
		if err != nil || d.err != nil {
			return parsed{}, false
		}
		result.mended, result.holes = true, holes
	}
	edit(s.tree, s.input, input)
	tree, err := p.parse(s.tree, input)
	if err != nil {
		return parsed{}, false
	}
	if hasError(tree) {
		tree.Close()
		return parsed{}, false
	}
	result.tree, result.tops = tree, p.grammar.tops(tree)
	result.records = p.grammar.relower(tree, result.tops, s.tops, s.last.records, &p.scratch)
	s.tree.Close()
	return result, true
}

// edit tells a tree how the text that it was parsed from becomes another: what lies between their common
// beginning and their common end.
func edit(tree *sitter.Tree, old, text []byte) {
	start, behind := common(old, text)
	oldEnd, end := len(old)-behind, len(text)-behind
	tree.Edit(sitter.EditInput{
		StartIndex: uint32(start), OldEndIndex: uint32(oldEnd), NewEndIndex: uint32(end),
		StartPoint: point(old, start), OldEndPoint: point(old, oldEnd), NewEndPoint: point(text, end),
	})
}

// point is the place of a byte as the parser counts, columns in bytes.
func point(text []byte, at int) sitter.Point {
	row := bytes.Count(text[:at], []byte("\n"))
	return sitter.Point{Row: uint32(row), Column: uint32(at - 1 - bytes.LastIndexByte(text[:at], '\n'))}
}

// verdicts say of statements whether they parse by themselves.
type verdicts map[statementID]bool

// knownLimit bounds the statements that a session remembers.
const knownLimit = 1 << 16

// statementID stands for a statement's text and what is put around it to parse it by itself.
type statementID struct {
	hash   uint64
	indent int
	inCase bool
}

var statementSeed = maphash.MakeSeed()

func statementKey(text []byte, first logical) statementID {
	return statementID{maphash.Bytes(statementSeed, text), first.indent, first.first == "case"}
}

// whole says whether every statement of a text parses by itself.
func (d *digger) whole(lines []logical) bool {
	for len(lines) > 0 {
		n := statement(lines)
		if anyBroken(lines[:n]) || !d.parses(d.text[lines[0].start:lines[n-1].end], lines[0]) {
			return false
		}
		lines = lines[n:]
	}
	return true
}

// vouch notes that every statement of a text that parses as a whole does so by itself.
func (p *parser) vouch(input []byte) {
	for lines := logicalLines(input); len(lines) > 0; {
		n := statement(lines)
		p.known[statementKey(input[lines[0].start:lines[n-1].end], lines[0])] = true
		lines = lines[n:]
	}
}
