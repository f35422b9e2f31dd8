package live_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"pyodide-ls/preview"
)

// showcase is what a preview may have to say.
func showcase() []said {
	at := func(file string, line int) said { return said{"file": file, "line": line} }
	borrowed := "Error: This borrowed proxy was automatically destroyed at the end of a function call. Try using create_proxy or create_once_callable."
	return []said{
		{"began": 2}, {"state": "waiting"},
		observed("isolation", said{"say": "The page is cross-origin isolated"}),
		observed("printed", said{"text": "gauge ready, 4 channels"}),
		observed("logged", said{"text": "measuring …", "at": at("main.py", 18)}),
		observed("warned", said{"text": "main.py:22: DeprecationWarning: read() is going away"}),
		observed("printed", said{"text": "58.9 frames per second"}), observed("printed", said{"text": "58.9 frames per second"}),
		observed("posted", said{"text": "{\"done\": true}", "realm": "worker"}),
		observed("blocked", said{"text": "time.sleep", "say": "time.sleep held up the page for 3,012 ms", "mistake": true, "at": at("pause.py", 8), "milliseconds": 3012}),
		observed("uncaught", said{"text": borrowed, "say": borrowed, "mistake": true, "made": at("main.py", 31)}),
		observed("uncaught", said{"text": borrowed, "say": borrowed, "mistake": true, "made": at("main.py", 31)}),
		observed("raised", said{"text": "KeyError: 'chart'", "say": "KeyError: 'chart'", "mistake": true, "at": at("chart.py", 44)}),
		observed("live", said{"say": "3 proxies are still there when all else was collected", "count": 3, "at": at("index.html", 27)}),
		{"findings": []said{
			{"rule": "bare-callback", "severity": "error", "message": "this callback is destroyed when addEventListener returns, so it is gone when the event fires", "file": "main.py", "line": 31, "column": 62, "url": "https://example.org/rules/bare-callback", "measured": "uncaught, 2 times"},
			{"rule": "block-main", "severity": "warning", "message": "time.sleep freezes the page until it is over: nothing is drawn and no event is handled", "file": "pause.py", "line": 8, "column": 5, "url": "", "measured": "blocked 3,012 ms"},
			{"rule": "bare-callback", "severity": "error", "message": "this callback is destroyed when setTimeout returns, so it is gone when the time is up", "file": "main.py", "line": 36, "column": 15, "url": "javascript:alert(1)", "measured": ""},
			{"rule": "sab-not-isolated", "severity": "info", "message": "a SharedArrayBuffer needs a cross-origin isolated page, and nothing here that sets the headers for it could be seen", "file": "gauge.py", "line": 11, "column": 44, "url": "", "measured": ""},
		}},
	}
}

func TestConsole(t *testing.T) {
	s := raise(t)
	if got := next(s, s.frames); got != "isolated=true" {
		t.Errorf("the application says %s in its frame", got)
	}
	s.shows("#observations", "Nothing has gone wrong so far.")
	s.say(showcase()...)
	s.until("document.title === '(4) main.py · pyodide-ls'")
	s.shows("#state", "Waiting for events")
	s.shows("#pyodide", "Pyodide 0.29.5")
	s.shows("#isolated", "isolated")
	s.shows("#observations-tab", "Observations (6) 4 mistakes")
	s.shows("#console-tab", "Console (6)")
	s.shows("#findings-tab", "Findings (4) 2 errors")
	s.until("$$('#observations .row').length === 5 && $('.times').innerText === '×2' && $$('.row.mistake').length === 3")
	s.shows("#observations .row.mistake .where", "pause.py:8")
	for _, look := range []preview.Look{{Width: 1280, Height: 800}, {Width: 390, Height: 844}} {
		s.look(fmt.Sprintf("observations-light-%d", look.Width), look)
		look.Dark = true
		s.look(fmt.Sprintf("observations-dark-%d", look.Width), look)
	}
	s.press("3")
	s.until("$$('.measured').length === 2 && $$('a.rule').length === 1")
	s.shows(".measured", "Confirmed by the browser: uncaught, 2 times")
	s.shows(".row .where", "main.py:31:62")
	s.look("findings-dark", preview.Look{Width: 1280, Height: 800, Dark: true})
	s.look("findings-light", preview.Look{Width: 1280, Height: 800})
	s.press("2")
	s.shows("#console .logged", "main.py:18")
	s.look("console-light", preview.Look{Width: 1280, Height: 800})
}

