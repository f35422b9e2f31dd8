package host

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// markdown reads the fences of a Markdown text, and its raw HTML.
func (d *Document) markdown(host string) {
	data := []byte(host)
	m := &markdown{Document: d, host: host}
	// Only the blocks are parsed: what stands in their lines does not matter here.
	root := parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...)).Parse(text.NewReader(data))
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
			lines := m.lines(n)
			if n.HasClosure() {
				lines = append(lines, m.line(n.ClosureLine))
			}
			m.html = append(m.html, m.derived(lines, n.HTMLBlockType))
		}
		return ast.WalkContinue, nil
	})
	if len(m.html) > 0 {
		page := joined(m.html)
		d.page(page.Text, HTML, page)
	}
}

type markdown struct {
	*Document
	host string
	html []*source.Derived // the raw blocks: they make one page
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
	switch language := language(info); language {
	case "python", "py", "python3", "ipython", "ipython3", "pyodide", "pyodide-python":
		m.python(language, m.derived(lines, 0))
	case "shinylive-python":
		if strings.Contains(info, language) { // Worth looks for it as it stands
			m.shinylive(m.derived(lines, 0))
		}
	case "html", "htm", "xhtml", "jinja", "jinja2", "django", "html+jinja", "html+django":
		page := m.derived(lines, 0)
		m.page(page.Text, HTML, page)
	case "svelte", "vue", "astro":
		page := m.derived(lines, 0)
		m.page(page.Text, Component, page)
	case "js", "javascript", "mjs", "cjs", "jsx":
		script := m.derived(lines, 0)
		m.script(script.Text, syntax.JavaScript, script, 0)
	case "ts", "typescript", "mts", "cts":
		script := m.derived(lines, 0)
		m.script(script.Text, syntax.TypeScript, script, 0)
	case "tsx":
		script := m.derived(lines, 0)
		m.script(script.Text, syntax.TSX, script, 0)
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
	u := Unit{Derived: fence.Dedent(), Form: Fence, Why: "a fence", At: fence.Map.Span(source.Span{})}
	if strings.HasPrefix(language, "pyodide") {
		u.Runtime, u.Entry = Pyodide, AsyncEntry
	}
	m.Units = append(m.Units, u)
}

// shinylive reads an app that shinylive runs in a worker. Of several files in one fence it is not known which is which.
// Source: https://quarto-ext.github.io/shinylive/.
func (m *markdown) shinylive(fence *source.Derived) {
	if strings.TrimSpace(fence.Text) == "" || strings.Contains(fence.Text, "## file:") {
		return
	}
	m.Units = append(m.Units, Unit{Derived: fence.Dedent(), Form: Fence, Runtime: Pyodide, Realms: pyodide.Worker, Why: "shinylive", At: fence.Map.Span(source.Span{})})
}

// derived is what stands in the lines of a block: of a fence, or of HTML of a type.
func (m *markdown) derived(lines []line, html ast.HTMLBlockType) *source.Derived {
	var b source.Builder
	margin, even := m.margin(lines)
	eats := strings.HasSuffix(margin, ">") || html == 0 && m.indent(lines[0]) != columns(inner(margin))
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
	d := b.Derived(func(text string) (string, bool) { return inQuote(text, margin) })
	end := lines[len(lines)-1].text.End
	d = d.Guard(func(e source.Edit) bool {
		before, after := m.edited(e)
		switch l := m.lineAt(lines, e.Span.Start); {
		case !even && m.moves(e, l), even && eats && m.indents(e, margin):
			return false
		case m.blank(l) && e.Span.Start > l.text.Start:
			return false // among spaces that were not taken for its margin, but would be
		}
		return m.keepsEnd(e, end) && (html > 0 || keepsFence(before, after, margin)) && (html == 0 || keepsBlock(html, after))
	})
	if even {
		return d.Indent(margin)
	}
	return d
}

// margin is that of all lines that are not blank, if they agree.
func (m *markdown) margin(lines []line) (margin string, even bool) {
	first := true
	for _, l := range lines {
		switch own := m.host[l.margin.Start:l.margin.End]; {
		case l.padding > 0 || strings.Trim(own, " \t>") != "":
			return "", false
		case m.blank(l):
		case first:
			margin, first = own, false
		case own != margin:
			return "", false
		}
	}
	return margin, !first
}

// indent is the column of the fence above the first line of its content, in the quote that it stands in.
func (m *markdown) indent(first line) int {
	above := m.host[:max(0, first.margin.Start-1)]
	above = above[strings.LastIndexByte(above, '\n')+1:]
	return columns(inner(above[:max(0, strings.IndexAny(above, "`~"))]))
}

// inner is the part of a margin behind the marks of quotes.
func inner(margin string) string { return margin[strings.LastIndexByte(margin, '>')+1:] }

// columns is the width of a text with tabs.
func columns(text string) (n int) {
	for _, r := range text {
		if n++; r == '\t' {
			n += 3 - (n-1)%4
		}
	}
	return n
}

// indents says whether an edit writes lines that are indented, of whose indentation Markdown takes a part away
// where the other lines have none to take.
func (m *markdown) indents(e source.Edit, margin string) bool {
	start := strings.LastIndexByte(m.host[:e.Span.Start], '\n') + 1
	indent := -1 // of a blank line nothing was taken away
	if line := m.host[start:]; strings.TrimLeft(line, " \t") != "" && !isSpace(strings.TrimLeft(line, " \t")[0]) {
		if strings.HasPrefix(m.host[start:e.Span.Start], margin) {
			start += len(margin)
		}
		indent = indentation(m.host[start:])
	}
	lines := strings.Split(m.host[start:e.Span.Start]+e.New, "\n")
	lines[len(lines)-1] += m.host[e.Span.End:] // what the last line goes on with
	for i, line := range lines {
		if i > 0 {
			line = strings.TrimPrefix(line, margin)
		}
		if n := indentation(line); n > 0 && (i > 0 || n != indent) {
			return true
		}
	}
	return false
}

// indentation is how many spaces and tabs a text begins with.
func indentation(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }

// moves says whether an edit makes lines, joins them or indents one, which is the line given, where they have
// margins that do not agree.
func (m *markdown) moves(e source.Edit, l line) bool {
	if strings.ContainsAny(m.host[e.Span.Start:e.Span.End]+e.New, "\r\n") || m.blank(l) {
		return true
	}
	if e.Span.Start != l.text.Start {
		return e.Span.Start < l.text.Start // in a tab of which a part is margin
	}
	rest := e.New + m.host[e.Span.End:]
	return strings.TrimLeft(rest, " \t") != rest
}

// lineAt is the line that holds a place, the last for what lies behind.
func (m *markdown) lineAt(lines []line, at int) line {
	i, _ := slices.BinarySearchFunc(lines[:len(lines)-1], at, func(l line, at int) int { return cmp.Compare(l.text.End, at+1) })
	return lines[i]
}

func (m *markdown) blank(l line) bool {
	return strings.Trim(m.host[l.text.Start:l.text.End], " \t\r\n") == ""
}

// inQuote is a text whose blank lines stay in the quote that its other lines stand in.
func inQuote(text, margin string) (string, bool) {
	lines := strings.Split(text, "\n")
	quote := strings.TrimRight(margin, " \t")
	for i, line := range lines {
		if strings.Contains(strings.TrimSuffix(line, "\r"), "\r") {
			return "", false // no line end to Markdown
		}
		if i > 0 && i < len(lines)-1 && strings.TrimRight(line, " \t\r") == "" {
			lines[i] = quote + line
		}
	}
	return strings.Join(lines, "\n"), true
}

// keepsEnd says whether what follows a block still begins a line.
func (m *markdown) keepsEnd(e source.Edit, end int) bool {
	if e.Span.End < end || m.host[end-1] != '\n' || strings.HasSuffix(e.New, "\n") {
		return true
	}
	return e.New == "" && (e.Span.Start == 0 || m.host[e.Span.Start-1] == '\n')
}

// keepsFence says whether edited lines of a fence leave it closed where it is.
func keepsFence(before, after, margin string) bool {
	for _, mark := range []string{"```", "~~~"} {
		if strings.Count(after, mark) > strings.Count(before, mark) || longest(after, mark[0]) > max(2, longest(before, mark[0])) {
			return false
		}
	}
	return closing(after, margin) <= closing(before, margin)
}

// longest is how often a mark stands in a row at the most.
func longest(text string, mark byte) (most int) {
	n := 0
	for i := range len(text) {
		if n++; text[i] != mark {
			n = 0
		}
		most = max(most, n)
	}
	return most
}

// closing counts the lines that could end a fence whose content has a margin.
func closing(text, margin string) (n int) {
	for line := range strings.Lines(text) {
		line = strings.TrimPrefix(line, margin)
		marks := strings.Trim(line, " \t\r\n>")
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if columns(indent) < 4 && len(marks) >= 3 && (strings.Trim(marks, "`") == "" || strings.Trim(marks, "~") == "") {
			n++
		}
	}
	return n
}

// keepsBlock says whether edited lines of a block of HTML leave it whole: one of some types ends with a blank
// line, one of the first with the line that closes its element.
func keepsBlock(html ast.HTMLBlockType, after string) bool {
	lines := strings.Split(after, "\n")
	for i, line := range lines {
		switch {
		case html >= ast.HTMLBlockType6 && strings.Trim(line, " \t\r>") == "":
			return false
		case i < len(lines)-1 && closes.MatchString(line):
			return false
		}
	}
	return true
}

var closes = regexp.MustCompile(`(?i)</(?:script|pre|style|textarea)>|-->|\?>`)

// edited is the lines that an edit touches, before and after.
func (m *markdown) edited(e source.Edit) (before, after string) {
	start := strings.LastIndexByte(m.host[:e.Span.Start], '\n') + 1
	end := len(m.host)
	if n := strings.IndexByte(m.host[e.Span.End:], '\n'); n >= 0 {
		end = e.Span.End + n
	}
	return m.host[start:end], m.host[start:e.Span.Start] + e.New + m.host[e.Span.End:end]
}
