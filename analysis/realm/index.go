package realm

import (
	"fmt"
	"path"
	"slices"

	"pyodide-ls/analysis/pyodide"
)

// Index is the evidence of a project. It is immutable; a nil Index knows nothing.
type Index struct {
	files   map[string][]Evidence
	folders map[string]evidence // of everything below a folder
}

// evidence is a set of evidence, with what it says together.
type evidence struct {
	versions pyodide.Versions
	first    Evidence
	more     int // how many others add versions
}

// NewIndex puts the evidence of files together, by their paths, with slashes.
func NewIndex(files map[string][]Evidence) *Index {
	x := &Index{files: files, folders: map[string]evidence{}}
	locked := map[string]bool{} // folders in which a lock file says what is installed
	var paths []string
	for file, all := range files {
		if len(all) > 0 {
			paths = append(paths, file)
		}
		if slices.ContainsFunc(all, func(e Evidence) bool { return e.Lock }) && path.Base(file) != "pyodide-lock.json" {
			locked[path.Dir(file)] = true
		}
	}
	slices.Sort(paths)
	for _, file := range paths {
		if path.Base(file) == "package.json" && locked[path.Dir(file)] {
			continue
		}
		for dir := path.Dir(file); ; dir = path.Dir(dir) {
			x.folders[dir] = x.folders[dir].with(files[file])
			if dir == path.Dir(dir) {
				break
			}
		}
	}
	return x
}

// with is the evidence and more of it.
func (e evidence) with(all []Evidence) evidence {
	for _, one := range all {
		switch {
		case e.versions == 0:
			e.first = one
		case !one.Versions.Within(e.versions):
			e.more++
		}
		e.versions |= one.Versions
	}
	return e
}

// Target is which versions a file is for, and why, as a sentence without a full stop: as the file itself says, else
// as the files in and below the nearest folder around it do of which any says something. All versions and no reason
// are the answer where nothing tells.
func (x *Index) Target(file string) (versions pyodide.Versions, because string) {
	if x == nil {
		return pyodide.AllVersions, ""
	}
	found := evidence{}.with(x.files[file])
	for dir := path.Dir(file); found.versions == 0; dir = path.Dir(dir) {
		found = x.folders[dir]
		if dir == path.Dir(dir) {
			break
		}
	}
	switch {
	case found.versions == 0:
		return pyodide.AllVersions, ""
	case found.more == 0:
		return found.versions, found.first.String()
	}
	return found.versions, fmt.Sprintf("%s (and %d more)", found.first, found.more)
}
