package realm

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax/host"
)

// makers are the scripts and pages in whose Pyodide a name stands for a module that a script makes of an object: those
// that make it, and those that load one which does, on the same thread. No file is meant by the name there.
func (g *Graph) makers() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	var loaders map[string][]string
	for file, facts := range g.files.known {
		for _, l := range facts.Links {
			if l.Kind != host.MakesModule {
				continue
			}
			if loaders == nil {
				loaders = g.loaders()
			}
			if all[l.Path] == nil {
				all[l.Path] = map[string]bool{}
			}
			for next := []string{file}; len(next) > 0; next = next[1:] {
				if at := next[0]; !all[l.Path][at] {
					all[l.Path][at] = true
					next = append(next, loaders[at]...)
				}
			}
		}
	}
	return all
}

// loaders are the files that load a script where they run themselves, by the script.
func (g *Graph) loaders() map[string][]string {
	all := map[string][]string{}
	for file, at := range g.first {
		for _, e := range g.nodes[at].out {
			to := g.nodes[e.to].file
			if to != file && isScript(g.files.known[to].Kind) && e.start.And(pyodide.Worker|pyodide.ServiceWorker) == 0 {
				all[to] = append(all[to], file)
			}
		}
	}
	return all
}

// isMade says whether a module is one that is made of an object where an arrival comes from, on the thread it runs on.
func (g *Graph) isMade(module string, at int) bool {
	name, _, _ := strings.Cut(module, ".")
	if len(g.made[name]) == 0 {
		return false
	}
	for a := g.arrivals[at]; ; a = g.arrivals[a.before] {
		if g.made[name][g.nodes[a.node].file] {
			return true
		}
		if a.before < 0 || g.arrivals[a.before].realm != a.realm {
			return false
		}
	}
}
