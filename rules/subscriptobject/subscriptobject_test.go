package subscriptobject_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/subscriptobject"
)

func TestObjects(t *testing.T) {
	analysistest.Said(t, subscriptobject.Rule, map[string]string{
		"js.location['href']":                           "said, fixed",
		"js.location[name]":                             "",
		"js.location['a', 'b']":                         "",
		"js.location['a-b']":                            "said, fixed",
		"js.location['class']":                          "said, fixed",
		"js.location['to_py']":                          "said, fixed",
		"js.location['href'] = 'a'":                     "said, fixed",
		"js.location['a-b'] = 'a'":                      "said, fixed",
		"js.location[name] = 'a'":                       "",
		"a = js.location['a-b'] = 'a'":                  "said",
		"js.location['href'] += 'a'":                    "said, fixed",
		"js.location['a-b'] += 'a'":                     "said",
		"del js.location['href']":                       "said, fixed",
		"del js.location['a-b']":                        "said",
		"a = js.Object.new()\n'href' in a":              "said, fixed",
		"a = js.Object.new()\n'href' not in a":          "said, fixed",
		"name in js.location":                           "",
		"getattr = 1\njs.location['a-b']":               "said",
		"hasattr = 1\na = js.Object.new()\n'href' in a": "said",
		"setattr = 1\njs.location['a-b'] = 1":           "said",
		"def f(a):\n    a['href']":                      "",
		"def f(event):\n    event['target']\njs.document.addEventListener('click', f)":    "said, fixed",
		"def f(a, event):\n    event['target']\njs.document.addEventListener('click', f)": "",
		"import sys\nif sys.platform != 'emscripten':\n    js.location['href']":           "",
		"try:\n    js.location['href']\nexcept TypeError:\n    pass":                      "",
	})
}
