package analysis_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
)

// freezing is a rule that reports the calls which freeze the page by way of other functions.
func freezing() *analysis.Rule {
	return &analysis.Rule{
		Name: "freezing", Severity: analysis.Warning, Realms: pyodide.Main, Evidence: analysis.HeldUp(func(string) bool { return true }),
		Check: func(p *analysis.Pass) {
			for _, f := range p.Freezing(flow.Waits) {
				p.Report(f.Call.Node, 0, f.Finding("wait", "it is over"))
			}
		},
	}
}

// checked are the findings of a rule in a file of a project.
func checked(t *testing.T, rule *analysis.Rule, texts map[string]string, file string) (*analysis.File, []analysis.Finding) {
	t.Helper()
	files, opened := map[string]analysis.Traits{}, map[string]*analysis.File{}
	for path, text := range texts {
		files[path] = traits(path, text)
		var err error
		if opened[path], err = analysis.Open(source.New(path, text), analysis.Setting{}); err != nil {
			t.Fatal(err)
		}
	}
	project := analysis.NewProject(files, func(paths []string) map[string]realm.Python {
		parsed := map[string]realm.Python{}
		for _, path := range paths {
			parsed[path] = opened[path].Python()
		}
		return parsed
	})
	f := opened[file]
	return f, analysis.Check(t.Context(), f, project.View(file), []*analysis.Rule{rule}, analysis.Options{Project: project})
}

// freezes are the findings in a file of a project, a line each, with the lines that explain them.
func freezes(t *testing.T, texts map[string]string, file string) (said string, f *analysis.File, findings []analysis.Finding) {
	t.Helper()
	f, findings = checked(t, freezing(), texts, file)
	var b strings.Builder
	for _, x := range findings {
		fmt.Fprintf(&b, "%d: %s", f.Source.Point(x.Span.Start).Line, strings.Split(x.Message, ",")[0])
		for _, r := range x.Related {
			if r.Path == "" {
				r.Path, r.At = "here", f.Source.Range(r.Span)
			}
			fmt.Fprintf(&b, "; %s:%d", r.Path, r.At.Start.Line)
		}
		b.WriteString("\n")
	}
	return b.String(), f, findings
}

const slow = "import time\ndef wait(): time.sleep(1)\ndef read(): wait()\nclass Gauge:\n    def __init__(self): read()\n"

func TestFreezing(t *testing.T) {
	const head = "from js import document\nimport slow\nfrom slow import Gauge, wait\n"
	for name, c := range map[string]struct{ text, want string }{
		"a call":                     {"def f(e): slow.read()\n", "4: slow.read leads to time.sleep; slow.py:3; slow.py:2\n"},
		"one that makes an instance": {"def f(e): g = Gauge()\n", "4: Gauge leads to time.sleep; slow.py:5; slow.py:3; slow.py:2\n"},
		"several of one cause":       {"def f(e): wait()\ndef g(e): wait()\ndef h(): f(1)\n", "4: wait calls time.sleep; slow.py:2\n"},
		"the one that always does":   {"async def f(): wait()\ndef g(e): wait()\n", "5: wait calls time.sleep; slow.py:2\n"},
		"what a guard keeps out":     {"import sys\nif sys.platform != 'emscripten': wait()\n", ""},
		"a name of its own":          {"def wait(): pass\nwait()\n", ""},
		"what is found there":        {"import time\ndef f(): time.sleep(1)\nf()\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _, _ := freezes(t, map[string]string{"page.py": head + c.text, "slow.py": slow}, "page.py"); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// A place in the file itself is one of its text, and what a browser shows of the mistake stands where it waits.
func TestFreezingWithin(t *testing.T) {
	const text = "import sys, time\ndef wait(): time.sleep(1)\nif sys.platform == 'emscripten':\n    import js\n    wait()\n"
	said, f, findings := freezes(t, map[string]string{"a.py": text}, "a.py")
	if said != "5: wait calls time.sleep; here:2\n" {
		t.Fatalf("found\n%s", said)
	}
	for line, want := range map[int]bool{2: true, 5: false} {
		o := analysis.Observation{Kind: analysis.Blocked, Text: "time.sleep", Milliseconds: 1000, At: &analysis.Site{File: "a.py", Line: line}}
		if _, ok := f.Claim(findings[0]).Measured(o); ok != want {
			t.Errorf("that line %d blocks is evidence: %v", line, ok)
		}
	}
}
