package walk

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pyodide-ls/analysis/walk/gitignore"
)

// scope is the ignore rules that hold in a folder: those of one file, and below them those of the folders
// above. A nil scope ignores nothing.
type scope struct {
	rules gitignore.Rules
	skip  int // bytes of a way that lead to the folder of the rules, with the slash
	above *scope
}

// ignores asks the nearest rules first. The folders above the way are not asked about: they were entered.
func (s *scope) ignores(way string, dir bool) bool {
	for ; s != nil; s = s.above {
		switch s.rules.Match(way[s.skip:], dir) {
		case gitignore.Ignored:
			return true
		case gitignore.Kept:
			return false
		}
	}
	return false
}

// above finds the ignore rules that hold in a folder before its own are read: those from the top of its
// repository down, so that to check a folder and to check the whole repository agree. The way leads from
// the origin to the folder.
func (s *search) above(place string) (origin, way string, rules *scope) {
	top, ok := repository(place)
	if s.opts.NoIgnore || !ok || top == place {
		return place, "", nil
	}
	rules = s.lay(nil, excludeFile(top), "")
	down := strings.TrimPrefix(place[len(top):], string(filepath.Separator))
	for folder := range strings.SplitSeq(filepath.ToSlash(down), "/") {
		rules = s.lay(rules, filepath.Join(top, way, ".gitignore"), way)
		way = path.Join(way, folder)
	}
	return top, way, rules
}

// within adds a folder's own rules to those that hold in it. A repository inside another starts afresh.
func (s *search) within(folder, way string, entries []fs.DirEntry, rules *scope) *scope {
	if s.opts.NoIgnore {
		return nil
	}
	if has(entries, ".git") {
		rules = s.lay(nil, excludeFile(folder), way)
	}
	if has(entries, ".gitignore") {
		rules = s.lay(rules, filepath.Join(folder, ".gitignore"), way)
	}
	return rules
}

// lay puts the rules of a file, which speak of the folder at the way, over others. As in git, a link is not
// read.
func (s *search) lay(over *scope, file, way string) *scope {
	info, err := os.Lstat(file)
	if err == nil && !info.Mode().IsRegular() || errors.Is(err, fs.ErrNotExist) {
		return over
	}
	text, err := os.ReadFile(file)
	if err != nil {
		s.trouble(file, err)
		return over
	}
	skip := len(way)
	if way != "" {
		skip++
	}
	return &scope{gitignore.Parse(string(text)), skip, over}
}

// repository is the nearest folder upward that holds a .git.
func repository(place string) (top string, ok bool) {
	for top = place; ; top = filepath.Dir(top) {
		if _, err := os.Lstat(filepath.Join(top, ".git")); err == nil {
			return top, true
		}
		if top == filepath.Dir(top) {
			return "", false
		}
	}
}

// excludeFile is where the repository at a folder keeps the rules that it does not share. In a worktree and
// in a submodule .git is a file that says where the repository's data lie.
func excludeFile(top string) string {
	data := filepath.Join(top, ".git")
	if pointer, err := os.ReadFile(data); err == nil {
		data = from(top, strings.TrimPrefix(string(pointer), "gitdir:"))
		if common, err := os.ReadFile(filepath.Join(data, "commondir")); err == nil {
			data = from(data, string(common))
		}
	}
	return filepath.Join(data, "info", "exclude")
}

// from is where a path that git wrote into a file leads, seen from a folder.
func from(folder, written string) string {
	target := filepath.FromSlash(strings.TrimSpace(written))
	if filepath.IsAbs(target) {
		return target
	}
	return filepath.Join(folder, target)
}

func has(entries []fs.DirEntry, name string) bool {
	_, ok := slices.BinarySearchFunc(entries, name, func(e fs.DirEntry, name string) int {
		return strings.Compare(e.Name(), name)
	})
	return ok
}
