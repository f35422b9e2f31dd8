package createtaskpromise_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/createtaskpromise"
)

func TestFixes(t *testing.T) {
	analysistest.Said(t, createtaskpromise.Rule, map[string]string{
		"import asyncio\nasyncio.create_task(js.fetch('/'))":                                          "said, fixed",
		"import asyncio\nasyncio.create_task(js.fetch('/'), name='tides')":                            "said",
		"import asyncio\nasyncio.run_coroutine_threadsafe(js.fetch('/'), asyncio.get_running_loop())": "said",
		"import asyncio\nasyncio.create_task(js.load('/'))":                                           "",
		"import asyncio\nasyncio.create_task(work)":                                                   "",
		"own.create_task(js.fetch('/'))":                                                              "",
	})
}
