package analysis

import (
	"fmt"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

// Where is where a finding holds, in words: the places, and the versions of Pyodide if not all that are known are
// concerned. It is empty for what is not code.
func (f Finding) Where() string {
	if f.Versions == 0 {
		return ""
	}
	name := realm.RealmsOf(f.Runs).String()
	if f.Versions != pyodide.AllVersions {
		name += ", Pyodide " + f.Versions.String()
	}
	return name
}

// Why says for each place in which a finding holds what leads there, by the shortest way: the evidence, from the code
// outwards.
func (f Finding) Why() []string {
	var all []string
	for _, p := range realm.Distinct(f.Runs) {
		all = append(all, fmt.Sprintf("why %s: %s", p.Realm, p.Because()))
	}
	return all
}
