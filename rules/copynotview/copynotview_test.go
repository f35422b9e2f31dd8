package copynotview

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/source"
)

const setup = `import js
import numpy as np
view = js.Uint8Array.new(8)
shared = js.Uint8Array.new(js.SharedArrayBuffer.new(8))
def f(x):
`

// inFunction puts lines into the function that the set-up begins.
func inFunction(lines string) string {
	return setup + "    " + strings.ReplaceAll(strings.TrimSpace(lines), "\n", "\n    ") + "\n"
}

func findings(t *testing.T, text string) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, text, analysis.Setting{}, analysis.View{})
}

// A line that ends in "#!" has a finding, and no other line has one.
func TestFound(t *testing.T) {
	for name, lines := range map[string]string{
		"a write":             "m = view.to_py()\nm[0] = 1  #!",
		"a slice":             "m = view.to_memoryview()\nm[0:2] = b'ab'  #!",
		"an update":           "m = view.to_py()\nm[0] += 1  #!",
		"its length":          "m = view.to_py()\nfor i in range(len(m)):\n    m[i] = len(m) - m[i]  #!",
		"a part":              "part = view.subarray(1, 2)\nm = part.to_py()\nm[0] = 1  #!",
		"a part of a part":    "m = view.to_py()\nm[0] = x(m[1])  #!",
		"pixels":              "image = js.document.createElement('canvas').getContext('2d').getImageData(0, 0, 1, 1)\nm = image.data.to_py()\nm[0] = 1  #!",
		"new pixels":          "image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = 1  #!",
		"directly":            "view.to_py()[0] = 5  #!\nview.to_memoryview()[1] += 1  #!",
		"an array":            "a = np.asarray(view.to_py())\na += 1  #!\na.fill(2)\na[0] = 1",
		"a method":            "a = np.frombuffer(view.to_memoryview(), np.uint8)\na.sort()  #!",
		"a condition":         "m = view.to_py()\nif x:\n    m[0] = 1  #!",
		"a read":              "m = view.to_py()\nm[0] = 1\nreturn m[0]",
		"a test":              "m = view.to_py()\nif m[0]:\n    m[0] = 1",
		"handed on":           "m = view.to_py()\nm[0] = 1\nx(m)",
		"an alias":            "m = view.to_py()\nm[0] = 1\nn = m",
		"an attribute":        "m = view.to_py()\nm[0] = 1\nx.m = m",
		"read by another":     "m = view.to_py()\nm[0] = 1\ntotal = 0\ntotal += m[0]",
		"written back":        "m = view.to_py()\nm[0] = 1\nview.assign(m)",
		"deleted":             "m = view.to_py()\nm[0] = 1\ndel m",
		"yielded":             "m = view.to_py()\nm[0] = yield m[1]\n",
		"remembered":          "m = view.to_py()\nm[0] = (last := m[1])\n",
		"a function of it":    "m = view.to_py()\nm[0] = lambda: m[1]\n",
		"a value in a chain":  "m = view.to_py()\nx = m[0] = 1\n",
		"a closure writes":    "m = view.to_py()\ndef put(i):\n    m[i] = 1\nreturn put",
		"a closure reads":     "m = view.to_py()\nm[0] = 1\nreturn lambda: m[0]",
		"a closure updates":   "a = np.asarray(view.to_py())\ndef put():\n    nonlocal a\n    a += 1\nreturn put",
		"no array":            "m = js.Array.of(1).to_py()\nm[0] = 1",
		"perhaps no array":    "v = js.Array.of(1)\nv = js.Uint8Array.new(1)\nm = v.to_py()\nm[0] = 1",
		"one of two arrays":   "v = js.Uint8Array.new(1)\nm = v.to_py()\nv = js.Uint8Array.new(1)\nm[0] = 1",
		"other data":          "m = js.JSON.parse('{}').data.to_py()\nm[0] = 1",
		"unknown":             "m = x.to_py()\nm[0] = 1",
		"nothing is written":  "m = view.to_py()\nlen(m)",
		"a method that reads": "a = np.asarray(view.to_py())\na.sum()\na[0] = 1",
		"a method's result":   "a = np.asarray(view.to_py())\nx = a.fill(1)",
		"a method by name":    "a = np.asarray(view.to_py())\nx = a.sort",
		"a list's method":     "m = view.to_py()\nm.sort()",
		"a rebound view":      "m = view.to_py()\nm += b'1'",
		"another's len":       "from x import len\nm = view.to_py()\nm[0] = 1\nlen(m)",
	} {
		t.Run(name, func(t *testing.T) {
			text := inFunction(lines)
			file := source.New("", text)
			said := map[int]bool{}
			for _, f := range findings(t, text) {
				said[file.LineOf(f.Span.Start)] = true
			}
			for i, line := range strings.Split(text, "\n") {
				if said[i] != strings.HasSuffix(line, "#!") {
					t.Errorf("%s\n  finding: %v", line, said[i])
				}
			}
		})
	}
}

