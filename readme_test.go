package house

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// inBrowser is what a command begins with that needs a browser; a test of its package holds what the README shows of it.
const inBrowser = "pyodide-ls run "

// The output that the README shows is the real one.
func TestReadmeShowsRealOutput(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(readme), "```console\n$ ")[1:]
	if len(blocks) < 2 {
		t.Fatalf("the README shows %d outputs", len(blocks))
	}
	for _, block := range blocks {
		command, rest, _ := strings.Cut(block, "\n")
		shown, _, closed := strings.Cut(rest, "\n```\n")
		if !closed {
			t.Fatalf("the output of %s does not end", command)
		}
		if strings.HasPrefix(command, inBrowser) {
			continue
		}
		words := strings.Fields(command)
		if words[0] == "pyodide-ls" {
			words = append([]string{"go", "run", "./cmd/pyodide-ls"}, words[1:]...)
		}
		out, err := exec.Command(words[0], words[1:]...).Output()
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		if got := strings.TrimSpace(string(out)); got != shown {
			t.Errorf("%s prints\n%s\nand the README shows\n%s", command, got, shown)
		}
	}
}
