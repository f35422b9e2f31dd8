package analysis

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax/host"
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
	Settings string            // what a pyodide-ls.toml says that holds for it: the page's last one before it
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

// Links to what stands beside a page in the repository, and those of them that lead to patterns.
var (
	apart     = regexp.MustCompile(`\[([^\]]+)\]\(\.[^)]*\)`)
	toPattern = regexp.MustCompile(`\]\(\.\./\.\./gallery/([^/)]+)/README\.md\)`)
)

// Standalone is the text of a page for where its links lead nowhere, such as a terminal or an editor: they are their
// texts, the names of rules and patterns, which pyodide-ls itself shows.
func Standalone(markdown string) string { return apart.ReplaceAllString(markdown, "$1") }

// Patterns are the names of those of the gallery that a page links.
func (p Page) Patterns() (names []string) {
	for _, link := range toPattern.FindAllStringSubmatch(p.Prose, -1) {
		names = append(names, link[1])
	}
	return names
}

// ParsePage reads a page.
func ParsePage(doc string) Page {
	head, rest, _ := strings.Cut(doc, "\n")
	name, title, _ := strings.Cut(strings.TrimPrefix(head, "# "), ": ")
	page := Page{Name: name, Title: title}
	page.Prose = strings.TrimSpace(rest)
	if at := strings.Index(rest, "```"); at >= 0 {
		page.Prose = strings.TrimSpace(rest[:at])
	}
	source, settings := []byte(doc), ""
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
		case len(info) > 1 && info[0] == "toml" && info[1] == "settings":
			settings = code
		case len(info) > 1 && files[info[0]] != "":
			fence := readFence(info[0], info[1:], code)
			fence.Settings = settings
			page.Fences = append(page.Fences, fence)
		}
	}
	return page
}

// Page is the rule's page as a person reads it: without what is there to prove it, and with how to see the patterns run
// that it names.
func (r *Rule) Page() string {
	page, _, _ := strings.Cut(r.Doc, "\n```proof")
	var b strings.Builder
	b.WriteString(strings.TrimSpace(Standalone(page)))
	for i, pattern := range ParsePage(r.Doc).Patterns() {
		if i == 0 {
			b.WriteString("\n\nSee it right, and running:\n\n")
		}
		fmt.Fprintf(&b, "    pyodide-ls preview %s\n", pattern)
	}
	return strings.TrimRight(b.String(), "\n")
}

// In is what the example is checked for: its setting, and what the project around it says. Pages of the proofs are
// cross-origin isolated unless the example says otherwise. It fails for what is no setting.
func (f Fence) In() (setting Setting, v View, err error) {
	v.Isolation = []realm.Isolated{{Path: "_headers", Isolation: realm.Isolation{Line: 1, Isolates: true}}}
	settings, err := config.Parse("pyodide-ls.toml", []byte(f.Settings), config.Known{})
	if err != nil {
		return setting, v, err
	}
	setting.Added = AddedBy(settings)
	for key, value := range f.Set {
		known := true
		switch key {
		case "isolation":
			v.Isolation = nil
			if value == "no" {
				v.Isolation = []realm.Isolated{{Path: "_headers", Isolation: realm.Isolation{Line: 1}}}
			}
		case "entry":
			v.Runs = []realm.Runs{{Module: []realm.Placement{{Realm: pyodide.Main, Entry: host.Imported, Basis: realm.Loaded}}}}
		case "also":
			v.Runs = alsoIn(value)
		case "pyodide":
			v.Because = "the example says so"
			if v.Versions, err = pyodide.ParseVersions(value); err != nil {
				return setting, v, err
			}
		case "jspi":
			v.JSPI = new(value == "on")
		case "realm":
			setting.Realm, known = pyodide.ParseRealm(value)
		case "fix", "packages", "file", "run": // which are not about how it is checked
		default:
			known = false
		}
		if !known {
			return setting, v, fmt.Errorf("%s=%s is no setting of an example", key, value)
		}
	}
	return setting, v, nil
}

// alsoIn is where a module runs that the page imports, and a test outside Pyodide as well.
func alsoIn(test string) []realm.Runs {
	return []realm.Runs{{Module: []realm.Placement{
		{Realm: pyodide.Main, Basis: realm.Loaded},
		{Realm: pyodide.Host, Entry: host.Imported, Reasons: []realm.Reason{realm.Imports(test, 1)}, Sure: true},
	}}}
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
