package sabtransfer

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
)

const setup = `import js
from pyodide.ffi import to_js
m = js.SharedArrayBuffer.new(16)
v = js.Int32Array.new(m)
p = js.ArrayBuffer.new(8)
w = js.Worker.new("w.js")
`

func TestTransfers(t *testing.T) {
	for _, test := range []struct {
		realm      pyodide.Realms
		text, want string
	}{
		{0, "w.postMessage(m, [m])", "w.postMessage(m)"},
		{0, "w.postMessage(m, (m,),)", "w.postMessage(m,)"},
		{0, "w.postMessage(v, to_js([v.buffer]))", "w.postMessage(v)"},
		{0, "w.postMessage(m, [m, p])", "w.postMessage(m, [p])"},
		{0, "w.postMessage(m, [p, m])", "w.postMessage(m, [p])"},
		{0, "w.postMessage(m, [p, m,])", "w.postMessage(m, [p,])"},
		{0, "w.postMessage(m, [m, p, m])", "none"},
		{0, "w.postMessage(m, js.Object.new(transfer=[m]))", "w.postMessage(m, js.Object.new(transfer=[]))"},
		{0, "w.postMessage(m, transfer=[m])", "w.postMessage(m)"},
		{0, "w.postMessage(p, [m])", "none"},
		{0, "w.postMessage(m, [m], more)", "w.postMessage(m, [], more)"},
		{0, "gone = [m]\nw.postMessage(m, gone)", "gone = [m]\nw.postMessage(m)"},
		{0, "gone = [m, p]\nw.postMessage(m, gone)", "none"},
		{0, "js.postMessage(m, '*', [m])", "js.postMessage(m, '*')"},
		{0, "js.structuredClone(m, transfer=[m])", "js.structuredClone(m)"},
		{pyodide.Worker, "js.postMessage(m, [m])", "js.postMessage(m)"},
		{0, "js.postMessage(m, [m])", "silent"},
		{0, "frame.contentWindow.postMessage(m, [m])", "silent"},
		{0, "js.structuredClone(m, [m])", "silent"},
		{0, "js.structuredClone(m, None, [m])", "silent"},
		{0, "w.postMessage(*given, [m])", "silent"},
		{0, "w.postMessage(m, to_js({'transfer': [m]}))", "silent"},
		{0, "w.postMessage(m, {'transfer': [m]})", "silent"},
		{0, "w.postMessage(m, [p])", "silent"},
		{0, "w.postMessage([m])", "silent"},
		{0, "w.post(m, [m])", "silent"},
	} {
		text := setup + test.text + "\n"
		found := analysistest.Findings(t, Rule, text, analysis.Setting{Realm: test.realm}, analysis.View{})
		got := "silent"
		if len(found) > 0 {
			got = "none"
			if fixed, n := analysis.Fixed(text, found, analysis.Safe); n > 0 {
				got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			}
		}
		if got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}
