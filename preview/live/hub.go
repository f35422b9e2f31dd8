package live

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"pyodide-ls/analysis"
)

// most is how many observations of one run are kept for consoles that come later. A page tells no more of a program;
// what its events add is left out behind that.
const most = 20_000

// hub keeps what consoles are to be told. One that comes late, or again, is told all of it.
type hub struct {
	mu       sync.Mutex
	about    []byte
	findings []byte // the latest: measured ones change with each observation, and older ones are of no use
	found    int    // how often they have changed
	log      [][]byte
	first    int // the number of the first message in the log, counted over all runs
	kept     int // observations in the log
	closed   bool
	readers  int
	changed  chan struct{} // closed when there is more
}

// place is how far a console was told.
type place struct {
	next  int // the number of the message that comes next
	found int // and which findings it has
}

// bye is the last that consoles are told.
var bye = encoded(map[string]any{"bye": "the preview was ended"})

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
	h.found++
	h.wake()
}

// observe tells an observation.
func (h *hub) observe(o observed) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.kept++; h.kept <= most || o.Kind == analysis.Stopped { // which ends what is too much
		h.add(encoded(map[string]any{"observation": o}))
	}
}

// begin forgets what was told of the run before.
func (h *hub) begin(run int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.first += len(h.log)
	h.log, h.kept = nil, 0
	if h.about != nil {
		h.add(h.about)
	}
	h.add(encoded(map[string]any{"began": run}))
}

// close tells consoles that there will be no more.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.wake()
}

// after is what there is to tell behind a place, the place behind that, and what says that there is more.
func (h *hub) after(p place) (messages [][]byte, behind place, more <-chan struct{}, closed bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	messages = h.log[max(0, p.next-h.first):len(h.log):len(h.log)]
	if h.found > p.found {
		messages = append(messages, h.findings)
	}
	return messages, place{h.first + len(h.log), h.found}, h.changed, h.closed
}

// each sends messages to one console, from the first on, until the context ends, there will be no more, or sending
// fails.
func (h *hub) each(ctx context.Context, send func([]byte) error) {
	h.count(1)
	defer h.count(-1)
	for told := (place{}); ; {
		messages, behind, more, closed := h.after(told)
		for _, m := range messages {
			if send(m) != nil {
				return
			}
		}
		if told = behind; closed {
			send(bye) //nolint:errcheck // it may be gone
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
