package host

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/source"
)

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
	if w.attribute && w.quote == 0 && (whole == "" || head == "" && strings.IndexByte("\"'", whole[0]) >= 0) {
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
	opened := false
	for _, opening := range []string{"{{", "{%", "{#", "<%"} {
		n := strings.Count(before, opening)
		if strings.Count(after, opening) > n {
			return false
		}
		opened = opened || n > 0
	}
	if !opened {
		return true // most pages are no templates, and this is asked for each edit of each fix
	}
	by := len(after) - len(before)
	return slices.EqualFunc(marks(before), marks(after), func(was, is mark) bool {
		if was.Start >= e.Span.End-start {
			was.Start, was.End = was.Start+by, was.End+by
		}
		return was == is
	})
}
