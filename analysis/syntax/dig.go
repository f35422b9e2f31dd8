package syntax

import (
	"bytes"

	"pyodide-ls/analysis/source"
)

// digLimit bounds what dig may parse, as a multiple of the text's length (in bytes).
const digLimit = 24

// dig finds the statements that do not parse, by parsing each by itself, and blots them out. What stands
// below a broken header is kept as if under a plain one. It may leave errors when its limit is reached:
// Node.Broken then tells.
func (p *parser) dig(text []byte) ([]source.Span, error) {
	d := &digger{parser: p, text: text, left: digLimit*len(text) + 1<<16}
	d.block(logicalLines(text))
	return d.holes, d.err
}

type digger struct {
	*parser
	text  []byte
	holes []source.Span
	left  int // bytes that may still be parsed
	err   error
}

// block mends the statements of one suite.
func (d *digger) block(lines []logical) {
	for len(lines) > 0 && d.err == nil {
		n := statement(lines)
		d.statement(lines[:n])
		lines = lines[n:]
	}
}

// statement is how many of the lines the first statement takes, suites and further clauses included.
func statement(lines []logical) int {
	first := lines[0]
	for i := 1; i < len(lines); i++ {
		l := lines[i]
		if l.indent > first.indent || l.indent == first.indent && (l.clause() || ownLine(lines[:i], first.indent).decorates(l)) {
			continue
		}
		return i
	}
	return len(lines)
}

// ownLine is the last of the lines that stands at an indentation.
func ownLine(lines []logical, indent int) logical {
	for i := len(lines) - 1; i > 0; i-- {
		if lines[i].indent == indent {
			return lines[i]
		}
	}
	return lines[0]
}

func (d *digger) statement(lines []logical) {
	start, end := lines[0].start, lines[len(lines)-1].end
	if !anyBroken(lines) && d.parses(d.text[start:end], lines[0]) {
		return
	}
	if len(lines) == 1 {
		d.hole(start, end)
		if lines[0].first == "case" {
			d.text[start] = ' ' // among cases no other statement may stand
		}
		return
	}
	if !d.headersParse(lines) {
		d.plainHeaders(lines)
	}
	d.suites(lines)
	if lines[0].first == "match" && d.err == nil && !d.parses(d.text[start:end], lines[0]) {
		d.hole(start, end) // no case is left
	}
}

// suites mends each run of lines that stand deeper than the statement's own.
func (d *digger) suites(lines []logical) {
	own := lines[0].indent
	for i := 0; i < len(lines); {
		if lines[i].indent <= own {
			i++
			continue
		}
		j := i
		for j < len(lines) && lines[j].indent > own {
			j++
		}
		d.block(lines[i:j])
		i = j
	}
}

// headersParse says whether the statement would parse if each of its suites were "pass".
func (d *digger) headersParse(lines []logical) bool {
	var b bytes.Buffer
	own, suite := lines[0].indent, " pass\n"
	if lines[0].first == "match" {
		suite = "\n case _: pass\n"
	}
	for i, l := range lines {
		if l.indent > own {
			if lines[i-1].indent <= own {
				b.WriteString(suite)
			}
			continue
		}
		if l.broken || !l.header && i+1 < len(lines) && lines[i+1].indent > own {
			return false
		}
		b.Write(bytes.TrimRight(withoutComment(d.text[l.start:l.end]), " \t\r\n"))
		if i+1 == len(lines) || lines[i+1].indent <= own {
			b.WriteByte('\n')
		}
	}
	return d.parses(b.Bytes(), logical{first: lines[0].first})
}

// plainHeaders puts a header that says nothing in the place of each of the statement's own lines.
func (d *digger) plainHeaders(lines []logical) {
	own := lines[0].indent
	for i, l := range lines {
		if l.indent > own {
			continue
		}
		end := l.end
		for end > l.start && (d.text[end-1] == '\n' || d.text[end-1] == '\r') {
			end--
		}
		plain := "if 1:"
		switch l.first {
		case "def", "async":
			plain = "def _():"
		case "class":
			plain = "class _:"
		case "case":
			plain = "case _:"
		}
		d.hole(l.start, end)
		suite := i+1 < len(lines) && lines[i+1].indent > own
		if suite && lineEnd(d.text, l.start)-l.start >= len(plain) {
			copy(d.text[l.start:], plain)
		}
	}
}

func (d *digger) hole(start, end int) {
	blot(d.text, start, end)
	d.holes = append(d.holes, source.Span{Start: start, End: end})
}

// parses says whether a statement, which begins with the line, parses by itself; when the limit is used up
// everything does.
func (d *digger) parses(text []byte, first logical) bool {
	if d.left -= len(text); d.left < 0 || d.err != nil {
		return true
	}
	key := statementKey(text, first)
	if clean, ok := d.known[key]; ok {
		return clean
	}
	around := "if 1:\n"
	if first.first == "case" {
		around = "match _:\n"
	}
	if first.indent > 0 || first.first == "case" {
		line := append([]byte(around), bytes.Repeat([]byte(" "), max(first.indent, 1))...)
		text = append(line, text...)
	}
	clean, err := d.clean(text)
	d.err = err
	if d.known != nil && err == nil {
		d.known[key] = clean
	}
	return clean
}

func anyBroken(lines []logical) bool {
	for _, l := range lines {
		if l.broken {
			return true
		}
	}
	return false
}

// withoutComment cuts a header's trailing comment, behind which nothing can be written on the line.
func withoutComment(header []byte) []byte {
	end := len(header)
	s := scanner{text: header}
	last := 0
	s.mark = func(at, _ int) {
		if c := header[at]; c != ' ' && c != '\t' {
			last = at + 1
		}
	}
	s.logicalLine()
	if last > 0 {
		end = last
	}
	return header[:end]
}
