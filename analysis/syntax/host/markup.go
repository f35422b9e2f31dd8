package host

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// page reads the tags of a text: a page, a component, or a part of a document of another kind, which is then
// around it.
func (d *Document) page(text string, kind Kind, around *source.Derived) {
	p := &page{Document: d, text: text, kind: kind, around: around}
	if kind == HTML {
		p.marks = marks(text)
	}
	p.masked = masked(text, p.marks)
	start := 0
	if kind == Component {
		start = p.frontmatter()
	}
	p.read(start)
	for _, i := range p.configs {
		p.References[i].Realms = cmp.Or(p.realms, pyodide.Main)
	}
	p.share()
	p.scripts()
}

type page struct {
	*Document
	text   string
	masked string // without what would disturb the tags
	kind   Kind
	around *source.Derived
	marks  []mark
	tokens
	parts []part
	later []inline // until it is known whether the page is a template
	inert int      // depth in templates, whose content no browser runs
	app   bool     // in an app of stlite that has files
	// configs are the references to settings for all tags of the page, and realms is where those run.
	configs []int
	realms  pyodide.Realms
}

// part is the Python of one tag.
type part struct {
	Unit
	share string // what it has its names in common with; "" for nothing
}

// inline is JavaScript or TypeScript that stands in a page.
type inline struct {
	content source.Span
	dialect syntax.Dialect
	realms  pyodide.Realms
	jsx     bool
}

// tokens are those of a page, with their places.
type tokens struct {
	*html.Tokenizer
	token source.Span
}

func (p *page) next() html.TokenType {
	kind := p.Next()
	p.token = source.Span{Start: p.token.End, End: p.token.End + len(p.Raw())}
	return kind
}

// restart goes on at a place.
func (p *page) restart(at int) {
	p.Tokenizer = html.NewTokenizer(strings.NewReader(p.masked[at:]))
	p.token = source.Span{Start: at, End: at}
}

func (p *page) read(at int) {
	p.restart(at)
	for kind := p.next(); kind != html.ErrorToken; kind = p.next() {
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			switch name, _ := p.TagName(); string(name) {
			case "template":
				p.inert = max(0, p.inert-1)
			case "streamlit-app":
				p.app = false
			}
		}
	}
}

// tag is a start tag.
type tag struct {
	name       string
	span       source.Span
	attributes []attribute
}

func (t tag) attribute(name string) (attribute, bool) {
	i := slices.IndexFunc(t.attributes, func(a attribute) bool { return a.name == name })
	if i < 0 {
		return attribute{}, false
	}
	return t.attributes[i], true
}

func (p *page) start(selfClosing bool) {
	name, more := p.TagName()
	t := tag{name: string(name), span: p.token}
	if more {
		t.attributes = attributes(p.masked, t.span)
	}
	if t.name == "template" && p.kind == HTML {
		if _, live := t.attribute("shadowrootmode"); !live {
			p.inert++
		}
	}
	switch {
	case p.inert > 0:
	case t.name == "script":
		p.script(t, selfClosing)
	case t.name == "py-script" || t.name == "py-repl" || t.name == "mpy-script":
		p.pythonTag(t, p.element(t))
	case t.name == "py-config" || t.name == "mpy-config":
		p.config(t, p.element(t))
	case t.name == "py-env":
		p.element(t)
	case t.name == "streamlit-app" || t.name == "app-file":
		p.streamlit(t)
	case !ownTag(t.name):
		p.handlers(t)
	}
}

// element is the content of an element that a browser takes for tags and text, and PyScript for a text. It
// goes on behind it.
func (p *page) element(t tag) source.Span {
	content := source.Span{Start: t.span.End, End: len(p.text)}
	for at := t.span.End; ; at++ {
		n := strings.Index(p.masked[at:], "</")
		if n < 0 {
			break
		}
		if at += n; hasTag(p.masked[at+2:], t.name) {
			content.End = at
			break
		}
	}
	p.restart(content.End)
	return content
}

// hasTag says whether a text begins with the name of a tag.
func hasTag(text, name string) bool {
	return len(text) >= len(name) && strings.EqualFold(text[:len(name)], name) &&
		(len(text) == len(name) || isSpace(text[len(name)]) || strings.IndexByte("/>", text[len(name)]) >= 0)
}

// script reads a script tag.
func (p *page) script(t tag, selfClosing bool) {
	content := source.Span{Start: t.span.End, End: t.span.End}
	switch {
	case selfClosing && p.kind == Component:
		p.NextIsNotRawText()
	case !strings.HasPrefix(p.masked[content.Start:], "</") || !hasTag(p.masked[content.Start+2:], "script"):
		if p.next() == html.TextToken {
			content = p.token
		}
	}
	kind, made := p.value(t, "type")
	kind = strings.ToLower(kind) // with spaces, as it stands: PyScript finds its tags by the attribute, whole
	if dialect, jsx, ok := p.dialect(t, kind); ok && !made {
		realms := pyodide.Main
		if strings.Contains(kind, "worker") { // which the page makes one of
			realms = pyodide.Worker
		}
		if src, elsewhere := t.attribute("src"); elsewhere {
			p.refer(src, Reference{Kind: LoadsScript, Realms: realms, Why: p.why(t, "type")})
		} else if content.Len() > 0 {
			p.later = append(p.later, inline{content, dialect, realms, jsx})
		}
		return
	}
	u, share, ok := p.python(t, kind)
	if made {
		u, share, ok = Unit{Entry: AsyncEntry, Realms: pyodide.Main}, "made "+kind, imports.MatchString(p.text[content.Start:content.End])
		_, elsewhere := t.attribute("src")
		ok = ok || elsewhere
	}
	if ok {
		u.Form, u.Why = ScriptTag, p.why(t, "type")
		p.tag(t, u, share, content, rawText("script"))
	}
}

