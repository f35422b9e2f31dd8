package main

import (
	"cmp"
	"maps"
	"slices"
)

// platform is what all specifications say together.
type platform struct {
	has          support
	interfaces   map[string]*iface
	mixins       map[string][]definition
	includes     map[string][]string // by what includes
	dictionaries map[string]*dictionary
	typedefs     map[string]types
	callbacks    map[string]bool
	enums        map[string]bool
	full         map[string]string // the names of interfaces that stand in a namespace, with it
}

// iface is an interface or a namespace, of all its parts.
type iface struct {
	definition
	parts []definition
}

type dictionary struct {
	base    string
	members []definition
}

func gather(all []definition, has support) *platform {
	p := &platform{
		has: has, interfaces: map[string]*iface{}, mixins: map[string][]definition{}, includes: map[string][]string{},
		dictionaries: map[string]*dictionary{}, typedefs: map[string]types{}, callbacks: map[string]bool{}, enums: map[string]bool{},
		full: map[string]string{},
	}
	for _, d := range all {
		switch d.Type {
		case "interface", "namespace":
			p.add(d)
		case "interface mixin":
			p.mixins[d.Name] = append(p.mixins[d.Name], d)
		case "includes":
			p.includes[d.Target] = append(p.includes[d.Target], d.Includes)
		case "dictionary":
			p.extend(d)
		case "typedef":
			p.typedefs[d.Name] = d.Is
		case "callback", "callback interface":
			p.callbacks[d.Name] = true
		case "enum":
			p.enums[d.Name] = true
		}
	}
	return p
}

func (p *platform) add(d definition) {
	i := p.interfaces[d.Name]
	if i == nil {
		i = &iface{}
		p.interfaces[d.Name] = i
	}
	if !d.Partial {
		i.definition = d
		if space, ok := named(d.Attributes, "LegacyNamespace"); ok {
			p.full[d.Name] = space[0] + "." + d.Name
		}
	}
	i.parts = append(i.parts, d)
}

func (p *platform) extend(d definition) {
	to := p.dictionaries[d.Name]
	if to == nil {
		to = &dictionary{}
		p.dictionaries[d.Name] = to
	}
	to.base = cmp.Or(d.Inheritance, to.base)
	to.members = append(to.members, d.Members...)
}

// name is the name by which JavaScript reaches an interface from its global scope.
func (p *platform) name(of string) string { return cmp.Or(p.full[of], of) }

// known says whether an interface is one that a page or a worker of some browser has.
func (p *platform) known(name string) bool {
	i := p.interfaces[name]
	return i != nil && i.Name != "" && p.exposed(i.Attributes) != "" && (i.Type == "namespace" || p.has.has(name))
}

// exposed are the places in which something is there by its attributes.
func (p *platform) exposed(all []attribute) string {
	values, ok := named(all, "Exposed")
	if !ok {
		if _, global := named(all, "Global"); global {
			return "WDSV"
		}
	}
	return exposures(values)
}

// sources are the parts of an interface and the mixins that it includes, each with the places in which it is there.
func (p *platform) sources(i *iface) (all []definition, in []string) {
	add := func(parts []definition) {
		for _, part := range parts {
			letters := p.exposed(i.Attributes)
			if values, ok := named(part.Attributes, "Exposed"); ok {
				letters = within(letters, exposures(values))
			}
			all, in = append(all, part), append(in, letters)
		}
	}
	add(i.parts)
	for _, m := range p.includes[i.Name] {
		add(p.mixins[m])
	}
	return all, in
}

// isCallback says whether a callback can be handed over where a type is asked for.
func (p *platform) isCallback(t types) bool {
	return p.some(t, func(name string) bool { return p.callbacks[name] })
}

// isTrusted says whether a text is asked for that a page can have its policies look at first: "TrustedHTML" for what is
// read as markup, "TrustedScript" for what is run. What is asked for by way of any of them depends on another argument.
// Source: https://w3c.github.io/trusted-types/dist/spec/
func (p *platform) isTrusted(t types, as string) bool {
	asks := func(as string) bool { return p.some(t, func(name string) bool { return name == as }) }
	return asks(as) && asks("DOMString") && !asks("TrustedScriptURL")
}

