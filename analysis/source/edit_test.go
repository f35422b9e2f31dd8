package source_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
)

func replace(start, end int, text string) source.Edit {
	return source.Edit{Span: source.Span{Start: start, End: end}, New: text}
}

func insert(at int, text string) source.Edit { return replace(at, at, text) }

func TestApply(t *testing.T) {
	tests := []struct {
		name, text string
		edits      []source.Edit
		want       string
	}{
		{"no edits", "abc", nil, "abc"},
		{"insert into an empty text", "", []source.Edit{insert(0, "x")}, "x"},
		{"insert at the start", "abc", []source.Edit{insert(0, "x")}, "xabc"},
		{"insert at the end", "abc", []source.Edit{insert(3, "x")}, "abcx"},
		{"replace", "abc", []source.Edit{replace(1, 2, "xyz")}, "axyzc"},
		{"replace all", "abc", []source.Edit{replace(0, 3, "x")}, "x"},
		{"delete", "abc", []source.Edit{replace(1, 3, "")}, "a"},
		{"wrap", "cb", []source.Edit{insert(0, "create_proxy("), insert(2, ")")}, "create_proxy(cb)"},
		{"offsets are those of the old text", "abcd", []source.Edit{replace(0, 1, "xxxx"), replace(3, 4, "y")}, "xxxxbcy"},
		{"any order", "abcd", []source.Edit{replace(3, 4, "y"), insert(1, "-"), replace(0, 1, "x")}, "x-bcy"},
		{"neighbours do not overlap", "abcd", []source.Edit{replace(2, 4, "y"), replace(0, 2, "x")}, "xy"},
		{"inserts at one place keep their order", "ab", []source.Edit{insert(1, "3"), insert(1, "1"), insert(1, "2")}, "a312b"},
		{"an insert where a replacement starts comes before it", "abc", []source.Edit{replace(1, 2, "X"), insert(1, "-")}, "a-Xc"},
		{"an insert where a replacement ends comes behind it", "abc", []source.Edit{insert(2, "-"), replace(1, 2, "X")}, "aX-c"},
		{"the same insert twice is made once", "x", []source.Edit{insert(0, "import js\n"), insert(0, "import js\n")}, "import js\nx"},
		{"the same insert with another between is made once", "x", []source.Edit{insert(0, "A"), insert(0, "B"), insert(0, "A")}, "ABx"},
		{"the same replacement twice is made once", "abc", []source.Edit{replace(0, 1, "x"), replace(2, 3, "z"), replace(0, 1, "x")}, "xbz"},
		{"the same deletion twice is made once", "abc", []source.Edit{replace(0, 2, ""), replace(0, 2, "")}, "c"},
		{"one text at two places is made twice", "ab", []source.Edit{insert(0, "-"), insert(1, "-")}, "-a-b"},
		{"line ends and invalid bytes around an edit stay", mark + "a\r\n\xFFb\r", []source.Edit{replace(7, 8, "c")}, mark + "a\r\n\xFFc\r"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.Apply(test.text, test.edits)
			if err != nil {
				t.Fatalf("Apply: %v", err)
			}
			if got != test.want {
				t.Errorf("Apply = %q, want %q", got, test.want)
			}
		})
	}
}

// A sort may keep the order of a few by accident; a file-wide fix makes many.
func TestApplyKeepsTheOrderOfManyInserts(t *testing.T) {
	var edits []source.Edit
	var lines strings.Builder
	for i := range 100 {
		line := fmt.Sprintf("import m%d\n", i)
		edits = append(edits, insert(1, line), insert(0, line))
		lines.WriteString(line)
	}
	got, err := source.Apply("ab", edits)
	if err != nil {
		t.Fatalf("Apply: %v", err)
	}
	if want := lines.String() + "a" + lines.String() + "b"; got != want {
		t.Errorf("Apply = %q, want %q", got, want)
	}
}

func TestApplyRefuses(t *testing.T) {
	tests := []struct {
		name  string
		edits []source.Edit
		want  string // part of the error
	}{
		{"overlap", []source.Edit{replace(0, 3, "x"), replace(2, 4, "y")}, "two edits overlap at byte 2"},
		{"overlap, in the other order", []source.Edit{replace(2, 4, "y"), replace(0, 3, "x")}, "two edits overlap at byte 2"},
		{"one inside the other", []source.Edit{replace(0, 4, "x"), replace(1, 2, "y")}, "two edits overlap at byte 1"},
		{"one place, two texts", []source.Edit{replace(1, 2, "x"), replace(1, 2, "y")}, "two edits overlap at byte 1"},
		{"an insert inside a replacement", []source.Edit{insert(2, "x"), replace(1, 3, "y")}, "two edits overlap at byte 2"},
		{"before the text", []source.Edit{replace(-1, 1, "x")}, "edit of bytes -1 to 1 lies outside a text of 4 bytes"},
		{"behind the text", []source.Edit{replace(2, 5, "x")}, "edit of bytes 2 to 5 lies outside a text of 4 bytes"},
		{"an insert behind the text", []source.Edit{insert(5, "x")}, "edit of bytes 5 to 5 lies outside a text of 4 bytes"},
		{"backwards", []source.Edit{replace(3, 1, "x")}, "edit of bytes 3 to 1 lies outside a text of 4 bytes"},
		{"a good one before a bad one", []source.Edit{insert(0, "x"), insert(9, "y")}, "edit of bytes 9 to 9 lies outside a text of 4 bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := source.Apply("abcd", test.edits)
			if err == nil {
				t.Fatalf("Apply = %q, want an error", got)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %q, want %q", err, test.want)
			}
			if got != "" {
				t.Errorf("Apply = %q beside an error, want nothing", got)
			}
		})
	}
}

func TestSorted(t *testing.T) {
	edits := []source.Edit{insert(4, "b"), replace(1, 3, "x"), insert(4, "a"), insert(1, "y"), insert(4, "b"), replace(1, 3, "x")}
	before := slices.Clone(edits)
	want := []source.Edit{insert(1, "y"), replace(1, 3, "x"), insert(4, "b"), insert(4, "a")}
	if got := source.Sorted(edits); !slices.Equal(got, want) {
		t.Errorf("Sorted = %v, want %v", got, want)
	}
	if !slices.Equal(edits, before) {
		t.Errorf("Sorted changed its argument to %v", edits)
	}
}
