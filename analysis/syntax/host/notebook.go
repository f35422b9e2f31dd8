package host

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// notebook reads a notebook of Jupyter.
func (d *Document) notebook(text string) {
	mark := len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	n := &notebook{text: text, shift: mark, Decoder: json.NewDecoder(strings.NewReader(text[mark:]))}
	n.UseNumber()
	n.document()
	var whole json.RawMessage
	switch err := json.Unmarshal([]byte(text[mark:]), &whole); {
	case err != nil:
		at := mark + jsonPlace(text[mark:], err)
		d.Troubles = append(d.Troubles, Trouble{character(text, at), "this notebook is not valid JSON: " + sentence(err)})
	case !n.known:
		at := len(text) - len(strings.TrimLeft(text[mark:], " \t\r\n"))
		d.Troubles = append(d.Troubles, Trouble{character(text, at), "this is JSON, but no notebook: it has no cells"})
	}
	if n.language != "" && n.language != "python" {
		return
	}
	var parts []*source.Derived
	for _, cell := range n.cells {
		if cell.kind == "code" && (cell.language == "" || cell.language == "python") {
			parts = append(parts, python(cell.source.Derived(jsonText)))
		}
	}
	d.cells(parts, kernel(text))
}

// ReadCells reads the code cells of a notebook that an editor holds apart. The text is that of all cells, each
// with a line end of the joint's own behind it; starts are the offsets at which the cells begin in it.
func ReadCells(cells []string) (text string, starts []int, d *Document) {
	var b strings.Builder
	var parts []*source.Derived
	for _, cell := range cells {
		starts = append(starts, b.Len())
		var unit source.Builder
		unit.Verbatim(b.Len(), cell)
		parts = append(parts, python(unit.Derived(nil)))
		b.WriteString(cell)
		b.WriteByte('\n')
	}
	d = &Document{}
	d.cells(parts, 0)
	return b.String(), starts, d
}

// cells adds the cells that hold Python as one unit: they share their names.
func (d *Document) cells(parts []*source.Derived, realms pyodide.Realms) {
	var all []*source.Derived
	for _, part := range parts {
		if part != nil && part.Text != "" {
			all = append(all, part)
		}
	}
	if unit := joined(all); unit != nil {
		d.Units = append(d.Units, Unit{Derived: unit, Form: Cells, Entry: AsyncEntry, Realms: realms, Why: "a notebook for the kernel Python (Pyodide)", At: unit.Map.Span(source.Span{})})
	}
}

// kernel is where the kernel runs a notebook that the notebook names: JupyterLite's is a worker.
// Source: https://github.com/jupyterlite/pyodide-kernel
func kernel(text string) pyodide.Realms {
	if strings.Contains(text, "Python (Pyodide)") {
		return pyodide.Worker
	}
	return 0
}

// python is the Python of a cell, nil when it holds something else. Of a magic around the whole of it that
// runs it as it stands the line is left empty.
func python(cell *source.Derived) *source.Derived {
	line, ok := cellMagic(cell.Text)
	if !ok {
		return nil
	}
	var b source.Builder
	b.Verbatim(0, cell.Text[:line.Start])
	b.Drop(line)
	b.Verbatim(line.End, cell.Text[line.End:])
	return b.Derived(nil).Guard(func(e source.Edit) bool {
		after, ok := cellMagic(cell.Text[:e.Span.Start] + e.New + cell.Text[e.Span.End:])
		return ok && after.Len() == line.Len()
	}).Within(cell)
}

// cellMagic is the span of the magic at a cell's head, which may be empty. It is not ok when the magic makes
// something else of the cell than Python that runs in its kernel, or when a page stands in it for people to read.
func cellMagic(text string) (line source.Span, ok bool) {
	head := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	if strings.HasPrefix(text[head:], "<") { // with which no Python begins
		return source.Span{}, false
	}
	head = strings.LastIndexAny(text[:head], "\r\n") + 1
	if !strings.HasPrefix(text[head:], "%%") {
		return source.Span{Start: head, End: head}, true
	}
	end := len(text)
	if i := strings.IndexAny(text[head:], "\r\n"); i >= 0 {
		end = head + i
	}
	word, _, _ := strings.Cut(strings.ReplaceAll(text[head+2:end], "\t", " "), " ")
	switch word {
	case "time", "timeit", "capture", "prun", "debug":
		return source.Span{Start: head, End: end}, true
	}
	return source.Span{}, false
}

// notebook walks over the JSON of one, as far as it goes.
type notebook struct {
	*json.Decoder
	text     string
	shift    int // where the decoder's text begins
	last     int // where the token begins that was read last
	broken   bool
	known    bool // it has cells, if only an empty list of them
	language string
	cells    []cell
}

