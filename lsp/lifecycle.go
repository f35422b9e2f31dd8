package lsp

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax/host"
)

// Initialize learns what the editor can do and says what the server can.
func (s *server) Initialize(_ context.Context, p *protocol.InitializeParams) (*protocol.InitializeResult, error) {
	s.editor = newEditor(&p.Capabilities)
	s.editor.name = "an editor that does not say its name"
	if name := p.ClientInfo.Name; name != "" {
		version, _ := p.ClientInfo.Version.Get()
		s.editor.name = strings.TrimSpace(name + " " + version) // which copies it
	}
	s.setTrace(p.Trace)
	if pid := p.ProcessID; pid != nil && *pid > 0 && alive(int(*pid)) { // one in another container is not seen from here
		go s.follow(int(*pid))
	}
	s.editor.workspace = s.editor.pulls && wantsWorkspace(p.InitializationOptions)
	s.update(func(st *state) { st.setFolders(rootsOf(p)) })
	return &protocol.InitializeResult{
		Capabilities: s.capabilities(&p.Capabilities),
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
	s.configured()
	if !s.editor.watches {
		go s.survive("watch settings", s.watchSettings) // as long as the server lives
	}
	if s.editor.watches || s.editor.tellsSettings {
		s.background("register", s.register)
	}
	return nil
}

// configured has the folders looked through when the editor has said its settings, if it does.
func (s *server) configured() {
	if !s.editor.configures {
		s.rescan()
		return
	}
	s.background("configure", func() {
		s.configure()
		s.resettle()
		s.rescan()
	})
}

// register asks to be told of files that change outside the editor, and of its settings.
func (s *server) register() {
	if s.editor.watches {
		s.watch()
	}
	if !s.editor.tellsSettings {
		return
	}
	if err := s.client.RegisterCapability(s.life, &protocol.RegistrationParams{Registrations: []protocol.Registration{{
		ID: "settings", Method: protocol.MethodWorkspaceDidChangeConfiguration,
		RegisterOptions: protocol.LSPAny(`{"section":"` + section + `"}`),
	}}}); err != nil && s.life.Err() == nil {
		s.Log.Warn("the editor does not tell when its settings change", "error", err)
	}
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
