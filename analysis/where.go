package analysis

import "pyodide-ls/analysis/pyodide"

var realmNames = map[Realm]string{Main: "main thread", ServiceWorker: "service worker", Nowhere: "realm not known"}

// Where is where a finding holds, in words: the realm, and the versions of Pyodide if not all that are known are
// concerned. It is empty for what is not code.
func (f Finding) Where() string {
	if f.Realm == "" {
		return ""
	}
	name, ok := realmNames[f.Realm]
	if !ok {
		name = string(f.Realm)
	}
	if f.Versions != 0 && f.Versions != pyodide.AllVersions {
		name += ", Pyodide " + f.Versions.String()
	}
	return name
}
