package preview

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"pyodide-ls/analysis"
)

// Program is Python that is to be run.
type Program struct {
	Files    map[string]string // texts by path, with slashes
	Main     string            // which of them is run
	How      How
	Patience time.Duration // for how long it is waited for when its end is reached
	Press    bool          // whether the buttons of the page are pressed then
	Twice    bool          // whether each is pressed a second time, which tells what grows
}

// How a program is entered.
type How string

// The ways to enter it.
const (
	Run    How = "run"    // by runPythonAsync, as the __main__ module
	Import How = "import" // imported
	Script How = "script" // it is JavaScript of the page, which finds a pyodide that is loaded and a button
	Spawn  How = "spawn"  // it is JavaScript of a worker, which the page starts and sends a message
)

// Mode is where Python runs, and on what.
type Mode struct {
	Base    string // the address of Pyodide's files on the server, with a slash at its end
	Worker  bool
	JSPI    bool          // false takes JavaScript Promise Integration from the browser
	Silence time.Duration // for how long Python may not answer before it is interrupted
}

// message is what a page says. One of its fields is set.
type message struct {
	Hello       *string         `json:"hello"`
	Loaded      string          `json:"loaded"`
	Observation json.RawMessage `json:"observation"`
	Source      *ranText        `json:"source"`
	Ended       int             `json:"ended"`
	Waiting     int             `json:"waiting"`
	Failed      string          `json:"failed"`
	Silent      float64         `json:"silent"` // milliseconds
	Answers     bool            `json:"answers"`
}

// Errors of a session. The page is of no use after any of them.
var (
	ErrStuck   = errors.New("the Python that runs does not end and cannot be interrupted")
	ErrCrashed = errors.New("the page's process has died")
	ErrLeft    = errors.New("the page was closed, or went to another address")
)

// interrupted is how long Python that was interrupted may take to end.
const interrupted = 3 * time.Second

// Session is one page that runs programs, one after the other.
type Session struct {
	tab      *Tab // none if the page is in the reader's own browser
	attached chan struct{}
	once     sync.Once
	conn     *websocket.Conn
	messages chan message
	next     int
	lines    lines
}

func newSession() *Session {
	return &Session{attached: make(chan struct{}), messages: make(chan message, 64)}
}

// attach gives the session its page. It returns when the page is gone.
func (s *Session) attach(ctx context.Context, conn *websocket.Conn) {
	known := true
	s.once.Do(func() { known = false })
	if known { // the page was loaded again, so that what it ran is gone
		return
	}
	s.conn = conn
	close(s.attached)
	defer close(s.messages)
	for {
		var m message
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			return
		}
		select {
		case s.messages <- m:
		case <-ctx.Done():
			return
		}
	}
}

// wait waits until the page is there.
func (s *Session) wait(ctx context.Context) error {
	select {
	case <-s.attached:
		return nil
	case <-s.crashed():
		return ErrCrashed
	case <-ctx.Done():
		return fmt.Errorf("wait for the page: %w", ctx.Err())
	}
}

// Load has a page that runs programs load Pyodide.
func (s *Session) Load(ctx context.Context, mode Mode) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	err := s.send(ctx, map[string]any{"do": "load", "base": mode.Base, "jspi": mode.JSPI, "silence": mode.Silence.Milliseconds()})
	if err != nil {
		return err
	}
	return s.until(ctx, nil, func(m message) bool { return m.Loaded != "" })
}

// Run runs a program and tells what is observed, in its order. It fails when the page is of no use any more; what was
// observed until then has been told.
func (s *Session) Run(ctx context.Context, p Program, tell func(analysis.Observation)) error {
	id, err := s.start(ctx, p, false)
	if err != nil {
		return err
	}
	return s.until(ctx, tell, func(m message) bool { return m.Ended == id })
}

// Watch runs a program and goes on telling what is observed of its page, for as long as the page is there or until
// Finish is called; waiting is called when the program has come to its end and events are what it waits for. It fails as
// Run does.
func (s *Session) Watch(ctx context.Context, p Program, tell func(analysis.Observation), waiting func()) error {
	id, err := s.start(ctx, p, true)
	if err != nil {
		return err
	}
	return s.until(ctx, tell, func(m message) bool {
		if m.Waiting > 0 {
			waiting()
		}
		return m.Ended == id
	})
}

// Finish has a page of the site's root that is watched tell what it leaves behind; then Watch returns.
func (s *Session) Finish(ctx context.Context) error {
	return s.send(ctx, map[string]any{"do": "finish"})
}

// start has the page run a program, and stay there behind its end if it is to. The number is that of the run.
func (s *Session) start(ctx context.Context, p Program, stay bool) (id int, err error) {
	s.next++
	return s.next, s.send(ctx, map[string]any{"do": "run", "program": map[string]any{
		"id": s.next, "files": p.Files, "main": p.Main, "how": p.How, "patience": p.Patience.Milliseconds(), "press": p.Press, "twice": p.Twice, "stay": stay,
	}})
}

func (s *Session) send(ctx context.Context, what any) error {
	if err := wsjson.Write(ctx, s.conn, what); err != nil {
		return fmt.Errorf("speak with the page: %w", err)
	}
	return nil
}

// until reads what the page says until it says what is waited for.
func (s *Session) until(ctx context.Context, tell func(analysis.Observation), done func(message) bool) error {
	var stuck <-chan time.Time
	for {
		select {
		case m, ok := <-s.messages:
			switch {
			case !ok:
				return ErrLeft
			case m.Failed != "":
				return errors.New(m.Failed)
			case m.Silent > 0:
				stuck = time.After(interrupted)
				continue
			case m.Answers: // to print is no answer: what does not end may print
				stuck = nil
				continue
			}
			if done(m) {
				return nil
			}
			s.hear(m, tell)
		case <-stuck:
			return ErrStuck
		case <-s.crashed():
			return ErrCrashed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// crashed is closed when the page's process has died, as far as that can be told.
func (s *Session) crashed() <-chan struct{} {
	if s.tab == nil {
		return nil
	}
	return s.tab.Crashed()
}

// Close closes the page, or lets go of it if it is in the reader's own browser.
func (s *Session) Close() {
	if s.tab != nil {
		s.tab.Close()
	} else if s.conn != nil {
		s.conn.CloseNow()
	}
}

// hear takes an observation, or a text that later ones are about.
func (s *Session) hear(m message, tell func(analysis.Observation)) {
	if m.Source != nil {
		s.lines.add(*m.Source)
		return
	}
	if o, err := analysis.ReadObservation(m.Observation); err == nil && tell != nil {
		s.lines.lead(&o, m.Observation)
		tell(o)
	}
}
