package preview

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"pyodide-ls/analysis"
)

// ranText is a text of Python that was run, or of a file in Pyodide's file system.
type ranText struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// lines lead from the texts that were run to the files in which they stand. The zero value leads nowhere.
type lines struct {
	served *served
	starts map[string]analysis.Site // where the first line of a text stands, by its id
}

// add looks for a text in what was served until now: what was run came from there.
func (l *lines) add(t ranText) {
	if l.served == nil {
		return
	}
	if site, ok := l.served.find(t.Text); ok {
		l.starts[t.ID] = site
	}
}

// lead says the places of an observation as the project has them.
func (l *lines) lead(o *analysis.Observation, raw []byte) {
	if l.served == nil {
		return
	}
	var of struct{ At, Made struct{ Source string } }
	if json.Unmarshal(raw, &of) != nil {
		return
	}
	l.move(o.At, of.At.Source)
	l.move(o.Made, of.Made.Source)
}

// numbered is how the page names a text that has no file.
var numbered = regexp.MustCompile(`^<exec \d+>$`)

func (l *lines) move(site *analysis.Site, source string) {
	if site == nil {
		return
	}
	if start, ok := l.starts[source]; ok {
		site.File, site.Line = start.File, start.Line+site.Line-1
	} else if numbered.MatchString(site.File) {
		site.File = "<exec>"
	}
}

// served is a tree that remembers which of its texts were opened.
type served struct {
	fs.FS
	mu    sync.Mutex
	names map[string]bool
}

// holdsPython are the endings of files in which Python stands.
var holdsPython = map[string]bool{
	".py": true, ".html": true, ".htm": true, ".js": true, ".mjs": true, ".json": true, ".toml": true, ".txt": true,
}

func (s *served) Open(name string) (fs.File, error) {
	if holdsPython[path.Ext(name)] {
		s.mu.Lock()
		s.names[name] = true
		s.mu.Unlock()
	}
	return s.FS.Open(name)
}

// Stat opens nothing.
func (s *served) Stat(name string) (fs.FileInfo, error) { return fs.Stat(s.FS, name) }

// largest is the size in bytes of the largest file that is searched.
const largest = 2 << 20

// find is where the first line of a text stands, if it stands in one place only. A file that is the text goes before
// those that hold it.
func (s *served) find(text string) (site analysis.Site, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var whole, parts []analysis.Site
	for name := range s.names {
		data, err := fs.ReadFile(s.FS, name)
		if err != nil || len(data) > largest {
			continue
		}
		if string(data) == text {
			whole = append(whole, analysis.Site{File: name, Line: 1})
		}
		for _, line := range startsOf(text, string(data)) {
			parts = append(parts, analysis.Site{File: name, Line: line})
		}
	}
	for _, all := range [][]analysis.Site{whole, parts} {
		if len(all) == 1 {
			return all[0], true
		}
	}
	return site, false
}

// startsOf are the lines of a file on which a text begins, which may have lost its margin. Its first and its last line
// may stand among other things: the quotes that it is written in.
func startsOf(text, file string) (all []int) {
	want, have := trimmed(text), trimmed(file)
	blank := 0
	for len(want) > 0 && want[0] == "" {
		want, blank = want[1:], blank+1
	}
	for len(want) > 0 && want[len(want)-1] == "" {
		want = want[:len(want)-1]
	}
	if len(want) == 0 {
		return nil
	}
	for i := range len(have) - len(want) + 1 {
		if stands(want, have[i:i+len(want)]) {
			all = append(all, i+1-blank)
		}
	}
	return all
}

func stands(want, have []string) bool {
	last := len(want) - 1
	if last == 0 {
		return strings.Contains(have[0], want[0])
	}
	for i := 1; i < last; i++ {
		if have[i] != want[i] {
			return false
		}
	}
	return strings.HasSuffix(have[0], want[0]) && strings.HasPrefix(have[last], want[last])
}

func trimmed(text string) []string {
	all := strings.Split(text, "\n")
	for i, line := range all {
		all[i] = strings.TrimSpace(line)
	}
	return all
}
