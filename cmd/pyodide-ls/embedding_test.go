package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Each way in which Python stands in other files is a small project in testdata/embedding, with what check finds
// in it, each finding at its place in the host and with the text there, and with what --fix makes of it.
func TestEmbedding(t *testing.T) { eachProject(t, "testdata/embedding/*.txtar", checked) }

// checked is what check finds in a project, and what --fix changes in it.
func checked(t *testing.T, files []txtar.File) []txtar.File {
	t.Helper()
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = hostText(f)
	}
	folder(t, texts)
	found := txtar.File{Name: "findings", Data: []byte(findings(t, texts))}
	program(t, "", "check", "--fix", "--exit-zero", ".")
	if left := program(t, "", "check", "--diff", "--exit-zero", "."); left.out != "" {
		t.Errorf("something is left to fix:\n%s", left.out)
	}
	fixed := []txtar.File{found}
	for _, f := range files {
		if now := read(t, f.Name); now != texts[f.Name] {
			fixed = append(fixed, txtar.File{Name: "fixed/" + f.Name, Data: []byte(strings.ReplaceAll(now, "\r\n", "\n"))})
		}
	}
	return fixed
}

// hostText is a file as it is on disk: one whose name says so has the line ends of Windows.
func hostText(f txtar.File) string {
	if strings.HasPrefix(filepath.Base(f.Name), "crlf") {
		return strings.ReplaceAll(string(f.Data), "\n", "\r\n")
	}
	return string(f.Data)
}

// findings lists what check reports, one line each, with the text of the host at the place.
func findings(t *testing.T, texts map[string]string) string {
	t.Helper()
	var report struct {
		Findings []struct {
			Path, Rule, Severity, Message    string
			Realms                           []string
			Line, Column, EndLine, EndColumn int
			Related                          []struct {
				Path         string
				Line, Column int
			}
			Pyodide []string
			Because string
		}
		Errors []struct{ Path, Message string }
	}
	got := program(t, "", "check", "--output-format", "json", "--min-severity", "hint", "--exit-zero", ".")
	if err := json.Unmarshal([]byte(got.out), &report); err != nil {
		t.Fatalf("%v\n%s", err, got.log)
	}
	var b strings.Builder
	for _, f := range report.Findings {
		line := strings.Split(strings.ReplaceAll(texts[f.Path], "\r\n", "\n"), "\n")[f.Line-1]
		end := len([]rune(line))
		if f.EndLine == f.Line {
			end = f.EndColumn - 1
		}
		fmt.Fprintf(&b, "%s:%d:%d: %s[%s] %s\n  at %q on %s", f.Path, f.Line, f.Column, f.Severity, f.Rule, f.Message,
			string([]rune(line)[f.Column-1:end]), cmp.Or(strings.Join(f.Realms, "+"), "unknown"))
		if len(f.Pyodide) < 5 && len(f.Pyodide) > 0 {
			fmt.Fprintf(&b, ", Pyodide %s", strings.Join(f.Pyodide, " "))
		}
		if f.Because != "" {
			fmt.Fprintf(&b, ": %s", f.Because)
		}
		for _, r := range f.Related {
			b.WriteString("; see ")
			if r.Path != f.Path {
				b.WriteString(r.Path + ":")
			}
			fmt.Fprintf(&b, "%d:%d", r.Line, r.Column)
		}
		b.WriteString("\n")
	}
	for _, e := range report.Errors {
		fmt.Fprintf(&b, "%s: %s\n", e.Path, e.Message)
	}
	b.WriteString(got.log)
	return b.String()
}
