package source_test

import (
	"math"
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
)

// A place in the three encodings that an editor may ask for, both ways.
func TestPositionAndOffset(t *testing.T) {
	tests := []struct {
		name, before, after      string // the place is between them
		line, utf8, utf16, utf32 int
	}{
		{"empty text", "", "", 0, 0, 0, 0},
		{"start", "", "abc\n", 0, 0, 0, 0},
		{"inside a line", "ab\ncd", "e", 1, 2, 2, 2},
		{"end of a line", "ab", "\ncd", 0, 2, 2, 2},
		{"behind a line feed", "ab\n", "cd", 1, 0, 0, 0},
		{"end of a text that ends in a newline", "ab\n", "", 1, 0, 0, 0},
		{"end of a text that does not", "ab\ncd", "", 1, 2, 2, 2},
		{"before CRLF", "ab", "\r\ncd", 0, 2, 2, 2},
		{"behind CRLF", "ab\r\n", "cd", 1, 0, 0, 0},
		{"behind a bare CR", "ab\r", "cd", 1, 0, 0, 0},
		{"behind all three terminators", "a\r\nb\rc\nd", "e", 3, 1, 1, 1},
		{"behind two bytes", "é", "x", 0, 2, 1, 1},
		{"behind three bytes", "\n€", "x", 1, 3, 1, 1},
		{"behind a surrogate pair", "🐍", "x", 0, 4, 2, 1},
		{"behind two surrogate pairs", "a🐍b🐍", "\n", 0, 10, 6, 4},
		{"the last character of one unit", "\uFFFF", "x", 0, 3, 1, 1},
		{"the first character of two units", "\U00010000", "x", 0, 4, 2, 1},
		{"behind a combining mark", "e\u0301", "x", 0, 3, 2, 2},
		{"a byte order mark is a character", mark, "x", 0, 3, 1, 1},
		{"a byte order mark inside the text too", "\n" + mark, "x", 1, 3, 1, 1},
		{"an invalid byte is a character", "a\xFF", "b", 0, 2, 2, 2},
		{"a cut-off character is as many as it has bytes", "\xE2\x82", "b", 0, 2, 2, 2},
		{"between the bytes of a cut-off character", "\xF0\x9F", "\x90b", 0, 2, 2, 2},
		{"an encoded surrogate is three", "\xED\xA0\x80", "b", 0, 3, 3, 3},
		{"continuation bytes alone", "é\x80\x80", "\x80", 0, 4, 3, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.New("a.py", test.before+test.after)
			for enc, character := range map[source.Encoding]int{source.UTF8: test.utf8, source.UTF16: test.utf16, source.UTF32: test.utf32} {
				p := source.Position{Line: test.line, Character: character}
				if got := f.Position(len(test.before), enc); got != p {
					t.Errorf("Position(%d, %s) = %v, want %v", len(test.before), encodings[enc], got, p)
				}
				if got := f.Offset(p, enc); got != len(test.before) {
					t.Errorf("Offset(%v, %s) = %d, want %d", p, encodings[enc], got, len(test.before))
				}
			}
		})
	}
}

var encodings = map[source.Encoding]string{source.UTF8: "UTF-8", source.UTF16: "UTF-16", source.UTF32: "UTF-32"}

// The protocol's default must be what an editor gets that negotiates nothing.
func TestZeroEncodingIsUTF16(t *testing.T) {
	var enc source.Encoding
	want := source.Position{Line: 0, Character: 2}
	if got := source.New("a.py", "🐍").Position(4, enc); got != want {
		t.Errorf("Position = %v, want %v", got, want)
	}
}

