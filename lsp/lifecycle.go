package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax/host"
)

// fixAllKind is the kind of the action that applies every safe fix of a document.
const fixAllKind = protocol.CodeActionKind("source.fixAll.pyodide-ls")

// Initialize learns what the editor can do and says what the server can.
func (s *server) Initialize(_ context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.editor = newEditor(&p.Capabilities)
	s.setTrace(p.Trace)
	if pid := p.ProcessID; pid != nil && *pid > 0 && alive(int(*pid)) { // one in another container is not seen from here
		go s.follow(int(*pid))
	}
	s.editor.workspace = s.editor.pulls && wantsWorkspace(p.InitializationOptions)
	s.update(func(st *state) { st.setFolders(rootsOf(p)) })
	c := protocol.ServerCapabilities{
		TextDocumentSync: &protocol.TextDocumentSyncOptions{
			OpenClose: new(true), Change: new(protocol.TextDocumentSyncKindIncremental), Save: protocol.Boolean(true),
		},
		HoverProvider: protocol.Boolean(true),
	}
	if p.Capabilities.General != nil && len(p.Capabilities.General.PositionEncodings) > 0 {
		c.PositionEncoding = encodingNames[s.editor.encoding]
	}
	if t := p.Capabilities.TextDocument; t != nil && t.InlayHint != nil {
		c.InlayHintProvider = protocol.Boolean(true)
	}
	if s.editor.notebooks {
		c.NotebookDocumentSync = notebookSync()
	}
	if s.editor.actions {
		kinds := []protocol.CodeActionKind{protocol.CodeActionKindQuickFix, fixAllKind}
		if s.Previews != nil {
			kinds = append(kinds, previewKind)
		}
		c.CodeActionProvider = &protocol.CodeActionOptions{CodeActionKinds: kinds}
	}
	if s.Previews != nil { // editors run commands and show lenses that do not say so: Neovim
		c.ExecuteCommandProvider = protocol.ExecuteCommandOptions{Commands: []string{previewCommand, stopCommand}}
		c.CodeLensProvider = &protocol.CodeLensOptions{}
	}
	if s.editor.pulls {
		c.DiagnosticProvider = &protocol.DiagnosticOptions{Identifier: new("pyodide-ls"), InterFileDependencies: true, WorkspaceDiagnostics: s.editor.workspace}
	}
	if w := p.Capabilities.Workspace; w != nil && is(w.WorkspaceFolders) {
		c.Workspace = &protocol.WorkspaceOptions{WorkspaceFolders: &protocol.WorkspaceFoldersServerCapabilities{
			Supported: new(true), ChangeNotifications: protocol.Boolean(true),
		}}
	}
	return &protocol.InitializeResult{
		Capabilities: c,
		ServerInfo:   protocol.ServerInfo{Name: "pyodide-ls", Version: protocol.NewOptional(s.Version)},
	}, nil
}

// lookAfter is how often the server looks whether the process is there still that started it.
const lookAfter = 3 * time.Second

// follow ends the server when a process does: one that is killed closes no streams that others hold as well.
func (s *server) follow(pid int) {
	tick := time.NewTicker(lookAfter)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if !alive(pid) {
				s.Log.Info("the editor is gone", "process", pid)
				s.exit.Do(func() { close(s.exited) })
				return
			}
		case <-s.life.Done():
			return
		}
	}
}

// wantsWorkspace says whether an editor was told to show what is found in files that nobody has open.
func wantsWorkspace(options protocol.LSPAny) bool {
	var said struct {
		DiagnosticMode string `json:"diagnosticMode"` // "workspace", or "openFilesOnly", as where nothing is said
	}
	return len(options) > 0 && json.Unmarshal(options, &said) == nil && said.DiagnosticMode == "workspace"
}

// rootsOf are the folders that the editor has open.
func rootsOf(p *protocol.InitializeParams) []string {
	var roots []string
	if folders, ok := p.WorkspaceFolders.Get(); ok {
		for _, f := range folders {
			roots = appendRoot(roots, f.URI)
		}
		return roots
	}
	//lint:ignore SA1019 an older editor says no more than this
	if root := p.RootURI; root != nil {
		return appendRoot(roots, *root)
	}
	//lint:ignore SA1019 and one that is older still only this
	if path, ok := p.RootPath.Get(); ok && path != "" {
		return appendRoot(roots, uri.File(path))
	}
	return nil
}

func appendRoot(roots []string, u uri.URI) []string {
	if u.IsFile() {
		roots = append(roots, u.FsPath())
	}
	return roots
}

// Initialized starts what may take longer: a look through the folders.
func (s *server) Initialized(context.Context, *protocol.InitializedParams) error {
	s.rescan()
	if s.editor.watches {
		s.background("watch", s.watch)
	}
	return nil
}

// watch asks to be told of files that change outside the editor.
func (s *server) watch() {
	var watchers []protocol.FileSystemWatcher
	for _, glob := range watched() {
		watchers = append(watchers, protocol.FileSystemWatcher{GlobPattern: protocol.Pattern(glob)})
	}
	options, err := protocol.Marshal(&protocol.DidChangeWatchedFilesRegistrationOptions{Watchers: watchers})
	if err == nil {
		err = s.client.RegisterCapability(s.life, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
			ID: "files", Method: protocol.MethodWorkspaceDidChangeWatchedFiles, RegisterOptions: protocol.LSPAny(options),
		}}})
	}
	if err != nil && s.life.Err() == nil {
		s.Log.Warn("the editor watches no files; what changes outside it is seen when a document is saved", "error", err)
	}
}

// watched are the globs of the files that bear on what the server says.
func watched() []string {
	globs := []string{"**/pyodide-ls.toml", "**/.gitignore"}
	for _, extension := range host.Extensions() {
		globs = append(globs, "**/*"+extension)
	}
	for _, name := range slices.Concat(host.Names(), realm.Names()) {
		globs = append(globs, "**/"+name)
	}
	return globs
}

// Shutdown ends the work; only exit is heard after it.
func (s *server) Shutdown(context.Context) error {
	s.shutdown.Store(true)
	s.endPreviews("")
	return nil
}

// Exit ends the server.
func (s *server) Exit(context.Context) error {
	s.exit.Do(func() { close(s.exited) })
	return nil
}

// WorkDoneProgressCancel is heard and ignored: no progress is reported. Unanswered it would be an error.
func (s *server) WorkDoneProgressCancel(context.Context, *protocol.WorkDoneProgressCancelParams) error {
	return nil
}
