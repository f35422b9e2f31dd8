package lsp

import (
	"context"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// Hover shows the page of the rule that has something to say at a place, or whose name an ignore comment
// has there; elsewhere what is known of a name of the bridge.
func (s *server) Hover(ctx context.Context, p *protocol.HoverParams) (*protocol.Hover, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	if !ok || d.silent() {
		return nil, nil
	}
	found, err := s.looked(ctx, d)
	if err != nil {
		return nil, err
	}
	offset := on.start + offsetOf(on.text, p.Position, s.editor.encoding)
	var span source.Span
	var pages []string
	for _, f := range found.findings {
		if f.Span.Contains(offset) || f.Span.Len() == 0 && f.Span.Start == offset {
			span = f.Span
			pages = append(pages, page(f.Rule, f.Message, strings.ReplaceAll(whereAndWhy(f), s.root(d), "")))
		}
	}
	if pages == nil {
		rule, at, err := s.ruleNamedAt(d, offset)
		if err != nil {
			return nil, err
		}
		if rule != nil {
			span, pages = at, []string{page(rule, "", "")}
		}
	}
	if pages == nil {
		about, ok := analysis.About{}, false
		if file := s.fileOf(d, found); file != nil {
			about, ok = analysis.AboutAt(file, d.view, offset)
		}
		if !ok {
			return nil, nil
		}
		span, pages = about.Span, []string{strings.ReplaceAll(said(about), s.root(d), "")}
	}
	kind := protocol.MarkupKindPlainText
	if s.editor.markdown {
		kind = protocol.MarkupKindMarkdown
	}
	at := s.location(d, span).Range
	return &protocol.Hover{
		Contents: &protocol.MarkupContent{Kind: kind, Value: strings.Join(pages, "\n\n---\n\n")}, Range: &at,
	}, nil
}

// said is what is known of a name, as Markdown.
func said(a analysis.About) string {
	text := "**" + a.Title + "**\n"
	for _, fact := range a.Facts {
		text += "\n- " + fact
	}
	if a.Link != "" {
		text += "\n\n[Specification](" + a.Link + ")"
	}
	return text
}

// ruleNamedAt is the rule whose name an ignore comment has at an offset.
func (s *server) ruleNamedAt(d *document, offset int) (*analysis.Rule, source.Span, error) {
	if !strings.Contains(d.text.Text(), "pyodide-ls") {
		return nil, source.Span{}, nil
	}
	f, err := s.open(d)
	if err != nil {
		return nil, source.Span{}, err
	}
	name, span := f.IgnoredAt(offset)
	for _, r := range s.Rules {
		if r.Name == name {
			return r, span, nil
		}
	}
	return nil, source.Span{}, nil
}

// whereAndWhy is where a finding holds, with what says which Pyodide that is.
func whereAndWhy(f analysis.Finding) string {
	where := f.Where()
	if f.Because != "" {
		where = fmt.Sprintf("%s (%s)", where, f.Because)
	}
	for _, why := range f.Why() {
		where += "\n- " + why
	}
	return where
}

// page is what a person reads about a rule beside the code: what it says here and where that holds, its page, and
// its first example with what mends it.
func page(r *analysis.Rule, message, where string) string {
	p := analysis.ParsePage(r.Doc)
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**: %s\n\n", r.Name, p.Title)
	if message != "" {
		fmt.Fprintf(&b, "%s.\n\n", sentence(message))
	}
	if where != "" {
		fmt.Fprintf(&b, "Runs on: %s\n\n", where)
	}
	b.WriteString(analysis.Standalone(p.Prose))
	bad := false
	for _, f := range p.Fences {
		switch {
		case f.Role == "bad" && !bad:
			bad = true
			fmt.Fprintf(&b, "\n\nWrong:\n\n```%s\n%s```", f.Language, f.Code)
		case (f.Role == "fixed" || f.Role == "instead") && bad:
			fmt.Fprintf(&b, "\n\nRight:\n\n```%s\n%s```", f.Language, f.Code)
			return b.String()
		}
	}
	return b.String()
}

// sentence begins with a capital letter, unless it begins with a name in code.
func sentence(message string) string {
	word, _, _ := strings.Cut(message, " ")
	if strings.ContainsAny(word, "._") {
		return message
	}
	return strings.ToUpper(message[:1]) + message[1:]
}
