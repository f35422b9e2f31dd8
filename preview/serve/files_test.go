package serve_test

import (
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"pyodide-ls/preview/serve"
)

func TestFiles(t *testing.T) {
	mounts := map[string]fs.FS{
		"/.pyodide-ls/pyodide/0.29.5/": fstest.MapFS{
			"pyodide.mjs": {Data: []byte("load()")}, "sub/index.html": {Data: []byte("<p>mounted")}, ".lock": {Data: []byte("the secret")}},
		"/.pyodide-ls/pyodide/": fstest.MapFS{"0.29.5/other": {Data: []byte("shadowed")}, "x": {Data: []byte("short")}},
	}
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "handled ", r.URL.Path) })
	c := start(t, serve.Options{Root: project(t), Mounts: mounts, Handlers: map[string]http.Handler{
		"/.pyodide-ls/api/": echo, "/.pyodide-ls/exact": echo, "/main.js": echo}})
	for _, test := range []struct {
		name, path string
		status     int
		want       string // the body, or where a redirect leads
	}{
		{"page", "/", 200, "<p>home"},
		{"file", "/index.html", 200, "<p>home"},
		{"query", "/main.py?v=//../x", 200, "0123456789"},
		{"odd name", "/a%20b%25.html", 200, "<p>odd name"},
		{"folder", "/sub/", 200, "<p>sub"},
		{"folder without the slash", "/sub", 307, "/sub/"},
		{"folder with a query", "/sub?x=//evil.com", 307, "/sub/?x=//evil.com"},
		{"link that stays inside", "/in.txt", 200, "notes"},
		{"handler", "/.pyodide-ls/api/a/b", 200, "handled /.pyodide-ls/api/a/b"},
		{"handler before a file", "/main.js", 200, "handled /main.js"},
		{"exact handler", "/.pyodide-ls/exact", 200, "handled /.pyodide-ls/exact"},
		{"mount", "/.pyodide-ls/pyodide/0.29.5/pyodide.mjs", 200, "load()"},
		{"page of a mount", "/.pyodide-ls/pyodide/0.29.5/sub/", 200, "<p>mounted"},
		{"folder of a mount", "/.pyodide-ls/pyodide/0.29.5/sub", 307, "/.pyodide-ls/pyodide/0.29.5/sub/"},
		{"shorter mount", "/.pyodide-ls/pyodide/x", 200, "short"},

		{"longer mount hides the shorter", "/.pyodide-ls/pyodide/0.29.5/other", 404, ""},
		{"below an exact handler", "/.pyodide-ls/exact/x", 404, ""},
		{"nothing of the preview's", "/.pyodide-ls/none", 404, ""},
		{"no such file", "/none.html", 404, ""},
		{"file with a slash", "/main.py/", 404, ""},
		{"below a file", "/main.py/x", 404, ""},
		{"folder without a page is not listed", "/empty/", 404, ""},
		{"mount is not listed", "/.pyodide-ls/pyodide/0.29.5/", 404, ""},
		{"hidden file", "/.env", 404, ""},
		{"hidden file, escaped", "/%2eenv", 404, ""},
		{"hidden folder", "/.git/config", 404, ""},
		{"hidden folder itself", "/.git", 404, ""},
		{"hidden folder further down", "/sub/.hidden/x.txt", 404, ""},
		{"hidden file of a mount", "/.pyodide-ls/pyodide/0.29.5/.lock", 404, ""},
		{"link out of the root", "/out.txt", 404, ""},
		{"folder link out of the root", "/out/secret.txt", 404, ""},
		{"folder link itself", "/out", 404, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := c.get(t, test.path)
			a.is(t, test.status)
			switch test.status {
			case 200:
				if a.body != test.want {
					t.Errorf("body %q, want %q", a.body, test.want)
				}
			case 307:
				a.has(t, "Location: "+test.want)
			default:
				a.has(t, "Cache-Control: no-store", "Location:")
			}
		})
	}
}

func TestNothingServed(t *testing.T) {
	c := start(t, serve.Options{})
	c.get(t, "/").is(t, 404)
	c.get(t, "/.pyodide-ls/socket").is(t, 404)
}

