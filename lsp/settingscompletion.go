package lsp

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// This file suggests what can stand in a file of settings, as their schema has it.

// node is a part of the schema.
type node struct {
	Ref         string           `json:"$ref"`
	AllOf       []*node          `json:"allOf"`
	Description string           `json:"description"`
	Properties  map[string]*node `json:"properties"`
	Items       *node            `json:"items"`
	Enum        []string         `json:"enum"`
	Definitions map[string]*node `json:"definitions"`
}

// readSchema is the schema of the settings where some rules run; one that allows nothing if it cannot be read.
func readSchema(rules []*analysis.Rule) *node {
	root := &node{}
	text, err := analysis.SettingsSchema(rules)
	if err != nil || json.Unmarshal(text, root) != nil {
		return &node{}
	}
	return root
}

// at is the part of the schema that a key leads to, or an item of it.
func (root *node) at(n *node, key string) *node {
	if n = root.meant(n); n == nil {
		return nil
	}
	if n.Items != nil {
		n = root.meant(n.Items)
	}
	return n.Properties[key]
}

// meant is what a part refers to.
func (root *node) meant(n *node) *node {
	for n != nil && (n.Ref != "" || len(n.AllOf) > 0) {
		if n.Ref == "" {
			n = n.AllOf[0]
			continue
		}
		n = root.Definitions[n.Ref[strings.LastIndexByte(n.Ref, '/')+1:]]
	}
	return n
}

var (
	header    = regexp.MustCompile(`(?m)^[ \t]*\[\[?[ \t]*([\w."-]+)[ \t]*\]?\]`)
	aboutKey  = regexp.MustCompile(`^\s*(?:([\w-]+)\s*=\s*\{(?:.*,)?\s*)?((?:[\w-]+\.)*)([\w-]*)$`)
	aboutWord = regexp.MustCompile(`^\s*(?:([\w-]+)\s*=\s*\{(?:.*,)?\s*)?((?:[\w-]+\.)*[\w-]+)\s*=\s*"([\w-]*)$`)
)

// settingsAt are the keys or the words that can stand at an offset of a file of settings.
func (s *server) settingsAt(text *source.File, at int) (items []analysis.Suggestion, span source.Span) {
	root := s.settingsSchema()
	line := text.LineSpan(text.LineOf(at))
	path, ours := tableAt(filepath.Base(text.Path()), text.Text()[:line.Start])
	before := text.Text()[line.Start:at]
	if !ours {
		return nil, source.Span{}
	}
	match, value := aboutKey.FindStringSubmatch(before), false
	if match == nil {
		match, value = aboutWord.FindStringSubmatch(before), true
	}
	if match == nil {
		return nil, source.Span{}
	}
	path = append(path, keysIn(match[1])...)
	path = append(path, keysIn(match[2])...)
	part := root
	for _, key := range path {
		if part = root.at(part, key); part == nil {
			return nil, source.Span{}
		}
	}
	span = source.Span{Start: at - len(match[3]), End: at}
	if value {
		for _, word := range root.meant(part).Enum {
			items = append(items, analysis.Suggestion{Text: word, Kind: analysis.AName})
		}
		return items, span
	}
	if part = root.meant(part); part.Items != nil {
		part = root.meant(part.Items)
	}
	for _, key := range slices.Sorted(maps.Keys(part.Properties)) {
		items = append(items, analysis.Suggestion{Text: key, Kind: analysis.AnAttribute, About: root.about(part.Properties[key])})
	}
	return items, span
}

// about is what the schema says of a part, or of what that refers to.
func (root *node) about(n *node) string {
	if n.Description != "" {
		return n.Description
	}
	return root.meant(n).Description
}

// keysIn are the keys of a dotted one.
func keysIn(key string) []string {
	return strings.FieldsFunc(key, func(r rune) bool { return r == '.' || r == '"' })
}

// tableAt is the table in which what stands behind a text of TOML is; ours says that it is one of ours.
func tableAt(name, before string) (path []string, ours bool) {
	if all := header.FindAllStringSubmatch(before, -1); len(all) > 0 {
		path = keysIn(all[len(all)-1][1])
	}
	if name != "pyproject.toml" {
		return path, true
	}
	if len(path) < 2 || path[0] != "tool" || path[1] != section {
		return nil, false
	}
	return path[2:], true
}
