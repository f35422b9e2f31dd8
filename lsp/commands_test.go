package lsp

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
)

// set changes the editor's own settings, and tells the server as the editor does.
func (p *player) set(settings string) {
	p.mu.Lock()
	p.settings = settings
	p.mu.Unlock()
	said := `null`
	if !p.server.editor.configures {
		said = `{"pyodide-ls": ` + settings + `}`
	}
	p.must(p.DidChangeConfiguration(p.t.Context(), &protocol.DidChangeConfigurationParams{Settings: protocol.LSPAny(said)}))
	p.settle()
}

// command runs a command about words, or about a document that is open.
func (p *player) command(name string, words []string) {
	var arguments []protocol.LSPAny
	for _, word := range words {
		if p.documents[word] != nil {
			word = string(p.uri(word))
		}
		argument, err := protocol.Marshal(word)
		p.must(err)
		arguments = append(arguments, argument)
	}
	p.run("pyodide-ls."+name, arguments)
}

// run runs a command, and says what the editor shows of it.
func (p *player) run(name string, arguments []protocol.LSPAny) {
	params := &protocol.ExecuteCommandParams{Command: name, Arguments: arguments}
	if _, err := p.ExecuteCommand(p.t.Context(), params); err != nil {
		p.say("error: %v", err)
		return
	}
	p.settle()
	p.mu.Lock()
	visits := p.visits
	p.visits = nil
	p.mu.Unlock()
	slices.SortFunc(visits, func(a, b protocol.ShowDocumentParams) int { // they come as they are ready
		return cmp.Compare(a.URI, b.URI)
	})
	for _, v := range visits {
		if path := v.URI.FsPath(); strings.HasPrefix(path, p.server.Shelf) {
			text, err := os.ReadFile(path)
			p.must(err)
			p.say("in the editor: %s", filepath.ToSlash(strings.TrimPrefix(path, p.server.Shelf+string(filepath.Separator))))
			p.sayText(string(text))
			continue
		}
		p.sayVisit(v)
	}
}

// sayText is a text that is shown: the first lines, or all if there are few more.
func (p *player) sayText(text string) {
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, p.dir, "$DIR"), "\n"), "\n")
	if len(lines) > 40 {
		lines = append(lines[:5], "…")
	}
	for _, line := range lines {
		p.say("%s", strings.TrimRight("| "+line, " "))
	}
}

// resolved is an action with what was left out when it was offered.
func (p *player) resolved(a *protocol.CodeAction) *protocol.CodeAction {
	whole, err := p.CodeActionResolve(p.t.Context(), a)
	p.must(err)
	return p.kept(whole)
}