// The paths lead to a file outside, to a hidden one or to another host for whoever decodes them twice, cleans
// them or takes a backslash for a slash.
func TestOddPaths(t *testing.T) {
	c := start(t, serve.Options{Root: project(t), Mounts: map[string]fs.FS{"/m/": fstest.MapFS{"a": {}}}})
	for _, path := range []string{
		"/..", "/../", "/../secret.txt", "/sub/../../secret.txt", "/sub/../main.py", "/m/../main.py", "/./main.py", "/sub/.",
		"/%2e%2e/secret.txt", "/%2E%2E%2Fsecret.txt", "/.%2e/secret.txt", "/%2e./secret.txt", "/..%2fsecret.txt", "/sub%2f..%2f..%2fsecret.txt",
		"/%252e%252e/secret.txt", "/%252e%252e%252fsecret.txt", "/%252eenv", "/.git%252fconfig", "/.git%252Fconfig", "/%25%32%65env", "/%252Eenv", "/%25252e%25252e/secret.txt",
		`/..\secret.txt`, "/..%5csecret.txt", "/%2e%2e%5Csecret.txt", "/..%255csecret.txt", "/..%255Csecret.txt", `/sub\app.mjs`, `/\evil.com`, "/%5cevil.com",
		"/main.py%00.html", "/%00", "/main.py%2500.html",
		"//", "//main.py", "//evil.com", "//evil.com/%2e%2e", "//evil.com/..", "/%2fevil.com", "/%2f%2fevil.com/sub", "/sub//", "//sub", "/sub//app.mjs",
		"//evil.com/?pyodide-ls-token=" + c.token, `/\evil.com/?pyodide-ls-token=` + c.token,
	} {
		t.Run(path, func(t *testing.T) {
			a := c.get(t, path)
			a.is(t, 400)
			a.has(t, "Location:", "Set-Cookie:")
		})
	}
	for path, status := range map[string]int{
		"/%c0%ae%c0%ae/secret.txt": 404, "/..%c0%afsecret.txt": 404, "/%u002e%u002e/secret.txt": 400, "/...": 404, "/..;/secret.txt": 404,
	} {
		c.get(t, path).is(t, status)
	}
	c.get(t, "http://evil.com/").is(t, 403)
	c.get(t, "http://"+c.host+"/main.py").is(t, 200)
}

func TestTypes(t *testing.T) {
	files := fstest.MapFS{}
	want := map[string]string{
		"a.html": "text/html; charset=utf-8", "a.htm": "text/html; charset=utf-8", "A.HTML": "text/html; charset=utf-8",
		"a.js": "text/javascript; charset=utf-8", "a.mjs": "text/javascript; charset=utf-8", "a.css": "text/css; charset=utf-8",
		"a.json": "application/json; charset=utf-8", "a.js.map": "application/json; charset=utf-8", "a.wasm": "application/wasm",
		"a.py": "text/x-python; charset=utf-8", "a.toml": "application/toml; charset=utf-8", "a.txt": "text/plain; charset=utf-8",
		"a.md": "text/markdown; charset=utf-8", "a-1.0-py3-none-any.whl": "application/zip", "a.zip": "application/zip",
		"a.tar": "application/x-tar", "a.tar.gz": "application/gzip", "a.svg": "image/svg+xml; charset=utf-8", "a.png": "image/png",
		"a.jpg": "image/jpeg", "a.gif": "image/gif", "a.webp": "image/webp", "a.ico": "image/x-icon", "a.ttf": "font/ttf",
		"a.woff2": "font/woff2", "a.data": "application/octet-stream", "a": "application/octet-stream", "a.xyz": "application/octet-stream",
	}
	for name := range want {
		files[name] = &fstest.MapFile{Data: []byte("<html>")}
	}
	c := start(t, serve.Options{Root: files, Mounts: map[string]fs.FS{"/m/": files}})
	for name, contentType := range want {
		c.get(t, "/"+name).has(t, "Content-Type: "+contentType, "Cache-Control: no-store", "Content-Encoding:")
		c.get(t, "/m/"+name).has(t, "Content-Type: "+contentType, "Cache-Control: private, max-age=31536000, immutable", "Vary: Cookie")
	}
}

