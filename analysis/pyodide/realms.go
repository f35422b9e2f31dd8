package pyodide

import "strings"

// Realms is a set of places in which Python code runs. The zero value is the empty set: nothing is known, or nothing
// is left.
type Realms uint8

// The places, each a set of its own.
const (
	Main          Realms = 1 << iota // the main thread of a page
	Worker                           // a dedicated or shared worker of one
	ServiceWorker                    // which answers for a whole site
	Node                             // Node.js, Deno, Bun or workerd: Pyodide outside a browser
	Host                             // another Python, never Pyodide
	afterRealms
)

// Sets of several.
const (
	InBrowser = Main | Worker | ServiceWorker
	InPyodide = InBrowser | Node
	AllRealms = afterRealms - 1
)

// realmNames are the names that settings and directives have for the places, and what people call them.
var realmNames = [...][2]string{
	{"main", "main thread"}, {"worker", "worker"}, {"service-worker", "service worker"}, {"node", "Node"}, {"host", "outside Pyodide"},
}

// ParseRealm reads the name that settings and directives have for one place; ok is false for any other text.
func ParseRealm(name string) (r Realms, ok bool) {
	for i, names := range realmNames {
		if names[0] == name {
			return 1 << i, true
		}
	}
	return 0, false
}

// Has says whether all of the other set is in the set.
func (s Realms) Has(o Realms) bool { return s&o == o }

// And is what two sets share.
func (s Realms) And(o Realms) Realms { return s & o }

// Or is what is in one of two sets.
func (s Realms) Or(o Realms) Realms { return s | o }

// Without is what is not in the other set.
func (s Realms) Without(o Realms) Realms { return s &^ o }

// Each are the places of the set, one by one.
func (s Realms) Each() []Realms {
	var all []Realms
	for r := Main; r < afterRealms; r <<= 1 {
		if s&r != 0 {
			all = append(all, r)
		}
	}
	return all
}

// Names are the names of the places, as ParseRealm reads them.
func (s Realms) Names() []string { return s.called(0) }

// String is the set in words for people: "main thread and worker".
func (s Realms) String() string {
	words := s.called(1)
	switch n := len(words); n {
	case 0:
		return "realm not known"
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

func (s Realms) called(column int) []string {
	words := []string{}
	for i, names := range realmNames {
		if s&(1<<i) != 0 {
			words = append(words, names[column])
		}
	}
	return words
}
