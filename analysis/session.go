package analysis

import (
	"slices"
	"sync"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Session opens the successive texts of one document that is being edited: what Open gives, at the cost of
// the edits. It holds memory outside the Go heap until Close, and is safe for concurrent use.
type Session struct {
	mu     sync.Mutex
	host   host.Session
	parses []parse // of the units opened last, in order, and behind them those of units that are gone
}

// parse is the parsing of one unit.
type parse struct {
	text string // the last one
	*syntax.Session
}

// sparesKept is how many units that are gone keep their trees: a quote or a bracket that is being typed takes
// units out of a document for a moment.
const sparesKept = 8

// Open is the package's Open, started from the text that the session opened last.
func (s *Session) Open(text *source.File, setting Setting) (*File, error) {
	return open(text, setting, func(texts []string) (trees []*syntax.Tree, err error) {
		for i, p := range s.arrange(texts) {
			tree, err := p.Parse(texts[i])
			if err != nil {
				return nil, err
			}
			trees = append(trees, tree)
		}
		return trees, nil
	})
}

// Read is host.Read, started from the text that the session read last.
func (s *Session) Read(kind host.Kind, text string) *host.Document { return s.host.Read(kind, text) }

// arrange has each text parsed from the same text as before, wherever that stood, for units come, go and trade
// places; and the others, in their order, from what is left.
func (s *Session) arrange(texts []string) []parse {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := map[string][]int{}
	for i, p := range s.parses {
		before[p.text] = append(before[p.text], i)
	}
	next, taken := make([]parse, len(texts)), make([]bool, len(s.parses))
	for i, text := range texts {
		if same := before[text]; len(same) > 0 {
			next[i], taken[same[0]], before[text] = s.parses[same[0]], true, same[1:]
		}
	}
	var left []parse
	for i, p := range s.parses {
		if !taken[i] {
			left = append(left, p)
		}
	}
	for i, text := range texts {
		switch {
		case next[i].Session != nil:
			continue
		case len(left) > 0:
			next[i], left = left[0], left[1:]
		default:
			next[i].Session = &syntax.Session{}
		}
		next[i].text = text
	}
	kept := min(len(left), sparesKept)
	for _, p := range left[kept:] {
		p.Close()
	}
	s.parses = slices.Concat(next, left[:kept])
	return next
}

// Close lets go of what the session holds; a closed session starts anew.
func (s *Session) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host.Close()
	for _, p := range s.parses {
		p.Close()
	}
	s.parses = nil
}
