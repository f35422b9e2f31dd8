package host

import (
	"strings"

	"pyodide-ls/analysis/source"
)

// bridge says whether a text has a word of the bridge between Python and JavaScript: the name of a runtime, or
// an import of what it brings.
func bridge(text string) bool {
	for at := 0; ; at++ {
		n := strings.IndexByte(text[at:], 'y') // pyodide, pyodide_js, pyscript
		if n < 0 {
			break
		}
		at += n
		if at > 0 && (text[at-1] == 'p' || text[at-1] == 'P') && (hasFold(text[at+1:], "odide") || hasFold(text[at+1:], "script")) {
			return true
		}
	}
	for _, word := range []string{"runPython", "micropip", "piplite"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return importsJS(text)
}

// importsJS says whether "js" is imported, or imported from, perhaps among other names: "import json" is too
// common to count.
func importsJS(text string) bool {
	for at := 0; ; at++ {
		n := strings.Index(text[at:], "js")
		if n < 0 {
			return false
		}
		at += n
		if at > 0 && source.InWord(text[at-1]) || at+2 < len(text) && source.InWord(text[at+2]) {
			continue
		}
		line := text[max(0, at-80):at]
		line = line[strings.LastIndexByte(line, '\n')+1:]
		if strings.Contains(line, "import") || strings.HasSuffix(strings.TrimRight(line, " \t"), "from") {
			return true
		}
	}
}

// markup says whether a text has something of PyScript's, Pyodide's or stlite's in it: a tag, the type of a script,
// an attribute, a name.
func markup(text string) bool {
	for at := 1; at < len(text); at++ {
		if text[at] != 'y' && text[at] != 'Y' || text[at-1] != 'p' && text[at-1] != 'P' {
			continue
		}
		before, after := text[:at-1], text[at+1:]
		if hasFold(after, "odide") || hasFold(after, "script") {
			return true
		}
		if hasFold(after, "thon") && (strings.HasSuffix(before, "text/") || strings.HasSuffix(before, "x-") || strings.HasSuffix(before, "run") || typed(before)) {
			return true
		}
		if strings.HasSuffix(before, "m") || strings.HasSuffix(before, "M") {
			before = before[:len(before)-1]
		}
		if typed(before) || hasFold(after, "-") && strings.HasSuffix(before, "<") || attributed(before, after) {
			return true
		}
	}
	return madeType(text) || strings.Contains(text, "stlite") || strings.Contains(text, "streamlit-app")
}

// typed says whether a text ends in "type=", and a quote or not.
func typed(before string) bool {
	before = strings.TrimRight(before, "\"' \t\r\n\f")
	if !strings.HasSuffix(before, "=") {
		return false
	}
	before = strings.TrimRight(before[:len(before)-1], " \t\r\n\f")
	return len(before) >= 4 && strings.EqualFold(before[len(before)-4:], "type")
}

// attributed says whether what stands around "py" is an attribute: py-click=. A class such as py-4 is none.
func attributed(before, after string) bool {
	if before == "" || !isSpace(before[len(before)-1]) && strings.IndexByte("\"'/", before[len(before)-1]) < 0 {
		return false
	}
	after = strings.TrimPrefix(strings.TrimPrefix(after, "s"), "S")
	if !strings.HasPrefix(after, "-") {
		return false
	}
	n := 1
	for n < len(after) && isLetter(after[n]) {
		n++
	}
	return n > 1 && strings.HasPrefix(strings.TrimLeft(after[n:min(len(after), n+20)], " \t\r\n\f"), "=")
}

// madeType says whether the type of a script is made by a template.
func madeType(text string) bool {
	for at := 0; ; at += 2 {
		n := strings.Index(text[at:], "{{")
		if n < 0 {
			return false
		}
		if at += n; typed(text[max(0, at-20):at]) {
			return true
		}
	}
}

func hasFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}
