package config

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"

	"pyodide-ls/analysis/walk/gitignore"
)

// The files that settings stand in, in the order in which they are asked.
const (
	ownFile    = "pyodide-ls.toml"
	sharedFile = "pyproject.toml"
	section    = "pyodide-ls" // below [tool] in the shared file
)

// Names says whether settings stand in a file of that name.
func Names(name string) bool { return name == ownFile || name == sharedFile }

// Known is what a settings file may name.
type Known struct {
	Rules    []string           // the names of the rules that exist
	Versions func(string) error // says what is wrong with a set of Pyodide's versions; nil takes any
}

// Parse reads the text of a settings file. For a pyproject.toml
// that says nothing of this tool it returns nil and no error. An error is an *Error, or several joined in
// the order of their places.
func Parse(path string, data []byte, known Known) (*Settings, error) {
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return nil, &Error{Path: path, Message: err.Error()}
	}
	c := &checker{path: path, text: strings.TrimPrefix(string(data), "\uFEFF"), known: known}
	c.mark = len(data) - len(c.text)
	shared := filepath.Base(path) == sharedFile
	if shared && !strings.Contains(c.text, section) {
		return nil, nil // whatever is wrong with it, other tools report it
	}
	table := c.decode()
	if table != nil && shared {
		table = c.section(table)
	}
	var s *Settings
	if table != nil {
		s = c.settings(table)
		s.Path, s.Dir = path, dir
	}
	if len(c.errs) > 0 {
		return nil, c.join()
	}
	return s, nil
}

// checker turns values into settings, and notes what is wrong with them.
type checker struct {
	path  string
	text  string // without byte order mark
	mark  int    // the bytes of that
	known Known
	errs  []*Error
}

// fail notes a trouble at a byte of the text.
func (c *checker) fail(at int, format string, args ...any) *Error {
	before := c.text[:at]
	start := strings.LastIndexByte(before, '\n') + 1
	e := &Error{
		Path:    c.path,
		Line:    c.line(at),
		Column:  1 + utf8.RuneCountInString(before[start:]),
		Message: fmt.Sprintf(format, args...),
		Start:   c.mark + at,
		End:     c.mark + at + wordAt(c.text[at:]),
	}
	c.errs = append(c.errs, e)
	return e
}

// line is the line of a byte of the text, counted from 1.
func (c *checker) line(at int) int { return 1 + strings.Count(c.text[:at], "\n") }

// wordAt is for how many bytes the key or the value goes on that a text begins with.
func wordAt(text string) int {
	if text == "" {
		return 0
	}
	if quote := text[0]; quote == '"' || quote == '\'' {
		if end := strings.IndexByte(text[1:], quote); end >= 0 {
			return end + 2
		}
	}
	if end := strings.IndexAny(text, " \t\r\n=,#.[]{}"); end >= 0 {
		return end
	}
	return len(text)
}

// misspelt notes a trouble with a word that is none of those that are known, and which of them is most likely meant.
func (c *checker) misspelt(at int, word string, known []string, otherwise, format string, args ...any) {
	near := nearest(word, known)
	if near == "" {
		c.fail(at, format+"%s", append(args, otherwise)...)
		return
	}
	e := c.fail(at, format+"; did you mean %q?", append(args, near)...)
	if e.Instead = near; at < len(c.text) && (c.text[at] == '"' || c.text[at] == '\'') {
		e.Instead = c.text[at:at+1] + near + c.text[at:at+1]
	}
}

