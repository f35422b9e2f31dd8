package source

import (
	"sort"
	"strings"
)

// Derived is a text made from stretches of another, its host: a unit, with the way back. It is not changed
// after it was built. A nil *Derived stands for the host itself.
type Derived struct {
	Text string
	Map  Map

	margin string // indentation that each line has in the host and not in the unit
	write  func(text string) (host string, ok bool)
	allow  func(host Edit) bool
	parts  []*Derived // what it was put together from
	inner  *Derived   // the same unit of a text that is itself derived,
	outer  *Derived   // which is this one
}

// Edit carries an edit of the unit over to the host. ok is false when it cannot be: it reaches from one part
// into the next, touches what is opaque, cuts a character that the host writes in another way, or brings text
// that cannot be written there.
func (d *Derived) Edit(e Edit) (host Edit, ok bool) {
	switch {
	case d == nil:
		return e, true
	case d.inner != nil:
		if e, ok = d.inner.Edit(e); !ok {
			return Edit{}, false
		}
		return d.outer.Edit(e)
	case d.parts != nil:
		return d.editPart(e)
	case e.Span.Len() < 0 || e.Span.Start < 0 || e.Span.End > len(d.Text):
		return Edit{}, false
	case d.Map.cuts(e.Span) || strings.Contains(e.New, Placeholder):
		return Edit{}, false
	case d.margin != "" && d.lineStart(e.Span.Start) && !d.Map.indented(e.Span.Start):
		return Edit{}, false // a blank line, on which new text would stand too far to one side
	}
	at := d.Map.Span(e.Span)
	if e.Span.Len() > 0 && d.lineStart(e.Span.End) && (e.Span.End < len(d.Text) || !strings.HasSuffix(e.New, "\n")) {
		at.End = d.Map.behind(e.Span.End, at.End) // the margin of the line below goes with the line end before it
	}
	ends := e.Span.End == len(d.Text) // what follows is not the unit's
	host, ok = Edit{at, withMargin(e.New, d.margin, ends)}, true
	if ends && e.New == "" && e.Span.Len() > 0 && d.lineStart(e.Span.Start) && d.lineStart(e.Span.End) {
		host.Span.Start = d.Map.margin(e.Span.Start, host.Span.Start) // the last lines go with their own margin
	}
	if d.write != nil {
		host.New, ok = d.write(host.New)
	}
	return host, ok && (d.allow == nil || d.allow(host))
}

// editPart leaves the edit to the part that holds it. An insert between two parts belongs to the second, and
// to the first where the second takes none.
func (d *Derived) editPart(e Edit) (host Edit, ok bool) {
	at := 0
	for _, part := range d.parts {
		if carried, fits := part.Edit(Edit{e.Span.shifted(-at), e.New}); fits {
			host, ok = carried, true
		}
		at += len(part.Text)
	}
	return host, ok
}

// withMargin is a text with a margin on each line but the first and those that are empty. What stands behind
// the last line's end is taken for text, unless the unit ends there: it is what the host goes on with.
func withMargin(text, margin string, ends bool) string {
	if margin == "" {
		return text
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		if at > 0 && strings.Trim(text[at:end], "\r\n") != "" {
			b.WriteString(margin)
		}
		b.WriteString(text[at:end])
		at = end
	}
	if !ends && text != "" && strings.IndexByte("\r\n", text[len(text)-1]) >= 0 {
		b.WriteString(margin)
	}
	return b.String()
}

func (d *Derived) lineStart(at int) bool {
	return at == 0 || d.Text[at-1] == '\n' || d.Text[at-1] == '\r'
}

// cuts says whether an edit of a span would take something opaque away, or a part of an escape.
func (m Map) cuts(span Span) bool {
	i := sort.Search(len(m), func(i int) bool { return m[i].Unit.End >= span.Start })
	for ; i < len(m) && m[i].Unit.Start <= span.End; i++ {
		s := m[i]
		inside := s.Unit.Start < span.End && span.Start < s.Unit.End
		switch s.Kind {
		case Opaque:
			if inside || s.Unit.Len() == 0 && span.Start < s.Unit.Start && s.Unit.Start < span.End {
				return true
			}
		case Escape:
			if inside && !span.Covers(s.Unit) {
				return true
			}
		}
	}
	return false
}

