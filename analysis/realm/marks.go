package realm

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Mark is what one file says of where others run.
type Mark struct {
	// Files are globs with slashes, seen from the folder of the file, or from so many folders above it.
	Files  []string
	Up     int
	App    App // of files of one kind only, if it is not empty
	Realms pyodide.Realms
	Entry  host.Entry
	Weak   bool   // it says so only where nothing else says anything
	What   string // for people: "wrangler.toml has Cloudflare Workers run it"
	Line   int    // 1-based
}

// App is the framework that a file of Python is written for, as a word in it tells.
type App string

// The frameworks of which the whole file is run.
const (
	NoApp  App = ""
	Marimo App = "marimo"
)

// AppOf is the framework that a file of Python is written for.
// Source: https://docs.marimo.io/guides/editor_features/tools/ (a notebook is a file that makes a marimo.App)
func AppOf(text string) App {
	if strings.Contains(text, "marimo.App(") {
		return Marimo
	}
	return NoApp
}

// markers are the files that say by their names what they are.
var markers = map[string]func(*marking){
	"package.json": (*marking).manifest, "wrangler.toml": (*marking).wrangler, "wrangler.json": (*marking).wrangler,
	"wrangler.jsonc": (*marking).wrangler, "jupyter-lite.json": (*marking).jupyterLite, "jupyter_lite_config.json": (*marking).jupyterLite,
	"setup.py": (*marking).self, "noxfile.py": (*marking).self, "manage.py": (*marking).self,
	"fabfile.py": (*marking).self, "dodo.py": (*marking).self,
}

// buildFiles are the names of further files that hold commands, and buildEndings the ends of such names.
var (
	buildFiles   = []string{"Makefile", "GNUmakefile", "makefile", "justfile", "Justfile", "Procfile", "Dockerfile", "Taskfile.yml", "pixi.toml", "netlify.toml"}
	buildEndings = []string{".sh", ".yml", ".yaml"}
)

// Reads says whether a file of that name may say something of versions or of where others run, though it holds no
// Python that runs in Pyodide.
func Reads(name string) bool {
	return readers[name] != nil || markers[name] != nil || slices.Contains(buildFiles, name) || isolates(name) || outsider(name) ||
		slices.ContainsFunc(buildEndings, func(end string) bool { return strings.HasSuffix(name, end) })
}

// marking collects the marks of a file.
type marking struct {
	file, text string
	marks      []Mark
}

// MarksIn is what a file, by its name and its text, says of where others run.
func MarksIn(file, text string) []Mark {
	m := &marking{file: slashed(file), text: text}
	name := path.Base(m.file)
	if read := markers[name]; read != nil {
		read(m)
	}
	if commands(name) {
		m.commands()
	}
	return m.marks
}

// commands says whether a file of that name holds commands.
func commands(name string) bool {
	if otherLocks[name] != nil {
		return false
	}
	return name == "package.json" || slices.Contains(buildFiles, name) || path.Ext(name) == ".py" || path.Ext(name) == ".md" ||
		slices.ContainsFunc(buildEndings, func(end string) bool { return strings.HasSuffix(name, end) })
}

func (m *marking) add(at int, mark Mark) {
	mark.Line = 1 + strings.Count(m.text[:min(max(at, 0), len(m.text))], "\n")
	m.marks = append(m.marks, mark)
}

// self marks a file that is named as only tools for another Python name theirs.
func (m *marking) self() {
	name := path.Base(m.file)
	m.add(0, Mark{Files: []string{name}, Realms: pyodide.Host, Weak: true, What: name + " is for tools outside Pyodide"})
}

// manifest reads a package.json: the apps of stlite's desktop.
// Source: https://github.com/whitphx/stlite/blob/main/packages/desktop/README.md
func (m *marking) manifest() {
	var p struct {
		Stlite struct {
			Desktop struct {
				Files      []string `json:"files"`
				Entrypoint string   `json:"entrypoint"`
			} `json:"desktop"`
		} `json:"stlite"`
	}
	if !strings.Contains(m.text, "stlite") || json.Unmarshal([]byte(m.text), &p) != nil {
		return
	}
	files := append(p.Stlite.Desktop.Files, p.Stlite.Desktop.Entrypoint)
	files = slices.DeleteFunc(files, func(f string) bool { return !strings.HasSuffix(f, ".py") })
	if len(files) > 0 {
		m.add(strings.Index(m.text, `"stlite"`), Mark{
			Files: files, Realms: pyodide.Worker, Entry: host.AsyncEntry, What: "stlite runs it in a worker",
		})
	}
}

var (
	wranglerMain  = regexp.MustCompile(`(?m)(?:^|[{,])\s*"?main"?\s*[:=]\s*["']([^"']+\.py)["']`)
	pythonWorkers = regexp.MustCompile(`["']python_workers["']`)
)

// wrangler reads the settings of a Cloudflare Worker, which run Pyodide in workerd.
// Source: https://developers.cloudflare.com/workers/languages/python/
func (m *marking) wrangler() {
	text := comment.ReplaceAllStringFunc(m.text, blank)
	main := wranglerMain.FindStringSubmatchIndex(text)
	if main == nil || !pythonWorkers.MatchString(text) {
		return
	}
	m.add(main[2], Mark{
		Files: []string{m.text[main[2]:main[3]]}, Realms: pyodide.Node, Entry: host.AsyncEntry,
		What: path.Base(m.file) + " has Cloudflare Workers run it",
	})
}

// jupyterLite reads the settings of a JupyterLite, whose notebooks run in a worker.
// Source: https://jupyterlite.readthedocs.io/en/latest/reference/cli.html
func (m *marking) jupyterLite() {
	var p struct {
		Build struct {
			Contents any `json:"contents"`
		} `json:"LiteBuildConfig"`
	}
	if otherKernel(m.text) || json.Unmarshal([]byte(m.text), &p) != nil {
		return
	}
	folders := []string{"files", "content", "contents"}
	switch c := p.Build.Contents.(type) {
	case string:
		folders = []string{c}
	case []any:
		folders = nil
		for _, one := range c {
			if s, ok := one.(string); ok {
				folders = append(folders, s)
			}
		}
	}
	files := []string{"*.ipynb"}
	for _, f := range folders {
		files = append(files, notebooksIn(f)...)
	}
	m.add(strings.Index(m.text, "contents"), Mark{
		Files: files, Realms: pyodide.Worker, Entry: host.AsyncEntry, What: "JupyterLite runs it in a worker",
	})
}

// withoutPyodide is how settings of JupyterLite disable its kernel of Pyodide.
var withoutPyodide = regexp.MustCompile(`"disabledExtensions"\s*:\s*\[[^\]]*pyodide-kernel`)

// otherKernel says whether a file has a JupyterLite run its notebooks without Pyodide.
// Sources: https://jupyterlite-xeus.readthedocs.io/, https://jupyterlite.readthedocs.io/en/latest/howto/configure/kernels.html
func otherKernel(text string) bool {
	return withoutPyodide.MatchString(text) ||
		strings.Contains(strings.ToLower(text), "xeus") && !strings.Contains(text, "pyodide-kernel")
}

// notebooksIn are the notebooks that a path of contents stands for.
func notebooksIn(p string) []string {
	if path.Ext(p) == ".ipynb" {
		return []string{p}
	}
	return []string{path.Join(p, "**/*.ipynb")}
}
