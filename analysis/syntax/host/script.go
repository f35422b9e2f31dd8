package host

import (
	"cmp"
	"slices"
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// script finds the Python in a script: what it runs, what looks like Python, the files that it loads. around is
// what the script was itself found in, nil for a file; where is where it runs, Anywhere to tell by what it uses.
func (d *Document) script(text string, dialect syntax.Dialect, around *source.Derived, where Where) {
	d.parsed(text, dialect, around, where, syntax.ParseScript)
}

// parsed is script, with what parses it.
func (d *Document) parsed(text string, dialect syntax.Dialect, around *source.Derived, where Where, parse parsing) {
	if !worthScript(text) {
		return
	}
	s := &script{text: text, taken: map[int]bool{}, where: where}
	var err error
	if s.tree, err = parse(text, dialect); err != nil {
		first, _, _ := strings.Cut(text, "\n")
		d.Troubles = append(d.Troubles, Trouble{spanIn(around, source.Span{Start: 0, End: len(first)}), "this script " + err.Error()})
		return
	}
	s.names = names{tree: s.tree, uses: map[string][]use{}}
	if where == Anywhere {
		s.where = s.evidence()
	}
	if loadsMicroPython(text) {
		s.runtime = MicroPython
	}
	s.runs()
	s.shapes()
	slices.SortStableFunc(s.found, func(a, b *Unit) int { return cmp.Compare(a.Map[0].Host.Start, b.Map[0].Host.Start) })
	for _, u := range s.found {
		u.Derived = u.Within(around)
		d.Units = append(d.Units, *u)
	}
	for _, r := range s.references() {
		r.Span = spanIn(around, r.Span)
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
	where   Where
	runtime Runtime
	found   []*Unit
	taken   map[int]bool // the literals that belong to a unit
	laid    []int        // those of the expression that is being laid out
}

// runners are the functions that run Python. What they run may await at its top level, or not; of the last one
// it depends on the version.
var runners = map[string]Entry{"runPython": PlainEntry, "runPythonAsync": AsyncEntry, "runPythonSyncifying": AnyEntry}

// runs finds the Python that is run. What is run in several ways is one unit, and must suit the strictest.
func (s *script) runs() {
	units := map[int]*Unit{} // by the first literal
	s.calls(func(callee, code syntax.Node) {
		entry, ok := runners[lastName(callee)]
		if !ok {
			return
		}
		for _, n := range branches(code) {
			s.laid, s.names.left = nil, steps
			d, ok := s.layOut(n, true)
			if !ok {
				continue
			}
			first := s.laid[0]
			switch u := units[first]; {
			case u == nil:
				units[first] = s.add(Unit{Derived: d.Dedent(), Form: Run, Entry: entry, Runtime: cmp.Or(s.runtime, Pyodide)})
			case u.Entry == PlainEntry || entry == PlainEntry:
				u.Entry = PlainEntry
			default:
				u.Entry = min(u.Entry, entry)
			}
		}
	})
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
	u.Where = s.where
	if u.Form == Shape && u.Where == OnPage {
		u.Where = Anywhere // a page may give it to a worker
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
