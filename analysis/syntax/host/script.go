package host

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// script finds the Python in a script: what it runs, what looks like Python, the files that it loads. around is
// what the script was itself found in, nil for a file; realms is where it runs, none to tell by what it uses.
func (d *Document) script(text string, dialect syntax.Dialect, around *source.Derived, realms pyodide.Realms) {
	d.parsed(text, dialect, around, realms, syntax.ParseScript)
}

// parsed is script, with what parses it.
func (d *Document) parsed(text string, dialect syntax.Dialect, around *source.Derived, realms pyodide.Realms, parse parsing) {
	if !worthScript(text) {
		d.addReferences(linksIn(text), around, realms)
		return
	}
	s := &script{text: text, taken: map[int]bool{}, realms: realms}
	var err error
	switch s.tree, err = parse(text, dialect); {
	case err != nil && !bridge(text) && !loadsPython(text):
		d.addReferences(linksIn(text), around, realms)
		return
	case err != nil:
		first, _, _ := strings.Cut(text, "\n")
		d.Troubles = append(d.Troubles, Trouble{spanIn(around, source.Span{Start: 0, End: len(first)}), "this script " + err.Error()})
		return
	}
	s.names = names{tree: s.tree, uses: map[string][]use{}}
	switch clues := s.clues(); {
	case realms != 0:
	case around == nil:
		d.Clues = clues // it runs where the project loads it
	default:
		s.realms = Agreed(clues)
	}
	if loadsMicroPython(text) {
		s.runtime = MicroPython
	}
	s.runs()
	s.mounts()
	s.shapes()
	slices.SortStableFunc(s.found, func(a, b *Unit) int { return cmp.Compare(a.Map[0].Host.Start, b.Map[0].Host.Start) })
	for _, u := range s.found {
		u.Derived, u.At = u.Within(around), spanIn(around, u.At)
		for i := range u.Filled {
			u.Filled[i].At = spanIn(around, u.Filled[i].At)
		}
		d.Units = append(d.Units, *u)
	}
	d.addReferences(s.references(), around, s.realms)
	for _, h := range s.hides() {
		h.Span = spanIn(around, h.Span)
		d.Hidden = append(d.Hidden, h)
	}
	for _, f := range s.formers() {
		f.Span = spanIn(around, f.Span)
		for i := range f.Edits {
			f.Edits[i].Span = spanIn(around, f.Edits[i].Span)
		}
		d.Formers = append(d.Formers, f)
	}
	for _, c := range s.classic {
		d.Classic = append(d.Classic, Classic{spanIn(around, c.Span), c.Address})
	}
}

// addReferences adds what a script refers to, which is loaded where the script runs if nothing else is said of it.
func (d *Document) addReferences(all []Reference, around *source.Derived, realms pyodide.Realms) {
	for _, r := range all {
		r.Span, r.Realms = spanIn(around, r.Span), cmp.Or(r.Realms, realms)
		d.References = append(d.References, r)
	}
}

func spanIn(around *source.Derived, span source.Span) source.Span {
	if around == nil {
		return span
	}
	return around.Map.Span(span)
}

// script is a script that is being read.
type script struct {
	text    string
	tree    *syntax.Tree
	names   names
	realms  pyodide.Realms
	runtime Runtime
	found   []*Unit
	taken   map[int]bool // the literals that belong to a unit
	laid    []int        // those of the expression that is being laid out
	filled  []filling    // what is filled into that
	others  bool         // it runs Python that is not written down in it
	classic []Classic
}

// runners are the functions that run Python. What they run may await at its top level, or not; of the last one
// it depends on the version.
var runners = map[string]Entry{"runPython": PlainEntry, "runPythonAsync": AsyncEntry, "runPythonSyncifying": AnyEntry}

