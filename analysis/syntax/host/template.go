package host

import (
	"strings"

	"pyodide-ls/analysis/source"
)

// mark is what a template engine replaces before a browser sees the page: Jinja, Django, Handlebars, ERB.
type mark struct {
	source.Span
	value bool // leaves a text that is not known; the others leave none
}

// stand is the text that a mark has in a unit.
func (m mark) stand() string {
	if m.value {
		return source.Placeholder
	}
	return ""
}

// markLimit bounds a mark: what is longer is a coincidence of braces.
const markLimit = 2000

// marks are the marks of a text. Only such as are closed and hold no other count, and none that reaches over
// the end of an element: a script may have braces and percent signs of its own.
func marks(text string) []mark {
	var all []mark
	endless := map[string]bool{} // blocks that are not closed any more
	for i := 0; i+1 < len(text); {
		m := mark{Span: source.Span{Start: i, End: i}}
		switch {
		case text[i] == '{' && text[i+1] == '{':
			m.End, m.value = expression(text, i)
		case text[i] == '{' && text[i+1] == '%':
			m.End = statement(text, i)
		case text[i] == '{' && text[i+1] == '#':
			m.End = closed(text, i, "{#", "#}", 5*markLimit)
		case text[i] == '<' && text[i+1] == '%':
			m.End = closed(text, i, "<%", "%>", markLimit)
			m.value = i+2 < len(text) && (text[i+2] == '=' || text[i+2] == '-')
		}
		if m.End == i {
			i++
			continue
		}
		next := m.End
		if block, verbatim := enclosing(text[i:m.End]); block != "" && !endless[block] {
			if end := endOfBlock(text, m.End, block); end == 0 {
				endless[block] = true
			} else if next = end; !verbatim {
				m.End = end
			}
		}
		all = append(all, m)
		i = next
	}
	return all
}

// closed is the end of a mark that opens at a place, or the place.
func closed(text string, at int, open, end string, limit int) int {
	rest := text[at+len(open) : min(len(text), at+limit)]
	n := strings.Index(rest, end)
	if n < 0 || strings.Contains(rest[:n], open) || strings.Contains(rest[:n], "</") {
		return at
	}
	return at + len(open) + n + len(end)
}

// statement is the end of {% … %}. A word follows the percent sign, which "{%" in a Python format lacks most
// of the time.
func statement(text string, at int) int {
	word := strings.TrimLeft(strings.TrimLeft(text[at+2:min(len(text), at+40)], "-+"), " \t\r\n")
	if word == "" || !isLetter(word[0]) {
		return at
	}
	return closed(text, at, "{%", "%}", markLimit)
}

// expression is the end of {{ … }}, over braces and quotes of its own, and whether it leaves a text: blocks
// and comments of Handlebars do not.
func expression(text string, at int) (end int, value bool) {
	opened := 2
	for opened < 4 && at+opened < len(text) && text[at+opened] == '{' {
		opened++
	}
	depth, limit := opened, min(len(text), at+markLimit)
	for i := at + opened; i < limit; i++ {
		switch c := text[i]; c {
		case '"', '\'':
			i += quoted(text[i:limit])
		case '<':
			if i+1 < limit && text[i+1] == '/' {
				return at, false
			}
		case '{':
			if i+1 < limit && text[i+1] == '{' {
				return at, false
			}
			depth++
		case '}':
			if depth--; depth > 0 {
				continue
			}
			if !strings.HasSuffix(text[at:i+1], strings.Repeat("}", opened)) {
				return at, false
			}
			inside := strings.Trim(text[at+opened:i+1-opened], " \t\r\n~")
			return i + 1, inside != "else" && (inside == "" || !strings.ContainsRune("#/!^", rune(inside[0])))
		}
	}
	return at, false
}

// quoted is how far it is from a quote to its partner on the same line, 0 when there is none.
func quoted(text string) int {
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0]:
			return i
		}
	}
	return 0
}

// enclosing is the name of a block that {% … %} opens in which other marks are no marks: their text is left as
// it stands, or left out.
func enclosing(m string) (block string, verbatim bool) {
	if !strings.HasPrefix(m, "{%") {
		return "", false
	}
	switch word, _, _ := strings.Cut(strings.Trim(m, "{%-+ \t\r\n}"), " "); word {
	case "raw", "verbatim":
		return word, true
	case "comment":
		return word, false
	}
	return "", false
}

// endOfBlock is the end of the {% end… %} of a block, 0 when there is none.
func endOfBlock(text string, at int, block string) int {
	for {
		n := strings.Index(text[at:], "{%")
		if n < 0 {
			return 0
		}
		at += n
		end := closed(text, at, "{%", "%}", markLimit)
		if strings.HasPrefix(strings.Trim(text[at:end], "{%-+ \t\r\n}"), "end"+block) {
			return end
		}
		at += 2
	}
}

// masked is a text of the same length in which marks do not disturb the tags around them.
func masked(text string, all []mark) string {
	if len(all) == 0 {
		return text
	}
	b := []byte(text)
	for _, m := range all {
		fill := byte(' ')
		if m.value {
			fill = '_'
		}
		for i := m.Start; i < m.End; i++ {
			b[i] = fill
		}
	}
	return string(b)
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