// some says whether one of the types of a union, or the type that there is, is as asked.
func (p *platform) some(t types, is func(name string) bool) bool {
	if t.name != "" {
		if to, ok := p.typedefs[t.name]; ok {
			return p.some(to, is)
		}
		return is(t.name)
	}
	return slices.ContainsFunc(t.all, func(k kind) bool { return k.Generic == "" && p.some(k.Of, is) })
}

// members are the members of the dictionaries that a type asks for that hold callbacks, as "handler" or
// "tools.execute".
func (p *platform) members(t types) []string {
	found := map[string]bool{}
	p.collect(t, "", found, map[string]bool{})
	return sorted(found)
}

func (p *platform) collect(t types, prefix string, found, seen map[string]bool) {
	for _, k := range t.all {
		p.collect(k.Of, prefix, found, seen)
	}
	if to, ok := p.typedefs[t.name]; ok {
		p.collect(to, prefix, found, seen)
	}
	if seen[t.name] {
		return
	}
	seen[t.name] = true
	for d := p.dictionaries[t.name]; d != nil; d = p.dictionaries[d.base] {
		for _, m := range d.members {
			if p.isCallback(m.Is) {
				found[prefix+m.Name] = true
				continue
			}
			p.collect(m.Is, prefix+m.Name+".", found, seen)
		}
	}
}

// buffers are the types that stand for memory: those of WebIDL itself.
// Source: https://webidl.spec.whatwg.org/#idl-buffer-source-types
var buffers = map[string]bool{
	"ArrayBuffer": true, "SharedArrayBuffer": true, "DataView": true, "Int8Array": true, "Int16Array": true, "Int32Array": true,
	"Uint8Array": true, "Uint16Array": true, "Uint32Array": true, "Uint8ClampedArray": true, "BigInt64Array": true,
	"BigUint64Array": true, "Float16Array": true, "Float32Array": true, "Float64Array": true,
}

// memory says whether a type asks for a view of memory, and whether that may be shared.
func (p *platform) memory(t types, attributes []attribute) (asked, shared bool) {
	if to, ok := p.typedefs[t.name]; ok {
		return p.memory(to, attributes)
	}
	_, allowed := named(attributes, "AllowShared")
	if t.name != "" {
		return buffers[t.name] && t.name != "ArrayBuffer", buffers[t.name] && allowed
	}
	for _, k := range t.all {
		if k.Generic != "" {
			continue
		}
		a, s := p.memory(k.Of, append(slices.Clone(attributes), k.Attributes...))
		asked, shared = asked || a, shared || s
	}
	return asked, shared
}

// texts are the types of strings.
// Source: https://webidl.spec.whatwg.org/#idl-DOMString and below it
var texts = map[string]bool{"DOMString": true, "USVString": true, "ByteString": true}

// besides is what a value of a type is where it is not null, in a word: text, object for one of several interfaces, any
// for what is neither.
func (p *platform) besides(t types) string {
	switch {
	case p.every(t, func(name string) bool { return texts[name] || p.enums[name] }):
		return "text"
	case p.every(t, p.known) && len(t.one().Of.all) > 1:
		return "object"
	}
	return "any"
}

// every says whether all the types of a union, or the type that there is, are as asked.
func (p *platform) every(t types, is func(name string) bool) bool {
	if to, ok := p.typedefs[t.name]; ok {
		return p.every(to, is)
	}
	if t.name != "" {
		return is(t.name)
	}
	return !slices.ContainsFunc(t.all, func(k kind) bool { return k.Generic != "" || !p.every(k.Of, is) })
}

// given is what a value of a type is, as far as it leads on: the name of an interface, "T[]" for several of one, none
// for what is neither. promise and null say that it is promised, and that it may be null.
func (p *platform) given(t types) (is string, promise, null bool) {
	k := t.one()
	if to, ok := p.typedefs[t.name]; ok {
		return p.given(to)
	}
	switch {
	case t.name != "":
		if p.known(t.name) {
			return p.name(t.name), false, false
		}
		if buffers[t.name] {
			return t.name, false, false
		}
		return "", false, false
	case k.Generic == "Promise":
		is, _, null = p.given(k.Of)
		return is, true, null
	case k.Generic == "sequence" || k.Generic == "FrozenArray" || k.Generic == "ObservableArray":
		is, _, _ = p.given(k.Of)
		return is + "[]", false, k.Nullable
	case len(t.all) != 1, k.Generic != "", k.Union:
		return "", false, k.Nullable
	}
	is, promise, null = p.given(k.Of)
	return is, promise, null || k.Nullable
}

func sorted[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
