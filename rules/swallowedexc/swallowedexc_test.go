package swallowedexc_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/swallowedexc"
)

func TestHeld(t *testing.T) {
	texts := map[string]string{}
	for text, want := range map[string]string{
		"_job = asyncio.gather(work())":                                                   "said, fixed",
		"_job: object = asyncio.gather(work())":                                           "said, fixed",
		"_job = task = asyncio.gather(work())":                                            "",
		"if (_job := asyncio.gather(work())): pass":                                       "said",
		"_job = asyncio.gather(work())\nawait _job":                                       "",
		"import sys\nif sys.platform != 'emscripten':\n    _job = asyncio.gather(work())": "",
		"class A:\n    def f(self):\n        self._job = asyncio.gather(work())":          "said, fixed",
		"class A(B):\n    def f(self):\n        self._job = asyncio.gather(work())":       "",
		"def f(a):\n    a._job = asyncio.gather(work())":                                  "",
	} {
		texts["import asyncio\nasync def work():\n    await js.fetch('/')\n    raise ValueError\n"+text] = want
	}
	analysistest.Said(t, swallowedexc.Rule, texts)
}
