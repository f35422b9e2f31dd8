package lsp

import (
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/walk"
)

// folder is one folder that the editor has open: a project, seen as "check" sees it when it runs there. It
// is immutable.
type folder struct {
	root    string // absolute and clean
	files   map[string]analysis.Traits
	project *analysis.Project // of all its files
}

// holds says whether a path lies in the folder.
func (f *folder) holds(path string) bool {
	rest, ok := strings.CutPrefix(path, f.root)
	return ok && (rest == "" || rest[0] == filepath.Separator || strings.HasSuffix(f.root, string(filepath.Separator)))
}

// has says whether a path is one of the project's files.
func (f *folder) has(path string) bool {
	_, ok := f.files[path]
	return ok
}

// leavesOut says whether a path in the folder lies where no code of the project is, as in site-packages.
func (f *folder) leavesOut(path string) bool {
	below, err := filepath.Rel(f.root, filepath.Dir(path))
	return err == nil && slices.ContainsFunc(strings.Split(below, string(filepath.Separator)), walk.LeavesOut)
}

// leavesOut says whether a path lies where no code of any folder's project is.
func (st *state) leavesOut(path string) bool {
	f := st.folderOf(&document{path: path, file: true})
	return f != nil && f.leavesOut(path)
}

// with is the folder with other files, in which it notes what parse finds in them.
func (f *folder) with(files map[string]analysis.Traits, parse realm.Parser) *folder {
	project := analysis.NewProject(files, parse)
	for path, python := range project.Parsed() {
		path = filepath.FromSlash(path)
		traits := files[path]
		traits.Python = python
		files[path] = traits
	}
	return &folder{root: f.root, files: files, project: project}
}

// setFolders makes these the folders that are open; what is known of those that stay is kept.
func (st *state) setFolders(roots []string) {
	var folders []*folder
	for _, root := range roots {
		root = filepath.Clean(root)
		if slices.ContainsFunc(folders, func(f *folder) bool { return f.root == root }) {
			continue
		}
		f := &folder{root: root}
		if i := slices.IndexFunc(st.folders, func(old *folder) bool { return old.root == root }); i >= 0 {
			f = st.folders[i]
		}
		folders = append(folders, f)
	}
	st.folders = folders
}

// setTraits notes what was found in files of the folders, and says whether that is anything new.
func (s *server) setTraits(st *state, found map[string]analysis.Traits) (news bool) {
	for _, f := range st.folders {
		var files map[string]analysis.Traits
		project := f.project // as long as no more than lines changes
		for path, traits := range found {
			if st.folderOf(&document{path: path, file: true}) != f || !f.has(path) || reflect.DeepEqual(f.files[path], traits) {
				continue
			}
			if files == nil {
				files = maps.Clone(f.files)
			}
			project = movedBy(project, path, files[path], traits)
			files[path] = traits
		}
		switch {
		case files == nil:
		case project != nil:
			st.replace(&folder{root: f.root, files: files, project: project})
			news = true
		default:
			st.replace(f.with(files, s.parser(st)))
			news = true
		}
	}
	return news
}

// movedBy is the project after an edit that changed nothing but lines, nil after any other one.
func movedBy(project *analysis.Project, path string, before, now analysis.Traits) *analysis.Project {
	python := now.Python
	before.Python, now.Python = nil, nil
	if project == nil || python == nil || !reflect.DeepEqual(before, now) {
		return nil
	}
	moved, _ := project.Moved(path, python)
	return moved
}

// replace puts a folder in the place of the one with the same root, if there still is one.
func (st *state) replace(f *folder) {
	st.folders = slices.Clone(st.folders)
	for i, old := range st.folders {
		if old.root == f.root {
			st.folders[i] = f
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
