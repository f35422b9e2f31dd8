package syntax

import (
	"bytes"
	"strings"

	"pyodide-ls/analysis/source"
)

// logical is a logical line: one simple statement or the header of a compound one, over as many lines of
// the text as its brackets and strings span.
type logical struct {
	start, end int    // bytes, from the first character that is not indentation, to behind the last line's terminator
	indent     int    // columns, a tab counting to the next multiple of eight as Python does
	broken     bool   // a bracket or a string in it is never closed
	header     bool   // ends in a colon
	first      string // its first word, "@" for a decorator
}

// clause says whether the line continues the statement before it.
func (l logical) clause() bool {
	return l.first == "else" || l.first == "elif" || l.first == "except" || l.first == "finally"
}

// decorates says whether the line belongs to the one after it.
func (l logical) decorates(next logical) bool {
	return l.first == "@" && (next.first == "@" || next.first == "def" || next.first == "class" || next.first == "async")
}

// logicalLines splits a text into logical lines. A bracket that is still open where a line begins with a
// keyword that starts statements, no deeper than the line that opened it, was forgotten: the logical line
// ends before it. What is left open to the end of the text takes only its own line and those below it that
// are indented more.
func logicalLines(text []byte) []logical { return appendLogical(nil, text) }

func appendLogical(lines []logical, text []byte) []logical {
	lines, _ = scanLogical(lines, text, 0, func(int) bool { return false })
	return lines
}

// retryLimit is after how many statements that are left open the rest of a text counts as one of them.
const retryLimit = 200

// scanLogical adds the logical lines from a line's beginning on, until there are no more or enough says of the beginning
// of one that they are known; at is that place.
func scanLogical(lines []logical, text []byte, from int, enough func(at int) bool) (all []logical, at int) {
	retries := 0
	for at = from; at < len(text) && !enough(at); {
		start, indent := indentation(text, at)
		if start == len(text) {
			break
		}
		if text[start] == '\n' || text[start] == '\r' || text[start] == '#' {
			at = nextLine(text, start)
			continue
		}
		l := logical{start: start, indent: indent, first: word(text[start:])}
		s := scanner{text: text, at: start, indent: indent}
		s.logicalLine()
		switch {
		case !s.open && !s.cut:
			l.end, l.broken, l.header = s.at, s.broken, s.colon
		case compoundWords[l.first] && endsInColon(text, start): // keep the suite apart
			l.end, l.broken, l.header = nextLine(text, start), true, true
		case s.cut:
			l.end, l.broken = s.at, true
		default:
			l.end, l.broken = nextLine(text, start), true
			if retries++; retries > retryLimit { // so that a text of nothing but brackets stays linear
				l.end = len(text)
			}
			for l.end < len(text) && continues(text, l.end, indent) {
				l.end = nextLine(text, l.end)
			}
		}
		lines = append(lines, l)
		at = l.end
	}
	return lines, at
}

// continues says whether the line at a place belongs to an unclosed statement above it.
func continues(text []byte, at, indent int) bool {
	start, in := indentation(text, at)
	return start == len(text) || in > indent || bytes.IndexByte([]byte("\r\n)]}"), text[start]) >= 0
}

// endsInColon says whether the line at a place does, but for white space and a comment.
func endsInColon(text []byte, at int) bool {
	line := text[at:lineEnd(text, at)]
	if hash := bytes.LastIndexByte(line, '#'); hash >= 0 {
		line = line[:hash]
	}
	return bytes.HasSuffix(bytes.TrimRight(line, " \t"), []byte(":"))
}

var (
	compoundWords = map[string]bool{
		"def": true, "class": true, "async": true, "if": true, "elif": true, "else": true, "for": true,
		"while": true, "with": true, "try": true, "except": true, "finally": true, "match": true, "case": true,
	}
	// Words that begin a statement and stand at no line's start within an expression ("if", "for" and
	// "else" do).
	statementWords = map[string]bool{
		"def": true, "class": true, "import": true, "return": true, "while": true, "with": true, "try": true,
		"raise": true, "del": true, "global": true, "nonlocal": true, "assert": true, "pass": true,
		"break": true, "continue": true, "elif": true, "except": true, "finally": true, "@": true,
	}
)

// scanner walks over one logical line.
type scanner struct {
	text   []byte
	at     int
	indent int
	open   bool // the end of the text came before a closing bracket or quote
	cut    bool // a statement came before a closing bracket
	broken bool // a quote is not closed on its line, or a bracket closes that was not open
	colon  bool // the last character that counts is a colon
	// stringAt is called with the place of each string's prefix and of its quote; it may be nil.
	stringAt func(prefix, quote int)
	// mark is called with each character outside strings and comments and its depth in brackets; it may be nil.
	mark func(at, depth int)
}

