package preview

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/serve"
)

// never is a program that does not end, some time after it has reached its end.
const never = `import js
from pyodide.ffi import create_once_callable


def forever():
    while True:
        pass


js.setTimeout(create_once_callable(forever), 100)
`

// A page that shows another one in a frame goes on when Python in the frame does not, and cannot be interrupted: they
// have processes of their own.
func TestFramed(t *testing.T) {
	var address string
	outer, err := serve.Start(serve.Options{Handlers: map[string]http.Handler{
		"/": http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(w, "<!doctype html><iframe referrerpolicy=origin src=%q></iframe>", address)
		}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	e, base := engineOf(t, Site{FramedBy: []string{outer.Origin()}}, pyodide.V314)
	ended := make(chan error, 1)
	address = e.Invite(false, func(ctx context.Context, s *Session) {
		if err := s.Load(ctx, Mode{Base: base, JSPI: true, Silence: time.Second}); err != nil {
			ended <- err
			return
		}
		program := Program{Files: map[string]string{"main.py": never}, Main: "main.py", How: Run, Patience: time.Second}
		ended <- s.Watch(ctx, program, nil, func() {})
	})
	tab, err := e.browser.Open(outer.URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	defer tab.Close()
	if err := <-ended; !errors.Is(err, ErrStuck) {
		t.Fatalf("it ended with %v, want %v", err, ErrStuck)
	}
	ctx, cancel := context.WithTimeout(tab.ctx, 30*time.Second)
	defer cancel()
	if n, err := chromedp.Run(ctx, chromedp.Evaluate[int]("1 + 1")); n != 2 || err != nil {
		t.Errorf("the page around it answers %d, %v", n, err)
	}
}
