package lsp

import (
	"context"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/protocol"
)

// takesLong is how long work goes on before a person wants to know of it.
const takesLong = time.Second

// tellProgress tells the editor how something goes on.
func (s *server) tellProgress(ctx context.Context, token protocol.ProgressToken, value any) {
	raw, err := protocol.Marshal(value)
	if err == nil {
		err = s.client.Progress(ctx, &protocol.ProgressParams{Token: token, Value: protocol.LSPAny(slices.Clone(raw))})
	}
	if err != nil && ctx.Err() == nil {
		s.Log.Warn("the editor was not told how it goes on", "error", err)
	}
}

// going has the editor show that work goes on, once that takes long, until over is called.
func (s *server) going(token, title string) (over func()) {
	if !s.editor.progress {
		return func() {}
	}
	var mu sync.Mutex
	begun, ended := false, false
	timer := time.AfterFunc(s.takesLong, func() {
		s.background("progress", func() {
			err := s.client.WorkDoneProgressCreate(s.life, &protocol.WorkDoneProgressCreateParams{Token: protocol.String(token)})
			mu.Lock()
			defer mu.Unlock()
			if begun = err == nil && !ended; begun {
				s.tellProgress(s.life, protocol.String(token), &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title})
			}
		})
	})
	return func() {
		timer.Stop()
		mu.Lock()
		defer mu.Unlock()
		if ended = true; begun {
			s.tellProgress(s.life, protocol.String(token), &protocol.WorkDoneProgressEnd{Kind: "end"})
		}
	}
}