func (s *scanner) logicalLine() {
	depth := 0
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case '#':
			s.at = lineEnd(s.text, s.at)
			continue
		case '"', '\'':
			s.string()
			s.colon = false
			continue
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth < 0 {
				s.broken, depth = true, 0
			}
		case '\\':
			if end := lineEnd(s.text, s.at); end == s.at+1 {
				s.at = nextLine(s.text, s.at)
				continue
			}
		case '\n', '\r':
			s.at = nextLine(s.text, s.at)
			if depth == 0 {
				return
			}
			if s.statementAhead() {
				s.cut = true
				return
			}
			continue
		}
		if c := s.text[s.at]; c != ' ' && c != '\t' {
			s.colon = c == ':' && depth == 0
		}
		if s.mark != nil {
			s.mark(s.at, depth)
		}
		s.at++
	}
	s.open = s.open || depth > 0
}

// statementAhead says whether a line begins here that cannot stand inside brackets.
func (s *scanner) statementAhead() bool {
	start, indent := indentation(s.text, s.at)
	if start == len(s.text) || indent > s.indent {
		return false
	}
	w := word(s.text[start:])
	if w == "from" || w == "async" { // "yield from" and "async for" may stand at a line's start
		rest := strings.TrimLeft(string(s.text[start+len(w):lineEnd(s.text, start)]), " ")
		return w == "from" && strings.Contains(rest, " import ") || w == "async" && strings.HasPrefix(rest, "def ")
	}
	return statementWords[w]
}

// string steps over a string literal whose quote is at s.at.
func (s *scanner) string() {
	quoteAt := s.at
	prefix := quoteAt
	for prefix > 0 && quoteAt-prefix < 2 && strings.IndexByte("rRbBuUfFtT", s.text[prefix-1]) >= 0 {
		prefix--
	}
	if prefix > 0 && source.InWord(s.text[prefix-1]) {
		prefix = quoteAt
	}
	if s.stringAt != nil {
		s.stringAt(prefix, quoteAt)
	}
	fills := bytes.ContainsAny(s.text[prefix:quoteAt], "fFtT")
	raw := bytes.ContainsAny(s.text[prefix:quoteAt], "rR")
	s.at = s.skipString(quoteAt, fills, raw, 0)
}

// skipString is the place behind the string that opens at quoteAt.
func (s *scanner) skipString(quoteAt int, fills, raw bool, nesting int) int {
	q := s.text[quoteAt : quoteAt+1]
	if bytes.HasPrefix(s.text[quoteAt+1:], []byte{q[0], q[0]}) {
		q = s.text[quoteAt : quoteAt+3]
	}
	for at := quoteAt + len(q); at < len(s.text); {
		switch c := s.text[at]; {
		case c == '\\':
			at = min(at+2, len(s.text))
		case bytes.HasPrefix(s.text[at:], q):
			return at + len(q)
		case (c == '\n' || c == '\r') && len(q) == 1:
			s.broken = true
			return at
		case c == '{' && fills && at+1 < len(s.text) && s.text[at+1] == '{':
			at += 2
		case c == '{' && fills && nesting < 4:
			at = s.skipField(at+1, q, raw, nesting)
		default:
			at++
		}
	}
	s.open = true
	return len(s.text)
}

// skipField steps over a replacement field {…}, in which Python 3.12 allows strings with the same quotes.
func (s *scanner) skipField(at int, q []byte, raw bool, nesting int) int {
	for depth := 0; at < len(s.text); {
		switch c := s.text[at]; {
		case c == '{' || c == '(' || c == '[':
			depth++
			at++
		case c == ')' || c == ']':
			depth--
			at++
		case c == '}':
			at++
			if depth--; depth < 0 {
				return at
			}
		case c == '\n' && len(q) == 1:
			return at // the caller sees the string end here, unclosed
		case (c == '"' || c == '\'') && (len(q) == 3 || c != q[0] || depth > 0):
			at = s.skipString(at, false, raw, nesting+1)
		case c == '"' || c == '\'':
			return at
		default:
			at++
		}
	}
	return at
}

var byteOrderMark = []byte("\ufeff")

// indentation is the place of a line's first character that is not white space, and its column.
func indentation(text []byte, at int) (start, columns int) {
	if at == 0 && bytes.HasPrefix(text, byteOrderMark) {
		at = len(byteOrderMark)
	}
	for ; at < len(text); at++ {
		switch text[at] {
		case ' ':
			columns++
		case '\t':
			columns += 8 - columns%8
		case '\f':
			columns = 0
		default:
			return at, columns
		}
	}
	return at, columns
}

// lineEnd is the place of the line's terminator, or the text's end.
func lineEnd(text []byte, at int) int {
	if i := bytes.IndexAny(text[at:], "\r\n"); i >= 0 {
		return at + i
	}
	return len(text)
}

// nextLine is where the next line begins.
func nextLine(text []byte, at int) int {
	end := lineEnd(text, at)
	if bytes.HasPrefix(text[end:], []byte("\r\n")) {
		return end + 2
	}
	return min(end+1, len(text))
}

// word is the identifier that a text begins with, or "@".
func word(text []byte) string {
	if len(text) > 0 && text[0] == '@' {
		return "@"
	}
	n := 0
	for n < len(text) && source.InWord(text[n]) {
		n++
	}
	return string(text[:n])
}