// join is all troubles as one error.
func (c *checker) join() error {
	slices.SortStableFunc(c.errs, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	if len(c.errs) == 1 {
		return c.errs[0]
	}
	all := make([]error, len(c.errs))
	for i, err := range c.errs {
		all[i] = err
	}
	return errors.Join(all...)
}

// decode reads the text, or notes why it is not TOML and returns nil.
func (c *checker) decode() *value {
	if !utf8.ValidString(c.text) {
		c.fail(validPrefix(c.text), "invalid UTF-8")
		return nil
	}
	table, err := decode(c.text)
	if err != nil {
		at, message := SyntaxError(c.text, err)
		c.fail(at, "%s", message)
		return nil
	}
	return table
}

// validPrefix is how many bytes of a text come before the first that is not UTF-8.
func validPrefix(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return len(text)
}

// section is the table of this tool in a pyproject.toml, or nil.
func (c *checker) section(root *value) *value {
	tool := root.get("tool")
	if tool == nil || tool.kind != aTable {
		return nil
	}
	table := tool.get(section)
	if table != nil && table.kind != aTable {
		c.fail(table.at, "tool.%s must be a table, not %s", section, table.kind)
		return nil
	}
	return table
}

func (c *checker) settings(table *value) *Settings {
	s := &Settings{lines: c.note(table)}
	for _, e := range table.entries {
		switch e.key {
		case "exclude":
			s.Exclude, s.exclude = c.exclude(e)
		case "realm":
			s.Realm = c.realm(e)
		case "target-version":
			s.Target = c.target(e)
		case "jspi":
			s.JSPI = c.jspi(e)
		case "rules":
			s.Rules = c.levels(e)
		case "overrides":
			s.Overrides = c.overrides(e)
		case "calls":
			s.Calls = c.calls(e)
		default:
			c.unknownKey(e, "exclude", "realm", "target-version", "jspi", "rules", "overrides", "calls")
		}
	}
	return s
}

func (c *checker) overrides(e entry) []Override {
	if e.value.kind != aList {
		c.fail(e.value.at, "overrides must be a list of tables, each written [[overrides]], not %s", e.value.kind)
		return nil
	}
	var overrides []Override
	for _, item := range e.value.items {
		if item.kind != aTable {
			c.fail(item.at, "an override must be a table, not %s", item.kind)
			continue
		}
		overrides = append(overrides, c.override(item))
	}
	return overrides
}

func (c *checker) override(table *value) Override {
	o := Override{lines: c.note(table)}
	for _, e := range table.entries {
		switch e.key {
		case "paths":
			o.Paths = c.paths(e)
		case "realm":
			o.Realm = c.realm(e)
		case "target-version":
			o.Target = c.target(e)
		case "jspi":
			o.JSPI = c.jspi(e)
		case "rules":
			o.Rules = c.levels(e)
		default:
			c.unknownKey(e, "paths", "realm", "target-version", "jspi", "rules")
		}
	}
	if table.get("paths") == nil {
		c.fail(table.at, `this override has no paths: say what it is for, as in paths = ["workers/**"]`)
	}
	return o
}

// exclude reads patterns in the language of .gitignore.
func (c *checker) exclude(e entry) ([]string, gitignore.Rules) {
	var patterns []string
	var rules gitignore.Rules
	for _, item := range c.list(e) {
		rule, err := gitignore.ParseRule(item.text)
		if err != nil {
			c.fail(item.at, "exclude pattern %q %v", item.text, err)
			continue
		}
		patterns, rules = append(patterns, item.text), append(rules, rule)
	}
	return patterns, rules
}

// paths reads the globs of an override.
func (c *checker) paths(e entry) []string {
	var globs []string
	for _, item := range c.list(e) {
		glob := item.text
		switch {
		case glob == "" || !doublestar.ValidatePattern(glob):
			c.fail(item.at, "%q is not a valid glob", glob)
		case strings.HasSuffix(glob, "/"):
			c.fail(item.at, "%q matches no file; did you mean %q?", glob, glob+"**")
		case slices.ContainsFunc(strings.Split(glob, "/"), func(part string) bool { return part == "" || part == "." || part == ".." }):
			c.fail(item.at, `%q matches no file: paths are relative to the folder of this file, as in "workers/**"`, glob)
		default:
			globs = append(globs, glob)
		}
	}
	if e.value.kind == aList && len(e.value.items) == 0 {
		c.fail(e.value.at, `paths is empty: say what the override is for, as in paths = ["workers/**"]`)
	}
	return globs
}

// list reads a list of strings, and leaves out what is none.
func (c *checker) list(e entry) []*value {
	if e.value.kind != aList {
		c.fail(e.value.at, "%s must be a list of strings, not %s", e.key, e.value.kind)
		return nil
	}
	return slices.DeleteFunc(slices.Clone(e.value.items), func(item *value) bool {
		if item.kind != aString {
			c.fail(item.at, "%s must be a list of strings, and this is %s", e.key, item.kind)
		}
		return item.kind != aString
	})
}

func (c *checker) realm(e entry) string {
	switch {
	case e.value.kind != aString:
		c.fail(e.value.at, "realm must be a string, not %s: one of %s", e.value.kind, oneOf(realms))
	case !slices.Contains(realms, e.value.text):
		c.misspelt(e.value.at, e.value.text, realms, "; it must be one of "+oneOf(realms), "unknown realm %q", e.value.text)
	}
	return e.value.text
}

// target reads versions of Pyodide.
func (c *checker) target(e entry) string {
	if e.value.kind != aString {
		c.fail(e.value.at, `target-version must be a string, not %s, as in target-version = "0.28"`, e.value.kind)
		return ""
	}
	if c.known.Versions != nil {
		if err := c.known.Versions(e.value.text); err != nil {
			c.fail(e.value.at, "%s", err)
		}
	}
	return e.value.text
}

func (c *checker) jspi(e entry) *bool {
	if e.value.kind != aBool {
		c.fail(e.value.at, "jspi must be true or false, not %s", e.value.kind)
		return nil
	}
	return &e.value.truth
}

// levels reads a table from names of rules to levels.
func (c *checker) levels(e entry) map[string]Level {
	if e.value.kind != aTable {
		c.fail(e.value.at, `rules must be a table from rules to levels, as in rules = { some-rule = "off" }, not %s`, e.value.kind)
		return nil
	}
	byRule := map[string]Level{}
	for _, pair := range e.value.entries {
		if !slices.Contains(c.known.Rules, pair.key) {
			c.misspelt(pair.at, pair.key, c.known.Rules, "", "unknown rule %q", pair.key)
		}
		switch level := Level(pair.value.text); {
		case pair.value.kind != aString:
			c.fail(pair.value.at, "a level must be a string, not %s: one of %s", pair.value.kind, oneOf(levels))
		case !slices.Contains(levels, level):
			c.misspelt(pair.value.at, pair.value.text, words(levels), "; it must be one of "+oneOf(levels), "unknown level %q", level)
		default:
			byRule[pair.key] = level
		}
	}
	return byRule
}

func (c *checker) unknownKey(e entry, known ...string) {
	c.misspelt(e.at, e.key, known, "; the keys here are "+oneOf(known), "unknown key %q", e.key)
}

func words(levels []Level) (all []string) {
	for _, level := range levels {
		all = append(all, string(level))
	}
	return all
}

func oneOf[T ~string](words []T) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	return strings.Join(quoted, ", ")
}
