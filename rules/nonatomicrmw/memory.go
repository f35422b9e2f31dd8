package nonatomicrmw

import (
	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// memory is what a file shares with other threads.
type memory struct {
	*analysis.Pass
	posts []post // nil until asked for
	asked bool
}

// post is shared memory that a file hands to another thread.
type post struct {
	call syntax.Node
	made syntax.Node // the expression that made the memory
}

// exposed says whether an item lies in memory that another thread has when it is read and written: in an
// array of integers on shared memory that the file has posted by then.
func (m *memory) exposed(item syntax.Node) bool {
	if item.Child(syntax.FieldSubscript).Kind() == syntax.Slice || m.Unit.Flow.Place(item) == flow.OnHost {
		return false
	}
	array := item.Child(syntax.FieldValue)
	if _, kind, ok := m.Unit.Flow.ArrayMade(array); !ok || !kind.Atomic {
		return false
	}
	made := m.Unit.Flow.SharedMemory(array)
	if !made.OK() {
		return false
	}
	for _, sent := range m.sent() {
		if sent.made == made && m.Unit.Flow.RunsAfter(item, sent.call) {
			return true
		}
	}
	return false
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
		if message := analysis.Positional(call, 0); message.OK() {
			m.carried(call, message, carryLimit)
			continue
		}
		m.carriedBy(call, call.Child(syntax.FieldArguments), carryLimit) // keywords make one object
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

// carryLimit bounds how deep in a message memory is looked for.
const carryLimit = 6

// carried notes the memory in a value that is posted.
func (m *memory) carried(call, value syntax.Node, depth int) {
	if made := m.Unit.Flow.SharedMemory(value); made.OK() {
		m.posts = append(m.posts, post{call, made})
		return
	}
	if depth == 0 {
		return
	}
	value = m.Unit.Flow.Definition(value)
	switch value.Kind() {
	case syntax.List, syntax.Tuple, syntax.Set, syntax.Dictionary:
		m.carriedBy(call, value, depth-1)
	case syntax.Call:
		function := value.Child(syntax.FieldFunction)
		path, _ := m.Unit.Flow.JavaScript(function)
		if pyodide.Carriers[path] || pyodide.Carriers[m.Unit.Scopes.Canonical(function)] {
			m.carriedBy(call, value.Child(syntax.FieldArguments), depth-1)
		}
	}
}

// carriedBy is carried for the items of a container or the arguments of a call.
func (m *memory) carriedBy(call, container syntax.Node, depth int) {
	for item := range container.Children() {
		switch item.Kind() {
		case syntax.Pair, syntax.KeywordArgument:
			item = item.Child(syntax.FieldValue)
		case syntax.ListSplat, syntax.DictionarySplat:
			item = item.First()
		}
		m.carried(call, item, depth)
	}
}
