package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
)

// asked is a question about all files.
type asked struct {
	cancel context.CancelFunc
	report *protocol.WorkspaceDiagnosticReport
	err    error
	done   chan struct{}
}

// inWorkspace does what is done with all files: "ask" about them, in parts or not, hear the "answer", or "cancel".
func (p *player) inWorkspace(verb string, args []string) bool {
	switch verb {
	case "ask":
		p.ask(slices.Contains(args, "parts"))
	case "answer":
		p.answer()
	case "cancel":
		p.asked.cancel()
		<-p.asked.done
		p.say("%v", p.asked.err)
	default:
		return false
	}
	return true
}

func (p *player) ask(parts bool) {
	ctx, cancel := context.WithCancel(p.t.Context())
	p.asked = &asked{cancel: cancel, done: make(chan struct{})}
	params := &protocol.WorkspaceDiagnosticParams{PreviousResultIds: []protocol.PreviousResultId{}}
	for _, u := range slices.Sorted(maps.Keys(p.known)) {
		params.PreviousResultIds = append(params.PreviousResultIds, protocol.PreviousResultId{URI: u, Value: p.known[u]})
	}
	if parts {
		params.PartialResultToken, params.WorkDoneToken = protocol.String("parts"), protocol.String("progress")
	}
	go func() {
		defer close(p.asked.done)
		p.asked.report, p.asked.err = p.DiagnosticWorkspace(ctx, params)
	}()
}

// answer is what came of the question, which is waited for unless it waits for something to change.
func (p *player) answer() {
	select {
	case <-p.asked.done:
	case <-time.After(2 * time.Second):
		p.say("it waits")
		return
	}
	p.must(p.asked.err)
	p.ping() // behind all parts
	p.mu.Lock()
	parts := p.progress
	p.progress = nil
	p.mu.Unlock()
	for _, text := range parts {
		var part struct {
			Kind       string
			Percentage int
			Items      []json.RawMessage
		}
		p.must(json.Unmarshal([]byte(text), &part))
		if part.Kind != "" {
			p.say("| %s %d %%", part.Kind, part.Percentage)
		}
		for _, item := range part.Items {
			p.sayReport(item)
		}
	}
	for _, item := range p.asked.report.Items {
		raw, err := protocol.Marshal(item)
		p.must(err)
		p.sayReport(slices.Clone(raw))
	}
}

func (p *player) sayReport(raw []byte) {
	var report struct {
		URI      uri.URI
		Kind     string
		ResultID string `json:"resultId"`
		Items    []struct{ Code, Message string }
	}
	p.must(json.Unmarshal(raw, &report))
	if p.known == nil {
		p.known = map[uri.URI]string{}
	}
	p.known[report.URI] = report.ResultID
	name, err := filepath.Rel(p.dir, report.URI.FsPath())
	p.must(err)
	var codes []string
	for _, item := range report.Items {
		codes = append(codes, item.Code)
	}
	p.say("%s: %s", filepath.ToSlash(name), strings.Join(codes, ", "))
}
