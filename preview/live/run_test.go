package live_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
	"pyodide-ls/preview/live"
)

// one is the browser of all previews here, which look at it one after the other.
var one = sync.OnceValues(func() (*preview.Browser, error) {
	return preview.StartBrowser(context.Background(), preview.Window{})
})

func TestMain(m *testing.M) {
	if os.Getenv(dist.CacheVariable) == "" {
		os.Setenv(dist.CacheVariable, disttest.Cache())
	}
	status := m.Run()
	if b, err := one(); err == nil {
		b.Close()
	}
	os.Exit(status)
}

// showing is a preview and a console in a real browser that shows it, with a real Pyodide.
type showing struct {
	*stage
	dir     string
	preview *live.Preview
}

// set says how a preview is made otherwise.
type set func(*live.Options)

func notIsolated(o *live.Options) { o.Site.Isolated = false }
func inWorker(o *live.Options)    { o.Mode.Worker = true }

// silence is for how long Python may not answer here.
const silence = 2 * time.Second

// show shows main.py or, if there is one, index.html.
func show(t *testing.T, files map[string]string, sets ...set) *showing {
	t.Helper()
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	s := &showing{stage: &stage{T: t}, dir: t.TempDir()}
	for name, text := range files {
		s.write(name, text)
	}
	release := dist.Pyodide(pyodide.V029)
	pyodideDir, _, err := dist.Fetch(t.Context(), "", release)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	o := live.Options{
		Title: "main.py", Dir: s.dir,
		Site: preview.Site{Root: root.FS(), Isolated: true, Pyodide: map[string]fs.FS{release.Version: os.DirFS(pyodideDir)}},
		Dist: dist.Dist{Version: release.Version, Dir: pyodideDir}, Mode: preview.Mode{JSPI: true, Silence: silence},
		Program: func(ctx context.Context) (preview.Program, error) {
			p, err := preview.Gather(ctx, filepath.Join(s.dir, "main.py"))
			p.Patience = time.Hour
			return p, err
		},
	}
	if files["index.html"] != "" {
		o.Page, o.Site.Watch = "index.html", &preview.Watch{Pyodide: release.Version, Silence: silence}
		o.Program = func(context.Context) (preview.Program, error) { return preview.Program{Patience: time.Hour}, nil }
	}
	for _, set := range sets {
		set(&o)
	}
	if s.preview, err = live.Start(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.preview.Close(); err != nil {
			t.Error(err)
		}
	})
	s.tab = s.open()
	return s
}

// open opens a console.
func (s *showing) open() *preview.Tab {
	s.Helper()
	b, err := one()
	if err != nil {
		s.Fatal(err)
	}
	tab, err := b.Open(s.preview.URL())
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(tab.Close)
	return tab
}

func (s *showing) write(name, text string) {
	s.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o644); err != nil {
		s.Fatal(err)
	}
}

// has waits until a list of the console has a row with a text.
func (s *showing) has(list, text string) {
	s.Helper()
	s.until(fmt.Sprintf(`[...document.querySelectorAll(%s)].some((e) => e.textContent.includes(%s))`, quoted("#"+list+" .row"), quoted(text)))
}

// count waits until a list of the console has so many rows with a text.
func (s *showing) count(list, text string, n int) {
	s.Helper()
	s.until(fmt.Sprintf(`[...document.querySelectorAll(%s)].filter((e) => e.textContent.includes(%s)).length === %d`, quoted("#"+list+" .row"), quoted(text), n))
}

// again loads the program again, as a reader does.
func (s *showing) again() {
	s.Helper()
	s.eval("document.getElementById('again').click()", nil)
}

// run waits until the console shows a run of this number.
func (s *showing) run(n int) {
	s.Helper()
	s.until(fmt.Sprintf("document.getElementById('state').dataset.run === '%d'", n))
}

// A handler that never ends is interrupted where it is, each time, and the program goes on.
func TestRunEndless(t *testing.T) {
	s := show(t, map[string]string{"main.py": `import js
from pyodide.ffi import create_once_callable, create_proxy
def endless():
    while True: pass
def after(*_):
    print("after")
    js.setTimeout(create_once_callable(endless), 1)
js.setTimeout(create_once_callable(endless), 1)
js.setInterval(create_proxy(after), 7000)
`})
	s.has("observations", "did not end by itself")
	s.has("observations", "main.py:4")
	s.has("console", "after")
	s.shows("#state", "Waiting")
	s.until("document.querySelector('#observations .times')?.textContent === '×2' || document.querySelectorAll('#observations .mistake').length === 2")
	if got := s.rows(); got < 1 {
		t.Errorf("%d rows", got)
	}
}

// rows is how many observations there are to be seen.
func (s *showing) rows() (n int) {
	s.Helper()
	s.eval("document.querySelectorAll('#observations .row').length", &n)
	return n
}

// So is one that stands at the top of a program, on the page and in a worker.
func TestRunEndlessProgram(t *testing.T) {
	for name, sets := range map[string][]set{"on the page": nil, "in a worker": {inWorker}} {
		t.Run(name, func(t *testing.T) {
			s := show(t, map[string]string{"main.py": "import js\nwhile True: pass\n"}, sets...)
			s.has("observations", "did not end by itself")
			s.has("observations", "main.py:2")
			s.shows("#state", "Waiting")
			s.write("main.py", "print('mended')\n")
			s.has("console", "mended")
			s.count("observations", "", 0)
		})
	}
}

