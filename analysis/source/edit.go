package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Edit replaces a span by another text; an empty span inserts.
type Edit struct {
	Span Span
	New  string
}

// Apply makes all edits at once. Edits may come in any order; several inserts at one place keep theirs.
// It fails when two edits overlap or one lies outside the text, and then changes nothing.
func Apply(text string, edits []Edit) (string, error) {
	sorted := Sorted(edits)
	var b strings.Builder
	at := 0
	for _, e := range sorted {
		if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(text) {
			return "", fmt.Errorf("edit of bytes %d to %d lies outside a text of %d bytes", e.Span.Start, e.Span.End, len(text))
		}
		if e.Span.Start < at {
			return "", fmt.Errorf("two edits overlap at byte %d", e.Span.Start)
		}
		b.WriteString(text[at:e.Span.Start])
		b.WriteString(e.New)
		at = e.Span.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// Sorted is a copy of the edits in the order of their places, without exact repetitions: two fixes that
// add the same import agree.
func Sorted(edits []Edit) []Edit {
	sorted := make([]Edit, 0, len(edits))
	seen := make(map[Edit]bool, len(edits))
	for _, e := range edits {
		if !seen[e] {
			seen[e] = true
			sorted = append(sorted, e)
		}
	}
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	return sorted
}
