package lsp

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"go.lsp.dev/protocol"
)

// quietAfter is how long nothing must have been looked at before the server gives back the memory that it does not need.
const quietAfter = 2 * time.Second

// spareBytes is by how much the heap may grow before it is worth a collection to make it smaller: what editing takes.
const spareBytes = 24 << 20

// tidier gives memory back to the system when a burst of work is over: the runtime would keep for minutes what it took to
// look through a thousand files. It also keeps the server below its limit.
type tidier struct {
	mu    sync.Mutex
	timer *time.Timer
	heap  uint64 // bytes taken from the system, when that was made as little as possible
}

// tidySoon has the server tidied up when it has been quiet for a while.
func (s *server) tidySoon() {
	t := &s.tidier
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.timer == nil {
		t.timer = time.AfterFunc(quietAfter, func() { s.survive("tidy up", s.tidy) })
		return
	}
	t.timer.Reset(quietAfter)
}

// tidy gives back what is not used, and lets go of what can be worked out again where that is not enough.
func (s *server) tidy() {
	t := &s.tidier
	t.mu.Lock()
	defer t.mu.Unlock()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	short := func() bool { return s.MemoryLimit > 0 && m.HeapAlloc > s.MemoryLimit/4*3 }
	if s.life.Err() != nil || m.HeapSys-m.HeapReleased < t.heap+spareBytes && !short() {
		return
	}
	debug.FreeOSMemory()
	runtime.ReadMemStats(&m)
	if short() {
		s.relieve(m.HeapAlloc)
		debug.FreeOSMemory()
		runtime.ReadMemStats(&m)
	}
	t.heap = m.HeapSys - m.HeapReleased
}

// relieve lets go of all that can be worked out again.
func (s *server) relieve(used uint64) {
	s.Log.Warn("memory is short: trees are let go of", "used", used, "limit", s.MemoryLimit)
	s.sessions.clear()
	s.recent.clear()
	s.sayOnce(protocol.MessageTypeWarning, fmt.Sprintf(
		"the server uses more than three quarters of its %d MiB: it forgets what it can work out again, and will be slower. \"pyodide-ls lsp --memory-limit\" sets the limit",
		s.MemoryLimit>>20))
}
