package serve_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"pyodide-ls/preview/serve"
)

// project is a folder as a person may have it, with what must not be served.
func project(t *testing.T) fs.FS {
	t.Helper()
	outside := t.TempDir()
	write(t, outside, "secret.txt", "the secret")
	dir := t.TempDir()
	for name, text := range map[string]string{
		"index.html": "<p>home", "sub/index.html": "<p>sub", "sub/app.mjs": "run()", "empty/notes.txt": "notes",
		"a b%.html": "<p>odd name", "main.py": "0123456789", ".env": "the secret", ".git/config": "the secret", "sub/.hidden/x.txt": "the secret",
	} {
		write(t, dir, name, text)
	}
	for link, target := range map[string]string{
		"out.txt": filepath.Join(outside, "secret.txt"), "out": outside, "in.txt": filepath.Join("empty", "notes.txt"),
	} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root.FS()
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// client is a browser's side of one server.
type client struct {
	*serve.Server
	host   string // 127.0.0.1:PORT
	port   string
	token  string
	cookie string // as a Cookie header says it
}

func start(t *testing.T, o serve.Options) *client {
	t.Helper()
	s, err := serve.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	u, err := url.Parse(s.URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	token := u.Query().Get("pyodide-ls-token")
	return &client{Server: s, host: u.Host, port: u.Port(), token: token, cookie: "pyodide-ls-" + u.Port() + "=" + token}
}

// answer is what came back, with the whole body.
type answer struct {
	*http.Response
	body string
}

// raw sends a request line and headers as they stand, as a client library would clean the path. Each header is
// a line; "Host" and the cookie are added unless they are there, and one with nothing after the colon is left out.
func (c *client) raw(t *testing.T, line string, headers ...string) answer {
	t.Helper()
	conn, err := net.Dial("tcp", c.host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(10 * time.Second))
	all := strings.Join(headers, "\n")
	for _, preset := range []string{"Host: " + c.host, "Cookie: " + c.cookie, "Connection: close"} {
		name, _, _ := strings.Cut(preset, " ")
		if !strings.HasPrefix(all, name) && !strings.Contains(all, "\n"+name) {
			headers = append(headers, preset)
		}
	}
	method, _, _ := strings.Cut(line, " ")
	text := line + " HTTP/1.1\r\n"
	for _, h := range headers {
		if !strings.HasSuffix(h, ":") {
			text += h + "\r\n"
		}
	}
	if _, err := io.WriteString(conn, text+"\r\n"); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return answer{response, string(body)}
}

func (c *client) get(t *testing.T, path string, headers ...string) answer {
	t.Helper()
	return c.raw(t, "GET "+path, headers...)
}

// is checks the status of an answer, and that no refusal gives anything away.
func (a answer) is(t *testing.T, status int) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("status %d, want %d: %s", a.StatusCode, status, a.body)
	}
	if a.StatusCode >= 400 && (strings.Contains(a.body, "secret") || strings.Contains(a.body, os.TempDir())) {
		t.Errorf("a refusal says %q", a.body)
	}
}

// has checks headers, each written as "Name: value", or "Name:" for one that must not be there.
func (a answer) has(t *testing.T, headers ...string) {
	t.Helper()
	for _, h := range headers {
		name, want, _ := strings.Cut(h, ":")
		if got := strings.Join(a.Header.Values(name), ", "); got != strings.TrimSpace(want) {
			t.Errorf("%s is %q, want %q", name, got, strings.TrimSpace(want))
		}
	}
}

