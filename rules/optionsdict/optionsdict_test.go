package optionsdict

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

const setup = `import js
from js import Object, document, fetch
from pyodide.ffi import to_js
import pyscript
`

func findings(t *testing.T, text string, view analysis.View) []analysis.Finding {
	t.Helper()
	return analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, view)
}

// What is said of each text, and what the first fix makes of it.
func TestSaid(t *testing.T) {
	for text, want := range map[string][2]string{
		`fetch("/", {"method": "POST"})`:                                  {"fetch ignores", `fetch("/", method="POST")`},
		`fetch("/", {'method': 'PUT', 'mode': 'cors'})`:                   {"fetch ignores", `fetch("/", method='PUT', mode='cors')`},
		`fetch("/", {"method": "POST", "body": data})`:                    {"fetch ignores", `fetch("/", to_js({"method": "POST", "body": data}, dict_converter=Object.fromEntries))`},
		`fetch("/", {"method": "POST", **more})`:                          {"fetch ignores", `**more}, dict_converter=Object.fromEntries))`},
		`fetch("/", dict(method="POST"))`:                                 {"fetch ignores", `fetch("/", to_js(dict(method="POST"), dict_converter=Object.fromEntries))`},
		`o = {}` + "\n" + `o["method"] = "POST"` + "\n" + `fetch("/", o)`: {"fetch ignores", `fetch("/", to_js(o, dict_converter=Object.fromEntries))`},
		`js.window.fetch("/", {k: 1 for k in x})`:                         {"fetch ignores", `dict_converter=Object.fromEntries))`},
		`fetch("/", method="POST", headers={"A": "b"})`:                   {"fetch fails", `headers=to_js({"A": "b"}, dict_converter=Object.fromEntries))`},
		`fetch("/", to_js({"method": "POST"}))`:                           {},
		`fetch("/", {"method": "GET"})`:                                   {},
		`document.title.append({"role": "user", "content": "a"})`:         {},
		`js.navigator.requestMediaKeySystemAccess("k", [{"label": "a"}])`: {"requestMediaKeySystemAccess ignores", `to_js([{"label": "a"}], dict_converter=Object.fromEntries))`},
		`fetch("/", {})`:                                                                     {},
		`fetch("/", o)`:                                                                      {},
		`fetch({"method": "POST"})`:                                                          {},
		`fetch(*a, {"method": "POST"})`:                                                      {},
		`js.helper({"method": "POST"})`:                                                      {},
		`js.structuredClone({"method": "POST"})`:                                             {},
		`js.Object.assign(Object.new(), {"method": "POST"})`:                                 {},
		`fetch("/", pyscript.ffi.to_js({"method": "POST"}))`:                                 {},
		`js.Worker.new("w.js", {"type": "module"})`:                                          {"Worker.new does not get type", `js.Worker.new("w.js", type="module")`},
		`js.File.new([], "f", {type: "a/b"})`:                                                {"File.new does not get type", `js.File.new([], "f", type="a/b")`},
		`js.File.new([], "f", {type: f()})`:                                                  {"File.new does not get type", `js.File.new([], "f", {type: f()})`},
		`js.URLSearchParams.new({"a": "1"})`:                                                 {"URLSearchParams.new fails", `js.URLSearchParams.new(to_js({"a": "1"}, dict_converter=Object.fromEntries))`},
		`js.ClipboardItem.new(to_js({"text/plain": "a"}))`:                                   {},
		`js.Blob.new([], to_js({"type": "a"}))`:                                              {},
		`js.Date.new(0).toLocaleDateString("en", {"year": "2-digit"})`:                       {"toLocaleDateString ignores", `("en", year="2-digit")`},
		`js.Intl.NumberFormat.new("en", {"style": "percent"})`:                               {"NumberFormat.new ignores", `("en", style="percent")`},
		`js.crypto.subtle.generateKey({"name": "AES-GCM", "length": 256}, True)`:             {"generateKey does not get length", `generateKey(to_js({"name": "AES-GCM", "length": 256}, dict_converter=Object.fromEntries), True)`},
		`js.Chart.new(c, {"type": "line", "data": {}})`:                                      {"Chart.new does not get type", `dict_converter=Object.fromEntries))`},
		`js.Chart.new(c, to_js({"data": {"keys": []}}))`:                                     {"Chart.new does not get keys: to_js makes a Map", `js.Chart.new(c, to_js({"data": {"keys": []}}, dict_converter=Object.fromEntries))`},
		`js.L.tileLayer("u", {"maxZoom": 19})`:                                               {"tileLayer ignores", `js.L.tileLayer("u", maxZoom=19)`},
		`document.getElementById("a").getContext("2d", {"alpha": False})`:                    {"getContext ignores", `getContext("2d", alpha=False)`},
		`def f(device):` + "\n" + `    device.createBuffer(to_js({"size": 16, "usage": 1}))`: {"createBuffer does not get size: to_js makes a Map of this dict before Pyodide 0.29", `device.createBuffer(to_js({"size": 16, "usage": 1}, dict_converter=Object.fromEntries))`},
		`def f(e):` + "\n" + `    e.scrollIntoView({"behavior": "smooth"})`:                  {"scrollIntoView ignores", `e.scrollIntoView(behavior="smooth")`},
		`def f(e):` + "\n" + `    e.scrollIntoView({"behaviour": "smooth"})`:                 {},
		`def f(e):` + "\n" + `    e.observe(x, {"childList": True})`:                         {},
		`js.Request.new("/", {"for": 1})`:                                                    {"Request.new ignores", `to_js({"for": 1}, dict_converter=Object.fromEntries))`},
		`if True: fetch("/", {"method": "a", "method": "b"})`:                                {"fetch ignores", `dict_converter=Object.fromEntries))`},
	} {
		found := findings(t, text, analysis.View{})
		if (len(found) == 1) != (want[0] != "") || len(found) > 1 {
			t.Errorf("%s: %d findings", text, len(found))
			continue
		}
		if len(found) == 0 {
			continue
		}
		if !strings.Contains(found[0].Message, want[0]) {
			t.Errorf("%s: %s", text, found[0].Message)
		}
		if fixed, _ := analysis.Fixed(setup+text+"\n", found, analysis.Unsafe); !strings.Contains(fixed, want[1]+"\n") {
			t.Errorf("%s becomes\n%s", text, fixed)
		}
	}
}

