package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// CodeAction offers what can be done about the findings in a range.
func (s *server) CodeAction(ctx context.Context, p *protocol.CodeActionParams) ([]protocol.CommandOrCodeAction, error) {
	d, on, ok := s.at(ctx).find(p.TextDocument.URI)
	switch {
	case !ok || !s.editor.actions:
		return nil, nil
	case settles(d.uri):
		return s.settingsFixes(d, p), nil
	case d.silent():
		return nil, nil
	}
	found, err := s.looked(ctx, d)
	if err != nil {
		return nil, err
	}
	within := spanOf(on.text, p.Range, s.editor.encoding)
	offer := &offer{
		server: s, document: d, file: s.fileOf(d, found), asked: p, seen: s.evidence(d),
		within: source.Span{Start: on.start + within.Start, End: on.start + within.End},
	}
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
	if offer.wants(asyncKind) {
		offer.rewrites()
	}
	if offer.wants(previewKind) {
		offer.preview()
	}
	return offer.actions, nil
}

// offer is the answer to one request for actions, as it grows.
type offer struct {
	*server
	document *document
	file     *analysis.File
	seen     []*measured // in browsers
	asked    *protocol.CodeActionParams
	within   source.Span // of the document, what was asked about
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
	var here []analysis.Finding
	for _, f := range findings {
		if f.Span.Overlaps(o.within) {
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
	o.moves(here)
	file, err := o.open(o.document)
	if err != nil {
		return err
	}
	for i, f := range here {
		if f.Rule.Directives {
			continue // a comment about a comment
		}
		if edits, ok := analysis.SuppressHere(file, f); ok {
			o.add(protocol.CodeActionKindQuickFix, fmt.Sprintf("Ignore %s on this line", f.Rule.Name), edits, &f, false)
		}
		if edits, ok := analysis.SuppressInFile(file, f); ok {
			o.add(protocol.CodeActionKindQuickFix, fmt.Sprintf("Ignore %s in this file", f.Rule.Name), edits, &f, false)
		}
		if !slices.ContainsFunc(here[:i], func(before analysis.Finding) bool { return before.Rule == f.Rule }) {
			o.turnOff(&f)
			o.shown(&f)
		}
	}
	return nil
}

// fixAllTitle is what a person reads of the action that applies every safe fix.
const fixAllTitle = "Fix all safe findings"

// fixAll offers what "check --fix" makes of the document, which takes a check for each round of fixes: an editor that
// asks for what it needs asks again when it is chosen.
func (o *offer) fixAll(ctx context.Context, findings []analysis.Finding) error {
	if !slices.ContainsFunc(findings, func(f analysis.Finding) bool {
		return len(f.Fixes) > 0 && f.Fixes[0].Applicability == analysis.Safe
	}) {
		return nil
	}
	if o.later(fixAllKind, fixAllTitle) {
		return nil
	}
	edits, err := o.repairs(ctx, o.document, findings)
	if err == nil && len(edits) > 0 {
		o.add(fixAllKind, fixAllTitle, edits, nil, false)
	}
	return err
}

// repairs are the edits that apply every safe fix of a document, none if that changes nothing.
func (s *server) repairs(ctx context.Context, d *document, findings []analysis.Finding) ([]source.Edit, error) {
	file, err := s.open(d)
	if err != nil {
		return nil, err
	}
	cells := map[*analysis.File]*document{file: d} // how a notebook stands before each round of fixes
	fixed, applied := analysis.Repair(file, findings, func(f *analysis.File, edits []source.Edit) (*analysis.File, []analysis.Finding, error) {
		after, err := cells[f].repaired(edits)
		if err != nil {
			return nil, nil, err
		}
		next, err := analysis.Open(after.text, after.setting())
		if err != nil {
			return nil, nil, err
		}
		cells[next] = after
		return next, s.findings(ctx, after, next), ctx.Err()
	})
	if err := ctx.Err(); err != nil || applied == 0 {
		return nil, err
	}
	return difference(d, cells[fixed]), nil
}

// rewrites offers what makes of right code other code.
func (o *offer) rewrites() {
	if o.file == nil {
		return
	}
	if name, edits, ok := analysis.MadeAsync(o.file, o.document.view, o.within); ok {
		o.add(asyncKind, fmt.Sprintf("Make %s async", name), edits, nil, false)
	}
}

// repaired is the document after edits of its text. Those of a notebook are made in its cells.
func (d *document) repaired(edits []source.Edit) (*document, error) {
	if d.notebook == nil {
		text, err := source.Apply(d.text.Text(), edits)
		return d.with(source.New(d.path, text), d.version), err
	}
	by := map[uri.URI][]source.Edit{}
	for _, e := range edits {
		at, span := d.locate(e.Span)
		by[at.uri] = append(by[at.uri], source.Edit{Span: span, New: e.New})
	}
	cells := slices.Clone(d.notebook.cells)
	for i, c := range cells {
		if len(by[c.uri]) == 0 {
			continue
		}
		text, err := source.Apply(c.text.Text(), by[c.uri])
		if err != nil {
			return nil, err
		}
		cells[i].text = source.New(c.text.Path(), text)
	}
	return d.withCells(cells, d.version), nil
}

// difference is what makes one text of a document another, sheet by sheet, as edits of the document.
func difference(d, fixed *document) []source.Edit {
	var edits []source.Edit
	after := fixed.sheets()
	for i, before := range d.sheets() {
		for _, e := range udiff.Lines(before.text.Text(), after[i].text.Text()) {
			edits = append(edits, source.Edit{Span: source.Span{Start: before.start + e.Start, End: before.start + e.End}, New: e.New})
		}
	}
	return edits
}

// add appends edits of the document; about is the finding that they are about, nil for all.
func (o *offer) add(kind protocol.CodeActionKind, title string, edits []source.Edit, about *analysis.Finding, preferred bool) {
	var of *protocol.Diagnostic
	if about != nil {
		of = new(o.about(about))
	}
	o.put(kind, title, o.workspaceEdit(o.document, edits), of, preferred)
}

// about is what the editor shows of a finding.
func (o *offer) about(f *analysis.Finding) protocol.Diagnostic {
	return o.diagnostic(o.document, *f, confirmed(o.file, *f, o.seen))
}

// put appends an action; about is what the editor shows that it is about, nil for nothing of it.
func (o *offer) put(kind protocol.CodeActionKind, title string, edit *protocol.WorkspaceEdit, about *protocol.Diagnostic, preferred bool) {
	action := &protocol.CodeAction{Title: title, Kind: &kind, Edit: edit}
	if about != nil {
		action.Diagnostics = []protocol.Diagnostic{*about}
	}
	if preferred && o.editor.preferred {
		action.IsPreferred = new(true)
	}
	o.actions = append(o.actions, action)
}
