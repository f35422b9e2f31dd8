package lsp

import (
	"context"
	"regexp"
	"strings"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// completionTriggers are the characters behind which there may be something to suggest.
var completionTriggers = []string{".", "\"", "'", "#", "["}

// Completion suggests what can stand at a place: of names of the bridge, of rules in comments, and of settings.
func (s *server) Completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	at := offsetOf(on.text, p.Position, s.editor.encoding)
	if settles(d.uri) {
		if items, span := s.settingsAt(on.text, at); len(items) > 0 {
			return s.items(on, span, items), nil
		}
		return nil, nil
	}
	if d.silent() {
		return nil, nil
	}
	if items, span, ok := s.rulesAt(on.text, at); ok {
		return s.items(on, span, items), nil
	}
	found, ok, err := s.suggested(ctx, d, on, at)
	if err != nil || !ok {
		return nil, err
	}
	return s.items(on, found.Span, found.All), nil
}

// suggested are the suggestions for a place of a sheet, and what they take the place of there.
func (s *server) suggested(ctx context.Context, d *document, on sheet, at int) (found analysis.Suggested, ok bool, err error) {
	line := on.text.LineSpan(on.text.LineOf(at))
	before := on.text.Text()[line.Start:at]
	typed := len(before) - len(strings.TrimRightFunc(before, isWord))
	hole := ""
	switch {
	case typed > 0:
	case strings.HasSuffix(before, "."), fromImport.MatchString(before):
		hole = analysis.Hole
	case !strings.ContainsAny(before, `"'`):
		return found, false, nil
	}
	holed, err := d.repaired([]source.Edit{{Span: source.Span{Start: on.start + at, End: on.start + at}, New: hole}})
	if err != nil {
		return found, false, err
	}
	if err := readable(holed.kind, holed.text.Text()); err != nil || ctx.Err() != nil {
		return found, false, ctx.Err()
	}
	file, err := analysis.Open(holed.text, holed.setting())
	if err != nil {
		return found, false, nil // nobody can say anything about it
	}
	if found, ok = analysis.SuggestAt(file, d.view, on.start+at); !ok {
		return found, false, nil
	}
	// What stands in the text as it is: the hole is not.
	found.Span = source.Span{Start: found.Span.Start - on.start, End: max(found.Span.Start, found.Span.End-len(hole)) - on.start}
	return found, true, nil
}

// fromImport is what stands before the first name that an import takes, or before another one.
var fromImport = regexp.MustCompile(`^\s*from\s+[\w.]+\s+import\s+(\(?\s*|.*,\s*)$`)

func isWord(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
}

// namingRule is a comment that ignores rules, up to the name of one.
var namingRule = regexp.MustCompile(`#\s*pyodide-ls:\s*ignore(?:-file)?\[(?:[\w-]+\s*,\s*)*([\w-]*)$`)

// rulesAt are the names of rules, where a comment is about to name one.
func (s *server) rulesAt(text *source.File, at int) (items []analysis.Suggestion, span source.Span, ok bool) {
	line := text.LineSpan(text.LineOf(at))
	match := namingRule.FindStringSubmatchIndex(text.Text()[line.Start:at])
	if match == nil {
		return nil, source.Span{}, false
	}
	for _, r := range s.Rules {
		items = append(items, analysis.Suggestion{Text: r.Name, Kind: analysis.AName, About: analysis.ParsePage(r.Doc).Title})
	}
	return items, source.Span{Start: line.Start + match[2], End: at}, true
}

var itemKinds = map[analysis.SuggestionKind]protocol.CompletionItemKind{
	analysis.AnAttribute: protocol.CompletionItemKindProperty, analysis.AMethod: protocol.CompletionItemKindMethod,
	analysis.AClass: protocol.CompletionItemKindClass, analysis.AnEvent: protocol.CompletionItemKindEvent,
	analysis.AnElement: protocol.CompletionItemKindReference, analysis.AName: protocol.CompletionItemKindValue,
}

// items are suggestions as the editor has them: what the document uses already comes first.
func (s *server) items(on sheet, span source.Span, all []analysis.Suggestion) protocol.CompletionItemSlice {
	items := make(protocol.CompletionItemSlice, 0, len(all))
	at := rangeOf(on.text, span, s.editor.encoding)
	for _, one := range all {
		order := "1"
		if one.Used {
			order = "0"
		}
		item := protocol.CompletionItem{
			Label: one.Text, Kind: itemKinds[one.Kind], SortText: protocol.NewOptional(order + one.Text),
			TextEdit: &protocol.TextEdit{Range: at, NewText: one.Text},
		}
		if one.About != "" {
			item.Detail = protocol.NewOptional(one.About)
		}
		items = append(items, item)
	}
	return items
}
