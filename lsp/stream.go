package lsp

import (
	"context"
	"errors"
	"log/slog"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// patient is a stream that outlives a message that is no message: it answers with an error and reads on.
// Only a broken frame, behind which nobody knows where the next begins, ends it.
type patient struct {
	jsonrpc2.Stream
	log *slog.Logger
}

func (p patient) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		message, n, err := p.Stream.Read(ctx)
		if err == nil || !errors.Is(err, jsonrpc2.ErrParse) && !errors.Is(err, jsonrpc2.ErrInvalidRequest) {
			return message, n, err
		}
		p.log.Warn("message not understood", "error", err)
		if _, err := p.Stream.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, err)); err != nil {
			return nil, 0, err
		}
	}
}

// codec writes the protocol's values, which the default codec cannot.
type codec struct{}

func (codec) Marshal(v any) ([]byte, error) {
	if raw, ok := v.(jsonrpc2.RawMessage); ok && raw != nil {
		return raw, nil
	}
	return protocol.Marshal(v)
}

func (codec) Unmarshal(data []byte, v any) error {
	if raw, ok := v.(*jsonrpc2.RawMessage); ok {
		*raw = append((*raw)[:0], data...)
		return nil
	}
	return protocol.Unmarshal(data, v)
}
