package source_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"pyodide-ls/analysis/source"
)

const mark = "\uFEFF"

func TestFileCarriesItsPathAndTextUnchanged(t *testing.T) {
	const path, text = "a folder/../näme.py", mark + "a\r\nb\xFF\r"
	f := source.New(path, text)
	if f.Path() != path {
		t.Errorf("Path() = %q, want %q", f.Path(), path)
	}
	if f.Text() != text {
		t.Errorf("Text() = %q, want %q", f.Text(), text)
	}
}

// Lines are those of Python and of the protocol: nothing but \n, \r\n and \r ends one.
func TestLines(t *testing.T) {
	tests := []struct {
		name, text string
		lines      []string
	}{
		{"empty text is one empty line", "", []string{""}},
		{"no terminator", "a", []string{"a"}},
		{"a last terminator opens an empty line", "a\n", []string{"a", ""}},
		{"line feeds", "a\nb\n\nc", []string{"a", "b", "", "c"}},
		{"CRLF is one terminator", "a\r\nb\r\n", []string{"a", "b", ""}},
		{"bare CR", "a\rb\r", []string{"a", "b", ""}},
		{"CR CRLF LF are three", "\r\r\n\n", []string{"", "", "", ""}},
		{"LF before CR are two", "a\n\rb", []string{"a", "", "b"}},
		{"form feed, vertical tab, NEL and U+2028 end no line", "a\fb\vc\u0085d\u2028e", []string{"a\fb\vc\u0085d\u2028e"}},
		{"byte order mark belongs to its line", mark + "a\nb", []string{mark + "a", "b"}},
		{"invalid bytes", "\xFF\n\xE2\x82\n", []string{"\xFF", "\xE2\x82", ""}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.New("a.py", test.text)
			var lines []string
			for i := range f.LineCount() {
				lines = append(lines, f.Slice(f.LineSpan(i)))
			}
			if !slices.Equal(lines, test.lines) {
				t.Errorf("lines %q, want %q", lines, test.lines)
			}
		})
	}
}

func TestLineSpanOutOfRangeIsTheNearestLine(t *testing.T) {
	f := source.New("a.py", "ab\r\ncde")
	tests := []struct {
		name string
		line int
		want source.Span
	}{
		{"before the first", -1, source.Span{Start: 0, End: 2}},
		{"the first", 0, source.Span{Start: 0, End: 2}},
		{"the last", 1, source.Span{Start: 4, End: 7}},
		{"behind the last", 2, source.Span{Start: 4, End: 7}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := f.LineSpan(test.line); got != test.want {
				t.Errorf("LineSpan(%d) = %v, want %v", test.line, got, test.want)
			}
		})
	}
}

func TestLineOf(t *testing.T) {
	f := source.New("a.py", "a\r\nb\rc\n")
	tests := []struct {
		name         string
		offset, want int
	}{
		{"before the text", -7, 0},
		{"the first byte", 0, 0},
		{"the CR of a CRLF", 1, 0},
		{"the LF of a CRLF", 2, 0},
		{"behind a CRLF", 3, 1},
		{"a bare CR", 4, 1},
		{"behind a bare CR", 5, 2},
		{"a line feed", 6, 2},
		{"the end of a text that ends in a newline", 7, 3},
		{"behind the text", 99, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := f.LineOf(test.offset); got != test.want {
				t.Errorf("LineOf(%d) = %d, want %d", test.offset, got, test.want)
			}
		})
	}
}

func TestSliceIsClampedToTheText(t *testing.T) {
	f := source.New("a.py", "hello")
	tests := []struct {
		name string
		span source.Span
		want string
	}{
		{"inside", source.Span{Start: 1, End: 3}, "el"},
		{"all", source.Span{Start: 0, End: 5}, "hello"},
		{"starts before", source.Span{Start: -3, End: 2}, "he"},
		{"ends behind", source.Span{Start: 3, End: 99}, "lo"},
		{"around", source.Span{Start: -1, End: 99}, "hello"},
		{"all before", source.Span{Start: -3, End: -1}, ""},
		{"all behind", source.Span{Start: 9, End: 12}, ""},
		{"backwards", source.Span{Start: 4, End: 1}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := f.Slice(test.span); got != test.want {
				t.Errorf("Slice(%v) = %q, want %q", test.span, got, test.want)
			}
		})
	}
}

