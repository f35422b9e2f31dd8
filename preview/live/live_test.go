package live

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
)

// plan is a preview of a folder with one file. Nobody needs a Pyodide as long as no page runs.
func plan(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.py"), []byte("print()\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return Options{
		Title: "main.py", Dir: dir, Dist: dist.Dist{Version: "0.29.5"},
		Program: func(context.Context) (preview.Program, error) { return preview.Program{}, errors.New("there is none") },
	}
}

// begin starts a preview that is closed behind the test.
func begin(t *testing.T, o Options) *Preview {
	t.Helper()
	p, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// visitor is a browser that has the address.
type visitor struct {
	*testing.T
	conn *websocket.Conn
}

// visit opens the socket of the page at an address, as that page does.
func visit(t *testing.T, address string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	answer, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	client.CloseIdleConnections()
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	origin := at.Scheme + "://" + at.Host
	conn, _, err := websocket.Dial(t.Context(), origin+"/.pyodide-ls/socket", &websocket.DialOptions{
		HTTPClient: client, HTTPHeader: http.Header{"Origin": {origin}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	return &visitor{t, conn}
}

// hears reads messages until one has a field, and gives that.
func (v *visitor) hears(field string) any {
	v.Helper()
	ctx, cancel := context.WithTimeout(v.Context(), patience)
	defer cancel()
	for {
		var m map[string]any
		if err := wsjson.Read(ctx, v.conn, &m); err != nil {
			v.Fatalf("waited for %s: %v", field, err)
		}
		if m[field] != nil {
			return m[field]
		}
	}
}

// page opens the page that a console shows, as far as the server can tell.
func (v *visitor) page() *visitor {
	v.Helper()
	address := v.hears("about").(map[string]any)["page"].(string)
	of, err := url.Parse(address)
	if err != nil {
		v.Fatal(err)
	}
	page := visit(v.T, address)
	if err := wsjson.Write(v.Context(), page.conn, map[string]string{"hello": of.Query().Get("session")}); err != nil {
		v.Fatal(err)
	}
	return page
}

// free fails when something of a preview is left: a port, a goroutine, a watch of files.
func free(t *testing.T, p *Preview) {
	t.Helper()
	for _, address := range []string{p.URL(), p.engine.Address("/")} {
		at, _ := url.Parse(address)
		listener, err := net.Listen("tcp4", at.Host)
		if err != nil {
			t.Errorf("the port is not free: %v", err)
			continue
		}
		listener.Close()
	}
	var stacks bytes.Buffer
	for end := time.Now().Add(patience); ; { // what was told to end may need a moment
		stacks.Reset()
		pprof.Lookup("goroutine").WriteTo(&stacks, 1)
		ours := strings.Count(stacks.String(), "pyodide-ls/preview/live.(*") + strings.Count(stacks.String(), "preview/serve.(*") + strings.Count(stacks.String(), "fsnotify.(*")
		if ours == 0 {
			return
		}
		if time.Now().After(end) {
			t.Errorf("it goes on:\n%s", stacks.String())
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func TestClose(t *testing.T) {
	p := begin(t, plan(t))
	console := visit(t, p.URL())
	console.hears("about")
	closed := make(chan error, 2)
	for range 2 {
		go func() { closed <- p.Close() }()
	}
	if got := console.hears("bye"); got != "the preview was ended" {
		t.Errorf("it says %v", got)
	}
	for range 2 {
		if err := <-closed; err != nil {
			t.Error(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Errorf("closed once more: %v", err)
	}
	free(t, p)
}

// Wherever a page is, the preview can be closed.
func TestCloseWhile(t *testing.T) {
	reads := make(chan struct{}, 1)
	for name, program := range map[string]func(context.Context) (preview.Program, error){
		"its program is read": func(ctx context.Context) (preview.Program, error) {
			reads <- struct{}{}
			<-ctx.Done()
			return preview.Program{}, ctx.Err()
		},
		"its Pyodide is loaded": func(context.Context) (preview.Program, error) {
			reads <- struct{}{}
			return preview.Program{Main: "main.py"}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := plan(t)
			o.Program = program
			p := begin(t, o)
			console := visit(t, p.URL())
			page := console.page()
			<-reads
			if got := console.hears("state"); got != "loading" {
				t.Errorf("the state is %v", got)
			}
			if err := p.Close(); err != nil {
				t.Error(err)
			}
			console.hears("bye")
			for {
				if _, _, err := page.conn.Read(t.Context()); err != nil {
					break // the page is told by that
				}
			}
			free(t, p)
		})
	}
}

func TestContextEnds(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	p, err := Start(ctx, plan(t))
	if err != nil {
		t.Fatal(err)
	}
	console := visit(t, p.URL())
	console.hears("about")
	end()
	console.hears("bye")
	p.Close()
	free(t, p)
	over, err := Start(ctx, plan(t)) // it had ended before
	if err != nil {
		t.Fatal(err)
	}
	over.Close()
	free(t, over)
}

func TestStartWrongly(t *testing.T) {
	busy, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	taken, gone, file := plan(t), plan(t), plan(t)
	taken.Port = busy.Addr().(*net.TCPAddr).Port
	gone.Dir = filepath.Join(gone.Dir, "gone")
	file.Dir = filepath.Join(file.Dir, "main.py")
	for name, test := range map[string]struct {
		o    Options
		want string
	}{
		"the port is taken":  {taken, "is in use: leave --port out for a free one, or name another"},
		"there is no folder": {gone, "gone"},
		"it is a file":       {file, "main.py"},
	} {
		t.Run(name, func(t *testing.T) {
			if p, err := Start(t.Context(), test.o); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, %v, want an error with %q in it", p, err, test.want)
			}
		})
	}
	if _, err := Start(t.Context(), gone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// A program that cannot be read is said to be so, and its file goes on being watched: it is there that it is mended.
func TestUnreadable(t *testing.T) {
	o := plan(t)
	o.Program = func(ctx context.Context) (preview.Program, error) {
		return preview.Gather(ctx, filepath.Join(o.Dir, "main.py"))
	}
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(o.Dir, "main.py"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("# \xe9\n")
	console := visit(t, begin(t, o).URL())
	console.page()
	if text, _ := json.Marshal(console.hears("observation")); !strings.Contains(string(text), "main.py is not UTF-8") {
		t.Errorf("it says %s", text)
	}
	if got := console.hears("state"); got != "ended" {
		t.Errorf("the state is %v", got)
	}
	write("print()\n")
	if got := console.hears("reload"); got != "main.py" {
		t.Errorf("it loads %v again", got)
	}
}

// What is found is looked for again when a file has changed.
func TestFindings(t *testing.T) {
	o := plan(t)
	asked := make(chan struct{}, 10)
	o.Findings = func(context.Context) []Finding { asked <- struct{}{}; return nil }
	p := begin(t, o)
	<-asked
	console := visit(t, p.URL())
	console.hears("findings")
	p.files.remember("main.py")
	if err := os.WriteFile(filepath.Join(o.Dir, "main.py"), []byte("print(1)\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	console.hears("reload")
	<-asked
	console.hears("findings")
}
