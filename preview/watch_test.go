package preview

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist"
)

// watching is an engine that watches pages, without a browser.
func watching(t *testing.T, root fstest.MapFS) *Engine {
	t.Helper()
	e, err := NewEngine(nil, Site{
		Root: root, Watch: &Watch{Pyodide: "0.29.5", Silence: time.Second},
		Pyodide: map[string]fs.FS{"0.29.5": fstest.MapFS{
			"pyodide.mjs": {Data: []byte("function a(){}export{a as loadPyodide,v as version};")},
			"pyodide.js":  {Data: []byte("var loadPyodide;")},
			"x.wasm":      {Data: []byte("wasm")},
		}},
		PyScript: map[string]fs.FS{"0.29.5": fstest.MapFS{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func TestFirst(t *testing.T) {
	e := watching(t, nil)
	const script = `<script src="/.pyodide-ls/page/first.js?silence=1000"></script>`
	for _, page := range []string{ // the script is to come where the | stands
		"|",
		"|<p>a",
		"<!doctype html>|<p>",
		"<!DOCTYPE html>\n<html lang=\"a>b\">\n<head data-x='>'>|<script>",
		"\ufeff<!-- <head> --><!doctype html><html><head>|<title>",
		"<?xml version=\"1.0\"?><html>|<header>",
		"<!doctype html>|<script>\"<head>\"</script>",
	} {
		before, behind, _ := strings.Cut(page, "|")
		if got := string(e.transform("a.html", "text/html", []byte(before+behind))); got != before+script+behind {
			t.Errorf("of %q it makes %q", page, got)
		}
	}
}

func TestLocalize(t *testing.T) {
	e := watching(t, nil)
	runtime, script := e.Address(PyodideAt("0.29.5")), e.Address(pyScriptAt("0.29.5"))
	for text, want := range map[string]string{
		`"https://cdn.jsdelivr.net/pyodide/v0.26.1/full/pyodide.mjs"`:                       `"` + runtime + `pyodide.mjs"`,
		"`https://cdn.jsdelivr.net/pyodide/v${version}/full/`":                              "`" + runtime + "`",
		`"https://cdn.jsdelivr.net/npm/pyodide@0.27.2/pyodide.js"`:                          `"` + runtime + `pyodide.js"`,
		`"https://unpkg.com/pyodide@^0.27/pyodide.js"`:                                      `"` + runtime + `pyodide.js"`,
		`"https://pyscript.net/releases/2024.9.2/core.js"`:                                  `"` + script + `core.js"`,
		`"https://cdn.jsdelivr.net/npm/@pyscript/core@0.6/dist/core.js"`:                    `"` + script + `core.js"`,
		`"https://unpkg.com/@pyscript/core/dist/core.css"`:                                  `"` + script + `core.css"`,
		`"https://pyscript.net/releases/2022.12.1/pyscript.js"`:                             `"https://pyscript.net/releases/2022.12.1/pyscript.js"`,
		`"https://example.com/pyodide/v0.26.1/full/"`:                                       `"https://example.com/pyodide/v0.26.1/full/"`,
		"<script integrity='sha384-x'\n src=\"https://unpkg.com/pyodide@0.27/pyodide.js\">": "<script \n src=\"" + runtime + "pyodide.js\">",
		`<script integrity="sha384-x" src="https://example.com/a.js">`:                      `<script integrity="sha384-x" src="https://example.com/a.js">`,
	} {
		if got := string(e.transform("a.js", "text/javascript", []byte(text))); got != want {
			t.Errorf("of %s it makes %s", text, got)
		}
	}
}

// What the package of npm lacks is had from the content network.
func TestMounted(t *testing.T) {
	e := watching(t, nil)
	at := PyodideAt("0.29.5")
	for name, want := range map[string]string{
		"numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl": "307 https://cdn.jsdelivr.net/pyodide/v0.29.5/full/numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl",
		"x.wasm":           "200 wasm",
		"pyodide.mjs?real": "200 function a(){}export{a as loadPyodide,v as version};",
		"pyodide.mjs": `200 function a(){}const hookedByPreview=globalThis[Symbol.for("pyodide-ls")].hook(a,{jspi:true});` +
			"export{hookedByPreview as loadPyodide,v as version};\nimport \"/.pyodide-ls/page/hooked.mjs\";\n",
		"":      "404",
		".env":  "404",
		"a/b":   "404",
		"x.txt": "307 https://cdn.jsdelivr.net/pyodide/v0.29.5/full/x.txt",
	} {
		answer := httptest.NewRecorder()
		e.mounted("0.29.5", e.site.Pyodide["0.29.5"]).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, at+name, nil))
		got := answer.Result().Status[:3]
		switch {
		case answer.Code == http.StatusOK:
			got += " " + answer.Body.String()
		case answer.Code == http.StatusTemporaryRedirect:
			got += " " + answer.Header().Get("Location")
		}
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// Each release exports what it loads in a way that can be taken over.
func TestHook(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs every release")
	}
	e := watching(t, nil)
	for _, line := range pyodide.AllVersions.Each() {
		dir, _, err := dist.Fetch(t.Context(), "", dist.Pyodide(line))
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, "pyodide.mjs"))
		if err != nil || !strings.Contains(e.hook("pyodide.mjs", string(text)), "hookedByPreview as loadPyodide") {
			t.Errorf("Pyodide %s is not taken over: %v", line, err)
		}
	}
}

func TestFind(t *testing.T) {
	s := &served{FS: fstest.MapFS{
		"a.html":   {Data: []byte("<script>\nrun(`\n    import x\n    x()\n`);\nrun('import y')\nrun(`import z\n  z.a()\n  z.b()`)\n")},
		"b.py":     {Data: []byte("import x\nx()\nb = 1\n")},
		"c.py":     {Data: []byte("twice = 1\n")},
		"d.js":     {Data: []byte("`twice = 1\n`")},
		"e.py":     {Data: []byte("same()\nother()\n")},
		"f.py":     {Data: []byte("same()\nsame()\n")},
		"never.py": {Data: []byte("import w\n")},
	}, names: map[string]bool{}}
	for _, name := range []string{"a.html", "b.py", "c.py", "d.js", "e.py", "f.py"} {
		fs.ReadFile(s, name) //nolint:errcheck // it is only to have been opened
	}
	for text, want := range map[string]analysis.Site{
		"import x\nx()\nb = 1\n":       {File: "b.py", Line: 1},
		"\nimport x\nx()\nb = 1":       {File: "b.py", Line: 0},
		"\n    import x\n    x()\n":    {}, // in two files
		"import y":                     {File: "a.html", Line: 6},
		"import z\n  z.a()\n  z.b()":   {File: "a.html", Line: 7},
		"twice = 1\n":                  {File: "c.py", Line: 1}, // the whole file
		"twice = 1":                    {},
		"same()":                       {},
		"import w\n":                   {}, // not served
		"":                             {},
		" \n":                          {},
		"import x\nx()\nb = 1\nmore()": {},
	} {
		if got, ok := s.find(text); got != want || ok != (want != analysis.Site{}) {
			t.Errorf("%q stands at %v, want %v", text, got, want)
		}
	}
}

// A project may bring its own Pyodide along.
func TestOwnPyodide(t *testing.T) {
	e := watching(t, nil)
	for name, want := range map[string]bool{"lib/pyodide.mjs": true, "lib/pyodide.js": true, "lib/app.mjs": false} {
		got := e.transform(name, "text/javascript", []byte("export{a as loadPyodide};"))
		if strings.Contains(string(got), "page/hooked.") != want {
			t.Errorf("of %s it makes %s", name, got)
		}
	}
}

// Our modules make classic scripts in which nothing of a module is left.
func TestClassic(t *testing.T) {
	page, err := fs.Sub(pages, "page")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"first", "hooked"} {
		text, err := classic(page, name)
		lines := strings.Split(text, "\n")
		left := slices.IndexFunc(lines, func(line string) bool {
			return strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "export ") || strings.Contains(line, "import.meta")
		})
		if err != nil || left >= 0 || strings.Count(text, "function waitingFor")+strings.Count(text, "waitingFor = ") != 1 {
			t.Errorf("%s: %v, line %d", name, err, left)
		}
	}
	if _, err := classic(page, "none"); err == nil {
		t.Error("a module that is not there makes no error")
	}
}
