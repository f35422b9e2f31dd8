// Package source holds texts: immutable, with byte spans inside and positions only at the edge.
//
// Every offset is in bytes of UTF-8 text. Nothing here fails or panics on a position or an offset that
// lies outside its text, or inside a character: it is clamped to the nearest place before it.
package source

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Span is a half-open range of bytes.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether the byte at offset lies in the span.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset < s.End }

// Covers says whether all of inner lies in the span.
func (s Span) Covers(inner Span) bool { return s.Start <= inner.Start && inner.End <= s.End }

// Overlaps says whether the two spans share a byte, or one of them is empty and lies inside the other.
func (s Span) Overlaps(o Span) bool {
	if s.Len() == 0 || o.Len() == 0 {
		return s.Start <= o.End && o.Start <= s.End
	}
	return s.Start < o.End && o.Start < s.End
}

// File is one immutable text with a name. It is safe for concurrent use.
type File struct {
	path  string
	text  string
	lines func() []int // byte offset of the start of each line
}

// New makes a file. The path is carried along as it is and never opened.
func New(path, text string) *File {
	return &File{path: path, text: text, lines: sync.OnceValue(func() []int { return lineStarts(text) })}
}

// Path is the name the file was made with.
func (f *File) Path() string { return f.path }

// Text is the whole text.
func (f *File) Text() string { return f.text }

// Slice is the text of a span, clamped to the text.
func (f *File) Slice(s Span) string {
	start := f.clamp(s.Start)
	return f.text[start:max(start, f.clamp(s.End))]
}

// LineCount is the number of lines; a text that ends in a line terminator has an empty last line.
func (f *File) LineCount() int { return len(f.lines()) }

// LineOf is the 0-based line that holds the byte at offset.
func (f *File) LineOf(offset int) int {
	offset = f.clamp(offset)
	starts := f.lines()
	return sort.Search(len(starts), func(i int) bool { return starts[i] > offset }) - 1
}

// LineSpan is the span of a 0-based line without its terminator; a line out of range is clamped.
func (f *File) LineSpan(line int) Span {
	starts := f.lines()
	line = min(max(line, 0), len(starts)-1)
	start, end := starts[line], len(f.text)
	if line+1 < len(starts) {
		end = starts[line+1]
	}
	for end > start && (f.text[end-1] == '\n' || f.text[end-1] == '\r') {
		end--
	}
	return Span{start, end}
}

func (f *File) clamp(offset int) int { return min(max(offset, 0), len(f.text)) }

// lineStarts splits at \n, \r\n and a bare \r, as the language server protocol and Python both do.
func lineStarts(text string) []int {
	starts := make([]int, 1, 1+strings.Count(text, "\n"))
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			starts = append(starts, i+1)
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			starts = append(starts, i+1)
		}
	}
	return starts
}

// runeStart is the start of the character that holds offset. A byte that is part of no valid character
// is a character of its own, as utf8.DecodeRune counts it.
func runeStart(text string, offset int) int {
	if offset >= len(text) {
		return len(text)
	}
	for back := 1; back < utf8.UTFMax && offset-back >= 0 && !utf8.RuneStart(text[offset]); back++ {
		if !utf8.RuneStart(text[offset-back]) {
			continue
		}
		if _, size := utf8.DecodeRuneInString(text[offset-back:]); size > back {
			return offset - back
		}
		break
	}
	return offset
}

// Join sorts spans and makes one of those that overlap or touch.
func Join(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.Start, b.Start) })
	var joined []Span
	for _, s := range spans {
		if n := len(joined); n > 0 && s.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
