package lsp

import (
	"path/filepath"
	"slices"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis/config"
)

// settingsOf are the settings in effect for a file. A folder that is not there yet has those of the nearest
// one above it.
func (s *server) settingsOf(st *state, d *document) (*config.Settings, error) {
	dir := filepath.Dir(d.path)
	for {
		settings, err := st.settings.For(dir)
		above := filepath.Dir(dir)
		if err == nil || above == dir || exists(dir) {
			return settings, err
		}
		dir = above
	}
}

// resettle reads the settings files again. What is wrong with them is worth saying again.
func (s *server) resettle() {
	s.said.messages.Clear()
	s.update(func(st *state) { st.settings = s.finder() })
	s.settingsAgain()
}

// settingsFromDisk looks at the settings again, and at what they leave out. What was said to be wrong with them was said.
func (s *server) settingsFromDisk() {
	s.update(func(st *state) { st.settings = s.finder() })
	s.settingsAgain()
	s.rescan()
}

// complain shows the person what is wrong with a settings file, each trouble once, and where it is wrong. The settings
// that were in effect go on.
func (s *server) complain(err error) {
	var messages []string
	for _, e := range config.Errors(err) {
		messages = append(messages, e.Error())
		if u := uri.File(e.Path); settles(u) && !s.editor.pulls {
			s.schedule(u, true)
		}
	}
	s.sayOnce(protocol.MessageTypeError, messages...)
}

// saidOnce remembers what the person was told.
type saidOnce struct{ messages sync.Map }

// sayOnce shows messages in their order, without those that were shown before.
func (s *server) sayOnce(kind protocol.MessageType, messages ...string) {
	s.say(kind, slices.DeleteFunc(messages, func(message string) bool {
		_, said := s.said.messages.LoadOrStore(message, true)
		return said
	})...)
}

// say shows the person messages, in their order.
func (s *server) say(kind protocol.MessageType, messages ...string) {
	if len(messages) == 0 {
		return
	}
	s.background("message", func() { // whoever says it may hold the state
		for _, message := range messages {
			if err := s.client.ShowMessage(s.life, &protocol.ShowMessageParams{Type: kind, Message: "pyodide-ls: " + message}); err != nil && s.life.Err() == nil {
				s.Log.Warn("message not shown", "message", message, "error", err)
			}
		}
	})
}
