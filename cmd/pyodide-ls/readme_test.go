package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The README shows a program and what running it prints. It is run, in a browser; milliseconds are as it comes.
func TestReadmeShowsARealRun(t *testing.T) {
	inBrowser(t)
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	before, behind, shown := strings.Cut(string(readme), "```console\n$ pyodide-ls run main.py\n")
	want, _, closed := strings.Cut(behind, "```\n")
	at := strings.LastIndex(before, "```python\n")
	if !shown || !closed || at < 0 {
		t.Fatal("the README shows no run of main.py with the program before it")
	}
	code, _, _ := strings.Cut(before[at+len("```python\n"):], "```\n")
	folder(t, map[string]string{"main.py": code})
	got := program(t, "", "run", "main.py")
	milliseconds := regexp.MustCompile(`\d+ ms`)
	if milliseconds.ReplaceAllString(got.out, "… ms") != milliseconds.ReplaceAllString(want, "… ms") {
		t.Errorf("it prints\n%s\nand the README shows\n%s\n%s", got.out, want, got.log)
	}
	if got.status != exitFindings {
		t.Errorf("exit status %d", got.status)
	}
}
