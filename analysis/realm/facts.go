package realm

import (
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// Facts are what one file says, by itself, of where code runs: its own and that of other files. They hold no place
// but lines, so that facts of two texts can be compared.
type Facts struct {
	Kind host.Kind
	// Units is the Python in a host; of a file of Python there is one, of which the file itself says nothing.
	Units []Unit
	Links []Link
	Clues []Clue
	Marks []Mark
	// Settings are PyScript's, of a file or of the tags in a page.
	Settings  []PyScript
	Isolation []Isolation
	// Memory is the shared memory that scripts in it give a name in the global scope.
	Memory []Memory
	// Bridge says that the file may be bridge code: its Python is worth parsing.
	Bridge bool
	// App is the framework that a file of Python is written for.
	App App
	// Tests says that the file may be a test or a server, which runs in another Python and imports what it tests or needs.
	Tests bool
	// Brings is what it has loaded besides Pyodide itself.
	Brings Brings
	// Unpacks says that a script puts files into Pyodide's file system, whose names it need not have.
	Unpacks bool
	// Root says that the file's folder is all that a bundler serves.
	Root    bool
	Outside Outside
	// Set is where settings of this program let the file run.
	Set pyodide.Realms
}

// Unit is one Python text of a host.
type Unit struct {
	Realms  pyodide.Realms // none for where the host runs
	Entry   host.Entry
	Runtime host.Runtime
	// Loose says that nothing tells what becomes of the text: a page may give it to a worker.
	Loose bool
	Name  string // of a worker, by which PyScript knows it
	Why   string
	Line  int
}

// Link is something that a file loads or starts.
type Link struct {
	Kind    host.Loading
	Path    string
	Runtime host.Runtime
	Entry   host.Entry
	Name    string         // of a worker, by which PyScript knows it
	Module  string         // of Python: the name by which it is imported from where the file writes it
	Realms  pyodide.Realms // none for where the file itself runs
	Why     string
	Line    int
}

// Clue is what a script takes for granted of where it runs.
type Clue struct {
	Realms pyodide.Realms
	What   string
	Line   int
}

// Python is what is known of the Python texts of a file once they are parsed, one for each unit.
type Python []*Code

// bridge says how far any text of a file is bridge code.
func (p Python) bridge() flow.Bridge {
	found := flow.NoBridge
	for _, c := range p {
		found = max(found, c.Bridge)
	}
	return found
}

// functions is how many a file has.
func (p Python) functions() (n int) {
	for _, c := range p {
		n += len(c.Does.Functions)
	}
	return n
}

// does says whether the functions of two texts of a file do the same, wherever it stands.
func (p Python) does(same Python) bool {
	return slices.EqualFunc(p, same, func(a, b *Code) bool { return a == b || a.Does.Same(b.Does) && slices.Equal(a.In, b.In) })
}
