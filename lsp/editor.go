package lsp

import (
	"slices"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

// editor is what the client said it can do. What it did not say it is not sent.
type editor struct {
	known    bool // initialize has been
	encoding source.Encoding
	pulls    bool // asks for diagnostics; otherwise they are published, and never both

	relatedInformation bool
	unnecessary        bool // greys out what is tagged so
	versions           bool // reads the version of published diagnostics
	actions            bool // reads code actions that are more than commands
	preferred          bool
	documentChanges    bool // reads edits that name the version they are for
	creates            bool // makes files that an edit names
	markdown           bool
	watches            bool // tells of files that change, if asked to
	notebooks          bool // tells of notebooks and their cells
	hints              bool // shows inlay hints, and asks again for them when it is told to
	lenses             bool // shows code lenses, and asks again for them when it is told to
	shows              bool // shows documents, and addresses in a browser
	workspace          bool // wants to see what is found in files that nobody has open
	resolves           bool // asks for the edit of an action when it is chosen
	tooltips           bool // shows what a link is for
	outlines           bool // shows parts of a document below others
	asks               bool // can ask the person about each change before it makes it
	configures         bool // says its settings when it is asked
	tellsSettings      bool // says that they have changed, if it is asked to
	progress           bool // shows that work goes on, if it is told first
	name               string
}

func newEditor(c *protocol.ClientCapabilities) editor {
	e := editor{known: true, encoding: source.UTF16}
	if c.General != nil {
		e.encoding = chooseEncoding(c.General.PositionEncodings)
	}
	if w := c.Workspace; w != nil {
		e.documentChanges = w.WorkspaceEdit != nil && is(w.WorkspaceEdit.DocumentChanges)
		e.creates = e.documentChanges && slices.Contains(w.WorkspaceEdit.ResourceOperations, protocol.ResourceOperationKindCreate)
		e.asks = e.documentChanges && w.WorkspaceEdit.ChangeAnnotationSupport != nil
		e.configures = is(w.Configuration)
		e.tellsSettings = w.DidChangeConfiguration != nil && is(w.DidChangeConfiguration.DynamicRegistration)
		e.watches = w.DidChangeWatchedFiles != nil && is(w.DidChangeWatchedFiles.DynamicRegistration)
	}
	e.notebooks = c.NotebookDocument != nil
	e.hints = c.Workspace != nil && c.Workspace.InlayHint != nil && is(c.Workspace.InlayHint.RefreshSupport)
	e.lenses = c.Workspace != nil && c.Workspace.CodeLens != nil && is(c.Workspace.CodeLens.RefreshSupport)
	e.shows = c.Window != nil && c.Window.ShowDocument != nil && c.Window.ShowDocument.Support
	e.progress = c.Window != nil && is(c.Window.WorkDoneProgress)
	t := c.TextDocument
	if t == nil {
		return e
	}
	// A verdict can change without the document, so who asks must be willing to be told to ask again.
	e.pulls = t.Diagnostic != nil && c.Workspace != nil && c.Workspace.Diagnostics != nil && is(c.Workspace.Diagnostics.RefreshSupport)
	if e.pulls {
		e.diagnostics(t.Diagnostic.DiagnosticsCapabilities)
	}
	if p := t.PublishDiagnostics; p != nil {
		e.diagnostics(p.DiagnosticsCapabilities)
		e.versions = is(p.VersionSupport)
	}
	e.tooltips = t.DocumentLink != nil && is(t.DocumentLink.TooltipSupport)
	e.outlines = t.DocumentSymbol != nil && is(t.DocumentSymbol.HierarchicalDocumentSymbolSupport)
	if a := t.CodeAction; a != nil {
		e.actions = a.CodeActionLiteralSupport.CodeActionKind.ValueSet != nil
		e.preferred = is(a.IsPreferredSupport)
		e.resolves = e.actions && is(a.DataSupport) && slices.Contains(a.ResolveSupport.Properties, "edit")
	}
	e.markdown = t.Hover != nil && slices.Contains(t.Hover.ContentFormat, protocol.MarkupKindMarkdown)
	return e
}

func (e *editor) diagnostics(c protocol.DiagnosticsCapabilities) {
	e.relatedInformation = e.relatedInformation || is(c.RelatedInformation)
	e.unnecessary = e.unnecessary || slices.Contains(c.TagSupport.ValueSet, protocol.DiagnosticTagUnnecessary)
}

// chooseEncoding prefers bytes, which cost nothing to count; UTF-16 is what every client has.
func chooseEncoding(offered []protocol.PositionEncodingKind) source.Encoding {
	switch {
	case slices.Contains(offered, protocol.PositionEncodingKindUTF8):
		return source.UTF8
	case slices.Contains(offered, protocol.PositionEncodingKindUTF32) && !slices.Contains(offered, protocol.PositionEncodingKindUTF16):
		return source.UTF32
	}
	return source.UTF16
}

var encodingNames = map[source.Encoding]protocol.PositionEncodingKind{
	source.UTF8: protocol.PositionEncodingKindUTF8, source.UTF16: protocol.PositionEncodingKindUTF16,
	source.UTF32: protocol.PositionEncodingKindUTF32,
}

func is(b *bool) bool { return b != nil && *b }
