// Package config reads a project's settings. They stand in pyodide-ls.toml, or in the table
// [tool.pyodide-ls] of pyproject.toml; the nearest folder upward that has one of the two decides alone, and
// nothing is merged. All that is wrong with a file is reported at once, each trouble at its place.
package config

import (
	"cmp"
	"path/filepath"
	"slices"

	"github.com/bmatcuk/doublestar/v4"

	"pyodide-ls/analysis/walk/gitignore"
)

// Level is how loudly a rule speaks.
type Level string

// The levels, from silence up.
const (
	LevelOff     Level = "off"
	LevelHint    Level = "hint"
	LevelInfo    Level = "info"
	LevelWarning Level = "warning"
	LevelError   Level = "error"
)

// levels and realms are the words that a settings file may use, in the order in which people are told them.
var (
	levels = []Level{LevelOff, LevelHint, LevelInfo, LevelWarning, LevelError}
	realms = []string{"main", "worker", "service-worker", "node", "host"}
)

// Settings are what one file says. They are made by Parse and not changed after; the zero value is the
// defaults.
type Settings struct {
	Path      string           // the file; empty for the defaults, and for those that an editor gives
	Given     bool             // by an editor
	Dir       string           // its folder, absolute, from which all patterns are seen
	Exclude   []string         // what is not looked at, in the language of .gitignore
	Realm     string           // where Python runs when nothing else tells; empty if not said
	Target    string           // the versions of Pyodide that the code is for, as a person writes them; empty if not said
	JSPI      *bool            // whether the browsers can switch stacks; nil if not said
	Rules     map[string]Level // by the name of the rule
	Overrides []Override       // in the order of the file
	Calls     Calls            // what is said of calls

	exclude gitignore.Rules
	lines   lines
}

// Calls are what a project says of calls that no table has: of its own, or of libraries. The names are those that
// imports give: "hardware.read", "js.bus.on".
type Calls struct {
	Blocking   []string // keep their thread until they are done
	Keeping    []string // of JavaScript: call what they are given after they have returned
	Destroying []string // destroy the proxies that they are given
	Owning     []string // keep the proxies that they are given as long as the page lives, and give them back
	Banned     []Banned
}

// Banned is a call that a project does not want.
type Banned struct {
	Call        string
	Message     string // why; empty if not said
	Replacement string // the name of what to call instead; empty if nothing is
}

// Override changes settings for some paths. Of several that match, the last one that says something wins.
type Override struct {
	Paths  []string // doublestar globs
	Realm  string
	Target string
	JSPI   *bool
	Rules  map[string]Level

	lines lines
}

// Excluded says whether a path is left out, by itself or with a folder above it. Like every path given to
// Settings, it is absolute or relative to the working directory; nothing is said of one outside Dir.
func (s *Settings) Excluded(path string, dir bool) bool {
	if len(s.exclude) == 0 {
		return false
	}
	name, ok := s.relative(path)
	return ok && s.exclude.Covers(name, dir)
}

// RealmFor is where the Python of a file runs when nothing else tells, or "" when the settings do not say.
func (s *Settings) RealmFor(path string) string {
	realm := s.Realm
	for _, o := range s.overridesOf(path) {
		realm = cmp.Or(o.Realm, realm)
	}
	return realm
}

// TargetFor is which versions of Pyodide a file is for, or "" when the settings do not say.
func (s *Settings) TargetFor(path string) string {
	target := s.Target
	for _, o := range s.overridesOf(path) {
		target = cmp.Or(o.Target, target)
	}
	return target
}

// JSPIFor is whether the browsers that a file is for can switch stacks, or nil when the settings do not say.
func (s *Settings) JSPIFor(path string) *bool {
	jspi := s.JSPI
	for _, o := range s.overridesOf(path) {
		jspi = cmp.Or(o.JSPI, jspi)
	}
	return jspi
}

// LevelFor is the level of a rule in a file, and false when the settings do not say.
func (s *Settings) LevelFor(path, rule string) (Level, bool) {
	level, ok := s.Rules[rule]
	for _, o := range s.overridesOf(path) {
		if changed, says := o.Rules[rule]; says {
			level, ok = changed, true
		}
	}
	return level, ok
}

// overridesOf are the overrides that match a path, in the order of the file.
func (s *Settings) overridesOf(path string) []Override {
	if len(s.Overrides) == 0 {
		return nil
	}
	name, ok := s.relative(path)
	if !ok {
		return nil
	}
	var matching []Override
	for _, o := range s.Overrides {
		if slices.ContainsFunc(o.Paths, func(glob string) bool { return doublestar.MatchUnvalidated(glob, name) }) {
			matching = append(matching, o)
		}
	}
	return matching
}

// relative is a path seen from Dir, separated by slashes. It fails for Dir itself and what is not below it.
func (s *Settings) relative(path string) (string, bool) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", false
	}
	name, err := filepath.Rel(s.Dir, abs)
	if err != nil || name == "." || !filepath.IsLocal(name) {
		return "", false
	}
	return filepath.ToSlash(name), true
}
