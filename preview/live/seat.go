package live

import (
	"context"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"pyodide-ls/analysis"
)

// vacant is how long nobody may look at a preview before it counts as left: a page that is loaded again is gone for a
// moment.
const vacant = 5 * time.Second

// wish is what a console says.
type wish struct {
	Open *struct {
		File string `json:"file"`
		Line int    `json:"line"`
	} `json:"open"`
	Again bool `json:"again"`
}

// seat serves one console.
func (p *Preview) seat(ctx context.Context, _ string, conn *websocket.Conn) {
	p.seats.sit()
	defer p.seats.rise()
	ctx, gone := context.WithCancel(ctx)
	var reading sync.WaitGroup
	reading.Go(func() {
		defer gone()
		for {
			var w wish
			if wsjson.Read(ctx, conn, &w) != nil {
				return
			}
			p.grant(w)
		}
	})
	p.hub.each(ctx, func(message []byte) error { return conn.Write(ctx, websocket.MessageText, message) })
	conn.Close(websocket.StatusGoingAway, "") //nolint:errcheck // it may be gone
	gone()
	reading.Wait()
}

// grant does what a console asks for.
func (p *Preview) grant(w wish) {
	if w.Again {
		p.hub.put(map[string]any{"reload": true})
	}
	if w.Open == nil || p.o.Open == nil || w.Open.Line < 1 || !p.has(w.Open.File) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	site := p.whole(&analysis.Site{File: w.Open.File, Line: w.Open.Line})
	p.o.Open(site.File, site.Line)
}

// has says whether a name is that of a file of the preview: consoles are pages, and what they name comes from others.
func (p *Preview) has(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := p.root.Stat(filepath.FromSlash(name))
	return err == nil && info.Mode().IsRegular()
}

// seats counts the consoles that are open. When the last one is closed and none comes, the preview was left.
type seats struct {
	left func()

	mu    sync.Mutex
	taken int
	empty *time.Timer // since the last was closed
}

// sit counts one that is opened.
func (s *seats) sit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken++
	s.stop()
}

// rise counts one that is closed.
func (s *seats) rise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken--; s.taken == 0 && s.left != nil {
		s.empty = time.AfterFunc(vacant, s.vacate)
	}
}

func (s *seats) vacate() {
	s.mu.Lock()
	left := s.left
	if s.taken > 0 { // somebody came at the last moment
		left = nil
	}
	s.mu.Unlock()
	if left != nil {
		left() // without the lock: it may close the preview
	}
}

// close lets it count as left no more.
func (s *seats) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.left = nil
	s.stop()
}

// stop is called with the lock held.
func (s *seats) stop() {
	if s.empty != nil {
		s.empty.Stop()
	}
}
