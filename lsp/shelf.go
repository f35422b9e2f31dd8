package lsp

import (
	"fmt"
	"os"
	"path/filepath"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

// This file shows what is no file of the person: the pages of rules, their examples. Every editor can open a file, so
// that is what becomes of them, on a shelf of the server's.

// shelve writes a file of the shelf, and says where it stands.
func (s *server) shelve(name, text string) (path string, err error) {
	path = filepath.Join(s.Shelf, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	if before, err := os.ReadFile(path); err == nil && string(before) == text {
		return path, nil // an editor that has it open need not read it again
	}
	return path, os.WriteFile(path, []byte(text), 0o666)
}

// present has the editor open a file of the shelf.
func (s *server) present(name, text string) (path string, err error) {
	path, err = s.shelve(name, text)
	if err != nil {
		s.say(protocol.MessageTypeError, err.Error())
		return "", jsonrpc2.Errorf(jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed), "%v", err)
	}
	s.background("show "+name, func() { // the editor may want its answer first
		s.visit(&protocol.ShowDocumentParams{URI: uri.File(path), TakeFocus: new(true)}, fmt.Sprintf("it stands in %s", path))
	})
	return path, nil
}

// ruleIn is the rule that a command is about.
func (s *server) ruleIn(arguments []protocol.LSPAny) (*analysis.Rule, error) {
	name, err := wordIn(arguments, "the name of a rule")
	if err != nil {
		return nil, err
	}
	for _, r := range s.Rules {
		if r.Name == name {
			return r, nil
		}
	}
	return nil, fmt.Errorf("there is no rule %q", name)
}

// showPage shows the page of a rule.
func (s *server) showPage(arguments []protocol.LSPAny) (protocol.LSPAny, error) {
	r, err := s.ruleIn(arguments)
	if err != nil {
		return nil, unusable(pageCommand, err)
	}
	_, err = s.present(r.Name+".md", r.Page()+"\n")
	return nil, err
}

// runExample shows the first example of a rule that does not do what it should, and runs it in a browser.
func (s *server) runExample(arguments []protocol.LSPAny) (protocol.LSPAny, error) {
	r, err := s.ruleIn(arguments)
	if err != nil {
		return nil, unusable(exampleCommand, err)
	}
	name, text, ok := exampleOf(r)
	if !ok {
		return nil, unusable(exampleCommand, fmt.Errorf("no example of %s can be run by itself", r.Name))
	}
	path, err := s.present(name, text)
	if err != nil {
		return nil, err
	}
	return nil, s.showPreview(path)
}

// exampleOf is the first example of a rule that shows its mistake in a page that has nothing but that, by the name that
// it is shelved under.
func exampleOf(r *analysis.Rule) (name, text string, ok bool) {
	for _, f := range analysis.ParsePage(r.Doc).Fences {
		extension := filepath.Ext(f.File)
		if f.Role != "bad" || f.Settings != "" || !runs(f.File) || f.Set["run"] == "no" || f.Set["entry"] != "" || f.Set["packages"] != "" {
			continue
		}
		if realm := f.Set["realm"]; realm != "" && realm != "main" {
			continue
		}
		return r.Name + "/example" + extension, f.Code, true
	}
	return "", "", false
}

// shown offers to show the page of a rule, and to run its example.
func (o *offer) shown(f *analysis.Finding) {
	if o.Shelf == "" {
		return
	}
	o.commandAbout(f, "Show the page of "+f.Rule.Name, pageCommand)
	if _, _, ok := exampleOf(f.Rule); ok && o.Previews != nil {
		o.commandAbout(f, fmt.Sprintf("Run the example of %s in a browser", f.Rule.Name), exampleCommand)
	}
}

// commandAbout appends an action that runs a command about the rule of a finding.
func (o *offer) commandAbout(f *analysis.Finding, title, command string) {
	name, err := protocol.Marshal(f.Rule.Name)
	if err != nil {
		return
	}
	o.actions = append(o.actions, &protocol.CodeAction{
		Title: title, Kind: new(protocol.CodeActionKindQuickFix),
		Diagnostics: []protocol.Diagnostic{o.about(f)},
		Command:     protocol.Command{Title: title, Command: command, Arguments: []protocol.LSPAny{name}},
	})
}
