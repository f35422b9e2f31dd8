package main

import (
	"strings"
	"testing"
)

// What the code is for is what the command line says, else the settings, else the project's files.
func TestTarget(t *testing.T) {
	const code = "import js, time\nasync def f():\n    time.sleep(2)\n"
	const (
		always    = "freezes the page until it is over"
		sometimes = "freezes the page in browsers without JSPI, even"
		either    = "freezes the page before Pyodide 0.28 and in browsers without JSPI, even"
	)
	const old, recent = `target-version = "0.26..0.27"`, `target-version = "0.28..314"`
	for _, test := range []struct {
		name, settings string
		args           []string
		want           string
	}{
		{"nothing says", "", nil, either},
		{"settings for old versions", old, nil, always},
		{"settings for recent versions", recent, nil, sometimes},
		{"settings for browsers with JSPI", recent + "\njspi = true", nil, "Nothing found"},
		{"settings for browsers without", recent + "\njspi = false", nil, always},
		{"JSPI helps only recent versions", "jspi = true", nil, "freezes the page on Pyodide 0.26 and 0.27, even in an async function\n --> a.py:3:5 (main thread, Pyodide 0.26 and 0.27)"},
		{"the command line goes over settings", old, []string{"--target", "314"}, sometimes},
		{"settings of a folder", recent + "\n[[overrides]]\npaths = ['*.py']\ntarget-version = '0.27'", nil, always},
		{"the reason is named", old, nil, "why Pyodide 0.26 and 0.27: the settings say so"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, map[string]string{"a.py": code, "pyodide-ls.toml": test.settings})
			got := program(t, "", append([]string{"check", "--exit-zero"}, append(test.args, "a.py")...)...)
			if !strings.Contains(got.out, test.want) {
				t.Errorf("want %q in\n%s%s", test.want, got.out, got.log)
			}
		})
	}
}

func TestTargetThatIsNone(t *testing.T) {
	folder(t, map[string]string{"a.py": clean, "pyodide-ls.toml": "jspi = 1\ntarget-version = '0.20'\n"})
	program(t, "", "check", "--target", "latest").wants(t, exitUsage, "",
		`--target: "latest" is no version or range of Pyodide that is known: write one of 0.26, 0.27, 0.28, 0.29, 314, or a range such as "0.27..314"`)
	got := program(t, "", "check")
	got.wants(t, exitUsage, "", "pyodide-ls.toml:1:8: jspi must be true or false, not a number")
	got.wants(t, exitUsage, "", `pyodide-ls.toml:2:18: "0.20" is no version`)
}

// One file by itself gives what it gives with its project, as far as that stands around it.
func TestFileByItself(t *testing.T) {
	folder(t, map[string]string{
		"package.json":   `{"dependencies": {"pyodide": "~0.27.0"}}`,
		"web/index.html": "<script type=\"mpy\" src=\"py/small.py\"></script>\n<script type=\"py\" src=\"py/main.py\"></script>\n",
		"web/py/main.py": "import time\n\ntime.sleep(2)\n", "web/py/small.py": bare,
	})
	for _, args := range [][]string{{"."}, {"web/py/main.py", "web/py/small.py"}} {
		got := program(t, "", append([]string{"check", "--exit-zero"}, args...)...)
		got.wants(t, exitClean, "web/py/main.py:3:1 (main thread, Pyodide 0.27)", "")
		if strings.Contains(got.out, "small.py") {
			t.Errorf("%v: it speaks of MicroPython:\n%s", args, got.out)
		}
	}
}
