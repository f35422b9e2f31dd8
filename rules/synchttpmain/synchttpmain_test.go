package synchttpmain

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
)

const setup = `import js
import requests
from pyodide.http import open_url, pyfetch
`

func findings(t *testing.T, text string) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, text, analysis.Setting{}, analysis.View{})
}

func TestSaid(t *testing.T) {
	const never, always, suspends = "", "nothing is drawn", "before Pyodide 0.28"
	for text, want := range map[string]string{
		"open_url('/x')":                                                   always,
		"async def f():\n    open_url('/x')":                               always,
		"requests.get('/x')":                                               suspends,
		"async def f():\n    requests.get(x)":                              suspends,
		"def f():\n    requests.get(x)":                                    always,
		"lambda: requests.get(x)":                                          always,
		"import urllib3\nurllib3.request(x, y)":                            suspends,
		"from pyodide.http import pyxhr\nasync def f():\n    pyxhr.get(x)": always,
		"x = js.XMLHttpRequest.new()\nx.open('GET', y, False)":             "send freezes the page",
		"class A:\n    def __init__(self):\n        self.x = js.XMLHttpRequest.new()\n    def f(self):\n        self.x.open('GET', y, False)": "send freezes the page",
		"x = js.XMLHttpRequest.new()\nx.open('GET', y, True)":           never,
		"x = js.XMLHttpRequest.new()\nx.open('GET', y, z)":              never,
		"x = js.XMLHttpRequest.new()\nx.open('GET', 'blob:x', False)":   never,
		"x = js.Other.new()\nx.open('GET', y, False)":                   never,
		"x = js.XMLHttpRequest.new()\nx.send('GET', y, False)":          never,
		"def f(x):\n    x.open('GET', y, False)":                        never,
		"open_url('data:text/plain,x')":                                 never,
		"import urllib.request\nurllib.request.urlopen(x)":              never,
		"requests.Session()":                                            never,
		"class requests:\n    get = print\nrequests.get(x)":             never,
		"import sys\nif sys.platform != 'emscripten':\n    open_url(x)": never,
	} {
		var said []string
		for _, f := range findings(t, setup+text+"\n") {
			said = append(said, f.Message)
		}
		if got := strings.Join(said, "; "); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s\n  says %q", text, got)
		}
	}
}

func TestFixes(t *testing.T) {
	for text, want := range map[string]string{
		"x = open_url(y).read()":                                 "x = await (await pyfetch(y)).text()",
		"x = open_url(y).read().strip()":                         "x = (await (await pyfetch(y)).text()).strip()",
		"x = open_url(y).read()[0]":                              "x = (await (await pyfetch(y)).text())[0]",
		"x = z[open_url(y).read()]":                              "x = z[await (await pyfetch(y)).text()]",
		"x = f(open_url(y).read())":                              "x = f(await (await pyfetch(y)).text())",
		"def f():\n    return open_url(y).read()":                "async def f():\n    return await (await pyfetch(y)).text()",
		"x = open_url(y).read(5)":                                "x = io.StringIO(await (await pyfetch(y)).text()).read(5)",
		"x = open_url(y).readline()":                             "x = io.StringIO(await (await pyfetch(y)).text()).readline()",
		"x = open_url(y).read":                                   "x = io.StringIO(await (await pyfetch(y)).text()).read",
		"for x in open_url(y):\n    pass":                        "for x in io.StringIO(await (await pyfetch(y)).text()):\n    pass",
		"x = open_url(url=y)":                                    "none",
		"x = open_url(*y)":                                       "none",
		"x = open_url(y, z)":                                     "none",
		"x = lambda: open_url(y)":                                "none",
		"def f():\n    yield open_url(y)":                        "none",
		"class A:\n    def __init__(self):\n        open_url(y)": "none",
		"x = requests.get(y)":                                    "none",
	} {
		found := findings(t, setup+text+"\n")
		if len(found) != 1 {
			t.Errorf("%s\n  has %d findings", text, len(found))
			continue
		}
		got := "none"
		if fixes := found[0].Fixes; len(fixes) > 0 {
			fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Shown)
			got = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(fixed, "import io\n"), setup))
			if fixes[0].Applicability != analysis.Unsafe {
				t.Errorf("%s\n  is fixed as %s", text, fixes[0].Applicability)
			}
		}
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
}
