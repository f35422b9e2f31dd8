package source

import "sort"

// SegmentKind says how a stretch of a unit's text came from its host.
type SegmentKind uint8

const (
	// Verbatim text stands in the host byte for byte.
	Verbatim SegmentKind = iota
	// Escape is text that the host writes in another way: "\n", "&lt;", a surrogate pair in JSON.
	Escape
	// Opaque text stands for a host expression whose value is not known: ${…}, {{ … }}. One that leaves no
	// text, such as a template's {% if %}, is opaque all the same: it must not be edited away.
	Opaque
	// Dropped host text has no text in the unit, and says nothing: a line continuation, blank lines.
	Dropped
	// Margin is the indentation of a line that is not blank, dropped in the way that new lines get it.
	Margin
)

// Segment pairs a stretch of the unit with the stretch of the host that it came from.
type Segment struct {
	Unit, Host Span
	Kind       SegmentKind
}

// Map leads from a unit's text to its host's. Segments are sorted, touch each other and cover the unit.
// They stand in the host in the same order, which may hold other text between them. A nil Map is the identity:
// the unit is its host.
type Map []Segment

// Span is where a span of the unit stands in the host. An end inside a segment that is not verbatim takes
// the whole of that segment; an empty span between two segments stands where the second starts.
func (m Map) Span(unit Span) Span {
	if m == nil {
		return unit
	}
	if len(m) == 0 {
		return Span{}
	}
	limit := m[len(m)-1].Unit.End
	unit = Span{min(max(unit.Start, 0), limit), min(max(unit.End, 0), limit)}
	if unit.Len() <= 0 {
		at := m.start(unit.Start)
		return Span{at, at}
	}
	start, end := m.start(unit.Start), m.end(unit.End)
	return Span{start, max(start, end)}
}

// Unit is the offset in the unit's text of a host offset; ok is false when the unit holds nothing of it.
func (m Map) Unit(host int) (unit int, ok bool) {
	if m == nil {
		return host, true
	}
	i := sort.Search(len(m), func(i int) bool { return m[i].Host.End > host })
	for ; i < len(m) && m[i].Host.Start <= host; i++ {
		s := m[i]
		if !s.Host.Contains(host) {
			continue // an empty one
		}
		if s.Kind == Verbatim {
			return s.Unit.Start + host - s.Host.Start, true
		}
		return s.Unit.Start, s.Unit.Len() > 0
	}
	return 0, false
}

// start is the host offset of the character that begins at a unit offset.
func (m Map) start(unit int) int {
	i := sort.Search(len(m), func(i int) bool { return m[i].Unit.End > unit })
	if i == len(m) {
		return m[len(m)-1].Host.End
	}
	if m[i].Kind == Verbatim {
		return m[i].Host.Start + max(0, unit-m[i].Unit.Start)
	}
	return m[i].Host.Start
}

// end is the host offset behind the character that ends at a unit offset; there is one, for the offset is
// not 0 and lies in the unit.
func (m Map) end(unit int) int {
	i := sort.Search(len(m), func(i int) bool { return m[i].Unit.End >= unit })
	if m[i].Kind == Verbatim {
		return m[i].Host.Start + max(0, unit-m[i].Unit.Start)
	}
	return m[i].Host.End
}
