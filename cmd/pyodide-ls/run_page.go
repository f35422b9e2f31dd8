package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
)

// isPage says by its name whether a file is a page.
func isPage(file string) bool {
	ending := strings.ToLower(filepath.Ext(file))
	return ending == ".html" || ending == ".htm"
}

// named is the file that is run for what was named: of a folder, its page. It fails for what cannot be run.
func named(file string) (string, error) {
	info, err := os.Stat(file)
	if err == nil && info.IsDir() {
		page := filepath.Join(file, "index.html")
		if _, err := os.Stat(page); err != nil {
			return "", fmt.Errorf("%s is a folder without an index.html: name a page or a file of Python in it", file)
		}
		return page, nil
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &noFileError{file}
	case err != nil:
		return "", err
	case !isPage(file) && !strings.EqualFold(filepath.Ext(file), ".py"):
		return "", fmt.Errorf("%s is neither a file of Python, whose name ends in .py, nor a page, whose name ends in .html", file)
	}
	return file, nil
}

// noFileError says that there is no file of a name.
type noFileError struct{ name string }

func (e *noFileError) Error() string        { return e.name + ": no such file" }
func (e *noFileError) Is(target error) bool { return target == fs.ErrNotExist }

// tops are what stands in the top folder of a project.
var tops = []string{".git", "pyproject.toml", "pyodide-ls.toml", "package.json"}

// rootOf is the folder from which a page is served, the top of its project, and the page's path from there: pages name
// what they load from the top as well. Without a project it is the page's own folder.
func (f *runFlags) rootOf(file string) (root, page string, err error) {
	whole, err := filepath.Abs(file)
	if err != nil {
		return "", "", err
	}
	if f.top != "" {
		page, err = filepath.Rel(f.top, whole)
		return f.top, filepath.ToSlash(page), err
	}
	root = filepath.Dir(whole)
	for dir := root; ; dir = filepath.Dir(dir) {
		if slices.ContainsFunc(tops, func(name string) bool { return exists(filepath.Join(dir, name)) }) {
			root = dir
			break
		}
		if filepath.Dir(dir) == dir {
			break
		}
	}
	page, err = filepath.Rel(root, whole)
	return root, filepath.ToSlash(page), err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// site is what is served: the project, the Pyodide, and the PyScript that a page loads.
func (f *runFlags) site(ctx context.Context, root fs.FS, p runPlan) (preview.Site, error) {
	site := preview.Site{Root: root, Isolated: !f.noIsolation}
	local := p.dist.Dir != ""
	if local {
		site.Pyodide = map[string]fs.FS{p.dist.Version: os.DirFS(p.dist.Dir)}
	}
	if p.page == "" {
		return site, nil
	}
	site.Watch = &preview.Watch{NoJSPI: f.noJSPI, Silence: f.silence}
	if !local {
		return site, nil // the page loads what it names from where it names it
	}
	site.Watch.Pyodide = p.dist.Version
	text, err := fs.ReadFile(root, p.page)
	if err != nil {
		return site, err
	}
	if !strings.Contains(string(text), "pyscript") {
		return site, nil
	}
	if dir, _, err := dist.Fetch(ctx, "", dist.PyScript(p.dist.Line)); err == nil { // else it is loaded as it is named
		site.PyScript = map[string]fs.FS{p.dist.Version: os.DirFS(filepath.Join(dir, "dist"))}
	}
	return site, nil
}

// fromHere names the files of a page's project as they are found from the current folder.
func (p runPlan) fromHere(o *analysis.Observation) {
	here, err := os.Getwd()
	if p.page == "" || err != nil {
		return
	}
	for _, site := range []*analysis.Site{o.At, o.Made} {
		if site == nil || !filepath.IsLocal(site.File) || !exists(filepath.Join(p.root, site.File)) {
			continue // of Pyodide's own file system
		}
		if name, err := filepath.Rel(here, filepath.Join(p.root, site.File)); err == nil {
			site.File = filepath.ToSlash(name)
		}
	}
}
