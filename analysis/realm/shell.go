package realm

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"
	"sync"
)

// What is no command, or writes one otherwise than a shell reads it.
var (
	comment      = regexp.MustCompile(`(?m)^[ \t]*(?:#|//).*$`)
	title        = regexp.MustCompile(`(?m)^[ \t]*(?:- )?(?:name|title|description|label):.*$`)
	continuation = regexp.MustCompile(`\\\r?\n`)
	wordList     = regexp.MustCompile(`\[[ \t]*"[^\]\n]*\]`) // of Docker: ["python", "server.py"]
	words        = strings.NewReplacer("[", " ", "]", " ", `"`, " ", ",", " ")
	jsonString   = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"(\s*:)?`)
)

// shell is the text of a file as a shell would read it: what is no command is blank, and everything keeps its offset.
type shell struct {
	text    string
	folders func() *folders
}

func (m *marking) shell() *shell {
	text := m.commandsOnly()
	return &shell{text, sync.OnceValue(func() *folders { return foldersOf(m.file, text) })}
}

func (m *marking) commandsOnly() string {
	switch path.Ext(m.file) {
	case ".json":
		return scripts(m.text)
	case ".md":
		return m.text
	case ".py":
		return comment.ReplaceAllStringFunc(m.text, blank)
	}
	text := comment.ReplaceAllStringFunc(m.text, blank)
	text = continuation.ReplaceAllStringFunc(text, blank)
	text = title.ReplaceAllStringFunc(text, func(line string) string { // the key stays: it may begin a step
		key, value, _ := strings.Cut(line, ":")
		return key + ":" + blank(value)
	})
	return wordList.ReplaceAllStringFunc(text, words.Replace)
}

// blank is a text of the same length that says nothing.
func blank(text string) string { return strings.Repeat(" ", len(text)) }

// scripts are the commands of a package.json, each on a line.
// Source: https://docs.npmjs.com/cli/using-npm/scripts
func scripts(text string) string {
	var p struct {
		Scripts json.RawMessage `json:"scripts"`
	}
	if json.Unmarshal([]byte(text), &p) != nil || len(p.Scripts) == 0 {
		return ""
	}
	from := strings.Index(text, string(p.Scripts))
	all := []byte(strings.Repeat("\n", from+len(p.Scripts)))
	for _, at := range jsonString.FindAllSubmatchIndex(p.Scripts, -1) {
		if at[4] < 0 { // no key
			copy(all[from+at[2]:], strings.ReplaceAll(string(p.Scripts[at[2]:at[3]]), `\"`, ` "`))
		}
	}
	return string(all)
}
