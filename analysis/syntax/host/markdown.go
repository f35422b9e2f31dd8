package host

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"pyodide-ls/analysis/source"
)

// markdown reads the fences of a Markdown text, and its raw HTML.
func (d *Document) markdown(host string) {
	data := []byte(host)
	m := &markdown{Document: d, host: host}
	root := parser.NewParser(parser.WithBlockParsers(blocks...)).Parse(text.NewReader(data))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.FencedCodeBlock:
			if n.Info != nil {
				m.fence(string(n.Info.Value(data)), n)
			}
		case *ast.HTMLBlock:
			m.html = append(m.html, m.lines(n)...)
			if n.HasClosure() {
				m.html = append(m.html, m.line(n.ClosureLine))
			}
		}
		return ast.WalkContinue, nil
	})
	if len(m.html) > 0 {
		page := m.derived(m.html, "")
		d.page(page.Text, HTML, page)
	}
}

// blocks are the parsers of what Markdown texts are made of; what stands in their lines does not matter here.
var blocks = func() []util.PrioritizedValue {
	return parser.DefaultBlockParsers()
}()

type markdown struct {
	*Document
	host string
	html []line // of all raw blocks: they make one page
}

// line is one of a block's, behind the margin that lists and quotes give it.
type line struct {
	margin  source.Span
	tab     source.Span // the tab that a part of the margin is
	padding int         // and what is left of it
	text    source.Span
}

func (m *markdown) lines(n ast.Node) []line {
	var all []line
	for i := range n.Lines().Len() {
		all = append(all, m.line(n.Lines().At(i)))
	}
	return all
}

func (m *markdown) line(s text.Segment) line {
	start := strings.LastIndexByte(m.host[:s.Start], '\n') + 1
	l := line{margin: source.Span{Start: start, End: s.Start}, tab: source.Span{Start: s.Start, End: s.Start}, padding: s.Padding, text: source.Span{Start: s.Start, End: s.Stop}}
	if l.padding > 0 && s.Start > start && m.host[s.Start-1] == '\t' {
		l.margin.End--
		l.tab.Start--
	}
	return l
}

// fence reads a block of code.
func (m *markdown) fence(info string, n *ast.FencedCodeBlock) {
	lines := m.lines(n)
	if len(lines) == 0 {
		return
	}
	mark := m.host[:max(0, n.Lines().At(0).Start)]
	mark = mark[:max(0, strings.LastIndexByte(strings.TrimRight(mark, " \t>"), '\n'))]
	_ = mark
	switch language := language(info); language {
	case "python", "py", "python3", "ipython", "ipython3", "pyodide", "pyodide-python":
		m.python(language, m.derived(lines, "`~"))
	case "html", "htm", "xhtml", "jinja", "jinja2", "django", "html+jinja", "html+django":
		page := m.derived(lines, "`~")
		m.page(page.Text, HTML, page)
	case "svelte", "vue", "astro":
		page := m.derived(lines, "`~")
		m.page(page.Text, Component, page)
	case "js", "javascript", "mjs", "cjs", "jsx":
		script := m.derived(lines, "`~")
		m.script(script.Text, JavaScript, script, Anywhere)
	case "ts", "typescript", "mts", "cts":
		script := m.derived(lines, "`~")
		m.script(script.Text, TypeScript, script, Anywhere)
	case "tsx":
		script := m.derived(lines, "`~")
		m.script(script.Text, TSX, script, Anywhere)
	}
}

// language is what a fence says it holds: python, {pyodide-python}, {.python}, {code-cell} ipython3.
func language(info string) string {
	words := strings.FieldsFunc(strings.ToLower(info), func(r rune) bool { return strings.ContainsRune("{}., \t:=#", r) })
	if len(words) > 1 && (words[0] == "code-cell" || words[0] == "code-block" || words[0] == "code") {
		words = words[1:]
	}
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

func (m *markdown) python(language string, fence *source.Derived) {
	code := strings.TrimSpace(fence.Text)
	if code == "" || strings.HasPrefix(code, ">>>") {
		return
	}
	u := Unit{Derived: fence.Dedent(), Form: Fence}
	if strings.HasPrefix(language, "pyodide") {
		u.Runtime, u.Entry = Pyodide, AsyncEntry
	}
	m.Units = append(m.Units, u)
}

// derived is what stands in lines. New text must not hold three of the marks that end a fence.
func (m *markdown) derived(lines []line, fences string) *source.Derived {
	var b source.Builder
	margin, even := m.margin(lines)
	for _, l := range lines {
		if even && !m.blank(l) {
			b.Unindent(l.margin)
		} else {
			b.Drop(l.margin)
		}
		if l.padding > 0 {
			b.Escape(l.tab, strings.Repeat(" ", l.padding))
		}
		b.Verbatim(l.text.Start, m.host[l.text.Start:l.text.End])
	}
	d := b.Derived(func(text string) (string, bool) {
		for _, mark := range fences {
			if strings.Contains(text, strings.Repeat(string(mark), 3)) {
				return "", false
			}
		}
		if !even && strings.ContainsAny(text, "\r\n") {
			return "", false
		}
		return quoted(text, margin)
	})
	if even {
		return d.Indent(margin)
	}
	return d
}
