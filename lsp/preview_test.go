package lsp

import (
	"context"
	"errors"
	"fmt"

	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

// stage is a browser that shows what a session says it shows.
type stage struct {
	mu      sync.Mutex
	refuses string // why it starts nothing, if it does not
	started int
	shows   map[string]PreviewWatcher // by file
	closed  []string
}

func newStage() *stage { return &stage{shows: map[string]PreviewWatcher{}} }

// onStage is connect, to a server whose browser is a stage.
func onStage(t testing.TB, s *stage) *fake {
	t.Helper()
	e := connectTo(t, s)
	e.stage = s
	return e
}

// show is a preview on a stage.
type show struct {
	*stage
	file string
	n    int
}

func (s *stage) Start(_ context.Context, file string, w PreviewWatcher) (Preview, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuses != "" {
		return nil, errors.New(s.refuses)
	}
	s.started++
	s.shows[file] = w
	return show{s, file, s.started}, nil
}

func (s show) URL() string { return fmt.Sprintf("http://127.0.0.1:%d/?secret", 4000+s.n) }

func (s show) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = append(s.closed, filepath.Base(s.file))
	return nil
}

// inBrowser does what happens in the browser, and what a person does with it. The watcher of a preview that was closed is
// told as well: a page may be slow to hear that it is over.
func (p *player) inBrowser(verb string, args []string) bool {
	if p.stage == nil {
		return false
	}
	switch verb {
	case "run":
		p.execute(previewCommand, p.address(args[0]))
	case "stop":
		var about []protocol.LSPAny
		if len(args) > 0 {
			about = append(about, p.address(args[0]))
		}
		p.execute(stopCommand, about...)
	case "refuses":
		p.stage.refuses = args[0]
	case "blind":
		p.blind = true
	case "lens":
		p.sayLenses(args[0])
	case "began":
		p.watcher(args[0]).Began()
	case "ended":
		p.watcher(args[0]).Ended()
	case "observe":
		o, times := p.observation(args[1:])
		for range times {
			p.watcher(args[0]).Observed(o)
		}
	case "click":
		line, err := strconv.Atoi(args[2])
		p.must(err)
		p.watcher(args[0]).Open(p.site(args[1]), line)
		p.told()
	default:
		return false
	}
	p.sayClosed()
	return true
}

func (p *player) watcher(name string) PreviewWatcher {
	p.stage.mu.Lock()
	defer p.stage.mu.Unlock()
	return p.stage.shows[filepath.Join(p.dir, name)]
}

func (p *player) site(name string) string { return filepath.ToSlash(filepath.Join(p.dir, name)) }

// observation reads a kind, a text, and more of its fields: at=main.py:3 made=main.py:2 ms=12 count=3, and times=5.
func (p *player) observation(words []string) (o analysis.Observation, times int) {
	p.must(o.Kind.UnmarshalText([]byte(words[0])))
	o.Text, times = words[1], 1
	for _, word := range words[2:] {
		name, value, _ := strings.Cut(word, "=")
		file, number, sited := strings.Cut(value, ":")
		if !sited {
			number = value
		}
		n, err := strconv.Atoi(number)
		p.must(err)
		switch site := (&analysis.Site{File: p.site(file), Line: n}); name {
		case "at":
			o.At = site
		case "made":
			o.Made = site
		case "ms":
			o.Milliseconds = float64(n)
		case "count":
			o.Count = n
		case "times":
			times = n
		}
	}
	return o, times
}

func (p *player) address(name string) protocol.LSPAny {
	raw, err := protocol.Marshal(p.uri(name))
	p.must(err)
	return raw
}

// execute has the server do a command, and says what came of it.
func (p *player) execute(command string, arguments ...protocol.LSPAny) {
	_, err := p.ExecuteCommand(p.t.Context(), &protocol.ExecuteCommandParams{Command: command, Arguments: arguments})
	if err != nil {
		p.say("%v", strings.ReplaceAll(err.Error(), p.dir, ""))
	}
	p.told()
}

func (p *player) sayVisit(v protocol.ShowDocumentParams) {
	if v.External != nil && *v.External {
		p.say("in the browser: %s", v.URI)
		return
	}
	name := strings.TrimPrefix(filepath.ToSlash(v.URI.FsPath()), p.site("")+"/")
	focus := ""
	if v.TakeFocus != nil && *v.TakeFocus {
		focus = ", with the focus"
	}
	p.say("in the editor: %s %d:%d-%d:%d%s", name, v.Selection.Start.Line+1, v.Selection.Start.Character+1,
		v.Selection.End.Line+1, v.Selection.End.Character+1, focus)
}

// sayClosed says which previews were closed since it was last asked.
func (p *player) sayClosed() {
	if p.stage == nil {
		return
	}
	p.stage.mu.Lock()
	defer p.stage.mu.Unlock()
	for _, name := range p.stage.closed {
		p.say("closed: %s", name)
	}
	p.stage.closed = nil
}

func (p *player) sayLenses(name string) {
	lenses, err := p.CodeLens(p.t.Context(), &protocol.CodeLensParams{TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(name)}})
	p.must(err)
	for _, l := range lenses {
		var arguments []string
		for _, a := range l.Command.Arguments {
			arguments = append(arguments, strings.ReplaceAll(string(a), string(uri.File(p.dir)), "$DIR"))
		}
		p.say("%s: %s: %s %s", p.place(name, l.Range), l.Command.Title, l.Command.Command, strings.Join(arguments, " "))
	}
	if len(lenses) == 0 {
		p.say("nothing")
	}
}

func (e *screen) ShowDocument(_ context.Context, p *protocol.ShowDocumentParams) (*protocol.ShowDocumentResult, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.blind {
		return &protocol.ShowDocumentResult{}, nil
	}
	e.visits = append(e.visits, *p)
	return &protocol.ShowDocumentResult{Success: true}, nil
}

func (e *screen) CodeLensRefresh(context.Context) error { return nil }
