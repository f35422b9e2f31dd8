package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
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

// What was said of a file is taken back when it can be looked at no more.
func TestWorkspaceWithoutText(t *testing.T) {
	e := connect(t)
	e.options = `{"diagnosticMode": "workspace"}`
	e.write("a.py", "from js import setTimeout\nsetTimeout(print, 10)\n")
	e.initialize(overlay(t, full, `{"textDocument": {"diagnostic": {}}}`))
	ask := func(known ...protocol.PreviousResultId) *protocol.WorkspaceFullDocumentDiagnosticReport {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second) // one that has nothing to say waits
		defer cancel()
		report, err := e.DiagnosticWorkspace(ctx, &protocol.WorkspaceDiagnosticParams{PreviousResultIds: known})
		if err != nil || len(report.Items) != 1 {
			t.Fatalf("%+v, %v", report, err)
		}
		return report.Items[0].(*protocol.WorkspaceFullDocumentDiagnosticReport)
	}
	one := ask()
	if len(one.Items) != 1 {
		t.Errorf("there are %d findings", len(one.Items))
	}
	id := strings.Clone(*one.ResultID)
	e.write("a.py", "\x00 is no text\n")
	if after := ask(protocol.PreviousResultId{URI: e.uri("a.py"), Value: id}); after.URI != e.uri("a.py") || len(after.Items) > 0 {
		t.Errorf("of what is no text it is said: %+v", after)
	}
}
