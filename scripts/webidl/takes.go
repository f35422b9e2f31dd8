package main

import (
	"fmt"
	"slices"
	"strings"
)

// takes is what matters of an argument, or of a member of a dictionary, to who hands over a container of Python's: a proxy,
// which is an object with an iterator and no memory.
type takes struct {
	dictionary string // one that may be handed over, "T[]" for a list of such; "object" for one that no WebIDL has
	arrays     []string
	parts      *takes // what the items of a list may be
	memory     bool
	text       bool
	number     bool
	list       bool
	record     bool
	open       bool // anything else that an object may be
	required   bool // the dictionary has a member that must be there
}

// prose are the arguments of which the prose of a specification and no type says that they are options, with the
// dictionary that the prose names.
// Sources: https://html.spec.whatwg.org/multipage/canvas.html#dom-canvas-getcontext,
// https://w3c.github.io/permissions/#query-method, https://streams.spec.whatwg.org/#rs-constructor,
// https://drafts.csswg.org/web-animations-1/#processing-a-keyframes-argument
var prose = map[string]string{
	"HTMLCanvasElement.getContext options": "object", "OffscreenCanvas.getContext options": "object",
	"Permissions.query permissionDesc": "PermissionDescriptor", "ReadableStream.new underlyingSource": "UnderlyingSource",
	"WritableStream.new underlyingSink": "UnderlyingSink", "TransformStream.new transformer": "Transformer",
	"Element.animate keyframes": "object", "KeyframeEffect.new keyframes": "object", "KeyframeEffect.setKeyframes keyframes": "object",
}

// algorithm is the type of what SubtleCrypto takes: text, or one of the dictionaries that are made of another.
// Source: https://w3c.github.io/webcrypto/#algorithm-dictionary
const algorithm, algorithmBase = "AlgorithmIdentifier", "Algorithm"

// takesOf is what a type takes.
func (p *platform) takesOf(t types) (all takes) {
	if t.name == algorithm {
		return takes{dictionary: algorithmBase, text: true}
	}
	if to, ok := p.typedefs[t.name]; ok {
		return p.takesOf(to)
	}
	if t.name != "" {
		return p.takesNamed(t.name)
	}
	for _, k := range t.all {
		switch k.Generic {
		case "":
			all = all.or(p.takesOf(k.Of))
		case "sequence", "FrozenArray":
			parts := p.takesOf(k.Of)
			list := takes{list: true, parts: &parts}
			if parts.dictionary != "" && !strings.HasSuffix(parts.dictionary, "[]") {
				list.dictionary = parts.dictionary + "[]"
			}
			all = all.or(list)
		case "record":
			all.record = true
		default:
			all.open = true
		}
	}
	return all
}

// numbers are the types of WebIDL that are numbers.
// Source: https://webidl.spec.whatwg.org/#idl-numeric-type
var numbers = map[string]bool{
	"byte": true, "octet": true, "short": true, "unsigned short": true, "long": true, "unsigned long": true, "long long": true,
	"unsigned long long": true, "float": true, "unrestricted float": true, "double": true, "unrestricted double": true, "bigint": true,
}

func (p *platform) takesNamed(name string) takes {
	switch d := p.dictionaries[name]; {
	case d != nil:
		required := slices.ContainsFunc(d.members, func(m definition) bool { return m.Required })
		return takes{dictionary: name, required: required}
	case buffers[name]:
		return takes{memory: true, arrays: []string{name}}
	case name == "DOMString" || name == "USVString" || name == "ByteString" || p.enums[name]:
		return takes{text: true}
	case numbers[name]:
		return takes{number: true}
	case p.interfaces[name] != nil, name == "undefined", name == "boolean":
		return takes{}
	}
	return takes{open: true}
}

// or is what an argument takes that may be of two types.
func (t takes) or(o takes) takes {
	if t.dictionary == "" {
		t.dictionary = o.dictionary
	}
	if t.parts == nil {
		t.parts = o.parts
	}
	t.arrays = union(t.arrays, o.arrays)
	t.memory, t.text, t.number = t.memory || o.memory, t.text || o.text, t.number || o.number
	t.list, t.record, t.open, t.required = t.list || o.list, t.record || o.record, t.open || o.open, t.required || o.required
	return t
}

// bytes is what becomes of Python's bytes where memory is asked for, "text", "number" or "refused", and behind it the
// only array that will do. It is empty where that asks for no memory, or goes through what it is given.
// Source: https://webidl.spec.whatwg.org/#js-union
func (t takes) bytes() string {
	what := "refused"
	switch {
	case !t.memory || t.list || t.record || t.open || t.dictionary != "" && !t.required:
		return ""
	case t.dictionary != "":
	case t.text:
		what = "text"
	case t.number:
		what = "number"
	}
	if len(t.arrays) == 1 && t.arrays[0] != "Uint8Array" && t.arrays[0] != "ArrayBuffer" {
		what += "." + t.arrays[0]
	}
	return what
}

// argument is what is told of an argument at a position.
func (t takes) argument(at int) (words []string) {
	switch t.dictionary {
	case "":
	case "object":
		words = append(words, fmt.Sprintf("options=%d", at))
	default:
		words = append(words, fmt.Sprintf("options=%d.%s", at, t.dictionary))
	}
	if t.record {
		words = append(words, fmt.Sprintf("record=%d", at))
	}
	if what := t.bytes(); what != "" {
		words = append(words, fmt.Sprintf("bytes=%d.%s", at, what))
	}
	if t.parts != nil && t.parts.bytes() != "" {
		words = append(words, fmt.Sprintf("bytes=%d[].%s", at, t.parts.bytes()))
	}
	return words
}

// dictionary is what is told of one: a line for itself, and one for each member of which something is told.
func (p *platform) dictionary(name string) string {
	d := p.dictionaries[name]
	if d.base != "" {
		name += ":" + d.base
	}
	members := map[string]string{}
	for _, m := range d.members {
		t := p.takesOf(m.Is)
		var words []string
		if t.dictionary != "" {
			words = append(words, "gives="+t.dictionary)
		}
		if t.record {
			words = append(words, "record")
		}
		if what := t.bytes(); what != "" {
			words = append(words, "bytes="+what)
		}
		members[m.Name] = strings.Join(words, " ")
	}
	return name + " WDSV dictionary\n" + lines(members)
}

// taken are the dictionaries that the operations of what is known take, with those that these are made of or hold. Of
// one that stands for others, in prose or as an algorithm, they are among them.
func (p *platform) taken() []string {
	found := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		name = strings.TrimSuffix(name, "[]")
		d := p.dictionaries[name]
		if d == nil || found[name] {
			return
		}
		found[name] = true
		add(d.base)
		for _, m := range d.members {
			add(p.takesOf(m.Is).dictionary)
		}
		if !general[name] {
			return
		}
		for _, other := range sorted(p.dictionaries) {
			if p.dictionaries[other].base == name {
				add(other)
			}
		}
	}
	for name, i := range p.interfaces {
		if !p.known(name) {
			continue
		}
		for _, m := range p.membersOf(i) {
			for _, t := range m.takes {
				add(t.dictionary)
			}
		}
	}
	return sorted(found)
}

// general are the dictionaries in the place of which one of those that are made of them may be handed over.
var general = map[string]bool{algorithmBase: true, "PermissionDescriptor": true}
