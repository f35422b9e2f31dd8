package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// CodeAction offers what can be done about the findings in a range.
func (s *server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	d := s.at(ctx).documents[p.TextDocument.URI]
	if d == nil || d.silent() || !s.editor.actions {
		return nil, nil
	}
	found, err := s.check(ctx, d)
	if err != nil {
		return nil, err
	}
	offer := &offer{server: s, document: d, asked: p}
	if offer.wants(protocol.CodeActionKindQuickFix) {
		if err := offer.quickFixes(found.findings); err != nil {
			return nil, err
		}
	}
	if offer.wants(fixAllKind) {
		if err := offer.fixAll(ctx, found.findings); err != nil {
			return nil, err
		}
	}
	return offer.actions, nil
}

// offer is the answer to one request for actions, as it grows.
type offer struct {
	*server
	document *document
	asked    *protocol.CodeActionParams
	actions  []protocol.CommandOrCodeAction
}

// wants says whether a kind was asked for: by its name, by a kind that holds it, or by no name at all.
func (o *offer) wants(kind protocol.CodeActionKind) bool {
	if len(o.asked.Context.Only) == 0 {
		return true
	}
	return slices.ContainsFunc(o.asked.Context.Only, func(only protocol.CodeActionKind) bool {
		return only == "" || only == kind || strings.HasPrefix(string(kind), string(only)+".")
	})
}

// quickFixes offers the fixes of the findings in the range, then comments that ignore them.
func (o *offer) quickFixes(findings []analysis.Finding) error {
	within := spanOf(o.document.text, o.asked.Range, o.editor.encoding)
	var here []analysis.Finding
	for _, f := range findings {
		if f.Span.Overlaps(within) {
			here = append(here, f)
		}
	}
	for _, f := range here {
		for i, fix := range f.Fixes {
			if fix.Applicability != analysis.Shown {
				o.add(protocol.CodeActionKindQuickFix, fix.Title, fix.Edits, &f, i == 0 && fix.Applicability == analysis.Safe)
			}
		}
	}
	if len(here) == 0 {
		return nil
	}
	file, err := o.open(o.document)
	if err != nil {
		return err
	}
	for _, f := range here {
		if f.Rule.Directives {
			continue // a comment about a comment
		}
		if edits, ok := analysis.SuppressHere(file, f); ok {
			o.add(protocol.CodeActionKindQuickFix, fmt.Sprintf("Ignore %s on this line", f.Rule.Name), edits, &f, false)
		}
		if edits, ok := analysis.SuppressInFile(file, f); ok {
			o.add(protocol.CodeActionKindQuickFix, fmt.Sprintf("Ignore %s in this file", f.Rule.Name), edits, &f, false)
		}
	}
	return nil
}

// fixAll offers what "check --fix" makes of the document.
func (o *offer) fixAll(ctx context.Context, findings []analysis.Finding) error {
	d := o.document
	if !slices.ContainsFunc(findings, func(f analysis.Finding) bool {
		return len(f.Fixes) > 0 && f.Fixes[0].Applicability == analysis.Safe
	}) {
		return nil
	}
	file, err := o.open(d)
	if err != nil {
		return err
	}
	text, applied := analysis.Repair(file, findings, func(text string) (*analysis.File, []analysis.Finding, error) {
		next, err := analysis.Open(source.New(d.path, text), d.setting())
		if err != nil {
			return nil, nil, err
		}
		return next, o.findings(ctx, d, next), ctx.Err()
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	if applied > 0 {
		var edits []source.Edit
		for _, e := range udiff.Lines(d.text.Text(), text) {
			edits = append(edits, source.Edit{Span: source.Span{Start: e.Start, End: e.End}, New: e.New})
		}
		o.add(fixAllKind, "Fix all safe findings", edits, nil, false)
	}
	return nil
}

// add appends an action; about is the finding that it is about, nil for all.
func (o *offer) add(kind protocol.CodeActionKind, title string, edits []source.Edit, about *analysis.Finding, preferred bool) {
	action := &protocol.CodeAction{Title: title, Kind: &kind, Edit: o.workspaceEdit(o.document, edits)}
	if about != nil {
		action.Diagnostics = []protocol.Diagnostic{o.diagnostic(o.document, *about)}
	}
	if preferred && o.editor.preferred {
		action.IsPreferred = new(true)
	}
	o.actions = append(o.actions, action)
}
