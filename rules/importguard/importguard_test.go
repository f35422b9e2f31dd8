package importguard_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/importguard"
)

var missing = regexp.MustCompile(`ModuleNotFoundError: No module named '(?:js|pyodide)`)

// The examples that tests import do in CPython what the page says: the bad ones fail for want of the module, and the
// others are imported.
func TestCPython(t *testing.T) {
	ran := 0
	for _, fence := range analysis.ParsePage(importguard.Rule.Doc).Fences {
		if fence.Set["also"] == "" {
			continue
		}
		ran++
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "gauge.py"), []byte(fence.Code), 0o666); err != nil {
			t.Fatal(err)
		}
		c := exec.CommandContext(t.Context(), "python3", "-I", "-c", "import sys; sys.path.insert(0, '.'); import gauge")
		c.Dir = dir
		out, err := c.CombinedOutput()
		if bad := fence.Role == "bad"; bad != (err != nil) || bad != missing.Match(out) {
			t.Errorf("%s\n  a %s example ends in CPython with %v\n%s", fence.Code, fence.Role, err, out)
		}
	}
	if ran == 0 {
		t.Error("no example is run")
	}
}

const (
	module = "from js import document\n\n\ndef show():\n    document.title = \"on\"\n"
	test   = "import pytest\nimport gauge\n"
	page   = `<script type="py" src="gauge.py"></script>`
)

// What stands in other files of a project makes the import one that fails, or one that does not.
func TestProjects(t *testing.T) {
	const said = "gauge.py:1 tests/test_gauge.py:2"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a test":                  {map[string]string{"tests/test_gauge.py": test}, said},
		"and a page":              {map[string]string{"tests/test_gauge.py": test, "index.html": page}, said},
		"by way of another":       {map[string]string{"tests/test_gauge.py": "import pytest\nimport charts\n", "charts.py": "from gauge import show\n"}, "gauge.py:1 charts.py:1 tests/test_gauge.py:2"},
		"unittest":                {map[string]string{"tests/test_gauge.py": "import unittest\nfrom gauge import show\n"}, said},
		"a server":                {map[string]string{"server.py": "import flask\nfrom gauge import show\n"}, "gauge.py:1 server.py:2"},
		"a command":               {map[string]string{"tool.py": "import gauge\n", "Makefile": "build:\n\tpython3 tool.py\n"}, "gauge.py:1 tool.py:1"},
		"a module of any Python":  {map[string]string{"control.py": "import gauge\n"}, ""},
		"nobody":                  {map[string]string{"tests/test_gauge.py": "import pytest\n"}, ""},
		"only the page":           {map[string]string{"index.html": page}, ""},
		"in a function":           {map[string]string{"tests/test_gauge.py": "import pytest\ndef test_it():\n    import gauge\n"}, ""},
		"tried":                   {map[string]string{"tests/test_gauge.py": "import pytest\ntry:\n    import gauge\nexcept ImportError:\n    gauge = None\n"}, ""},
		"guarded":                 {map[string]string{"tests/test_gauge.py": "import sys\nimport pytest\nif sys.platform == 'emscripten':\n    import gauge\n"}, ""},
		"skipped":                 {map[string]string{"tests/test_gauge.py": "import sys\nimport pytest\nif sys.platform != 'emscripten':\n    pytest.skip('a browser', allow_module_level=True)\nimport gauge\n"}, ""},
		"skipped without":         {map[string]string{"tests/test_gauge.py": "import pytest\npytest.importorskip('js')\nimport gauge\n"}, ""},
		"skipped by its name":     {map[string]string{"tests/test_gauge.py": "import pytest\njs = pytest.importorskip('js')\nimport gauge\n"}, ""},
		"skipped without another": {map[string]string{"tests/test_gauge.py": "import pytest\nnumpy = pytest.importorskip('numpy')\nimport gauge\n"}, "gauge.py:1 tests/test_gauge.py:3"},
		"run in Pyodide":          {map[string]string{"tests/test_gauge.py": "import pytest\nfrom pytest_pyodide import run_in_pyodide\n@run_in_pyodide\ndef test_it(selenium):\n    import gauge\n"}, ""},
		"a test that needs js":    {map[string]string{"tests/test_gauge.py": "import js\n" + test}, ""},
		"a fake":                  {map[string]string{"tests/test_gauge.py": test, "tests/conftest.py": "import sys\nsys.modules[\"js\"] = object()\n"}, ""},
		"a fake for a while":      {map[string]string{"tests/test_gauge.py": test, "tests/conftest.py": "import sys\ndef fake(monkeypatch):\n    monkeypatch.setitem(sys.modules, \"js\", None)\n"}, ""},
		"a fake by name":          {map[string]string{"tests/test_gauge.py": "from unittest.mock import patch\nwith patch.dict(\"sys.modules\", js=1):\n    import gauge\n"}, ""},
		"a fake of another":       {map[string]string{"tests/test_gauge.py": test, "tests/conftest.py": "import sys\nsys.modules[\"pyodide\"] = object()\n"}, said},
		"a look at the modules":   {map[string]string{"tests/test_gauge.py": test, "other.py": "import sys\nBROWSER = \"js\" in sys.modules\n"}, said},
		"a file of that name":     {map[string]string{"tests/test_gauge.py": test, "tests/stubs/js.py": "document = None\n"}, ""},
		"installed":               {map[string]string{"tests/test_gauge.py": test, "requirements-dev.txt": "pytest\npyodide-py==0.29\n"}, said},
		"in an environment":       {map[string]string{"tests/test_gauge.py": test, ".github/workflows/ci.yml": "run: |\n  pyodide venv .v\n  .v/bin/pytest\n"}, ""},
		"on a page":               {map[string]string{"tests/test_gauge.py": test, "index.html": `<script type="py" src="tests/test_gauge.py"></script>`}, ""},
		"with a runner there":     {map[string]string{"tests/test_gauge.py": test, "index.html": "<script type=\"py\">\nimport pytest\npytest.main()\n</script>"}, ""},
		"a comment":               {map[string]string{"tests/test_gauge.py": test, "gauge.py": "# pyodide-ls: realm=main\n" + module}, ""},
	} {
		if c.files["gauge.py"] == "" {
			c.files["gauge.py"] = module
		}
		if got := analysistest.InProject(t, importguard.Rule, c.files, "gauge.py"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// pyodide can be installed, and a plain import is content with a folder.
func TestOtherModules(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"installed":        {map[string]string{"gauge.py": "from pyodide.ffi import to_js\n", "pyproject.toml": "[project]\ndependencies = [\"pyodide-py>=0.27\"]\n"}, ""},
		"not installed":    {map[string]string{"gauge.py": "from pyodide.ffi import to_js\n", "pyproject.toml": "[project]\ndependencies = [\"pyodide-build\"]\n"}, "gauge.py:1 tests/test_gauge.py:2"},
		"a folder":         {map[string]string{"gauge.py": "import js\n", "js/chart.js": "export const a = 1\n"}, ""},
		"a name of it":     {map[string]string{"gauge.py": "from js import document\n", "js/chart.js": "export const a = 1\n"}, "gauge.py:1 tests/test_gauge.py:2"},
		"in several parts": {map[string]string{"gauge.py": "import js\nimport os\nfrom pyodide.ffi import to_js\n"}, "gauge.py:1 tests/test_gauge.py:2; gauge.py:3 tests/test_gauge.py:2"},
	} {
		c.files["tests/test_gauge.py"] = test
		if got := analysistest.InProject(t, importguard.Rule, c.files, "gauge.py"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
