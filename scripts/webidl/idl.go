package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// definition is a definition of WebIDL, or a member of one.
// Source: https://github.com/w3c/webidl2.js
type definition struct {
	Type        string       `json:"type"`
	Name        string       `json:"name"`
	Partial     bool         `json:"partial"`
	Inheritance string       `json:"inheritance"`
	Members     []definition `json:"members"`
	Attributes  []attribute  `json:"extAttrs"`
	Is          types        `json:"idlType"`
	Arguments   []argument   `json:"arguments"`
	Special     string       `json:"special"`
	ReadOnly    bool         `json:"readonly"`
	Async       bool         `json:"async"`
	Required    bool         `json:"required"`
	Target      string       `json:"target"`
	Includes    string       `json:"includes"`
}

// attribute is an extended attribute, as in [Exposed=Window].
type attribute struct {
	Name  string `json:"name"`
	Value struct {
		Type  string          `json:"type"`
		Value json.RawMessage `json:"value"`
	} `json:"rhs"`
}

type argument struct {
	Name       string      `json:"name"`
	Attributes []attribute `json:"extAttrs"`
	Is         types       `json:"idlType"`
}

// types are one type or several: of a generic or a union those that it is made of.
type types struct {
	name string // of one that is a name and nothing else
	all  []kind
}

// kind is a type: a name, a generic of types or a union of them.
type kind struct {
	Attributes []attribute `json:"extAttrs"`
	Generic    string      `json:"generic"`
	Nullable   bool        `json:"nullable"`
	Union      bool        `json:"union"`
	Of         types       `json:"idlType"`
}

// UnmarshalJSON reads what is a name, a type or a list of types.
func (t *types) UnmarshalJSON(text []byte) error {
	switch text[0] {
	case '"':
		return json.Unmarshal(text, &t.name)
	case '[':
		return json.Unmarshal(text, &t.all)
	case '{':
		t.all = make([]kind, 1)
		return json.Unmarshal(text, &t.all[0])
	}
	return nil // null, of what has none
}

// one is the only type of several, the zero type if there is none.
func (t types) one() kind {
	if len(t.all) != 1 {
		return kind{}
	}
	return t.all[0]
}

// named are the values of an extended attribute that is given a name or a list of them; ok is false if it is not there.
func named(all []attribute, name string) (values []string, ok bool) {
	for _, a := range all {
		if a.Name != name {
			continue
		}
		ok = true
		var single string
		var list []struct {
			Value string `json:"value"`
		}
		switch {
		case a.Value.Type == "*":
			values = append(values, "*")
		case json.Unmarshal(a.Value.Value, &single) == nil && single != "":
			values = append(values, single)
		case json.Unmarshal(a.Value.Value, &list) == nil:
			for _, v := range list {
				values = append(values, v.Value)
			}
		}
	}
	return values, ok
}

// exposures are the letters of the places in which something is there, by what [Exposed] says; worklets are none of
// them.
func exposures(values []string) string {
	letters := ""
	for _, v := range values {
		switch v {
		case "*":
			letters += "WDSV"
		case "Window":
			letters += "W"
		case "Worker":
			letters += "DSV"
		case "DedicatedWorker":
			letters += "D"
		case "SharedWorker":
			letters += "S"
		case "ServiceWorker":
			letters += "V"
		}
	}
	return within("WDSV", letters)
}

// within are the letters of one text that are in another.
func within(letters, other string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(other, r) {
			return r
		}
		return -1
	}, letters)
}

// definitions are those of all specifications.
func definitions(text []byte) (all []definition, err error) {
	var files map[string][]definition
	if err := json.Unmarshal(text, &files); err != nil {
		return nil, fmt.Errorf("read what webidl2 parsed: %w", err)
	}
	for _, name := range sorted(files) {
		all = append(all, files[name]...)
	}
	return all, nil
}
