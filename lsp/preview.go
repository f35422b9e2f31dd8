package lsp

import (
	"context"
	"path/filepath"
	"sync"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis"
)

// Previews starts previews of files in the reader's own browser.
type Previews interface {
	// Start starts a preview of a Python file or a page, named by its absolute path. It runs what is saved, and runs it
	// again when that changes. It lasts until it is closed or the context ends, and is not started again before that.
	Start(ctx context.Context, file string, w PreviewWatcher) (Preview, error)
}

// Preview is one that was started.
type Preview interface {
	// URL is where it is seen, as often as somebody asks.
	URL() string
	// Close ends it. What is called on its watcher behind that says nothing any more.
	Close() error
}

// PreviewWatcher is told what goes on in a preview, from any goroutine, and also before Start returns. It does not keep
// who tells it. All files are named by their absolute paths, with slashes.
type PreviewWatcher interface {
	// Began says that the page was loaded, or loaded again: what was observed before is over.
	Began()
	// Observed tells an observation. Its lines are those of the files as they were saved when the page was loaded.
	Observed(analysis.Observation)
	// Open says that the reader wants to see a line in the editor.
	Open(file string, line int)
	// Ended says that the preview ended by itself: the page was closed for good, or the server failed.
	Ended()
}

// previews are those that run.
type previews struct {
	mu      sync.Mutex
	at      map[string]*running // by the path of what is previewed
	changed map[string]bool     // the files of which something else is to be shown than before
	news    errand
}

// running is a preview that was started, or is being started.
type running struct {
	server  *server
	file    string
	end     context.CancelFunc
	started func() (Preview, error) // which starts it when it is asked for the first time

	mu   sync.Mutex
	over bool
	seen tally
}

// preview is the preview of a file, which is started if there is none. A server that is shut down starts none, even for
// who asked before: nobody would end it.
func (s *server) preview(file string) (Preview, error) {
	p := &s.previews
	p.mu.Lock()
	if s.shutdown.Load() {
		p.mu.Unlock()
		return nil, s.refuses(protocol.MethodWorkspaceExecuteCommand)
	}
	r := p.at[file]
	if r == nil {
		ctx, end := context.WithCancel(s.life)
		r = &running{server: s, file: file, end: end}
		r.started = sync.OnceValues(func() (Preview, error) { return s.Previews.Start(ctx, file, r) })
		if p.at == nil {
			p.at = map[string]*running{}
		}
		p.at[file] = r
	}
	p.mu.Unlock()
	shown, err := r.started()
	if err != nil {
		r.finish()
	}
	return shown, err
}

// previewed says whether a file is being previewed.
func (s *server) previewed(file string) bool {
	s.previews.mu.Lock()
	defer s.previews.mu.Unlock()
	return s.previews.at[file] != nil
}

// runs are the previews of a file, or all of them if it has no name.
func (p *previews) runs(file string) []*running {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []*running
	for _, r := range p.at {
		if file == "" || r.file == file {
			all = append(all, r)
		}
	}
	return all
}

// endPreviews ends the previews of a file, or all of them if it has no name.
func (s *server) endPreviews(file string) {
	for _, r := range s.previews.runs(file) {
		r.finish()
		if shown, err := r.started(); err == nil {
			if err := shown.Close(); err != nil {
				s.Log.Warn("a preview was not closed", "file", r.file, "error", err)
			}
		}
	}
}

// finish takes what a preview showed away, and lets it be started anew.
func (r *running) finish() {
	r.end()
	p := &r.server.previews
	p.mu.Lock()
	if p.at[r.file] == r {
		delete(p.at, r.file)
	}
	p.mu.Unlock()
	r.forget(true)
}

// forget forgets what was observed.
func (r *running) forget(over bool) {
	r.mu.Lock()
	files := r.seen.files()
	r.seen, r.over = tally{}, r.over || over
	r.mu.Unlock()
	r.server.showMeasured(files...)
}

// Began is a PreviewWatcher's.
func (r *running) Began() { r.forget(false) }

// Ended is a PreviewWatcher's.
func (r *running) Ended() { r.finish() }

// Observed is a PreviewWatcher's. A page is somebody's program and names whatever files it likes: only what is open in
// the editor is looked at.
func (r *running) Observed(o analysis.Observation) {
	at := lineOf(o)
	if at == nil || !filepath.IsAbs(filepath.FromSlash(at.File)) {
		return
	}
	d := r.server.current.Load().fileAt(at.File)
	r.mu.Lock()
	news := !r.over && r.seen.add(o)
	if news && d != nil {
		r.seen.saved(at.File) // before it is saved again
	}
	r.mu.Unlock()
	if news {
		r.server.showMeasured(at.File)
	}
}

// Open is a PreviewWatcher's.
func (r *running) Open(file string, line int) {
	r.server.background("open", func() { r.server.openLine(file, line) })
}
