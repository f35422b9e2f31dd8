package flow

import (
	"sync"

	"pyodide-ls/analysis/syntax"
)

// memo are answers to a question about nodes of a text that is asked again and again, and of few nodes. An answer follows
// from the text alone, so that it does not matter who asks first.
type memo[T any] struct {
	mu    sync.Mutex
	known map[int]T // by the node's id
}

// of is the answer for a node, which answer works out. While it does others may ask, and for the same node as well.
func (m *memo[T]) of(n syntax.Node, answer func() T) T {
	m.mu.Lock()
	found, ok := m.known[n.ID()]
	m.mu.Unlock()
	if ok {
		return found
	}
	found = answer()
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[int]T{}
	}
	m.known[n.ID()] = found
	return found
}
