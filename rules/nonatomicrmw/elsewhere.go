package nonatomicrmw

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax"
)

// others is memory that another file, or the script around the text, shares with another thread.
type others struct {
	realm.Shared
	script bool // a script gives it a name
	before bool // it is shared before the text runs
}

// elsewhere says whether an item lies in memory of others. What is done while the text is loaded on the page is set-up,
// unless they have shared it by then. A worker has been given it.
func (m *memory) elsewhere(item, array, made syntax.Node) (e exposure, ok bool) {
	found, ok := m.under(array, made)
	if !ok {
		return exposure{}, false
	}
	last := syntax.Node{}
	for statement := range m.Unit.Tree.Root().Children() {
		last = statement
	}
	if !found.before && !m.Unit.Flow.RunsAfter(item, last) && m.Realms(item) != pyodide.Worker {
		return exposure{}, false
	}
	index := m.Unit.Flow.Definition(item.Child(syntax.FieldSubscript))
	same := index.Kind() == syntax.Integer // else each side may have an item of its own
	return exposure{found.By, found.script && same && m.onBothSides(item)}, true
}

// under is the memory of others that an array of integers stands on, by its name or by that of the memory.
func (m *memory) under(array, made syntax.Node) (found others, ok bool) {
	if found, ok = m.shared(array); ok && found.Array != "" {
		kind, _ := pyodide.ArrayNamed("js." + found.Array)
		return found, kind.Atomic
	}
	on := made.Child(syntax.FieldArguments).First() // js.Int32Array.new(js.memory)
	buffer := on.Child(syntax.FieldAttribute).Text() == "buffer"
	if buffer {
		on = on.Child(syntax.FieldObject)
	}
	found, ok = m.shared(on)
	return found, ok && buffer == (found.Array != "") // an array on an array is a copy
}

// shared is the memory of others that an expression names.
func (m *memory) shared(n syntax.Node) (found others, ok bool) {
	if n.Kind() != syntax.Identifier && n.Kind() != syntax.Attribute {
		return others{}, false
	}
	name := m.Unit.Scopes.Canonical(n)
	if name == "" && n.Kind() == syntax.Identifier {
		if bound := m.Unit.Scopes.Lookup(n); bound != nil && bound.Scope == m.Unit.Scopes.Module() {
			name = n.Text()
		}
	}
	global, script := strings.CutPrefix(name, "js.")
	if script {
		for _, above := range m.above() {
			if above.Posted && above.Name == global {
				return others{realm.Shared{Array: above.Array}, true, true}, true
			}
		}
	}
	s, ok := m.View.Shared[name]
	return others{s, script, false}, ok
}

// above is the memory that the script around the text gives a name before it runs the text.
func (m *memory) above() []realm.Memory {
	if m.host == nil && m.Unit.Host != nil {
		text := m.File.Source
		m.host = append([]realm.Memory{}, realm.MemoryIn(text.Text()[:text.LineSpan(m.Unit.Begins()-1).Start])...)
	}
	return m.host
}

// onBothSides says whether code is known to run on the main thread and in a worker, which have the same memory.
func (m *memory) onBothSides(at syntax.Node) bool {
	var known pyodide.Realms
	for _, r := range m.Runs(at) {
		if r.Basis > realm.Assumed {
			known = known.Or(r.Realm)
		}
	}
	return known.Has(pyodide.Main | pyodide.Worker)
}
