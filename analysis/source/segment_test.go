package source_test

import (
	"math"
	"strings"
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
func margin(host string) part       { return part{source.Margin, host, ""} }
func dropped(host string) part      { return part{source.Dropped, host, ""} }

// layOut builds the host and the unit in it; before and after stand around the unit.
func layOut(before, after string, parts []part, write func(string) (string, bool)) (host string, d *source.Derived) {
	host = before
	var b source.Builder
	for _, p := range parts {
		span := source.Span{Start: len(host), End: len(host) + len(p.host)}
		host += p.host
		switch p.kind {
		case source.Verbatim:
			b.Verbatim(span.Start, p.unit)
		case source.Escape:
			b.Escape(span, p.unit)
		case source.Opaque:
			b.Opaque(span, p.unit)
		case source.Dropped:
			b.Drop(span)
		case source.Margin:
			b.Unindent(span)
		}
	}
	return host + after, b.Derived(write)
}

// page is script in its page.
func page() (host string, d *source.Derived) {
	host, d = layOut("<script>", "</script>", script, func(text string) (string, bool) {
		return strings.ReplaceAll(text, "<", "&lt;"), !strings.Contains(text, "\x00")
	})
	return host, d.Indent("  ")
}

// script is Python in an HTML page: indentation is dropped, an entity is an escape, a template's expression
// is opaque. Its unit is "f(a)\ng(< X)\nh()".
var script = []part{
	margin("  "), verbatim("f(a)\n"), // unit 0 to 5, host 10 to 15
	margin("  "), verbatim("g("), // unit 5 to 7, host 17 to 19
	escape("&lt;", "<"), verbatim(" "), // unit 7 to 9, host 19 to 24
	opaque("{{ x }}", "X"), verbatim(")\n"), // unit 9 to 12, host 24 to 33
	margin("  "), verbatim("h()"), // unit 12 to 15, host 35 to 38
	dropped("\n "), // host 38 to 40
}

func TestMapSpan(t *testing.T) {
	host, d := page()
	unit, m := d.Text, d.Map
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
	_, d := layOut("`", "`", []part{verbatim("a = "), opaque("${x}", "__hole__"), escape(`\uD83D\uDC0D`, "🐍"), verbatim("b")}, nil)
	m := d.Map
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
		if got, ok := (*source.Derived)(nil).Edit(e); !ok || got != e {
			t.Errorf("Edit(%v) = %v, %v", e, got, ok)
		}
		if got, ok := m.Unit(s.End); !ok || got != s.End {
			t.Errorf("Unit(%d) = %d, %v", s.End, got, ok)
		}
	}
}

func TestMapUnit(t *testing.T) {
	_, d := page()
	m := d.Map
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
