package live

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// confirms is the words with which the consoles of a board are told that findings were measured.
func confirms(t *testing.T, b *board) (words []string) {
	t.Helper()
	var told struct{ Findings []struct{ Measured string } }
	if err := json.Unmarshal(b.hub.findings, &told); err != nil {
		t.Fatal(err)
	}
	for _, f := range told.Findings {
		words = append(words, f.Measured)
	}
	return words
}

// slept is an observation of a line that held up the page.
func slept(file string, line int, milliseconds float64) analysis.Observation {
	return analysis.Observation{Kind: analysis.Blocked, Text: "time.sleep", Milliseconds: milliseconds, At: &analysis.Site{File: file, Line: line}}
}

// sleeps are findings of lines that wait, in a file that its claims call by its whole path.
func sleeps(t *testing.T, lines ...int) (all []Finding) {
	t.Helper()
	text := "import js\nimport time\n"
	for line := 3; line <= lines[len(lines)-1]; line++ {
		if slices.Contains(lines, line) {
			text += "time.sleep(3)\n"
		} else {
			text += "print()\n"
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.py"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	result, err := lint.Run(t.Context(), lint.Options{Paths: []string{dir}, Rules: rules.All, Only: []string{"block-main"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range result.Files {
		for i, found := range file.Findings {
			all = append(all, Finding{
				Finding: found, Point: file.Source.Point(found.Span.Start), File: "app/main.py",
				Claim: file.Claims[i], Named: filepath.ToSlash(file.Source.Path()),
			})
		}
	}
	if len(all) != len(lines) {
		t.Fatalf("%d findings in\n%s", len(all), text)
	}
	return all
}

func TestBoard(t *testing.T) {
	b := &board{hub: newHub()}
	b.put(sleeps(t, 5, 7))
	holds := func(when string, want ...string) {
		t.Helper()
		if got := confirms(t, b); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	holds("nothing has run", "", "")
	b.observe(slept("app/main.py", 5, 300))
	holds("the first one waits", "blocked 300 ms", "")
	for _, other := range []analysis.Observation{
		slept("main.py", 7, 300), slept("/whole/app/main.py", 7, 300), slept("app/main.py", 6, 300), {Kind: analysis.Printed, Text: "x"},
		{Kind: analysis.Raised, At: &analysis.Site{File: "app/main.py", Line: 7}},
	} {
		b.observe(other)
	}
	holds("what is not of the second", "blocked 300 ms", "")
	b.put(sleeps(t, 4, 5))
	holds("findings that come later than what was observed", "", "blocked 300 ms")
	b.begin()
	holds("the next run begins", "", "")
	b.put(sleeps(t, 4, 5))
	holds("what is over is not measured again", "", "")
	b.observe(slept("app/main.py", 4, 400))
	b.put(nil)
	holds("all is mended")
	if string(b.hub.findings) != `{"findings":[]}` {
		t.Errorf("it says %s", b.hub.findings)
	}
}
