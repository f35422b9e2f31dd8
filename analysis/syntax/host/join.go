package host

import (
	"strings"

	"pyodide-ls/analysis/source"
)

// joined is several texts as one, which begin lines of their own. It is nil for none.
func joined(all []*source.Derived) *source.Derived {
	if len(all) == 0 {
		return nil
	}
	for i, d := range all[:len(all)-1] {
		all[i] = ended(d)
	}
	return source.Concat(all...)
}

// ended is a text that ends in a line end.
func ended(d *source.Derived) *source.Derived {
	end := ""
	switch text := strings.TrimRight(d.Text, " \t"); {
	case strings.HasSuffix(text, `\`):
		end = "\n\n" // it does not go on in the next
	case !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\r"):
		end = "\n"
	case strings.HasSuffix(d.Text, " ") || strings.HasSuffix(d.Text, "\t"):
		end = "\n" // or else it would indent the next
	case !leavesOpen(d.Text):
		return d
	}
	if leavesOpen(d.Text) {
		end += "pass\n" // which ends the statement to the parser
	}
	var b source.Builder
	b.Verbatim(0, d.Text)
	b.Escape(source.Span{Start: len(d.Text), End: len(d.Text)}, end)
	behind := func(e source.Edit) bool { // a line behind the line end that is not there
		return e.Span.Start == len(d.Text) && strings.HasSuffix(e.New, "\n") && !strings.HasPrefix(e.New, "\n")
	}
	return b.Derived(nil).Guard(func(e source.Edit) bool { return !behind(e) }).Within(d)
}

// leavesOpen says whether a bracket is open where a Python text ends.
func leavesOpen(text string) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(0, depth-1)
		case '#':
			i += len(text[i:]) - len(strings.TrimLeftFunc(text[i:], func(r rune) bool { return r != '\n' && r != '\r' })) - 1
		case '"', '\'':
			if end := stringEnd(text, i); end > i {
				i = end - 1
			}
		}
	}
	return depth > 0
}

// stringEnd is the end of the string literal whose quote stands at a place; of one that is not closed it is
// that of its line.
func stringEnd(text string, at int) int {
	quote := text[at : at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(text[at:], triple) {
		quote = triple
	}
	for i := at + len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], quote):
			return i + len(quote)
		case len(quote) == 1 && (text[i] == '\n' || text[i] == '\r'):
			return i
		}
	}
	return len(text)
}
