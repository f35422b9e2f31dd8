package playwrightsyncasyncio_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/playwrightsyncasyncio"
)

const tests = "import pytest\nfrom playwright.sync_api import Page\n\n\ndef test_a(page: Page): ...\n\n\nasync def test_b(): ...\n"

// Settings and fixtures stand in other files.
func TestProjects(t *testing.T) {
	const said = "tests/test_page.py:8 :0"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"nothing says that the test is run": {map[string]string{}, ""},
		"pyproject.toml":                    {map[string]string{"pyproject.toml": "[tool.pytest.ini_options]\nasyncio_mode = \"auto\"\n"}, said},
		"pytest.ini":                        {map[string]string{"pytest.ini": "[pytest]\nasyncio_mode=auto\n"}, said},
		"setup.cfg":                         {map[string]string{"setup.cfg": "[tool:pytest]\nasyncio_mode = auto\n"}, said},
		"an option":                         {map[string]string{"tests/pytest.ini": "[pytest]\naddopts = --asyncio-mode=auto\n"}, said},
		"strict":                            {map[string]string{"pytest.ini": "[pytest]\nasyncio_mode = strict\n"}, ""},
		"of another folder":                 {map[string]string{"other/pytest.ini": "[pytest]\nasyncio_mode = auto\n"}, ""},
		"a fixture of its own":              {map[string]string{"pytest.ini": "[pytest]\nasyncio_mode = auto\n", "conftest.py": "import pytest\n@pytest.fixture\ndef page(): ...\n"}, ""},
		"by another name":                   {map[string]string{"pytest.ini": "[pytest]\nasyncio_mode = auto\n", "conftest.py": "import pytest\n@pytest.fixture(name=\"page\")\ndef make(): ...\n"}, ""},
		"of another name":                   {map[string]string{"pytest.ini": "[pytest]\nasyncio_mode = auto\n", "conftest.py": "import pytest\n@pytest.fixture\ndef gauge(): ...\n"}, said},
		"in a file that is not asked":       {map[string]string{"pytest.ini": "[pytest]\nasyncio_mode = auto\n", "other/conftest.py": "import pytest\n@pytest.fixture\ndef page(): ...\n"}, said},
	} {
		c.files["tests/test_page.py"] = tests
		if got := analysistest.InProject(t, playwrightsyncasyncio.Rule, c.files, "tests/test_page.py"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
