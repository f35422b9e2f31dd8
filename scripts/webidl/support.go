package main

import (
	"encoding/json"
	"fmt"
)

// support says what browsers have, by the names of interfaces and their members.
// Source: https://github.com/mdn/browser-compat-data/blob/main/schemas/compat-data-schema.md
type support struct{ api map[string]feature }

// feature is an interface or a member of one.
type feature struct {
	known, shipped bool
	spec           string // the address of what specifies it, the first if there are several; empty if nobody says
	below          map[string]feature
}

// UnmarshalJSON reads a feature and those below it.
func (f *feature) UnmarshalJSON(text []byte) error {
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil {
		return err
	}
	f.below = map[string]feature{}
	for name, part := range parts {
		if name == "__compat" {
			var compat struct {
				Support map[string]json.RawMessage `json:"support"`
				Spec    json.RawMessage            `json:"spec_url"` // one address, or a list of them
			}
			if err := json.Unmarshal(part, &compat); err != nil {
				return err
			}
			f.known, f.shipped, f.spec = true, shipped(compat.Support), first(compat.Spec)
			continue
		}
		var below feature
		if err := json.Unmarshal(part, &below); err != nil {
			return err
		}
		f.below[name] = below
	}
	return nil
}

// first is the first of some addresses, or the only one.
func first(addresses json.RawMessage) (address string) {
	var all []string
	if json.Unmarshal(addresses, &all) == nil && len(all) > 0 {
		return all[0]
	}
	if json.Unmarshal(addresses, &address) != nil {
		return ""
	}
	return address
}

// engines are the browsers that stand for all others, one for each engine.
var engines = []string{"chrome", "firefox", "safari"}

// shipped says whether one of the engines has a feature, without a flag.
func shipped(by map[string]json.RawMessage) bool {
	type statement struct {
		Added   any    `json:"version_added"` // a version, "preview", or false
		Removed any    `json:"version_removed"`
		Prefix  string `json:"prefix"`
		Name    string `json:"alternative_name"`
		Flags   []any  `json:"flags"`
	}
	for _, engine := range engines {
		var all []statement
		if json.Unmarshal(by[engine], &all) != nil {
			all = make([]statement, 1)
			if json.Unmarshal(by[engine], &all[0]) != nil {
				continue
			}
		}
		for _, s := range all {
			version, ok := s.Added.(string)
			if ok && version != "preview" && s.Removed == nil && s.Prefix == "" && s.Name == "" && len(s.Flags) == 0 {
				return true
			}
		}
	}
	return false
}

func readSupport(text []byte) (s support, err error) {
	var all struct {
		API         map[string]feature `json:"api"`
		WebAssembly feature            `json:"webassembly"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return s, fmt.Errorf("read which browsers have what: %w", err)
	}
	for name, f := range all.WebAssembly.below["api"].below {
		all.API[name] = f
	}
	all.API["WebAssembly"] = feature{known: true, shipped: true}
	return support{all.API}, nil
}

// has says whether a browser has an interface.
func (s support) has(name string) bool { return s.api[name].shipped || s.api[name+"_static"].shipped }

// spec is the address of what specifies an interface.
func (s support) spec(name string) string {
	if spec := s.api[name].spec; spec != "" {
		return spec
	}
	return s.api[name+"_static"].spec
}

// lacks says whether no browser has a member of an interface. What nobody has looked at counts as had.
func (s support) lacks(of, member string) bool {
	for _, f := range []feature{s.api[of].below[member], s.api[of].below[member+"_static"], s.api[member]} {
		if f.known {
			return !f.shipped
		}
	}
	return false
}
