package live

import (
	"io/fs"
	"path"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"pyodide-ls/preview"
)

// calm is how long files must be left alone before they count as changed: editors write a file in several steps.
const calm = 80 * time.Millisecond

// watcher is a folder that remembers which of its files were asked for, and says when one of them changes. What was not
// there counts as well: it may come.
type watcher struct {
	fs.FS
	dir     string
	events  *fsnotify.Watcher
	changed chan string // the name of a file, with slashes
	done    chan struct{}

	mu    sync.Mutex
	asked map[string]bool // names of files, and of the folders that are watched with a slash at their end
}

func watch(dir string, files fs.FS) (*watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &watcher{FS: files, dir: dir, events: events, changed: make(chan string), done: make(chan struct{}), asked: map[string]bool{}}
	go w.follow()
	return w, nil
}

// Open opens a file and remembers it.
func (w *watcher) Open(name string) (fs.File, error) {
	w.remember(name)
	return w.FS.Open(name)
}

// uses remembers the files of a program.
func (w *watcher) uses(p preview.Program) {
	for name := range p.Files {
		w.remember(name)
	}
}

func (w *watcher) remember(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[name] = true
	if folder := path.Dir(name) + "/"; !w.asked[folder] {
		w.asked[folder] = true
		w.events.Add(filepath.Join(w.dir, filepath.FromSlash(folder))) //nolint:errcheck // a folder that is not there
	}
}

// follow tells of changes when they are over.
func (w *watcher) follow() {
	defer close(w.done)
	var last string
	var still <-chan time.Time
	for {
		select {
		case e, ok := <-w.events.Events:
			if !ok {
				return
			}
			if name, of := w.names(e); of {
				last, still = name, time.After(calm)
			}
		case <-w.events.Errors: // a change may have been missed: the page can be loaded again by hand
		case <-still:
			still = nil
			select {
			case w.changed <- last:
			case e, ok := <-w.events.Events: // nobody has taken it yet
				if !ok {
					return
				}
				if name, of := w.names(e); of {
					last = name
				}
				still = time.After(calm)
			}
		}
	}
}

// names is the file that an event is about, if that was asked for.
func (w *watcher) names(e fsnotify.Event) (name string, asked bool) {
	rel, err := filepath.Rel(w.dir, e.Name)
	if err != nil || e.Op == fsnotify.Chmod {
		return "", false
	}
	name = filepath.ToSlash(rel)
	w.mu.Lock()
	defer w.mu.Unlock()
	return name, w.asked[name]
}

// Close ends the watch.
func (w *watcher) Close() error {
	err := w.events.Close()
	<-w.done
	return err
}
