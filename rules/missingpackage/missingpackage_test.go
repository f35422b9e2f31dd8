package missingpackage_test

import (
	"maps"
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/missingpackage"
)

func TestProjects(t *testing.T) {
	const page = `<script type="py" src="page.py" config='{"packages": ["numpy"]}'></script>`
	for _, test := range []struct {
		code  string
		files map[string]string
		want  string
	}{
		{"import pandas", nil, "page.py:1"},
		{"import pandas\nimport pandas.core\nfrom pandas import core", nil, "page.py:1"},
		{"import numpy\nimport sqlite3\nimport json", nil, ""},
		{"import gensim", nil, "page.py:1"},
		{"import sys\nsys.modules['pandas'] = sys\nimport pandas", nil, ""},
		{"import pandas", map[string]string{"pandas.py": ""}, ""},
		{"import pandas", map[string]string{"index.html": `<script type="mpy" src="other.py"></script>`}, ""},
		{"import pandas", map[string]string{"index.html": `<script src="https://pyscript.net/releases/2023.05.1/pyscript.js"></script><script type="py" src="page.py"></script>`}, ""},
		{"import pandas", map[string]string{"index.html": `<script type="py" src="page.py" config="pyscript.toml"></script>`, "pyscript.toml": "packages = []"}, "page.py:1 pyscript.toml:1"},
		{"import pandas", map[string]string{"index.html": `<script type="py" src="page.py" config="pyscript.toml"></script>`, "pyscript.toml": "name = 'a'"}, "page.py:1"},
	} {
		texts := map[string]string{"index.html": page, "page.py": test.code + "\nimport js\n"}
		maps.Copy(texts, test.files)
		if got := analysistest.InProject(t, missingpackage.Rule, texts, "page.py"); got != test.want {
			t.Errorf("%s\n%v\n  %q, want %q", test.code, test.files, got, test.want)
		}
	}
}
