package host

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

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
	where   Where
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
			if name, _ := p.TagName(); string(name) == "template" {
				p.inert = max(0, p.inert-1)
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
	kind = strings.ToLower(strings.TrimSpace(kind))
	if dialect, jsx, ok := p.dialect(t, kind); ok && !made {
		if _, elsewhere := t.attribute("src"); !elsewhere && content.Len() > 0 {
			p.later = append(p.later, inline{content, dialect, OnPage, jsx})
		}
		return
	}
	u, share, ok := p.python(t, kind)
	if made {
		u, share, ok = Unit{Entry: AsyncEntry, Where: OnPage}, "made "+kind, imports.MatchString(p.text[content.Start:content.End])
		_, elsewhere := t.attribute("src")
		ok = ok || elsewhere
	}
	if ok {
		u.Form = ScriptTag
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
	case "", "module", "text/javascript", "application/javascript", "text/ecmascript", "application/ecmascript", "application/x-javascript":
		return syntax.JavaScript, false, true
	case "text/babel", "text/jsx", "jsx":
		return syntax.JavaScript, true, true
	case "text/typescript", "application/typescript", "ts":
		return syntax.TypeScript, false, true
	}
	return 0, false, false
}

// python is what a script is whose type is a runtime's name, and what it shares its names with.
func (p *page) python(t tag, kind string) (u Unit, share string, ok bool) {
	u = Unit{Runtime: Pyodide, Entry: AsyncEntry, Where: OnPage}
	env, _ := p.value(t, "env")
	settings, _ := p.value(t, "config")
	switch kind {
	case "py", "py-script", "py-game": // each is one interpreter, whatever it is told of others
		share = strings.TrimSuffix(kind, "-script")
	case "mpy", "mpy-script":
		u.Runtime, share = MicroPython, "mpy"
	case "pyodide":
		share = cmp.Or(env, "pyodide|"+settings)
	case "micropython":
		u.Runtime, share = MicroPython, cmp.Or(env, "micropython|"+settings)
	case "py-editor", "pyodide-editor":
		u.Where, share = InWorker, editor("py", env)
	case "mpy-editor", "micropython-editor":
		u.Runtime, u.Where, share = MicroPython, InWorker, editor("mpy", env)
	case "text/python", "text/x-python", "python", "application/python", "application/x-python":
		u.Runtime, u.Entry = Unsaid, AnyEntry // Brython's and Skulpt's, too
	default:
		return u, "", false
	}
	return u, share, true
}

// editor is what an editor shares its names with: those of its environment, if it has one.
func editor(runtime, env string) string {
	if env == "" {
		return ""
	}
	return runtime + "-editor|" + env
}

// pythonTag reads an element of PyScript that holds Python.
func (p *page) pythonTag(t tag, content source.Span) {
	u := Unit{Form: PythonTag, Runtime: Pyodide, Entry: AsyncEntry, Where: OnPage}
	share := "py"
	if t.name == "mpy-script" {
		u.Runtime, share = MicroPython, "mpy"
	}
	p.tag(t, u, share, content, markupText(t.name))
}

// tag adds the Python of a tag: of a file, or what stands in it.
func (p *page) tag(t tag, u Unit, share string, content source.Span, w writing) {
	if a, ok := t.attribute("async"); ok && u.Entry == AsyncEntry {
		switch strings.ToLower(p.text[a.value.Start:a.value.End]) {
		case "false", "no", "0":
			u.Entry = PlainEntry
		}
	}
	src, elsewhere := t.attribute("src")
	if worker, ok := t.attribute("worker"); ok {
		u.Where, share = InWorker, ""
		if worker.value.Len() > 0 && !elsewhere { // as it was written in 2023
			if name, _ := p.value(t, "worker"); strings.Contains(name, ".") {
				src, elsewhere = worker, true
			}
		}
	}
	if elsewhere {
		p.refer(src, u)
		return
	}
	if strings.TrimSpace(p.text[content.Start:content.End]) == "" {
		return
	}
	u.Derived = p.content(content, p.marksIn(content), w).Dedent()
	p.parts = append(p.parts, part{u, share})
}