func TestPositionOfAnOffsetThatIsNoPlace(t *testing.T) {
	tests := []struct {
		name, text string
		offset     int
		want       source.Position // in UTF-16
	}{
		{"before the text", "abc", -1, source.Position{Line: 0, Character: 0}},
		{"far before the text", "abc", math.MinInt, source.Position{Line: 0, Character: 0}},
		{"behind the text", "ab\nc", 5, source.Position{Line: 1, Character: 1}},
		{"far behind the text", "ab\nc", math.MaxInt, source.Position{Line: 1, Character: 1}},
		{"behind a last newline", "ab\n", 9, source.Position{Line: 1, Character: 0}},
		{"behind an empty text", "", 1, source.Position{Line: 0, Character: 0}},
		{"between CR and LF", "ab\r\nc", 3, source.Position{Line: 0, Character: 2}},
		{"inside two bytes", "aé", 2, source.Position{Line: 0, Character: 1}},
		{"inside three bytes", "a€", 3, source.Position{Line: 0, Character: 1}},
		{"inside four bytes", "\n🐍x", 4, source.Position{Line: 1, Character: 0}},
		{"inside a byte order mark", mark + "x", 2, source.Position{Line: 0, Character: 0}},
		{"inside a character behind an invalid byte", "\xFFé", 2, source.Position{Line: 0, Character: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := source.New("a.py", test.text).Position(test.offset, source.UTF16); got != test.want {
				t.Errorf("Position(%d) = %v, want %v", test.offset, got, test.want)
			}
		})
	}
}

// Editors send positions that were right a moment ago, and some send the largest number to mean the end.
func TestOffsetOfAPositionThatIsNoPlace(t *testing.T) {
	all := []source.Encoding{source.UTF8, source.UTF16, source.UTF32}
	tests := []struct {
		name, text      string
		line, character int
		encodings       []source.Encoding
		want            int
	}{
		{"empty text", "", 3, 4, all, 0},
		{"past the end of a line", "ab\ncd", 0, 3, all, 2},
		{"past the end of a CRLF line", "ab\r\ncd", 0, 3, all, 2},
		{"past the end of a bare CR line", "ab\rcd", 0, 99, all, 2},
		{"past the end of the last line", "ab\ncd", 1, 99, all, 5},
		{"the largest character", "ab\ncd\nef", 1, math.MaxInt, all, 5},
		{"one line past the end", "ab\ncd", 2, 0, all, 5},
		{"the largest line", "ab\ncd", math.MaxInt, math.MaxInt, all, 5},
		{"past a last newline", "ab\n", 1, 7, all, 3},
		{"a negative line", "ab\ncd", -1, 1, all, 0},
		{"the smallest line", "ab\ncd", math.MinInt, 1, all, 0},
		{"a negative character", "ab\ncd", 1, -1, all, 3},
		{"the smallest character", "ab\ncd", 1, math.MinInt, all, 3},
		{"between two surrogates", "a🐍b", 0, 2, []source.Encoding{source.UTF16}, 1},
		{"between two surrogates at the end", "\na🐍", 1, 2, []source.Encoding{source.UTF16}, 2},
		{"between the bytes of a character", "a€b", 0, 3, []source.Encoding{source.UTF8}, 1},
		{"between the bytes of four", "\n🐍b", 1, 3, []source.Encoding{source.UTF8}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.New("a.py", test.text)
			for _, enc := range test.encodings {
				p := source.Position{Line: test.line, Character: test.character}
				if got := f.Offset(p, enc); got != test.want {
					t.Errorf("Offset(%v, %s) = %d, want %d", p, encodings[enc], got, test.want)
				}
			}
		})
	}
}

