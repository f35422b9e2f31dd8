package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
)

// Everything here runs in a real browser, on a real Pyodide: the newest that is pinned, out of the tree's own cache.
func TestMain(m *testing.M) {
	if os.Getenv(dist.CacheVariable) == "" {
		os.Setenv(dist.CacheVariable, disttest.Cache())
	}
	os.Exit(m.Run())
}

// testEngine is a browser and a server for one test.
func testEngine(t *testing.T, isolated bool) (*Engine, string) {
	t.Helper()
	return engineOf(t, Site{Isolated: isolated}, pyodide.V314)
}

func engineOf(t testing.TB, site Site, line pyodide.Version) (*Engine, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	release := dist.Pyodide(line)
	dir, _, err := dist.Fetch(t.Context(), "", release)
	if err != nil {
		t.Fatal(err)
	}
	browser, err := StartBrowser(t.Context(), Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	site.Pyodide = map[string]fs.FS{release.Version: os.DirFS(dir)}
	engine, err := NewEngine(browser, site)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	return engine, PyodideAt(release.Version)
}

// open opens a page of an engine, with a Pyodide that is interrupted after a second without a pause.
func open(t testing.TB, e *Engine, base string, worker bool) *Session {
	t.Helper()
	return openFor(t, e, base, worker, time.Second)
}

func openFor(t testing.TB, e *Engine, base string, worker bool, silence time.Duration) *Session {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s, err := e.Open(ctx, Mode{Base: base, Worker: worker, JSPI: true, Silence: silence})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// observe runs a program of one file and writes what is observed, a line each.
func observe(t testing.TB, s *Session, code string) (lines []string, err error) {
	t.Helper()
	return observeProgram(t, s, Program{How: Run}, code)
}

// observeProgram does it in a way that the program says.
func observeProgram(t testing.TB, s *Session, program Program, code string) (lines []string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	program.Files, program.Main, program.Patience = map[string]string{"main.py": code}, "main.py", 2*time.Second
	err = s.Run(ctx, program, func(o analysis.Observation) {
		if o.Kind == analysis.Blocked && o.Text == "" {
			return // a machine with much to do
		}
		line := fmt.Sprintf("%s %s", o.Kind, o.Text)
		if o.At != nil {
			line += fmt.Sprintf(" at %s:%d", o.At.File, o.At.Line)
		}
		if o.Made != nil {
			line += fmt.Sprintf(" made at %s:%d", o.Made.File, o.Made.Line)
		}
		if o.Count > 0 {
			line += fmt.Sprintf(" x%d", o.Count)
		}
		lines = append(lines, line)
	})
	return lines, err
}

// idbfs is the head of a program that mounts a folder of the browser's database.
const idbfs = `import pyodide_js
from js import Promise
FS = pyodide_js.FS
if not FS.analyzePath("/kept").exists:
    FS.mkdir("/kept")
    FS.mount(FS.filesystems.IDBFS, {}, "/kept")
def synced(populate):
    return Promise.new(lambda resolve, reject: FS.syncfs(populate, resolve))
`

// The first and the last version that are supported tell the same.
func TestObservations(t *testing.T) {
	for _, line := range []pyodide.Version{pyodide.V026, pyodide.V314} {
		t.Run(line.String(), func(t *testing.T) { observations(t, line) })
	}
}

// slow holds up whoever waits for it for longer than a browser lets pass.
func slow(http.ResponseWriter, *http.Request) { time.Sleep(200 * time.Millisecond) }

func observations(t *testing.T, line pyodide.Version) {
	e, base := engineOf(t, Site{Isolated: true, Handlers: map[string]http.Handler{"/slow": http.HandlerFunc(slow)}}, line)
	main, worker := openFor(t, e, base, false, 30*time.Second), openFor(t, e, base, true, 30*time.Second)
	for _, test := range []struct {
		name, code string
		in         *Session
		want       []string
	}{
		{"output", "import sys\nprint('out')\nprint('err', file=sys.stderr)\n", main, []string{"printed out", "warned err"}},
		{"the console", "import js\njs.console.log('hello', 1)\n", main, []string{"logged hello 1 at main.py:2"}},
		{"an exception", "def f():\n    return 1 / 0\nf()\n", main, []string{"raised ZeroDivisionError: division by zero at main.py:2"}},
		{"a message of several lines", "raise ValueError('a\\nb')\n", main, []string{"raised ValueError: a\nb at main.py:1"}},
		{"a syntax error", "x = 1\ny = (\n", main, []string{"raised SyntaxError: '(' was never closed at main.py:2"}},
		{"a callback that is gone", "import js\ndef tick(): ...\njs.setTimeout(tick, 1)\n", main, []string{
			"uncaught Error: This borrowed proxy was automatically destroyed at the end of a function call. Try using create_proxy or create_once_callable. made at main.py:3",
		}},
		{"an exception in a callback", "import js\nfrom pyodide.ffi import create_once_callable\ndef f():\n    raise KeyError('k')\njs.setTimeout(create_once_callable(f), 1)\n", main, []string{"uncaught KeyError: 'k' at main.py:4"}},
		{"what may be called once, called twice", "import js\nfrom pyodide.ffi import create_once_callable\ndef f(*a): ...\nonce = create_once_callable(f)\njs.setTimeout(once, 1)\njs.setTimeout(once, 20)\n", main, []string{"uncaught Error: OnceProxy can only be called once made at main.py:4"}},
		{"use after destroy", "import js\nfrom pyodide.ffi import create_proxy\np = create_proxy([1])\np.destroy()\njs.console.log(p.length)\n", main, []string{
			"raised pyodide.ffi.JsException: Error: Object has already been destroyed at main.py:5 made at main.py:3",
		}},
		{"what blocks the page", "import time, js\nfrom pyodide.ffi import create_once_callable\ndef f():\n    time.sleep(0.3)\njs.setTimeout(create_once_callable(f), 1)\n", main, []string{"blocked time.sleep at main.py:4"}},
		{"a request that is waited for", "import js\nr = js.XMLHttpRequest.new()\nr.open('GET', '/slow', False)\nr.send()\n", main, []string{"blocked " + analysis.SynchronousRequest + " at main.py:4"}},
		{"the same in a worker", "import time\ntime.sleep(0.3)\nprint('done')\n", worker, []string{"printed done"}},
		{"listeners that go with their elements", "import js\nfrom pyodide.ffi import create_proxy\nfor i in range(3):\n    js.document.createElement('p').addEventListener('click', create_proxy(print))\njs.document.createElement('p').addEventListener('click', js.Boolean)\n", main, nil},
		{"proxies that stay", "from pyodide.ffi import create_proxy\nimport js\nfor i in range(3):\n    js.Object.new().a = create_proxy(print)\njs.keep = create_proxy(print)\n", main, []string{"live  at main.py:5 x1"}},
		{"memory that is shared, and copied", "import js\nfor _ in range(2):\n    b = js.SharedArrayBuffer.new(8)\nview = js.Uint8Array.new(b)\ncopy = view.to_py()\n", main, []string{"shared  at main.py:3 x2", "copied  at main.py:5 x1"}},
		{"memory that is shared, in a worker", "import js\nview = js.Int32Array.new(js.SharedArrayBuffer.new(8))\nmemory = view.to_memoryview()\n", worker, []string{"shared  at main.py:2 x1", "copied  at main.py:3 x1"}},
		{"memory that is not shared", "import js\nview = js.Uint8Array.new(8).to_py()\n", main, nil},
		{"a coroutine that nobody awaits", "import asyncio\nasync def f(): ...\nasync def g():\n    f()\n    await f()\n    asyncio.sleep(0)\nawait g()\n", main, []string{"unawaited f at main.py:4 x1", "unawaited sleep at main.py:6 x1"}},
		{"files that are not synced", idbfs + "open('/kept/a', 'w').write('lost')\n", main, []string{"unsynced /kept/a at main.py:9"}},
		{"files that are synced", idbfs + "open('/kept/a', 'w').write('kept')\nawait synced(False)\nopen('/elsewhere', 'w').write('x')\n", main, nil},
		{"a message to the page", "import js\njs.postMessage('hi')\n", worker, []string{"posted hi"}},
		{"what is waited for", "import asyncio\nasync def f():\n    await asyncio.sleep(0.1)\n    print('late')\nasyncio.ensure_future(f())\n", main, []string{"printed late"}},
		{"WebGPU, without a graphics card", "import js\nadapter = await js.navigator.gpu.requestAdapter()\nprint(adapter.info.architecture)\n", main, []string{"printed swiftshader"}},
		{"dialogs", "import js\njs.alert('a')\nprint(js.confirm('b'))\n", main, []string{"printed False"}},
		{"an exit, of which Pyodide tells twice", "import sys\nprint('a')\nsys.exit(3)\n", main, []string{"printed a", "uncaught SystemExit: 3 at main.py:3", "raised SystemExit: 3 at main.py:3"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := observe(t, test.in, test.code)
			slices.Sort(got) // Pyodides differ in what they tell first
			slices.Sort(test.want)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("observed %.2000q, %v\nwant %q", got, err, test.want)
			}
		})
	}
}

// A line of which each press leaves a proxy behind is told, and what each press does wrong is told once.
func TestGrowth(t *testing.T) {
	e, base := testEngine(t, true)
	s := openFor(t, e, base, false, 30*time.Second)
	got, err := observeProgram(t, s, Program{How: Run, Press: true, Twice: true}, `import js
from pyodide.ffi import create_proxy
kept = []
def more(event):
    js.addEventListener("resize", create_proxy(print))
    if not kept:
        kept.append(create_proxy(print))
    raise ValueError("each time")
button = js.document.createElement("button")
js.document.body.append(button)
button.onclick = more
`)
	want := []string{"uncaught ValueError: each time at main.py:8", "grown  at main.py:5 x1", "live  at main.py:11 x1", "live  at main.py:7 x1"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("observed %q, %v\nwant %q", got, err, want)
	}
}

// A script may call what belongs to the page without naming the page, and the next program is run all the same.
func TestScriptListens(t *testing.T) {
	e, base := testEngine(t, true)
	s := openFor(t, e, base, false, 30*time.Second)
	for range 2 {
		got, err := observeProgram(t, s, Program{How: Script}, "addEventListener('x', () => console.log('x'));\ndispatchEvent(new Event('x'));\n")
		if want := []string{"logged x"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("observed %q, %v\nwant %q", got, err, want)
		}
	}
}

// Python that computes is told with the line on which it was met most often.
func TestBusy(t *testing.T) {
	e, base := testEngine(t, true)
	s := openFor(t, e, base, false, 30*time.Second)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	const code = `import time


def busy():
    end = time.time() + 1.5
    while time.time() < end: pass


busy()
`
	var got []analysis.Observation
	err := s.Run(ctx, Program{Files: map[string]string{"main.py": code}, Main: "main.py", How: Run}, func(o analysis.Observation) { got = append(got, o) })
	at := slices.IndexFunc(got, func(o analysis.Observation) bool {
		return o.Kind == analysis.Blocked && o.Milliseconds > 1000 && o.At != nil && *o.At == analysis.Site{File: "main.py", Line: 6}
	})
	if err != nil || at < 0 {
		t.Errorf("observed %+v, %v", got, err)
	}
}

// A program that does not end is interrupted where it is, and the page goes on.
func TestEndless(t *testing.T) {
	e, base := testEngine(t, true)
	for _, test := range []struct {
		name   string
		worker bool
	}{{"on the page", false}, {"in a worker", true}} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, e, base, test.worker)
			got, err := observe(t, s, "import js\nwhile True:\n    pass\n")
			if err != nil || !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, "stopped KeyboardInterrupt at main.py:") }) {
				t.Errorf("observed %q, %v", got, err)
			}
			if got, err = observe(t, s, "print('again')\n"); err != nil || !slices.Contains(got, "printed again") {
				t.Errorf("behind it %q, %v", got, err)
			}
		})
	}
}

