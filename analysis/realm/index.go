package realm

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

// Index is the evidence of a project's files, by the folders for which it speaks. It is immutable; a nil Index knows
// nothing.
type Index struct {
	files   map[string][]Evidence // what counts of a file's own
	folders map[string]*subtree
}

// subtree is what a folder and all below it say.
type subtree struct {
	versions pyodide.Versions
	evidence []Evidence
}

// NewIndex puts together what files say, by their paths, which are slash-separated.
func NewIndex(all map[string][]Evidence) *Index {
	x := &Index{files: map[string][]Evidence{}, folders: map[string]*subtree{}}
	beside := map[string][]Evidence{}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		file := path.Clean(slashed(name))
		for _, e := range all[name] {
			e.Path = file
			beside[path.Dir(file)] = append(beside[path.Dir(file)], e)
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(beside)) {
		counts := counting(beside[dir])
		for _, e := range counts {
			x.files[e.Path] = append(x.files[e.Path], e)
		}
		for at := range upwards(dir) {
			if x.folders[at] == nil {
				x.folders[at] = &subtree{}
			}
			x.folders[at].add(counts)
		}
	}
	return x
}

func (t *subtree) add(evidence []Evidence) {
	for _, e := range evidence {
		t.versions = t.versions.Or(e.Versions)
	}
	t.evidence = append(t.evidence, evidence...)
}

// counting is what counts of the evidence in one folder: a lock file speaks instead of a package.json beside it, and
// the interpreter that settings name instead of the one that PyScript would load by itself.
func counting(all []Evidence) []Evidence {
	named := false
	locked := map[string]bool{}
	for _, e := range all {
		switch e.Strength {
		case Named:
			named = true
		case Locked:
			locked[e.of] = true
			if e.of == ofPolyscript { // on which the other one depends
				locked[ofPyScript] = true
			}
		}
	}
	var counts []Evidence
	for _, e := range all {
		beaten := e.Strength == Default && named || e.Strength == Asked && locked[e.of]
		if !beaten && e.Versions != 0 {
			counts = append(counts, e)
		}
	}
	return counts
}

// upwards are a folder and all around it.
func upwards(dir string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for yield(dir) {
			up := path.Dir(dir)
			if up == dir {
				return
			}
			dir = up
		}
	}
}

// Target is which Pyodide a file is for, and what says so: itself; else the nearest folder around it in which
// anything says something; else nothing does, and it may be any.
func (x *Index) Target(file string) (pyodide.Versions, []Evidence) {
	if x == nil {
		return pyodide.AllVersions, nil
	}
	file = path.Clean(slashed(file))
	if own := x.files[file]; len(own) > 0 {
		var t subtree
		t.add(own)
		return t.versions, t.evidence
	}
	for dir := range upwards(path.Dir(file)) {
		if t := x.folders[dir]; t != nil && len(t.evidence) > 0 {
			return t.versions, t.evidence
		}
	}
	return pyodide.AllVersions, nil
}

// Because says in a few words why a file is for some Pyodide: the firmest evidence, where it is, and how much there
// is besides. It is empty without evidence.
func Because(all []Evidence) string {
	if len(all) == 0 {
		return ""
	}
	best := slices.MaxFunc(all, func(a, b Evidence) int { return cmp.Compare(a.Strength, b.Strength) })
	place := fmt.Sprintf("%s:%d", best.Path, best.Line)
	said := place + " " + best.What
	if !strings.HasPrefix(best.What, "loads ") { // it has a subject of its own
		said = best.What + " (" + place + ")"
	}
	different := map[string]bool{}
	for _, e := range all {
		different[e.What] = true
	}
	if more := len(different) - 1; more > 0 {
		said += fmt.Sprintf(", and %d more", more)
	}
	return said
}
