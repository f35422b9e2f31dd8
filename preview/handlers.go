package preview

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"strings"

	"pyodide-ls/preview/serve"
)

// handlers are what answers beside the files of the project and of our pages.
func (e *Engine) handlers(page fs.FS) (map[string]http.Handler, error) {
	all := map[string]http.Handler{shown: http.HandlerFunc(e.text), workerPath: http.HandlerFunc(worker)}
	for version, files := range e.site.Pyodide {
		all[PyodideAt(version)] = e.mounted(version, files)
	}
	for version, files := range e.site.PyScript {
		all[pyScriptAt(version)] = e.localized(pyScriptAt(version), PyodideAt(version), files)
	}
	if e.site.Watch != nil {
		if err := watchers(page, all); err != nil {
			return nil, err
		}
	}
	maps.Copy(all, e.site.Handlers)
	return all, nil
}

// watchers adds the scripts that watch pages which stand as they are.
func watchers(page fs.FS, all map[string]http.Handler) error {
	for _, name := range []string{"first", "hooked"} {
		text, err := classic(page, name)
		if err != nil {
			return err
		}
		all[ours+"page/"+name+".js"] = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", serve.TypeOf(".js"))
			io.WriteString(w, text) //nolint:errcheck // the page may be gone
		})
	}
	return nil
}

// workerPath is where the worker's script stands that runs programs: its relative addresses are those of the project.
const workerPath = "/.pyodide-ls-worker.mjs"

func worker(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", serve.TypeOf(workerPath))
	fmt.Fprintf(w, "import %q;\n", ours+"page/worker.mjs")
}

// text answers with a page that is shown as it is.
func (e *Engine) text(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	text, known := e.texts[strings.TrimPrefix(r.URL.Path, shown)]
	e.mu.Unlock()
	if !known {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, text) //nolint:errcheck // the page may be gone
}

// localized serves scripts that load a Pyodide from the content network, and has them load one of the server's.
func (e *Engine) localized(at, pyodide string, files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, at)
		data, err := fs.ReadFile(files, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", serve.TypeOf(name))
		io.WriteString(w, Local(string(data), e.Address(pyodide))) //nolint:errcheck // the page may be gone
	})
}
