package host

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"pyodide-ls/analysis/source"
)

// quote is how a script writes a text: in quotation marks, in backticks, or raw, as String.raw`…`.
type quote byte

const raw quote = 'r'

// lay lays out the text that stands in quotes, or in one stretch of a template, from an offset of the host. ok
// is false where it does not say what it means: it would end before its end, or JavaScript refuses it.
func (q quote) lay(b *source.Builder, at int, text string) (ok bool) {
	start := 0 // of what stands for itself
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '\\' && q == raw:
			if i++; i == len(text) {
				return false
			}
			i++
		case c == '\\':
			b.Verbatim(at+start, text[start:i])
			char, n, ok := q.escape(text[i:])
			if !ok {
				return false
			}
			if host := (source.Span{Start: at + i, End: at + i + n}); char < 0 {
				b.Drop(host)
			} else {
				b.Escape(host, string(char))
			}
			i += n
			start = i
		case q.template() && (c == '`' || strings.HasPrefix(text[i:], "${")),
			!q.template() && (c == byte(q) || c == '\n' || c == '\r'):
			return false
		default:
			i++
		}
	}
	b.Verbatim(at+start, text[start:])
	return true
}

func (q quote) template() bool { return q == '`' || q == raw }

// escape reads the escape at the head of a text: which character it is, less than 0 for a line that goes on,
// and how many bytes it takes.
func (q quote) escape(text string) (char rune, n int, ok bool) {
	if len(text) < 2 {
		return 0, 0, false
	}
	switch c := text[1]; c {
	case 'n', 't', 'r', 'b', 'f', 'v':
		return rune("\n\t\r\b\f\v"[strings.IndexByte("ntrbfv", c)]), 2, true
	case '\n':
		return -1, 2, true
	case '\r':
		if strings.HasPrefix(text[2:], "\n") {
			return -1, 3, true
		}
		return 0, 0, false // nobody ends lines so; what follows would have to be watched
	case 'x':
		char, n, ok = hex(text, 2, 4)
		return char, n, ok
	case 'u':
		return unicodeEscape(text)
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return q.octal(text)
	case '8', '9':
		return rune(c), 2, !q.template()
	}
	char, n = utf8.DecodeRuneInString(text[1:])
	switch {
	case char == utf8.RuneError && n == 1:
		return 0, 0, false
	case char == '\u2028' || char == '\u2029':
		return -1, 1 + n, true
	}
	return char, 1 + n, true
}

// octal reads what is left of C in JavaScript. A template knows only \0.
func (q quote) octal(text string) (char rune, n int, ok bool) {
	limit := 3 // \377
	if text[1] > '3' {
		limit = 2
	}
	for n = 1; n < len(text) && n <= limit && text[n] >= '0' && text[n] <= '7'; n++ {
		char = char*8 + rune(text[n]-'0')
	}
	if q.template() && (char != 0 || n != 2 || len(text) > 2 && (text[2] == '8' || text[2] == '9')) {
		return 0, 0, false
	}
	return char, n, true
}

// unicodeEscape reads \uXXXX and \u{…}, two of them where only both are a character.
func unicodeEscape(text string) (char rune, n int, ok bool) {
	char, n, ok = codeUnit(text)
	if !ok || !utf16.IsSurrogate(char) {
		return char, n, ok
	}
	if low, more, ok := codeUnit(text[n:]); ok {
		if pair := utf16.DecodeRune(char, low); pair != utf8.RuneError {
			return pair, n + more, true
		}
	}
	return utf8.RuneError, n, true
}

func codeUnit(text string) (char rune, n int, ok bool) {
	if strings.HasPrefix(text, `\u{`) {
		end := strings.IndexByte(text, '}')
		if end < 0 {
			return 0, 0, false
		}
		char, _, ok = hex(text, 3, end)
		return char, end + 1, ok && char <= utf8.MaxRune
	}
	if !strings.HasPrefix(text, `\u`) {
		return 0, 0, false
	}
	return hex(text, 2, 6)
}

func hex(text string, start, end int) (char rune, n int, ok bool) {
	if end > len(text) {
		return 0, 0, false
	}
	code, err := strconv.ParseUint(text[start:end], 16, 31)
	return rune(code), end, err == nil
}

// read is the text that a stretch of host text stands for.
func (q quote) read(host string) (text string, ok bool) {
	var b source.Builder
	ok = q.lay(&b, 0, host)
	return b.Derived(nil).Text, ok
}

// join says whether stretches of host text mean together what they mean apart: that no $ meets a {.
func (q quote) join(parts ...string) bool {
	var apart strings.Builder
	for _, p := range parts {
		text, ok := q.read(p)
		if !ok {
			return false
		}
		apart.WriteString(text)
	}
	together, ok := q.read(strings.Join(parts, ""))
	if q == raw && ok {
		_, ok = quote('`').read(together) // the grammar knows no escape that is none, and recovers somehow
	}
	return ok && together == apart.String()
}

// write is how a text is written. A NUL ends everything for the parser.
func (q quote) write(text string) (host string, ok bool) {
	if !utf8.ValidString(text) {
		return "", false
	}
	if q == raw {
		_, ok = q.read(text)
		return text, ok && strings.IndexByte(text, 0) < 0
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		rest := text[i+1:]
		switch {
		case c == '\\' || c == byte(q) || q == '`' && c == '$' && (rest == "" || rest[0] == '{'):
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\n' && q != '`':
			b.WriteString(`\n`)
		case c == '\r' && (q != '`' || !strings.HasPrefix(rest, "\n")):
			b.WriteString(`\r`)
		case c == 0:
			b.WriteString(`\x00`)
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true
}
