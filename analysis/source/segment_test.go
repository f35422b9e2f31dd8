package source_test

import (
	"math"
	"testing"

	"pyodide-ls/analysis/source"
)

// part is how a test writes one segment: the host's text and the unit's.
type part struct {
	kind       source.SegmentKind
	host, unit string
}

func verbatim(text string) part     { return part{source.Verbatim, text, text} }
func escape(host, unit string) part { return part{source.Escape, host, unit} }
func opaque(host, unit string) part { return part{source.Opaque, host, unit} }
func dropped(host string) part      { return part{source.Dropped, host, ""} }

// layOut builds the host, the unit and the map between them; before and after stand around the unit.
func layOut(before, after string, parts []part) (host, unit string, m source.Map) {
	host = before
	for _, p := range parts {
		m = append(m, source.Segment{
			Unit: source.Span{Start: len(unit), End: len(unit) + len(p.unit)},
			Host: source.Span{Start: len(host), End: len(host) + len(p.host)},
			Kind: p.kind,
		})
		host, unit = host+p.host, unit+p.unit
	}
	return host + after, unit, m
}

// script is Python in an HTML page: indentation is dropped, an entity is an escape, a template's expression
// is opaque. Its unit is "f(a)\ng(< X)\nh()".
var script = []part{
	dropped("  "), verbatim("f(a)\n"), // unit 0 to 5, host 10 to 15
	dropped("  "), verbatim("g("), // unit 5 to 7, host 17 to 19
	escape("&lt;", "<"), verbatim(" "), // unit 7 to 9, host 19 to 24
	opaque("{{ x }}", "X"), verbatim(")\n"), // unit 9 to 12, host 24 to 33
	dropped("  "), verbatim("h()"), // unit 12 to 15, host 35 to 38
	dropped("\n "), // host 38 to 40
}

func TestMapSpan(t *testing.T) {
	host, unit, m := layOut("<script>", "</script>", script)
	if unit != "f(a)\ng(< X)\nh()" {
		t.Fatalf("the unit is %q", unit)
	}
	tests := []struct {
		name       string
		start, end int
		at         int
		want       string // the host's text
	}{
		{"inside a verbatim segment", 2, 3, 12, "a"},
		{"a whole verbatim segment", 0, 5, 10, "f(a)\n"},
		{"up to a dropped segment leaves it out", 4, 5, 14, "\n"},
		{"from behind a dropped segment leaves it out", 5, 6, 17, "g"},
		{"over a dropped segment takes it in", 3, 6, 13, ")\n  g"},
		{"an escape", 7, 8, 19, "&lt;"},
		{"up to an escape leaves it out", 6, 7, 18, "("},
		{"from behind an escape leaves it out", 8, 9, 23, " "},
		{"over an escape", 6, 9, 18, "(&lt; "},
		{"ends in an opaque segment", 8, 10, 23, " {{ x }}"},
		{"starts in an opaque segment", 9, 11, 24, "{{ x }})"},
		{"the last segment with text", 12, 15, 35, "h()"},
		{"all", 0, 15, 10, "f(a)\n  g(&lt; {{ x }})\n  h()"},
		{"empty inside a verbatim segment", 2, 2, 12, ""},
		{"empty behind a dropped segment", 0, 0, 10, ""},
		{"empty between two lines stands at the second's text", 5, 5, 17, ""},
		{"empty before an escape", 7, 7, 19, ""},
		{"empty behind an escape", 8, 8, 23, ""},
		{"empty before an opaque segment", 9, 9, 24, ""},
		{"backwards is empty at its start", 4, 2, 14, ""},
		{"starts before the unit", -3, 1, 10, "f"},
		{"all before the unit", -3, 0, 10, ""},
		{"far before the unit", math.MinInt, -1, 10, ""},
		{"ends behind the unit", 12, 99, 35, "h()"},
		{"around the unit", math.MinInt, math.MaxInt, 10, "f(a)\n  g(&lt; {{ x }})\n  h()"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := source.Span{Start: test.at, End: test.at + len(test.want)}
			got := m.Span(source.Span{Start: test.start, End: test.end})
			if got != want {
				t.Fatalf("Span(%d, %d) = %v, want %v", test.start, test.end, got, want)
			}
			if host[got.Start:got.End] != test.want {
				t.Errorf("Span(%d, %d) is %q, want %q", test.start, test.end, host[got.Start:got.End], test.want)
			}
		})
	}
}

