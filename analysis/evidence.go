package analysis

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// Evidence is what a browser shows when a rule is right about a piece of code. The zero value is that of rules whose
// mistakes show in no way that is theirs alone.
type Evidence struct {
	// Handed says that the code is an argument, and that what is shown is of the call which it is handed to.
	Handed bool
	// Shows says of which line an observation is evidence, and in words what was measured. There is no line where it
	// shows something else: that something happened on the same line proves nothing.
	Shows func(o Observation, code string) (at *Site, words string)
}

// CalledWhenGone is JavaScript's call of a proxy that was destroyed when the call that it was handed to returned.
var CalledWhenGone = Evidence{Handed: true, Shows: func(o Observation, _ string) (*Site, string) {
	if !failed(o) || !strings.Contains(o.Text, "borrowed proxy was automatically destroyed") {
		return nil, ""
	}
	return o.Made, "called after it was destroyed"
}}

// StillThere are proxies that are left when all else is collected, or that each event leaves behind.
var StillThere = Evidence{Shows: func(o Observation, _ string) (*Site, string) {
	switch {
	case o.Kind == Grown && o.Count > 0:
		return o.At, "each event leaves " + Thousands(o.Count) + " more"
	case o.Kind != Live || o.Count < 1:
		return nil, ""
	case o.Count == 1:
		return o.At, "1 proxy is still there"
	}
	return o.At, Thousands(o.Count) + " proxies are still there"
}}

// MissingGlobal is the failure to find a global of JavaScript that the code names.
var MissingGlobal = Evidence{Shows: func(o Observation, code string) (*Site, string) {
	m := missing.FindStringSubmatch(o.Text)
	if !failed(o) || m == nil || !slices.Contains(strings.FieldsFunc(code, inNoName), m[1]) {
		return nil, ""
	}
	return o.At, firstLine(o.Text)
}}

var missing = regexp.MustCompile(`^(?:AttributeError: |ImportError: cannot import name ')(\w+)`)

func inNoName(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// HeldUp is the main thread that could do nothing else during a call, if it is one of these.
func HeldUp(by func(call string) bool) Evidence {
	return Evidence{Shows: func(o Observation, _ string) (*Site, string) {
		if o.Kind != Blocked || o.Text == "" || !by(o.Text) {
			return nil, ""
		}
		return o.At, "blocked " + Milliseconds(o.Milliseconds)
	}}
}

// NeverRan is a coroutine that a line made and that nobody awaited, if the code names its function.
var NeverRan = Evidence{Shows: func(o Observation, code string) (*Site, string) {
	name := o.Text[strings.LastIndexByte(o.Text, '.')+1:]
	if o.Kind != Unawaited || !slices.Contains(strings.FieldsFunc(code, inNoName), name) {
		return nil, ""
	}
	return o.At, "never ran"
}}

// NotSynced is a file that a line wrote to and that nothing saved.
var NotSynced = Evidence{Shows: func(o Observation, _ string) (*Site, string) {
	if o.Kind != Unsynced {
		return nil, ""
	}
	return o.At, "was not saved"
}}

// NeverEnded is Python that had to be interrupted, for it did not end.
var NeverEnded = Evidence{Shows: func(o Observation, _ string) (*Site, string) {
	if o.Kind != Stopped {
		return nil, ""
	}
	return o.At, "did not end and was interrupted"
}}

// CannotSwitch is the failure to switch the stack, as each version says it.
var CannotSwitch = Fails("Cannot stack switch because", "WebAssembly stack switching not supported", "RuntimeError: No suspender")

// Fails is an error that says one of some texts.
func Fails(saying ...string) Evidence {
	return Evidence{Shows: func(o Observation, _ string) (*Site, string) {
		if !failed(o) || !slices.ContainsFunc(saying, func(s string) bool { return strings.Contains(o.Text, s) }) {
			return nil, ""
		}
		return o.At, firstLine(o.Text)
	}}
}

// MadeHere is evidence of the line that made the proxy which was called.
func MadeHere(e Evidence) Evidence {
	return Evidence{Shows: func(o Observation, code string) (*Site, string) {
		_, words := e.Shows(o, code)
		return o.Made, words
	}}
}

func failed(o Observation) bool { return o.Kind == Raised || o.Kind == Uncaught }

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// Claim is what a finding says: that its rule's mistake happens at a line.
type Claim struct {
	evidence Evidence
	at       Site
	code     string
}

// Claim is that of a finding of the file. Its line is named as the file is.
func (f *File) Claim(x Finding) Claim {
	c := Claim{
		evidence: x.Rule.Evidence,
		at:       Site{File: slashed(f.Source.Path()), Line: 1 + f.Source.LineOf(x.Span.Start)},
		code:     f.Source.Slice(x.Span),
	}
	if x.unit >= 0 {
		u := f.Units[x.unit]
		c.at.Line = u.line(u.executed(x.within, c.evidence.Handed).Start)
	}
	if x.shown != nil {
		c.at = *x.shown
	}
	return c
}

// Measured says in words whether a browser showed what the claim says, as in "blocked 3,012 ms". What it observed must
// be of the claim's line, and of what the rule is about. Both name the file in the same way.
func (c Claim) Measured(o Observation) (words string, ok bool) {
	if c.evidence.Shows == nil {
		return "", false
	}
	at, words := c.evidence.Shows(o, c.code)
	if at == nil || *at != c.at {
		return "", false
	}
	return words, true
}

// executed is the code on whose line Python is when a piece of code runs, or the call that it is handed to: of what is
// imported the statement.
func (u *Unit) executed(code source.Span, handed bool) source.Span {
	n := u.Tree.At(code.Start)
	for p := range n.Above() {
		if code.Covers(p.Span()) {
			n = p
			continue
		}
		if p.Kind() == syntax.ImportFromStatement || handed && p.Kind() == syntax.Call {
			n = p
			break
		}
	}
	if n.Kind() == syntax.Call && u.callsMethod(n) {
		n = n.Child(syntax.FieldFunction)
	}
	if n.Kind() == syntax.Attribute {
		n = n.Child(syntax.FieldAttribute)
	}
	return n.Span()
}

// callsMethod says whether a call is compiled as that of a method, which counts as on the line of the method's name. All
// others are on the line on which they begin, those of what is imported at the top level among them.
// Source: maybe_optimize_method_call in CPython's compile.c, and Pyodide 0.26 and 314 in a browser
func (u *Unit) callsMethod(call syntax.Node) bool {
	function := call.Child(syntax.FieldFunction)
	if function.Kind() != syntax.Attribute {
		return false
	}
	for argument := range call.Child(syntax.FieldArguments).Children() {
		if k := argument.Kind(); k == syntax.ListSplat || k == syntax.DictionarySplat {
			return false
		}
	}
	object := function.Child(syntax.FieldObject)
	name := u.Scopes.Module().Name(object.Text())
	return object.Kind() != syntax.Identifier || name == nil || !slices.ContainsFunc(name.Bindings, func(b scope.Binding) bool {
		return b.How == scope.ByImport
	})
}

// Milliseconds is a time for people.
func Milliseconds(ms float64) string { return Thousands(int(ms+0.5)) + " ms" }

// Thousands is a number for people.
func Thousands(n int) string {
	text := strconv.Itoa(n)
	if n < 1000 {
		return text
	}
	return Thousands(n/1000) + fmt.Sprintf(",%03d", n%1000)
}