// indented says whether all of the margin was dropped right before a unit offset.
func (m Map) indented(at int) bool { return m.margin(at, -1) >= 0 }

// behind is the host offset behind what was dropped right behind a unit offset, or the host's offset given. What
// is opaque there stays.
func (m Map) behind(at, host int) int {
	i := sort.Search(len(m), func(i int) bool { return m[i].Unit.End >= at })
	for ; i < len(m) && m[i].Unit.Start <= at; i++ {
		switch s := m[i]; {
		case s.Unit.End == at && s.Unit.Len() > 0: // what ends there
		case s.Unit.Start < at:
			return host
		case s.Kind == Dropped || s.Kind == Margin:
			host = s.Host.End
		case s.Kind == Opaque && s.Unit.Len() == 0:
			return host
		default:
			return s.Host.Start
		}
	}
	return host
}

// margin is where the margin begins that was dropped right before a unit offset, or the host's offset given.
func (m Map) margin(at, host int) int {
	i := sort.Search(len(m), func(i int) bool { return m[i].Unit.End >= at })
	for ; i < len(m) && m[i].Unit.Start <= at; i++ {
		if m[i].Kind == Margin && m[i].Unit.Start == at {
			return m[i].Host.Start
		}
	}
	return host
}

// Placeholder is the text that stands in a unit for an expression of its host. It is a letter to Python, so
// that it can be a name, part of one, or part of a string; nobody writes it, so that it is known again.
const Placeholder = "ꙮ"

// Builder lays out a unit. Calls come in the order of the host.
type Builder struct {
	text strings.Builder
	m    Map
}

// Verbatim adds host text as it stands; at is its offset in the host.
func (b *Builder) Verbatim(at int, text string) {
	if text == "" {
		return
	}
	if n := len(b.m); n > 0 && b.m[n-1].Kind == Verbatim && b.m[n-1].Host.End == at {
		b.text.WriteString(text)
		b.m[n-1].Host.End += len(text)
		b.m[n-1].Unit.End += len(text)
		return
	}
	b.add(Verbatim, Span{at, at + len(text)}, text)
}

// Escape adds text that the host writes in another way.
func (b *Builder) Escape(host Span, text string) { b.add(Escape, host, text) }

// Opaque adds what stands for a host expression: Placeholder, or nothing for one that leaves no text.
func (b *Builder) Opaque(host Span, text string) { b.add(Opaque, host, text) }

// Drop leaves out host text that says nothing.
func (b *Builder) Drop(host Span) {
	if host.Len() > 0 {
		b.add(Dropped, host, "")
	}
}

func (b *Builder) add(kind SegmentKind, host Span, text string) {
	start := b.text.Len()
	b.text.WriteString(text)
	b.m = append(b.m, Segment{Unit: Span{start, start + len(text)}, Host: host, Kind: kind})
}

// Derived is the unit. write is new text as the host writes it there, nil for as it stands; it is not ok for
// what cannot be written.
func (b *Builder) Derived(write func(text string) (host string, ok bool)) *Derived {
	if b.m == nil {
		b.m = Map{}
	}
	return &Derived{Text: b.text.String(), Map: b.m, write: write}
}

// Guard is the unit with a last word on its edits: one that allow refuses, given as the host's, is not made.
func (d *Derived) Guard(allow func(host Edit) bool) *Derived {
	with := *d
	with.allow = allow
	return &with
}

// Indent is the margin that new lines get in the host. It must stand there before each line that is not blank,
// dropped by Builder.Unindent.
func (d *Derived) Indent(margin string) *Derived {
	with := *d
	with.margin = margin
	return &with
}

// Unindent leaves out the margin of a line.
func (b *Builder) Unindent(host Span) {
	if host.Len() > 0 {
		b.add(Margin, host, "")
	}
}

// Concat is several units of one host as one, in the order given, which must be the host's.
func Concat(units ...*Derived) *Derived {
	if len(units) == 1 {
		return units[0]
	}
	var text strings.Builder
	all := &Derived{Map: Map{}, parts: units}
	for _, d := range units {
		shift := text.Len()
		text.WriteString(d.Text)
		for _, s := range d.Map {
			s.Unit = s.Unit.shifted(shift)
			all.Map = append(all.Map, s)
		}
	}
	all.Text = text.String()
	return all
}

