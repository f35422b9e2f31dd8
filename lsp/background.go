package lsp

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// crew is what works beside the messages. Unlike a sync.WaitGroup it may be given work while somebody waits for it.
type crew struct {
	mu   sync.Mutex
	busy int
	rest chan struct{} // closed when nobody is busy any more
}

// Go does some work beside whoever calls.
func (c *crew) Go(work func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy++; c.busy == 1 {
		c.rest = make(chan struct{})
	}
	go func() {
		defer c.done()
		work()
	}()
}

func (c *crew) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.busy--; c.busy == 0 {
		close(c.rest)
	}
}

// Wait returns when nobody is busy.
func (c *crew) Wait() {
	c.mu.Lock()
	busy, rest := c.busy > 0, c.rest
	c.mu.Unlock()
	if busy {
		<-rest
	}
}

// background does something beside the messages, on the server's life.
func (s *server) background(what string, do func()) {
	s.work.Go(func() { s.survive(what, do) })
}

// survive keeps a failure from ending the server.
func (s *server) survive(what string, do func()) {
	defer func() {
		if trouble := recover(); trouble != nil {
			s.Log.Error("background work failed", "what", what, "panic", fmt.Sprint(trouble), "stack", string(debug.Stack()))
		}
	}()
	do()
}

// errand is work that is done once however often it was asked for meanwhile: asked for while it runs, it is
// done once more after that.
type errand struct {
	mu             sync.Mutex
	running, again bool
}

func (e *errand) ask(s *server, what string, do func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.again = true
	if e.running {
		return
	}
	e.running = true
	s.background(what, func() {
		for e.next() && s.life.Err() == nil {
			s.survive(what, do)
		}
	})
}

// next says whether the work is to be done, again or for the first time.
func (e *errand) next() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.running, e.again = e.again, false
	return e.running
}
