package preview

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
)

// Each kind has its line, and counts as a mistake or does not.
func TestText(t *testing.T) {
	at := &analysis.Site{File: "a.py", Line: 3}
	for _, test := range []struct {
		of      analysis.Observation
		want    string
		mistake bool
	}{
		{analysis.Observation{Kind: analysis.Printed, Text: "hello"}, "hello\n", false},
		{analysis.Observation{Kind: analysis.Logged, Text: "hello", At: at}, "console: hello\n", false},
		{analysis.Observation{Kind: analysis.Uncaught, Text: "E", At: at, Made: at}, "uncaught E\n  --> a.py:3\n  --> a.py:3 made the proxy\n", true},
		{analysis.Observation{Kind: analysis.Blocked, Milliseconds: 60}, "blocked the page was busy for 60 ms\n", false},
		{analysis.Observation{Kind: analysis.Blocked, Text: "time.sleep", Milliseconds: 60, At: at}, "blocked time.sleep held up the page for 60 ms\n  --> a.py:3\n", true},
		{analysis.Observation{Kind: analysis.Live, Count: 2, At: at}, "live 2 proxies are still there when all else was collected\n  --> a.py:3\n", false},
		{analysis.Observation{Kind: analysis.Grown, Count: 1, At: at}, "leaks each event leaves 1 more proxy behind\n  --> a.py:3\n", true},
		{analysis.Observation{Kind: analysis.Shared, Count: 2, At: at}, "shared 2 SharedArrayBuffers were made\n  --> a.py:3\n", false},
		{analysis.Observation{Kind: analysis.Copied, Count: 1, At: at}, "copied a view of shared memory, 1 time: JavaScript does not see what is written to the copy\n  --> a.py:3\n", false},
		{analysis.Observation{Kind: analysis.Unawaited, Text: "f", Count: 3, At: at}, "unawaited the coroutine f, 3 times: it never ran\n  --> a.py:3\n", true},
		{analysis.Observation{Kind: analysis.Unsynced, Text: "/kept/a"}, "unsynced /kept/a was written and not synced: it is lost with the page\n", true},
		{analysis.Observation{Kind: analysis.Isolation, Isolated: true}, "", false},
	} {
		var b strings.Builder
		if err := NewText(&b, false).Tell(test.of); err != nil || b.String() != test.want || IsMistake(test.of) != test.mistake {
			t.Errorf("%v: %q, mistake %v, %v; want %q", test.of, b.String(), IsMistake(test.of), err, test.want)
		}
	}
}
