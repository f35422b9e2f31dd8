// Package live shows a program that runs in the reader's own browser, and beside it what is observed of it. The
// program's page and the console around it have origins of their own, so that neither reaches into the other.
package live

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/serve"
)

// Options say what is shown, and who is told of it. The functions may be nil; they are called one at a time.
type Options struct {
	Title string
	Dir   string // the whole path of the folder that is served; consoles name files by their paths in it, with slashes
	Port  int    // of the console, 0 for a free one

	// Page is the path of a page in the folder, which stands as it is. Without one, a page of ours runs the program.
	Page    string
	Program func(context.Context) (preview.Program, error) // read anew for each run

	Site preview.Site // its root is Dir
	Dist dist.Dist
	Mode preview.Mode // its base is that of Dist

	Findings func(context.Context) []Finding // what the files hold now, for the console

	Began func()                      // the program is loaded, for the first time or again: what was observed is over
	Tell  func(analysis.Observation)  // what is observed; files are named by their whole paths, with slashes
	Open  func(file string, line int) // a line of such a file was chosen in the console; nil if nothing here shows it
	Left  func()                      // the console was closed, and nobody came back; it may close the preview
}

// Preview is one that runs until it is closed, or the context ends that it was started with.
type Preview struct {
	o       Options
	ctx     context.Context // ends with the preview
	end     context.CancelFunc
	root    *os.Root
	files   *watcher
	engine  *preview.Engine
	console *serve.Server
	hub     *hub
	board   *board
	seats   seats
	running sync.WaitGroup
	close   func() error

	mu   sync.Mutex // over the callbacks, and what follows
	runs int        // how often the program was loaded
}

// Start starts a preview. It fails when a port cannot be had, or the folder cannot be read.
func Start(ctx context.Context, o Options) (*Preview, error) {
	p := &Preview{o: o, hub: newHub(), seats: seats{left: o.Left}}
	p.ctx, p.end = context.WithCancel(ctx)
	p.close = sync.OnceValue(p.shut)
	if err := p.open(); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	if o.Page != "" {
		p.introduce(p.engine.InviteTo(o.Page, p.welcome))
	} else {
		p.introduce(p.engine.Invite(o.Mode.Worker, p.welcome))
	}
	p.running.Go(p.follow)
	context.AfterFunc(p.ctx, func() { p.Close() })
	return p, nil
}

// open starts the two servers.
func (p *Preview) open() (err error) {
	if p.root, err = os.OpenRoot(p.o.Dir); err != nil {
		return err
	}
	if p.files, err = watch(p.o.Dir, p.root.FS()); err != nil {
		return fmt.Errorf("watch the files in %s: %w", p.o.Dir, err)
	}
	p.console, err = serve.Start(serve.Options{Port: p.o.Port, Root: Console(), Isolate: p.o.Site.Isolated, Socket: p.seat})
	if err != nil {
		return err
	}
	site := p.o.Site
	site.Root, site.FramedBy = p.files, []string{p.console.Origin()}
	p.o.Mode.Base = preview.Base(p.o.Dist)
	p.board = &board{hub: p.hub}
	p.engine, err = preview.NewEngine(nil, site)
	return err
}

// URL is the address to open. Whoever has it is let in.
func (p *Preview) URL() string { return p.console.URL("/") }

// introduce says to consoles what this is. The address is that of the page in the frame.
func (p *Preview) introduce(address string) {
	realm := "main thread"
	switch {
	case p.o.Page != "":
		realm = "page"
	case p.o.Mode.Worker:
		realm = "worker"
	}
	p.hub.introduce(map[string]any{"about": map[string]any{
		"title": p.o.Title, "pyodide": p.o.Dist.Version, "why": p.o.Dist.Why, "realm": realm, "isolated": p.o.Site.Isolated,
		"page": address, "editor": p.o.Open != nil,
	}})
}

// welcome runs the program in a page that was loaded, and tells of it until the page is gone.
func (p *Preview) welcome(ctx context.Context, s *preview.Session) {
	run := p.begin()
	err := p.play(ctx, s, run)
	switch {
	case p.ctx.Err() != nil:
	case errors.Is(err, preview.ErrLeft):
		p.state(run, "left")
	case errors.Is(err, preview.ErrStuck):
		p.observe(run, analysis.Observation{Kind: analysis.Stopped, Text: err.Error()})
		p.state(run, "stuck")
	default:
		p.observe(run, analysis.Observation{Kind: analysis.Raised, Text: err.Error()})
		p.state(run, "ended")
	}
}

func (p *Preview) play(ctx context.Context, s *preview.Session, run int) error {
	p.state(run, "loading")
	program, err := p.o.Program(ctx)
	p.files.uses(program)
	if err != nil {
		return err
	}
	if p.o.Page == "" {
		if err := s.Load(ctx, p.o.Mode); err != nil {
			return err
		}
	}
	p.state(run, "running")
	return s.Watch(ctx, program, func(o analysis.Observation) { p.observe(run, o) }, func() { p.state(run, "waiting") })
}

// begin counts a run; what was observed of the one before is over.
func (p *Preview) begin() (run int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.runs++
	p.hub.begin(p.runs)
	p.board.begin()
	if p.o.Began != nil {
		p.o.Began()
	}
	return p.runs
}

// state says how a run is getting on. Of those that others have followed nothing is said any more.
func (p *Preview) state(run int, state string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if run == p.runs {
		p.hub.put(map[string]any{"state": state})
	}
}

// observed is how an observation is told to a console.
type observed struct {
	analysis.Observation
	Say     string `json:"say"`
	Mistake bool   `json:"mistake"`
}

func (p *Preview) observe(run int, o analysis.Observation) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if run != p.runs || o.Kind == analysis.Isolation { // which is said of the whole preview
		return
	}
	p.hub.observe(observed{o, preview.Words(o), preview.IsMistake(o)})
	p.board.observe(o)
	if p.o.Tell != nil {
		o.At, o.Made = p.whole(o.At), p.whole(o.Made)
		p.o.Tell(o)
	}
}

// whole is a line of a file that is named by its whole path, with slashes.
func (p *Preview) whole(s *analysis.Site) *analysis.Site {
	if s == nil {
		return nil
	}
	return &analysis.Site{File: filepath.ToSlash(filepath.Join(p.o.Dir, filepath.FromSlash(s.File))), Line: s.Line}
}

// follow keeps the findings as the files are, and loads the page again when one of its files has changed.
func (p *Preview) follow() {
	for {
		if p.o.Findings != nil {
			p.board.put(p.o.Findings(p.ctx))
		}
		select {
		case name := <-p.files.changed:
			p.hub.put(map[string]any{"reload": name})
		case <-p.ctx.Done():
			return
		}
	}
}

// Close ends the preview: consoles say so, and the ports are free. The functions of the options must not call it.
func (p *Preview) Close() error { return p.close() }

func (p *Preview) shut() error {
	p.seats.close()
	p.hub.close()
	p.end()
	var errs []error
	if p.console != nil {
		p.hub.drained(time.Second)
		errs = append(errs, p.console.Close())
	}
	if p.engine != nil {
		errs = append(errs, p.engine.Close())
	}
	p.running.Wait()
	if p.files != nil {
		errs = append(errs, p.files.Close())
	}
	if p.root != nil {
		errs = append(errs, p.root.Close())
	}
	return errors.Join(errs...)
}
