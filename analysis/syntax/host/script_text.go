package host

import (
	"slices"
	"strings"
	"unicode"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// layOut lays out the text that an expression gives, as far as it is written down; ok is false where it is no
// text. elsewhere says whether a name may lead to where the text stands: what is put together must stand
// together.
func (s *script) layOut(n syntax.Node, elsewhere bool) (d *source.Derived, ok bool) {
	if elsewhere {
		n = s.names.constant(n)
	}
	switch n = unwrap(n); n.Kind() {
	case syntax.String, syntax.TemplateString:
		return s.literal(n, quoteOf(n))
	case syntax.BinaryExpression:
		return s.sum(n)
	case syntax.CallExpression:
		return s.call(n, elsewhere)
	}
	return nil, false
}

func quoteOf(n syntax.Node) quote {
	if text := n.Text(); text != "" {
		return quote(text[0])
	}
	return 0
}

// literal lays out a string or a template.
func (s *script) literal(n syntax.Node, q quote) (d *source.Derived, ok bool) {
	var b source.Builder
	chunks, ok := s.content(&b, n, q)
	if !ok {
		return nil, false
	}
	return b.Derived(q.write).Guard(s.guard(q, chunks, "")), true
}

// content adds what stands between the quotes; chunks are the stretches of it that are text.
func (s *script) content(b *source.Builder, n syntax.Node, q quote) (chunks []source.Span, ok bool) {
	span, text := n.Span(), n.Text()
	if len(text) < 2 || text[0] != text[len(text)-1] || strings.IndexByte("\"'`", text[0]) < 0 {
		return nil, false // it is not closed
	}
	at, end := span.Start+1, span.End-1
	lay := func(to int) bool {
		chunks = append(chunks, source.Span{Start: at, End: to})
		return to >= at && q.lay(b, at, s.text[at:to])
	}
	for c := range n.Children() {
		hole := c.Span()
		if q == raw && c.Kind() == syntax.Error && strings.HasPrefix(c.Text(), `\`) {
			continue // an escape that is none, which is allowed here and unknown to the grammar
		}
		if c.Kind() != syntax.TemplateSubstitution || !lay(hole.Start) {
			return nil, false
		}
		if text := c.Text(); !strings.HasPrefix(text, "${") || !strings.HasSuffix(text, "}") {
			return nil, false
		}
		b.Opaque(hole, source.Placeholder)
		s.fill(hole, c.First())
		at = hole.End
	}
	if !lay(end) {
		return nil, false
	}
	s.laid = append(s.laid, n.ID())
	return chunks, true
}

// guard refuses the edits that would make something else of what stands around them. between is what the host
// has between two lines of a list; such an edit reaches from one chunk to another.
func (s *script) guard(q quote, chunks []source.Span, between string) func(host source.Edit) bool {
	return func(e source.Edit) bool {
		var before, after string
		inside := 0
		for _, c := range chunks {
			if c.Start <= e.Span.Start && e.Span.Start <= c.End {
				before = s.text[c.Start:e.Span.Start]
				inside++
			}
			if c.Start <= e.Span.End && e.Span.End <= c.End {
				after = s.text[e.Span.End:c.End]
				inside++
			}
		}
		if inside != 2 {
			return false
		}
		if between != "" {
			if first, _, several := strings.Cut(e.New, between); several {
				last := e.New[strings.LastIndex(e.New, between)+len(between):]
				return q.join(before, first) && q.join(last, after)
			}
		}
		return q.join(before, e.New, after)
	}
}

// sum lays out texts that are put together with +. What is not written down is opaque.
func (s *script) sum(n syntax.Node) (d *source.Derived, ok bool) {
	var operands []syntax.Node
	for ; isSum(n); n = unwrap(n.Child(syntax.FieldLeft)) {
		operands = append(operands, n.Child(syntax.FieldRight))
	}
	if operands = append(operands, n); len(operands) == 1 {
		return nil, false
	}
	slices.Reverse(operands)
	return s.parts(operands, "")
}

func isSum(n syntax.Node) bool {
	return n.Kind() == syntax.BinaryExpression && n.Child(syntax.FieldOperator).Text() == "+"
}

// part lays out what is put together with others, opaque where it is not written down.
func (s *script) part(n syntax.Node) (d *source.Derived, isText, sound bool) {
	if d, isText = s.layOut(n, false); isText {
		return d, true, true
	}
	s.fill(n.Span(), n)
	return opaque(n.Span(), source.Placeholder), false, n.OK() && n.Kind() != syntax.Error && n.Span().Len() > 0
}

// opaque is a part that is not written as text, and takes none.
func opaque(at source.Span, text string) *source.Derived {
	var b source.Builder
	b.Opaque(at, text)
	return b.Derived(func(string) (string, bool) { return "", false })
}

// cookedTags are tags, and functions, that leave a text what it is but for its indentation; the value says
// whether they take that away.
var cookedTags = map[string]bool{"dedent": true, "outdent": true, "stripIndent": true, "py": false, "python": false}

// call lays out what comes of a text by a call.
func (s *script) call(n syntax.Node, elsewhere bool) (d *source.Derived, ok bool) {
	function := unwrap(n.Child(syntax.FieldFunction))
	name, of := lastName(function), function.Child(syntax.FieldObject)
	if tagged := n.Child(syntax.FieldArguments); tagged.Kind() == syntax.TemplateString {
		dedents, known := cookedTags[name]
		switch {
		case name == "raw" && of.Text() == "String":
			return s.literal(tagged, raw)
		case known:
			return dedented(dedents)(s.literal(tagged, '`'))
		}
		return nil, false
	}
	switch dedents, known := cookedTags[name]; {
	case known && dedents && arguments(n) == 1:
		return dedented(true)(s.layOut(argument(n, 0), elsewhere))
	case !of.OK():
		return nil, false
	}
	switch name {
	case "join":
		return s.joined(of, argument(n, 0), elsewhere)
	case "trim", "trimStart", "trimEnd", "trimLeft", "trimRight":
		if d, ok = s.layOut(of, elsewhere); ok && arguments(n) == 0 {
			return trimmed(d, name != "trimEnd" && name != "trimRight", name != "trimStart" && name != "trimLeft"), true
		}
	}
	return nil, false
}

func dedented(really bool) func(d *source.Derived, ok bool) (*source.Derived, bool) {
	return func(d *source.Derived, ok bool) (*source.Derived, bool) {
		if ok && really {
			d = d.Dedent()
		}
		return d, ok
	}
}

// trimmed is a text without the white space at its ends.
func trimmed(d *source.Derived, head, tail bool) *source.Derived {
	space := func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }
	start, end := 0, len(d.Text)
	if tail {
		end = len(strings.TrimRightFunc(d.Text, space))
	}
	if head {
		start = end - len(strings.TrimLeftFunc(d.Text[:end], space))
	}
	var b source.Builder
	b.Drop(source.Span{Start: 0, End: start})
	b.Verbatim(start, d.Text[start:end])
	return b.Derived(nil).Within(d)
}

