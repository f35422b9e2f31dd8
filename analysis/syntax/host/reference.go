package host

import (
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// Reference is a file, or a module, that a host loads.
type Reference struct {
	Kind    Loading        // what becomes of it
	Path    string         // as it is written, without query and fragment; of a module its dotted name
	Span    source.Span    // of the host
	Runtime Runtime        // of Python
	Entry   Entry          // of Python
	Name    string         // of a worker, by which PyScript knows it; empty if it has none
	Module  string         // of Python: the name by which it is imported from where the host writes it
	Realms  pyodide.Realms // where it runs; none for where the host does, or where that is not known
	Why     string         // how it is loaded, for people: `<script type="py" worker>`, `new Worker`, `fetch`
}

// Loading is what becomes of what a host loads.
type Loading uint8

// The ways of loading.
const (
	LoadsPython         Loading = iota // a file that is run, or written where Python imports it
	LoadsScript                        // JavaScript or TypeScript that runs where the host does
	StartsWorker                       // a script that runs in a dedicated or shared worker
	StartsServiceWorker                // a script that answers for the site
	ImportsModule                      // a Python module by its name
	ReadsSettings                      // PyScript's, in TOML or JSON
	MakesModule                        // a name that Python may import, and no file is meant by it
)

// Classic is the address of a Pyodide that a script loads with importScripts.
type Classic struct {
	Span    source.Span // of the host
	Address string      // as it is written
}

// Clue is what a script as a whole says of where it runs, by what it uses.
type Clue struct {
	Realms pyodide.Realms
	Span   source.Span
	What   string // "uses importScripts", "imports node:fs"
}
