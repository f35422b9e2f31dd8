package serve

import (
	"context"
	"net"
	"net/http"

	"github.com/coder/websocket"
)

// maxMessage is the size of the largest message of a socket, in bytes.
const maxMessage = 16 << 20

// wire is the key of a request's connection in its context. A socket is ended there: whoever waits for the other
// side to agree to a close would be waited for.
type wire struct{}

func withWire(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, wire{}, conn)
}

// socket opens a WebSocket. Browsers say the origin of each, so one without was not opened by a page.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") == "" {
		refuse(w, http.StatusForbidden, "The preview's socket is only for its own pages.")
		return
	}
	s.running.Add(1) // while the connection still counts
	defer s.running.Done()
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // it has been answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(maxMessage)
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, func() { r.Context().Value(wire{}).(net.Conn).Close() })()
	s.options.Socket(ctx, r.URL.Query().Get("kind"), conn)
}
