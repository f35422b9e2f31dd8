// Package syntax turns Python text, and the scripts that Python stands in, into immutable Go trees.
//
// tree-sitter never leaves this package: each parse is copied once, in one C call, into plain records, and
// the parser's own tree is freed before Parse returns. The grammar is that of August 2024. What Python has
// gained since is masked before parsing where a replacement of the same length says the same; what is left
// over, half-typed code most of all, becomes a hole: one statement of which nothing is known, while the
// rest of the file is analysed as if it were not there.
package syntax

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	sitter "github.com/smacker/go-tree-sitter"
	"github.com/smacker/go-tree-sitter/python"

	"pyodide-ls/analysis/source"
)

// Budget is the time that one parse may take. It is far above what any text that a person wrote needs
// (some 20 µs per line), and guards against texts on which the parser's error recovery runs away.
const Budget = 5 * time.Second

// ErrBudget says that a text was given up.
type ErrBudget struct{ Budget time.Duration }

func (e ErrBudget) Error() string { return fmt.Sprintf("could not be parsed within %s", e.Budget) }

// Parse parses Python. It fails only when the text costs more than Budget, or is larger than 4 GiB; broken
// Python is not a failure.
func Parse(text string) (*Tree, error) { return parseWithin(text, Budget) }

func parseWithin(text string, budget time.Duration) (*Tree, error) {
	p, input, err := parsers.prepare(text, budget)
	if err != nil {
		return nil, err
	}
	defer parsers.put(p)
	maskReturns(input)
	parsed, err := p.fresh(input)
	if err != nil {
		return nil, err
	}
	defer parsed.tree.Close()
	return parsed.lowered(text), nil
}

// prepare takes a parser from the pool, and the text as bytes that may be masked.
func (s *pool) prepare(text string, budget time.Duration) (*parser, []byte, error) {
	if uint64(len(text)) > 1<<32-1 {
		return nil, nil, fmt.Errorf("is too large to be parsed: %d bytes", len(text))
	}
	p := s.parsers.Get().(*parser)
	p.deadline = time.Now().Add(budget)
	p.budget = budget
	p.known = nil
	return p, []byte(text), nil
}

func (s *pool) put(p *parser) { s.parsers.Put(p) }

// parsed is what one parse gives before the parser's own tree is let go.
type parsed struct {
	tree    *sitter.Tree
	records []record
	tops    []top     // in a session, as the lines
	lines   []logical // before anything was mended
	mended  bool      // something was masked, or made a hole
	holes   []source.Span
}

func (r parsed) lowered(text string) *Tree {
	t := &Tree{text: text, records: r.records, holes: r.holes}
	t.index()
	return t
}

// fresh parses a text without regard to any before it. Where the text is mended, input is.
func (p *parser) fresh(input []byte) (parsed, error) {
	tree, err := p.parse(nil, input)
	if err != nil {
		return parsed{}, err
	}
	if r, ok := p.sound(tree, input); ok {
		return r, nil
	}
	tree.Close()
	holes, err := p.mend(input)
	if err != nil {
		return parsed{}, err
	}
	if tree, err = p.parse(nil, input); err != nil {
		return parsed{}, err
	}
	return parsed{tree: tree, records: p.grammar.lower(tree, &p.scratch), mended: true, holes: holes}, nil
}

// sound is a tree with its records, if the parser understood all of the text.
func (p *parser) sound(tree *sitter.Tree, input []byte) (parsed, bool) {
	if hasError(tree) {
		return parsed{}, false
	}
	records := p.grammar.lower(tree, &p.scratch)
	return parsed{tree: tree, records: records}, !p.runsOn(records, input)
}

// mend masks what the grammar cannot know, then makes holes of what still does not parse.
func (p *parser) mend(input []byte) ([]source.Span, error) {
	holes := maskNewer(input)
	more, err := p.dig(input)
	return source.Join(append(holes, more...)), err
}

