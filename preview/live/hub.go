package live

import (
	"context"
	"encoding/json"
	"sync"
	"time"
)

// most is how many observations of one run are kept for consoles that come later. A page tells no more of a program;
// what its events add is left out behind that.
const most = 20_000

// hub keeps what consoles are to be told. One that comes late, or again, is told all of it.
type hub struct {
	mu       sync.Mutex
	about    []byte
	findings []byte
	log      [][]byte
	first    int // the number of the first message in the log, counted over all runs
	kept     int // observations in the log
	closed   bool
	readers  int
	changed  chan struct{} // closed when there is more
}

func newHub() *hub { return &hub{changed: make(chan struct{})} }

// wake has all consoles look for more. It is called with the lock held.
func (h *hub) wake() {
	close(h.changed)
	h.changed = make(chan struct{})
}

// add puts a message behind the others. It is called with the lock held.
func (h *hub) add(message []byte) {
	h.log = append(h.log, message)
	h.wake()
}

// encoded is a message as it is sent. What is sent is made of strings and numbers, which can always be encoded.
func encoded(message any) []byte {
	data, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	return data
}

// put tells something.
func (h *hub) put(message any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.add(encoded(message))
}

// introduce tells what stands before all else.
func (h *hub) introduce(about any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.about = encoded(about)
	h.add(h.about)
}

// find tells which findings there are now.
func (h *hub) find(findings any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.findings = encoded(findings)
	h.add(h.findings)
}

// observe tells an observation.
func (h *hub) observe(o observed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kept++; h.kept <= most {
		h.add(encoded(map[string]any{"observation": o}))
	}
}

// begin forgets what was told of the run before.
func (h *hub) begin(run int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.first += len(h.log)
	h.log, h.kept = nil, 0
	for _, message := range [][]byte{h.about, encoded(map[string]any{"began": run}), h.findings} {
		if message != nil {
			h.add(message)
		}
	}
}

// close tells consoles that there will be no more.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.closed = true
		h.add(encoded(map[string]any{"bye": "the preview was ended"}))
	}
}

// after are the messages from a number on, the number behind them, and what says that there are more.
func (h *hub) after(n int) (messages [][]byte, next int, more <-chan struct{}, closed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	next = h.first + len(h.log)
	return h.log[max(0, n-h.first):len(h.log):len(h.log)], next, h.changed, h.closed
}

// each sends messages to one console, from the first on, until the context ends, there will be no more, or sending
// fails.
func (h *hub) each(ctx context.Context, send func([]byte) error) {
	h.count(1)
	defer h.count(-1)
	for next := 0; ; {
		messages, behind, more, closed := h.after(next)
		for _, m := range messages {
			if send(m) != nil {
				return
			}
		}
		if next = behind; closed {
			return
		}
		select {
		case <-more:
		case <-ctx.Done():
			return
		}
	}
}

func (h *hub) count(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.readers += n
	h.wake()
}

// drained waits until all consoles were told the last word, but no longer than a while.
func (h *hub) drained(patience time.Duration) {
	late := time.After(patience)
	for {
		h.mu.Lock()
		readers, changed := h.readers, h.changed
		h.mu.Unlock()
		if readers == 0 {
			return
		}
		select {
		case <-changed:
		case <-late:
			return
		}
	}
}
