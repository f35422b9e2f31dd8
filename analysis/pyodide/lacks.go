package pyodide

// Lack is a Python call that needs what Pyodide does not have.
type Lack struct {
	// Why completes "NAME …": what the call does instead, and for want of what.
	Why string
	// Raises are the exceptions that it ends in, by the names under which code catches them; none where it fails
	// in silence.
	Raises []string
	// Perhaps says that somebody outside the program may have made up for what it lacks, as a server does that speaks
	// WebSocket where TCP was meant.
	Perhaps bool
	// Patched says that the module Patches, once imported, may have made up for it.
	Patched bool
	Source  string
}

// Lacks are calls that need one thing that Pyodide does not have.
type Lacks struct {
	calls   map[string]Lack // by canonical name, those of methods with that of their class: "threading.Thread.start"
	methods map[string]bool // the last parts of the names
}

// Named is what is known of a call, by its canonical name.
func (l Lacks) Named(name string) (Lack, bool) {
	lack, ok := l.calls[name]
	return lack, ok
}

// HasMethod says whether a method of some class among the calls is named so: it spares asking what a method is of.
func (l Lacks) HasMethod(name string) bool { return l.methods[name] }

// lacking puts together what is known of several lists of calls.
func lacking(all ...lacks) Lacks {
	l := Lacks{map[string]Lack{}, map[string]bool{}}
	for _, some := range all {
		for name := range words(some.names) {
			l.calls[name] = some.Lack
			l.methods[lastPart(name)] = true
		}
	}
	return l
}

// lacks are the names of calls that fail in one way.
type lacks struct {
	names string
	Lack
}
