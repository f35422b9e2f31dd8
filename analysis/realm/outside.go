package realm

import (
	"iter"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// Outside is what a file says of the Python outside Pyodide that runs tests, servers and tools.
type Outside struct {
	Installs []string // the modules of the bridge that packages bring there
	// Pyodide says that tests, or all of it, may be run in Pyodide.
	Pyodide bool
	// Auto says that pytest-asyncio takes each async test for its own.
	Auto bool
}

// outsiders are the files that hold nothing else that matters here.
// Sources: https://docs.pytest.org/en/stable/reference/customize.html, https://pip.pypa.io/en/stable/reference/requirements-file-format/
var outsiders = []string{"pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "Pipfile", "requirements*.txt"}

// outsider says whether a file of that name is one of them.
func outsider(name string) bool {
	return slices.ContainsFunc(outsiders, func(glob string) bool {
		ok, _ := path.Match(glob, name)
		return ok
	})
}

var (
	// installed are the packages that have a module of the bridge in them, as files that list packages have them.
	// Source: https://pypi.org/project/pyodide-py, https://pypi.org/project/pyscript
	installed = map[string]*regexp.Regexp{
		"pyodide":  regexp.MustCompile(`\bpyodide[-_]py\b`),
		"pyscript": regexp.MustCompile(`(?m)^\s*["']?pyscript\s*(?:["'=<>~!\[;#]|$)|["']pyscript\s*[=<>~!\[;"']`),
	}
	// inPyodide is how tests are had run in Pyodide.
	// Sources: https://pyodide.org/en/stable/development/out-of-tree-testing.html (pyodide venv),
	// https://cibuildwheel.pypa.io/en/stable/platforms/#pyodide, https://github.com/pyodide/pytest-pyodide (--run-in-pyodide)
	inPyodide = regexp.MustCompile(`pyodide[-_ ]venv|venv[-_]pyodide|--run-in-pyodide|(?i:CIBW_PLATFORM)["']?\s*[:=]\s*["']?pyodide|--platform[= ]pyodide`)
	// ways are words of which a text has one where inPyodide matches: to look for them costs next to nothing.
	ways = []string{"venv", "run-in-pyodide", "CIBW", "cibw", "--platform"}
	// auto is the mode of pytest-asyncio.
	// Source: https://pytest-asyncio.readthedocs.io/en/stable/concepts.html#auto-mode
	auto = regexp.MustCompile(`(?m)^\s*asyncio_mode\s*=\s*["']?auto\b|--asyncio-mode[= ]auto`)
)

// OutsideIn is what a file says of that, by its name and its text.
func OutsideIn(file, text string) (o Outside) {
	name := path.Base(slashed(file))
	if !outsider(name) && !commands(name) {
		return o
	}
	o.Pyodide = strings.Contains(text, "pyodide") && slices.ContainsFunc(ways, func(word string) bool { return strings.Contains(text, word) }) &&
		inPyodide.MatchString(text)
	if !outsider(name) {
		return o
	}
	o.Auto = strings.Contains(text, "asyncio") && auto.MatchString(text)
	for module, by := range installed {
		if strings.Contains(text, module) && by.MatchString(text) {
			o.Installs = append(o.Installs, module)
		}
	}
	slices.Sort(o.Installs)
	return o
}

// StandsIn says whether something may stand in for a module of the bridge where another Python imports it: a file of
// the project, what a text puts in its place, or a package that is installed.
func (g *Graph) StandsIn(module string) bool {
	top, _, _ := strings.Cut(module, ".")
	if g == nil || len(g.files.modules[top]) > 0 {
		return true
	}
	for file, facts := range g.files.known {
		if slices.Contains(facts.Outside.Installs, top) || !strings.Contains(module, ".") && strings.Contains("/"+file, "/"+top+"/") {
			return true // a folder is a module as well, with nothing in it
		}
	}
	for file := range g.python {
		for _, code := range g.texts(file) {
			if slices.Contains(code.Fakes, top) {
				return true
			}
		}
	}
	return false
}

// TestsInPyodide says whether what looks like a test may be run in Pyodide: settings or commands say so, or what runs
// there has a test runner.
func (g *Graph) TestsInPyodide() bool {
	for file, facts := range g.files.known {
		if facts.Outside.Pyodide {
			return true
		}
		for i, code := range g.texts(file) {
			if slices.ContainsFunc(code.Imports, func(i Import) bool { return pyodide.TestRunners[i.Module] && !i.Tried }) &&
				slices.ContainsFunc(g.nodes[g.unit(file, i)].got, g.seen) {
				return true
			}
		}
	}
	return false
}

// puts is how a text puts something in the place of modules.
// Source: https://docs.python.org/3/library/sys.html#sys.modules
var puts = regexp.MustCompile(`sys\.modules\s*(?:\[[^\]\n]+\]\s*=[^=]|\.(?:setdefault|update|__setitem__)\b)|\(\s*["']?sys\.modules\b|sys\.(?:meta_path|path_hooks)`)

// fakes reads which modules of the bridge the text may put in the place of those that are not there.
func (r *reader) fakes() {
	text := r.Tree().Root().Text()
	if !strings.Contains(text, "sys.") || !puts.MatchString(text) {
		return
	}
	for _, module := range slices.Sorted(maps.Keys(pyodide.Bridge)) {
		if source.HasWord(text, module) {
			r.code.Fakes = append(r.code.Fakes, module)
		}
	}
}

// Auto says whether pytest-asyncio takes each async test of a file for its own: settings around it say so.
func (g *Graph) Auto(file string) bool {
	for _, facts := range g.below(file) {
		if facts.Outside.Auto {
			return true
		}
	}
	return false
}

// MakesFixture says whether a file, or a conftest.py around it, makes a fixture of that name.
// Source: https://docs.pytest.org/en/stable/how-to/writing_hook_functions.html (conftest.py: local per-directory plugins)
func (g *Graph) MakesFixture(file, name string) bool {
	for at := range g.below(file) {
		if at != file && path.Base(at) != "conftest.py" {
			continue
		}
		if slices.ContainsFunc(g.texts(at), func(c *Code) bool { return slices.Contains(c.Fixtures, name) }) {
			return true
		}
	}
	return false
}

// below are the file itself and those that lie in a folder around it.
func (g *Graph) below(file string) iter.Seq2[string, *Facts] {
	return func(yield func(string, *Facts) bool) {
		folders := slices.Collect(around(file))
		for at, facts := range g.files.known {
			if (at == file || slices.Contains(folders, path.Dir(at))) && !yield(at, facts) {
				return
			}
		}
	}
}
