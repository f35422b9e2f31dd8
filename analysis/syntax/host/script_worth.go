package host

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/source"
)

// Bundle says whether a script is left out for what it is, not for what it holds: so large, or so large with
// such lines, that a program wrote it. What it was made from is the place to look.
func Bundle(text string) bool {
	const large, mean, tooLarge = 200 << 10, 400, 1 << 20 // bytes
	return len(text) > tooLarge || len(text) > large && len(text)/(1+strings.Count(text, "\n")) > mean
}

// LeftOut says whether a document is left out for its size though it runs Python, so that somebody should be told.
func LeftOut(kind Kind, text string) bool {
	switch kind {
	case JavaScript, TypeScript, TSX:
		return strings.Contains(text, "runPython") && Bundle(text)
	}
	return false
}

// startingWords are in what runs Python, and in what starts the scripts that do.
var startingWords = []string{"runPython", "registerJsModule", "stlite"}

// worthScript says whether a script may hold Python, load it, or start a script that does.
func worthScript(text string) bool {
	if Bundle(text) {
		return false
	}
	return slices.ContainsFunc(startingWords, func(word string) bool { return strings.Contains(text, word) }) ||
		startsWorker(text) || loadsPython(text) || importsPython(text)
}

// startsWorker says whether a text may make a worker, or register one for its site.
func startsWorker(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], "Worker")
		if i < 0 {
			return false
		}
		at += i + len("Worker")
		if strings.HasPrefix(text[at:], "(") || strings.HasPrefix(text[at:], "<") || strings.HasSuffix(text[:at], "serviceWorker") {
			return true
		}
	}
}

// loadsPython says whether a text has a string that ends in ".py", query and fragment aside.
func loadsPython(text string) bool {
	for at := 0; ; at += 3 {
		i := strings.Index(text[at:], ".py")
		if i < 0 {
			return false
		}
		at += i
		if rest := text[at+3:]; rest != "" && strings.IndexByte("\"'`?#", rest[0]) >= 0 {
			return true
		}
	}
}

// importsPython says whether a text imports a Python module or the scripts of a worker, or names the bridge and has a
// string that may begin with a Python import.
func importsPython(text string) bool {
	quoted := false
	for at := 0; ; at += len("import") {
		i := strings.Index(text[at:], "import")
		if i < 0 {
			return quoted && namesBridge(text)
		}
		at += i
		if strings.HasPrefix(text[at:], "importScripts") || strings.HasSuffix(text[:at], "py") {
			return true
		}
		quoted = quoted || beginsString(text, at)
	}
}

// beginsString says whether the line of an import is the first code of a string.
func beginsString(text string, at int) bool {
	start := max(1+strings.LastIndexByte(text[:at], '\n'), at-200)
	before := strings.TrimRight(strings.ReplaceAll(text[start:at], `\n`, "  "), " \t")
	after, _, _ := strings.Cut(text[at+len("import"):min(len(text), at+200)], "\n")
	if i := strings.LastIndex(before, "from"); i >= 0 && (i == 0 || !source.InWord(before[i-1])) && isModule(before[i+4:]) {
		before = strings.TrimRight(before[:i], " \t")
	} else if name := strings.TrimLeft(after, " \t"); name == "" || name == after || !source.InWord(name[0]) && name[0] != '$' || strings.Contains(name, " from ") {
		return false // import a from "b"
	}
	if before != "" {
		return strings.IndexByte("\"'`", before[len(before)-1]) >= 0
	}
	for start > 0 { // above it may stand blank lines and comments
		end := start - 1
		start = 1 + strings.LastIndexByte(text[:end], '\n')
		line := strings.TrimSpace(text[start:end])
		quote := strings.LastIndexByte(line, '`')
		if rest := strings.TrimLeft(line[quote+1:], " \t"); rest != "" && rest[0] != '#' && rest != `\` && !strings.HasPrefix(rest, "${") {
			return false
		}
		if quote >= 0 {
			return strings.Count(line, "`")%2 == 1 // which begins a template
		}
	}
	return false
}

// isModule says whether a text is the dotted name between "from" and "import".
func isModule(text string) bool {
	name := strings.Trim(text, " \t")
	if name == "" || name == text {
		return false
	}
	for i := range len(name) {
		if !source.InWord(name[i]) && name[i] != '.' && strings.IndexByte("${}", name[i]) < 0 {
			return false
		}
	}
	return true
}
