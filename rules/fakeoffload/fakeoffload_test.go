package fakeoffload_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/rules/fakeoffload"
)

func TestOffloaded(t *testing.T) {
	for text, want := range map[string]string{
		"await asyncio.to_thread(time.sleep, 1)":                                                   "fixed",
		"job = asyncio.to_thread(time.sleep, 1)":                                                   "said",
		"await asyncio.to_thread(time.sleep, 0.001)":                                               "",
		"await asyncio.to_thread(time.sleep, n)":                                                   "fixed",
		"await asyncio.to_thread(time.sleep, secs=1)":                                              "said",
		"await asyncio.to_thread(time.sleep)":                                                      "said",
		"await asyncio.to_thread()":                                                                "",
		"await asyncio.to_thread(len, a)":                                                          "",
		"await asyncio.get_running_loop().run_in_executor(None, time.sleep, 1)":                    "fixed",
		"await own.run_in_executor(None, time.sleep, 1)":                                           "",
		"def wait():\n    time.sleep(2)\nawait asyncio.to_thread(wait)":                            "said",
		"def wait():\n    time.sleep(0.001)\nawait asyncio.to_thread(wait)":                        "",
		"import sys\nif sys.platform != 'emscripten':\n    await asyncio.to_thread(time.sleep, 1)": "",
	} {
		got := ""
		for _, f := range analysistest.Findings(t, fakeoffload.Rule, "import asyncio, js, time\n"+text+"\n", analysis.Setting{Realm: pyodide.Main}, analysis.View{}) {
			if got += "said"; len(f.Fixes) > 0 {
				got = "fixed"
			}
		}
		if got != want {
			t.Errorf("%s\n  %q, want %q", text, got, want)
		}
	}
}
