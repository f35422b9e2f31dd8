package lsp

import (
	"slices"
	"sync"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

// sessionsKept is how many documents keep the parser's tree, at some forty bytes for each byte of text: those
// that are being edited, and not the thousand that are only open.
const sessionsKept = 8

// sessions are the parsing sessions of the documents edited last.
type sessions struct {
	mu   sync.Mutex
	last []session // the latest last
}

type session struct {
	uri uri.URI
	*analysis.Session
}

// of is the session of a document, which counts as edited now.
func (s *sessions) of(u uri.URI) *analysis.Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.last, func(one session) bool { return one.uri == u })
	one := session{u, &analysis.Session{}}
	if i >= 0 {
		one = s.last[i]
		s.last = slices.Delete(s.last, i, i+1)
	}
	s.last = append(s.last, one)
	if len(s.last) > sessionsKept {
		s.last[0].Close()
		s.last = slices.Delete(s.last, 0, 1)
	}
	return one.Session
}

// drop lets go of a document's session.
func (s *sessions) drop(u uri.URI) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = slices.DeleteFunc(s.last, func(one session) bool {
		if one.uri == u {
			one.Close()
		}
		return one.uri == u
	})
}

// clear lets go of all sessions.
func (s *sessions) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.last {
		one.Close()
	}
	s.last = nil
}