func (s Span) shifted(by int) Span { return Span{s.Start + by, s.End + by} }

// Dedent takes away the indentation that all lines have in common, and blank lines at the head, as Python's
// textwrap.dedent and Pyodide do.
func (d *Derived) Dedent() *Derived {
	margin, head := commonMargin(d.Text)
	if margin == "" && head == 0 {
		return d
	}
	var b Builder
	b.Drop(Span{0, head})
	if margin == "" { // blank lines stay as they are: what is written on them would be moved by what was dropped
		b.Verbatim(head, d.Text[head:])
		return b.Derived(nil).Within(d)
	}
	for at := head; at < len(d.Text); {
		end := lineEnd(d.Text, at)
		line := d.Text[at:end]
		if content := strings.TrimLeft(line, " \t"); strings.Trim(content, "\r\n") == "" {
			b.Drop(Span{at, end - len(content)})
			b.Verbatim(end-len(content), content)
		} else {
			b.Unindent(Span{at, at + len(margin)})
			b.Verbatim(at+len(margin), line[len(margin):])
		}
		at = end
	}
	return b.Derived(nil).Indent(margin).Within(d)
}

// commonMargin is the indentation of all lines that are not blank, and the length of the blank lines at the head.
func commonMargin(text string) (margin string, head int) {
	first := true
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		line := text[at:end]
		content := strings.TrimLeft(line, " \t")
		indent := line[:len(line)-len(content)]
		switch {
		case strings.Trim(content, "\r\n") == "":
			if first {
				head = end
			}
		case first:
			margin, first = indent, false
		default:
			n := 0
			for n < len(margin) && n < len(indent) && margin[n] == indent[n] {
				n++
			}
			margin = margin[:n]
		}
		at = end
	}
	if first {
		return "", 0 // nothing but blank lines
	}
	return margin, head
}

// lineEnd is the offset behind the terminator of the line that holds at.
func lineEnd(text string, at int) int {
	i := strings.IndexAny(text[at:], "\r\n")
	switch {
	case i < 0:
		return len(text)
	case text[at+i] == '\r' && at+i+1 < len(text) && text[at+i+1] == '\n':
		return at + i + 2
	}
	return at + i + 1
}

// Within is a unit of a text that is itself derived, as a unit of that text's host: Python in a script that
// stands in a page which stands in a Markdown fence.
func (d *Derived) Within(outer *Derived) *Derived {
	if outer == nil {
		return d
	}
	out := &Builder{}
	for _, s := range d.Map {
		out.through(d.Text, s, outer)
	}
	result := out.Derived(nil)
	result.inner, result.outer = d, outer
	return result
}

// through adds a segment whose host is derived from the host that the builder lays out.
func (b *Builder) through(text string, s Segment, outer *Derived) {
	if s.Kind != Verbatim {
		b.add(s.Kind, b.rest(outer.Map.Span(s.Host)), text[s.Unit.Start:s.Unit.End])
		return
	}
	m := outer.Map
	i := sort.Search(len(m), func(i int) bool { return m[i].Unit.End > s.Host.Start })
	for i > 0 && m[i-1].Unit.Len() == 0 && m[i-1].Unit.Start == s.Host.Start && m[i-1].Kind >= Dropped {
		i-- // what was dropped before the first character goes with it
	}
	for ; i < len(m) && (m[i].Unit.Start < s.Host.End); i++ {
		o := m[i]
		from, to := max(o.Unit.Start, s.Host.Start), min(o.Unit.End, s.Host.End)
		part := outer.Text[from:max(from, to)]
		if o.Kind == Verbatim {
			b.Verbatim(o.Host.Start+from-o.Unit.Start, part)
			continue
		}
		b.add(o.Kind, b.rest(o.Host), part)
	}
}

// rest is what is left of a span of the host that was cut: a part of the tab that it is, say, is margin.
func (b *Builder) rest(host Span) Span {
	if n := len(b.m); n > 0 {
		host.Start = max(host.Start, min(b.m[n-1].Host.End, host.End))
	}
	return host
}
