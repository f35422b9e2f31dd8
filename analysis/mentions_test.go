package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// An id that is mentioned stands between "‹" and "›", with a "!" before it where it is the element's own.
func TestMentions(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"a.html", `<p id="!‹level›" class='x'></p><label for="‹level›"><a href="#‹level›">x</a>
<input aria-describedby="‹level› ‹hint›" id='!‹go›' list=‹none>
<style>#‹level› p, p#‹go›:hover { color: #abcdef } /* x */ @media x { #‹go› {} }</style>
<script>document.getElementById("‹go›"); document.querySelector('#‹level› > p'); f("#other")</script>
<script type="py">
from js import document
document.getElementById('‹level›').id
document.querySelectorAll(f"#row-{1}")
</script>`},
		{"a.py", `from js import document
from pyscript import when
document.getElementById("‹level›")
document.querySelector("main #‹level›, #‹go›")  # document.getElementById("no")
"document.getElementById('no')"
document.getElementById(f"row-{1}")
color = "#abcdef"
@when("click", "#‹go›")
def f(event): pass
`},
		{"a.mjs", "document.getElementById('‹level›');\nconst x = '#none';\nel.closest(\"#‹go›\")\n"},
		{"a.md", "```python\ndocument.getElementById('‹level›')\n```\n"},
	} {
		text := strings.NewReplacer("!‹", "", "‹none", "none", "‹", "", "›", "").Replace(test.text)
		f, err := analysis.Open(source.New(test.name, text), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		got, last := "", 0
		for _, m := range analysis.Mentions(f) {
			own := ""
			if m.Defines {
				own = "!"
			}
			got += fmt.Sprintf("%s%s‹%s›", text[last:m.Span.Start], own, text[m.Span.Start:m.Span.End])
			last = m.Span.End
			if m.ID != text[m.Span.Start:m.Span.End] {
				t.Errorf("%s is called %s", text[m.Span.Start:m.Span.End], m.ID)
			}
		}
		if got += text[last:]; got != strings.ReplaceAll(test.text, "‹none", "none") {
			t.Errorf("%s: %s", test.name, got)
		}
	}
}
