package realm

import (
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Placement is one way in which code comes to run: where, how Python is entered there, and what says so.
type Placement struct {
	Realm   pyodide.Realms // one
	Entry   host.Entry
	Basis   Basis
	Reasons []Reason // from the code outwards to what says that it runs there; none where it is assumed
	// Sure says that texts import each other at their top levels all the way, where nothing catches a failure, from one of
	// which something says that it runs there.
	Sure bool
}

// Basis is what a placement rests on, from the weakest on. What rests on something firmer leaves no room for it.
type Basis uint8

// The bases.
const (
	Assumed  Basis = iota // nothing says where it runs
	Taken                 // the code takes for granted what only one place has
	Marked                // a framework's own files say it
	Loaded                // pages and scripts load it, or what imports it
	Set                   // settings say it
	Directed              // a comment in the code says it
)

var basisNames = [...]string{"assumed", "code", "framework", "loaded", "settings", "directive"}

// String is the basis's name in reports for programs.
func (b Basis) String() string { return basisNames[b] }

// Reason is one place that says, or leads to, where code runs.
type Reason struct {
	Path string // slash-separated; empty where no file says it
	Line int    // 1-based
	What string // for people: `<script type="py" worker>`, "imports it"
}

// String is the reason for people, with its place.
func (r Reason) String() string {
	if r.Path == "" {
		return r.What
	}
	return fmt.Sprintf("%s:%d: %s", r.Path, r.Line, r.What)
}

// Because says in one line why code runs there: the reasons, from the code outwards.
func (p Placement) Because() string {
	if len(p.Reasons) == 0 {
		return "nothing says where it runs, so that is assumed"
	}
	var all []string
	for _, r := range p.Reasons {
		all = append(all, r.String())
	}
	return strings.Join(all, ", ")
}

// PyScript says whether it is PyScript that runs the code.
func (p Placement) PyScript() bool {
	return slices.ContainsFunc(p.Reasons, func(r Reason) bool {
		return strings.HasPrefix(r.What, `<script type="py`) || strings.HasPrefix(r.What, "<py-") ||
			strings.HasSuffix(r.What, "PyWorker") || strings.HasSuffix(r.What, "create_named_worker")
	})
}

// EntryName is the name of a way into Python in reports for programs, empty for one that is not known.
func EntryName(e host.Entry) string {
	return map[host.Entry]string{host.PlainEntry: "plain", host.AsyncEntry: "async", host.Imported: "import"}[e]
}

// EntryWords is a way into Python in words for people, empty for one that is not known.
func EntryWords(e host.Entry) string {
	return map[host.Entry]string{
		host.PlainEntry: "entered synchronously", host.AsyncEntry: "entered asynchronously", host.Imported: "imported",
	}[e]
}

// Distinct are placements without those in a place that an earlier one has.
func Distinct(all []Placement) []Placement {
	var seen pyodide.Realms
	var first []Placement
	for _, p := range all {
		if !seen.Has(p.Realm) {
			seen |= p.Realm
			first = append(first, p)
		}
	}
	return first
}

// RealmsOf are the places of some placements together.
func RealmsOf(all []Placement) pyodide.Realms {
	var s pyodide.Realms
	for _, p := range all {
		s = s.Or(p.Realm)
	}
	return s
}

// Importers are the imports by which the code comes to run, from the nearest on.
func (p Placement) Importers() []Reason {
	return slices.DeleteFunc(slices.Clone(p.Reasons), func(r Reason) bool { return r.What != imports })
}

// Imports is the reason of a text that an import has run.
func Imports(path string, line int) Reason { return Reason{path, line, imports} }

const imports = "imports it"
