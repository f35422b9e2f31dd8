package source_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pyodide-ls/analysis/source"
)

// place is all that one offset is: found by walking the text once, the slow and plain way.
type place struct {
	offset, line       int // moved out of characters and terminators
	utf8, utf16, utf32 int
	column             int
}

func (p place) character(enc source.Encoding) int {
	switch enc {
	case source.UTF8:
		return p.utf8
	case source.UTF16:
		return p.utf16
	}
	return p.utf32
}

// places has one entry for every offset of the text, its end included.
func places(text string) []place {
	var all []place
	here := place{column: 1}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if strings.HasPrefix(text[i:], "\r\n") {
			size = 2
		}
		here.offset = i
		all = append(all, slices.Repeat([]place{here}, size)...)
		switch {
		case r == '\r' || r == '\n':
			here = place{line: here.line + 1, column: 1}
		case i == 0 && r == '\uFEFF':
			here = place{utf8: 3, utf16: 1, utf32: 1, column: 1}
		default:
			here.utf8, here.utf32, here.column = here.utf8+size, here.utf32+1, here.column+1
			here.utf16++
			if size == 4 {
				here.utf16++
			}
		}
		i += size
	}
	here.offset = len(text)
	return append(all, here)
}

// lastOn is the last place of a line that is not past a limit.
func lastOn(all []place, line, limit int, count func(place) int) int {
	if line < 0 {
		return 0
	}
	offset := all[len(all)-1].offset
	first := true
	for _, p := range all {
		if p.line == line && (first || count(p) <= limit) {
			offset, first = p.offset, false
		}
	}
	return offset
}

func FuzzPositions(f *testing.F) {
	for _, text := range []string{
		"", "a", "\n", "\r", "\r\n", "\n\r", "a\r\nb\rc\nd", "é€🐍\n🐍🐍", mark, mark + "a\n" + mark, "\n" + mark,
		"\xFF\xE2\x82\n\xF0\x9F\x90", "\xED\xA0\x80é\x80\x80\x80", "\xEF\xBB\r\xBF", "e\u0301\u2028\f\x00",
	} {
		f.Add(text, 0, 0, 0)
		f.Add(text, 3, 1, 1)
		f.Add(text, -1, -1, -1)
		f.Add(text, math.MaxInt, 1, math.MaxInt)
		f.Add(text, math.MinInt, math.MaxInt, math.MinInt)
	}
	f.Fuzz(func(t *testing.T, text string, offset, line, character int) {
		if len(text) > 1<<10 {
			t.Skip("the plain way takes the square of the length")
		}
		file, all := source.New("a.py", text), places(text)
		for at, want := range all {
			checkPlace(t, file, at, want)
		}
		checkPlace(t, file, offset, all[min(max(offset, 0), len(text))])
		for _, enc := range []source.Encoding{source.UTF8, source.UTF16, source.UTF32} {
			p := source.Position{Line: line, Character: character}
			want := lastOn(all, line, character, func(p place) int { return p.character(enc) })
			if got := file.Offset(p, enc); got != want {
				t.Errorf("Offset(%v, %s) = %d, want %d", p, encodings[enc], got, want)
			}
		}
		p := source.Point{Line: line, Column: character}
		want := 0
		if line >= 1 {
			want = lastOn(all, line-1, max(character, 1), func(p place) int { return p.column })
		}
		if got := file.OffsetOf(p); got != want {
			t.Errorf("OffsetOf(%v) = %d, want %d", p, got, want)
		}
	})
}

// checkPlace asks for one offset's place in every way, and then for the way back.
func checkPlace(t *testing.T, file *source.File, at int, want place) {
	t.Helper()
	for _, enc := range []source.Encoding{source.UTF8, source.UTF16, source.UTF32} {
		p := source.Position{Line: want.line, Character: want.character(enc)}
		if got := file.Position(at, enc); got != p {
			t.Errorf("Position(%d, %s) = %v, want %v", at, encodings[enc], got, p)
		}
		if got := file.Offset(p, enc); got != want.offset {
			t.Errorf("Offset(%v, %s) = %d, want %d", p, encodings[enc], got, want.offset)
		}
	}
	point := source.Point{Line: want.line + 1, Column: want.column}
	if got := file.Point(at); got != point {
		t.Errorf("Point(%d) = %v, want %v", at, got, point)
	}
	if want.offset == 0 && strings.HasPrefix(file.Text(), mark) {
		return // the point of a byte order mark is that of the character behind it
	}
	if got := file.OffsetOf(point); got != want.offset {
		t.Errorf("OffsetOf(%v) = %d, want %d", point, got, want.offset)
	}
}

