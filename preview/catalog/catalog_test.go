package catalog_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pyodide-ls/gallery"
	"pyodide-ls/preview"
	"pyodide-ls/preview/catalog"
	"pyodide-ls/preview/serve"
)

// hostile is what a README may say, and what must not come of it.
const hostile = `# worker-pool: work for all cores

Four workers share the <script>document.title = "broken"</script> frames.

## Related

[its page](index.html), [another](../bootstrapping/README.md), [a rule](../../rules/barecallback/bare-callback.md),
[no rule](../../rules/moon/moon.md), [up](../../../etc/passwd), [bad](javascript:document.title="broken"),
[outside](https://example.org/), [all](../README.md)

| way | ms |
| --- | --- |
| one | 3 |

` + "```mermaid\ngraph LR\n  a --> b\n```\n\n```python bad\nif a < b: pass\n```\n\n<!-- measured -->\n"

var (
	parts    = []gallery.Part{{Title: "Performance and workers", Intro: "Work leaves the main thread."}, {Title: "Loading and persistence"}}
	patterns = []gallery.Pattern{
		{Name: "worker-pool", Part: parts[0].Title, Title: "work for all cores", Summary: "Four workers share the `<b>` of the [frames](x.md)."},
		{Name: "shared-memory", Part: parts[0].Title, Title: "numbers that are not copied", Summary: "One buffer for all."},
		{Name: "bootstrapping", Part: parts[1].Title, Title: "a start that says how far it is", Summary: "Nobody waits without a word."},
	}
	files = fstest.MapFS{
		"README.md":   {Data: []byte(hostile)},
		"index.html":  {Data: []byte("<script>document.title = 'broken'</script>")},
		"picture.png": {Data: []byte("\x89PNG")},
		"a.whl":       {Data: []byte{0xff, 0xfe}},
	}
)

// stage is a catalog in a real browser.
type stage struct {
	*testing.T
	tab *preview.Tab
	url string
}

