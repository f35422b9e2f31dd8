package nullisnone

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

const setup = "import js\n"

// What can be compared with depends on the versions that a project is for, of which an example has all.
func TestFixes(t *testing.T) {
	since := analysis.View{Versions: pyodide.Since(pyodide.KnowsNull)}
	for _, test := range []struct {
		view       analysis.View
		code, want string
	}{
		{since, `js.JSON.parse("null") is None`, "from pyodide.ffi import jsnull\n" + `js.JSON.parse("null") is jsnull`},
		{since, `js.localStorage.getItem("unit") != None`, "from pyodide.ffi import jsnull\n" + `js.localStorage.getItem("unit") != jsnull`},
		{since, `js.document.getElementById("a") is None`, `not js.document.getElementById("a")`},
		{analysis.View{}, `js.JSON.parse("null") is None`, "none"},
		{analysis.View{}, `x = js.document.getElementById("a") is not None`, `x = bool(js.document.getElementById("a"))`},
		{analysis.View{}, "x = js.prompt()\nif x is None:\n    x = ''", "x = js.prompt()\nif not isinstance(x, str):\n    x = ''"},
		{analysis.View{}, "x = js.prompt()\nif x is None:\n    x = y", "silent"},
		{analysis.View{}, `js.document.createElement("input").files is None`, "none"}, // an empty list is false
		{analysis.View{Versions: pyodide.Before(pyodide.KnowsNull)}, `js.JSON.parse("null") is None`, "silent"},
		{analysis.View{Runtime: realm.Runtime{NullToNone: true}}, `js.JSON.parse("null") is None`, "silent"},
	} {
		text := setup + test.code + "\n"
		found := analysistest.Findings(t, Rule, text, analysis.Setting{}, test.view)
		got := "silent"
		if len(found) > 0 {
			got = "none"
			if fixed, n := analysis.Fixed(text, found, analysis.Shown); n > 0 {
				got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			}
		}
		if got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.code, got, test.want)
		}
	}
}

// Where the value comes from, and what asks for it besides.
func TestSaid(t *testing.T) {
	const given = "def f(x=None):\n    return x is None\n"
	analysistest.Said(t, Rule, map[string]string{
		given + "f(js.document.getElementById('a'))":                        "said, fixed",
		given + "f(js.localStorage.getItem('a'))":                           "said",
		given + "f(js.document.body)\nf(x=js.document.getElementById('a'))": "said, fixed",
		given + "f(js.document.createElement('a'))":                         "",
		given + "f()": "",
		given + "a = js.document.getElementById('a')\nif a:\n    f(a)":                                                                            "",
		given + "if a := js.document.getElementById('a'):\n    f(a)":                                                                              "",
		given + "a = js.document.getElementById('a')\nf(a)":                                                                                       "said, fixed",
		"def f(x=None):\n    x = x or 1\n    return x is None\nf(js.document.getElementById('a'))":                                                "",
		"def f(event):\n    event.relatedTarget is None\njs.document.addEventListener('a', f)":                                                    "said",
		"def f(event):\n    event.submitter is None\njs.document.body.onsubmit = f":                                                               "said, fixed",
		"def f(event):\n    event.submitter is None\njs.setTimeout(f)":                                                                            "",
		"def f(event):\n    event.submitter is None\nf(js.a)":                                                                                     "",
		"def f(a, event):\n    event.submitter is None\njs.document.addEventListener('a', f)":                                                     "",
		"def f(event):\n    event.target is None\njs.document.addEventListener('a', f)":                                                           "",
		"def f(event):\n    event.key is None\njs.document.addEventListener('a', f)":                                                              "",
		"def f(event):\n    to = event.submitter\n    to is None\njs.document.addEventListener('a', f)":                                           "said, fixed",
		"from pyscript import when\n@when('submit', 'form')\ndef f(event):\n    event.submitter is None":                                          "said, fixed",
		"class A:\n    def f(self, event):\n        event.submitter is None\n    def g(self):\n        js.document.addEventListener('a', self.f)": "said, fixed",
		"class A:\n    def f(self, event):\n        self.submitter is None\n    def g(self):\n        js.document.addEventListener('a', self.f)":  "",
		"a = js.prompt()\nbool(a)\na is None":                                                                                                     "",
		"a = js.prompt()\nisinstance(a, str)\na is None":                                                                                          "",
		"a = js.prompt()\nfrom pyscript.ffi import is_none\nis_none(a)\na is None":                                                                "",
		"a = js.prompt()\nb = a or c\na is None":                                                                                                  "",
		"a = js.prompt()\nb = c or a\na is None":                                                                                                  "said, fixed",
		"a = js.prompt()\na is None is None":                                                                                                      "",
		"None is None":                                                                                                                            "",
		"import sys\nif sys.platform != 'emscripten':\n    js.prompt() is None":                                                                   "",
		"match js.prompt():\n    case [None]: pass\n    case _: pass":                                                                             "",
	})
}