// runs finds the Python that is run. What is run in several ways is one unit, and must suit the strictest.
func (s *script) runs() {
	units := map[int]*Unit{} // by the first literal
	s.calls(func(callee, code syntax.Node) {
		name := lastName(callee)
		entry, ok := runners[name]
		if !ok {
			return
		}
		for _, n := range branches(code) {
			s.laid, s.filled, s.names.left = nil, nil, steps
			d, ok := s.layOut(n, true)
			if !ok {
				s.others = true
				continue
			}
			first := s.laid[0]
			run := Unit{Derived: d.Dedent(), Form: Run, Entry: entry, Runtime: cmp.Or(s.runtime, Pyodide), Why: name, At: callee.Span(), Filled: s.fillings()}
			switch u := units[first]; {
			case u == nil && s.remote(callee):
				run.Why += " of a worker"
				if u := s.add(run); u != nil {
					u.Realms, units[first] = pyodide.Worker, u
				}
			case u == nil:
				units[first] = s.add(run)
			case u.Entry == PlainEntry || entry == PlainEntry:
				u.Entry = PlainEntry
			default:
				u.Entry = min(u.Entry, entry)
			}
		}
	})
}

// remote says whether what runs Python is a worker's, wrapped so that its functions can be called.
// Source: https://github.com/GoogleChromeLabs/comlink
func (s *script) remote(callee syntax.Node) bool {
	s.names.left = steps
	value := s.names.constant(callee.Child(syntax.FieldObject))
	return value.Kind() == syntax.CallExpression && lastName(value.Child(syntax.FieldFunction)) == "wrap"
}

// calls calls f with what is called and the first argument, in calls that are being typed, too: those the
// parser leaves in pieces until they are closed.
func (s *script) calls(f func(callee, first syntax.Node)) {
	for call := range s.tree.Of(syntax.CallExpression) {
		f(call.Child(syntax.FieldFunction), argument(call, 0))
	}
	for broken := range s.tree.Of(syntax.Error) {
		before := syntax.Node{}
		for n := range broken.Children() {
			if before.OK() && strings.TrimSpace(s.text[before.Span().End:n.Span().Start]) == "(" {
				f(before, n)
			}
			before = n
		}
	}
}

// add keeps a unit, unless nothing of it is known.
func (s *script) add(u Unit) *Unit {
	if strings.Trim(u.Text, source.Placeholder+" \t\r\n") == "" {
		return nil
	}
	u.Realms = cmp.Or(u.Realms, s.realms)
	if u.Form == Shape && u.Realms == pyodide.Main {
		u.Realms = 0 // a page may give it to a worker
	}
	for _, id := range s.laid {
		s.taken[id] = true
	}
	s.found = append(s.found, &u)
	return &u
}

// branches are the expressions that one of two may be.
func branches(n syntax.Node) []syntax.Node {
	n = unwrap(n)
	if n.Kind() != syntax.TernaryExpression {
		return []syntax.Node{n}
	}
	return append(branches(n.Child(syntax.FieldConsequence)), branches(n.Child(syntax.FieldAlternative))...)
}

// unwrap is an expression without what changes nothing of its value.
func unwrap(n syntax.Node) syntax.Node {
	for {
		inner := syntax.Node{}
		switch n.Kind() {
		case syntax.ParenthesizedExpression, syntax.AsExpression, syntax.SatisfiesExpression, syntax.NonNullExpression:
			inner = child(n, 0)
		case syntax.TypeAssertion:
			for c := range n.Children() {
				inner = c
			}
		}
		if !inner.OK() {
			return n
		}
		n = inner
	}
}

// argument is an argument of a call, if it stands by itself.
func argument(call syntax.Node, i int) syntax.Node {
	list := call.Child(syntax.FieldArguments)
	if list.Kind() != syntax.Arguments {
		return syntax.Node{} // a tagged template
	}
	n := child(list, i)
	if n.Kind() == syntax.SpreadElement {
		return syntax.Node{}
	}
	return n
}

// arguments is how many arguments a call has.
func arguments(call syntax.Node) (n int) {
	for range call.Child(syntax.FieldArguments).Children() {
		n++
	}
	return n
}

func child(n syntax.Node, i int) syntax.Node {
	for c := range n.Children() {
		if i--; i < 0 {
			return c
		}
	}
	return syntax.Node{}
}

// lastName is the name that an expression ends in: run of a?.b!.run.
func lastName(n syntax.Node) string {
	switch n = unwrap(n); n.Kind() {
	case syntax.Identifier:
		return n.Text()
	case syntax.MemberExpression:
		return n.Child(syntax.FieldProperty).Text()
	}
	return ""
}

// loadsMicroPython says whether all Python that a script runs is MicroPython's.
func loadsMicroPython(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "micropython") && !strings.Contains(lower, "pyodide")
}