type cell struct {
	kind     string
	language string // nbformat 3 says it with each cell
	source   *source.Builder
}

func (n *notebook) document() {
	n.object(func(key string) {
		switch key {
		case "cells":
			n.known = true
			n.list(n.cell)
		case "worksheets": // nbformat 3
			n.known = true
			n.list(func() {
				n.object(func(key string) {
					if key == "cells" {
						n.list(n.cell)
						return
					}
					n.skip()
				})
			})
		case "metadata":
			n.object(n.metadata)
		default:
			n.skip()
		}
	})
}

// metadata notes the language of the kernel.
func (n *notebook) metadata(key string) {
	name := map[string]string{"kernelspec": "language", "language_info": "name"}[key]
	if name == "" {
		n.skip()
		return
	}
	n.object(func(key string) {
		if value := n.string(); key == name && value != "" {
			n.language = value
		}
	})
}

// cell notes a cell. What was read of it before the JSON broke counts.
func (n *notebook) cell() {
	c := cell{source: &source.Builder{}}
	n.object(func(key string) {
		switch key {
		case "cell_type":
			c.kind = n.string()
		case "language":
			c.language = n.string()
		case "source", "input":
			c.source = &source.Builder{}
			n.source(c.source)
		default:
			n.skip()
		}
	})
	n.cells = append(n.cells, c)
}

// source reads a text, or a list of its lines.
func (n *notebook) source(b *source.Builder) {
	switch first := n.next().(type) {
	case string:
		n.literal(b)
	case json.Delim:
		if first != '[' {
			n.rest(first)
			return
		}
		for n.more() {
			switch line := n.next().(type) {
			case string:
				n.literal(b)
			default:
				n.rest(line)
			}
		}
		n.next()
	}
}

// next is the next token, nil where the JSON breaks.
func (n *notebook) next() json.Token {
	if n.broken {
		return nil
	}
	before := n.shift + int(n.InputOffset())
	token, err := n.Token()
	if err != nil {
		n.broken = true
		return nil
	}
	n.last = before + len(n.text[before:]) - len(strings.TrimLeft(n.text[before:], " \t\r\n,:"))
	return token
}

func (n *notebook) more() bool { return !n.broken && n.More() }

// object hands the keys of an object, which is the next value, to one that reads what belongs to them.
func (n *notebook) object(field func(key string)) {
	first := n.next()
	if first != json.Delim('{') {
		n.rest(first)
		return
	}
	for n.more() {
		if key, ok := n.next().(string); ok {
			field(key)
		}
	}
	n.next()
}

// list calls item at each value of a list, which is the next value.
func (n *notebook) list(item func()) {
	first := n.next()
	if first != json.Delim('[') {
		n.rest(first)
		return
	}
	for n.more() {
		item()
	}
	n.next()
}

// string is the next value in lower case, if it is a string.
func (n *notebook) string() string {
	first := n.next()
	n.rest(first)
	text, _ := first.(string)
	return strings.ToLower(text)
}

func (n *notebook) skip() { n.rest(n.next()) }

// rest steps over what is left of a value that begins with a token.
func (n *notebook) rest(first json.Token) {
	if _, opens := first.(json.Delim); !opens {
		return
	}
	for depth := 1; depth > 0 && !n.broken; {
		switch n.next() {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

// literal lays out the string that was read last.
func (n *notebook) literal(b *source.Builder) {
	end := n.shift + int(n.InputOffset())
	at := n.last + 1
	for i := at; i < end-1; {
		if n.text[i] != '\\' {
			i++
			continue
		}
		b.Verbatim(at, n.text[at:i])
		size, stands := jsonEscape(n.text[i : end-1])
		b.Escape(source.Span{Start: i, End: i + size}, stands)
		i += size
		at = i
	}
	b.Verbatim(at, n.text[at:end-1])
}

// jsonEscape is the escape that a text begins with: how long it is, and what it stands for.
func jsonEscape(text string) (size int, stands string) {
	size = 2
	if len(text) >= 6 && text[1] == 'u' {
		size = 6
		if len(text) >= 12 && text[6] == '\\' && text[7] == 'u' {
			high, low := hexadecimal(text[2:6]), hexadecimal(text[8:12])
			if utf16.DecodeRune(high, low) != utf8.RuneError {
				size = 12
			}
		}
	}
	if err := json.Unmarshal([]byte(`"`+text[:size]+`"`), &stands); err != nil {
		return size, string(utf8.RuneError)
	}
	return size, stands
}

func hexadecimal(digits string) rune {
	var r rune
	for _, c := range strings.ToLower(digits) {
		r = r<<4 | rune(strings.IndexRune("0123456789abcdef", c))
	}
	return r
}

// jsonText writes into a string of JSON.
func jsonText(text string) (string, bool) {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), utf8.ValidString(text)
}
