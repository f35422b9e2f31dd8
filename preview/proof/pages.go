package proof

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
)

// Pages runs examples in pages of a browser, one page for each mode, which it uses for all examples of the mode. It is
// for one goroutine at a time.
type Pages struct {
	isolated, open *preview.Engine
	releases       map[pyodide.Version]string
	sessions       map[Mode]*preview.Session
}

// NewPages serves the Pyodides of a site to a browser; the releases say which is of which line. It fails when no port
// can be had.
func NewPages(browser *preview.Browser, site preview.Site, releases map[pyodide.Version]string) (*Pages, error) {
	site.Handlers = map[string]http.Handler{"/slow": http.HandlerFunc(slow), "/data.json": http.HandlerFunc(data)}
	site.Watch = &preview.Watch{Silence: patience}
	p := &Pages{releases: releases, sessions: map[Mode]*preview.Session{}}
	var err error
	site.Isolated = true
	if p.isolated, err = preview.NewEngine(browser, site); err != nil {
		return nil, err
	}
	site.Isolated = false
	p.open, err = preview.NewEngine(browser, site)
	return p, err
}

// Close ends the servers and closes the pages.
func (p *Pages) Close() error {
	p.Forget()
	return errors.Join(p.isolated.Close(), p.open.Close())
}

// Forget closes all pages, so that the next example has a new one.
func (p *Pages) Forget() {
	for _, s := range p.sessions {
		s.Close()
	}
	clear(p.sessions)
}

// slow answers after ?ms=… milliseconds.
func slow(w http.ResponseWriter, r *http.Request) {
	milliseconds, _ := strconv.Atoi(r.URL.Query().Get("ms"))
	time.Sleep(time.Duration(milliseconds) * time.Millisecond)
	io.WriteString(w, "slow") //nolint:errcheck // the page may be gone
}

func data(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"a": 1}`) //nolint:errcheck // the page may be gone
}

const (
	patience = 5 * time.Second  // for a program to be done with what it started
	loading  = 60 * time.Second // for a page to be there, on a machine with much else to do
	running  = 30 * time.Second
)

// Run runs an example in the page of a mode.
func (p *Pages) Run(ctx context.Context, fence *analysis.Fence, m Mode) (all []analysis.Observation, err error) {
	if fence.Language == "html" {
		return p.show(ctx, fence, m)
	}
	page := m
	program := preview.Program{Files: map[string]string{"example.py": fence.Code}, Main: "example.py", How: preview.Run, Patience: patience}
	switch {
	case fence.Set["entry"] == "import":
		program.How = preview.Import
	case fence.Language == "javascript" || fence.Language == "typescript":
		program.How = preview.Script
		if m.Realm == pyodide.Worker { // which the script is by itself
			program.How, page.Realm = preview.Spawn, pyodide.Main
		}
	}
	session, err := p.session(ctx, page)
	if err != nil {
		return nil, err
	}
	if program.How == preview.Script || program.How == preview.Spawn {
		program.Files, program.Main, program.Press = map[string]string{"example.js": p.local(fence.Code, m)}, "example.js", true
	}
	ctx, cancel := context.WithTimeout(ctx, running)
	defer cancel()
	err = session.Run(ctx, program, func(o analysis.Observation) { all = append(all, o) })
	if err != nil {
		session.Close()
		delete(p.sessions, page)
		return all, fmt.Errorf("run it: %w", err)
	}
	return all, nil
}

// show runs an example that is a part of a page, in a page of PyScript of its own.
func (p *Pages) show(ctx context.Context, fence *analysis.Fence, m Mode) (all []analysis.Observation, err error) {
	ctx, cancel := context.WithTimeout(ctx, loading)
	defer cancel()
	session, err := p.engine(m).Show(ctx, p.releases[m.Version], fence.Code)
	if err != nil {
		return nil, err
	}
	defer session.Close()
	err = session.Run(ctx, preview.Program{Patience: patience, Press: true}, func(o analysis.Observation) { all = append(all, o) })
	if err != nil {
		return all, fmt.Errorf("show it: %w", err)
	}
	return all, nil
}

func (p *Pages) engine(m Mode) *preview.Engine {
	if m.Isolated {
		return p.isolated
	}
	return p.open
}

func (p *Pages) session(ctx context.Context, m Mode) (*preview.Session, error) {
	if s := p.sessions[m]; s != nil {
		return s, nil
	}
	ctx, cancel := context.WithTimeout(ctx, loading)
	defer cancel()
	s, err := p.engine(m).Open(ctx, preview.Mode{
		Base: preview.PyodideAt(p.releases[m.Version]), Worker: m.Realm == pyodide.Worker, JSPI: m.JSPI, Silence: patience,
	})
	if err != nil {
		return nil, err
	}
	p.sessions[m] = s
	return s, nil
}

// beside are addresses of a Pyodide that stands beside the script.
var beside = regexp.MustCompile(`(["'])(?:\./)?(pyodide\.m?js["'])`)

// local gives a script the Pyodide of the mode for the one that it loads.
func (p *Pages) local(code string, m Mode) string {
	address := p.engine(m).Address(preview.PyodideAt(p.releases[m.Version]))
	return beside.ReplaceAllString(preview.Local(code, address), "${1}"+address+"${2}")
}
