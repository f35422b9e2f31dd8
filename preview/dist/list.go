package dist

import (
	"path/filepath"

	"pyodide-ls/analysis/pyodide"
)

// Item is something that is pinned, and what a cache has of it.
type Item struct {
	Package string
	Version string
	Lines   pyodide.Versions // that it is of or for
	Place   string           // the folder or file in the cache; empty if it is not there, or broken
	Bytes   int64            // that it takes in the cache
}

// List is all that is pinned. An empty cache is CacheDir; it fails where that is not known.
func List(cache string) ([]Item, error) {
	c, err := open(cache, installed)
	if err != nil {
		return nil, err
	}
	all := make([]Item, 0, len(releases)+len(wheels))
	for _, r := range releases {
		all = append(all, c.item(r))
	}
	for _, w := range wheels {
		item := Item{Package: w.Name, Version: w.Version, Lines: w.Lines}
		if file, ok := w.Cached(c.dir); ok {
			item.Place, item.Bytes = file, w.Size
		}
		all = append(all, item)
	}
	return all, nil
}

func (c cache) item(r Release) Item {
	item := Item{Package: r.Package, Version: r.Version, Lines: pyodide.Only(r.Line)}
	dir, ok := r.Cached(c.dir)
	if !ok {
		return item
	}
	item.Place = dir
	var m marker
	if readJSON(filepath.Join(dir, markerName), &m) {
		for _, size := range m.Files {
			item.Bytes += size
		}
	}
	return item
}