// Wherever Python is interrupted, and whatever becomes of it, that is told once, and with the line.
func TestInterrupted(t *testing.T) {
	for _, line := range []pyodide.Version{pyodide.V026, pyodide.V314} {
		e, base := engineOf(t, Site{Isolated: true}, line)
		s := open(t, e, base, false)
		for name, test := range map[string]struct {
			code    string
			besides []string
		}{
			"in a handler":            {"from js import setTimeout\nfrom pyodide.ffi import create_once_callable\ndef f():\n    while True: ...\nsetTimeout(create_once_callable(f), 1)\n", nil},
			"in a task":               {"import asyncio\nasync def f():\n    while True: ...\nasyncio.ensure_future(f())\n", nil},
			"it is caught by scripts": {"from pyodide.code import run_js\ndef f():\n    while True: ...\nrun_js('(f) => { try { f() } catch {} }')(f)\nprint('\\ncaught')\n", []string{"printed caught"}},
			"while it calls":          {"from js import Date\nwhile True:\n    Date.now()\n", nil},
			"while it logs":           {"from js import console\nwhile True:\n    console.log('x')\n", nil},
			"while it prints":         {"while True:\n    print('x')\n", nil},
		} {
			t.Run(line.String()+" "+name, func(t *testing.T) {
				got, err := observe(t, s, test.code)
				got = slices.DeleteFunc(got, func(line string) bool {
					return line == "printed x" || line == "printed " || strings.HasPrefix(line, "logged x") || strings.HasPrefix(line, "blocked ") || strings.HasPrefix(line, "warned (there is more")
				})
				if err != nil || len(got) == 0 || !strings.HasPrefix(got[0], "stopped KeyboardInterrupt at main.py:") || !slices.Equal(got[1:], test.besides) {
					t.Errorf("observed %.2000q, %v", got, err)
				}
			})
		}
	}
}

