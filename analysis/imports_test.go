package analysis_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// user is a rule whose fix replaces calls of use by a name of a module, or by the module if name is empty.
func user(word, module, name string) *analysis.Rule {
	return calls(word, func(p *analysis.Pass, call syntax.Node) {
		var expression string
		var edits []source.Edit
		if name == "" {
			expression, edits = p.UseModule(call, module)
		} else {
			expression, edits = p.Use(call, module, name)
		}
		edits = append(edits, source.Edit{Span: call.Child(syntax.FieldFunction).Span(), New: expression})
		p.Report(call, 0, analysis.Finding{Message: word, Fixes: []analysis.Fix{{Title: "Use it", Edits: edits}}})
	})
}

func TestUse(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no imports", "use()\n", "from m import b\nb()\n"},
		{"after imports", "import x\nimport y\n\nuse()\n", "import x\nimport y\nfrom m import b\n\nb()\n"},
		{"a comment among the imports", "import x\n# c\nimport y\nuse()\n", "import x\n# c\nimport y\nfrom m import b\nb()\n"},
		{"sorted", "import z\nfrom a import x\nfrom z import y\nuse()\n", "import z\nfrom a import x\nfrom m import b\nfrom z import y\nb()\n"},
		{"sorted, BOM", "\ufefffrom z import y\nuse()\n", "\ufefffrom m import b\nfrom z import y\nb()\n"},
		{"sorted, future", "from __future__ import annotations\nfrom z import y\nuse()\n",
			"from __future__ import annotations\nfrom m import b\nfrom z import y\nb()\n"},
		{"sorted, CRLF", "from z import y\r\nuse()\r\n", "from m import b\r\nfrom z import y\r\nb()\r\n"},
		{"sorted, not the first of its line", "import a; from z import y\nuse()\n", "import a; from m import b\nfrom z import y\nb()\n"},
		{"there already", "from m import b\nuse()\n", "from m import b\nb()\n"},
		{"appended", "from m import a\nuse()\n", "from m import a, b\nb()\n"},
		{"put in front", "from m import c\nuse()\n", "from m import b, c\nb()\n"},
		{"put between", "from m import a, c\nuse()\n", "from m import a, b, c\nb()\n"},
		{"parenthesised", "from m import (a)\nuse()\n", "from m import (a, b)\nb()\n"},
		{"several lines", "from m import (\n    a,\n)\nuse()\n", "from m import (\n    a, b,\n)\nb()\n"},
		{"several lines, before", "from m import (\n    c,  # why\n)\nuse()\n", "from m import (\n    b, c,  # why\n)\nb()\n"},
		{"continued line", "from m import a, \\\n    c\nuse()\n", "from m import a, \\\n    b, c\nb()\n"},
		{"beside an alias", "from m import a as z\nuse()\n", "from m import a as z, b\nb()\n"},
		{"alias", "from m import b as z\nuse()\n", "from m import b as z\nz()\n"},
		{"module", "import m\nuse()\n", "import m\nm.b()\n"},
		{"module alias", "import m as n\nuse()\n", "import m as n\nn.b()\n"},
		{"first of two aliases", "import m as n, m as o\nfrom m import b as z, b as y, b as x\nuse()\n",
			"import m as n, m as o\nfrom m import b as z, b as y, b as x\nz()\n"},
		{"the alias that is seen", "from m import b, b as z\ndef f(b):\n    use()\n", "from m import b, b as z\ndef f(b):\n    z()\n"},
		{"star", "from m import *\nuse()\n", "from m import *\nfrom m import b\nb()\n"},
		{"shadowed", "from m import b\ndef f(b):\n    use()\n", "from m import b, b as b_\ndef f(b):\n    b_()\n"},
		{"shadowed, not imported", "def f(b):\n    use()\n", "from m import b as b_\ndef f(b):\n    b_()\n"},
		{"shadowed twice", "def f(b, b_):\n    use()\n", "from m import b as b__\ndef f(b, b_):\n    b__()\n"},
		{"another's name", "def b(): pass\nuse()\n", "from m import b as b_\ndef b(): pass\nb_()\n"},
		{"shadowed elsewhere", "def g(b): pass\nuse()\n", "from m import b\ndef g(b): pass\nb()\n"},
		{"imported in a function", "def f():\n    from m import a\n    use()\n", "from m import b\ndef f():\n    from m import a\n    b()\n"},
		{"imported later", "def f():\n    use()\nfrom m import a\n", "from m import b\ndef f():\n    b()\nfrom m import a\n"},
		{"docstring", "\"\"\"Doc.\n\nMore.\"\"\"\n\nuse()\n", "\"\"\"Doc.\n\nMore.\"\"\"\nfrom m import b\n\nb()\n"},
		{"comment and docstring", "# c\n'''Doc.'''\nuse()\n", "# c\n'''Doc.'''\nfrom m import b\nb()\n"},
		{"shebang", "#!/usr/bin/python\n# coding: utf-8\nuse()\n", "#!/usr/bin/python\n# coding: utf-8\nfrom m import b\nb()\n"},
		{"BOM", "\ufeffuse()\n", "\ufefffrom m import b\nb()\n"},
		{"BOM and comment", "\ufeff# c\nuse()\n", "\ufeff# c\nfrom m import b\nb()\n"},
		{"BOM and import", "\ufeffimport x\nuse()\n", "\ufeffimport x\nfrom m import b\nb()\n"},
		{"CRLF", "import x\r\nuse()\r\n", "import x\r\nfrom m import b\r\nb()\r\n"},
		{"CRLF, no imports", "use()\r\n", "from m import b\r\nb()\r\n"},
		{"future", "'''Doc.'''\nfrom __future__ import annotations\nuse()\n",
			"'''Doc.'''\nfrom __future__ import annotations\nfrom m import b\nb()\n"},
		{"semicolon", "import x; use()\n", "import x; from m import b; b()\n"},
		{"a statement that goes on", "import x; y = (\n  use())\n", "import x; from m import b; y = (\n  b())\n"},
		{"a future statement that goes on", "from __future__ import annotations; use()\n",
			"from __future__ import annotations; from m import b; b()\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { held(t, test.text, test.want, user("use", "m", "b")) })
	}
}