// A segment may stand for several bytes of the unit; a span that ends in their midst takes all of it.
func TestMapSpanInsideALongSegment(t *testing.T) {
	_, _, m := layOut("`", "`", []part{verbatim("a = "), opaque("${x}", "__hole__"), escape(`\uD83D\uDC0D`, "🐍"), verbatim("b")})
	tests := []struct {
		name       string
		start, end int
		want       source.Span
	}{
		{"inside an opaque segment", 6, 8, source.Span{Start: 5, End: 9}},
		{"up to its midst", 2, 6, source.Span{Start: 3, End: 9}},
		{"from its midst", 6, 12, source.Span{Start: 5, End: 9}},
		{"from its midst into an escape's", 6, 14, source.Span{Start: 5, End: 21}},
		{"from the midst of an escape", 15, 17, source.Span{Start: 9, End: 22}},
		{"empty in its midst stands at its start", 6, 6, source.Span{Start: 5, End: 5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := m.Span(source.Span{Start: test.start, End: test.end}); got != test.want {
				t.Errorf("Span(%d, %d) = %v, want %v", test.start, test.end, got, test.want)
			}
		})
	}
}

func TestMapOfAnEmptyUnit(t *testing.T) {
	tests := []struct {
		name string
		m    source.Map
		at   int
	}{
		{"no segments", source.Map{}, 0},
		{"an empty verbatim segment", source.Map{{Host: source.Span{Start: 8, End: 8}}}, 8},
		{"nothing but dropped text", source.Map{{Host: source.Span{Start: 8, End: 11}, Kind: source.Dropped}}, 11},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := source.Span{Start: test.at, End: test.at}
			for _, unit := range []source.Span{{}, {Start: 0, End: 4}, {Start: -2, End: 1}, {Start: 3, End: 3}} {
				if got := test.m.Span(unit); got != want {
					t.Errorf("Span(%v) = %v, want %v", unit, got, want)
				}
			}
		})
	}
}

// Where there is no map the unit is its host: everything comes back as it went in.
func TestNilMapIsTheIdentity(t *testing.T) {
	var m source.Map
	for _, s := range []source.Span{{Start: 0, End: 0}, {Start: 3, End: 7}, {Start: 7, End: 7}} {
		if got := m.Span(s); got != s {
			t.Errorf("Span(%v) = %v", s, got)
		}
		e := source.Edit{Span: s, New: "new"}
		if got, ok := m.Edit(e); !ok || got != e {
			t.Errorf("Edit(%v) = %v, %v", e, got, ok)
		}
		if got, ok := m.Unit(s.End); !ok || got != s.End {
			t.Errorf("Unit(%d) = %d, %v", s.End, got, ok)
		}
	}
}

// An edit is carried over when the text around it means in the host what it means in the unit.
func TestMapEdit(t *testing.T) {
	host, _, m := layOut("<script>", "</script>", script)
	tests := []struct {
		name string
		edit source.Edit
		want string // the host's text afterwards, without the tags
	}{
		{"replace inside a segment", replace(2, 3, "b"), "  f(b)\n  g(&lt; {{ x }})\n  h()\n "},
		{"replace a whole segment", replace(12, 15, "i"), "  f(a)\n  g(&lt; {{ x }})\n  i\n "},
		{"delete", replace(2, 3, ""), "  f()\n  g(&lt; {{ x }})\n  h()\n "},
		{"insert inside a segment", insert(3, ", b"), "  f(a, b)\n  g(&lt; {{ x }})\n  h()\n "},
		{"insert at the unit's start keeps the indentation", insert(0, "await "), "  await f(a)\n  g(&lt; {{ x }})\n  h()\n "},
		{"insert at a line's start keeps the indentation", insert(5, "await "), "  f(a)\n  await g(&lt; {{ x }})\n  h()\n "},
		{"insert before an escape", insert(7, "a"), "  f(a)\n  g(a&lt; {{ x }})\n  h()\n "},
		{"insert behind an escape", insert(8, "="), "  f(a)\n  g(&lt;= {{ x }})\n  h()\n "},
		{"insert before an opaque segment", insert(9, "-"), "  f(a)\n  g(&lt; -{{ x }})\n  h()\n "},
		{"insert behind an opaque segment", insert(10, ", y"), "  f(a)\n  g(&lt; {{ x }}, y)\n  h()\n "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e, ok := m.Edit(test.edit)
			if !ok {
				t.Fatalf("Edit(%v) is refused", test.edit)
			}
			got, err := source.Apply(host, []source.Edit{e})
			if err != nil {
				t.Fatalf("Apply: %v", err)
			}
			if want := "<script>" + test.want + "</script>"; got != want {
				t.Errorf("the host becomes %q, want %q", got, want)
			}
		})
	}
}

