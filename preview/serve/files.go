package serve

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// maxTransformed is the size in bytes from which on a file is served as it is.
const maxTransformed = 8 << 20

// folder serves the files of a tree below a prefix.
type folder struct {
	files     fs.FS
	prefix    string
	immutable bool
	transform func(path, contentType string, body []byte) []byte // or nil
}

// Files is what serves a folder that never changes, for handlers that serve some of its files otherwise.
func Files(prefix string, files fs.FS) http.Handler {
	return &folder{files: files, prefix: prefix, immutable: true}
}

// ServeHTTP serves a file, or a folder's index.html. What cannot be opened is not found, whatever the system says
// of it, which might name the place of the folder.
func (f *folder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, f.prefix)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) || hidden(name) {
		notFound(w)
		return
	}
	info, err := fs.Stat(f.files, name) // before it is opened: to open a pipe waits for a writer
	switch {
	case err == nil && info.IsDir():
		withSlash(w, r)
		return
	case err != nil || !info.Mode().IsRegular():
		notFound(w)
		return
	}
	file, err := f.files.Open(name)
	if err != nil {
		notFound(w)
		return
	}
	defer file.Close()
	if f.immutable {
		// The cookie is another in each run, so what the browser has kept from an earlier one on the same port,
		// under other headers, is not taken.
		w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
		w.Header().Set("Vary", "Cookie")
	}
	contentType := TypeOf(name)
	w.Header().Set("Content-Type", contentType)
	if f.transform != nil && transformable(contentType) && info.Size() < maxTransformed {
		f.sendTransformed(w, r, file, name)
		return
	}
	send(w, r, file)
}

// hidden says whether a file or a folder on the way to it begins with a dot, as those do that hold secrets: .env,
// .git.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.Contains(name, "/.") }

func notFound(w http.ResponseWriter) { refuse(w, http.StatusNotFound, "There is no such file here.") }

// unread answers for a file that was opened and cannot be read. The headers that were meant for it go.
func unread(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	refuse(w, http.StatusInternalServerError, "The file could not be read.")
}

// withSlash leads to a folder's path with the slash. The path has one slash at its beginning, see plain, so it
// leads to no other host.
func withSlash(w http.ResponseWriter, r *http.Request) {
	to := url.URL{Path: r.URL.Path + "/", RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", to.String())
	w.WriteHeader(http.StatusTemporaryRedirect)
}

// send sends a file as it is, or the range that is asked for. It sends no validators: what is not kept needs none,
// nor what never changes.
func send(w http.ResponseWriter, r *http.Request, file fs.File) {
	content, ok := file.(io.ReadSeeker)
	if !ok { // a file in an archive
		body, err := io.ReadAll(file)
		if err != nil {
			unread(w)
			return
		}
		content = bytes.NewReader(body)
	}
	http.ServeContent(w, r, "", time.Time{}, content)
}

// sendTransformed sends a whole file as the transformation makes it. It sends no ranges, as the transformation
// may make of the same file another text the next time.
func (f *folder) sendTransformed(w http.ResponseWriter, r *http.Request, file fs.File, name string) {
	body, err := io.ReadAll(file)
	if err != nil {
		unread(w)
		return
	}
	body = f.transform(name, w.Header().Get("Content-Type"), body)
	w.Header().Set("Accept-Ranges", "none")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}
