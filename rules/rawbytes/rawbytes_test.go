package rawbytes

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
)

const setup = `import js
from js import Float32Array, Uint8Array
from pyodide.ffi import to_js
data = b"tide"
`

// What is said of each text, and what the first fix makes of it.
func TestSaid(t *testing.T) {
	for text, want := range map[string][2]string{
		`js.Blob.new([data, "a", b"b"])`:                                          {"makes text", `js.Blob.new([to_js(data), "a", to_js(b"b")])`},
		`js.Blob.new(data)`:                                                       {"goes through these bytes", `js.Blob.new(to_js([data]))`},
		`js.Response.new([1, 2])`:                                                 {"makes text", `js.Response.new(Uint8Array.new([1, 2]))`},
		`js.Response.new((1, 2))`:                                                 {"makes text", `js.Response.new(Uint8Array.new((1, 2)))`},
		`js.Response.new("a".join(x).encode("utf-8"))`:                            {"makes text", `js.Response.new(to_js("a".join(x).encode("utf-8")))`},
		`js.fetch("/", body=data)`:                                                {"fetch makes text", `js.fetch("/", body=to_js(data))`},
		`js.fetch("/", {"body": data})`:                                           {"fetch makes text", `js.fetch("/", {"body": to_js(data)})`},
		`js.WebSocket.new("/").send(data)`:                                        {"send makes text", `js.WebSocket.new("/").send(to_js(data))`},
		`js.navigator.sendBeacon("/", memoryview(data))`:                          {"sendBeacon makes text", `js.navigator.sendBeacon("/", to_js(memoryview(data)))`},
		`js.crypto.subtle.digest("SHA-256", data)`:                                {"digest does not take", `js.crypto.subtle.digest("SHA-256", to_js(data))`},
		`js.crypto.subtle.encrypt(name="AES-GCM", iv=data)`:                       {},
		`js.PushManager.new().subscribe(applicationServerKey=data)`:               {},
		`js.AudioContext.new().createBuffer(1, 1, 1).copyToChannel(data, 0)`:      {"copyToChannel does not take", "copyToChannel(data, 0)"},
		`js.AudioContext.new().createBuffer(1, 1, 1).copyToChannel([1], 0)`:       {"copyToChannel does not take", "copyToChannel(Float32Array.new([1]), 0)"},
		`js.crypto.getRandomValues(bytearray(4))`:                                 {"getRandomValues does not take", "getRandomValues(bytearray(4))"},
		`js.fetch("/", {"body": data, "items": data})`:                            {"fetch makes text", `js.fetch("/", {"body": to_js(data), "items": data})`},
		"options = {'body': data}\njs.fetch('/', options)":                        {},
		"parts = [data]\njs.Blob.new(parts)":                                      {},
		"import sys\nif sys.platform != 'emscripten':\n    js.Response.new(data)": {},
		`js.Response.new("text")`:                                                 {},
		`js.Response.new(x)`:                                                      {},
		`js.Response.new(x.encode())`:                                             {},
		`js.Response.new({1})`:                                                    {},
		`js.Response.new(to_js(data))`:                                            {},
		`js.Blob.new(to_js([data]))`:                                              {},
		`js.Blob.new(["a", x])`:                                                   {},
		`js.FormData.new().append("a", "b")`:                                      {},
		`js.Uint8Array.new(data)`:                                                 {},
		`js.helper(data)`:                                                         {},
		"class S:\n    def send(self, x): pass\nS().send(data)":                   {},
	} {
		found := analysistest.Findings(t, Rule, setup+text+"\n", analysis.Setting{}, analysis.View{})
		if (len(found) > 0) != (want[0] != "") {
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

// Where JavaScript does not see the keys of a dict, it is options-dict that speaks.
func TestOptionsThatAreNotSeen(t *testing.T) {
	for versions, want := range map[pyodide.Versions]int{pyodide.Only(pyodide.V027): 0, pyodide.Only(pyodide.V028): 1} {
		text := setup + `js.fetch("/", {"body": data})` + "\n"
		if found := analysistest.Findings(t, Rule, text, analysis.Setting{}, analysis.View{Versions: versions}); len(found) != want {
			t.Errorf("%s: %d findings", versions, len(found))
		}
	}
}

func TestWhereItRuns(t *testing.T) {
	const code = "from pyscript import window\nwindow.Response.new(b'tide')\n"
	for _, test := range []struct{ page, want string }{
		{`<script type="py" src="page.py"></script>`, "page.py:2"},
		{`<script type="py" src="page.py" worker></script>`, ""},
		{`<script type="mpy" src="other.py"></script>`, ""},
	} {
		texts := map[string]string{"index.html": test.page, "page.py": code}
		if got := analysistest.InProject(t, Rule, texts, "page.py"); got != test.want {
			t.Errorf("%s\n  %q, want %q", test.page, got, test.want)
		}
	}
}
