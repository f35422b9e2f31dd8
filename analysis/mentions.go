package analysis

import (
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
	"pyodide-ls/analysis/syntax/host"
)

// Mention is a place where a document names an element of a page by its id.
type Mention struct {
	ID      string
	Span    source.Span // of the id alone
	Defines bool        // it is the element's own
}

// Mentions are the places where a document names elements by their ids, in its order: tags and what refers to them, style
// sheets in the page, and what scripts and Python look for. What is put together, such as f"row-{n}", is none.
func Mentions(f *File) (all []Mention) {
	text := f.Source.Text()
	add := func(m Mention) {
		if m.ID != "" && !slices.ContainsFunc(all, func(other Mention) bool { return other.Span == m.Span }) {
			all = append(all, m)
		}
	}
	if f.Kind == host.HTML || f.Kind == host.Component {
		for _, m := range tagged(text) {
			add(m)
		}
	}
	for _, sought := range lookedFor.FindAllStringSubmatchIndex(text, -1) {
		if f.Kind != host.Python || f.isCode(sought[0]) {
			add(Mention{ID: text[sought[2]:sought[3]], Span: source.Span{Start: sought[2], End: sought[3]}})
		}
	}
	for _, sought := range selected.FindAllStringSubmatchIndex(text, -1) {
		if f.Kind == host.Python && !f.isCode(sought[0]) {
			continue
		}
		for _, quoted := range selector.FindAllStringIndex(text[sought[2]:sought[3]], -1) {
			start := sought[2] + quoted[0]
			for _, id := range inSelector.FindAllStringSubmatchIndex(text[start:sought[2]+quoted[1]], -1) {
				span := source.Span{Start: start + id[2], End: start + id[3]}
				add(Mention{ID: text[span.Start:span.End], Span: span})
			}
		}
	}
	slices.SortFunc(all, func(a, b Mention) int { return a.Span.Start - b.Span.Start })
	return all
}

// isCode says whether something stands in Python, and not in a comment or a text.
func (f *File) isCode(at int) bool {
	k := f.Units[0].Tree.At(at).Kind()
	return k == syntax.Identifier
}

var (
	// lookedFor is a call that finds an element by its id: in Python and in JavaScript they are written alike.
	lookedFor = regexp.MustCompile(`\bgetElementById\(\s*["']([\w:.-]+)["']`)
	// selected is a call that finds elements by a selector, or PyScript's that does; the last text in it is one.
	selected = regexp.MustCompile(`\b(?:querySelector|querySelectorAll|closest|matches|when)\(([^()\n]*)\)`)
	// selector is a text in which nothing is filled in, and inSelector an id in it.
	selector   = regexp.MustCompile(`"[^"{]*"|'[^'{]*'`)
	inSelector = regexp.MustCompile(`#([\w-]+)`)
	// styled is an id in a style sheet, where a rule begins or goes on.
	styled = regexp.MustCompile(`#([A-Za-z_][\w-]*)`)
	// sheet is a style sheet in a page.
	sheet = regexp.MustCompile(`(?is)<style[^>]*>(.*?)</style>`)
	// block is the declarations of a rule, which name colours, and no elements.
	block = regexp.MustCompile(`(?s)\{[^{}]*\}`)
	// referring is an attribute that refers to elements by their ids.
	// Source: https://html.spec.whatwg.org/multipage/indices.html#attributes-3, https://www.w3.org/TR/wai-aria-1.2/#state_prop_values
	referring = regexp.MustCompile(`\s(id|for|form|list|headers|popovertarget|commandfor|aria-(?:activedescendant|controls|describedby|details|errormessage|flowto|labelledby|owns)|target)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')`)
	// leading is an address of an element in its page.
	leading = regexp.MustCompile(`\shref\s*=\s*["']#([\w:.-]+)["']`)
	// words are those of an attribute's value.
	idWords = regexp.MustCompile(`[\w:.-]+`)
)

// tagged are the mentions in the tags and the style sheets of a page.
func tagged(text string) (all []Mention) {
	for _, m := range referring.FindAllStringSubmatchIndex(text, -1) {
		value := source.Span{Start: max(m[4], m[6]), End: max(m[5], m[7])}
		name := text[m[2]:m[3]]
		for _, word := range idWords.FindAllStringIndex(text[value.Start:value.End], -1) {
			span := source.Span{Start: value.Start + word[0], End: value.Start + word[1]}
			all = append(all, Mention{ID: text[span.Start:span.End], Span: span, Defines: name == "id"})
		}
	}
	for _, m := range leading.FindAllStringSubmatchIndex(text, -1) {
		all = append(all, Mention{ID: text[m[2]:m[3]], Span: source.Span{Start: m[2], End: m[3]}})
	}
	for _, s := range sheet.FindAllStringSubmatchIndex(text, -1) {
		for _, m := range StyleMentions(text[s[2]:s[3]]) {
			m.Span.Start, m.Span.End = m.Span.Start+s[2], m.Span.End+s[2]
			all = append(all, m)
		}
	}
	return all
}

// StyleMentions are the places where a style sheet names elements by their ids.
func StyleMentions(text string) (all []Mention) {
	rules := block.ReplaceAllStringFunc(text, func(declarations string) string { return strings.Repeat(" ", len(declarations)) })
	for _, m := range styled.FindAllStringSubmatchIndex(rules, -1) {
		all = append(all, Mention{ID: text[m[2]:m[3]], Span: source.Span{Start: m[2], End: m[3]}})
	}
	return all
}
