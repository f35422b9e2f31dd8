package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
)

// cache is where tests keep the Pyodides that they fetch: looked for before any of them goes elsewhere.
var cache = disttest.Cache()

func useCache(t *testing.T) {
	t.Helper()
	if os.Getenv(dist.CacheVariable) == "" {
		t.Setenv(dist.CacheVariable, cache)
	}
}

// inBrowser is for tests that run something in a real browser, for which the quick loop has no time.
func inBrowser(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	useCache(t)
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
	inBrowser(t)
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
	said := strings.Replace(got.log, "fetched into the cache", "from the cache", 1) // the first time
	if want := "Pyodide 0.29.5 from the cache (package.json asks for pyodide 0.29.5 (package.json:1)), main thread\n"; said != want {
		t.Errorf("said %q, want %q", said, want)
	}
}

func TestRunJSON(t *testing.T) {
	inBrowser(t)
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
	inBrowser(t)
	folder(t, map[string]string{"main.py": "import js\nn = 0\nwhile True:\n    n += 1\n"})
	began := time.Now()
	got := program(t, "", "run", "--interrupt-after", "1s", "main.py")
	got.wants(t, exitFindings, "stopped it did not end by itself\n  --> main.py:", "main thread")
	if took := time.Since(began); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

// wantsAll holds a report to lines that follow each other in it, each with the line behind it.
func (o outcome) wantsAll(t *testing.T, status int, pairs ...string) {
	t.Helper()
	rest := regexp.MustCompile(`\d+ ms`).ReplaceAllString(o.out, "… ms")
	for _, pair := range pairs {
		at := strings.Index(rest, pair)
		if at < 0 {
			t.Fatalf("status %d, no %q in that place of\n%s%s", o.status, pair, o.out, o.log)
		}
		rest = rest[at+len(pair):]
	}
	if o.status != status {
		t.Errorf("status %d, want %d\n%s%s", o.status, status, o.out, o.log)
	}
}

const borrowed = "uncaught Error: This borrowed proxy was automatically destroyed at the end of a function call. Try using create_proxy or create_once_callable.\n"

// The application in the README, as it stands: its page loads Pyodide by itself and fetches its files.
func TestRunPage(t *testing.T) {
	inBrowser(t)
	t.Chdir("../..")
	program(t, "", "run", "--press", "--no-jspi", "testdata/showcase/index.html").wantsAll(t, exitFindings,
		borrowed+"  --> testdata/showcase/main.py:36 made the proxy\n",
		borrowed+"  --> testdata/showcase/main.py:31 made the proxy\n",
		"blocked time.sleep held up the page for … ms\n  --> testdata/showcase/main.py:26\n",
		"shared 1 SharedArrayBuffer was made\n  --> testdata/showcase/gauge.py:11\n",
	)
}

// A page of PyScript in a folder of a project, which names files from its top, with Python on the page and in a worker.
func TestRunPyScript(t *testing.T) {
	inBrowser(t)
	folder(t, map[string]string{
		"package.json": "{}", "app/index.html": `<!doctype html>
<!-- <head> -->
<link rel="stylesheet" href="https://pyscript.net/releases/2025.2.2/core.css" integrity="sha384-x">
<script type="module" src="https://pyscript.net/releases/2025.2.2/core.js" integrity="sha384-x"></script>
<button id="more">More</button>
<script type="py">
    import js
    from pyodide.ffi import create_proxy

    def more(event):
        js.addEventListener("resize", create_proxy(print))

    js.document.getElementById("more").onclick = more
</script>
<script type="py" src="/app/main.py"></script>
<script type="py" worker src="work.py"></script>
`,
		"app/main.py": "import js\n\n\ndef tick():\n    pass\n\n\njs.setTimeout(tick, 1)\n",
		"app/work.py": "import js\n\njs.console.log(\"at work\")\n",
	})
	got := program(t, "", "run", "--press", "app")
	got.wantsAll(t, exitFindings, "console: at work\n")
	got.wantsAll(t, exitFindings, borrowed+"  --> app/main.py:8 made the proxy\n", "leaks each event leaves 1 more proxy behind\n  --> app/index.html:11\n")
}

// Workers of both kinds, which load Pyodide by themselves. They are observed as the page is.
func TestRunWorkers(t *testing.T) {
	inBrowser(t)
	folder(t, map[string]string{
		"index.html": "<script>\nnew Worker('module.js', {type: 'module'});\nnew Worker('classic.js');\n</script>\n",
		"module.js": "import { loadPyodide } from 'https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.mjs';\n" +
			"const pyodide = await loadPyodide();\npyodide.runPython(await (await fetch('module.py')).text());\n",
		"module.py": "import js\nfrom pyodide.ffi import create_proxy\njs.keep = create_proxy([])\njs.setTimeout(lambda: 1)\n",
		"classic.js": "importScripts('https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.js');\n" +
			"loadPyodide().then((pyodide) => pyodide.runPython(`\n  def f():\n    return 1 / 0\n  f()\n`));\n",
	})
	got := program(t, "", "run", "index.html")
	got.wants(t, exitFindings, "", "(classic.js:1 loads Pyodide 0.27.7), the page as it stands")
	got.wantsAll(t, exitFindings, borrowed+"  --> module.py:4 made the proxy\n", "live 1 proxy is still there when all else was collected\n  --> module.py:3\n")
	got.wantsAll(t, exitFindings, "uncaught ZeroDivisionError: division by zero\n  --> classic.js:4\n")
	if strings.Count(got.out, "uncaught") != 2 {
		t.Errorf("it is told twice:\n%s", got.out)
	}
}

// A page is left when it was waited for long enough. Errors of its own scripts have their lines.
func TestRunRestlessPage(t *testing.T) {
	inBrowser(t)
	folder(t, map[string]string{
		"package.json": "{}",
		"a b/page.html": "<!doctype html>\n<script>\nconst go = () => fetch('page.html').then(go);\ngo();\nnull.x;\n</script>\n" +
			"<script src='/js/bad.js'></script>\n",
		"js/bad.js": "\nthrow new Error('bad');\n",
	})
	program(t, "", "run", "--for", "1s", "a b/page.html").wantsAll(t, exitFindings,
		"uncaught TypeError: Cannot read properties of null (reading 'x')\n  --> a b/page.html:5\n", "uncaught Error: bad\n  --> js/bad.js:2\n", "2 mistakes were observed.\n")
}

// A page whose Python does not end is interrupted where it is.
func TestRunEndlessPage(t *testing.T) {
	inBrowser(t)
	folder(t, map[string]string{"index.html": `<!doctype html>
<head><title>Endless</title>
<script src="https://cdn.jsdelivr.net/pyodide/v0.29.5/full/pyodide.js"></script>
</head>
<script type="module">
  (await loadPyodide()).runPython("import js\nwhile True: js.Date.now()");
</script>
`})
	program(t, "", "run", "--interrupt-after", "2s", ".").wantsAll(t, exitFindings, "stopped it did not end by itself\n")
}

func TestRunWrongly(t *testing.T) {
	useCache(t)
	folder(t, map[string]string{"a.py": clean, "page.html": "<p>", "notes.txt": "", "latin.py": "# \xe9\n", "dir/x.py": clean})
	t.Setenv("PATH", t.TempDir()) // no browser, no npm
	t.Setenv("PYODIDE_LS_BROWSER", "")
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{nil, exitUsage, "accepts 1 arg"},
		{[]string{"gone.py"}, exitUsage, "gone.py: no such file"},
		{[]string{"dir"}, exitUsage, "dir is a folder without an index.html: name a page or a file of Python in it"},
		{[]string{"notes.txt"}, exitUsage, "notes.txt is neither a file of Python, whose name ends in .py, nor a page, whose name ends in .html"},
		{[]string{"--realm", "worker", "page.html"}, exitUsage, "--realm worker: a page says itself where its Python runs"},
		{[]string{"--realm", "moon", "a.py"}, exitUsage, "--realm moon: it is one of main, worker"},
		{[]string{"--output-format", "xml", "a.py"}, exitUsage, "--output-format xml: it is one of text, json"},
		{[]string{"--target", "0.20", "a.py"}, exitUsage, `"0.20" is no version`},
		{[]string{"latin.py"}, exitTrouble, "latin.py is not UTF-8"},
		{[]string{"page.html"}, exitTrouble, "there is no Chromium or Chrome here"},
		{[]string{"a.py"}, exitTrouble, "there is no Chromium or Chrome here: install one, or name it in PYODIDE_LS_BROWSER"},
	} {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			program(t, "", append([]string{"run"}, test.args...)...).wants(t, test.code, "", test.want)
		})
	}
}
