package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
)

// cache is where the tests of the tree keep the Pyodides that they fetch.
var cache, _ = filepath.Abs("../../.cache/pyodide-ls")

func useCache(t *testing.T) {
	t.Helper()
	if os.Getenv(dist.CacheVariable) == "" {
		t.Setenv(dist.CacheVariable, cache)
	}
}

// application is a program with a module of its own, and one mistake of each kind.
var application = map[string]string{
	"main.py": `import js
from helper import wait
from pyodide.ffi import create_once_callable, create_proxy


def tick():
    print("tick")


print("begin")
js.setTimeout(tick, 10)
js.setTimeout(create_once_callable(wait), 20)
js.keep = create_proxy(tick)
`,
	"helper.py":    "import time\n\n\ndef wait():\n    time.sleep(0.4)\n    raise ValueError(\"too late\")\n",
	"package.json": `{"dependencies": {"pyodide": "0.29.5"}}`,
}

// The whole way: a real browser, a real Pyodide of the line that the project is for, and what the browser observed.
func TestRun(t *testing.T) {
	useCache(t)
	folder(t, application)
	got := program(t, "", "run", "main.py")
	out := regexp.MustCompile(`\d+ ms`).ReplaceAllString(got.out, "… ms")
	const want = `begin
uncaught Error: This borrowed proxy was automatically destroyed at the end of a function call. Try using create_proxy or create_once_callable.
  --> main.py:11 made the proxy
uncaught ValueError: too late
  --> helper.py:6
blocked time.sleep held up the page for … ms
  --> helper.py:5
live 1 proxy is still there when all else was collected
  --> main.py:13

3 mistakes were observed.
`
	if got.status != exitFindings || out != want {
		t.Errorf("status %d\n%s\nwant\n%s%s", got.status, out, want, got.log)
	}
	if want := "Pyodide 0.29.5 from the cache (package.json asks for pyodide 0.29.5 (package.json:1)), main thread\n"; got.log != want {
		t.Errorf("said %q, want %q", got.log, want)
	}
}

func TestRunJSON(t *testing.T) {
	useCache(t)
	folder(t, map[string]string{"job.py": "import time\n\n# pyodide-ls: realm=worker\ntime.sleep(0.1)\nprint(\"<done>\")\n"})
	got := program(t, "", "run", "--output-format", "json", "--target", "0.27", "job.py")
	var report struct {
		preview.About
		Observations []analysis.Observation
	}
	if err := json.Unmarshal([]byte(got.out), &report); err != nil {
		t.Fatalf("%v in\n%s%s", err, got.out, got.log)
	}
	about := preview.About{File: "job.py", Pyodide: "0.27.7", Realm: "worker", Isolated: true}
	if got.status != exitClean || report.About != about || len(report.Observations) != 1 || report.Observations[0].Text != "<done>" {
		t.Errorf("status %d, %+v", got.status, report)
	}
}

// A program that does not end is ended, and the reader is told where it was.
func TestRunEndless(t *testing.T) {
	useCache(t)
	folder(t, map[string]string{"main.py": "import js\nn = 0\nwhile True:\n    n += 1\n"})
	began := time.Now()
	got := program(t, "", "run", "--interrupt-after", "1s", "main.py")
	got.wants(t, exitFindings, "stopped it did not end by itself\n  --> main.py:", "main thread")
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

func TestRunWrongly(t *testing.T) {
	folder(t, map[string]string{"a.py": clean, "page.html": "<p>", "latin.py": "# \xe9\n", "dir/x.py": clean})
	t.Setenv("PATH", t.TempDir()) // no browser, no npm
	t.Setenv("PYODIDE_LS_BROWSER", "")
	useCache(t)
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{nil, exitUsage, "accepts 1 arg"},
		{[]string{"gone.py"}, exitUsage, "gone.py: no such file"},
		{[]string{"dir"}, exitUsage, "dir is a folder: name a file of Python in it"},
		{[]string{"page.html"}, exitUsage, "page.html is no file of Python"},
		{[]string{"--realm", "moon", "a.py"}, exitUsage, "--realm moon: it is one of main, worker"},
		{[]string{"--output-format", "xml", "a.py"}, exitUsage, "--output-format xml: it is one of text, json"},
		{[]string{"--target", "0.20", "a.py"}, exitUsage, `"0.20" is no version`},
		{[]string{"--runtime", "dir", "a.py"}, exitTrouble, "--runtime dir: "},
		{[]string{"latin.py"}, exitTrouble, "latin.py is not UTF-8"},
		{[]string{"a.py"}, exitTrouble, "there is no Chromium or Chrome here: install one, or name it in PYODIDE_LS_BROWSER"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			program(t, "", append([]string{"run"}, test.args...)...).wants(t, test.code, "", test.want)
		})
	}
}