// A new run begins with nothing but the findings, and the frame is loaded when the server says so.
func TestRuns(t *testing.T) {
	s := raise(t)
	next(s, s.frames)
	s.say(showcase()...)
	s.shows("#observations-tab", "Observations (6)")
	s.press("2")
	s.say(said{"began": 3}, said{"state": "loading"})
	s.look("empty-dark", preview.Look{Width: 1280, Height: 800, Dark: true})
	s.shows("#state", "Loading Pyodide")
	s.shows("#console", "Nothing has been printed yet.")
	s.shows("#observations-tab", "Observations (0)")
	s.shows("#findings-tab", "Findings (4)")
	s.say(s.about("other.py")) // which is no reason to load the page again
	s.until("document.title === 'other.py · pyodide-ls'")
	if len(s.frames) > 0 {
		t.Error("the frame was loaded again")
	}
	s.say(said{"reload": "main.py"})
	s.shows("#said", "reloaded: main.py changed")
	next(s, s.frames)
}

// All that a page can write into the console is text.
func TestHostileText(t *testing.T) {
	s := raise(t)
	bad := "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>\u202e\x00"
	site := said{"file": bad, "line": 1}
	fields := said{"text": bad, "say": "say " + bad, "at": site, "made": site, "realm": bad}
	s.say(s.about(bad), said{"state": bad})
	s.say(observed("uncaught", fields), observed("printed", fields), observed(bad, fields))
	s.say(observed("raised", said{"text": strings.Repeat("long ", 1<<20)}))
	s.say(said{"findings": []said{{"rule": bad, "severity": bad, "message": bad, "file": bad, "line": 1, "column": 1, "url": "javascript:document.title='broken'", "measured": bad}}})
	s.say(said{"reload": bad})
	s.shows("#said", "<img src=x")
	s.shows("#observations", "more characters")
	for key, count := range map[string]int{"1": 3, "2": 1, "3": 1} {
		s.press(key)
		s.until(fmt.Sprintf("$$('[role=tabpanel] .row').length === %d && $('.row .what').innerText.includes('<img src=x')", count))
	}
	s.say(said{"bye": bad})
	s.shows("#banner", "<img src=x")
	s.until("document.querySelectorAll('img, script').length === 2 && !document.querySelector('a.rule') && document.title !== 'broken'")
}

func TestKeys(t *testing.T) {
	s := raise(t)
	s.say(showcase()...)
	s.until("$$('#observations .row').length === 5")
	s.press("jjjk\r")
	if got := next(s, s.heard); !reflect.DeepEqual(got, said{"open": map[string]any{"file": "pause.py", "line": 8.0}}) {
		t.Errorf("Enter says %v", got)
	}
	s.shows("#said", "Opening pause.py:8 in the editor")
	s.press("r")
	if got := next(s, s.heard); !reflect.DeepEqual(got, said{"again": true}) {
		t.Errorf("r says %v", got)
	}
	s.press("?")
	s.shows("#keys", "open the line")
	s.until("$('#help').ariaExpanded === 'true'")
	s.eval("document.getElementById('pyodide').focus()", nil)
	s.shows("#pyodide-why", "package.json asks for pyodide 0.29.5")
	s.look("keys-light", preview.Look{Width: 1280, Height: 800})

	const left, right, down, home, tab = "\u0302", "\u0303", "\u0301", "\u0306", "\t"
	s.press(down + down)
	s.until("document.activeElement.innerText.includes('KeyError')")
	s.eval("document.getElementById('observations-tab').focus()", nil)
	s.press(right)
	s.until("$('#console') && document.activeElement.id === 'console-tab' && $('#console-tab').ariaSelected === 'true'")
	s.press(left + left)
	s.until("$('#findings') && $$('[role=tab][tabindex=\"0\"]').length === 1")
	s.press(tab)
	s.until("document.activeElement === $('#findings .row')")
	s.eval("document.getElementById('splitter').focus()", nil)
	s.press(left + left)
	s.until("$('#splitter').ariaValueNow === '56' && $('#splitter').ariaOrientation === 'vertical'")
	s.press(home)
	s.until("$('#splitter').ariaValueNow === '20' && $('#app').offsetWidth < innerWidth / 4")
}

// The bar is drawn over the frame, which does not take the mouse meanwhile.
func TestSplitter(t *testing.T) {
	s := raise(t)
	next(s, s.frames)
	var bar preview.Point
	s.eval("(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(document.getElementById('splitter').getBoundingClientRect())", &bar)
	for _, x := range []float64{300, 900} {
		if err := s.tab.Drag(t.Context(), bar, preview.Point{X: x, Y: bar.Y}); err != nil {
			t.Fatal(err)
		}
		s.until(fmt.Sprintf("Math.abs($('#app').offsetWidth - %v) < 10 && !$('.dragged') && document.activeElement.id === 'splitter'", x))
		bar.X = x
	}
}

// Without an editor, a line is copied.
func TestCopy(t *testing.T) {
	s := raise(t)
	about := s.about("main.py")
	about["about"].(said)["editor"] = false
	s.say(about, observed("raised", said{"say": "KeyError: 1", "at": said{"file": "main.py", "line": 3}}))
	s.eval("navigator.clipboard.writeText = async (text) => { window.copied = text; }", nil) // a headless browser asks for a permission
	s.until("$('.at')?.innerText === 'main.py:3'")
	s.eval("document.querySelector('.at').click()", nil)
	s.until("window.copied === 'main.py:3'")
	s.shows("#said", "Copied main.py:3")
	if len(s.heard) > 0 {
		t.Errorf("the server hears %v", <-s.heard)
	}
}

