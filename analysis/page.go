package analysis

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// Page is a rule's page, read: the one source of hover text, of explain, of SARIF help and of the tests.
type Page struct {
	Name, Title string
	Prose       string // what stands before the first fence, Markdown
	Fences      []Fence
	Proofs      []string // the lines of the proof fence
}

// Fence is one example of a page.
type Fence struct {
	Role     string            // bad, fixed, instead or good
	Language string            // of the fence, as Markdown names it
	File     string            // the name of the file that it stands for, which says what kind of document it is
	Set      map[string]string // realm=worker, pyodide=0.27
	Code     string            // without the wants
	Wants    []Want
}

// Want is a finding that a bad example must give: its 0-based line, a part of its message, and its severity's
// name if the page says it.
type Want struct {
	Line     int
	Message  string
	Severity string
}

var (
	wantComment = regexp.MustCompile(`[ \t]*# want(?:\[(\w+)\])?((?: "[^"]*")+)[ \t]*$`)
	wantText    = regexp.MustCompile(`"([^"]*)"`)
)

// ParsePage reads a page.
func ParsePage(doc string) Page {
	head, rest, _ := strings.Cut(doc, "\n")
	name, title, _ := strings.Cut(strings.TrimPrefix(head, "# "), ": ")
	page := Page{Name: name, Title: title}
	page.Prose = strings.TrimSpace(rest)
	if at := strings.Index(rest, "```"); at >= 0 {
		page.Prose = strings.TrimSpace(rest[:at])
	}
	source := []byte(doc)
	for n := goldmark.DefaultParser().Parse(text.NewReader(source)).FirstChild(); n != nil; n = n.NextSibling() {
		fence, ok := n.(*ast.FencedCodeBlock)
		if !ok || fence.Info == nil {
			continue
		}
		info := strings.Fields(string(fence.Info.Value(source)))
		code := string(fence.Lines().Value(source))
		switch {
		case info[0] == "proof":
			page.Proofs = append(page.Proofs, strings.Split(strings.TrimSpace(code), "\n")...)
		case len(info) > 1 && files[info[0]] != "":
			page.Fences = append(page.Fences, readFence(info[0], info[1:], code))
		}
	}
	return page
}

// files are the names of the files that examples stand for, by the language of the fence.
var files = map[string]string{
	"python": "example.py", "html": "example.html", "javascript": "example.js", "typescript": "example.ts",
	"json": "example.ipynb", "toml": "pyscript.toml", "markdown": "example.md",
}

func readFence(language string, info []string, code string) Fence {
	f := Fence{Role: info[0], Language: language, Set: map[string]string{}}
	for _, setting := range info[1:] {
		key, value, _ := strings.Cut(setting, "=")
		f.Set[key] = value
	}
	f.File = cmp.Or(f.Set["file"], files[language])
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		m := wantComment.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		severity := ""
		if m[2] >= 0 {
			severity = line[m[2]:m[3]]
		}
		for _, want := range wantText.FindAllStringSubmatch(line[m[4]:m[5]], -1) {
			f.Wants = append(f.Wants, Want{i, want[1], severity})
		}
		lines[i] = line[:m[0]]
	}
	f.Code = strings.Join(lines, "\n")
	return f
}
