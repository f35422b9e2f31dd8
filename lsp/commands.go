package lsp

import (
	"context"
	"errors"
	"fmt"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// The commands. The argument of previewCommand is the address of a document, and of stopCommand as well: without one it
// ends all previews. That of pageCommand and exampleCommand is the name of a rule; moveCommand has the address of a
// document, and the name of a function in it. That of doctorCommand is the address
// of a document, or nothing; its answer is the report, as Markdown. That of schemaCommand is the JSON Schema of the
// settings.
const (
	previewCommand = "pyodide-ls.preview"
	stopCommand    = "pyodide-ls.preview.stop"
	pageCommand    = "pyodide-ls.rule"
	exampleCommand = "pyodide-ls.example"
	moveCommand    = "pyodide-ls.worker"
	doctorCommand  = "pyodide-ls.doctor"
	schemaCommand  = "pyodide-ls.schema"
)

// command does what a person chose of lenses, actions and commands.
type command func(s *server, arguments []protocol.LSPAny) (protocol.LSPAny, error)

// commands are those that the server has, sorted by name: what it can do depends on what it was given.
func (s *server) commands() (names []string) {
	names = append(names, doctorCommand)
	if s.Shelf != "" && s.Previews != nil {
		names = append(names, exampleCommand)
	}
	if s.Previews != nil {
		names = append(names, previewCommand, stopCommand)
	}
	if s.Shelf != "" {
		names = append(names, pageCommand)
	}
	names = append(names, schemaCommand)
	if s.Shelf != "" {
		names = append(names, moveCommand)
	}
	return names
}

var commandOf = map[string]command{
	previewCommand: (*server).runPreview, stopCommand: (*server).stopPreview, pageCommand: (*server).showPage,
	exampleCommand: (*server).runExample, moveCommand: (*server).showMove, doctorCommand: (*server).doctor, schemaCommand: (*server).schema,
}

// ExecuteCommand does what a person chose of lenses, actions and commands.
func (s *server) ExecuteCommand(_ context.Context, p *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	for _, name := range s.commands() {
		if name != p.Command {
			continue
		}
		return commandOf[name](s, p.Arguments)
	}
	return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is no command %q", p.Command)
}

// unusable says why a command cannot do anything with what it was given.
func unusable(command string, why error) error {
	return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s: %v", command, why)
}

// wordIn is the one word that a command is about.
func wordIn(arguments []protocol.LSPAny, what string) (string, error) {
	var word string
	if len(arguments) != 1 || protocol.Unmarshal(arguments[0], &word) != nil {
		return "", fmt.Errorf("it wants %s", what)
	}
	return word, nil
}

// fileIn is the file that a command is about.
func fileIn(arguments []protocol.LSPAny) (string, error) {
	var u uri.URI
	if len(arguments) != 1 || protocol.Unmarshal(arguments[0], &u) != nil {
		return "", errors.New("it wants the address of a document")
	}
	if !u.IsFile() {
		return "", fmt.Errorf("only a file can be previewed, and %s is none", u)
	}
	return u.FsPath(), nil
}
