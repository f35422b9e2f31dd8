// Package serve is the local web server of the browser preview. It listens on the loopback only, and answers
// only a browser that was given its address: pages of other origins, which the same browser shows, neither read
// through it nor frame it.
package serve

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/coder/websocket"
)

// Prefix is the path below which everything lies that is the preview's own and not the project's.
const Prefix = "/.pyodide-ls/"

// Options say what a server serves, and to whom.
type Options struct {
	Port int // 0 for a free one

	// Root is the project's folder, served at "/"; nil serves none. It comes from os.Root.FS, which follows no
	// link that leads out of the folder. What begins with a dot, or lies in a folder that does, is not served.
	Root fs.FS

	// Mounts are folders that never change, by the paths they are served at, which begin and end with a slash.
	Mounts map[string]fs.FS

	// Handlers answer what passed all checks. They stand by an exact path, or by a prefix that ends with a
	// slash and is not stripped; the longest one that fits is asked, before Root. They may set the headers of
	// their answer otherwise.
	Handlers map[string]http.Handler

	// Isolate makes every page cross-origin isolated, so that it has SharedArrayBuffer.
	Isolate bool

	// FramedBy are the origins, besides the server's own, that may show its pages in a frame and navigate
	// there. A page of theirs says referrerpolicy="origin" on the frame, or navigates it to what URL gives. With
	// Isolate, it is isolated itself and says allow="cross-origin-isolated" on the frame.
	FramedBy []string

	// Transform changes the pages, scripts, TOML and JSON of Root that are smaller than 8 MB; it may be nil.
	// The path is slashed and relative to Root, and is that of the file: "index.html" for "/".
	Transform func(path, contentType string, body []byte) []byte

	// Socket holds one WebSocket that was opened at Prefix + "socket?kind=…" until it returns, which closes
	// it; nil refuses them. The kind is whatever the script wrote there. The context ends when the server is
	// closed. A message is at most 16 MB.
	Socket func(ctx context.Context, kind string, conn *websocket.Conn)
}

// Server is a server that runs until it is closed.
type Server struct {
	options Options
	routes  []route
	port    int
	hosts   []string // what a Host header may say
	token   string   // what the address carries, and then the cookie

	isolates atomic.Bool // what Options.Isolate says, until Isolate says otherwise

	ctx     context.Context // ends with the server
	end     context.CancelFunc
	running sync.WaitGroup // connections and sockets
	close   func() error

	mu     sync.Mutex
	http   *http.Server // nil while it is paused
	served chan error   // what ended Serve
}

// Start starts a server on 127.0.0.1. It fails when the port cannot be had, or the options are wrong.
func Start(o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	listener, err := listen(o.Port)
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, token: rand.Text()}
	s.port = listener.Addr().(*net.TCPAddr).Port
	s.hosts = []string{hostport("127.0.0.1", s.port), hostport("localhost", s.port)}
	s.routes = s.lay()
	s.isolates.Store(o.Isolate)
	s.ctx, s.end = context.WithCancel(context.Background())
	s.close = sync.OnceValue(s.shut)
	s.serve(listener)
	return s, nil
}

func listen(port int) (net.Listener, error) {
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, &busyError{port, err}
	case err != nil:
		return nil, fmt.Errorf("start the preview's server: %w", err)
	}
	return listener, nil
}

func (s *Server) serve(listener net.Listener) {
	server, served := &http.Server{
		Handler:           http.HandlerFunc(s.answer),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return s.ctx },
		ConnContext:       withWire,
		ConnState:         s.count,

		DisableGeneralOptionsHandler: true, // it would answer before all checks
	}, make(chan error, 1)
	s.http, s.served = server, served
	go func() { served <- server.Serve(listener) }()
}

// Isolate makes every page that is loaded from now on cross-origin isolated, or leaves it as it is.
func (s *Server) Isolate(isolates bool) { s.isolates.Store(isolates) }

// Pause ends the server for all who come, until Resume: its port is free meanwhile. Sockets that are open stay so.
func (s *Server) Pause() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stop()
}

// Resume goes on with a server that was paused, at its address. It fails when another program has the port by now.
func (s *Server) Resume() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.http != nil || s.ctx.Err() != nil {
		return nil
	}
	listener, err := listen(s.port)
	if err == nil {
		s.serve(listener)
	}
	return err
}

// stop is called with the lock held. It gives the error that had ended the server before, if any.
func (s *Server) stop() error {
	if s.http == nil {
		return nil
	}
	err := s.http.Close()
	if served := <-s.served; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(served, err)
	}
	s.http = nil
	return err
}

// check says what is wrong with options that only the program itself can get wrong.
func (o Options) check() error {
	for prefix := range o.Mounts {
		if !strings.HasPrefix(prefix, "/") || !strings.HasSuffix(prefix, "/") {
			return fmt.Errorf("mount %q: the path begins and ends with a slash", prefix)
		}
	}
	for path := range o.Handlers {
		if !strings.HasPrefix(path, "/") {
			return fmt.Errorf("handler %q: the path begins with a slash", path)
		}
	}
	for _, origin := range o.FramedBy { // it is written into a header
		if origin == "" || originOf(origin) != origin || strings.ContainsAny(origin, "*; ") {
			return fmt.Errorf("framed by %q: it is no origin", origin)
		}
	}
	return nil
}

// busyError says what to do about a port that another program has.
type busyError struct {
	port int
	err  error
}

func (e *busyError) Error() string {
	return fmt.Sprintf("port %d is in use: leave --port out for a free one, or name another", e.port)
}

func (e *busyError) Unwrap() error { return e.err }

// hostport leaves the port out where browsers do.
func hostport(host string, port int) string {
	if port == 80 {
		return host
	}
	return net.JoinHostPort(host, strconv.Itoa(port))
}

// Origin is the server's origin, "http://127.0.0.1:PORT".
func (s *Server) Origin() string { return "http://" + s.hosts[0] }

// URL is the address of a path that lets a browser in. The path is not escaped; a query may follow it, which is.
func (s *Server) URL(path string) string {
	path, query, _ := strings.Cut(path, "?")
	if query != "" {
		query += "&"
	}
	u := url.URL{Scheme: "http", Host: s.hosts[0], Path: "/" + strings.TrimLeft(path, "/"), RawQuery: query + tokenName + "=" + s.token}
	return u.String()
}

// Close ends the server and all that it has open, and waits until their goroutines are done; a handler must not
// call it. It gives the error that had ended the server before, if any.
func (s *Server) Close() error { return s.close() }

func (s *Server) shut() error {
	s.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.stop()
	s.running.Wait() // nothing is added from zero any more, as Serve has returned
	return err
}

// count counts the connections that run. Those that are hijacked count themselves.
func (s *Server) count(conn net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.running.Add(1)
		if s.ctx.Err() != nil {
			conn.Close() // it came while the server closed the others, and might never say a word
		}
	case http.StateHijacked, http.StateClosed:
		s.running.Done()
	}
}
