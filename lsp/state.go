package lsp

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/realm"
)

// state is all that the server knows at one moment. It is not changed after it has become current.
type state struct {
	documents map[uri.URI]*document
	folders   []*folder
	settings  *config.Finder
}

func newState(known config.Known) *state {
	return &state{documents: map[uri.URI]*document{}, settings: config.NewFinder(known)}
}

// update makes a new state from the current one, and has those documents looked at again for which it
// changes something. It may be called from anywhere; one update is made at a time.
func (s *server) update(change func(*state)) {
	s.updating.Lock()
	defer s.updating.Unlock()
	old := s.current.Load()
	next := &state{documents: maps.Clone(old.documents), folders: old.folders, settings: old.settings}
	change(next)
	everything := next.settings != old.settings || !slices.Equal(next.folders, old.folders)
	for u, d := range next.documents {
		if !everything && old.documents[u] == d {
			continue
		}
		if placed, ok := s.place(next, d); ok {
			next.documents[u] = placed
		}
	}
	s.current.Store(next)
	s.changed.ring()
	s.announce(old, next)
}

// place is a document as a state lets it be seen, if that differs from how it was seen.
func (s *server) place(st *state, d *document) (*document, bool) {
	settings, err := &config.Settings{}, error(nil)
	if d.file {
		settings, err = s.settingsOf(st, d)
	}
	if err != nil {
		s.complain(err)
		if settings = d.settings; settings == nil { // what was in effect before goes on
			settings = &config.Settings{}
		}
	}
	view, left := analysis.View{}, false
	var outcomes []realm.Outcome
	if f := st.folderOf(d); f != nil {
		view, outcomes = f.project.View(d.path), f.project.Outcomes(d.path)
		view.Because = strings.ReplaceAll(view.Because, slashed(f.root)+"/", "")
		left = f.leavesOut(d.path)
	}
	view = view.Under(settings, d.path, 0)
	left = left || d.file && settings.Excluded(d.path, false)
	if d.left == left && reflect.DeepEqual(d.settings, settings) && reflect.DeepEqual(d.view, view) && reflect.DeepEqual(d.outcomes, outcomes) {
		return d, false
	}
	return d.placed(settings, view, outcomes, left), true
}

// folderOf is the innermost folder that holds a document, or nil.
func (st *state) folderOf(d *document) *folder {
	if !d.file {
		return nil
	}
	var best *folder
	for _, f := range st.folders {
		if f.holds(d.path) && (best == nil || len(f.root) > len(best.root)) {
			best = f
		}
	}
	return best
}