// Where nobody can interrupt it, the console is told, stays alive, and has it back when it is mended.
func TestRunStuck(t *testing.T) {
	s := show(t, map[string]string{"main.py": "import js\nwhile True: pass\n"}, notIsolated)
	s.shows("#state", "Python does not answer")
	s.has("observations", "cannot be interrupted")
	s.again()
	s.run(2)
	s.shows("#state", "Python does not answer")
	s.write("main.py", "print('mended')\n")
	s.has("console", "mended")
	s.shows("#state", "Waiting")
}

// A page that goes elsewhere is said to have, and comes back.
func TestRunLeft(t *testing.T) {
	s := show(t, map[string]string{"main.py": "import js\nprint('here')\nif not js.sessionStorage.getItem('was'):\n    js.sessionStorage.setItem('was', '1')\n    js.location.href = 'about:blank'\n"})
	s.shows("#state", "The page went elsewhere")
	s.again()
	s.has("console", "here")
	s.shows("#state", "Waiting")
}

// Dialogs and questions hold up nobody for ever, and a page that loads itself again and again is followed.
func TestRunRestless(t *testing.T) {
	for name, code := range map[string]string{
		"dialogs":         "while True:\n    js.alert('a'); js.confirm('b'); js.prompt('c')\n",
		"a question":      "js.onbeforeunload = create_proxy(lambda event: event.preventDefault())\nprint('asks')\n",
		"it loads itself": "js.location.reload()\n",
	} {
		t.Run(name, func(t *testing.T) {
			s := show(t, map[string]string{"main.py": "import js\nfrom pyodide.ffi import create_proxy\n" + code})
			switch name {
			case "dialogs":
				s.has("observations", "did not end by itself")
			case "a question":
				s.has("console", "asks")
			case "it loads itself":
				s.until("Number(document.getElementById('state').dataset.run) > 3")
			}
			s.write("main.py", "print('mended')\n")
			s.has("console", "mended")
			s.shows("#state", "Waiting")
		})
	}
}

// More than anybody reads neither fills the console nor stops it.
func TestRunFlood(t *testing.T) {
	s := show(t, map[string]string{"main.py": "for i in range(100_000):\n    print('line', i)\nimport js\njs.document.title = 'over'\n"})
	s.shows("#state", "Waiting")
	s.press("2")
	s.has("console", "there is more, which is left out")
	s.has("console", "line 0")
	s.again()
	s.run(2)
	s.shows("#state", "Waiting")
}

// The same flood from a page that stands as it is, in few lines and long ones.
func TestRunPageFlood(t *testing.T) {
	s := show(t, map[string]string{"index.html": `<!doctype html><title>flood</title><script>
const long = "x".repeat(20_000_000);
console.log(long);
for (let i = 0; i < 100_000; i++) console.log("line", i);
</script>`})
	s.shows("#state", "Waiting")
	s.press("2")
	s.has("console", "there is more, which is left out")
}

// What runs in a frame of a page belongs to the run of the page, however deep it is and however often it is loaded.
func TestRunFrames(t *testing.T) {
	s := show(t, map[string]string{
		"index.html":  `<!doctype html><title>outer</title><iframe src="middle.html"></iframe><script>console.log("outer")</script>`,
		"middle.html": `<!doctype html><iframe src="inner.html"></iframe><script>console.log("middle")</script>`,
		"inner.html": `<!doctype html><script type="module">
import { loadPyodide } from "https://cdn.jsdelivr.net/pyodide/v0.29.5/full/pyodide.mjs";
const pyodide = await loadPyodide();
pyodide.runPython(await (await fetch("inner.py")).text());
</script>`,
		"inner.py": "import js\njs.setTimeout(print, 1)\njs.console.log('inner')\n",
	})
	s.has("console", "outer")
	s.has("console", "middle")
	s.has("console", "inner")
	s.has("observations", "inner.py:2")
	s.shows("#state", "Waiting")
	s.run(1)
	s.write("inner.py", "print('mended')\njs.console.log('mended')\n")
	s.run(2)
}

// A console that is opened beside another begins anew, and both are told the same of that.
func TestRunTwice(t *testing.T) {
	files := map[string]string{"main.py": "print('here')\n"}
	s := show(t, files)
	s.has("console", "here")
	other := &showing{stage: &stage{T: t}, dir: s.dir, preview: s.preview}
	other.tab = other.open()
	for _, console := range []*showing{s, other} {
		console.run(2)
		console.count("console", "here", 1)
		console.shows("#state", "Waiting")
	}
	beside := show(t, map[string]string{"main.py": "print('beside')\n"}) // another preview, at the same time
	beside.has("console", "beside")
	s.write("main.py", "print('mended')\n")
	s.has("console", "mended")
	other.has("console", "mended")
	other.tab.Close()
	s.count("console", "mended", 1)
	beside.run(1)
}
