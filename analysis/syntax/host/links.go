package host

import (
	"strings"

	"pyodide-ls/analysis/source"
)

// LinksIn are the files of the project that a script imports, found without a parser: a project has thousands of
// scripts that hold no Python, and by way of some of them a page comes to one that does. A bundle has none.
func LinksIn(kind Kind, text string) []Reference {
	switch kind {
	case JavaScript, TypeScript, TSX:
		return linksIn(text)
	}
	return nil
}

func linksIn(text string) []Reference {
	if Bundle(text) {
		return nil
	}
	var found []Reference
	l := links{text: text}
	for word, at := range l.words() {
		if r, ok := l.link(word, at); ok && l.isCode(at) {
			found = append(found, r)
		}
	}
	return found
}

// links looks for imports in a script. What it asks of places it asks in their order.
type links struct {
	text string
	// comment is the next comment in lines of its own that does not end before a place.
	comment source.Span
	// ticks are the backticks before a place.
	ticks, ticksTo int
}

// linkWords begin what imports.
var linkWords = [...]string{"import", "export", "require"}

// words are the words of the text that may begin an import, in order.
func (l *links) words() func(func(word string, at int) bool) {
	return func(yield func(string, int) bool) {
		var next [len(linkWords)]int
		for i, word := range linkWords {
			next[i] = l.find(word, 0)
		}
		for {
			first := 0
			for i := range next {
				if next[i] < next[first] {
					first = i
				}
			}
			at := next[first]
			if at == len(l.text) || !yield(linkWords[first], at) {
				return
			}
			next[first] = l.find(linkWords[first], at+1)
		}
	}
}

// find is the next place of a text from one on, the end where there is none.
func (l *links) find(text string, from int) int {
	if i := strings.Index(l.text[from:], text); i >= 0 {
		return from + i
	}
	return len(l.text)
}

// link is the file that a word imports.
func (l *links) link(word string, at int) (Reference, bool) {
	if at > 0 && (inName(l.text[at-1]) || l.text[at-1] == '.') {
		return Reference{}, false
	}
	rest, why := l.space(at+len(word)), word
	switch {
	case rest == len(l.text) || rest == at+len(word) && inName(l.text[rest]):
		return Reference{}, false
	case l.text[rest] == '(' && word != "export":
		if namesType(l.text, at) {
			return Reference{}, false
		}
		if rest = l.space(rest + 1); word == "import" {
			why = "import()"
		}
	case word == "require":
		return Reference{}, false
	case word == "export" || strings.IndexByte(`"'`, l.text[rest]) < 0:
		if rest = l.clause(word, rest); rest < 0 {
			return Reference{}, false
		}
	}
	name, ok := l.literal(rest)
	if !ok {
		return Reference{}, false
	}
	return specified(name, source.Span{Start: rest + 1, End: rest + 1 + len(name)}).imported(why)
}

// namesType says whether what stands at a place is a type of TypeScript's: typeof import("./a"), A<import("./a").B>.
func namesType(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \t\r\n")
	return strings.HasSuffix(before, "typeof") || strings.HasSuffix(before, "<")
}

// clause is where the name of the file stands behind what is imported from it, less than 0 where none does.
func (l *links) clause(word string, at int) int {
	const longest = 4_000
	start := at
	for at = l.space(at); at < len(l.text) && at-start < longest && (inName(l.text[at]) || strings.IndexByte("{},*", l.text[at]) >= 0); {
		at = l.space(at + 1)
	}
	names := strings.TrimSpace(withoutComments(l.text[start:at]))
	bare := strings.TrimSuffix(names, "from")
	if bare == names {
		return -1
	}
	if word == "export" {
		names, behind, list := strings.Cut(names, "}")
		if names[0] != '*' && (names[0] != '{' || !list || strings.TrimSpace(behind) != "from") {
			return -1
		}
		return at
	}
	if types, ok := strings.CutPrefix(bare, "type"); ok && types != "" && !inName(types[0]) {
		if of := strings.TrimSpace(types); of != "" && of[0] != ',' {
			return -1 // of which nothing is left
		}
	}
	return at
}

// space is the first place from one on that is neither white space nor a comment.
func (l *links) space(at int) int {
	for at < len(l.text) {
		switch rest := l.text[at:]; {
		case isSpace(rest[0]):
			at++
		case strings.HasPrefix(rest, "//"):
			at = l.find("\n", at)
		case strings.HasPrefix(rest, "/*"):
			at = min(len(l.text), l.find("*/", at+2)+2)
		default:
			return at
		}
	}
	return at
}

// literal is the text of the string that begins at a place and ends in its line.
func (l *links) literal(at int) (string, bool) {
	const longest = 1_000
	if at >= len(l.text) || strings.IndexByte("\"'`", l.text[at]) < 0 {
		return "", false
	}
	rest := l.text[at+1 : min(len(l.text), at+longest)]
	end := strings.IndexAny(rest, "\"'`\n\\$")
	if end < 0 || rest[end] != l.text[at] {
		return "", false
	}
	return rest[:end], true
}

// isCode says whether a place is neither in a comment nor in a string. Where it is not sure it is not.
func (l *links) isCode(at int) bool {
	const longest = 2_000 // bytes of a line that a person wrote
	l.ticks += strings.Count(l.text[l.ticksTo:at], "`")
	l.ticksTo = at
	start := strings.LastIndexByte(l.text[max(0, at-longest):at], '\n') + 1 + max(0, at-longest)
	if start > 0 && l.text[start-1] != '\n' || l.ticks%2 != 0 || !closedLine(l.text[start:at]) {
		return false
	}
	for l.comment.End <= at {
		open := l.find("/*", l.comment.End)
		for open < len(l.text) && strings.Trim(l.text[strings.LastIndexByte(l.text[:open], '\n')+1:open], " \t") != "" {
			open = l.find("/*", open+2) // perhaps in a pattern: "**/*.js"
		}
		l.comment = source.Span{Start: open, End: min(len(l.text), l.find("*/", min(len(l.text), open+2))) + 2}
	}
	return at < l.comment.Start
}

// closedLine says whether a line has no string or comment open at its end.
func closedLine(line string) bool {
	var quote byte
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case quote == 0 && (c == '"' || c == '\'' || c == '`'):
			quote = c
		case c == quote:
			quote = 0
		case quote == 0 && strings.HasPrefix(line[i:], "//"):
			return false
		case quote == 0 && strings.HasPrefix(line[i:], "/*"):
			end := strings.Index(line[i+2:], "*/")
			if end < 0 {
				return false
			}
			i += end + 3
		}
	}
	return quote == 0
}

// inName says whether a byte may be one of a name in a script.
func inName(c byte) bool { return source.InWord(c) || c == '$' }
