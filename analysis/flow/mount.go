package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Mount is a call that mounts a folder whose files are lost with the page unless they are synced.
type Mount struct {
	Call
	Folder string // without a slash at its end
	// Database says that the browser's database keeps the files, and not a folder.
	Database bool
	// ByItself says that it is to sync by itself.
	ByItself bool
}

// Mounts are those of the text whose folder is written out.
func (f *File) Mounts() (all []Mount) {
	for _, c := range f.Calls() {
		m := Mount{Call: c}
		position := 0
		switch {
		case c.Method == "mount" && strings.HasSuffix(c.Path, pyodide.MountMethod):
			kind := f.Definition(Positional(c.Node, 0))
			if m.Database, position = kind.Child(syntax.FieldAttribute).Text() == pyodide.DatabaseFS, 2; !m.Database {
				continue
			}
			m.ByItself = f.saysItself(Positional(c.Node, 1))
		case c.Method == pyodide.MountNative && c.Path != "", c.Name == pyodide.PyScriptMount:
		default:
			continue
		}
		folder, ok := syntax.Constant(f.Definition(Positional(c.Node, position)))
		if m.Folder = strings.TrimRight(folder, "/"); ok && strings.HasPrefix(m.Folder, "/") {
			all = append(all, m)
		}
	}
	return all
}

// saysItself says whether options may ask for files to be synced by themselves: they say so, or they stand elsewhere.
func (f *File) saysItself(options syntax.Node) bool {
	if !options.OK() {
		return true // nothing is known of them
	}
	options = f.Definition(options)
	return strings.Contains(options.Text(), pyodide.AutoPersist) || options.Kind() == syntax.Identifier
}

// Sync is a call that syncs what is mounted.
type Sync struct {
	Call
	// Saves and Loads say what it may do: one of them where the text tells which.
	Saves, Loads bool
}

// Syncs are those of the text. others says that it names what syncs in another way than to call it.
func (f *File) Syncs() (all []Sync, others bool) {
	called := 0
	for _, c := range f.Calls() {
		switch {
		case c.Method == pyodide.SyncMethod || c.Function.Text() == pyodide.SyncMethod:
			called++
			all = append(all, Sync{Call: c, Saves: true, Loads: true}.as(f.Definition(Positional(c.Node, 0))))
		case pyodide.PyScriptSyncs[c.Name]:
			all = append(all, Sync{c, true, true})
		}
	}
	return all, strings.Count(f.scopes.Tree().Text(), pyodide.SyncMethod) > called
}

// as is what a sync does by its first argument: whether it populates the folder.
func (s Sync) as(populate syntax.Node) Sync {
	switch populate.Kind() {
	case syntax.True:
		s.Saves = false
	case syntax.False, syntax.Lambda:
		s.Loads = false
	case syntax.Integer:
		s.Saves, s.Loads = populate.Text() == "0", populate.Text() != "0"
	}
	return s
}

// WrittenBelow are the calls that write to a file below a folder, by a path whose head is written out.
func (f *File) WrittenBelow(folder string) (all []Call) {
	for _, c := range f.Calls() {
		path, ok := f.written(c)
		if !ok {
			continue
		}
		if head := f.ask().pathHead(path); strings.HasPrefix(head, folder+"/") {
			all = append(all, c)
		}
	}
	return all
}

// written is the path that a call writes to.
func (f *File) written(c Call) (path syntax.Node, ok bool) {
	position, ok := pyodide.Writers[c.Name]
	switch {
	case ok:
		return Positional(c.Node, position), true
	case c.Name == "builtins.open" || c.Name == "io.open":
		mode := Positional(c.Node, 1)
		if !mode.OK() {
			mode = keyword(c.Node, "mode")
		}
		text, _ := syntax.Constant(f.Definition(mode))
		return Positional(c.Node, 0), strings.ContainsAny(text, "wax+")
	case c.Path == "" && pyodide.PathWriters[c.Method]:
		return c.Object(), true
	}
	return syntax.Node{}, false
}

// pathHead is what a path begins with, as far as it is written out. A folder that is named is taken with a slash behind it.
func (q *query) pathHead(n syntax.Node) string {
	if q.spent() {
		return ""
	}
	switch n = q.definition(n); n.Kind() {
	case syntax.Call:
		if pyodide.Paths[q.scopes.Canonical(n.Child(syntax.FieldFunction))] {
			return withSlash(q.pathHead(Positional(n, 0)))
		}
	case syntax.BinaryOperator:
		if n.Child(syntax.FieldOperator).Text() == "/" {
			return withSlash(q.pathHead(n.Child(syntax.FieldLeft)))
		}
	}
	for _, piece := range q.pieces(n) {
		switch {
		case piece.Text != "":
			return piece.Text
		case piece.Node.OK() && piece.Node != n:
			return withSlash(q.pathHead(piece.Node))
		}
	}
	return ""
}

func withSlash(path string) string {
	if path == "" {
		return ""
	}
	return strings.TrimRight(path, "/") + "/"
}
