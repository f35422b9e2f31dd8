package host

import (
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// mounted are the texts and objects that a script hands to stlite, which runs each as a Python file in a worker, and
// what is called for that. Source: https://github.com/whitphx/stlite.
func (s *script) mounted(f func(callee, file syntax.Node)) {
	if !strings.Contains(s.text, "stlite") {
		return
	}
	s.calls(func(callee, app syntax.Node) {
		object := lastName(unwrap(callee).Child(syntax.FieldObject))
		if lastName(callee) != "mount" || object != "stlite" && (object != "" || !strings.Contains(s.text, "@stlite/")) {
			return
		}
		s.names.left = steps
		options := s.names.constant(app)
		if options.Kind() != syntax.Object {
			f(callee, app)
			return
		}
		for file := range s.names.constant(s.names.member(options, "files")).Children() {
			name := strings.Trim(file.Child(syntax.FieldKey).Text(), "\"'`")
			if value := file.Child(syntax.FieldValue); value.OK() && strings.HasSuffix(name, ".py") {
				f(callee, value)
			}
		}
	})
}

// mounts finds the Python that stlite runs.
func (s *script) mounts() {
	s.mounted(func(callee, file syntax.Node) {
		s.laid, s.names.left = nil, steps
		if d, ok := s.layOut(file, true); ok && s.allFree() {
			s.add(Unit{Derived: d.Dedent(), Form: Run, Runtime: Pyodide, Realms: pyodide.Worker, Why: "stlite.mount", At: callee.Span()})
		}
	})
}

// mounts adds the Python files that stlite fetches and runs.
func (r *references) mounts() {
	r.mounted(func(_, file syntax.Node) {
		r.names.left = steps
		if address := r.names.member(r.names.constant(file), "url"); address.OK() {
			r.addPython(address, Reference{Runtime: Pyodide, Realms: pyodide.Worker, Why: "stlite.mount"})
		}
	})
}
