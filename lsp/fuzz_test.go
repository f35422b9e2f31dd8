package lsp

import (
	"testing"
	"unicode/utf8"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// FuzzChange makes changes at whatever places an editor may name: outside the text, inside a character, back to
// front. The text stays text, and loses no more than lies between the two places.
func FuzzChange(f *testing.F) {
	f.Add("a\n😀é\r\nb", uint32(1), uint32(1), uint32(1), uint32(2), "x", uint8(0))
	f.Add("", uint32(9), uint32(9), uint32(0), uint32(0), "\n", uint8(1))
	f.Add("a\rb\n", uint32(1<<31), uint32(1<<31), uint32(1), uint32(1<<31), "", uint8(2))
	f.Fuzz(func(t *testing.T, text string, line1, character1, line2, character2 uint32, inserted string, encoding uint8) {
		if !utf8.ValidString(text) || !utf8.ValidString(inserted) {
			t.Skip("no editor's text")
		}
		enc := source.Encoding(encoding % 3)
		old := source.New("a.py", text)
		r := protocol.Range{
			Start: protocol.Position{Line: line1, Character: character1}, End: protocol.Position{Line: line2, Character: character2},
		}
		changed, err := edited(old, &protocol.TextDocumentContentChangePartial{Range: r, Text: inserted}, enc)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(changed.Text()) {
			t.Fatalf("%q is no text", changed.Text())
		}
		span := spanOf(old, r, enc)
		if want := text[:span.Start] + inserted + text[span.End:]; changed.Text() != want {
			t.Fatalf("%q becomes %q, not %q", text, changed.Text(), want)
		}
		if back := spanOf(old, rangeOf(old, span, enc), enc); back != span {
			t.Fatalf("span %v has the range of %v", span, back)
		}
	})
}
