package live

import (
	"context"
	"path"
	"strings"
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
	p.sit(1)
	defer p.sit(-1)
	ctx, gone := context.WithCancel(ctx)
	defer gone()
	go func() {
		defer gone()
		for {
			var w wish
			if wsjson.Read(ctx, conn, &w) != nil {
				return
			}
			p.grant(w)
		}
	}()
	p.hub.each(ctx, func(message []byte) error { return conn.Write(ctx, websocket.MessageText, message) })
	conn.Close(websocket.StatusGoingAway, "") //nolint:errcheck // it may be gone
}

// grant does what a console asks for. What it names must be a file of the preview: consoles are pages.
func (p *Preview) grant(w wish) {
	if w.Again {
		p.hub.put(map[string]any{"reload": true})
	}
	if w.Open == nil || p.o.Open == nil || !inside(w.Open.File) || w.Open.Line < 1 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	site := p.whole(&analysis.Site{File: w.Open.File, Line: w.Open.Line})
	p.o.Open(site.File, site.Line)
}

// inside says whether a path leads to something in the folder.
func inside(name string) bool {
	clean := path.Clean(name)
	return name != "" && !path.IsAbs(clean) && clean != ".." && !strings.HasPrefix(clean, "../") && !strings.ContainsAny(name, "\\:\x00")
}

// sit counts consoles. When the last one is closed and none comes, the preview was left.
func (p *Preview) sit(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seats += n
	if p.seats > 0 || p.o.Left == nil {
		return
	}
	time.AfterFunc(vacant, func() {
		p.mu.Lock()
		left := p.seats == 0 && p.ctx.Err() == nil
		p.mu.Unlock()
		if left {
			p.o.Left() // which may close the preview
		}
	})
}