// runsOn says whether the parser drew two logical lines into one statement: to the grammar a line's end is
// white space wherever no statement can end, so "document." takes the line below it for its attribute.
func (p *parser) runsOn(records []record, input []byte) bool {
	p.lines = appendLogical(p.lines[:0], input)
	i := 0
	for _, l := range p.lines {
		for i < len(records) && (int(records[i].start) < l.start || !p.begins(records, i)) {
			i++
		}
		if i == len(records) || int(records[i].start) != l.start {
			return true
		}
	}
	return false
}

// begins says whether a logical line may begin with the record.
func (p *parser) begins(records []record, i int) bool {
	switch records[i].kind {
	case ElifClause, ElseClause, ExceptClause, ExceptGroupClause, FinallyClause, CaseClause, Decorator:
		return true
	}
	if records[i].parent < 0 {
		return false
	}
	switch records[records[i].parent].kind {
	case Module, Block, DecoratedDefinition:
		return true
	}
	return false
}

// parser is what one parse at a time needs; parsers are not safe for concurrent use, so they are pooled.
type parser struct {
	*sitter.Parser
	grammar  *grammar
	scratch  []record
	lines    []logical
	deadline time.Time
	budget   time.Duration
	known    verdicts // of statements parsed before; nil outside a session
}

// pool holds the parsers of one language.
type pool struct{ parsers sync.Pool }

func newPool(language func() *sitter.Language, unlisted Kind) *pool {
	shared := sync.OnceValue(func() *grammar { return newGrammar(language(), unlisted) })
	return &pool{sync.Pool{New: func() any {
		g := shared()
		p := &parser{Parser: sitter.NewParser(), grammar: g}
		p.SetLanguage(g.language)
		return p
	}}}
}

var parsers = newPool(python.GetLanguage, NoKind)

// parse starts from an older tree if there is one, which must have been told of every edit since.
//
// It never hands a cancellable context to the binding: one that is cancelled late leaves the parser
// refusing every later text. A limit on its own clock does not, if Reset follows.
func (p *parser) parse(old *sitter.Tree, input []byte) (*sitter.Tree, error) {
	left := time.Until(p.deadline)
	if left <= 0 {
		return nil, ErrBudget{p.budget}
	}
	p.SetOperationLimit(int(left / time.Microsecond))
	tree, err := p.ParseCtx(context.Background(), old, input)
	p.SetOperationLimit(0)
	if err != nil {
		p.Reset()
		return nil, ErrBudget{p.budget}
	}
	return tree, nil
}

// clean says whether the text parses without an error, and no two lines of it as one.
func (p *parser) clean(input []byte) (bool, error) {
	tree, err := p.parse(nil, input)
	if err != nil {
		return false, err
	}
	defer tree.Close()
	_, clean := p.sound(tree, input)
	return clean, nil
}

// maskReturns makes a line feed of each bare carriage return: a line's end to Python, but not to the grammar.
func maskReturns(input []byte) {
	for i := 0; ; i++ {
		at := bytes.IndexByte(input[i:], '\r')
		if at < 0 {
			return
		}
		i += at
		if i+1 == len(input) || input[i+1] != '\n' {
			input[i] = '\n'
		}
	}
}

// Constant is the value of a string literal; ok is false for other nodes, for bytes, for f-strings with
// something to fill in, be it by Python or by a host, and for strings with escapes.
func Constant(n Node) (value string, ok bool) {
	if n.Kind() != String || n.First().OK() {
		return "", false
	}
	text := n.Text()
	prefix := strings.ToLower(text[:max(0, strings.IndexAny(text, `"'`))])
	if strings.ContainsAny(prefix, "bt") || strings.Contains(text, source.Placeholder) || strings.Contains(text, `\`) && !strings.Contains(prefix, "r") {
		return "", false
	}
	quote := text[len(prefix):]
	for _, q := range []string{`"""`, `'''`, `"`, `'`} {
		if len(quote) >= 2*len(q) && strings.HasPrefix(quote, q) && strings.HasSuffix(quote, q) {
			return quote[len(q) : len(quote)-len(q)], true
		}
	}
	return "", false
}
