package realm

import "regexp"

// feeds is how a page, a script, settings or Python says what Python reads from: the option stdin of loadPyodide,
// setStdin, a terminal of PyScript or of another make, another input.
// Sources: https://pyodide.org/en/stable/usage/streams.html, https://docs.pyscript.net/latest/user-guide/terminal/
var feeds = hinted{
	[]string{"tdin", "terminal", "py-repl", "xterm", `"input"`, "'input'", "builtins.input", "builtins__.input"},
	regexp.MustCompile(`\bsetStdin\b|\bstdin["']?[ \t]*(?::[ \t]*[^\s#]|=[^=>])|<(?:script|py-script)\b[^>]*\sterminal\b|` +
		`<py-(?:terminal|repl)\b|\bxterm\b|\.set\(\s*["']input["']|\b(?:builtins|__builtins__)\.input\s*=[^=]`),
}

// FeedsStdin says whether a text gives Python something to read from that is not there by itself.
func FeedsStdin(text string) bool { return feeds.in(text) }