// What a report prints is what the editor's status bar shows.
func TestPointAndOffsetOf(t *testing.T) {
	tests := []struct {
		name, before, after string // the place is between them
		want                source.Point
	}{
		{"empty text", "", "", source.Point{Line: 1, Column: 1}},
		{"start", "", "abc", source.Point{Line: 1, Column: 1}},
		{"inside a line", "ab\nc", "d", source.Point{Line: 2, Column: 2}},
		{"end of a CRLF line", "ab", "\r\nc", source.Point{Line: 1, Column: 3}},
		{"behind a bare CR", "ab\r", "c", source.Point{Line: 2, Column: 1}},
		{"end of a text that ends in a newline", "ab\n", "", source.Point{Line: 2, Column: 1}},
		{"a surrogate pair is one column", "🐍", "x", source.Point{Line: 1, Column: 2}},
		{"a combining mark is one column", "e\u0301", "x", source.Point{Line: 1, Column: 3}},
		{"a tab is one column", "\t", "x", source.Point{Line: 1, Column: 2}},
		{"an invalid byte is one column", "\xFF\xFF", "x", source.Point{Line: 1, Column: 3}},
		{"a byte order mark is none", mark, "x", source.Point{Line: 1, Column: 1}},
		{"behind a byte order mark", mark + "é", "x", source.Point{Line: 1, Column: 2}},
		{"nothing but a byte order mark", mark, "", source.Point{Line: 1, Column: 1}},
		{"the line behind a byte order mark", mark + "\na", "b", source.Point{Line: 2, Column: 2}},
		{"U+FEFF elsewhere is a column", "\n" + mark, "x", source.Point{Line: 2, Column: 2}},
		{"a second U+FEFF is a column", mark + mark, "x", source.Point{Line: 1, Column: 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := source.New("a.py", test.before+test.after)
			if got := f.Point(len(test.before)); got != test.want {
				t.Errorf("Point(%d) = %v, want %v", len(test.before), got, test.want)
			}
			if got := f.OffsetOf(test.want); got != len(test.before) {
				t.Errorf("OffsetOf(%v) = %d, want %d", test.want, got, len(test.before))
			}
		})
	}
}

func TestPointOfAnOffsetThatIsNoPlace(t *testing.T) {
	tests := []struct {
		name, text string
		offset     int
		want       source.Point
	}{
		{"before the text", "abc", -1, source.Point{Line: 1, Column: 1}},
		{"behind the text", "ab\nc", math.MaxInt, source.Point{Line: 2, Column: 2}},
		{"between CR and LF", "ab\r\nc", 3, source.Point{Line: 1, Column: 3}},
		{"inside a character", "a🐍b", 3, source.Point{Line: 1, Column: 2}},
		{"before a byte order mark", mark + "x", 0, source.Point{Line: 1, Column: 1}},
		{"inside a byte order mark", mark + "x", 1, source.Point{Line: 1, Column: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := source.New("a.py", test.text).Point(test.offset); got != test.want {
				t.Errorf("Point(%d) = %v, want %v", test.offset, got, test.want)
			}
		})
	}
}

func TestOffsetOfAPointThatIsNoPlace(t *testing.T) {
	tests := []struct {
		name, text   string
		line, column int
		want         int
	}{
		{"the zero point", "ab\ncd", 0, 0, 0},
		{"a negative line", "ab\ncd", -1, 2, 0},
		{"the smallest line", "ab\ncd", math.MinInt, 2, 0},
		{"a negative column", "ab\ncd", 2, -1, 3},
		{"column zero", "ab\ncd", 2, 0, 3},
		{"column zero behind a byte order mark", mark + "ab", 1, 0, 3},
		{"past the end of a line", "ab\r\ncd", 1, 9, 2},
		{"the largest column", "ab\ncd\n", 2, math.MaxInt, 5},
		{"a line past the end", "ab\ncd", 3, 1, 5},
		{"the largest line", "ab\ncd", math.MaxInt, 1, 5},
		{"empty text", "", 4, 4, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := source.Point{Line: test.line, Column: test.column}
			if got := source.New("a.py", test.text).OffsetOf(p); got != test.want {
				t.Errorf("OffsetOf(%v) = %d, want %d", p, got, test.want)
			}
		})
	}
}

func BenchmarkPosition(b *testing.B) {
	text := strings.Repeat("    element.addEventListener(\"click\", on_click)  # é 🐍\r\n", 10_000)
	f := source.New("a.py", text)
	f.LineCount() // the lines are found once per file; BenchmarkLines is their price
	offset := 0
	for b.Loop() {
		f.Position(offset, source.UTF16)
		offset = (offset + 7919) % len(text)
	}
}

func BenchmarkLines(b *testing.B) {
	text := strings.Repeat("    element.addEventListener(\"click\", on_click)  # é 🐍\r\n", 10_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		source.New("a.py", text).LineCount()
	}
}