// A name of the bridge is imported where the bridge is, if that is under a guard: the top level runs elsewhere too.
func TestUseUnderGuard(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"in a try", "try:\n    import js\nexcept ImportError:\n    js = None\n\ndef f():\n    use()\n",
			"try:\n    import js\n    from pyodide.ffi import b\nexcept ImportError:\n    js = None\n\ndef f():\n    b()\n"},
		{"in a branch", "import sys\nif sys.platform == 'emscripten':\n    import js\n    use()\n",
			"import sys\nif sys.platform == 'emscripten':\n    import js\n    from pyodide.ffi import b\n    b()\n"},
		{"in the function", "def f():\n    import js\n\n    use()\n", "def f():\n    import js\n    from pyodide.ffi import b\n\n    b()\n"},
		{"around the function", "def f():\n    import js\n\n    def g():\n        use()\n",
			"def f():\n    import js\n    from pyodide.ffi import b\n\n    def g():\n        b()\n"},
		{"in another function", "def f():\n    import js\n\ndef g():\n    use()\n",
			"from pyodide.ffi import b\ndef f():\n    import js\n\ndef g():\n    b()\n"},
		{"beside a name", "try:\n    from pyodide.ffi import a\nexcept ImportError:\n    pass\nuse()\n",
			"try:\n    from pyodide.ffi import a, b\nexcept ImportError:\n    pass\nb()\n"},
		{"on one line", "if x: import js; use()\n", "if x: import js; from pyodide.ffi import b; b()\n"},
		{"at the top level as well", "import js\ndef f():\n    import js\n    use()\n",
			"import js\nfrom pyodide.ffi import b\ndef f():\n    import js\n    b()\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { held(t, test.text, test.want, user("use", "pyodide.ffi", "b")) })
	}
}

func TestUseModule(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no imports", "use()\n", "import m\nm()\n"},
		{"there already", "import m\nuse()\n", "import m\nm()\n"},
		{"alias", "import m as n\nuse()\n", "import m as n\nn()\n"},
		{"shadowed", "import m\ndef f(m):\n    use()\n", "import m\nimport m as m_\ndef f(m):\n    m_()\n"},
		{"imported in a function", "def f():\n    import m\n    use()\n", "def f():\n    import m\n    m()\n"},
		{"after imports", "import a\nuse()\n", "import a\nimport m\nm()\n"},
		{"before imports of names", "from a import b\nuse()\n", "import m\nfrom a import b\nm()\n"},
		{"before the bridge", "from js import b\nuse()\n", "import m\n\nfrom js import b\nm()\n"},
		{"behind the future", "from __future__ import annotations\nfrom js import b\nuse()\n",
			"from __future__ import annotations\nimport m\n\nfrom js import b\nm()\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { held(t, test.text, test.want, user("use", "m", "")) })
	}
}

func held(t *testing.T, text, want string, rules ...*analysis.Rule) {
	t.Helper()
	got, _ := analysis.Fixed(text, check(t, text, rules...), analysis.Safe)
	if got != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
	tree, err := syntax.Parse(got)
	if err != nil || len(tree.Holes()) > 0 {
		t.Errorf("the result has holes %v, error %v", tree.Holes(), err)
	}
}
