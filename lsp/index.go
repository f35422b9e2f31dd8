package lsp

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
	"pyodide-ls/analysis/walk"
)

// indexPatience is how long findings wait for the first look through the folders, without which some would
// be shown that are none.
const indexPatience = 3 * time.Second

// indexer is what the server does to know its folders.
type indexer struct {
	mu    sync.Mutex // held while files are read, so that the latest reading counts
	scan  errand
	first sync.Once
	ready chan struct{} // closed after the first look through the folders
}

// wait returns when the folders have been looked through once, or when that takes too long.
func (x *indexer) wait(ctx context.Context) {
	select {
	case <-x.ready:
		return
	default:
	}
	patience := time.NewTimer(indexPatience)
	defer patience.Stop()
	select {
	case <-x.ready:
	case <-patience.C:
	case <-ctx.Done():
	}
}

// rescan has all folders looked through, soon and beside everything else.
func (s *server) rescan() {
	x := &s.index
	x.scan.ask(s, "look through folders", func() {
		over := s.going("pyodide-ls/folders", "Looking through the folders")
		defer over()
		x.mu.Lock()
		for _, f := range s.current.Load().folders {
			s.scan(f)
		}
		x.mu.Unlock()
		x.first.Do(func() { close(x.ready) })
		s.tidySoon()
	})
}

// scan looks through one folder. Documents that are open count as they are in the editor.
func (s *server) scan(f *folder) {
	if home, err := os.UserHomeDir(); err == nil && (&folder{root: f.root}).holds(home) {
		s.Log.Info("the folder is nobody's project, so files in it are seen by themselves", "folder", f.root)
		return
	}
	start := time.Now()
	files := s.traits(f)
	s.update(func(st *state) {
		for _, d := range st.documents {
			if _, ok := files[d.path]; ok && d.counts() {
				files[d.path] = d.traits()
			}
		}
		st.replace(f.with(files, s.parser(st)))
	})
	s.Log.Debug("folder looked through", "folder", f.root, "files", len(files), "took", time.Since(start))
}

// wanted says of a file's name whether it may hold Python, or bear on what does.
func wanted(name string) bool {
	return host.Of(name) != host.Unknown || realm.Reads(name)
}

// traits are those of all files of a folder, read on all processors.
func (s *server) traits(f *folder) map[string]analysis.Traits {
	settings := s.current.Load().settings
	found, _ := walk.Files(s.life, []string{f.root}, walk.Options{Want: wanted, Skip: func(path string, dir bool) bool {
		in, err := settings.For(filepath.Dir(path))
		return err == nil && in.Excluded(path, dir)
	}})
	var paths []string
	for _, file := range found {
		if file.Size <= analysis.MaxBytes {
			paths = append(paths, file.Path)
		}
	}
	return forEach(paths, func(path string) (analysis.Traits, bool) {
		data, err := os.ReadFile(path)
		if err != nil {
			return analysis.Traits{}, false
		}
		return s.traitsOf(settings, path, data), true
	})
}

// forEach is what do gives for each path, on all processors; it is left out where that is not ok.
func forEach[T any](paths []string, do func(path string) (value T, ok bool)) map[string]T {
	all := make(map[string]T, len(paths))
	var mu sync.Mutex
	var workers sync.WaitGroup
	work := make(chan string)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for path := range work {
				if value, ok := do(path); ok {
					mu.Lock()
					all[path] = value
					mu.Unlock()
				}
			}
		})
	}
	for _, path := range paths {
		work <- path
	}
	close(work)
	workers.Wait()
	return all
}

// traitsOf are what a file on disk says of others.
func (s *server) traitsOf(settings *config.Finder, path string, data []byte) analysis.Traits {
	traits, _ := analysis.TraitsOf(path, host.Unknown, string(data))
	if in, err := settings.For(filepath.Dir(path)); err == nil {
		traits.Facts.Set = analysis.RealmIn(in, path)
	}
	return traits
}

// parser parses files of a state's folders on all processors: as they are in the editor, if they are open there.
func (s *server) parser(st *state) realm.Parser {
	return func(paths []string) map[string]realm.Python {
		return forEach(paths, func(path string) (realm.Python, bool) {
			text, ok := st.textOf(filepath.FromSlash(path))
			if !ok {
				return nil, false
			}
			setting := analysis.Setting{}
			if in, err := st.settings.For(filepath.Dir(path)); err == nil {
				setting.Added = analysis.AddedBy(in)
			}
			f, err := analysis.Open(source.New(path, text), setting)
			if err != nil {
				return nil, false
			}
			return f.Python(), true
		})
	}
}

// textOf is a file's text: the editor's if it is open.
func (st *state) textOf(path string) (string, bool) {
	if d := st.documents[uri.File(path)]; d != nil {
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

// filesChanged looks again, beside everything else, at files that are not as they were on disk. Packages that are
// installed bring ignore rules and settings along, which say nothing of the project.
func (s *server) filesChanged(changed ...uri.URI) {
	st := s.current.Load()
	changed = slices.DeleteFunc(changed, func(u uri.URI) bool { return !u.IsFile() || st.leavesOut(u.FsPath()) })
	for _, u := range changed {
		if name := filepath.Base(u.FsPath()); !wanted(name) || config.Names(name) {
			s.resettle()
			s.rescan() // the settings say what is left out
			return
		}
	}
	s.background("look at files", func() {
		s.index.mu.Lock()
		defer s.index.mu.Unlock()
		if !s.reread(changed) {
			s.rescan() // a file that came or went: whether it counts is for the walk to say
		}
	})
}

// reread looks at files again; ok is false if one of them was not known, or is gone. Scripts change by the hundred
// when a branch or a build does, and few of them say anything: what says what it said makes no new state.
func (s *server) reread(changed []uri.URI) (ok bool) {
	read := map[string]analysis.Traits{}
	for _, u := range changed {
		path := u.FsPath()
		f := s.current.Load().folderOf(&document{path: path, file: true})
		if f == nil {
			continue // nobody asks about it
		}
		data, err := os.ReadFile(path)
		if err != nil || !f.has(path) {
			return false
		}
		read[path] = s.traitsOf(s.current.Load().settings, path, data)
	}
	s.update(func(st *state) {
		for _, u := range changed {
			if st.documents[u] != nil { // it counts as it is in the editor
				delete(read, u.FsPath())
			}
		}
		s.setTraits(st, read)
	})
	return true
}
