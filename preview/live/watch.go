package live

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
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

// Stat remembers a file as well, and opens nothing: to open a pipe waits for a writer.
func (w *watcher) Stat(name string) (fs.FileInfo, error) {
	w.remember(name)
	return fs.Stat(w.FS, name)
}

// uses remembers the files of a program.
func (w *watcher) uses(p preview.Program) {
	if p.Main != "" {
		w.remember(p.Main) // which may be all that is known of one that cannot be read
	}
	for name := range p.Files {
		w.remember(name)
	}
}

func (w *watcher) remember(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked[name] = true
	w.enter(path.Dir(name))
}

// enter watches a folder, and before it those that it lies in, by which it is seen to come. It is called with the lock
// held.
func (w *watcher) enter(folder string) {
	if w.asked[folder+"/"] {
		return
	}
	w.asked[folder+"/"] = true
	if folder != "." {
		w.enter(path.Dir(folder))
	}
	w.events.Add(w.at(folder)) //nolint:errcheck // a folder that is not there
}

func (w *watcher) at(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

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
			if name := w.concerned(e); name != "" {
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
				if name := w.concerned(e); name != "" {
					last = name
				}
				still = time.After(calm)
			}
		}
	}
}

// concerned is the file that was asked for and that an event is about, or nothing.
func (w *watcher) concerned(e fsnotify.Event) string {
	rel, err := filepath.Rel(w.dir, e.Name)
	if err != nil || e.Op == fsnotify.Chmod {
		return ""
	}
	name := filepath.ToSlash(rel)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.asked[name]:
		return name
	case w.asked[name+"/"] && e.Op.Has(fsnotify.Create):
		return w.came(name)
	}
	return ""
}

// came watches a folder that is there now, and those below it. It gives a file that was asked for and came along. It is
// called with the lock held.
func (w *watcher) came(folder string) (file string) {
	for _, name := range slices.Sorted(maps.Keys(w.asked)) { // each folder before what lies in it
		if !strings.HasPrefix(name, folder+"/") {
			continue
		}
		if strings.HasSuffix(name, "/") {
			w.events.Add(w.at(name)) //nolint:errcheck // a folder that is not there
		} else if _, err := os.Lstat(w.at(name)); err == nil {
			file = name
		}
	}
	return file
}

// Close ends the watch.
func (w *watcher) Close() error {
	err := w.events.Close()
	<-w.done
	return err
}
