package lsp

import "go.lsp.dev/protocol"

// fixAllKind is the kind of the action that applies every safe fix of a document.
const fixAllKind = protocol.CodeActionKind("source.fixAll.pyodide-ls")

// asyncKind is the kind of the action that makes a handler async.
const asyncKind = protocol.CodeActionKind("refactor.rewrite.async.pyodide-ls")

// capabilities are what the server does for an editor: nothing that it could not use.
func (s *server) capabilities(client *protocol.ClientCapabilities) protocol.ServerCapabilities {
	c := protocol.ServerCapabilities{
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true), Change: new(protocol.TextDocumentSyncKindIncremental), Save: protocol.Boolean(true),
		},
		HoverProvider: protocol.Boolean(true),
	}
	if client.General != nil && len(client.General.PositionEncodings) > 0 {
		c.PositionEncoding = encodingNames[s.editor.encoding]
	}
	if t := client.TextDocument; t != nil && t.InlayHint != nil {
		c.InlayHintProvider = protocol.Boolean(true)
	}
	if t := client.TextDocument; t != nil && t.Completion != nil {
		c.CompletionProvider = &protocol.CompletionOptions{TriggerCharacters: completionTriggers}
	}
	if t := client.TextDocument; t != nil {
		s.leads(&c, t)
	}
	if w := client.Workspace; w != nil && w.Symbol != nil {
		c.WorkspaceSymbolProvider = protocol.Boolean(true)
	}
	if s.editor.notebooks {
		c.NotebookDocumentSync = notebookSync()
	}
	if s.editor.actions {
		c.CodeActionProvider = s.actionOptions()
	}
	c.ExecuteCommandProvider = protocol.ExecuteCommandOptions{Commands: s.commands()}
	if s.Previews != nil { // editors show lenses, and run commands, that do not say so: Neovim
		c.CodeLensProvider = &protocol.CodeLensOptions{}
	}
	if s.editor.pulls {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: new("pyodide-ls"), InterFileDependencies: true, WorkspaceDiagnostics: s.editor.workspace}
	}
	if w := client.Workspace; w != nil && is(w.WorkspaceFolders) {
		c.Workspace = &protocol.WorkspaceOptions{WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
			Supported: new(true), ChangeNotifications: protocol.Boolean(true),
		}}
	}
	return c
}

// leads are the capabilities by which a person gets from one place to another.
func (s *server) leads(c *protocol.ServerCapabilities, client *protocol.TextDocumentClientCapabilities) {
	if client.Definition != nil {
		c.DefinitionProvider = protocol.Boolean(true)
	}
	if client.References != nil {
		c.ReferencesProvider = protocol.Boolean(true)
	}
	if s.editor.outlines { // the others have a form for it that is told flat, and is no more
		c.DocumentSymbolProvider = protocol.Boolean(true)
	}
	if client.DocumentLink != nil {
		c.DocumentLinkProvider = &protocol.DocumentLinkOptions{}
	}
	if client.Rename != nil {
		c.RenameProvider = protocol.Boolean(true)
		if is(client.Rename.PrepareSupport) {
			c.RenameProvider = &protocol.RenameOptions{PrepareProvider: new(true)}
		}
	}
}

func (s *server) actionOptions() *protocol.CodeActionOptions {
	options := &protocol.CodeActionOptions{CodeActionKinds: []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, fixAllKind, asyncKind}}
	if s.Previews != nil {
		options.CodeActionKinds = append(options.CodeActionKinds, previewKind)
	}
	if s.editor.resolves {
		options.ResolveProvider = new(true)
	}
	return options
}
