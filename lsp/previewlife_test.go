package lsp

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
	"pyodide-ls/rules"
)

// run starts the preview of a file.
func (e *fake) run(name string) error {
	e.t.Helper()
	argument, err := protocol.Marshal(e.uri(name))
	e.must(err)
	_, err = e.ExecuteCommand(e.t.Context(), &protocol.ExecuteCommandParams{Command: previewCommand, Arguments: []protocol.LSPAny{argument}})
	return err
}

// A program observes by the thousand, from several threads and while its file is edited. All of it counts, and the
// editor is sent no more than it can show.
func TestBurst(t *testing.T) {
	e := onStage(t, newStage())
	e.write("main.py", "import js\nfail()\n")
	e.initialize(full)
	e.open("main.py", "python", "import js\nfail()\n")
	e.must(e.run("main.py"))
	e.settle()
	w := e.stage.shows[filepath.Join(e.dir, "main.py")]
	site := &analysis.Site{File: filepath.ToSlash(filepath.Join(e.dir, "main.py")), Line: 2}
	e.mu.Lock()
	before := e.publishes
	e.mu.Unlock()
	began := time.Now()
	var threads sync.WaitGroup
	for range 4 {
		threads.Go(func() {
			for i := range 5000 {
				w.Observed(analysis.Observation{Kind: analysis.Raised, Text: "ValueError", At: site})
				w.Observed(analysis.Observation{Kind: analysis.Raised, Text: fmt.Sprint("ValueError: ", i), At: site})
			}
		})
	}
	threads.Wait()
	all := e.diagnostics("main.py")
	took := time.Since(began)
	if len(all) != measuredMost {
		t.Errorf("%d diagnostics, and at most %d things are kept", len(all), measuredMost)
	}
	if said := string(all[0].Message.(protocol.String)); said != "raised, 20,000 times: ValueError" {
		t.Errorf("it says %q", said)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if most := int(took/measuredEvery) + 1; e.publishes-before > most {
		t.Errorf("published %d times in %v, want at most %d", e.publishes-before, took, most)
	}
}

// What a page says is cut, and what it says of files that are no files is not looked at.
func TestPageSaysAnything(t *testing.T) {
	e := onStage(t, newStage())
	e.write("main.py", "import js\n")
	e.initialize(full)
	e.open("main.py", "python", "import js\n")
	e.must(e.run("main.py"))
	path := filepath.Join(e.dir, "main.py")
	w := e.stage.shows[path]
	for _, file := range []string{"", "main.py", "../main.py", "/dev/zero", "/\x00", "//x/y"} {
		w.Observed(analysis.Observation{Kind: analysis.Raised, Text: "ValueError", At: &analysis.Site{File: file, Line: 1}})
		w.Open(file, 1)
	}
	for _, line := range []int{-1 << 31, 0, 3, 1 << 31} {
		site := &analysis.Site{File: filepath.ToSlash(path), Line: line}
		w.Observed(analysis.Observation{Kind: analysis.Raised, Text: "ValueError", At: site})
		w.Observed(analysis.Observation{Kind: analysis.Raised, Text: "made", At: &analysis.Site{File: filepath.ToSlash(path), Line: 1}, Made: site})
		w.Open(path, line)
	}
	w.Observed(analysis.Observation{Kind: analysis.Uncaught, Text: strings.Repeat("€", 1<<20), At: &analysis.Site{File: filepath.ToSlash(path), Line: 1}})
	for _, d := range e.diagnostics("main.py") {
		if said := string(d.Message.(protocol.String)); len(said) > textMost+100 {
			t.Errorf("%d bytes are said", len(said))
		}
		if d.Range.Start.Line > 1 {
			t.Errorf("it is said at line %d", d.Range.Start.Line)
		}
	}
}

// slow is a browser that takes as long as it is let to start.
type slow struct {
	*stage
	asked chan struct{}
}

func (s slow) Start(ctx context.Context, file string, w PreviewWatcher) (Preview, error) {
	s.asked <- struct{}{}
	<-ctx.Done()
	return nil, ctx.Err()
}

// Whoever asks twice before the preview has started gets the same one, and who ends the server meanwhile ends that.
func TestStartingPreviewEnds(t *testing.T) {
	browser := slow{newStage(), make(chan struct{}, 2)}
	e := connectTo(t, browser)
	e.write("main.py", "import js\n")
	e.initialize(full)
	errs := make(chan error)
	for range 2 {
		go func() { errs <- e.run("main.py") }()
	}
	<-browser.asked
	e.must(e.Shutdown(t.Context()))
	for range 2 {
		if err := <-errs; err == nil {
			t.Error("a preview that was given up is said to run")
		}
	}
	if len(browser.asked) > 0 {
		t.Error("it was started twice")
	}
	// A request that was read before the server was shut down may come to this only now.
	if _, err := e.server.preview("late.py"); err == nil || len(browser.asked) > 0 {
		t.Errorf("a server that was shut down starts a preview (%v)", err)
	}
}

// An editor that is gone without a word leaves no preview behind.
func TestLostEditorEndsPreviews(t *testing.T) {
	browser := newStage()
	ours, theirs := net.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- Serve(t.Context(), theirs, Options{Rules: rules.All, Log: quiet(), Previews: browser})
	}()
	e := &fake{t: t, dir: t.TempDir(), screen: &screen{}}
	e.conn = jsonrpc2.NewConn(jsonrpc2.NewStream(ours), jsonrpc2.WithCodec(codec{}))
	e.Server = protocol.ServerDispatcher(e.conn)
	e.conn.Go(t.Context(), protocol.ClientHandler(e.screen, jsonrpc2.MethodNotFoundHandler))
	_, err := e.Initialize(t.Context(), &protocol.InitializeParams{})
	e.must(err)
	e.write("main.py", "import js\n")
	e.must(e.run("main.py"))
	ours.Close()
	if err := <-served; err == nil {
		t.Error("it served to an orderly end")
	}
	if len(browser.closed) != 1 {
		t.Errorf("closed: %v", browser.closed)
	}
}
