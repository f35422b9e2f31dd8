package syntax

import (
	"bytes"

	"pyodide-ls/analysis/source"
)

// maskNewer rewrites, in place and to the same length, what Python or IPython knows and the grammar does
// not. It is called only for texts that do not parse, and answers with the statements that it blotted out
// because no Python says the same.
func maskNewer(text []byte) (holes []source.Span) {
	for _, l := range logicalLines(text) {
		if span, ok := maskMagic(text, l); ok {
			holes = append(holes, span)
			continue
		}
		first := word(text[l.start:])
		if first == "lazy" {
			maskLazy(text, l)
		}
		maskLine(text, l, first)
	}
	return holes
}

// maskMagic blots out IPython's %magics, !commands and ?help, which are not Python.
func maskMagic(text []byte, l logical) (source.Span, bool) {
	end := lineEnd(text, l.start)
	line := text[l.start:end]
	trimmed := bytes.TrimRight(line, " \t")
	from := -1
	switch {
	case line[0] == '%' || line[0] == '!' || line[0] == '?':
		from = 0
	case len(trimmed) > 0 && trimmed[len(trimmed)-1] == '?':
		from = 0
	default: // files = !ls
		if eq := bytes.IndexByte(line, '='); eq > 0 {
			rest := bytes.TrimLeft(line[eq+1:], " \t")
			if len(rest) > 1 && (rest[0] == '!' || rest[0] == '%') && rest[1] != '=' {
				from = len(line) - len(rest)
			}
		}
	}
	if from < 0 {
		return source.Span{}, false
	}
	blot(text, l.start+from, end)
	return source.Span{Start: l.start + from, End: end}, true
}

// maskLazy makes "lazy import x" (PEP 810) into "0  ; import x".
func maskLazy(text []byte, l logical) {
	rest := bytes.TrimLeft(text[l.start+len("lazy"):lineEnd(text, l.start)], " \t")
	if w := word(rest); w == "import" || w == "from" {
		copy(text[l.start:], "0  ;")
	}
}

// maskLine masks inside one logical line: the prefix of t-strings (PEP 750), the defaults of type
// parameters (PEP 696), and the commas of "except A, B, C" (PEP 758).
func maskLine(text []byte, l logical, first string) {
	s := scanner{text: text[:l.end], at: l.start, indent: l.indent}
	s.stringAt = func(prefix, quote int) {
		for i := prefix; i < quote; i++ {
			if text[i] == 't' || text[i] == 'T' {
				text[i] = 'f'
			}
		}
	}
	switch first {
	case "def", "class", "type", "async":
		s.mark = typeDefaults(text)
	case "except":
		commas, plain := []int{}, true
		s.mark = func(at, depth int) {
			if text[at] == ',' && depth == 0 {
				commas = append(commas, at)
			}
			plain = plain && !bytes.HasPrefix(text[at:], []byte(" as "))
		}
		defer func() {
			if len(commas) > 1 && plain {
				for _, at := range commas {
					text[at] = '|'
				}
			}
		}()
	}
	s.logicalLine()
}

// typeDefaults blanks the defaults in the first bracket of a definition, if it is a square one.
func typeDefaults(text []byte) func(at, depth int) {
	inside, done, blank := false, false, false
	return func(at, depth int) {
		switch c := text[at]; {
		case done:
		case !inside:
			inside = c == '['
			done = c == '(' || c == ':' || c == '='
		case c == ']' && depth == 0:
			done = true
		case c == ',' && depth == 1:
			blank = false
		case c == '=' && depth == 1:
			blank = true
			text[at] = ' '
		case blank:
			text[at] = ' '
		}
	}
}

// blot makes an expression statement that says nothing out of a stretch of text, keeping its lines.
func blot(text []byte, start, end int) {
	first := true
	for i := start; i < end; i++ {
		switch {
		case text[i] == '\n' || text[i] == '\r':
		case first:
			text[i], first = '0', false
		default:
			text[i] = ' '
		}
	}
}
