package house

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The output that the README shows is the real one.
func TestReadmeShowsRealOutput(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "```console\n$ go ")
	command, rest, _ := strings.Cut(rest, "\n")
	shown, _, closed := strings.Cut(rest, "\n```\n")
	if !found || !closed {
		t.Fatal("the README shows no output")
	}
	out, err := exec.Command("go", strings.Fields(command)...).Output()
	if err != nil {
		t.Fatalf("go %s: %v", command, err)
	}
	if got := strings.TrimSpace(string(out)); got != shown {
		t.Errorf("go %s prints\n%s\nand the README shows\n%s", command, got, shown)
	}
}
