package lint_test

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// Reports name places in other files that explain a finding, by their files.
func TestPlacesInOtherFiles(t *testing.T) {
	dir := tree(t, map[string]string{
		"page.py":   "from js import document\n\nimport gauges\n\n\ndef show(event):\n    document.title = gauges.read()\n",
		"gauges.py": "import time\n\n\ndef read():\n    return settle() or '🌊'\n\n\ndef settle():\n    time.sleep(1)\n",
	})
	t.Chdir(dir)
	same(t, found(t, ".", lint.Options{Paths: []string{"."}}), "page.py:7 block-main warning")
	r, err := lint.Run(t.Context(), lint.Options{Paths: []string{"."}, Rules: rules.All})
	if err != nil {
		t.Fatal(err)
	}
	report := func(write func(io.Writer) error) string {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	text := report(func(w io.Writer) error { return lint.Text(w, r, false) })
	for _, want := range []string{"gauges.py:5:12: settle is called here\n", "gauges.py:9:5: time.sleep is called here\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text has no %q\n%s", want, text)
		}
	}
	var inJSON struct {
		Findings []struct {
			Related []struct {
				Path                             string
				Line, Column, EndLine, EndColumn int
			}
		}
	}
	if err := json.Unmarshal([]byte(report(func(w io.Writer) error { return lint.JSON(w, r) })), &inJSON); err != nil {
		t.Fatal(err)
	}
	if at := inJSON.Findings[0].Related[0]; at.Path != "gauges.py" || !slices.Equal([]int{at.Line, at.Column, at.EndLine, at.EndColumn}, []int{5, 12, 5, 20}) {
		t.Errorf("the object has %+v", at)
	}
	if s := report(func(w io.Writer) error { return lint.SARIF(w, r, rules.All, "test") }); strings.Count(s, `"uri": "gauges.py"`) != 2 {
		t.Errorf("SARIF has\n%s", s)
	}
}