// What cannot be interrupted is left, and said to be.
func TestStuck(t *testing.T) {
	e, base := testEngine(t, false)
	s := open(t, e, base, false)
	if got, err := observe(t, s, "while True:\n    pass\n"); !errors.Is(err, ErrStuck) {
		t.Errorf("observed %q, %v; want %v", got, err, ErrStuck)
	}
}

func TestMuchOutput(t *testing.T) {
	e, base := testEngine(t, true)
	s := openFor(t, e, base, true, 30*time.Second)
	got, err := observe(t, s, "for i in range(100):\n    print('x' * 1_000_000)\nfor i in range(100_000):\n    print(i)\n")
	size := 0
	for _, line := range got {
		size += len(line)
	}
	if err != nil || size < 100_000 || size > 2_000_000 || !slices.Contains(got, "warned (there is more, which is left out)") {
		t.Errorf("%d lines, %d bytes, %v, the last are %.200q", len(got), size, err, got[max(0, len(got)-3):])
	}
}

func TestPageLost(t *testing.T) {
	e, base := testEngine(t, true)
	t.Run("it goes elsewhere", func(t *testing.T) {
		s := open(t, e, base, false)
		if got, err := observe(t, s, "import js, asyncio\njs.location.href = 'about:blank'\nawait asyncio.sleep(60)\n"); !errors.Is(err, ErrLeft) {
			t.Errorf("observed %q, %v; want %v", got, err, ErrLeft)
		}
	})
	t.Run("it crashes", func(t *testing.T) {
		s := open(t, e, base, false)
		time.AfterFunc(200*time.Millisecond, func() { chromedp.Call(s.tab.ctx, page.Crash, cdp.Empty{}) }) //nolint:errcheck // nobody answers
		if got, err := observe(t, s, "import asyncio\nawait asyncio.sleep(60)\n"); !errors.Is(err, ErrCrashed) && !errors.Is(err, ErrLeft) {
			t.Errorf("observed %q, %v; want %v", got, err, ErrCrashed)
		}
	})
	t.Run("its browser is closed", func(t *testing.T) {
		s := open(t, e, base, false)
		process := chromedp.FromContext(e.browser.ctx).Browser.Process()
		closed := make(chan struct{})
		time.AfterFunc(200*time.Millisecond, func() {
			defer close(closed)
			e.browser.Close()
		})
		if got, err := observe(t, s, "import asyncio\nawait asyncio.sleep(60)\n"); err == nil {
			t.Errorf("observed %q, and no error", got)
		}
		<-closed
		if err := process.Signal(syscall.Signal(0)); err == nil {
			t.Error("the browser still runs")
		}
	})
}

func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv(BrowserVariable, "")
	if _, err := StartBrowser(t.Context(), Window{}); !errors.Is(err, ErrNoBrowser) {
		t.Errorf("got %v", err)
	}
	t.Setenv(BrowserVariable, "nowhere")
	if _, err := StartBrowser(t.Context(), Window{}); err == nil || !strings.Contains(err.Error(), "PYODIDE_LS_BROWSER") {
		t.Errorf("got %v", err)
	}
}
