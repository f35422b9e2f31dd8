package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// member is what is told of an operation, a constructor or an attribute; of overloads what any of them has, and of what
// they give what all of them do.
type member struct {
	name               string // "fetch()", "body", "new()"
	only               string // the places in which it is there, if these are fewer than those of its interface
	gives              string
	promise            bool
	null               string   // what it gives where that is not null: text, object, any; empty if it never is
	callbacks          []string // "1", "0.handler"
	takes              []takes  // by argument
	private, shareable []string // the arguments for memory: those that may not be shared, and those that may
	isMarkup           bool     // what is assigned to an attribute is read as markup
	markup, scripts    []string // the arguments that are read as markup, and those that are run as a script
}

// words are what is told of a member, none where nothing is but that it is there.
func (m *member) words() string {
	var words []string
	flag := func(word string, is bool) {
		if is {
			words = append(words, word)
		}
	}
	value := func(word string, values ...string) {
		for _, v := range values {
			if v != "" {
				words = append(words, word+"="+v)
			}
		}
	}
	value("only", m.only)
	flag("promise", m.promise)
	value("gives", m.gives)
	flag("null", m.null == "any")
	if m.null != "any" {
		value("null", m.null)
	}
	value("callback", m.callbacks...)
	for at, t := range m.takes {
		words = append(words, t.argument(at)...)
	}
	value("memory", m.private...)
	value("shared", m.shareable...)
	flag("markup", m.isMarkup)
	value("markup", m.markup...)
	value("script", m.scripts...)
	return strings.Join(words, " ")
}

// overload adds another form of the same operation.
func (m *member) overload(o member) {
	if m.gives != o.gives {
		m.gives = ""
	}
	m.promise = m.promise && o.promise
	if m.null != o.null && m.null != "" && o.null != "" {
		m.null = "any"
	}
	m.null = cmp.Or(m.null, o.null)
	m.callbacks = union(m.callbacks, o.callbacks)
	for at, t := range o.takes {
		if at == len(m.takes) {
			m.takes = append(m.takes, t)
		} else {
			m.takes[at] = m.takes[at].or(t)
		}
	}
	m.shareable = union(m.shareable, o.shareable)
	m.markup, m.scripts = union(m.markup, o.markup), union(m.scripts, o.scripts)
	m.private = slices.DeleteFunc(union(m.private, o.private), func(at string) bool { return slices.Contains(m.shareable, at) })
	if m.only != o.only {
		m.only = ""
	}
}

func union(a, b []string) []string {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

// membersOf are the members of an interface, by name.
func (p *platform) membersOf(i *iface) map[string]*member {
	all := map[string]*member{}
	parts, in := p.sources(i)
	for n, part := range parts {
		for _, d := range part.Members {
			only := in[n]
			if values, ok := named(d.Attributes, "Exposed"); ok {
				only = within(only, exposures(values))
			}
			if only == "" {
				continue
			}
			if only == p.exposed(i.Attributes) {
				only = ""
			}
			for _, m := range p.membersBy(i.Name, d) {
				m.only = only
				if bare := strings.Trim(m.name, ".()"); p.has.lacks(i.Name, bare) && m.name != "new()" {
					continue
				}
				if known := all[m.name]; known != nil {
					known.overload(m)
					continue
				}
				all[m.name] = &m
			}
		}
	}
	return all
}

// membersBy are the members that a definition makes, of an interface.
func (p *platform) membersBy(of string, d definition) []member {
	switch d.Type {
	case "constructor":
		return []member{p.operation(of, "new()", d)}
	case "operation":
		var all []member
		if d.Name != "" && d.Special != "stringifier" {
			m := p.operation(of, static(d)+d.Name+"()", d)
			all = append(all, m)
		}
		if is, _, _ := p.given(d.Is); d.Special == "getter" && is != "" {
			all = append(all, member{name: "[]", gives: is})
		}
		return all
	case "attribute":
		if handler(d.Is) {
			return nil // who reads one has nothing to find there
		}
		m := member{name: static(d) + d.Name, isMarkup: p.isTrusted(d.Is, "TrustedHTML")}
		m.is(p, d.Is)
		return []member{m}
	case "iterable", "maplike", "setlike":
		return p.collection(d)
	}
	return nil
}

// is notes what a member gives.
func (m *member) is(p *platform, t types) {
	null := false
	if m.gives, m.promise, null = p.given(t); null {
		m.null = p.besides(t)
	}
}

// static is the sign before the name of what the constructor has.
func static(d definition) string {
	if d.Special == "static" {
		return "."
	}
	return ""
}

// handler says whether a type is that of an event handler, as of onclick.
func handler(t types) bool { return strings.HasSuffix(t.one().Of.name, "EventHandler") }

// collection are the operations that WebIDL gives to what is iterable, a map or a set.
// Source: https://webidl.spec.whatwg.org/#js-iterable, https://webidl.spec.whatwg.org/#js-map-forEach
func (p *platform) collection(d definition) (all []member) {
	if d.Async {
		return nil
	}
	names := "entries keys values"
	if d.Type != "iterable" {
		names += " has"
	}
	if d.Type == "maplike" {
		names += " get"
	}
	if d.Type != "iterable" && !d.ReadOnly {
		names += map[string]string{"maplike": " set", "setlike": " add"}[d.Type] + " delete clear"
	}
	for _, name := range strings.Fields(names) {
		all = append(all, member{name: name + "()"})
	}
	return append(all, member{name: "forEach()", callbacks: []string{"0"}})
}

// operation is what is told of an operation of an interface.
func (p *platform) operation(of, name string, d definition) member {
	m := member{name: name}
	if name != "new()" {
		m.is(p, d.Is)
	}
	for n, a := range d.Arguments {
		at := fmt.Sprint(n)
		if p.isCallback(a.Is) {
			m.callbacks = append(m.callbacks, at)
		}
		for _, inner := range p.members(a.Is) {
			m.callbacks = append(m.callbacks, at+"."+inner)
		}
		takes := p.takesOf(a.Is)
		if name, ok := prose[of+"."+strings.Trim(name, ".()")+" "+a.Name]; ok {
			takes.dictionary = name
		}
		m.takes = append(m.takes, takes)
		if p.isTrusted(a.Is, "TrustedHTML") {
			m.markup = append(m.markup, at)
		}
		if p.isTrusted(a.Is, "TrustedScript") {
			m.scripts = append(m.scripts, at)
		}
		switch asked, shared := p.memory(a.Is, a.Attributes); {
		case shared:
			m.shareable = append(m.shareable, at)
		case asked:
			m.private = append(m.private, at)
		}
	}
	return m
}
