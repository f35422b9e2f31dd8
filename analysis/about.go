package analysis

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// About is what is known of a name at a place, for a person who points there. What is not known for sure is not said.
type About struct {
	Span  source.Span // of the document: the name
	Title string      // what it is: "Document.querySelector()"
	Facts []string    // one sentence each, Markdown, with capital letters and full stops
	Link  string      // the address of what specifies it; empty if nobody says
}

// AboutAt is what is known of the name at an offset of a document: a value of JavaScript, a proxy, or a function that
// JavaScript calls.
func AboutAt(f *File, view View, at int) (a About, ok bool) {
	for i, u := range f.Units {
		offset, inside := u.offsetOf(at)
		if !inside || u.ByMicroPython(view) {
			continue
		}
		p := (&run{places: sync.OnceValue(func() []realm.Runs { return f.Runs(view) })}).of(f, view, i)
		name := u.Tree.At(offset)
		if name.Kind() != syntax.Identifier {
			return About{}, false
		}
		if a, ok = p.about(name); ok {
			a.Span = u.hostSpan(name.Span())
		}
		return a, ok
	}
	return About{}, false
}

// offsetOf is where an offset of the document stands in the unit.
func (u *Unit) offsetOf(at int) (offset int, inside bool) {
	if u.Host == nil {
		return at, true
	}
	return u.Host.Map.Unit(at)
}

// about is what is known of a name.
func (p *Pass) about(name syntax.Node) (a About, ok bool) {
	whole := name
	if name.Field() == syntax.FieldAttribute {
		whole = name.Parent()
	}
	if a, ok = p.aboutProxy(whole); ok {
		return a, true
	}
	if path, ok := p.Unit.Flow.JavaScript(whole); ok && !p.OverThere(whole) {
		return p.aboutJavaScript(path, whole)
	}
	return p.aboutHandler(name)
}

// aboutJavaScript is what is known of a value of JavaScript.
func (p *Pass) aboutJavaScript(path string, at syntax.Node) (a About, ok bool) {
	m, member := pyodide.MemberAt(path)
	of := pyodide.InterfaceAt(path)
	_, null := pyodide.NullAt(path)
	switch {
	case pyodide.NeedsNew(path):
		name := path[strings.LastIndexByte(path, '.')+1:]
		a.Title, a.Link = name, pyodide.SpecOf(name)
		a.Facts = append(a.Facts, fmt.Sprintf("A class of JavaScript: `%s.new(…)` makes an object of it.", name))
	case member:
		a.Title, a.Link = titleOf(m), pyodide.SpecOf(m.Of)
		a.Facts = append(a.Facts, p.aboutMember(path, m)...)
	case of != "" || null:
		a.Title = of
		if a.Title == "" {
			a.Title = "a value of JavaScript"
		} else {
			a.Link = pyodide.SpecOf(of)
		}
		a.Facts = append(a.Facts, fmt.Sprintf("What `%s` gives.", path))
		if null {
			a.Facts = append(a.Facts, p.nullFact())
		}
	default:
		return About{}, false
	}
	if realms, ok := pyodide.GlobalRealms(globalName(path)); ok {
		a.Facts = append(a.Facts, fmt.Sprintf("It is there on the %s only.", inWords(realms)))
	}
	return a, true
}

// globalName is the name of JavaScript's global scope that a path begins with.
func globalName(path string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(path, "js."), ".")
	return strings.TrimRight(name, "()[]")
}

func inWords(realms pyodide.Realms) string {
	return strings.ReplaceAll(realms.String(), ", ", " and the ")
}

// titleOf is a member with its interface.
func titleOf(m pyodide.Member) string {
	title := m.Of + "." + m.Name
	if m.Called() {
		title += "()"
	}
	return title
}

// aboutMember is what is known of a member of an interface.
func (p *Pass) aboutMember(path string, m pyodide.Member) (facts []string) {
	gives := path
	if m.Called() {
		gives += "()"
	}
	of, promised := pyodide.InterfaceAt(gives), pyodide.Promised(gives)
	switch {
	case promised && of != "":
		facts = append(facts, fmt.Sprintf("Gives a promise of `%s`: await it.", of))
	case promised:
		facts = append(facts, "Gives a promise: await it.")
	case of != "":
		facts = append(facts, fmt.Sprintf("Gives `%s`.", of))
	}
	if _, null := pyodide.NullAt(gives); null {
		facts = append(facts, p.nullFact())
	}
	for _, c := range pyodide.CallbacksAt(path) {
		facts = append(facts, callbackFact(c))
	}
	if len(m.Options) > 0 {
		facts = append(facts, "Takes options as an object of JavaScript: of a dict, `to_js(…, dict_converter=js.Object.fromEntries)` makes one.")
	}
	if len(m.Memory) > 0 && len(m.Shared) == 0 {
		facts = append(facts, "Takes memory that no threads share.")
	}
	return facts
}

