package codeinjection_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/codeinjection"
)

func TestWhereTextsComeFrom(t *testing.T) {
	analysistest.Said(t, codeinjection.Rule, map[string]string{
		"js.document.write(f'<b>{js.prompt()}</b>')":                                                                                                                   "said, fixed",
		"js.document.write('<b>' + input('name') + '</b>')":                                                                                                            "said, fixed",
		"js.document.write('<b>%s</b>' % js.document.referrer)":                                                                                                        "said, fixed",
		"js.document.write('<b>%d %s</b>' % (3, js.document.referrer))":                                                                                                "said, fixed",
		"js.document.write('<b>%d</b>' % js.document.referrer)":                                                                                                        "",
		"js.document.write(f'<b>{js.document.referrer:>3}</b>')":                                                                                                       "said",
		"js.document.write(f'<b>{js.document.referrer!r}</b>')":                                                                                                        "said",
		"js.document.write(f'<b>{js.document.referrer:.2f}</b>')":                                                                                                      "",
		"js.document.write(f'<b>{js.location.host}{js.location.pathname}</b>')":                                                                                        "",
		"js.document.write(f'<b>{js.localStorage.getItem}</b>')":                                                                                                       "",
		"js.document.body.innerHTML += f'<b>{js.location.hash}</b>'":                                                                                                   "said, fixed",
		"js.document.body.innerHTML = '{}'.format(js.location.hash)":                                                                                                   "said, fixed",
		"js.document.body.textContent = f'<b>{js.location.hash}</b>'":                                                                                                  "",
		"js.DOMParser.new().parseFromString(f'<b>{js.location.hash}</b>', 'text/html')":                                                                                "",
		"from pyscript import HTML, display\ndisplay(HTML(f'<b>{js.location.hash}</b>'))":                                                                              "said, fixed",
		"def f(event):\n    js.document.write(f'<b>{event.target.value}</b>')":                                                                                         "said, fixed",
		"def f(event):\n    js.document.write(f'<b>{event.value}</b>')":                                                                                                "",
		"name = js.location.hash\nassert re.match('a', name)\njs.document.write(f'<b>{name}</b>')":                                                                     "said, fixed",
		"import re\nname = js.location.hash\nassert re.match('a', name)\njs.document.write(f'<b>{name}</b>')":                                                          "",
		"name = js.location.hash\nif name != '':\n    js.document.write(f'<b>{name}</b>')":                                                                             "said, fixed",
		"name = js.location.hash\nname = name or 'a'\njs.document.write(f'<b>{name}</b>')":                                                                             "",
		"text = '<b>'\nif js.location.hash:\n    text = '<i>'\njs.document.write(text + '</b>')":                                                                       "",
		"url = js.URL.new(js.location.href)\njs.document.write('<b>' + url.searchParams.get('a') + '</b>')":                                                            "said, fixed",
		"url = js.URL.new('https://example.org/?a=1')\njs.document.write('<b>' + url.searchParams.get('a') + '</b>')":                                                  "",
		"from pyodide.http import open_url\njs.document.write('<b>' + open_url('https://example.org').read() + '</b>')":                                                "said, fixed",
		"from pyodide.http import open_url\njs.document.write('<b>' + open_url('own.txt').read() + '</b>')":                                                            "",
		"from pyodide.http import pyfetch\nanswer = await pyfetch('https://example.org')\nfound = await answer.json()\njs.document.write(f\"<b>{found['name']}</b>\")": "said, fixed",
		"js.Function.new('a', f'return a + {js.location.hash}')":                                                                                                       "said",
		"js.Function.new(f'a{js.location.hash}', 'return a')":                                                                                                          "",
		"js.eval(\"f(\\\"\" + js.location.hash + \"\\\")\")":                                                                                                           "said",
		"def f(a, b=1):\n    js.eval(f\"'{a}'\" + f'{b}')\nf(js)":                                                                                                      "said, fixed",
		"def f(a):\n    js.eval(f\"'{a:d}'\")":                                                                                                                         "",
		"def f(a):\n    js.eval(f\"it's {a}\")\nf(js)":                                                                                                                 "said",
		"def f(a: int):\n    js.eval(f\"'{a}'\")":                                                                                                                      "",
		"def f(a: str = ''):\n    js.eval(f\"'a {a}'\")\nf(a=js)":                                                                                                      "said",
		"def f(a):\n    js.eval(f\"'{a}'\")\nf('b')":                                                                                                                   "",
		"def f(a):\n    js.eval(f\"'{a}'\")\nf('b')\nf(js)":                                                                                                            "said, fixed",
		"def f(a):\n    js.eval(f\"'{a}'\")":                                                                                                                           "",
		"def f(a: str = ''):\n    js.eval(f\"'{a}'\")\nf()":                                                                                                            "",
		"def f(a):\n    js.eval(f\"'{a}'\")\nprint(f)":                                                                                                                 "said, fixed",
		"def f(a):\n    js.eval(f\"'{a}'\")\nf(*'bc')":                                                                                                                 "said, fixed",
		"@js.f\ndef f(a):\n    js.eval(f\"'{a}'\")":                                                                                                                    "said, fixed",
		"f = lambda a: js.eval(f\"'{a}'\")":                                                                                                                            "said, fixed",
		"def f(*a):\n    js.eval(f\"'{a}'\")\nf('b')":                                                                                                                  "",
		"def f(a):\n    js.eval(f\"'{a}'\")\ndef g(b='c'):\n    f(b)\ng()\ng('d')":                                                                                     "",
		"def f(a):\n    js.eval(f\"'{a}'\")\n    f(a)\nf('b')":                                                                                                         "said, fixed",
		"def f(a):\n    js.eval(f\"'{a}'\")\nfor b in ['c', 'd']:\n    f(b)":                                                                                           "",
		"class A:\n    def f(self, a):\n        js.eval(f\"'{a}'\")\n    def g(self):\n        self.f('b')":                                                            "",
		"class A:\n    def f(self, a):\n        js.eval(f\"'{a}'\")\n    def g(self):\n        self.f(js)":                                                             "said, fixed",
		"class A:\n    def f(self, a):\n        js.eval(f\"'{a}'\")\n    def g(self):\n        return self.f":                                                          "said, fixed",
		"for a in ['b', 'c']:\n    js.eval(f\"'{a}'\")":                                                                                                                "",
	})
}
