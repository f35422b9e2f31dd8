package lsp

import (
	"context"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// deferred is what stands in an action whose edit is worked out when a person chooses it.
type deferred struct {
	URI     uri.URI `json:"uri"`     // of a text of the document
	Version int32   `json:"version"` // of that text, for which the action was offered
}

// later appends an action that says what it does when it is chosen. It fails for an editor that does not ask then.
func (o *offer) later(kind protocol.CodeActionKind, title string) bool {
	if !o.editor.resolves {
		return false
	}
	_, on, _ := o.current.Load().find(o.asked.TextDocument.URI)
	data, err := protocol.Marshal(&deferred{o.asked.TextDocument.URI, on.version})
	if err != nil {
		return false
	}
	o.actions = append(o.actions, &protocol.CodeAction{Title: title, Kind: &kind, Data: data})
	return true
}

// CodeActionResolve works out the edit of an action that was offered without one. Others have what they need.
func (s *server) CodeActionResolve(ctx context.Context, a *protocol.CodeAction) (*protocol.CodeAction, error) {
	var from deferred
	if a.Kind == nil || *a.Kind != fixAllKind || len(a.Data) == 0 {
		return a, nil
	}
	if protocol.Unmarshal(a.Data, &from) != nil {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "the data of the action are none of ours")
	}
	d, on, ok := s.at(ctx).find(from.URI)
	if !ok || on.version != from.Version {
		return nil, jsonrpc2.Errorf(jsonrpc2.Code(protocol.LSPErrorCodesContentModified), "the document has changed since the action was offered")
	}
	found, err := s.looked(ctx, d)
	if err != nil {
		return nil, err
	}
	edits, err := s.repairs(ctx, d, found.findings)
	if err != nil {
		return nil, err
	}
	a.Edit = s.workspaceEdit(d, edits)
	return a, nil
}