func TestFixes(t *testing.T) {
	for name, test := range map[string]struct{ lines, want string }{
		"a write":         {"m = view.to_py()\nm[0] = 1\nx()", "safe: m = view.to_py()\nm[0] = 1\nview.assign(m)\nx()"},
		"a comment":       {"m = view.to_py()\nm[0] = 1  # one", "safe: m = view.to_py()\nm[0] = 1  # one\nview.assign(m)"},
		"a loop":          {"m = view.to_py()\nfor i in x:\n    m[i] = 1", "safe: m = view.to_py()\nfor i in x:\n    m[i] = 1\nview.assign(m)"},
		"in a loop":       {"for i in x:\n    m = view.to_py()\n    m[i] = 1", "safe: for i in x:\n    m = view.to_py()\n    m[i] = 1\n    view.assign(m)"},
		"shared":          {"m = shared.to_py()\nm[0] = 1", "unsafe: m = shared.to_py()\nm[0] = 1\nshared.assign(m)"},
		"a shared part":   {"v = shared.subarray(1)\nm = v.to_py()\nm[0] = 1", "unsafe: v = shared.subarray(1)\nm = v.to_py()\nm[0] = 1\nv.assign(m)"},
		"a shared buffer": {"v = js.Int8Array.new(shared.buffer)\nm = v.to_py()\nm[0] = 1", "unsafe: v = js.Int8Array.new(shared.buffer)\nm = v.to_py()\nm[0] = 1\nv.assign(m)"},
		"a return":        {"m = view.to_py()\nif x:\n    m[0] = 1\n    return", "unsafe: m = view.to_py()\nif x:\n    m[0] = 1\n    return\nview.assign(m)"},
		"a pause":         {"m = view.to_py()\nm[0] = x(await x)\n", "unsafe: m = view.to_py()\nm[0] = x(await x)\nview.assign(m)"},
		"a use":           {"m = view.to_py()\nm[0] = 1\nx(view)\nm[1] = 1", "unsafe: m = view.to_py()\nm[0] = 1\nx(view)\nm[1] = 1\nview.assign(m)"},
		"a use before":    {"x(view)\nm = view.to_py()\nm[0] = 1", "safe: x(view)\nm = view.to_py()\nm[0] = 1\nview.assign(m)"},
		"a break":         {"m = view.to_py()\nfor i in x:\n    m[i] = 1\n    break", "safe: m = view.to_py()\nfor i in x:\n    m[i] = 1\n    break\nview.assign(m)"},
		"a way out": {"for i in x:\n    m = view.to_py()\n    if i:\n        m[0] = 1\n        continue",
			"unsafe: for i in x:\n    m = view.to_py()\n    if i:\n        m[0] = 1\n        continue\n    view.assign(m)"},
		"its width": {"image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = image.width",
			"safe: image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = image.width\nimage.data.assign(m)"},
		"its object": {"image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = 1\nx(image)\nm[0] = 2",
			"unsafe: image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = 1\nx(image)\nm[0] = 2\nimage.data.assign(m)"},
		"its method": {"image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = image.read()",
			"unsafe: image = js.ImageData.new(1, 1)\nm = image.data.to_py()\nm[0] = image.read()\nimage.data.assign(m)"},
		"directly":          {"view.to_py()[-1] += x", "safe: view[-1] += x"},
		"directly, a slice": {"view.to_py()[0:1] = b'a'", "none"},
		"another type":      {"a = np.asarray(view.to_py(), float)\na[0] = 1", "none"},
		"one line":          {"m = view.to_py(); m[0] = 1", "safe: m = view.to_py(); m[0] = 1\nview.assign(m)"},
		"a line goes on":    {"m = view.to_py()\nm[0] = 1; x()", "none"},
		"out of its block":  {"try:\n    m = view.to_py()\nfinally:\n    m[0] = 1", "none"},
	} {
		t.Run(name, func(t *testing.T) {
			text := inFunction(test.lines)
			found := findings(t, text)
			if len(found) != 1 {
				t.Fatalf("%d findings", len(found))
			}
			got := "none"
			if len(found[0].Fixes) > 0 {
				fixed, _ := analysis.Fixed(text, found, analysis.Shown)
				lines := strings.ReplaceAll(strings.TrimPrefix(fixed, setup), "\n    ", "\n")
				got = found[0].Fixes[0].Applicability.String() + ": " + strings.TrimSpace(lines)
			}
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// What another file may import is less certain to be of no use.
func TestTopLevelIsInformation(t *testing.T) {
	for text, want := range map[string]string{
		"m = view.to_py()\nm[0] = 1\n":                                    "info",
		"class A:\n    m = view.to_py()\n    m[0] = 1\n":                  "",
		"view.to_py()[0] = 1\n":                                           "warning",
		"m = view.to_py()\nm[0] = 1\ndef g():\n    return m\n":            "",
		"m = view.to_py()\nm[0] = 1\ndef g():\n    global m\n    m = 1\n": "",
	} {
		got := ""
		for _, f := range findings(t, strings.TrimSuffix(setup, "def f(x):\n")+text) {
			got += f.Severity.String()
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
