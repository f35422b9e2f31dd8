package serve_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"pyodide-ls/preview/serve"
)

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

// A server that is paused is not there, and the same when it is again.
func TestPause(t *testing.T) {
	c := start(t, serve.Options{Root: project(t)})
	for range 2 { // to be asked twice changes nothing
		if err := c.Pause(); err != nil {
			t.Fatal(err)
		}
	}
	if conn, err := net.Dial("tcp4", c.host); err == nil {
		conn.Close()
		t.Error("a paused server answers")
	}
	taken, err := net.Listen("tcp4", c.host)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Resume(); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("it goes on at a port that another has: %v", err)
	}
	taken.Close()
	for range 2 {
		if err := c.Resume(); err != nil {
			t.Fatal(err)
		}
	}
	c.get(t, "/").is(t, 200)
	if err := c.Pause(); err != nil { // and can be closed so
		t.Fatal(err)
	}
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