// imports is a line of Python that is none of JavaScript.
var imports = regexp.MustCompile(`(?m)^[ \t]*(?:from[ \t]+[\w.]+[ \t]+import[ \t(]|import[ \t]+\w[\w., \t]*(?:#.*)?\r?$|(?:async[ \t]+)?def[ \t]+\w+\()`)

// value is that of an attribute, and whether a template has a part in it.
func (p *page) value(t tag, name string) (value string, made bool) {
	a, _ := t.attribute(name)
	return html.UnescapeString(p.text[a.value.Start:a.value.End]), len(p.marksIn(a.value)) > 0
}

// marksIn are the marks that lie in a span.
func (p *page) marksIn(span source.Span) []mark {
	from, _ := slices.BinarySearchFunc(p.marks, span.Start, func(m mark, at int) int { return cmp.Compare(m.Start, at) })
	to := from
	for to < len(p.marks) && p.marks[to].End <= span.End {
		to++
	}
	return p.marks[from:to]
}

// dialect is that of a script that a browser or a component's compiler runs.
func (p *page) dialect(t tag, kind string) (dialect syntax.Dialect, jsx, ok bool) {
	lang, _ := p.value(t, "lang")
	switch lang = strings.ToLower(lang); {
	case p.kind != Component:
	case lang == "ts" || lang == "typescript":
		return syntax.TypeScript, false, true
	case lang == "tsx":
		return syntax.TSX, true, true
	}
	kind, _, _ = strings.Cut(kind, ";")
	switch kind = strings.TrimSpace(kind); kind {
	case "", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript", "application/x-javascript",
		"text/worker", "text/js-worker", "text/javascript-worker", "javascript/worker":
		return syntax.JavaScript, false, true
	case "text/babel", "text/jsx", "jsx":
		return syntax.JavaScript, true, true
	case "text/typescript", "application/typescript", "ts":
		return syntax.TypeScript, false, true
	}
	return 0, false, false
}

// place is where a span of the page stands in the document.
func (p *page) place(span source.Span) source.Span {
	if p.around == nil {
		return span
	}
	return p.around.Map.Span(span)
}

// handlers adds the Python of event attributes, and their JavaScript.
func (p *page) handlers(t tag) {
	for _, a := range t.attributes {
		if strings.TrimSpace(p.text[a.value.Start:a.value.End]) == "" {
			continue
		}
		if p.kind == Component && p.text[a.value.Start] == '{' {
			continue // a component's expression
		}
		if runtime, ok := handles(a.name); ok {
			value := p.content(a.value, p.marksIn(a.value), attributeText(a.quote)).Dedent().Within(p.around)
			p.Units = append(p.Units, Unit{Derived: value, Form: Attribute, Runtime: runtime, Entry: PlainEntry, Realms: pyodide.Main, Why: a.name, At: p.place(a.span())})
		} else if strings.HasPrefix(a.name, "on") && strings.Contains(p.text[a.value.Start:a.value.End], "runPython") {
			around := p.content(a.value, p.marksIn(a.value), attributeText(a.quote)).Within(p.around)
			p.Document.script(around.Text, syntax.JavaScript, around, pyodide.Main)
		}
	}
}

// share makes one unit of the parts that have their names in common.
func (p *page) share() {
	groups := map[string][]*source.Derived{}
	for _, part := range p.parts {
		groups[part.share] = append(groups[part.share], part.Derived)
	}
	for _, part := range p.parts {
		u := part.Unit
		if part.share != "" {
			u.Derived = joined(groups[part.share])
			delete(groups, part.share)
		}
		if u.Derived != nil {
			u.Derived = u.Derived.Within(p.around)
			p.Units = append(p.Units, u)
		}
	}
}

// scripts hands on the JavaScript and TypeScript. Braces are marks there only if the page has others.
func (p *page) scripts() {
	template := p.template()
	for _, s := range p.later {
		var known []mark
		if template && !s.jsx {
			known = p.marksIn(s.content)
		}
		around := p.content(s.content, known, rawText("script")).Within(p.around)
		p.Document.script(around.Text, s.dialect, around, s.realms)
	}
}

// template says whether the page has marks that are no braces of a script.
func (p *page) template() bool {
	later := p.later
	for _, m := range p.marks {
		for len(later) > 0 && later[0].content.End <= m.Start {
			later = later[1:]
		}
		if !m.value || len(later) == 0 || m.Start < later[0].content.Start {
			return true
		}
	}
	return false
}

// frontmatter reads the script at the head of an Astro component, which runs where the page is made.
func (p *page) frontmatter() (end int) {
	head := strings.TrimLeft(p.text, "\ufeff \t\r\n")
	if !strings.HasPrefix(head, "---") {
		return 0
	}
	start := len(p.text) - len(head) + 3
	n := strings.Index(p.text[start:], "\n---")
	if n < 0 {
		return 0
	}
	p.later = append(p.later, inline{source.Span{Start: start, End: start + n + 1}, syntax.TypeScript, pyodide.Node, false})
	return start + n + 4
}