// refer adds a file that a tag loads.
func (p *page) refer(a attribute, u Unit) {
	span := a.value
	text := p.text[span.Start:span.End]
	if len(p.marksIn(span)) > 0 {
		names := pythonName.FindAllStringSubmatchIndex(text, -1)
		if len(names) != 1 {
			return // made of more than can be known
		}
		from := max(names[0][2], names[0][4])
		to := max(names[0][3], names[0][5])
		span = source.Span{Start: span.Start + from, End: span.Start + to}
	} else if p.kind == Component && strings.HasPrefix(text, "{") {
		return
	}
	text = p.text[span.Start:span.End]
	name := strings.TrimLeft(text, " \t\r\n")
	span.Start += len(text) - len(name)
	if i := strings.IndexAny(name, "?#"); i >= 0 {
		name = name[:i]
	}
	name = strings.TrimRight(name, ", \t\r\n")
	if span.End = span.Start + len(name); name == "" {
		return
	}
	p.References = append(p.References, Reference{html.UnescapeString(name), p.place(span), u.Runtime, u.Entry, u.Where})
}

// pythonName is the name of a Python file in quotes.
var pythonName = regexp.MustCompile(`"([^"'\s?#]+\.py)["?#]|'([^"'\s?#]+\.py)['?#]`)

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
			p.Units = append(p.Units, Unit{value, Attribute, runtime, PlainEntry, OnPage})
		} else if strings.HasPrefix(a.name, "on") && strings.Contains(p.text[a.value.Start:a.value.End], "runPython") {
			around := p.content(a.value, p.marksIn(a.value), attributeText(a.quote)).Within(p.around)
			p.Document.script(around.Text, syntax.JavaScript, around, OnPage)
		}
	}
}

// content is what stands between two tags, or in an attribute: with character references undone where the
// browser undoes them, and marks as what cannot be known.
func (p *page) content(span source.Span, marks []mark, w writing) *source.Derived {
	var b source.Builder
	at := span.Start
	for i := at; i < span.End; {
		if len(marks) > 0 && marks[0].Start == i {
			b.Verbatim(at, p.text[at:i])
			b.Opaque(marks[0].Span, marks[0].stand())
			i, at, marks = marks[0].End, marks[0].End, marks[1:]
			continue
		}
		if w.references && p.text[i] == '&' {
			if n, stands := reference(p.text[i:span.End], w.attribute); n > 0 {
				b.Verbatim(at, p.text[at:i])
				b.Escape(source.Span{Start: i, End: i + n}, stands)
				i, at = i+n, i+n
				continue
			}
		}
		i++
	}
	b.Verbatim(at, p.text[at:span.End])
	return b.Derived(w.write).Guard(func(e source.Edit) bool { return p.allows(e, span, w) })
}

// writing is how a stretch of a page is written.
type writing struct {
	references bool     // with character references
	attribute  bool     // the value of one
	quote      byte     // around it, 0 for none
	never      []string // what must not stand in it
}

// rawText is written in an element whose content is no markup.
func rawText(name string) writing { return writing{never: []string{"</" + name, "<!--"}} }

// markupText is written in an element whose content is markup to the browser.
func markupText(name string) writing {
	return writing{references: true, never: []string{"</" + name}}
}

func attributeText(quote byte) writing {
	return writing{references: true, attribute: true, quote: quote}
}

func (w writing) write(text string) (string, bool) {
	switch {
	case !w.references:
		return text, true
	case w.attribute && w.quote == 0 && strings.ContainsAny(text, " \t\r\n\f\"'<>=`"):
		return "", false
	case w.attribute && w.quote == '\'':
		return inSingle.Replace(text), true
	case w.attribute:
		return inDouble.Replace(text), true
	}
	return inMarkup.Replace(text), true
}

var (
	inMarkup = strings.NewReplacer("&", "&amp;", "<", "&lt;")
	inDouble = strings.NewReplacer("&", "&amp;", "<", "&lt;", "\"", "&quot;")
	inSingle = strings.NewReplacer("&", "&amp;", "<", "&lt;", "'", "&#39;")
)

