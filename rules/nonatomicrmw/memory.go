package nonatomicrmw

import (
	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax"
)

// memory is what a file shares with other threads.
type memory struct {
	*analysis.Pass
	posts []post // nil until asked for
	asked bool
	host  []realm.Memory // of the script around the text, nil until asked for
}

// post is shared memory that a file hands to another thread.
type post struct {
	call syntax.Node
	made syntax.Node // the expression that made the memory
}

// exposure is how another thread comes to have memory.
type exposure struct {
	by    string // the other file that shares it; empty for this one
	twice bool   // the code runs on both sides of it
}

// exposed says whether an item lies in memory that another thread has when it is read and written: in an array of
// integers on shared memory that the file has posted by then, or that another file shares.
func (m *memory) exposed(item syntax.Node) (e exposure, ok bool) {
	if item.Child(syntax.FieldSubscript).Kind() == syntax.Slice || m.Unit.Flow.Place(item) == flow.OnHost {
		return exposure{}, false
	}
	array := item.Child(syntax.FieldValue)
	made, kind, known := m.Unit.Flow.ArrayMade(array)
	switch {
	case !known:
		made = syntax.Node{}
	case !kind.Atomic:
		return exposure{}, false
	}
	if memory := m.Unit.Flow.SharedMemory(array); known && memory.OK() {
		for _, sent := range m.sent() {
			if sent.made == memory && m.Unit.Flow.RunsAfter(item, sent.call) {
				return exposure{}, true
			}
		}
	}
	return m.elsewhere(item, array, made)
}

// sent is the shared memory that the file posts.
func (m *memory) sent() []post {
	if m.asked {
		return m.posts
	}
	m.asked = true
	for _, c := range m.Unit.Flow.Calls() {
		call := c.Node
		if !m.isPost(c) {
			continue
		}
		message := analysis.Positional(call, 0)
		if !message.OK() {
			message = call.Child(syntax.FieldArguments) // keywords make one object
		}
		for _, made := range m.Unit.Flow.Carried(message) {
			m.posts = append(m.posts, post{call, made})
		}
	}
	return m.posts
}

// isPost says whether a call hands its argument to another thread.
func (m *memory) isPost(c flow.Call) bool {
	if c.Name == "js."+pyodide.PostMessage {
		return m.Realms(c.Node) != pyodide.Main
	}
	return c.Method == pyodide.PostMessage && !m.Unit.Flow.Python(c.Object())
}
