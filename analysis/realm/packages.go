package realm

import (
	"cmp"
	"encoding/json"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

// manifest reads a package.json.
func (s *scan) manifest() {
	var parts map[string]json.RawMessage
	if json.Unmarshal([]byte(s.text), &parts) != nil {
		return
	}
	for _, part := range []string{"dependencies", "devDependencies", "peerDependencies", "optionalDependencies"} {
		var wanted map[string]any
		if json.Unmarshal(parts[part], &wanted) != nil {
			continue
		}
		for _, of := range []string{ofPyodide, ofPyScript, ofPolyscript} {
			if text, ok := wanted[of].(string); ok {
				s.wants(of, text)
			}
		}
	}
}

// wants notes the range of a package.
func (s *scan) wants(of, text string) {
	at := strings.Index(s.text, `"`+of+`"`)
	if m := regexp.MustCompile(`"` + regexp.QuoteMeta(of) + `"\s*:\s*"` + regexp.QuoteMeta(text) + `"`).FindStringIndex(s.text); m != nil {
		at = m[0]
	}
	wanted := strings.TrimPrefix(text, "npm:"+of+"@")
	var versions pyodide.Versions
	var exact bool
	switch of {
	case ofPyodide:
		versions, exact = pyodide.Satisfying(wanted)
	case ofPyScript:
		versions, exact = pyodide.PyScriptSatisfying(wanted)
	case ofPolyscript:
		loads, ok := pyodide.Polyscript(wanted)
		if !ok {
			return // a range
		}
		versions, exact = pyodide.OfRelease(loads)
	}
	s.asks(at, path.Base(slashed(s.path))+" asks for "+of+" "+wanted, versions, exact, Asked, of)
}

// npmLock reads a package-lock.json. What only another package sees, in a folder of its own, does not count.
func (s *scan) npmLock() {
	type entry struct {
		Version string `json:"version"`
	}
	var lock struct {
		Packages     map[string]json.RawMessage `json:"packages"`     // since npm 7
		Dependencies map[string]json.RawMessage `json:"dependencies"` // before
	}
	if json.Unmarshal([]byte(s.text), &lock) != nil {
		return
	}
	all, folder := lock.Packages, "node_modules/"
	if len(all) == 0 {
		all, folder = lock.Dependencies, ""
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		at := strings.Index(name, folder)
		if at < 0 {
			continue // a folder of the project
		}
		of := name[at+len(folder):]
		var e entry
		if !brings(of) || json.Unmarshal(all[name], &e) != nil {
			continue
		}
		s.has(strings.Index(s.text, `"`+name+`"`), of, e.Version)
	}
}

func brings(of string) bool { return of == ofPyodide || of == ofPyScript || of == ofPolyscript }

// The lines of other lock files that name a package with its version; Yarn has the version on a line below.
var otherLocks = map[string]*regexp.Regexp{
	"yarn.lock":      regexp.MustCompile(`(?m)^"?(pyodide|@pyscript/core|polyscript)@[^\n]*:\r?\n(?:[ \t]+[^\n]*\n)*?[ \t]+"?version"?:? "?([^"\s]+)`),
	"pnpm-lock.yaml": regexp.MustCompile(`(?m)^[ \t]+['"]?/?(pyodide|@pyscript/core|polyscript)[@/](\d[^'":()\s_]*)`),
	"bun.lock":       regexp.MustCompile(`\[\s*"(pyodide|@pyscript/core|polyscript)@(\d[^"]*)"`),
	"deno.lock":      regexp.MustCompile(`"(pyodide|@pyscript/core|polyscript)@(\d[^"_]*)(?:_[^"]*)?":\s*\{`),
}

func (s *scan) otherLock() {
	name := strings.ToLower(path.Base(slashed(s.path)))
	for _, m := range otherLocks[name].FindAllStringSubmatchIndex(s.text, -1) {
		s.has(m[2], s.text[m[2]:m[3]], s.text[m[4]:m[5]])
	}
}

// has notes that a lock file has a version of a package. Its bundle is not the only way to use @pyscript/core: what
// is built with it loads what its polyscript does.
func (s *scan) has(at int, of, version string) {
	words := path.Base(slashed(s.path)) + " has " + of + " " + version
	switch of {
	case ofPyodide:
		versions, exact := pyodide.OfRelease(version)
		s.asks(at, words, versions, exact, Locked, of)
	case ofPyScript:
		if loads, ok := pyodide.PyScript(version); ok {
			s.loads(at, words+", which loads Pyodide", loads, Locked, of)
		}
	case ofPolyscript:
		if loads, ok := pyodide.Polyscript(version); ok {
			s.loads(at, words+", which loads Pyodide", loads, Locked, of)
		}
	}
}

// pyodideLock reads a pyodide-lock.json, which comes with a Pyodide or is made for one.
func (s *scan) pyodideLock() {
	var lock struct {
		Info     pyodide.LockInfo `json:"info"`
		Packages map[string]struct {
			Version string `json:"version"`
		} `json:"packages"`
	}
	if json.Unmarshal([]byte(s.text), &lock) != nil {
		return
	}
	packages := make(map[string]string, len(lock.Packages))
	for name, p := range lock.Packages {
		packages[name] = p.Version
	}
	versions, exact := pyodide.OfLock(lock.Info, packages)
	if versions == 0 {
		return
	}
	what := "pyodide-lock.json is made for Pyodide " + strings.ReplaceAll(versions.String(), " and ", " or ")
	if !exact {
		what = "pyodide-lock.json is made for a Pyodide that is not known here and taken for " + versions.String()
	}
	s.add(strings.Index(s.text, `"info"`), Evidence{What: what, Versions: versions, Strength: Stated, Older: older(what, versions, exact)})
}

// olderLock reads what came with a Pyodide in the place of a pyodide-lock.json: a repodata.json, which has its release,
// and before 0.21 a packages.json, which has not. Conda and others have files of these names too.
// Source: the copies of Pyodide 0.20 to 0.22 in public repositories.
func (s *scan) olderLock() {
	var lock struct {
		Info struct{ Arch, Version string } `json:"info"`
	}
	if json.Unmarshal([]byte(s.text), &lock) == nil && lock.Info.Arch == "wasm32" {
		name := path.Base(slashed(s.path))
		s.loads(strings.Index(s.text, `"info"`), name+" comes with Pyodide", cmp.Or(lock.Info.Version, "0.20.0"), Stated, "")
	}
}
