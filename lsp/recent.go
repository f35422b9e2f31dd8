package lsp

import (
	"context"
	"slices"
	"sync"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

// recentKept is how many documents keep their trees, and what is known by way of them: some five times what their texts
// take. A thousand that are only open have their findings, and a person asks about few of them.
const recentKept = 16

// recent are the results of the documents that were looked at last.
type recent struct {
	mu   sync.Mutex
	last []held // the latest last
}

type held struct {
	uri    uri.URI
	result *result
}

// keep keeps the file of a document's result, in place of that of its version before.
func (r *recent) keep(u uri.URI, found *result, file *analysis.File) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found.file.Store(file)
	r.last = slices.DeleteFunc(r.last, func(h held) bool {
		if h.uri == u && h.result != found {
			h.result.file.Store(nil)
		}
		return h.uri == u
	})
	r.last = append(r.last, held{u, found})
	if len(r.last) > recentKept {
		r.last[0].result.file.Store(nil)
		r.last = slices.Delete(r.last, 0, 1)
	}
}

// drop lets go of a document's file.
func (r *recent) drop(u uri.URI) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = slices.DeleteFunc(r.last, func(h held) bool {
		if h.uri == u {
			h.result.file.Store(nil)
		}
		return h.uri == u
	})
}

// read is a document as it was read, nil where nothing was looked at.
func (s *server) read(ctx context.Context, d *document) (*analysis.File, error) {
	found, err := s.looked(ctx, d)
	if err != nil {
		return nil, err
	}
	return s.fileOf(d, found), nil
}

// fileOf is a document as it was read for what was found in it, nil where nothing was looked at. It is read again where
// it was let go of.
func (s *server) fileOf(d *document, found *result) *analysis.File {
	if !found.looked {
		return nil
	}
	file := found.file.Load()
	if file == nil {
		var err error
		if file, err = s.open(d); err != nil {
			return nil
		}
	}
	s.recent.keep(d.uri, found, file)
	return file
}

// clear lets go of all files.
func (r *recent) clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range r.last {
		h.result.file.Store(nil)
	}
	r.last = nil
}
