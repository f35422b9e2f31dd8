package lsp

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/source"
)

const late = "from js import setTimeout\n\nsetTimeout(print, 10)\n"

// titles are the actions that are offered where a callback is dead.
func (e *fake) titles(name string) (titles []string) {
	e.t.Helper()
	at := strings.LastIndex(e.documents[name].Text(), "print")
	actions, err := e.CodeAction(e.t.Context(), &protocol.CodeActionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: e.uri(name)},
		Range:        rangeOf(e.documents[name], source.Span{Start: at, End: at}, e.encoding),
	})
	e.must(err)
	for _, a := range actions {
		titles = append(titles, strings.Clone(a.(*protocol.CodeAction).Title))
	}
	return titles
}

// A thousand documents that are open keep what was found in them, and few their trees; who asks gets the same answer.
func TestFewDocumentsKeepTheirTrees(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	const n = recentKept + 4
	for i := range n {
		e.open(fmt.Sprintf("m%d.py", i), "python", late)
		e.settle()
	}
	kept := 0
	for _, d := range e.server.current.Load().documents {
		if d.result.file.Load() != nil {
			kept++
		}
	}
	if kept != recentKept {
		t.Errorf("%d documents keep their trees, want %d", kept, recentKept)
	}
	first := e.server.current.Load().documents[e.uri("m0.py")]
	if first.result.file.Load() != nil {
		t.Error("the one that was looked at first keeps its own")
	}
	last := e.titles(fmt.Sprintf("m%d.py", n-1))
	if got := e.titles("m0.py"); len(got) < 4 || !slices.Equal(got, last) {
		t.Errorf("the first offers %q, and the last %q", got, last)
	}
	if first.result.file.Load() == nil {
		t.Error("who was asked about keeps no tree")
	}
	e.close("m0.py")
	e.settle()
	if first.result.file.Load() != nil {
		t.Error("who was closed keeps its tree")
	}
}

// Where memory is short, what can be worked out again is let go of, and the person is told once.
func TestMemoryIsShort(t *testing.T) {
	e := connect(t)
	e.initialize(full)
	e.open("a.py", "python", late)
	e.edit("a.py", source.Edit{Span: source.Span{}, New: "# \n"})
	before := e.titles("a.py")
	e.settle()
	e.server.tidy()
	if len(e.server.sessions.last) == 0 || len(e.server.recent.last) == 0 {
		t.Fatal("without a limit, something was let go of")
	}
	e.server.MemoryLimit = 1
	e.server.tidy()
	e.server.tidy()
	if len(e.server.sessions.last)+len(e.server.recent.last) != 0 {
		t.Error("trees are kept")
	}
	e.settle()
	if len(e.messages) != 1 || !strings.Contains(e.messages[0], "--memory-limit") {
		t.Errorf("the person was told %q", e.messages)
	}
	if got := e.titles("a.py"); !slices.Equal(got, before) || len(got) == 0 {
		t.Errorf("offered are %q, and before %q", got, before)
	}
	e.edit("a.py", source.Edit{Span: source.Span{}, New: "# \n"})
	if got := len(e.diagnostics("a.py")); got != 1 {
		t.Errorf("%d findings after an edit", got)
	}
}
