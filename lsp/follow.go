package lsp

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/source"
)

// A file that does not import the bridge counts as bridge code where bridge code imports it. "check" finds
// that by following imports from all bridge code; here they are followed backwards from the few documents
// that are open, through files that may import them, so that nothing else need be parsed.

// follow has it looked up how a document is imported, if that matters and is not known.
func (s *server) follow(d *document, found *result) {
	st := s.current.Load()
	if _, known := st.reached[d.uri]; known || found.bridge != flow.NoBridge || d.silent() || st.folderOf(d) == nil {
		return
	}
	asked := &s.index.asked
	asked.Lock()
	asked.uris = append(asked.uris, d.uri)
	asked.Unlock()
	s.index.follow.ask(s, "follow imports", s.lookUp)
}

// followAll has it looked up again how documents are imported.
func (s *server) followAll() {
	asked := &s.index.asked
	asked.Lock()
	asked.all = true
	asked.Unlock()
	s.index.follow.ask(s, "follow imports", s.lookUp)
}

// lookUp finds out how the documents are imported of which that was asked.
func (s *server) lookUp() {
	asked := &s.index.asked
	asked.Lock()
	uris := asked.uris
	if asked.all {
		uris = slices.AppendSeq(uris, maps.Keys(s.current.Load().reached))
	}
	asked.uris, asked.all = nil, false
	asked.Unlock()
	found := map[uri.URI]flow.Bridge{}
	for _, u := range uris {
		st := s.current.Load()
		if _, done := found[u]; !done && st.documents[u] != nil && s.life.Err() == nil {
			found[u] = importers{s, st, map[string]bool{}}.reach(st.documents[u].path)
		}
	}
	if len(found) == 0 {
		return
	}
	s.update(func(st *state) {
		st.reached = maps.Clone(st.reached)
		for u, reached := range found {
			if st.documents[u] != nil {
				st.reached[u] = reached
			}
		}
	})
}

// importers is one way back along the imports of a folder.
type importers struct {
	*server
	state *state
	seen  map[string]bool
}

// reach says whether bridge code imports a file, by itself or through others. Such a file may run elsewhere
// too.
func (x importers) reach(path string) flow.Bridge {
	x.seen[path] = true
	f := x.state.folderOf(&document{path: path, file: true})
	if f == nil {
		return flow.NoBridge
	}
	module := strings.TrimSuffix(strings.TrimSuffix(slashed(path), ".py"), "/__init__")
	name := module[strings.LastIndexByte(module, '/')+1:]
	var next []string
	for _, other := range slices.Sorted(maps.Keys(f.files)) {
		if x.seen[other] || !f.files[other].MayImport(name) || x.life.Err() != nil {
			continue
		}
		text, ok := x.textOf(other)
		if !ok {
			continue
		}
		file, err := analysis.Open(source.New(other, text), analysis.Setting{})
		if err != nil || !slices.Contains(file.Imports(slashed(other)), module) {
			continue
		}
		if file.Bridge() != flow.NoBridge || f.project.View(other, flow.NoBridge).Reached != flow.NoBridge {
			return flow.Guarded
		}
		x.seen[other] = true
		next = append(next, other)
	}
	for _, other := range next {
		if x.reach(other) != flow.NoBridge {
			return flow.Guarded
		}
	}
	return flow.NoBridge
}

// textOf is a file's text: the editor's if it is open.
func (x importers) textOf(path string) (string, bool) {
	if d := x.state.documents[uri.File(path)]; d != nil {
		return d.text.Text(), true
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", false
	}
	text, err := source.Decode(data)
	return text, err == nil
}

func slashed(path string) string { return filepath.ToSlash(path) }
