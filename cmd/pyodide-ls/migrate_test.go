package main

import (
	"strings"
	"testing"
)

// older is right from 0.28 on, where the browser can switch stacks, and freezes the page before; sleep freezes it on all.
const older = `import time

import js

# pyodide-ls: realm=main
time.sleep(0.2)
js.console.log("over")
`

// Migrate says what is right on one version and wrong on another, mends it, and leaves what is wrong on both to check.
func TestMigrate(t *testing.T) {
	folder(t, map[string]string{
		"pyodide-ls.toml": "jspi = true\n", "older.py": older, "sleep.py": sleep,
		"worker.js": "importScripts('https://cdn.jsdelivr.net/pyodide/v0.29.0/full/pyodide.js');\nloadPyodide();\n",
	})
	got := program(t, "", "migrate", "--from", "0.29", ".")
	got.wants(t, exitFindings, "[worker-type]", "")
	lacks(t, got, "block-main")
	got = program(t, "", "migrate", "--from", "0.28", "--to", "0.26..0.27", ".")
	got.wants(t, exitFindings, "older.py:6:1", "")
	lacks(t, got, "sleep.py")
	program(t, "", "migrate", "--from", "0.28", "--to", "0.29", ".").wants(t, exitClean, "Nothing that is right on Pyodide 0.28 is known to be wrong on 0.29.\n", "")
	program(t, "", "migrate", "--from", "0.28", "--to", "0.27", "--fix", ".").wants(t, exitFindings, "older.py:6:1", "")
	if text := read(t, "sleep.py"); text != sleep {
		t.Errorf("what is wrong on both versions was fixed:\n%s", text)
	}
}

// ageing is right on 0.27, and on 314 at none of its last lines.
const ageing = `from js import document, localStorage, postMessage
from pyodide.ffi import to_js
import telnetlib

# pyodide-ls: realm=main
name = localStorage.getItem("name")
if name is None:
    name = "nobody"
body = document.querySelector("main")
if body is not None:
    body.textContent = name
`

// What changes with the version is found, as rules for it come, and mended where that is safe on both.
func TestMigrateFindsWhatChanged(t *testing.T) {
	folder(t, map[string]string{"ageing.py": ageing})
	got := program(t, "", "migrate", "--from", "0.27", "--to", "314", "--output-format", "github", ".")
	got.wants(t, exitFindings, "line=3,", "")
	for _, part := range []string{"line=7,", "line=10,", "null-is-none", "removed-stdlib"} {
		if !strings.Contains(got.out, part) {
			t.Errorf("no %s in\n%s", part, got.out)
		}
	}
	program(t, "", "check", "--target", "0.27", ".").wants(t, exitClean, "", "")
	program(t, "", "migrate", "--from", "0.26", "--to", "0.27", ".").wants(t, exitClean, "Nothing", "")
	program(t, "", "migrate", "--from", "0.27", "--diff", ".").wants(t, exitFindings, "+if body", "")
}

func TestMigrateBadUsage(t *testing.T) {
	folder(t, map[string]string{"a.py": clean})
	for _, test := range []struct {
		args []string
		log  string
	}{
		{nil, "--from is missing"},
		{[]string{"--from", "0.20"}, `--from: "0.20" is no version`},
		{[]string{"--from", "0.27", "--to", "x"}, `--to: "x" is no version`},
		{[]string{"--from", "314"}, "--from and --to are both 314: nothing changes"},
		{[]string{"--from", "0.27", "--target", "314"}, "unknown flag: --target"},
	} {
		program(t, "", append([]string{"migrate"}, test.args...)...).wants(t, exitUsage, "", test.log)
	}
}

// Targets prints what a browser showed of each version: of all rules, or of the examples of some.
func TestTargets(t *testing.T) {
	program(t, "", "targets").wants(t, exitClean, "bare-callback         main thread", "")
	got := program(t, "", "targets", "--changes")
	got.wants(t, exitClean, "block-main", "")
	lacks(t, got, "bare-callback")
	program(t, "", "targets", "asyncio-run").wants(t, exitClean, "asyncio-run, bad 1       main thread           raises", "")
	program(t, "", "targets", "--output-format", "json", "asyncio-run").wants(t, exitClean, `"rule": "asyncio-run"`, "")
	program(t, "", "targets", "--changes", "bare-callback").wants(t, exitClean, "nothing of that kind was measured", "")
	program(t, "", "targets", "--output-format", "xml").wants(t, exitUsage, "", "--output-format xml: it is one of text, json")
	program(t, "", "targets", "asyncio-rum").wants(t, exitUsage, "", `did you mean asyncio-run?`)
}

func lacks(t *testing.T, o outcome, text string) {
	t.Helper()
	if strings.Contains(o.out, text) {
		t.Errorf("%q is in\n%s", text, o.out)
	}
}
