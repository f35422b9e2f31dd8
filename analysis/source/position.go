package source

import "unicode/utf8"

// Encoding is the unit in which a Position counts characters.
type Encoding uint8

// The encodings that the language server protocol can negotiate.
const (
	UTF16 Encoding = iota // the protocol's default
	UTF8
	UTF32
)

// Position is a place as the language server protocol writes it: 0-based line, and 0-based character in
// units of an Encoding.
type Position struct{ Line, Character int }

// Point is a place as a person reads it: 1-based line, and 1-based column in Unicode code points.
type Point struct{ Line, Column int }

// Range is a span as a person reads it: from one point up to another.
type Range struct{ Start, End Point }

// Position is the place of a byte offset. An offset inside a line terminator is the end of its line; one
// inside a character is the start of that character.
func (f *File) Position(offset int, enc Encoding) Position {
	line, span, offset := f.place(offset)
	if enc == UTF8 {
		return Position{line, offset - span.Start}
	}
	units := 0
	for _, r := range f.text[span.Start:offset] {
		units += width(r, enc)
	}
	return Position{line, units}
}

// Offset is the byte offset of a position. A character past the end of its line is the end of the line; a
// position between two surrogates is the start of their character; a line past the end is the text's end.
func (f *File) Offset(p Position, enc Encoding) int {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= f.LineCount() {
		return len(f.text)
	}
	span := f.LineSpan(p.Line)
	want := max(p.Character, 0)
	if enc == UTF8 {
		return runeStart(f.text[:span.End], span.Start+min(want, span.Len()))
	}
	units := 0
	for i, r := range f.text[span.Start:span.End] {
		units += width(r, enc)
		if units > want {
			return span.Start + i
		}
	}
	return span.End
}

// Point is the place of a byte offset for a person. A byte order mark at the start of the text takes no
// column, because no editor shows it.
func (f *File) Point(offset int) Point {
	line, span, offset := f.place(offset)
	return Point{line + 1, 1 + utf8.RuneCountInString(f.text[f.afterMark(span.Start, offset):offset])}
}

// Range is the place of a span for a person.
func (f *File) Range(s Span) Range { return Range{f.Point(s.Start), f.Point(s.End)} }

// SpanOf is the span of a range, clamped like Offset.
func (f *File) SpanOf(r Range) Span { return Span{f.OffsetOf(r.Start), f.OffsetOf(r.End)} }

// OffsetOf is the byte offset of a point, clamped like Offset.
func (f *File) OffsetOf(p Point) int {
	if p.Line < 1 {
		return 0
	}
	line := f.LineSpan(p.Line - 1)
	if p.Line > f.LineCount() {
		return len(f.text)
	}
	offset := f.afterMark(line.Start, line.End)
	for column := 1; column < p.Column && offset < line.End; column++ {
		_, size := utf8.DecodeRuneInString(f.text[offset:line.End])
		offset += size
	}
	return offset
}

// place is the line of an offset, the line's span, and the offset moved out of terminators and characters.
func (f *File) place(offset int) (line int, span Span, clamped int) {
	offset = f.clamp(offset)
	line = f.LineOf(offset)
	span = f.LineSpan(line)
	return line, span, runeStart(f.text[:span.End], min(offset, span.End))
}

const byteOrderMark = "\uFEFF"

func (f *File) afterMark(start, end int) int {
	if start == 0 && end >= len(byteOrderMark) && f.text[:len(byteOrderMark)] == byteOrderMark {
		return len(byteOrderMark)
	}
	return start
}

func width(r rune, enc Encoding) int {
	if enc == UTF16 && r >= 0x10000 {
		return 2
	}
	return 1
}
