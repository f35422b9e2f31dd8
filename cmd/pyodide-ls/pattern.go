package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"pyodide-ls/gallery"
	"pyodide-ls/preview/live"
)

// word is what the name of a pattern may look like, and few paths do.
var word = regexp.MustCompile(`^[A-Za-z][\w-]*$`)

func isWord(name string) bool { return word.MatchString(name) }

// patternCopy is a pattern in a folder of its own.
type patternCopy struct {
	pattern gallery.Pattern
	top     string // the folder to be removed
	dir     string // and that of the files, in it
}

// copyPattern copies a pattern into a new folder for a while.
func copyPattern(name string) (p patternCopy, err error) {
	files, err := gallery.Folder(name)
	if err != nil {
		return p, err
	}
	all := gallery.All()
	p.pattern = all[slices.IndexFunc(all, func(g gallery.Pattern) bool { return g.Name == name })]
	if p.top, err = os.MkdirTemp("", "pyodide-ls-"); err != nil {
		return p, fmt.Errorf("copy %s: %w", name, err)
	}
	p.dir = filepath.Join(p.top, name)
	if err := os.CopyFS(p.dir, files); err != nil {
		p.remove()
		return p, fmt.Errorf("copy %s: %w", name, err)
	}
	return p, nil
}

func (p patternCopy) remove() { os.RemoveAll(p.top) } //nolint:errcheck // it lies where what is left is cleared away

// patternOptions are those of a preview of a pattern.
func (f *previewFlags) patternOptions(ctx context.Context, p patternCopy) (live.Options, error) {
	flags := f.runFlags
	flags.format, flags.colour, flags.top = "text", "auto", p.dir
	flags.noIsolation = flags.noIsolation || p.pattern.Plain
	options, err := flags.options(ctx, filepath.Join(p.dir, gallery.Page))
	options.Title = p.pattern.Name
	return options, err
}