// allows says whether an edit leaves everything around it what it is: with what stands beside it it could end
// the element, begin a mark, or make a character reference.
func (p *page) allows(e source.Edit, within source.Span, w writing) bool {
	const near = 40
	head := strings.ToLower(p.text[max(within.Start, e.Span.Start-near):e.Span.Start])
	tail := strings.ToLower(p.text[e.Span.End:min(within.End, e.Span.End+near)])
	whole := head + strings.ToLower(e.New) + tail
	for _, token := range w.never {
		if strings.Contains(whole, token) {
			return false
		}
	}
	if p.kind == HTML && !p.keepsMarks(e, within) {
		return false
	}
	if !w.references {
		return true
	}
	if w.attribute && w.quote == 0 && whole == "" {
		return false
	}
	word := strings.TrimRight(head, "#abcdefghijklmnopqrstuvwxyz0123456789")
	return !strings.HasSuffix(word, "&")
}

// keepsMarks says whether an edit makes nothing a mark of a template that is none, nor begins one, and leaves
// those that are.
func (p *page) keepsMarks(e source.Edit, within source.Span) bool {
	start, end := max(within.Start, e.Span.Start-markLimit), min(within.End, e.Span.End+markLimit)
	before, after := p.text[start:end], p.text[start:e.Span.Start]+e.New+p.text[e.Span.End:end]
	for _, opening := range []string{"{{", "{%", "{#", "<%"} {
		if strings.Count(after, opening) > strings.Count(before, opening) {
			return false
		}
	}
	return len(marks(after)) == len(marks(before))
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

// joined is several texts as one, which begin lines of their own. It is nil for none.
func joined(all []*source.Derived) *source.Derived {
	if len(all) == 0 {
		return nil
	}
	for i, d := range all[:len(all)-1] {
		all[i] = ended(d)
	}
	return source.Concat(all...)
}

// ended is a text that ends in a line end.
func ended(d *source.Derived) *source.Derived {
	end := ""
	switch text := strings.TrimRight(d.Text, " \t"); {
	case strings.HasSuffix(text, `\`):
		end = "\n\n" // it does not go on in the next
	case !strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\r"):
		end = "\n"
	case strings.HasSuffix(d.Text, " ") || strings.HasSuffix(d.Text, "\t"):
		end = "\n" // or else it would indent the next
	case !leavesOpen(d.Text):
		return d
	}
	if leavesOpen(d.Text) {
		end += "pass\n" // which ends the statement to the parser
	}
	var b source.Builder
	b.Verbatim(0, d.Text)
	b.Escape(source.Span{Start: len(d.Text), End: len(d.Text)}, end)
	behind := func(e source.Edit) bool { // a line behind the line end that is not there
		return e.Span.Start == len(d.Text) && strings.HasSuffix(e.New, "\n") && !strings.HasPrefix(e.New, "\n")
	}
	return b.Derived(nil).Guard(func(e source.Edit) bool { return !behind(e) }).Within(d)
}

// leavesOpen says whether a bracket is open where a Python text ends.
func leavesOpen(text string) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(0, depth-1)
		case '#':
			i += len(text[i:]) - len(strings.TrimLeftFunc(text[i:], func(r rune) bool { return r != '\n' && r != '\r' })) - 1
		case '"', '\'':
			if end := stringEnd(text, i); end > i {
				i = end - 1
			}
		}
	}
	return depth > 0
}

// stringEnd is the end of the string literal whose quote stands at a place; of one that is not closed it is
// that of its line.
func stringEnd(text string, at int) int {
	quote := text[at : at+1]
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(text[at:], triple) {
		quote = triple
	}
	for i := at + len(quote); i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], quote):
			return i + len(quote)
		case len(quote) == 1 && (text[i] == '\n' || text[i] == '\r'):
			return i
		}
	}
	return len(text)
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
		p.Document.script(around.Text, s.dialect, around, s.where)
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
	p.later = append(p.later, inline{source.Span{Start: start, End: start + n + 1}, syntax.TypeScript, InNode, false})
	return start + n + 4
}