// editsFrom reads edits from bytes: a start and a length, some of them out of range, and a new text.
func editsFrom(data []byte) []source.Edit {
	var edits []source.Edit
	for ; len(data) >= 3 && len(edits) < 12; data = data[3:] {
		start := int(int8(data[0]))
		edits = append(edits, replace(start, start+int(int8(data[1])), strings.Repeat(string('A'+rune(data[2]%3)), int(data[2]/3%3))))
	}
	return edits
}

// applied makes edits the plain way, byte for byte of the old text; ok is false where Apply must refuse.
func applied(text string, edits []source.Edit) (result string, ok bool) {
	var kept []source.Edit
	for _, e := range edits {
		if e.Span.Start < 0 || e.Span.Start > e.Span.End || e.Span.End > len(text) {
			return "", false
		}
		if !slices.Contains(kept, e) {
			kept = append(kept, e)
		}
	}
	for i, a := range kept {
		for _, b := range kept[:i] {
			if max(a.Span.Start, b.Span.Start) < min(a.Span.End, b.Span.End) || within(a, b) || within(b, a) {
				return "", false
			}
		}
	}
	for at := range len(text) + 1 {
		replaced := false
		for _, e := range kept {
			if e.Span.Len() == 0 && e.Span.Start == at {
				result += e.New
			}
		}
		for _, e := range kept {
			if e.Span.Len() > 0 && e.Span.Start == at {
				result += e.New
			}
			replaced = replaced || e.Span.Contains(at)
		}
		if at < len(text) && !replaced {
			result += text[at : at+1]
		}
	}
	return result, true
}

func within(inserted, around source.Edit) bool {
	return inserted.Span.Len() == 0 && around.Span.Start < inserted.Span.Start && inserted.Span.Start < around.Span.End
}

func FuzzApply(f *testing.F) {
	f.Add("", []byte{})
	f.Add("", []byte{0, 0, 3})
	f.Add("abcdef", []byte{0, 2, 3, 2, 2, 4, 4, 0, 5})          // neighbours, and an insert
	f.Add("abcdef", []byte{3, 0, 3, 3, 0, 4, 3, 0, 3, 3, 2, 5}) // one place: A, B, A again, and a replacement
	f.Add("abcdef", []byte{1, 3, 3, 2, 0, 3})                   // an insert inside a replacement
	f.Add("abcdef", []byte{1, 3, 3, 2, 3, 3})                   // an overlap
	f.Add("abcdef", []byte{1, 3, 3, 1, 3, 3})                   // a repetition
	f.Add("abcdef", []byte{0xFF, 1, 3})                         // before the text
	f.Add("abcdef", []byte{4, 0xFE, 3})                         // backwards
	f.Add("abcdef", []byte{5, 2, 3})                            // behind the text
	f.Add("a\r\n🐍\xFF", []byte{0, 1, 0, 8, 0, 7, 3, 4, 3})      // around bytes of all sorts
	f.Fuzz(func(t *testing.T, text string, data []byte) {
		if len(text) > 1<<7 {
			t.Skip("no start reaches so far")
		}
		edits := editsFrom(data)
		before := slices.Clone(edits)
		got, err := source.Apply(text, edits)
		want, ok := applied(text, edits)
		if ok != (err == nil) {
			t.Fatalf("Apply(%q, %v) fails with %v, want success to be %v", text, edits, err, ok)
		}
		if got != want {
			t.Errorf("Apply(%q, %v) = %q, want %q", text, edits, got, want)
		}
		if !slices.Equal(edits, before) {
			t.Errorf("Apply changed the edits to %v", edits)
		}
	})
}

// partsFrom reads segments from bytes: the kind and the lengths of each.
func partsFrom(data []byte) []part {
	const hosts, units = "0123456789", "abcdefghij"
	var parts []part
	for _, b := range data[:min(len(data), 24)] {
		size, other := int(b>>2%4), int(b>>4)%8
		switch source.SegmentKind(b % 4) {
		case source.Verbatim:
			parts = append(parts, verbatim(units[:size+other]))
		case source.Escape:
			parts = append(parts, escape(hosts[:1+other], units[:1+size]))
		case source.Opaque:
			parts = append(parts, opaque(hosts[:1+other], units[:1+size]))
		case source.Dropped:
			parts = append(parts, dropped(hosts[:1+other]))
		}
	}
	return parts
}

