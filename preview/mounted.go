package preview

import (
	"io"
	"io/fs"
	"net/http"
	"strings"

	"pyodide-ls/preview/serve"
)

// mounted serves the files of a Pyodide. What the package of npm lacks, such as the wheels of numpy, it leaves to the
// content network.
type mounted struct {
	prefix, version string
	files           fs.FS
	rest            http.Handler
	hook            func(name, text string) string // changes the scripts that load it; nil leaves them as they are
}

func (e *Engine) mounted(version string, files fs.FS) *mounted {
	r := &mounted{prefix: PyodideAt(version), version: version, files: files}
	r.rest = serve.Files(r.prefix, files)
	if e.site.Watch != nil {
		r.hook = e.hook
	}
	return r
}

func (r *mounted) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	name := strings.TrimPrefix(request.URL.Path, r.prefix)
	loads := name == "pyodide.mjs" || name == "pyodide.js"
	switch {
	case loads && r.hook != nil && !request.URL.Query().Has("real"):
		text, err := fs.ReadFile(r.files, name)
		if err != nil {
			http.NotFound(w, request)
			return
		}
		w.Header().Set("Content-Type", serve.TypeOf(name))
		io.WriteString(w, r.hook(name, string(text))) //nolint:errcheck // the page may be gone
	case r.lacks(name):
		w.Header().Set("Location", "https://cdn.jsdelivr.net/pyodide/v"+r.version+"/full/"+name)
		w.WriteHeader(http.StatusTemporaryRedirect)
	default:
		r.rest.ServeHTTP(w, request)
	}
}

// lacks says whether a name is one of a file that the content network may have.
func (r *mounted) lacks(name string) bool {
	if name == "" || strings.HasPrefix(name, ".") || strings.Contains(name, "/") {
		return false
	}
	_, err := fs.Stat(r.files, name)
	return err != nil
}