// What names null as text knows of it.
func TestNamedAsText(t *testing.T) {
	for code, want := range map[string]bool{
		`x is None or str(x) in ["null", "jsnull"]`: false,
		`x is None or str(x) in ["", "0"]`:          true,
		`x is None or repr(x) == "jsnull"`:          false,
	} {
		text := setup + "x = js.localStorage.getItem('unit')\n" + code + "\n"
		if got := len(analysistest.Findings(t, Rule, text, analysis.Setting{}, analysis.View{})) > 0; got != want {
			t.Errorf("%s: found is %v, want %v", code, got, want)
		}
	}
}

// An element that is written in a page is never null there.
func TestPresent(t *testing.T) {
	page := `<div id="level"></div><p class=x id=unit>m</p><script type="py" src="gauge.py"></script>`
	for code, want := range map[string]string{
		`document.getElementById("level") is None`:        "",
		`document.querySelector("#unit") is not None`:     "",
		"x = document.getElementById('level')\nx is None": "",
		`document.getElementById("x") is None`:            "gauge.py:2",
		`document.querySelector("#level p") is None`:      "gauge.py:2",
		`document.querySelector("level") is None`:         "gauge.py:2",

		"def f(x):\n    document.getElementById(x) is not None":                          "", // nobody calls it
		"def f(x):\n    document.getElementById(x) is not None\nf('level')\nf(x='unit')": "",
		"def f(x):\n    document.getElementById(x) is not None\nf('level')\nf('x')":      "gauge.py:3",
		"def f(x):\n    document.getElementById(x) is not None\nf('level')\nf(input())":  "gauge.py:3",
		"def f(x):\n    document.getElementById(x) is not None\nprint(f, f('level'))":    "",
		"def f(x):\n    document.getElementById(x) is not None\nprint(f, f('x'))":        "gauge.py:3",
		"def f(x='unit'):\n    document.getElementById(x) is not None\nf()":              "",
		"def f(a, x):\n    return document.getElementById(x)\nf('level', 'x') is None":   "gauge.py:4",
		"def f(a, x):\n    return document.getElementById(x)\nf('x', 'level') is None":   "",
		"def f(a):\n    return document.getElementById('level')\nf('x') is None":         "",
		"for x in ['level', 'unit']:\n    document.getElementById(x) is None":            "",
		"for x in ['level', 'x']:\n    document.getElementById(x) is None":               "gauge.py:3",
	} {
		texts := map[string]string{"index.html": page, "gauge.py": "from js import document\n" + code + "\n"}
		if got := analysistest.InProject(t, Rule, texts, "gauge.py"); got != want {
			t.Errorf("%s\ngot  %q\nwant %q", code, got, want)
		}
	}
}

// Who calls a function of another file is not known.
func TestPresentForOthers(t *testing.T) {
	texts := map[string]string{
		"index.html": `<div id="level"></div><script type="py" src="page.py"></script>`,
		"page.py":    "from gauge import show\nshow('missing')\n",
		"gauge.py":   "from js import document\ndef show(x):\n    document.getElementById(x) is None\ndef own(x):\n    document.getElementById(x) is None\nown('missing')\n",
	}
	if got, want := analysistest.InProject(t, Rule, texts, "gauge.py"), "gauge.py:5"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