// nullFact says what null is in Python.
func (p *Pass) nullFact() string {
	switch versions := p.Versions(); {
	case versions.Within(pyodide.Before(pyodide.KnowsNull)):
		return "It may be null, which is `None`."
	case versions.Within(pyodide.Since(pyodide.KnowsNull)):
		return "It may be null, which is `pyodide.ffi.jsnull`, and not `None`."
	}
	return fmt.Sprintf("It may be null, which is `None` before Pyodide %s, and `pyodide.ffi.jsnull` from then on.", pyodide.KnowsNull)
}

// callbackFact says what becomes of a callback.
func callbackFact(c pyodide.Callback) string {
	const gone = "a bare Python function is destroyed when the call returns, before that"
	switch c.Does {
	case pyodide.KeepsOnce:
		return "Calls its callback once, later: " + gone + "; `create_once_callable` makes one that lasts."
	case pyodide.KeepsOften:
		return "Keeps its callback, and calls it again and again: " + gone + "; `create_proxy` makes one that lasts, and somebody has to keep it."
	case pyodide.CallsAtOnce:
		return "Calls its callback before it returns: a bare Python function will do."
	case pyodide.Promises:
		return "Calls its callback until what it promises is there: a bare Python function will do."
	case pyodide.Stores:
		return "Keeps what it is given: of a Python object JavaScript finds a proxy there that is destroyed."
	}
	return "Compares what it is given with what was kept: it must be the same proxy."
}

// aboutProxy is what is known of a proxy that the text makes.
func (p *Pass) aboutProxy(n syntax.Node) (a About, ok bool) {
	made, ok := p.ProxyOf(n)
	if !ok || !made.Value.OK() {
		return About{}, false
	}
	a.Title = "a proxy of a Python object"
	if made.Callable.OK() {
		a.Title = fmt.Sprintf("a proxy of `%s`", oneLine(made.Callable.Text()))
	}
	a.Facts = append(a.Facts, fmt.Sprintf("Made on line %d.", p.Unit.line(made.Value.Span().Start)))
	switch {
	case made.Once:
		a.Facts = append(a.Facts, "It is destroyed when it has been called once.")
	case made.Held:
		a.Facts = append(a.Facts, "What made it keeps it.")
	default:
		a.Facts = append(a.Facts, p.endOf(made)...)
	}
	return a, true
}

// endOf says where a proxy is destroyed, as far as the text shows that.
func (p *Pass) endOf(made Proxied) (facts []string) {
	lines := p.destroyedAt(made)
	if len(lines) == 0 {
		return []string{"Nothing here destroys it."}
	}
	return []string{"Destroyed on line " + strings.Join(lines, " and ") + "."}
}

// destroyedAt are the lines on which a proxy is destroyed, as far as the text shows that.
func (p *Pass) destroyedAt(made Proxied) (lines []string) {
	for _, use := range p.Unit.Flow.Goes(made.Value) {
		if use.Becomes == flow.Destroyed {
			if line := fmt.Sprint(p.Unit.line(use.At.Span().Start)); !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// aboutHandler is what is known of a function that JavaScript calls, at its name.
func (p *Pass) aboutHandler(name syntax.Node) (a About, ok bool) {
	function := name.Parent()
	if function.Kind() != syntax.FunctionDefinition || name.Field() != syntax.FieldName {
		return About{}, false
	}
	c, ok := p.CalledBack(function)
	if !ok {
		return About{}, false
	}
	a.Title = fmt.Sprintf("`%s`, which JavaScript calls", name.Text())
	a.Facts = append(a.Facts, fmt.Sprintf("Handed to `%s` on line %d.", c.By, p.Unit.line(c.Value.Span().Start)))
	for _, placed := range realm.Distinct(p.runs().Module) {
		a.Facts = append(a.Facts, fmt.Sprintf("Runs on the %s: %s.", placed.Realm, placed.Because()))
	}
	return a, true
}