// An application that never ends takes nothing with it: the console has a process of its own.
func TestStuck(t *testing.T) {
	s := raise(t)
	next(s, s.frames)
	about := s.about("main.py")
	about["about"].(said)["page"] = s.stuck
	s.say(about)
	for range 3 {
		if got := next(s, s.frames); got != "stuck" {
			t.Fatalf("the application says %s", got)
		}
	}
	s.say(said{"state": "stuck"})
	s.shows("#state", "Python does not answer")
	s.press("r")
	next(s, s.heard)
	s.say(s.about("main.py"))
	for next(s, s.frames) != "isolated=true" {
	}
}

// A flood neither fills the page nor stops it, and what came first is still there.
func TestFlood(t *testing.T) {
	s := raise(t)
	s.say(said{"began": 1})
	s.eval(`window.slowest = 0; let then = performance.now();
requestAnimationFrame(function next() { const now = performance.now(); slowest = Math.max(slowest, now - then); then = now; requestAnimationFrame(next); });`, nil)
	for i := range 20_000 {
		s.say(observed("uncaught", said{"say": fmt.Sprintf("error %d", i), "mistake": true, "at": said{"file": "main.py", "line": i + 1}}))
	}
	s.shows("#observations-tab", "Observations (20,000) 20,000 mistakes")
	s.shows("#observations", "error 19999")
	s.until("$$('#observations .row').length === 1000")
	s.shows("#observations", "19,000 more were left out here")
	s.shows("#observations .row", "error 0")
	s.until("$('#observations').scrollTop + $('#observations').clientHeight > $('#observations').scrollHeight - 48")
	var slowest float64
	s.eval("slowest", &slowest)
	t.Logf("the slowest frame took %.0f ms", slowest)
	s.press("j")
	s.until("document.activeElement.innerText.includes('error 0')")
	s.until("$('#news') === undefined || $('#news').textContent === '' || $('#news').textContent.endsWith('new mistakes')")

	for range 20_000 {
		s.say(observed("printed", said{"text": "tick"}))
	}
	s.press("2")
	s.until("$$('#console .row').length === 1 && $('#console .times').innerText === '×20,000'")
}

func TestNarrow(t *testing.T) {
	s := raise(t)
	s.say(showcase()...)
	s.until("$$('#observations .row').length === 5")
	below := "$('.side').getBoundingClientRect().top >= $('#app').getBoundingClientRect().bottom"
	s.until("!(" + below + ")")
	if err := s.tab.Show(t.Context(), preview.Look{Width: 390, Height: 844}); err != nil {
		t.Fatal(err)
	}
	s.until(below + " && $('#splitter').ariaOrientation === 'horizontal' && document.documentElement.scrollWidth <= 390")
}

func TestBye(t *testing.T) {
	s := raise(t)
	s.say(showcase()...)
	s.say(said{"bye": "the preview was ended"})
	s.conn.Close(websocket.StatusNormalClosure, "")
	s.shows("#banner", "The preview was ended. Start it again with pyodide-ls preview main.py.")
	s.until("$('#again').disabled && $$('#observations .row').length === 5")
	s.look("bye-dark", preview.Look{Width: 1000, Height: 700, Dark: true})
	if len(s.sockets) > 0 {
		t.Error("the socket was opened again")
	}
}

// A server that is gone is tried again ten times.
func TestLost(t *testing.T) {
	s := raise(t)
	s.shows("#title", "main.py")
	s.eval("window.pauses = []; const wait = setTimeout; window.setTimeout = (f, ms) => { pauses.push(ms); wait(f); };", nil)
	s.conn.CloseNow()
	s.conn = next(s, s.sockets)
	s.shows("#banner", "The preview does not answer. Trying again (1 of 10)")
	s.say(s.about("back.py"))
	s.until("!$('#banner') && document.title.startsWith('back.py')")

	s.eval("pauses.length = 0", nil)
	for range 10 {
		s.conn.CloseNow()
		s.conn = next(s, s.sockets)
	}
	s.conn.CloseNow()
	s.shows("#banner", "The preview has ended. Start it again with pyodide-ls preview back.py.")
	var pauses []int
	s.eval("pauses.filter((ms) => ms === 2000)", &pauses)
	if len(pauses) != 10 || len(s.sockets) > 0 {
		t.Errorf("it was tried again after %d, and %d sockets are open", pauses, len(s.sockets))
	}
	s.eval("document.querySelector('#banner button').click()", nil)
	s.conn = next(s, s.sockets)
	s.say(s.about("back.py"))
	s.until("!$('#banner')")
}
