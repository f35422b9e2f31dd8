package callbackarity

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

const setup = `from js import document, setTimeout
from pyodide.ffi import create_proxy
from pyodide.ffi.wrappers import add_event_listener


def press():
    print("pressed")


`

// What bare-callback speaks of is not called at all until that is mended.
func TestGone(t *testing.T) {
	const never, always, later = "", "so each call ends in a TypeError", "as soon as its proxy is kept"
	for text, want := range map[string]string{
		"document.body.addEventListener('click', press)":               later,
		"document.body.addEventListener('click', lambda: press())":     later,
		"document.body.addEventListener('click', create_proxy(press))": always,
		"add_event_listener(document.body, 'click', press)":            always,
		"document.body.onclick = press":                                always,
		"setTimeout(press, 10)":                                        never,
		"setTimeout(press, 10, 'again')":                               later,
	} {
		f, err := analysis.Open(source.New("main.py", setup+text+"\n"), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, x := range analysis.Check(t.Context(), f, analysis.View{}, []*analysis.Rule{Rule}, analysis.Options{}) {
			said = append(said, x.Message)
		}
		if got := strings.Join(said, "; "); (want == never) != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s\n  says %q", text, got)
		}
	}
}
