package house

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the READMEs of patterns show of this program is what it says in their folders.
func TestPatternsShowRealOutput(t *testing.T) {
	program := filepath.Join(t.TempDir(), "pyodide-ls")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/pyodide-ls").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := filepath.Glob("gallery/*/README.md")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		readme, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(readme), "```console\n$ pyodide-ls ")[1:] {
			command, rest, _ := strings.Cut(block, "\n")
			shown, _, closed := strings.Cut(rest, "\n```\n")
			if !closed {
				t.Fatalf("%s: the output of %s does not end", file, command)
			}
			run := exec.Command(program, strings.Fields(command)...)
			run.Dir = filepath.Dir(file)
			out, err := run.Output()
			var exited *exec.ExitError
			if err != nil && !errors.As(err, &exited) {
				t.Fatal(err)
			}
			if got := strings.TrimSpace(string(out)); got != shown {
				t.Errorf("%s: %s prints\n%s\nand is to print\n%s", file, command, got, shown)
			}
		}
	}
}