func TestRanges(t *testing.T) {
	archive := noSeek{fstest.MapFS{"a.zip": {Data: []byte("0123456789")}}}
	c := start(t, serve.Options{Root: project(t), Mounts: map[string]fs.FS{"/m/": archive}})
	for _, path := range []string{"/main.py", "/m/a.zip"} {
		a := c.get(t, path, "Range: bytes=2-4")
		a.is(t, 206)
		a.has(t, "Content-Range: bytes 2-4/10", "Etag:", "Last-Modified:")
		if a.body != "234" {
			t.Errorf("%s: the range is %q", path, a.body)
		}
		a = c.get(t, path, "Range: bytes=99-")
		a.is(t, 416)
		if strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: the error is kept", path)
		}
		c.get(t, path, "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT").is(t, 200)
	}
}

// noSeek is a tree whose files are only read from the beginning, as those of an archive.
type noSeek struct{ fs.FS }

func (f noSeek) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	return struct{ fs.File }{file}, err
}

func TestTransform(t *testing.T) {
	large := strings.Repeat("x", 8<<20)
	files := fstest.MapFS{"a.large.js": {Data: []byte(large)}, "b.large.js": {Data: []byte(large[1:])}}
	for _, name := range []string{"index.html", "sub/a.js", "a.mjs", "a.toml", "a.json", "a.py", "a.css", "a.wasm", "a.txt", "a.svg"} {
		files[name] = &fstest.MapFile{Data: []byte("0123456789")}
	}
	transform := func(path, contentType string, body []byte) []byte {
		return fmt.Appendf(nil, "%s|%s|%d", path, contentType, len(body))
	}
	c := start(t, serve.Options{Root: files, Transform: transform, Mounts: map[string]fs.FS{"/m/": files}})
	for path, want := range map[string]string{
		"/":           "index.html|text/html; charset=utf-8|10",
		"/index.html": "index.html|text/html; charset=utf-8|10",
		"/sub/a.js":   "sub/a.js|text/javascript; charset=utf-8|10",
		"/a.mjs":      "a.mjs|text/javascript; charset=utf-8|10",
		"/a.toml":     "a.toml|application/toml; charset=utf-8|10",
		"/a.json":     "a.json|application/json; charset=utf-8|10",
		"/b.large.js": "b.large.js|text/javascript; charset=utf-8|8388607",
	} {
		for _, headers := range [][]string{nil, {"Range: bytes=2-4"}, {"If-None-Match: *"}, {"If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT"}} {
			a := c.get(t, path, headers...)
			a.is(t, 200)
			a.has(t, "Accept-Ranges: none", "Etag:", "Last-Modified:", fmt.Sprintf("Content-Length: %d", len(want)))
			if a.body != want {
				t.Errorf("%s with %v is %q, want %q", path, headers, a.body, want)
			}
		}
		head := c.raw(t, "HEAD "+path)
		head.is(t, 200)
		head.has(t, fmt.Sprintf("Content-Length: %d", len(want)))
	}
	for _, path := range []string{"/a.py", "/a.css", "/a.wasm", "/a.txt", "/a.svg", "/m/sub/a.js"} {
		if a := c.get(t, path); a.body != "0123456789" {
			t.Errorf("%s is %q", path, a.body)
		}
	}
	if a := c.get(t, "/a.large.js"); a.body != large {
		t.Errorf("a large script has %d bytes", len(a.body))
	}
}

// An error of the file system may name the folder on the machine.
func TestErrorsNameNoPath(t *testing.T) {
	c := start(t, serve.Options{Root: broken{}, Mounts: map[string]fs.FS{"/m/": broken{}}})
	for path, status := range map[string]int{"/gone.txt": 404, "/unread.txt": 500, "/m/unread.txt": 500} {
		a := c.get(t, path)
		a.is(t, status)
		a.has(t, "Cache-Control: no-store")
		if strings.Contains(a.body, "home") {
			t.Errorf("%s says %q", path, a.body)
		}
	}
}

// broken is a tree that says where it lies when something is wrong.
type broken struct{}

func (broken) Open(name string) (fs.File, error) {
	err := &fs.PathError{Op: "open", Path: "/home/me/" + name, Err: fs.ErrPermission}
	if name != "unread.txt" {
		return nil, err
	}
	file, _ := fstest.MapFS{name: {}}.Open(name)
	return unreadable{file, err}, nil
}

type unreadable struct {
	fs.File
	err error
}

func (u unreadable) Read([]byte) (int, error) { return 0, u.err }
