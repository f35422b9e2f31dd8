// Package preview runs Python in a real browser, on a real Pyodide, and tells what was observed.
//
// A program of Python runs in a page of ours, the harness. A page of a project is opened as it stands: the server puts
// a script before its first one, and has each script of Pyodide's hand what it loads to the observer of its realm, so
// that workers are observed as well.
//
// To be observed costs 7 µs for each proxy that Python makes, which takes 27 by itself, and 0.1 µs for each coroutine
// (BenchmarkObserver, on Pyodide 314).
package preview

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"pyodide-ls/analysis"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/serve"
)

//go:embed page
var pages embed.FS

// ours is where the server keeps what is not the user's.
const ours = "/.pyodide-ls/"

// Site says what an engine serves.
type Site struct {
	Root     fs.FS                   // the project's folder, at "/"; none if it is nil
	Pyodide  map[string]fs.FS        // the files of a Pyodide, by its version
	PyScript map[string]fs.FS        // the files of the PyScript that loads it, by the version of the Pyodide
	Handlers map[string]http.Handler // by path
	Isolated bool                    // whether its pages are cross-origin isolated
	FramedBy []string                // origins that may show its pages in a frame
	Watch    *Watch                  // how the pages of Root are watched; nil leaves them as they are
}

// Engine is a server and the pages of a browser that run programs from it.
type Engine struct {
	server  *serve.Server
	browser *Browser
	site    Site
	served  *served // of the root

	mu       sync.Mutex
	sessions map[string]*Session
	opened   []*Session        // those of pages that are opened as they stand, until the page is there
	texts    map[string]string // pages that are shown, by their ids
	guests   map[string]func(context.Context, *Session)
}

// NewEngine starts a server for a browser, nil for none that is driven from here. It fails when no port can be had.
func NewEngine(browser *Browser, site Site) (*Engine, error) {
	e := &Engine{
		browser: browser, site: site, sessions: map[string]*Session{}, texts: map[string]string{}, guests: map[string]func(context.Context, *Session){},
	}
	page, err := fs.Sub(pages, "page")
	if err != nil {
		return nil, err
	}
	handlers, err := e.handlers(page)
	if err != nil {
		return nil, err
	}
	o := serve.Options{
		Mounts: map[string]fs.FS{ours + "page/": page}, Handlers: handlers, Isolate: site.Isolated, FramedBy: site.FramedBy, Socket: e.socket,
	}
	if site.Root != nil {
		e.served = &served{FS: site.Root, names: map[string]bool{}}
		o.Root = e.served
	}
	if site.Watch != nil {
		o.Transform = e.transform
	}
	if e.server, err = serve.Start(o); err != nil {
		return nil, err
	}
	return e, nil
}

func pyScriptAt(version string) string { return ours + "pyscript/" + version + "/" }

// PyodideAt is the path on the server under which the files of a Pyodide stand.
func PyodideAt(version string) string { return ours + "pyodide/" + version + "/" }

// Base is where pages of the server find the files of a Pyodide.
func Base(d dist.Dist) string {
	if d.Dir == "" {
		return d.Address
	}
	return PyodideAt(d.Version)
}

// Address is the address of a path on the server.
func (e *Engine) Address(path string) string { return e.server.Origin() + path }

// Pause stops the server, as a network fails: pages that are there stay and are observed, and nothing is loaded.
func (e *Engine) Pause() error { return e.server.Pause() }

// Resume starts a server that was paused, at the same address.
func (e *Engine) Resume() error { return e.server.Resume() }

// Isolate makes the pages cross-origin isolated that are loaded from now on, or leaves them as they are.
func (e *Engine) Isolate(isolates bool) { e.server.Isolate(isolates) }

// Close ends the server. The browser goes on.
func (e *Engine) Close() error { return e.server.Close() }

// Open opens a page that runs programs, with a Pyodide that is loaded.
func (e *Engine) Open(ctx context.Context, mode Mode) (*Session, error) {
	s, id := e.session()
	if err := e.show(s, runPage(id, mode.Worker)); err != nil {
		return nil, err
	}
	if err := s.Load(ctx, mode); err != nil {
		s.Close()
		return nil, fmt.Errorf("load Pyodide: %w", err)
	}
	return s, nil
}

