package lsp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
)

// SetTrace says how much the editor wants to be told of what becomes of its messages.
func (s *server) SetTrace(_ context.Context, p *protocol.SetTraceParams) error {
	s.setTrace(p.Value)
	return nil
}

// setTrace takes the value that a message brings, whose memory is used again.
func (s *server) setTrace(value protocol.TraceValue) {
	s.trace.Store(new(protocol.TraceValue(strings.Clone(string(value)))))
}

// traced tells the editor what became of each message and how long that took, if it asked for it; if it wants to hear
// more, also what was in the message. Nobody hears anything behind a shutdown.
func (s *server) traced(next jsonrpc2.Handler) jsonrpc2.Handler {
	return func(ctx context.Context, req *jsonrpc2.Request) (any, error) {
		how := s.trace.Load()
		if how == nil || *how != protocol.TraceValueMessages && *how != protocol.TraceValueVerbose {
			return next(ctx, req)
		}
		began, told := time.Now(), &protocol.LogTraceParams{}
		if *how == protocol.TraceValueVerbose {
			told.Verbose = new(string(req.Params())) // before it is handled, and its memory used again
		}
		result, err := next(ctx, req)
		told.Message = fmt.Sprintf("%s took %.1f ms", req.Method(), float64(time.Since(began).Microseconds())/1000)
		if err != nil {
			told.Message += ": " + err.Error()
		}
		if !s.shutdown.Load() {
			if err := s.client.LogTrace(s.life, told); err != nil && s.life.Err() == nil {
				s.Log.Warn("the editor was not told what became of a message", "method", req.Method(), "error", err)
			}
		}
		return result, err
	}
}