// The lines are found on first use, which several requests may make at the same time.
func TestFileIsSafeForConcurrentUse(t *testing.T) {
	f := source.New("a.py", strings.Repeat("é\r\n", 1000))
	var wg sync.WaitGroup
	for line := range 8 {
		wg.Go(func() {
			want := source.Position{Line: line * 100, Character: 1}
			if got := f.Position(line*400+2, source.UTF16); got != want {
				t.Errorf("Position = %v, want %v", got, want)
			}
		})
	}
	wg.Wait()
}

func TestSpanContains(t *testing.T) {
	s := source.Span{Start: 2, End: 4}
	for offset, want := range []bool{false, false, true, true, false} {
		if got := s.Contains(offset); got != want {
			t.Errorf("%v.Contains(%d) = %v, want %v", s, offset, got, want)
		}
	}
	if empty := (source.Span{Start: 2, End: 2}); empty.Contains(2) {
		t.Errorf("an empty span contains a byte")
	}
}

func TestSpanCoversAndOverlaps(t *testing.T) {
	tests := []struct {
		name             string
		a, b             source.Span
		covers, overlaps bool
	}{
		{"the same", source.Span{Start: 2, End: 6}, source.Span{Start: 2, End: 6}, true, true},
		{"inside", source.Span{Start: 2, End: 6}, source.Span{Start: 3, End: 4}, true, true},
		{"around", source.Span{Start: 2, End: 6}, source.Span{Start: 1, End: 7}, false, true},
		{"over the start", source.Span{Start: 2, End: 6}, source.Span{Start: 1, End: 3}, false, true},
		{"over the end", source.Span{Start: 2, End: 6}, source.Span{Start: 5, End: 7}, false, true},
		{"touches the start", source.Span{Start: 2, End: 6}, source.Span{Start: 0, End: 2}, false, false},
		{"touches the end", source.Span{Start: 2, End: 6}, source.Span{Start: 6, End: 8}, false, false},
		{"apart", source.Span{Start: 2, End: 6}, source.Span{Start: 8, End: 9}, false, false},
		{"empty inside", source.Span{Start: 2, End: 6}, source.Span{Start: 4, End: 4}, true, true},
		{"empty at the start", source.Span{Start: 2, End: 6}, source.Span{Start: 2, End: 2}, true, true},
		{"empty at the end", source.Span{Start: 2, End: 6}, source.Span{Start: 6, End: 6}, true, true},
		{"empty and apart", source.Span{Start: 2, End: 6}, source.Span{Start: 7, End: 7}, false, false},
		{"both empty, one place", source.Span{Start: 2, End: 2}, source.Span{Start: 2, End: 2}, true, true},
		{"both empty, two places", source.Span{Start: 2, End: 2}, source.Span{Start: 3, End: 3}, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.a.Covers(test.b); got != test.covers {
				t.Errorf("%v.Covers(%v) = %v, want %v", test.a, test.b, got, test.covers)
			}
			if got := test.a.Overlaps(test.b); got != test.overlaps {
				t.Errorf("%v.Overlaps(%v) = %v, want %v", test.a, test.b, got, test.overlaps)
			}
			if got := test.b.Overlaps(test.a); got != test.overlaps {
				t.Errorf("%v.Overlaps(%v) = %v, want %v", test.b, test.a, got, test.overlaps)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	tests := []struct {
		name        string
		spans, want []source.Span
	}{
		{"none", nil, nil},
		{"one", []source.Span{{Start: 1, End: 2}}, []source.Span{{Start: 1, End: 2}}},
		{"apart, in any order", []source.Span{{Start: 5, End: 6}, {Start: 1, End: 2}}, []source.Span{{Start: 1, End: 2}, {Start: 5, End: 6}}},
		{"touching", []source.Span{{Start: 1, End: 2}, {Start: 2, End: 4}}, []source.Span{{Start: 1, End: 4}}},
		{"overlapping", []source.Span{{Start: 3, End: 9}, {Start: 1, End: 4}}, []source.Span{{Start: 1, End: 9}}},
		{"one inside the other", []source.Span{{Start: 1, End: 9}, {Start: 2, End: 3}}, []source.Span{{Start: 1, End: 9}}},
		{"a chain", []source.Span{{Start: 4, End: 6}, {Start: 0, End: 2}, {Start: 2, End: 5}, {Start: 8, End: 9}}, []source.Span{{Start: 0, End: 6}, {Start: 8, End: 9}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := source.Join(test.spans); !slices.Equal(got, test.want) {
				t.Errorf("Join = %v, want %v", got, test.want)
			}
		})
	}
}
