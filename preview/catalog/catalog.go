// Package catalog shows the gallery in the reader's own browser: a card for each pattern, its README as a page, and a
// preview of it when it is asked for. It answers the reader alone, as the preview's servers do.
package catalog

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"unicode/utf8"

	"pyodide-ls/gallery"
	"pyodide-ls/preview/live"
	"pyodide-ls/preview/serve"
)

//go:embed page
var embedded embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{"inline": inline}).ParseFS(embedded, "page/*.tmpl"))

// Options say what is shown.
type Options struct {
	Port     int // 0 for a free one
	Patterns []gallery.Pattern
	Parts    []gallery.Part                      // whose titles the patterns name
	Folder   func(pattern string) (fs.FS, error) // the files of one
	Rule     func(name string) (page string, ok bool)

	// Run shows a pattern running and gives the address where. It is called for each time that somebody asks for one.
	Run func(ctx context.Context, pattern string) (address string, err error)
}

// Catalog is one that is shown until it is closed.
type Catalog struct {
	options Options
	server  *serve.Server
}

// Start starts a catalog. It fails when the port cannot be had.
func Start(o Options) (*Catalog, error) {
	page, err := fs.Sub(embedded, "page")
	if err != nil {
		return nil, err
	}
	c := &Catalog{options: o}
	shared := http.FileServerFS(live.Console())
	c.server, err = serve.Start(serve.Options{Port: o.Port, Handlers: map[string]http.Handler{
		"/":            http.HandlerFunc(c.index),
		"/run/":        c.of("/run/", c.run),
		"/pattern/":    c.of("/pattern/", c.pattern),
		"/rule/":       c.of("/rule/", c.rule),
		"/catalog.mjs": http.FileServerFS(page),
		"/catalog.css": http.FileServerFS(page),
		"/text.css":    http.FileServerFS(page),
		"/theme.css":   shared,
		"/icon.svg":    shared,
	}})
	return c, err
}

// URL is the address to open. Whoever has it is let in.
func (c *Catalog) URL() string { return c.server.URL("/") }

// Close ends it.
func (c *Catalog) Close() error { return c.server.Close() }

// of hands a handler what stands behind a prefix.
func (c *Catalog) of(prefix string, handle func(w http.ResponseWriter, r *http.Request, rest string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handle(w, r, strings.TrimPrefix(r.URL.Path, prefix))
	})
}

// shownPart is a part with its patterns.
type shownPart struct {
	gallery.Part
	Patterns []gallery.Pattern
}

func (c *Catalog) index(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		c.fail(w, http.StatusNotFound, "There is no such page here.", "")
		return
	}
	var parts []shownPart
	for _, part := range c.options.Parts {
		shown := shownPart{Part: part}
		for _, p := range c.options.Patterns {
			if p.Part == part.Title {
				shown.Patterns = append(shown.Patterns, p)
			}
		}
		if len(shown.Patterns) > 0 {
			parts = append(parts, shown)
		}
	}
	send(w, http.StatusOK, "index.tmpl", parts)
}

// run has a pattern run and leads to where it does.
func (c *Catalog) run(w http.ResponseWriter, r *http.Request, name string) {
	if c.named(name) == nil {
		c.fail(w, http.StatusNotFound, "There is no such pattern.", "")
		return
	}
	address, err := c.options.Run(r.Context(), name)
	if err != nil {
		c.fail(w, http.StatusInternalServerError, name+" could not be shown.", err.Error())
		return
	}
	w.Header().Set("Location", address)
	w.WriteHeader(http.StatusSeeOther)
}

// pattern shows the README of a pattern, and the other files as their texts.
func (c *Catalog) pattern(w http.ResponseWriter, r *http.Request, rest string) {
	name, file, inside := strings.Cut(rest, "/")
	p := c.named(name)
	if p == nil {
		c.fail(w, http.StatusNotFound, "There is no such pattern.", "")
		return
	}
	if !inside {
		w.Header().Set("Location", "/pattern/"+name+"/")
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	files, err := c.options.Folder(name)
	if err != nil {
		c.fail(w, http.StatusInternalServerError, name+" could not be read.", err.Error())
		return
	}
	if file != "" && file != gallery.Readme {
		c.text(w, files, file)
		return
	}
	readme, err := fs.ReadFile(files, gallery.Readme)
	if err != nil {
		c.fail(w, http.StatusInternalServerError, name+" could not be read.", err.Error())
		return
	}
	body, err := c.rendered(string(readme), "gallery/"+name+"/")
	if err != nil {
		c.fail(w, http.StatusInternalServerError, name+" could not be read.", err.Error())
		return
	}
	send(w, http.StatusOK, "pattern.tmpl", map[string]any{"Pattern": p, "Body": body, "Files": names(files)})
}

// text shows a file as it is written. None of them runs here, pages and scripts least of all.
func (c *Catalog) text(w http.ResponseWriter, files fs.FS, file string) {
	if !fs.ValidPath(file) {
		c.fail(w, http.StatusNotFound, "There is no such file.", "")
		return
	}
	data, err := fs.ReadFile(files, file)
	if err != nil {
		c.fail(w, http.StatusNotFound, "There is no such file.", "")
		return
	}
	switch {
	case file == gallery.Picture:
		w.Header().Set("Content-Type", serve.TypeOf(file))
	case utf8.Valid(data):
		w.Header().Set("Content-Type", serve.TypeOf(".txt"))
	default:
		w.Header().Set("Content-Type", serve.TypeOf(".bin"))
	}
	w.Write(data) //nolint:errcheck // the page may be gone
}

// rule shows the page of a rule.
func (c *Catalog) rule(w http.ResponseWriter, _ *http.Request, name string) {
	page, ok := c.options.Rule(name)
	if !ok {
		c.fail(w, http.StatusNotFound, "There is no such rule.", "")
		return
	}
	body, err := c.rendered(page, "rules/"+name+"/")
	if err != nil {
		c.fail(w, http.StatusInternalServerError, name+" could not be read.", err.Error())
		return
	}
	send(w, http.StatusOK, "rule.tmpl", map[string]any{"Name": name, "Body": body})
}

func (c *Catalog) named(name string) *gallery.Pattern {
	for i := range c.options.Patterns {
		if c.options.Patterns[i].Name == name {
			return &c.options.Patterns[i]
		}
	}
	return nil
}

// names are the files that a reader may want to see, the README apart.
func names(files fs.FS) (all []string) {
	//nolint:errcheck // what cannot be read is left out
	fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && name != gallery.Readme && name != gallery.Picture && !strings.HasSuffix(name, ".whl") {
			all = append(all, name)
		}
		return nil
	})
	return all
}

// fail says what went wrong, and the way back.
func (c *Catalog) fail(w http.ResponseWriter, status int, what, why string) {
	send(w, status, "fail.tmpl", map[string]any{"What": what, "Why": why})
}

// send sends one of the pages.
func send(w http.ResponseWriter, status int, page string, data any) {
	var text bytes.Buffer
	if err := pages.ExecuteTemplate(&text, page, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", serve.TypeOf(".html"))
	w.WriteHeader(status)
	text.WriteTo(w) //nolint:errcheck // the page may be gone
}
