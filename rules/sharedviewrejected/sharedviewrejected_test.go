package sharedviewrejected

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
)

const setup = `import js
from pyodide.ffi import to_js
memory = js.SharedArrayBuffer.new(16)
shared = js.Uint8Array.new(memory)
decoder = js.TextDecoder.new()
`

func TestWhatIsHandedOver(t *testing.T) {
	for code, want := range map[string]string{
		"decoder.decode(shared)":                                   "decoder.decode(shared.slice())",
		"decoder.decode(js.Uint8Array.new(memory))":                "decoder.decode(js.Uint8Array.new(memory).slice())",
		"decoder.decode(x := shared)":                              "none",
		"decode = decoder.decode\ndecode(shared)":                  "decode = decoder.decode\ndecode(shared.slice())",
		"js.Blob.new(to_js(['a', shared]))":                        "js.Blob.new(to_js(['a', shared.slice()]))",
		"parts = [shared]\njs.Blob.new(parts)":                     "none",
		"js.crypto.getRandomValues(shared)":                        "shared.set(js.crypto.getRandomValues(shared.slice()))",
		"js.crypto.getRandomValues(shared.subarray(4))":            "none",
		"key = js.crypto.getRandomValues(shared)":                  "none",
		"js.TextEncoder.new().encodeInto('a', shared)":             "none",
		"js.TextEncoder.new().encodeInto(shared)":                  "silent",
		"decoder.decode(memory)":                                   "silent",
		"decoder.decode(shared.slice())":                           "silent",
		"decoder.decode(*shared)":                                  "silent",
		"js.crypto.subtle.digest('SHA-256', js.Uint8Array.new(4))": "silent",
		"b'a'.decode(shared)":                                      "silent",
		"memory.to_string()":                                       "silent",
		"shared.to_bytes()":                                        "silent",
	} {
		text := setup + code + "\n"
		found := analysistest.Findings(t, Rule, text, analysis.Setting{Realm: pyodide.Main}, analysis.View{})
		got := "silent"
		if len(found) > 0 {
			got = "none"
			if fixed, n := analysis.Fixed(text, found, analysis.Shown); n > 0 {
				got = strings.TrimSpace(strings.TrimPrefix(fixed, setup))
			}
		}
		if got != want {
			t.Errorf("%s\ngot  %s\nwant %s", code, got, want)
		}
	}
}
