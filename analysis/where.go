package analysis

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
)

var realmNames = map[Realm]string{Main: "main thread", ServiceWorker: "service worker", Nowhere: "realm not known"}

// Where is where a finding holds, in words: the realm, the versions of Pyodide if not all that are known are
// concerned, and why these. It is empty for what is not code.
func (f Finding) Where() string {
	if f.Realm == "" {
		return ""
	}
	name, ok := realmNames[f.Realm]
	if !ok {
		name = string(f.Realm)
	}
	parts := []string{name}
	if f.Versions != 0 && f.Versions != pyodide.AllVersions {
		parts = append(parts, "Pyodide "+f.Versions.String())
	}
	if f.Because != "" {
		parts = append(parts, f.Because)
	}
	return strings.Join(parts, ", ")
}
