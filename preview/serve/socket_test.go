package serve_test

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"pyodide-ls/preview/serve"
)

const handshake = "Upgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\nConnection: Upgrade"

func TestSocketGuard(t *testing.T) {
	opened := make(chan string, 100)
	c := start(t, serve.Options{Root: project(t), Socket: func(_ context.Context, kind string, _ *websocket.Conn) { opened <- kind }})
	own := "Origin: http://" + c.host
	for _, test := range []struct {
		name, line string
		headers    []string
		status     int
	}{
		{"own page", "GET /.pyodide-ls/socket?kind=page", []string{own}, 101},
		{"own page by name", "GET /.pyodide-ls/socket?kind=page", []string{"Host: localhost:" + c.port, "Origin: http://localhost:" + c.port}, 101},
		{"no cookie", "GET /.pyodide-ls/socket", []string{own, "Cookie:"}, 403},
		{"wrong cookie", "GET /.pyodide-ls/socket", []string{own, "Cookie: pyodide-ls-" + c.port + "=x"}, 403},
		{"token in place of the cookie", "GET /.pyodide-ls/socket?pyodide-ls-token=" + c.token, []string{own, "Cookie:", "Sec-Fetch-Mode: websocket"}, 403},
		{"no origin", "GET /.pyodide-ls/socket", nil, 403},
		{"foreign origin", "GET /.pyodide-ls/socket", []string{"Origin: http://evil.com"}, 403},
		{"origin of another port", "GET /.pyodide-ls/socket", []string{"Origin: http://127.0.0.1:9"}, 403},
		{"null origin", "GET /.pyodide-ls/socket", []string{"Origin: null"}, 403},
		{"rebound name", "GET /.pyodide-ls/socket", []string{"Host: evil.com:" + c.port, "Origin: http://evil.com:" + c.port}, 403},
		{"another site", "GET /.pyodide-ls/socket", []string{own, "Sec-Fetch-Site: cross-site"}, 403},
		{"another path", "GET /.pyodide-ls/socket/", []string{own}, 404},
		{"post", "POST /.pyodide-ls/socket", []string{own, "Content-Length: 0"}, 405},
	} {
		t.Run(test.name, func(t *testing.T) {
			c.raw(t, test.line, append(test.headers, strings.Split(handshake, "\n")...)...).is(t, test.status)
			if test.status == 101 {
				if kind := <-opened; kind != "page" {
					t.Errorf("the kind is %q", kind)
				}
			}
		})
	}
	c.get(t, "/.pyodide-ls/socket", own).is(t, http.StatusUpgradeRequired)
	if len(opened) > 0 {
		t.Errorf("%d sockets were opened that should not", len(opened))
	}
}

// dial opens a socket as a page does.
func (c *client) dial(t *testing.T) *websocket.Conn {
	t.Helper()
	header := http.Header{"Origin": {c.Origin()}, "Cookie": {c.cookie}}
	conn, _, err := websocket.Dial(t.Context(), "ws://"+c.host+"/.pyodide-ls/socket?kind=page", &websocket.DialOptions{HTTPHeader: header})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	conn.SetReadLimit(-1)
	return conn
}

func TestSocketMessages(t *testing.T) {
	c := start(t, serve.Options{Socket: func(ctx context.Context, _ string, conn *websocket.Conn) {
		for {
			kind, message, err := conn.Read(ctx)
			if err != nil {
				return
			}
			conn.Write(ctx, kind, message)
		}
	}})
	conn := c.dial(t)
	largest := make([]byte, 16<<20)
	if err := conn.Write(t.Context(), websocket.MessageBinary, largest); err != nil {
		t.Fatal(err)
	}
	if _, back, err := conn.Read(t.Context()); err != nil || !bytes.Equal(back, largest) {
		t.Errorf("%d bytes came back: %v", len(back), err)
	}
	conn.Write(t.Context(), websocket.MessageBinary, append(largest, 0))
	if _, _, err := conn.Read(t.Context()); websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("a larger message: %v", err)
	}
}

// Close ends whatever a socket waits for.
func TestCloseWithOpenSockets(t *testing.T) {
	for name, wait := range map[string]func(context.Context, *websocket.Conn){
		"reads":                    func(ctx context.Context, conn *websocket.Conn) { conn.Read(ctx) },
		"reads under its own time": func(_ context.Context, conn *websocket.Conn) { conn.Read(context.Background()) },
		"waits for the context":    func(ctx context.Context, _ *websocket.Conn) { <-ctx.Done() },
		"says goodbye to a page that says nothing": func(_ context.Context, conn *websocket.Conn) {
			conn.Close(websocket.StatusNormalClosure, "")
		},
	} {
		t.Run(name, func(t *testing.T) {
			held, left := make(chan bool), make(chan bool, 1)
			c := start(t, serve.Options{Socket: func(ctx context.Context, _ string, conn *websocket.Conn) {
				close(held)
				wait(ctx, conn)
				time.Sleep(50 * time.Millisecond) // what is left to do
				left <- true
			}})
			c.dial(t)
			<-held
			c.closesAtOnce(t)
			if len(left) == 0 {
				t.Error("the socket is still held")
			}
		})
	}
}

// closesAtOnce closes a server and sees that nothing answers any more.
func (c *client) closesAtOnce(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := c.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("to close took %v", took)
	}
	if conn, err := net.Dial("tcp", c.host); err == nil {
		conn.Close()
		t.Error("it still listens")
	}
}

func TestCloseWithOpenConnections(t *testing.T) {
	asked := make(chan bool)
	left := make(chan bool, 1)
	c := start(t, serve.Options{Handlers: map[string]http.Handler{"/wait": http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
		time.Sleep(50 * time.Millisecond)
		left <- true
	})}})
	for _, text := range []string{"", "GET /", "GET /wait HTTP/1.1\r\nHost: " + c.host + "\r\nCookie: " + c.cookie + "\r\n\r\n"} {
		conn, err := net.Dial("tcp", c.host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.Write([]byte(text))
	}
	<-asked
	c.closesAtOnce(t)
	if len(left) == 0 {
		t.Error("the handler still runs")
	}
}