func TestMapEditRefuses(t *testing.T) {
	_, _, page := layOut("<script>", "</script>", script)
	_, _, escapes := layOut(`"`, `"`, []part{verbatim("a"), dropped("\\\n"), escape(`\n`, "\n"), opaque("${x}", "XXXX"), escape(`\t`, "\t")})
	tests := []struct {
		name string
		m    source.Map
		edit source.Edit
	}{
		{"an escape", page, replace(7, 8, ">")},
		{"verbatim text with an escape", page, replace(6, 8, "x")},
		{"an escape with verbatim text", page, replace(7, 9, "x")},
		{"over an escape", page, replace(6, 9, "x")},
		{"an opaque segment", page, replace(9, 10, "y")},
		{"over dropped text", page, replace(4, 6, "; ")},
		{"before the unit", page, replace(-1, 1, "x")},
		{"behind the unit", page, replace(14, 16, "x")},
		{"an insert behind the unit", page, insert(16, "x")},
		{"backwards", page, replace(3, 1, "x")},
		{"insert inside an opaque segment", escapes, insert(4, "x")},
		{"insert between an escape and an opaque segment", escapes, insert(2, "x")},
		{"insert between dropped text and an escape", escapes, insert(1, "x")},
		{"insert behind a last escape", escapes, insert(7, "x")},
		{"insert into a map of no segments", source.Map{}, insert(0, "x")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := test.m.Edit(test.edit); ok {
				t.Errorf("Edit(%v) = %v, want a refusal", test.edit, got)
			}
		})
	}
}

func TestMapEditIntoAnEmptyUnit(t *testing.T) {
	m := source.Map{{Host: source.Span{Start: 8, End: 8}}}
	want := insert(8, "import js")
	if got, ok := m.Edit(insert(0, "import js")); !ok || got != want {
		t.Errorf("Edit = %v, %v, want %v", got, ok, want)
	}
}

func TestMapUnit(t *testing.T) {
	_, _, m := layOut("<script>", "</script>", script)
	tests := []struct {
		name       string
		host, unit int
		ok         bool
	}{
		{"before the unit", 7, 0, false},
		{"negative", -1, 0, false},
		{"in dropped text", 8, 0, false},
		{"the first verbatim byte", 10, 0, true},
		{"inside verbatim text", 12, 2, true},
		{"the last byte of a line", 14, 4, true},
		{"in dropped text between lines", 16, 0, false},
		{"behind dropped text", 17, 5, true},
		{"the start of an escape", 19, 7, true},
		{"inside an escape", 21, 7, true},
		{"behind an escape", 23, 8, true},
		{"the start of an opaque segment", 24, 9, true},
		{"the end of an opaque segment", 30, 9, true},
		{"behind an opaque segment", 31, 10, true},
		{"the last byte", 37, 14, true},
		{"in dropped text at the end", 38, 0, false},
		{"behind the unit", 40, 0, false},
		{"far behind the unit", math.MaxInt, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, ok := m.Unit(test.host)
			if ok != test.ok {
				t.Fatalf("Unit(%d) = %d, %v, want %v", test.host, got, ok, test.ok)
			}
			if ok && got != test.unit {
				t.Errorf("Unit(%d) = %d, want %d", test.host, got, test.unit)
			}
		})
	}
	if got, ok := (source.Map{}).Unit(0); ok {
		t.Errorf("a map of no segments holds host offset 0 at %d", got)
	}
}
