package lsp

import (
	"fmt"
	"testing"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// The documents edited last keep their parser's trees; of others nothing is held.
func TestSessionsAreFew(t *testing.T) {
	var s sessions
	open := func(i int) (*analysis.Session, *analysis.File) {
		session := s.of(uri.File(fmt.Sprintf("/d%d.py", i)))
		f, err := session.Open(source.New("d.py", "f()\n"), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		return session, f
	}
	first, before := open(0)
	again, same := open(0)
	if again != first || same.Units[0].Tree != before.Units[0].Tree {
		t.Error("a document that is edited again starts from nothing")
	}
	for i := range sessionsKept {
		open(i + 1)
	}
	if len(s.last) != sessionsKept || s.last[0].uri != uri.File("/d1.py") {
		t.Errorf("%d sessions, the oldest of %s", len(s.last), s.last[0].uri)
	}
	if f, err := first.Open(source.New("d.py", "f()\n"), analysis.Setting{}); err != nil || f.Units[0].Tree == before.Units[0].Tree {
		t.Errorf("the session that had to go still has its tree (%v)", err)
	}
	first.Close()
	for i := range sessionsKept + 1 {
		s.drop(uri.File(fmt.Sprintf("/d%d.py", i)))
	}
	if len(s.last) > 0 {
		t.Errorf("%d sessions after the last document was closed", len(s.last))
	}
}

// Closing a document lets go of its session.
func TestCloseDropsTheSession(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	e.open("main.py", "python", "import js\n")
	e.edit("main.py", source.Edit{New: "# "})
	e.settle()
	held := len(e.server.sessions.last)
	e.close("main.py")
	e.settle()
	if held != 1 || len(e.server.sessions.last) != 0 {
		t.Errorf("%d sessions while it is edited, %d after it is closed", held, len(e.server.sessions.last))
	}
}
