package lsp

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"pyodide-ls/analysis/config"
)

// This file looks after settings for an editor that watches no files. All else that changes on disk such an editor is
// told of when a document is saved; settings count at once.

// watchSettings watches the folders in which settings are, or would be made, until the server ends.
func (s *server) watchSettings() {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		s.Log.Warn("settings are seen when a document is saved", "error", err)
		return
	}
	defer w.Close()
	tried := map[string]bool{}
	for {
		changed, missed := s.changed.wait(), false
		for _, dir := range s.current.Load().settingsFolders() {
			if tried[dir] {
				continue
			}
			if tried[dir] = true; w.Add(dir) != nil {
				s.Log.Debug("a folder is not watched", "folder", dir)
			}
			missed = missed || justWritten(dir)
		}
		if missed {
			s.settingsFromDisk()
		}
		if !s.lookAfterSettings(w, changed) {
			return
		}
	}
}

// justWritten says whether settings in a folder are so new that they may have been read before they were written, and
// written before the folder was watched.
func justWritten(dir string) bool {
	entries, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(entries, func(entry os.DirEntry) bool {
		if !config.Names(entry.Name()) {
			return false
		}
		info, err := entry.Info()
		return err == nil && time.Since(info.ModTime()) < 2*time.Second
	})
}

// written is how long a file may take to be written whole.
const written = 100 * time.Millisecond

// lookAfterSettings waits for another state, and has settings that change meanwhile read. It is false when the server
// ends.
func (s *server) lookAfterSettings(w *fsnotify.Watcher, changed <-chan struct{}) bool {
	var whole <-chan time.Time
	for {
		select {
		case e := <-w.Events:
			if config.Names(filepath.Base(e.Name)) && e.Op != fsnotify.Chmod {
				whole, changed = time.After(written), nil
			}
		case <-whole:
			s.resettle()
			s.rescan() // they say what is left out
			return true
		case err := <-w.Errors:
			s.Log.Warn("settings may have changed unseen", "error", err)
		case <-changed:
			return true
		case <-s.life.Done():
			return false
		}
	}
}

// settingsFolders are the folders that are open, and those of the settings that are in effect.
func (st *state) settingsFolders() (dirs []string) {
	known := map[string]bool{}
	add := func(dir string) {
		if !known[dir] {
			known[dir] = true
			dirs = append(dirs, dir)
		}
	}
	for _, f := range st.folders {
		add(f.root)
	}
	for _, d := range st.documents {
		switch {
		case !d.file:
		case d.settings != nil && d.settings.Path != "":
			add(filepath.Dir(d.settings.Path))
		default:
			add(filepath.Dir(d.path))
		}
	}
	return dirs
}
