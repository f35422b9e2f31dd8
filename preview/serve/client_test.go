package serve_test

import (
	"bufio"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
