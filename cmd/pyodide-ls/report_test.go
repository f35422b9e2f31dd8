package main

import (
	"encoding/json"
	"flag"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"pyodide-ls/rules"
)

var update = flag.Bool("update", false, "write testdata/reports anew")

// driver is where a SARIF log says which build wrote it.
var driver = regexp.MustCompile(`("driver": \{(?s:.*?)\n {10}"version": )"[^"]*"`)

// Each format of the showcase is what it was; -update says that a change is meant.
func TestReports(t *testing.T) {
	t.Chdir("../..")
	for _, format := range []string{"text", "json", "github", "sarif"} {
		t.Run(format, func(t *testing.T) {
			got := program(t, "", "check", "--output-format", format, "testdata/showcase")
			got.wants(t, exitFindings, "testdata/showcase/main.py", "")
			if format == "sarif" {
				if !driver.MatchString(got.out) {
					t.Fatalf("the log does not say which version wrote it:\n%s", got.out)
				}
				got.out = driver.ReplaceAllString(got.out, `$1"VERSION"`)
			}
			golden := "testdata/reports/showcase." + map[string]string{"text": "txt", "json": "json", "github": "github.txt", "sarif": "sarif"}[format]
			if *update {
				write(t, golden, got.out)
			}
			if want := read(t, golden); got.out != want {
				t.Errorf("%s differs (-update writes it anew):\n%s", golden, got.out)
			}
		})
	}
}

// The second page of the showcase has a mistake of each rule that the first one does not show.
func TestShowcaseShowsEveryRule(t *testing.T) {
	elsewhere := []string{ // in testdata/projects
		"banned-call", "broken-document", "misspelt-ignore", "missing-package", "pyscript-deadlock", "removed-stdlib", "top-level-await",
		"unused-ignore", "worker-dom", "worker-type",
	}
	t.Chdir("../..")
	got := program(t, "", "check", "testdata/showcase-all")
	golden := "testdata/reports/showcase-all.txt"
	if *update {
		write(t, golden, got.out)
	}
	if want := read(t, golden); got.out != want {
		t.Errorf("%s differs (-update writes it anew):\n%s", golden, got.out)
	}
	shown := got.out + read(t, "testdata/reports/showcase.txt")
	for _, r := range rules.All {
		if !slices.Contains(elsewhere, r.Name) && !strings.Contains(shown, "["+r.Name+"]") {
			t.Errorf("the showcase has no %s", r.Name)
		}
	}
}

// A SARIF log is valid whether there are findings, nothing, or trouble.
func TestSARIFIsValid(t *testing.T) {
	for name, args := range map[string][]string{
		"findings": {"bare.py", "sleep.py"}, "nothing": {"clean.py"}, "trouble": {"odd name: nul.py", "bare.py"},
	} {
		t.Run(name, func(t *testing.T) {
			folder(t, map[string]string{"bare.py": bare, "sleep.py": sleep, "clean.py": clean, "odd name: nul.py": "import js\x00"})
			got := program(t, "", append([]string{"check", "--output-format", "sarif"}, args...)...)
			report, err := sarif.FromString(got.out)
			if err != nil {
				t.Fatalf("%v:\n%s", err, got.out)
			}
			if err := report.Validate(); err != nil {
				t.Errorf("%v:\n%s", err, got.out)
			}
			if len(report.Runs) != 1 || report.Runs[0].Results == nil {
				t.Fatalf("a log has one run, and its results are said even when there are none:\n%s", got.out)
			}
			if ok := *report.Runs[0].Invocations[0].ExecutionSuccessful; ok != (name != "trouble") {
				t.Errorf("executionSuccessful is %v", ok)
			}
		})
	}
}

// Fingerprints follow a finding to another line, and tell equal lines apart.
func TestFingerprints(t *testing.T) {
	prints := func(text string) []string {
		got := program(t, text, "check", "--output-format", "sarif", "-", "--stdin-filename", "page.py")
		report, err := sarif.FromString(got.out)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, r := range report.Runs[0].Results {
			all = append(all, r.PartialFingerprints["pyodide-ls/v1"])
		}
		return all
	}
	t.Chdir(t.TempDir())
	before, moved := prints(bare), prints("\n\n# moved\n"+bare)
	if len(before) != 1 || strings.Join(before, " ") != strings.Join(moved, " ") {
		t.Errorf("the finding is %q, and %q when its line moves", before, moved)
	}
	twice := prints(bare + "js.document.addEventListener(\"click\", f)\n")
	if len(twice) != 2 || twice[0] != before[0] || twice[1] == twice[0] {
		t.Errorf("two equal lines are %q; the line alone is %q", twice, before)
	}
}

// The JSON report says of trouble, too, and is one object even then.
func TestJSONOfTrouble(t *testing.T) {
	folder(t, map[string]string{"nul.py": "import js\x00", "bare.py": bare})
	got := program(t, "", "check", "--output-format", "json", ".")
	got.wants(t, exitTrouble, "", "pyodide-ls: nul.py: ")
	var report struct {
		Findings []struct{ Path, Rule string }
		Files    int
		Errors   []struct{ Path, Message string }
	}
	if err := json.Unmarshal([]byte(got.out), &report); err != nil {
		t.Fatalf("%v:\n%s", err, got.out)
	}
	if len(report.Findings) != 1 || report.Findings[0].Path != "bare.py" || report.Findings[0].Rule != "bare-callback" {
		t.Errorf("findings %v", report.Findings)
	}
	if report.Files != 2 || len(report.Errors) != 1 || report.Errors[0].Path != "nul.py" {
		t.Errorf("%d files, errors %v", report.Files, report.Errors)
	}
	empty := program(t, clean, "check", "--output-format", "json", "-")
	empty.wants(t, exitClean, `"findings": []`, "")
}

// What GitHub reads as syntax is escaped.
func TestGitHubEscapes(t *testing.T) {
	folder(t, map[string]string{"a,b:100%.py": bare, "c:d.py": "import js\x00"})
	got := program(t, "", "check", "--output-format", "github", ".")
	got.wants(t, exitTrouble, "::error file=a%2Cb%3A100%25.py,line=4,endLine=4,col=39,endColumn=40,", "c:d.py")
	got.wants(t, exitTrouble, "::error file=c%3Ad.py,title=pyodide-ls::holds a NUL byte", "c:d.py")
}