// origins is the host span of every byte of the unit, the plain way.
func origins(m source.Map) []source.Span {
	var all []source.Span
	for _, s := range m {
		for i := range s.Unit.Len() {
			if s.Kind == source.Verbatim {
				all = append(all, source.Span{Start: s.Host.Start + i, End: s.Host.Start + i + 1})
				continue
			}
			all = append(all, s.Host)
		}
	}
	return all
}

func FuzzMap(f *testing.F) {
	const v, e, o, d = 0x34, 0x21, 0x32, 0x13 // a segment of each kind
	f.Add([]byte{}, 0, 0)
	f.Add([]byte{0}, 0, 1) // an empty verbatim segment
	for _, segments := range [][]byte{{v}, {e}, {o}, {d}, {d, v, d, v, d}, {v, d, v}, {v, e, v, o, v}, {e, d, v}, {v, d, e}, {v, v}, {d, d, o, d, d}, {v, 0, d, 0, v}} {
		f.Add(segments, 0, 2)
		f.Add(segments, 3, 3)
		f.Add(segments, 2, 6)
		f.Add(segments, -1, 0)
		f.Add(segments, math.MinInt, math.MaxInt)
	}
	f.Fuzz(func(t *testing.T, data []byte, start, end int) {
		host, d := layOut("<<", ">>", partsFrom(data), nil)
		unit, m := d.Text, d.Map
		from := origins(m)
		checkSpan(t, m, from, source.Span{Start: start, End: end})
		for start := range len(unit) + 1 {
			for _, end := range []int{start, start + 1, start + 3, len(unit)} {
				checkSpan(t, m, from, source.Span{Start: start, End: end})
				checkEdit(t, d, host, source.Span{Start: start, End: end})
			}
		}
		checkEdit(t, d, host, source.Span{Start: start, End: end})
		for at := range len(host) {
			got, ok := m.Unit(at)
			want := slices.IndexFunc(from, func(s source.Span) bool { return s.Contains(at) })
			if ok != (want >= 0) || ok && got != want {
				t.Errorf("Unit(%d) = %d, %v, want %d in %v", at, got, ok, want, m)
			}
		}
	})
}

// checkSpan holds a span to the bytes it is made of: from where its first one starts to where its last ends.
func checkSpan(t *testing.T, m source.Map, from []source.Span, unit source.Span) {
	t.Helper()
	got := m.Span(unit)
	start, end := min(max(unit.Start, 0), len(from)), min(max(unit.End, 0), len(from))
	var want source.Span
	switch {
	case len(m) == 0:
	case start < end:
		want = source.Span{Start: from[start].Start, End: from[end-1].End}
	case start < len(from):
		want = source.Span{Start: from[start].Start, End: from[start].Start}
	default:
		want = source.Span{Start: m[len(m)-1].Host.End, End: m[len(m)-1].Host.End}
	}
	if got != want {
		t.Errorf("Span(%v) = %v, want %v in %v", unit, got, want, m)
	}
}

// checkEdit holds an edit to its promise: it replaces the host's text of what it replaces in the unit, nothing
// opaque and no part of an escape; and whatever lies in one verbatim segment can be edited.
func checkEdit(t *testing.T, d *source.Derived, host string, at source.Span) {
	t.Helper()
	got, ok := d.Edit(source.Edit{Span: at, New: "new"})
	for _, s := range d.Map {
		inside := at.Start < s.Unit.End && s.Unit.Start < at.End
		switch {
		case !ok && s.Kind == source.Verbatim && at.Start <= at.End && s.Unit.Start < at.Start && at.End < s.Unit.End:
			t.Errorf("Edit(%v) is refused inside the verbatim segment %v", at, s)
		case ok && s.Kind == source.Opaque && inside:
			t.Errorf("Edit(%v) replaces the opaque segment %v", at, s)
		case ok && s.Kind == source.Escape && inside && !at.Covers(s.Unit):
			t.Errorf("Edit(%v) cuts the escape %v", at, s)
		}
	}
	if want := (source.Edit{Span: d.Map.Span(at), New: "new"}); ok && got != want {
		t.Errorf("Edit(%v) = %v, want %v in %v", at, got, want, d.Map)
	}
	if ok && got.Span.Len() == 0 && at.Len() > 0 && d.Map.Span(at).Len() > 0 {
		t.Errorf("Edit(%v) of %q replaces nothing", at, host)
	}
}
