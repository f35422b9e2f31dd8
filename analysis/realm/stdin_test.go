package realm_test

import (
	"testing"

	"pyodide-ls/analysis/realm"
)

func TestFeedsStdin(t *testing.T) {
	for text, want := range map[string]bool{
		"pyodide.setStdin({ stdin: () => line })":                true,
		"await loadPyodide({ stdin: ask })":                      true,
		"const options = { stdin() { return line } }":            false,
		`<script type="py" worker terminal src="a.py"></script>`: true,
		"<py-terminal></py-terminal>":                            true,
		"import { Terminal } from '@xterm/xterm'":                true,
		`pyodide.globals.set("input", ask)`:                      true,
		"import builtins\nbuiltins.input = ask\n":                true,
		"sys.stdin = io.StringIO(text)\n":                        true,
		"for line in sys.stdin:\n    print(line)\n":              false,
		"":                       false,
		"name = input('name')\n": false,
		"sys.stdin.readline()\n": false,
		`field.addEventListener("input", changed)`:                  false,
		`<script type="py" worker src="terminal.py"></script>`:      false,
		"if sys.stdin == other: pass\n":                             false,
		"pyodide.runPython('builtins.input == ask')":                false,
		`<input type="text"><script>const terminal = null</script>`: false,
	} {
		if got := realm.FeedsStdin(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
