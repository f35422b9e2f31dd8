package realm

import (
	"regexp"
	"strings"

	"pyodide-ls/analysis/syntax/host"
)

// uncommented is a text with blanks for its comments, and for the docstrings of Python. It finds them without a
// parser: where it is not sure, as of what stands behind code with an open quote, it leaves the text.
func uncommented(kind host.Kind, text string) string {
	b := &blanker{text: text}
	switch {
	case kind == host.Python:
		b.lines("#", func(line string, at int) bool { return at == 0 || line[at-1] == ' ' || line[at-1] == '\t' })
		b.docstrings()
	case kind == host.HTML || kind == host.Component:
		if strings.Contains(text, "<!--") || strings.Contains(text, "{#") {
			b.spans(markupComment)
		}
		fallthrough
	case isScript(kind):
		b.lines("//", func(line string, at int) bool {
			return strings.TrimLeft(line[:at], " \t") == "" || strings.IndexByte(" \t;{}", line[at-1]) >= 0
		})
		if strings.Contains(text, "/*") {
			b.spans(blockComment)
		}
	case kind == host.Settings:
		b.lines("#", func(string, int) bool { return true })
	}
	return b.String()
}

var (
	markupComment = regexp.MustCompile(`(?s)<!--.*?(?:-->|\z)|\{#.*?#\}`)
	// A comment of several lines begins on one of its own: elsewhere it may be part of a pattern, "**/*.js".
	blockComment = regexp.MustCompile(`(?ms)^[ \t]*/\*.*?(?:\*/|\z)`)
	tripleQuote  = regexp.MustCompile(`"""|'''`)
)

type blanker struct {
	text string
	out  []byte // nil as long as it is the text
}

func (b *blanker) String() string {
	if b.out == nil {
		return b.text
	}
	return string(b.out)
}

// blank puts blanks for a part of the text, but keeps its lines.
func (b *blanker) blank(start, end int) {
	if b.out == nil {
		b.out = []byte(b.text)
	}
	for i := start; i < end; i++ {
		if b.out[i] != '\n' && b.out[i] != '\r' {
			b.out[i] = ' '
		}
	}
}

// spans blanks what matches a pattern.
func (b *blanker) spans(pattern *regexp.Regexp) {
	for _, m := range pattern.FindAllStringIndex(b.String(), -1) {
		b.blank(m[0], m[1])
	}
}

// docstrings blanks the strings in triple quotes that begin on a line of their own.
func (b *blanker) docstrings() {
	text := b.String()
	for at := 0; at < len(text); {
		opening := tripleQuote.FindStringIndex(text[at:])
		if opening == nil {
			return
		}
		start, inside := at+opening[0], at+opening[1]
		at = len(text)
		if i := strings.Index(text[inside:], text[start:inside]); i >= 0 {
			at = inside + i + len(`"""`)
		}
		line := text[strings.LastIndexByte(text[:start], '\n')+1 : start]
		if strings.Trim(line, " \trRuU") == "" {
			b.blank(start, at)
		}
	}
}

// lines blanks the ends of lines from a marker on, where it may stand and no quote is open.
func (b *blanker) lines(marker string, may func(line string, at int) bool) {
	const longest = 2_000 // bytes of a line that a person wrote
	start := 0
	for line := range strings.Lines(b.String()) {
		if len(line) > longest {
			start += len(line)
			continue
		}
		for from := 0; ; {
			i := strings.Index(line[from:], marker)
			if i < 0 {
				break
			}
			at := from + i
			if may(line, at) && closed(line[:at]) {
				b.blank(start+at, start+len(line))
				break
			}
			from = at + len(marker)
		}
		start += len(line)
	}
}

// closed says whether every quote in a text has its partner.
func closed(text string) bool {
	for _, quote := range []string{`"`, "'", "`"} {
		if strings.Count(text, quote)%2 != 0 {
			return false
		}
	}
	return true
}
