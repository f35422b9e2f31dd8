package realm

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

// The packages of npm that bring Pyodide along. polyscript is what @pyscript/core loads it with.
const (
	pyodidePackage = "pyodide"
	pyscriptCore   = "@pyscript/core"
	polyscript     = "polyscript"
)

// manifest reads a package.json.
func (r *reading) manifest() {
	var m struct{ Dependencies, DevDependencies, PeerDependencies, OptionalDependencies map[string]string }
	if json.Unmarshal([]byte(r.text), &m) != nil {
		return
	}
	for _, wanted := range []map[string]string{m.Dependencies, m.DevDependencies, m.PeerDependencies, m.OptionalDependencies} {
		for _, name := range []string{pyodidePackage, pyscriptCore} {
			if wish := wanted[name]; wish != "" {
				r.wish(name, wish)
			}
		}
	}
}

// wish notes the range of versions that a manifest asks for. "latest" and "*" are what is newest on the day.
func (r *reading) wish(name, wish string) {
	at := max(0, strings.Index(r.text, `"`+name+`"`))
	if i := strings.LastIndexByte(wish, '@'); i > 0 { // "npm:pyodide@0.26.4"
		wish = wish[i+1:]
	}
	if wish == "latest" || wish == "*" || wish == "next" {
		r.add(at, false, pyodide.Only(pyodide.V314), false, "asks for the newest %s", name)
		return
	}
	satisfying := pyodide.Satisfying
	if name == pyscriptCore {
		satisfying = pyodide.PyScriptSatisfying
	}
	versions, exact := satisfying(wish)
	r.add(at, false, versions, exact, "asks for %s %s", name, wish)
}

// installed notes what a lock file says is installed.
func (r *reading) installed(at int, name, version string) {
	switch name {
	case pyodidePackage:
		versions, exact := pyodide.OfRelease(version)
		r.add(at, true, versions, exact, "installs Pyodide %s", version)
	case polyscript:
		if release, ok := pyodide.Polyscript(version); ok {
			versions, exact := pyodide.OfRelease(release)
			r.add(at, true, versions, exact, "installs polyscript %s, which loads Pyodide %s", version, release)
		}
	case pyscriptCore:
		r.pyscript(at, true, "installs", version)
	}
}

// npmLock reads a package-lock.json of any of its versions.
func (r *reading) npmLock() {
	type locked struct{ Version string }
	var lock struct{ Packages, Dependencies map[string]locked }
	if json.Unmarshal([]byte(r.text), &lock) != nil {
		return
	}
	versions := map[string]map[string]bool{}
	note := func(name, version string) {
		if versions[name] == nil {
			versions[name] = map[string]bool{}
		}
		versions[name][version] = true
	}
	for place, p := range lock.Packages {
		if _, name, ok := cutLast(place, "node_modules/"); ok {
			note(name, p.Version)
		}
	}
	for name, p := range lock.Dependencies {
		note(name, p.Version)
	}
	for _, name := range []string{pyodidePackage, polyscript, pyscriptCore} {
		if name == pyscriptCore && versions[polyscript] != nil {
			continue // which says it better
		}
		at := strings.Index(r.text, name+`"`)
		for _, version := range slices.Sorted(maps.Keys(versions[name])) {
			r.installed(max(0, at), name, version)
		}
	}
}

// cutLast cuts at the last separator.
func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

var (
	yarnEntry = regexp.MustCompile(`(?m)^"?(pyodide|polyscript|@pyscript/core)@[^\n]*:\r?\n\s+"?version"?:? "?([\w.-]+)"?`)
	pnpmEntry = regexp.MustCompile(`(?m)^[ \t]+['"]?/?(pyodide|polyscript|@pyscript/core)[@/](\d[\w.-]*)`)
	bunEntry  = regexp.MustCompile(`\["(pyodide|polyscript|@pyscript/core)@(\d[\w.-]*)"`)
)

func (r *reading) yarnLock() { r.entries(yarnEntry) }
func (r *reading) pnpmLock() { r.entries(pnpmEntry) }
func (r *reading) bunLock()  { r.entries(bunEntry) }

func (r *reading) entries(entry *regexp.Regexp) {
	all := entry.FindAllStringSubmatchIndex(r.text, -1)
	exactly := slices.ContainsFunc(all, func(m []int) bool { return r.group(m, 1) == polyscript })
	for _, m := range all {
		if name := r.group(m, 1); name != pyscriptCore || !exactly {
			r.installed(m[0], name, r.group(m, 2))
		}
	}
}

// pyodideLock reads the list of packages of a Pyodide that the project serves itself.
func (r *reading) pyodideLock() {
	var lock struct {
		Info     pyodide.LockInfo
		Packages map[string]struct{ Version string }
	}
	if json.Unmarshal([]byte(r.text), &lock) != nil {
		return
	}
	packages := make(map[string]string, len(lock.Packages))
	for name, p := range lock.Packages {
		packages[name] = p.Version
	}
	versions, exact := pyodide.OfLock(lock.Info, packages)
	if exact {
		r.add(0, true, versions, true, "belongs to Pyodide %s", versions)
		return
	}
	r.add(0, true, versions, false, "belongs to another Pyodide")
}
