package realm_test

import (
	"testing"

	"pyodide-ls/analysis/realm"
)

func TestRuntimeIn(t *testing.T) {
	null, literal, auto := realm.Runtime{NullToNone: true}, realm.Runtime{LiteralMap: true}, realm.Runtime{AutoProxies: true}
	for _, c := range []struct {
		file, text string
		want       realm.Runtime
	}{
		{"a.js", "await loadPyodide({\n  indexURL,\n  convertNullToNone: true,\n})", null},
		{"a.js", "await loadPyodide({convertNullToNone:!0,toJsLiteralMap:!0})", realm.Runtime{NullToNone: true, LiteralMap: true}},
		{"a.ts", `const o = { "toJsLiteralMap": true }`, literal},
		{"a.py", "loadPyodide(toJsLiteralMap=True)", literal},
		{"a.js", "options.convertNullToNone = true", null},
		{"a.js", "await loadPyodide({convertNullToNone: false, toJsLiteralMap: flag})", realm.Runtime{}},
		{"pyodide.js", "t.convertNullToNone&&n.setCompatNullToNone(!0),t.toJsLiteralMap&&n.setCompatToJsLiteralMap(!0)", realm.Runtime{}},
		{"a.js", "// loadPyodide({convertNullToNone: true})\n/* toJsLiteralMap: true */", realm.Runtime{}},
		{"a.js", "load({ // old: toJsLiteralMap: true\n})", realm.Runtime{}},
		{"a.html", "<!-- convertNullToNone: true --><script>loadPyodide({toJsLiteralMap: true})</script>", literal},
		{"a.py", "# toJsLiteralMap=True\n", realm.Runtime{}},
		{"pyscript.toml", `experimental_create_proxy = "auto"`, auto},
		{"pyscript.toml", `# experimental_create_proxy = "auto"`, realm.Runtime{}},
		{"other.toml", `experimental_create_proxy = "auto" # so`, auto},
		{"pyscript.json", `{"experimental_create_proxy": "auto"}`, auto},
		{"a.html", `<script type="py" config="{&quot;x&quot;: 1}"></script><py-config>experimental_create_proxy = "auto"</py-config>`, auto},
		{"a.html", `<script type="py" config='{"experimental_create_proxy": "auto"}'></script>`, auto},
		{"a.py", `config = {"experimental_create_proxy": "automatic"}`, realm.Runtime{}},
		{"pyscript.js", "if (config.experimental_create_proxy === 'auto') {", realm.Runtime{}},
		{"README.md", `Set experimental_create_proxy = "auto".`, realm.Runtime{}},
		{"a.py", "", realm.Runtime{}},
	} {
		if got := realm.RuntimeIn(c.file, c.text); got != c.want {
			t.Errorf("%s %q sets up %+v, want %+v", c.file, c.text, got, c.want)
		}
	}
}
