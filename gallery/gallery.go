// Package gallery holds the patterns of browser-native Python that the program carries, a folder each, and what they
// share: a stylesheet, and the wheel of the Python package bridge. A pattern is known by the name of its folder.
package gallery

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pyodide-ls/analysis"
)

// All that stands here: a new pattern is a folder and a line of the narrative. Without "all:", what begins with an
// underscore would be left out, every __init__.py among it.
//
//go:embed all:*
var embedded embed.FS

// Pattern is a folder of the gallery, in the words of its README.
type Pattern struct {
	Name    string // of its folder
	Part    string // of the narrative
	Title   string // what it gives, in one line
	Summary string // its first paragraph, as Markdown in one line
	Picture bool   // whether it has a Picture
	Plain   bool   // whether its pages are not cross-origin isolated, as those of all others are
}

// The files of a pattern that have a meaning by their names.
const (
	Readme  = "README.md"
	Page    = "index.html"
	Picture = "picture.png" // of the page as it runs
	Style   = "style.css"   // of all patterns
	Expect  = "expect.json" // what is expected of it in a browser
)

// Part is a part of the narrative, in the words of the gallery's README.
type Part struct {
	Title string
	Intro string // its first paragraph, as Markdown in one line
}

// Parts is the parts of the narrative, in their order.
func Parts() []Part { return parts(embedded) }

func parts(files fs.FS) (all []Part) {
	readme, _ := fs.ReadFile(files, Readme) //nolint:errcheck // without it they have no intros
	for _, part := range narrative {
		_, section, _ := strings.Cut(string(readme), "\n## "+part.title+"\n")
		_, intro := opening("\n" + section)
		all = append(all, Part{part.title, intro})
	}
	return all
}

// All is every pattern, in the order of the narrative.
func All() []Pattern { return all(embedded) }

// Folder is the files of a pattern as they are copied and served: its own, and of what all share those that its own
// name. The error for a name that is none suggests one that is.
func Folder(name string) (fs.FS, error) { return folder(embedded, name) }

func all(files fs.FS) []Pattern {
	patterns := []Pattern{}
	for _, part := range narrative {
		for _, name := range part.patterns {
			readme, err := fs.ReadFile(files, path.Join(name, Readme))
			if err != nil {
				continue
			}
			p := Pattern{Name: name, Part: part.title}
			p.Title, p.Summary = opening(string(readme))
			_, err = fs.Stat(files, path.Join(name, Picture))
			p.Picture = err == nil
			p.Plain = isPlain(files, name)
			patterns = append(patterns, p)
		}
	}
	return patterns
}

// opening is the title of a README, without the name before it, and its first paragraph.
func opening(readme string) (title, summary string) {
	first, rest, _ := strings.Cut(readme, "\n")
	if _, title, _ = strings.Cut(first, ": "); title == "" {
		title = strings.TrimPrefix(first, "# ")
	}
	for paragraph := range strings.SplitSeq(rest, "\n\n") {
		if words := strings.Fields(paragraph); len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			return title, strings.Join(words, " ")
		}
	}
	return title, ""
}

// isPlain says whether what is expected of a pattern is expected of pages that are not isolated.
func isPlain(files fs.FS, name string) bool {
	text, err := fs.ReadFile(files, path.Join(name, Expect))
	if err != nil {
		return false
	}
	var expected struct{ Isolated *bool }
	err = json.Unmarshal(text, &expected)
	return err == nil && expected.Isolated != nil && !*expected.Isolated
}

func folder(files fs.FS, name string) (fs.FS, error) {
	names := []string{}
	for _, p := range all(files) {
		names = append(names, p.Name)
	}
	if !slices.Contains(names, name) {
		if near := analysis.Nearest(name, names); near != "" {
			return nil, fmt.Errorf("there is no pattern %q; did you mean %s?", name, near)
		}
		return nil, fmt.Errorf("there is no pattern %q; the patterns are %s", name, strings.Join(names, ", "))
	}
	entries, err := entriesIn(files, name)
	if err != nil {
		return nil, err
	}
	for _, shared := range []struct {
		name string
		read func() ([]byte, error)
	}{
		{Style, func() ([]byte, error) { return fs.ReadFile(files, Style) }},
		{WheelFile, func() ([]byte, error) { return wheel(files) }},
	} {
		if entries[shared.name] != nil || !named(shared.name, entries) {
			continue
		}
		if entries[shared.name], err = shared.read(); err != nil {
			return nil, fmt.Errorf("%s of %s: %w", shared.name, name, err)
		}
	}
	return archived(entries)
}

// entriesIn is what stands in the files of a folder, by their paths in it, without what tools leave behind.
func entriesIn(files fs.FS, dir string) (map[string][]byte, error) {
	entries := map[string][]byte{}
	err := fs.WalkDir(files, dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name != dir && isJunk(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		}
		entries[strings.TrimPrefix(name, dir+"/")], err = fs.ReadFile(files, name)
		return err
	})
	return entries, err
}

func isJunk(name string) bool {
	return strings.HasPrefix(name, ".") || name == "__pycache__" || name == "node_modules" || strings.HasSuffix(name, ".pyc")
}

// named says whether one of the texts names a file.
func named(file string, texts map[string][]byte) bool {
	name := regexp.MustCompile(`(^|[^\w.-])` + regexp.QuoteMeta(file) + `($|[^\w.-]|\.($|\W))`)
	for _, text := range texts {
		if utf8.Valid(text) && name.Match(text) {
			return true
		}
	}
	return false
}
