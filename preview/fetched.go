package preview

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist"
)

// Fetched is a site that has the Pyodides of all lines, and the PyScripts that load them, out of the cache; releases are
// the names of the versions, by line. It fails when one is not in the cache and cannot be fetched.
func Fetched(ctx context.Context) (site Site, releases map[pyodide.Version]string, err error) {
	site = Site{Pyodide: map[string]fs.FS{}, PyScript: map[string]fs.FS{}}
	releases = map[pyodide.Version]string{}
	for _, line := range pyodide.AllVersions.Each() {
		own, script := dist.Pyodide(line), dist.PyScript(line)
		files, _, err := dist.Fetch(ctx, "", own)
		if err != nil {
			return site, nil, err
		}
		scripts, _, err := dist.Fetch(ctx, "", script)
		if err != nil {
			return site, nil, err
		}
		releases[line] = own.Version
		site.Pyodide[own.Version] = os.DirFS(files)
		site.PyScript[own.Version] = os.DirFS(filepath.Join(scripts, "dist"))
	}
	return site, releases, nil
}