func TestEntry(t *testing.T) {
	c := start(t, serve.Options{Root: project(t)})
	jar := &http.Cookie{Name: "pyodide-ls-" + c.port, Value: c.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
	token := "pyodide-ls-token=" + c.token
	for _, test := range []struct {
		name, line string
		headers    []string
		status     int
		location   string // of a redirect, or of the page that goes on
	}{
		{"typed", "GET /?" + token, []string{"Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"}, 303, "/"},
		{"no browser", "GET /?" + token, nil, 303, "/"},
		{"head", "HEAD /?" + token, nil, 303, "/"},
		{"the query is kept", "GET /a%20b?z=1&" + token + "&b&a=%2f", nil, 303, "/a%20b?z=1&b&a=%2f"},
		{"a link of another site", "GET /?" + token, []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"}, 200, "/"},
		{"a link of another port", "GET /?x='\"<&" + token, []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate"}, 200, "/?x=&#39;&#34;&lt;"},
		{"an image of another site", "GET /?" + token, []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403, ""},
		{"a fetch of another port", "GET /?" + token, []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"}, 403, ""},
		{"another name", "GET /?" + token, []string{"Host: evil.com:" + c.port}, 403, ""},
		{"wrong token", "GET /?pyodide-ls-token=" + strings.Repeat("A", len(c.token)), nil, 403, ""},
		{"part of the token", "GET /?pyodide-ls-token=" + c.token[:8], nil, 403, ""},
		{"empty token", "GET /?pyodide-ls-token=", nil, 403, ""},
		{"no token", "GET /", nil, 403, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := c.raw(t, test.line, append(test.headers, "Cookie:")...)
			a.is(t, test.status)
			cookies := a.Cookies()
			if test.status == 403 {
				if len(cookies) > 0 {
					t.Errorf("it gives the cookie %v", cookies)
				}
				if !strings.Contains(a.body, "open the address that the terminal prints") {
					t.Errorf("it does not say what to do: %q", a.body)
				}
				return
			}
			if len(cookies) != 1 || cookies[0].String() != jar.String() {
				t.Errorf("it sets %v, want %v", cookies, jar)
			}
			a.has(t, "Cache-Control: no-store")
			if test.status == 303 {
				a.has(t, "Location: "+test.location)
			} else if !strings.Contains(a.body, `content="0;url=`+test.location+`"`) || strings.Contains(a.body, c.token) {
				t.Errorf("it goes on with %q", a.body)
			}
		})
	}
}

func TestURL(t *testing.T) {
	c := start(t, serve.Options{Root: project(t)})
	for path, want := range map[string]string{
		"":                "/?",
		"/":               "/?",
		"sub/index.html":  "/sub/index.html?",
		"//evil.com":      "/evil.com?",
		"/a b%.html":      "/a%20b%25.html?",
		"/a#b":            "/a%23b?",
		"/x?y=1&z=%2f":    "/x?y=1&z=%2f&",
		"/x?":             "/x?",
		"/.pyodide-ls/x/": "/.pyodide-ls/x/?",
	} {
		if got := c.URL(path); got != "http://127.0.0.1:"+c.port+want+"pyodide-ls-token="+c.token {
			t.Errorf("the address of %q is %q", path, got)
		}
	}
	if len(c.token) < 22 || url.QueryEscape(c.token) != c.token {
		t.Errorf("the token is %q", c.token)
	}
	if other := start(t, serve.Options{}); other.token == c.token {
		t.Error("two servers have one token")
	}
	if c.Origin() != "http://"+c.host {
		t.Errorf("the origin is %q", c.Origin())
	}
}

// A browser that follows the address gets the page, and then has no need of the token.
func TestBrowserEnters(t *testing.T) {
	c := start(t, serve.Options{Root: project(t)})
	browser := &http.Client{Jar: jar{}}
	for _, address := range []string{c.URL("/sub/"), c.Origin() + "/sub/", c.Origin() + "/sub"} {
		response, err := browser.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != 200 || string(body) != "<p>sub" || response.Request.URL.String() != c.Origin()+"/sub/" {
			t.Errorf("%s is %d %q at %s", address, response.StatusCode, body, response.Request.URL)
		}
	}
}

// jar keeps all cookies for all addresses.
type jar map[string]*http.Cookie

func (j jar) SetCookies(_ *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		j[c.Name] = c
	}
}

func (j jar) Cookies(*url.URL) (all []*http.Cookie) {
	for _, c := range j {
		all = append(all, c)
	}
	return all
}

func TestBusyPort(t *testing.T) {
	taken, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	_, err = serve.Start(serve.Options{Port: port})
	want := fmt.Sprintf("port %d is in use: leave --port out for a free one, or name another", port)
	if err == nil || err.Error() != want || !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("error %v, want %s", err, want)
	}
	taken.Close()
	c := start(t, serve.Options{Port: port, Root: project(t)})
	if c.port != fmt.Sprint(port) {
		t.Errorf("it listens on %s", c.port)
	}
	c.get(t, "/").is(t, 200)
}

// Browsers leave out the port of http.
func TestDefaultPort(t *testing.T) {
	s, err := serve.Start(serve.Options{Port: 80, Root: project(t)})
	if err != nil {
		t.Skip(err)
	}
	s.Close()
	c := start(t, serve.Options{Port: 80, Root: project(t)})
	if c.Origin() != "http://127.0.0.1" {
		t.Errorf("the origin is %q", c.Origin())
	}
	c.host, c.cookie = "127.0.0.1:80", "pyodide-ls-80="+c.token
	c.get(t, "/", "Host: 127.0.0.1", "Origin: http://127.0.0.1").is(t, 200)
}

func TestWrongOptions(t *testing.T) {
	for name, o := range map[string]serve.Options{
		"port":                   {Port: 70000},
		"mount without a slash":  {Mounts: map[string]fs.FS{"/a": fstest.MapFS{}}},
		"mount that is relative": {Mounts: map[string]fs.FS{"a/": fstest.MapFS{}}},
		"relative handler":       {Handlers: map[string]http.Handler{"a": http.NotFoundHandler()}},
		"any port":               {FramedBy: []string{"http://127.0.0.1:*"}},
		"a path":                 {FramedBy: []string{"http://127.0.0.1:80/"}},
		"a directive":            {FramedBy: []string{"http://127.0.0.1; script-src"}},
		"no origin":              {FramedBy: []string{""}},
	} {
		if s, err := serve.Start(o); err == nil {
			s.Close()
			t.Errorf("%s: no error", name)
		}
	}
}
