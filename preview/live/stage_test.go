package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"pyodide-ls/preview"
	"pyodide-ls/preview/live"
	"pyodide-ls/preview/serve"
)

// said is a message to the console, and what the console says.
type said map[string]any

// stage is a console in a real browser, whose server says what a test says.
type stage struct {
	*testing.T
	tab     *preview.Tab
	page    string // the address of the application
	stuck   string // and of one that never ends
	sockets chan *websocket.Conn
	heard   chan said
	frames  chan string // what the application's page says of itself
	conn    *websocket.Conn
}

// browser is one for a test.
func browser(t *testing.T) *preview.Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	b, err := preview.StartBrowser(t.Context(), preview.Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

const application = `<!doctype html><html lang="en"><meta charset="utf-8"><title>application</title>
<style>body { font: 16px system-ui; margin: 2rem } canvas { border: 1px solid #bbb; width: 100%; max-width: 30rem; height: 12rem }</style>
<h2>Frames per second</h2><p>Press the button and watch the line.</p><p><button>Measure</button> <button>Reset</button></p>
<canvas id="c" width="480" height="192"></canvas>
<script>
const c = document.getElementById("c").getContext("2d");
c.strokeStyle = "#3a6fd8"; c.lineWidth = 2; c.beginPath();
for (let x = 0; x < 480; x += 4) c.lineTo(x, 100 + 40 * Math.sin(x / 30) + 20 * Math.sin(x / 7));
c.stroke();
fetch("/told?isolated=" + crossOriginIsolated);
</script>`

const stuck = `<!doctype html><title>stuck</title><script>
for (;;) { const r = new XMLHttpRequest(); r.open("GET", "/told?stuck", false); r.send(); }
</script>`

// raise starts the console's server, the application's and a page that shows them.
func raise(t *testing.T) *stage {
	t.Helper()
	s := &stage{T: t, sockets: make(chan *websocket.Conn, 100), heard: make(chan said, 100), frames: make(chan string, 100)}
	console := s.serve(serve.Options{Isolate: true, Socket: s.socket, Handlers: map[string]http.Handler{"/": http.FileServerFS(live.Console())}})
	app := s.serve(serve.Options{Isolate: true, FramedBy: []string{console.Origin()}, Handlers: map[string]http.Handler{
		"/":      http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, application) }),
		"/stuck": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, stuck) }),
		"/told": http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			select {
			case s.frames <- r.URL.RawQuery:
			case <-r.Context().Done():
			}
		}),
	}})
	s.page, s.stuck = app.URL("/"), app.URL("/stuck")
	tab, err := browser(t).Open(console.URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(tab.Close)
	s.tab = tab
	s.conn = next(s, s.sockets)
	s.say(s.about("main.py"))
	return s
}

func (s *stage) serve(o serve.Options) *serve.Server {
	s.Helper()
	server, err := serve.Start(o)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { server.Close() })
	return server
}

func (s *stage) socket(ctx context.Context, kind string, conn *websocket.Conn) {
	if kind != "console" {
		s.Errorf("a socket of the kind %q", kind)
	}
	s.sockets <- conn
	for {
		var m said
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			return
		}
		s.heard <- m
	}
}

// patience is how long anything may take; the browser may have little of the machine.
const patience = time.Minute

func next[T any](s *stage, from <-chan T) (value T) {
	s.Helper()
	select {
	case value = <-from:
	case <-time.After(patience):
		s.Fatal("nothing came")
	}
	return value
}

func (s *stage) about(title string) said {
	return said{"about": said{
		"title": title, "pyodide": "0.29.5", "why": "package.json asks for pyodide 0.29.5 (package.json:1)", "realm": "main thread",
		"isolated": true, "page": s.page, "editor": true,
	}}
}

// say has the server say something.
func (s *stage) say(messages ...said) {
	s.Helper()
	for _, m := range messages {
		if err := wsjson.Write(s.Context(), s.conn, m); err != nil {
			s.Fatal(err)
		}
	}
}

// observed is the message of an observation, by its fields.
func observed(kind string, fields said) said {
	o := said{"kind": kind}
	for name, value := range fields {
		o[name] = value
	}
	return said{"observation": o}
}

// eval gives the value of a JavaScript expression in the console.
func (s *stage) eval(js string, into any) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	defer cancel()
	if err := s.tab.Evaluate(ctx, js, into); err != nil {
		s.Fatalf("%s: %v", js, err)
	}
}

// until waits until a JavaScript expression is true; $ and $$ find elements that are seen.
func (s *stage) until(condition string) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), patience)
	defer cancel()
	js := fmt.Sprintf(`new Promise((done) => {
  const $$ = (css) => [...document.querySelectorAll(css)].filter((e) => e.checkVisibility());
  const $ = (css) => $$(css)[0];
  const look = () => { if (%s) done(true); else requestAnimationFrame(look); };
  look();
})`, condition)
	if err := s.tab.Evaluate(ctx, js, nil); err != nil {
		var shows string
		s.eval("document.body.innerText", &shows)
		s.Fatalf("%s: %v\nthe page shows:\n%.600s", condition, err, shows)
	}
}

// shows waits until an element that is seen has a text in it, whatever the space between its words.
func (s *stage) shows(css, text string) {
	s.Helper()
	s.until(fmt.Sprintf(`$(%s)?.innerText.replace(/\s+/g, " ").includes(%s)`, quoted(css), quoted(text)))
}

func quoted(text string) string {
	js, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(js)
}

func (s *stage) press(keys string) {
	s.Helper()
	if err := s.tab.Press(s.Context(), keys); err != nil {
		s.Fatal(err)
	}
}

// look shows the console otherwise, and keeps a picture of it in the folder that PYODIDE_LS_PICTURES names, if it does.
func (s *stage) look(name string, look preview.Look) {
	s.Helper()
	if err := s.tab.Show(s.Context(), look); err != nil {
		s.Fatal(err)
	}
	dir := os.Getenv("PYODIDE_LS_PICTURES")
	if dir == "" {
		return
	}
	s.eval("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))", nil)
	png, err := s.tab.Picture()
	if err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		s.Fatal(err)
	}
}