// On which versions it speaks, and how severely.
func TestVersions(t *testing.T) {
	for text, want := range map[string]string{
		`fetch("/", {"method": "POST"})`:                            "info 0.26 and 0.27, warning 0.26 and 0.27, silent",
		`fetch("/", {"headers": {"A": "b"}})`:                       "warning 0.26 to 314, warning 0.26 and 0.27, warning 0.28",
		`fetch("/", headers={"A": "b"})`:                            "warning 0.26 to 314, warning 0.26 and 0.27, warning 0.28",
		`js.Blob.new([], {"type": "a"})`:                            "warning 0.26 to 314, warning 0.26 and 0.27, warning 0.28",
		`js.Chart.new(c, to_js({"size": 1}))`:                       "info 0.26 to 0.28, warning 0.26 and 0.27, warning 0.28",
		`js.RTCPeerConnection.new(iceServers=[{"urls": "u"}])`:      "info 0.26 and 0.27, warning 0.26 and 0.27, silent",
		`js.RTCPeerConnection.new({"iceServers": [{"urls": "u"}]})`: "info 0.26 and 0.27, warning 0.26 and 0.27, silent",
	} {
		var got []string
		for _, versions := range []pyodide.Versions{0, pyodide.Before(pyodide.V028), pyodide.Only(pyodide.V028)} {
			said := "silent"
			for _, f := range findings(t, text, analysis.View{Versions: versions}) {
				said = f.Severity.String() + " " + f.Versions.String()
			}
			got = append(got, said)
		}
		if said := strings.Join(got, ", "); said != want {
			t.Errorf("%s: %s", text, said)
		}
	}
}

func TestProjectsWithoutTheMistake(t *testing.T) {
	for name, view := range map[string]analysis.View{
		"proxies by themselves": {Runtime: realm.Runtime{AutoProxies: true}}, "MicroPython": {MicroPython: true},
	} {
		if found := findings(t, `js.Headers.new({"A": "b"})`, view); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// In a worker, the window of PyScript is that of the page, to which values go by another way.
func TestOverThere(t *testing.T) {
	const text = "from pyscript import window\nwindow.fetch('/', {'headers': {'A': 'b'}})\n"
	for in, want := range map[pyodide.Realms]int{pyodide.Main: 1, pyodide.Worker: 0} {
		if found := analysistest.Findings(t, Rule, text, analysis.Setting{Realm: in}, analysis.View{}); len(found) != want {
			t.Errorf("%s: %d findings", in, len(found))
		}
	}
}