func raise(t *testing.T) *stage {
	t.Helper()
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	running, err := serve.Start(serve.Options{Handlers: map[string]http.Handler{"/": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<!doctype html><title>runs %s</title>", strings.TrimPrefix(r.URL.Path, "/"))
	})}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { running.Close() })
	c := start(t, func(_ context.Context, name string) (string, error) {
		if name == "shared-memory" {
			return "", errors.New("there is no <Pyodide> here")
		}
		return running.URL("/" + name), nil
	})
	b, err := preview.StartBrowser(t.Context(), preview.Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	tab, err := b.Open(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	return &stage{t, tab, c.URL()}
}

func start(t *testing.T, run func(context.Context, string) (string, error)) *catalog.Catalog {
	t.Helper()
	c, err := catalog.Start(catalog.Options{
		Patterns: patterns, Parts: parts, Run: run,
		Folder: func(string) (fs.FS, error) { return files, nil },
		Rule:   func(name string) (string, bool) { return "# " + name + ": a rule\n", name == "bare-callback" },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// until waits until a JavaScript expression is true; $$ finds elements that are seen. What is asked while a page gives
// way to the next is asked again.
func (s *stage) until(condition string) {
	s.Helper()
	js := fmt.Sprintf(`(() => { const $$ = (css) => [...document.querySelectorAll(css)].filter((e) => e.checkVisibility()); return !!(%s); })()`, condition)
	var err error
	for late := time.Now().Add(time.Minute); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		var holds bool
		if err = s.tab.Evaluate(s.Context(), js, &holds); err == nil && holds {
			return
		}
	}
	var shows string
	if err := s.tab.Evaluate(s.Context(), "document.title + '\\n' + document.body.innerText", &shows); err != nil {
		s.Error(err)
	}
	s.Fatalf("%s: %v\nthe page shows:\n%.900s", condition, err, shows)
}

func (s *stage) eval(js string) {
	s.Helper()
	if err := s.tab.Evaluate(s.Context(), js, nil); err != nil {
		s.Fatal(err)
	}
}

func (s *stage) press(keys string) {
	s.Helper()
	if err := s.tab.Press(s.Context(), keys); err != nil {
		s.Fatal(err)
	}
}

// The keys as the browser's driver calls them.
const left, right, down, up = "\u0302", "\u0303", "\u0301", "\u0304"

func TestFilter(t *testing.T) {
	s := raise(t)
	s.until("$$('.summary')[0].innerHTML === 'Four workers share the <code>&lt;b&gt;</code> of the frames.'")
	s.until("$$('.card').length === 3 && $$('h2').length === 2 && $$('.intro').length === 1")
	s.press("/")
	s.until("document.activeElement.id === 'find'")
	s.eval("document.getElementById('find').select()")
	s.press("Wait no/r")
	s.until("$$('.card').length === 0 && document.getElementById('sought').textContent === 'Wait no/r'")
	s.eval("document.getElementById('clear').click()")
	s.until("$$('.card').length === 3 && document.activeElement.id === 'find'")
	s.press("shared frames")
	s.until("$$('.card').length === 0")
	s.eval("document.getElementById('find').select()")
	s.press("worker-pool")
	s.until("$$('.card').length === 1 && $$('h2').length === 1 && document.getElementById('count').textContent === '1 pattern'")
	s.press("\r")
	s.until("document.title === 'runs worker-pool'")
}

func TestKeys(t *testing.T) {
	s := raise(t)
	at := func(name string) {
		t.Helper()
		s.until(fmt.Sprintf("document.activeElement.closest('.card')?.dataset.pattern === %q", name))
	}
	if err := s.tab.Show(t.Context(), preview.Look{Width: 1280, Height: 800}); err != nil {
		t.Fatal(err)
	}
	s.press(down)
	at("worker-pool")
	s.press(right)
	at("shared-memory")
	s.press(down)
	at("bootstrapping")
	s.press(left)
	at("shared-memory")
	s.press(left + up)
	s.until("document.activeElement.id === 'find'")
	s.press(down + right + right + "r")
	s.until("location.pathname === '/pattern/bootstrapping/'")
}

// What cannot be shown says why, and leads back.
func TestFails(t *testing.T) {
	s := raise(t)
	s.eval("document.querySelector('[data-pattern=shared-memory] .run').click()")
	s.until("$$('h1')[0]?.textContent === 'shared-memory could not be shown.' && $$('pre')[0].textContent === 'there is no <Pyodide> here'")
	s.eval("document.querySelector('nav a').click()")
	s.until("$$('.card').length === 3 && $$('.go')[1].textContent === 'Run it'")
}

// A README is a page, and of what stands in it nothing runs.
func TestReadme(t *testing.T) {
	s := raise(t)
	s.eval("document.querySelector('[data-pattern=worker-pool] .read').click()")
	s.until("location.pathname === '/pattern/worker-pool/' && $$('h1')[0]?.textContent === 'worker-pool: work for all cores'")
	s.until("document.title === 'worker-pool · pyodide-ls' && !document.querySelector('article script') && $$('table').length === 1")
	s.until("$$('figcaption').map((e) => e.textContent).join() === 'diagram, in the words of Mermaid,python bad' && $$('pre')[1].textContent === 'if a < b: pass\\n'")
	var links string
	if err := s.tab.Evaluate(t.Context(), "[...document.querySelectorAll('article a')].map((a) => a.textContent + ' ' + a.getAttribute('href')).join('\\n')", &links); err != nil {
		t.Fatal(err)
	}
	const want = "its page /pattern/worker-pool/index.html\nanother /pattern/bootstrapping/README.md\na rule /rule/bare-callback\noutside https://example.org/\nall /"
	if links != want {
		t.Errorf("it links\n%s", links)
	}
	s.eval("document.querySelector('article a').click()")
	s.until("location.pathname === '/pattern/worker-pool/index.html' && document.body.textContent.includes('<script>') && document.title !== 'broken'")
	s.eval("history.back()")
	s.until("$$('article a').length === 5")
	s.eval("document.querySelectorAll('article a')[2].click()")
	s.until("$$('h1')[0]?.textContent === 'bare-callback: a rule'")
}

// It answers the reader alone, and only what there is.
func TestGuards(t *testing.T) {
	c := start(t, nil)
	origin := strings.TrimSuffix(c.URL(), c.URL()[strings.Index(c.URL(), "/?"):])
	jar := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	entered, err := jar.Get(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	entered.Body.Close()
	get := func(path string, cookies []*http.Cookie) (int, string, http.Header) {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, origin+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, cookie := range cookies {
			r.AddCookie(cookie)
		}
		answer, err := jar.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body), answer.Header
	}
	for path, want := range map[string]int{
		"/": 200, "/pattern/worker-pool/": 200, "/pattern/worker-pool": 303, "/pattern/worker-pool/index.html": 200, "/pattern/worker-pool/picture.png": 200,
		"/pattern/worker-pool/gone.py": 404, "/pattern/moon/": 404, "/pattern/": 404, "/run/moon": 404, "/run/": 404, "/rule/moon": 404, "/rule/bare-callback": 200,
		"/moon": 404, "/theme.css": 200, "/catalog.css": 200, "/text.css": 200, "/catalog.mjs": 200, "/icon.svg": 200, "/index.tmpl": 404,
	} {
		if status, body, _ := get(path, nil); status != http.StatusForbidden {
			t.Errorf("%s, asked by a stranger: %d %s", path, status, body)
		}
		status, body, header := get(path, entered.Cookies())
		if status != want {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
		if path == "/pattern/worker-pool/index.html" && !strings.HasPrefix(header.Get("Content-Type"), "text/plain") {
			t.Errorf("%s is %s", path, header.Get("Content-Type"))
		}
	}
}