// joined lays out a list of lines.
func (s *script) joined(list, separator syntax.Node, elsewhere bool) (d *source.Derived, ok bool) {
	if elsewhere {
		list = s.names.constant(list)
	}
	list = unwrap(list)
	by, ok := constant(separator)
	if !ok || list.Kind() != syntax.Array || len(by) > 1 && by != "\r\n" {
		return nil, false // a separator of which a part could be trimmed or dedented away
	}
	var lines []syntax.Node
	same := true // quotes
	for n := range list.Children() {
		if n.Kind() == syntax.SpreadElement && by != "\n" {
			return nil, false
		}
		lines = append(lines, n)
		same = same && (n.Kind() == syntax.String || n.Kind() == syntax.TemplateString) && quoteOf(n) == quoteOf(lines[0])
	}
	for i := 1; i < len(lines); i++ {
		if gap := s.text[lines[i-1].Span().End:lines[i].Span().Start]; strings.Count(withoutComments(gap), ",") != 1 {
			return nil, false // a hole, which is an empty line
		}
	}
	switch {
	case len(lines) == 0:
		return nil, false
	case same:
		return s.lines(lines, by)
	}
	return s.parts(lines, by)
}

// lines lays out the lines of a list that are all quoted in the same way. A new line gets quotes of its own.
func (s *script) lines(lines []syntax.Node, by string) (d *source.Derived, ok bool) {
	q := quoteOf(lines[0])
	var b source.Builder
	var chunks []source.Span
	between := ""
	for i, n := range lines {
		if i > 0 {
			gap := source.Span{Start: lines[i-1].Span().End - 1, End: n.Span().Start + 1}
			switch text := s.text[gap.Start:gap.End]; {
			case strings.Trim(text[1:len(text)-1], ", \t\r\n") != "":
				b.Opaque(gap, by) // a comment, which an edit must not take away
			case by == "":
				b.Drop(gap)
			default:
				b.Escape(gap, by)
				if between == "" && by == "\n" {
					between = text
				}
			}
		}
		more, ok := s.content(&b, n, q)
		if !ok {
			return nil, false
		}
		chunks = append(chunks, more...)
	}
	write := q.write
	if between != "" {
		write = func(text string) (host string, ok bool) {
			lines := strings.Split(text, "\n")
			for i := range lines {
				if lines[i], ok = q.write(lines[i]); !ok {
					return "", false
				}
			}
			return strings.Join(lines, between), true
		}
	}
	return b.Derived(write).Guard(s.guard(q, chunks, between)), true
}

// parts lays out expressions whose texts are put together, of which some are put together themselves, or not
// known. by stands between them.
func (s *script) parts(all []syntax.Node, by string) (d *source.Derived, ok bool) {
	var parts []*source.Derived
	for i, n := range all {
		if i > 0 && by != "" {
			parts = append(parts, opaque(source.Span{Start: all[i-1].Span().End, End: n.Span().Start}, by))
		}
		part, isText, sound := s.part(n)
		if !sound {
			return nil, false
		}
		ok = ok || isText
		parts = append(parts, part)
	}
	return source.Concat(parts...), ok
}

// constant is the text of a literal without substitutions.
func constant(n syntax.Node) (text string, ok bool) {
	n = unwrap(n)
	text = n.Text()
	if k := n.Kind(); k != syntax.String && k != syntax.TemplateString || n.First().OK() || len(text) < 2 || text[0] != text[len(text)-1] {
		return "", false
	}
	return quoteOf(n).read(text[1 : len(text)-1])
}

// withoutComments is the text between two expressions, its comments left out.
func withoutComments(text string) string {
	var b strings.Builder
	for text != "" {
		var end string
		switch {
		case strings.HasPrefix(text, "//"):
			end = "\n"
		case strings.HasPrefix(text, "/*"):
			end = "*/"
		default:
			b.WriteByte(text[0])
			text = text[1:]
			continue
		}
		_, text, _ = strings.Cut(text, end)
	}
	return b.String()
}
