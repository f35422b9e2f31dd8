package host

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"pyodide-ls/analysis/source"
)

// attribute is one of a tag's. Its value stands in the page without quotes.
type attribute struct {
	name  string // in lower case
	at    int    // where the name begins
	value source.Span
	quote byte // 0 without
	bare  bool // without a value
}

// span is where the attribute's name stands.
func (a attribute) span() source.Span { return source.Span{Start: a.at, End: a.at + len(a.name)} }

// attributes are those of a start tag that stands at a span, as a browser reads them; of two with one name the
// first counts.
func attributes(text string, tag source.Span) []attribute {
	s := tagScanner{text: text[:tag.End], at: tag.Start + 1}
	for s.at < len(s.text) && !isSpace(s.text[s.at]) && s.text[s.at] != '/' && s.text[s.at] != '>' {
		s.at++
	}
	var all []attribute
	seen := map[string]bool{}
	for {
		s.space()
		if s.at >= len(s.text) || s.text[s.at] == '>' {
			return all
		}
		a := s.attribute()
		if a.name != "" && !seen[a.name] {
			all = append(all, a)
			seen[a.name] = true
		}
	}
}

type tagScanner struct {
	text string
	at   int
}

func (s *tagScanner) space() {
	for s.at < len(s.text) && isSpace(s.text[s.at]) {
		s.at++
	}
}

func (s *tagScanner) attribute() attribute {
	start := s.at
	for s.at < len(s.text) && !isSpace(s.text[s.at]) && s.text[s.at] != '/' && s.text[s.at] != '>' && (s.text[s.at] != '=' || s.at == start) {
		s.at++
	}
	a := attribute{name: lower(s.text[start:s.at]), at: start, bare: true}
	s.space()
	a.value = source.Span{Start: s.at, End: s.at}
	if s.at >= len(s.text) || s.text[s.at] != '=' {
		if s.at < len(s.text) && s.text[s.at] == '/' {
			s.at++
		}
		return a
	}
	s.at++
	s.space()
	a.bare = false
	a.value = source.Span{Start: s.at, End: s.at}
	if s.at >= len(s.text) || s.text[s.at] == '>' {
		return a
	}
	if a.quote = s.text[s.at]; a.quote == '"' || a.quote == '\'' {
		s.at++
		a.value.Start = s.at
		if n := strings.IndexByte(s.text[s.at:], a.quote); n >= 0 {
			a.value.End = s.at + n
			s.at += n + 1
			return a
		}
		s.at = len(s.text)
		a.value.End = s.at
		return a
	}
	a.quote = 0
	for s.at < len(s.text) && !isSpace(s.text[s.at]) && s.text[s.at] != '>' {
		s.at++
	}
	a.value.End = s.at
	return a
}

// lower is a name in lower case, which to HTML is a matter of ASCII.
func lower(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, name)
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' }

// reference is a character reference that a text begins with: how long it is and what it stands for. It is
// 0 long when there is none. In an attribute one that lacks its semicolon must not go on as a word.
func reference(text string, inAttribute bool) (n int, stands string) {
	n = 1
	if n < len(text) && text[n] == '#' {
		n++
	}
	for n < len(text) && n < 40 && (isLetter(text[n]) || text[n] >= '0' && text[n] <= '9') {
		n++
	}
	if n < len(text) && text[n] == ';' {
		if stands = html.UnescapeString(text[:n+1]); !strings.HasSuffix(stands, ";") && stands != text[:n+1] {
			return n + 1, stands
		}
	}
	stands = html.UnescapeString(text[:n])
	if stands == text[:n] || !utf8.ValidString(stands) {
		return 0, ""
	}
	// "&notit" is "¬it": what is left over at the end was not a part of it.
	for k := 2; k <= n; k++ {
		if short := html.UnescapeString(text[:k]); short != text[:k] && short+text[k:n] == stands {
			goesOn := k < len(text) && (text[k] == '=' || isLetter(text[k]) || text[k] >= '0' && text[k] <= '9')
			if inAttribute && goesOn && text[1] != '#' {
				return 0, ""
			}
			return k, short
		}
	}
	return 0, ""
}

// ownTags are PyScript's; attributes with its prefixes are options there.
func ownTag(name string) bool {
	return name == "script" || strings.HasPrefix(name, "py-") || strings.HasPrefix(name, "mpy-")
}

// options are attributes with PyScript's prefix that name no event.
var options = map[string]bool{"env": true, "mount": true, "config": true, "script": true, "src": true, "type": true, "id": true}

// handles says whether an attribute names an event that Python handles, and what runs it. PyScript takes every
// attribute that is a prefix of its own and the name of an event, custom ones too, which have no hyphen.
func handles(name string) (Runtime, bool) {
	event := name
	runtime := Pyodide
	switch prefix, rest, _ := strings.Cut(name, "-"); prefix {
	case "py", "pyodide":
		event = rest
	case "pys": // of 2022
		event = rest
		if !strings.HasPrefix(event, "on") {
			return 0, false
		}
	case "mpy", "micropython":
		event, runtime = rest, MicroPython
	default:
		return 0, false
	}
	if event == "" || options[event] {
		return 0, false
	}
	for i := range len(event) {
		if event[i] < 'a' || event[i] > 'z' {
			return 0, false
		}
	}
	return runtime, true
}
