package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"path/filepath"
	"time"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
)

// This file asks the editor for settings of its own, which hold where a project has no file of them: what a project
// says is the same in every editor, and in CI.

// section is what our settings are called in an editor.
const section = "pyodide-ls"

// othersKeys are those of the section that are not about findings.
var othersKeys = []string{"diagnosticMode", "trace", "path", "log", "inlayHints"}

// configurePatience is how long findings wait for the settings of an editor.
const configurePatience = 2 * time.Second

// configure asks the editor for its settings, for each folder and for what lies in none.
func (s *server) configure() {
	if !s.editor.configures {
		return
	}
	roots := []string{""}
	for _, f := range s.current.Load().folders {
		roots = append(roots, f.root)
	}
	asked := &protocol.ConfigurationParams{}
	for _, root := range roots {
		item := protocol.ConfigurationItem{Section: new(section)}
		if root != "" {
			item.ScopeURI = new(uri.File(root))
		}
		asked.Items = append(asked.Items, item)
	}
	ctx, cancel := context.WithTimeout(s.life, configurePatience)
	defer cancel()
	answers, err := s.client.Configuration(ctx, asked)
	if err != nil {
		if s.life.Err() == nil {
			s.Log.Warn("the editor does not say its settings", "error", err)
		}
		return
	}
	given := map[string]*config.Settings{}
	for i, answer := range answers {
		if i < len(roots) {
			s.take(given, roots[i], answer)
		}
	}
	s.given.Store(&given)
}

// take notes the settings that an editor gives for a folder. What is wrong with them the person is told, and those that
// were in effect go on.
func (s *server) take(given map[string]*config.Settings, root string, answer []byte) {
	if len(answer) == 0 || string(answer) == "null" {
		return
	}
	var hints struct {
		InlayHints map[string]bool `json:"inlayHints"`
	}
	if root == "" && json.Unmarshal(answer, &hints) == nil {
		if before := s.wanted.Swap(&hints.InlayHints); s.editor.hints && before != nil && !maps.Equal(*before, hints.InlayHints) {
			s.again("inlay hints", s.client.InlayHintRefresh)
		}
	}
	settings, err := config.Given(root, answer, analysis.KnownToSettings(s.Rules), othersKeys...)
	if err == nil {
		given[root] = settings
		return
	}
	s.complain(err)
	if before := s.given.Load(); before != nil && (*before)[root] != nil {
		given[root] = (*before)[root]
	}
}

// pushed takes settings that an editor sends by itself: one that is not asked for them.
func (s *server) pushed(settings []byte) {
	var said map[string]json.RawMessage
	if s.editor.configures || json.Unmarshal(settings, &said) != nil || said[section] == nil {
		return
	}
	given := map[string]*config.Settings{}
	s.take(given, "", said[section])
	if all := given[""]; all != nil {
		for _, f := range s.current.Load().folders {
			inFolder := *all
			inFolder.Dir = filepath.Clean(f.root)
			given[f.root] = &inFolder
		}
	}
	s.given.Store(&given)
}

// finder finds settings: in files, and what the editor gives where there are none.
func (s *server) finder() *config.Finder {
	f := config.NewFinder(analysis.KnownToSettings(s.Rules))
	if given := s.given.Load(); given != nil {
		return f.Else(*given)
	}
	return f
}
