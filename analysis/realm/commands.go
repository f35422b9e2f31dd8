package realm

import (
	"path"
	"regexp"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// command is one that has files run somewhere. The first group of its pattern is a path.
type command struct {
	word    string // without which the pattern finds nothing
	pattern *regexp.Regexp
	realms  pyodide.Realms
	entry   host.Entry
	what    string
	files   func(path string) []string // that the path, or the arguments, stand for
	app     App
	unless  func(text string) bool // it is not known what the command does
	// manifest says that only a package.json has it; code, that a script of Python may have it as well; text, that a
	// text for people may, where it is what they are to do.
	manifest, code, text bool
}

// A path in a command: no option, no variable, nothing in the folder of somebody else.
const (
	pathOf = `["']?(\.|(?:\./)?\w[\w./*-]*)(?:["'` + "`" + `\s;&|)\\]|$)`
	// starts is what stands before the name of a command, and options are those before its path, with their values.
	starts  = `(?m)(?:^|[\s;&|"'` + "`" + `(=/@])`
	options = `(?:--?[\w][^\s=]*(?:=\S+)?[ \t]+(?:[^\s-]\S*[ \t]+)?)*`
	rest    = `([^\n;&|` + "`" + `]*)`
)

var known = []command{
	{
		word: "panel", pattern: regexp.MustCompile(`\bpanel[ \t]+convert\b` + rest), files: func(args string) []string { return panelFiles(args, true) },
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "panel converts it for a worker", text: true,
	}, {
		word: "panel", pattern: regexp.MustCompile(`\bpanel[ \t]+convert\b` + rest), files: func(args string) []string { return panelFiles(args, false) },
		realms: pyodide.Main, entry: host.AsyncEntry, what: "panel converts it for a page", text: true,
	}, { // Source: https://github.com/posit-dev/shinylive, src/Components/App.tsx: the proxy is a worker's if nobody asks for another
		word: "shinylive", pattern: regexp.MustCompile(`\bshinylive[ \t]+export[ \t]+(?:(?:--(?:subdir|template-dir|template-params)[ \t]+\S+|--?\S+)[ \t]+)*` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "shinylive runs it in a worker", files: pythonBelow,
	}, {
		word: "shiny static", pattern: regexp.MustCompile(`\bshiny[ \t]+static[ \t]+(?:--?\S+[ \t]+)*` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "shinylive runs it in a worker", files: pythonBelow,
	}, { // Source: https://docs.marimo.io/guides/exporting/webassembly_html
		word: "html-wasm", pattern: regexp.MustCompile(`\bexport\b["',\s]+html-wasm\b` + rest), files: marimoFiles, app: Marimo,
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "marimo exports it to run in a worker", code: true,
	}, { // Source: https://github.com/jebel-quant/marimushka
		word: "marimushka", pattern: regexp.MustCompile(`(?m)^\s*(?:apps|notebooks_wasm):\s*` + pathOf),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "marimo exports it to run in a worker", files: pythonBelow, app: Marimo,
	}, {
		word: "jupyter", pattern: regexp.MustCompile(`\bjupyter[ -]lite[ \t]+(?:build|serve)\b` + rest),
		realms: pyodide.Worker, entry: host.AsyncEntry, what: "JupyterLite runs it in a worker", files: liteFiles, unless: otherKernel,
	}, {
		word: "node", pattern: regexp.MustCompile(starts + `(?:node|ts-node)[ \t]+(?:--?[\w=-]+[ \t]+)*` + pathOf),
		realms: pyodide.Node, what: "Node runs it", files: scriptAt,
	}, {
		word: "tsx", pattern: regexp.MustCompile(starts + `tsx[ \t]+(?:watch[ \t]+)?(?:--?[\w=-]+[ \t]+)*` + pathOf),
		realms: pyodide.Node, what: "Node runs it", files: scriptAt,
	}, {
		word: "deno", pattern: regexp.MustCompile(starts + `deno[ \t]+(?:run|test)[ \t]+` + options + pathOf),
		realms: pyodide.Node, what: "Deno runs it", files: scriptAt,
	}, {
		word: "bun", pattern: regexp.MustCompile(starts + `bun[ \t]+(?:run[ \t]+)?` + pathOf),
		realms: pyodide.Node, what: "Bun runs it", files: scriptAt,
	}, {
		pattern: regexp.MustCompile(`\b(?:vitest|jest|mocha)\b` + rest), manifest: true,
		realms: pyodide.Node, what: "a test that runs in Node", files: testScripts,
	}, {
		word: "python", pattern: regexp.MustCompile(starts + `python3?(?:\.\d+)?[ \t]+(?:-[uOBW][ \t]+)*` + pathOf),
		realms: pyodide.Host, what: "another Python runs it", files: pythonAt, unless: ofPyodidesOwn,
	}, {
		word: "corn", pattern: regexp.MustCompile(`\b(?:uvicorn|gunicorn|hypercorn)[ \t]+` + options + `([A-Za-z_][\w.]*):\w+`),
		realms: pyodide.Host, what: "a server runs it", files: moduleAt,
	}, { // Source: https://fastapi.tiangolo.com/fastapi-cli/
		word: "fastapi", pattern: regexp.MustCompile(starts + `fastapi[ \t]+(?:run|dev)[ \t]+` + pathOf),
		realms: pyodide.Host, what: "a server runs it", files: pythonAt,
	}, { // Source: https://flask.palletsprojects.com/en/stable/cli/
		word: "FLASK_APP", pattern: regexp.MustCompile(`\bFLASK_APP[=: ][ \t]*` + pathOf),
		realms: pyodide.Host, what: "a server runs it", files: moduleAt,
	}, {
		word: "flask", pattern: regexp.MustCompile(starts + `flask[ \t]+(?:--app|-A)[ =]` + pathOf),
		realms: pyodide.Host, what: "a server runs it", files: moduleAt,
	},
}

// commands marks what the commands in a file have run.
func (m *marking) commands() {
	ending := path.Ext(m.file)
	code, text, manifest := ending == ".py", ending == ".md", ending == ".json"
	var shell *shell
	for _, c := range known {
		if code && !c.code || text && !c.text || c.manifest && !manifest || !strings.Contains(m.text, c.word) {
			continue
		}
		if shell == nil {
			shell = m.shell()
		}
		if c.unless != nil && c.unless(m.text) {
			continue
		}
		for _, at := range c.pattern.FindAllStringSubmatchIndex(shell.text, -1) {
			m.command(c, shell, at[2], at[3])
		}
	}
}

// command marks what one command has run, whose path or arguments stand there.
func (m *marking) command(c command, shell *shell, from, to int) {
	files := c.files(shell.text[from:to])
	if len(files) == 0 {
		return
	}
	dir, ok := shell.folders().of(from)
	if !ok {
		return
	}
	if dir != "" {
		for i, file := range files {
			files[i] = path.Join(dir, file)
		}
	}
	m.add(from, Mark{Files: files, Up: m.up(), App: c.app, Realms: c.realms, Entry: c.entry, What: c.what})
}

// ofPyodidesOwn says whether the Python that commands run may be Pyodide, in an environment made for that.
// Source: https://pyodide-build.readthedocs.io/en/latest/how-to/testing-packages.html
func ofPyodidesOwn(text string) bool {
	return strings.Contains(text, "pyodide venv") || strings.Contains(text, "venv-pyodide")
}

// up is how many folders above its own a file's commands run: those of a workflow run at the root, and a script in a
// folder of scripts is started beside that.
func (m *marking) up() int {
	dir := path.Dir(m.file)
	switch {
	case strings.HasSuffix(dir, ".github/workflows"):
		return 2
	case path.Base(dir) == "scripts":
		return 1
	}
	return 0
}