// runPage is the path of the page that runs programs for a session.
func runPage(id string, worker bool) string {
	query := url.Values{"session": {id}}
	if worker {
		query.Set("realm", "worker")
	}
	return ours + "page/run.html?" + query.Encode()
}

// Invite gives the address of a page that runs programs in the reader's own browser. Each time that a browser loads it,
// welcome is called with the session of what was loaded; when it returns, the session is over.
func (e *Engine) Invite(worker bool, welcome func(context.Context, *Session)) (address string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	id := "guest-" + strconv.Itoa(len(e.guests)+1)
	e.guests[id] = welcome
	return e.server.URL(runPage(id, worker))
}

// InviteTo is Invite for a page of the site's root, which stands as it is. The site says how it is watched.
func (e *Engine) InviteTo(page string, welcome func(context.Context, *Session)) (address string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.guests[""] = func(ctx context.Context, s *Session) {
		s.lines = e.lines()
		welcome(ctx, s)
	}
	return e.server.URL(page)
}

// lines lead to the files that are served.
func (e *Engine) lines() lines {
	return lines{served: e.served, starts: map[string]analysis.Site{}}
}

// shown is where pages stand that are shown as they are.
const shown = ours + "shown/"

// Show opens a page of PyScript that loads a Pyodide, as Page does.
func (e *Engine) Show(ctx context.Context, version, body string) (*Session, error) {
	text := e.first(fmt.Sprintf(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>pyodide-ls</title>
<script type="module" src="%score.js"></script>
</head>
<body>
%s
</body>
</html>
`, pyScriptAt(version), body))
	e.mu.Lock()
	id := strconv.Itoa(len(e.texts) + 1)
	e.texts[id] = text
	e.mu.Unlock()
	return e.Page(ctx, shown+id)
}

// Page opens a page of the site's root as it stands. The site says how it is watched. Its session waits until the page
// has nothing left to do, and presses its buttons.
func (e *Engine) Page(ctx context.Context, path string) (*Session, error) {
	s, _ := e.session()
	s.lines = e.lines()
	e.mu.Lock()
	e.opened = append(e.opened, s)
	e.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, pageStarts)
	defer cancel()
	err := e.show(s, path)
	if err == nil {
		if err = s.wait(ctx); err == nil {
			return s, nil
		}
		s.Close()
	}
	e.mu.Lock()
	e.opened = slices.DeleteFunc(e.opened, func(o *Session) bool { return o == s })
	e.mu.Unlock()
	return nil, err
}

// pageStarts is how long a page may take until its first script runs.
const pageStarts = time.Minute

// session makes a session for a page that is to come.
func (e *Engine) session() (s *Session, id string) {
	s = newSession()
	e.mu.Lock()
	defer e.mu.Unlock()
	id = strconv.Itoa(len(e.sessions) + 1)
	e.sessions[id] = s
	return s, id
}

func (e *Engine) show(s *Session, path string) (err error) {
	s.tab, err = e.browser.Open(e.server.URL(path))
	return err
}

// socket gives a page that connects to its session.
func (e *Engine) socket(ctx context.Context, _ string, conn *websocket.Conn) {
	var m message
	if err := wsjson.Read(ctx, conn, &m); err != nil || m.Hello == nil {
		return
	}
	s, welcome := e.sessionOf(*m.Hello), e.guest(*m.Hello)
	switch {
	case s != nil:
		s.attach(ctx, conn)
	case welcome != nil:
		s := newSession()
		go s.attach(ctx, conn) // which ends with the connection
		<-s.attached
		welcome(ctx, s)
	}
}

func (e *Engine) guest(name string) func(context.Context, *Session) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.guests[name]
}

// sessionOf is the session that a page names. One that stands as it is knows none: it is the next that was opened.
func (e *Engine) sessionOf(name string) *Session {
	e.mu.Lock()
	defer e.mu.Unlock()
	if name != "" || len(e.opened) == 0 {
		return e.sessions[name]
	}
	s := e.opened[0]
	e.opened = e.opened[1:]
	return s
}
