package flow

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Started is what a call starts: a worker, or what is fetched.
type Started struct {
	Path string // as it is written, without a query
	Name string // by which PyScript knows a worker
	Type string // of what runs it
}

// Started is what a call that starts something is told of it, as far as that is constant.
func (f *File) Started(call syntax.Node) (s Started) {
	position := 0
	for a := range call.Child(syntax.FieldArguments).Children() {
		name, value := a.Child(syntax.FieldName).Text(), a
		if a.Kind() == syntax.KeywordArgument {
			value = a.Child(syntax.FieldValue)
		} else {
			name = ""
		}
		given := f.Definition(value)
		text, _ := syntax.Constant(given)
		switch {
		case name == "src", name == "" && position == 0:
			if given.Kind() == syntax.Call && f.scopes.Canonical(given.Child(syntax.FieldFunction)) == "js.URL.new" {
				text, _ = syntax.Constant(f.Definition(given.Child(syntax.FieldArguments).First()))
			}
			s.Path, _, _ = strings.Cut(text, "?")
		case name == "name", name == "" && position == 1:
			s.Name = text
		case name == "type":
			s.Type = text
		}
		position++
	}
	return s
}

// Worker is a worker of PyScript as those have it who call it: by its name, or by its file as they write it.
type Worker struct{ Name, Path string }

// Worker is the worker whose functions are called on an object, with those of the page that it may call; ok is false
// where that is not known.
func (f *File) Worker(object syntax.Node) (w Worker, ok bool) {
	object = f.Definition(object)
	if object.Kind() == syntax.Attribute && object.Child(syntax.FieldAttribute).Text() == "sync" {
		made := f.Definition(object.Child(syntax.FieldObject))
		c, call := f.CallAt(made)
		if !call || !pyodide.StartsWorker(c.Name) {
			return Worker{}, false
		}
		w.Path = f.Started(made).Path
		return w, w.Path != ""
	}
	if object.Kind() != syntax.Await {
		return Worker{}, false
	}
	promised := f.Definition(object.First())
	if c, call := f.CallAt(promised); call && pyodide.StartsWorker(c.Name) {
		w.Name = f.Started(promised).Name
		return w, w.Name != ""
	}
	w.Name, ok = f.workerNamed(promised)
	return w, ok
}

// workerNamed is the name of the worker that an expression is the promise of.
func (f *File) workerNamed(promised syntax.Node) (name string, ok bool) {
	if promised.Kind() != syntax.Subscript && promised.Kind() != syntax.Attribute {
		return "", false
	}
	of := promised.Child(syntax.FieldObject)
	if promised.Kind() == syntax.Subscript {
		of = promised.Child(syntax.FieldValue)
	}
	if !pyodide.PyScriptWorkers[f.scopes.Canonical(of)] {
		return "", false
	}
	if promised.Kind() == syntax.Attribute {
		return promised.Child(syntax.FieldAttribute).Text(), true
	}
	return syntax.Constant(f.Definition(promised.Child(syntax.FieldSubscript)))
}

// SameWorker says whether functions that are called on two objects are certainly of one worker.
func (f *File) SameWorker(a, b syntax.Node) bool {
	of, ok := f.Worker(a)
	other, too := f.Worker(b)
	if !ok || !too || of != other {
		return false
	}
	if of.Name != "" {
		return true
	}
	made := f.Definition(f.Definition(a).Child(syntax.FieldObject))
	again := f.Definition(f.Definition(b).Child(syntax.FieldObject))
	return made == again && !f.scopes.Function(made).OK() && !f.Repeats(made)
}
