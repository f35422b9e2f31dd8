package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Given reads settings that an editor has, as a JSON object of what a settings file may say. They hold below dir, where
// no file of settings is. What is null is not said, and keys that are others' are skipped. The error is like that of
// Parse, without places.
func Given(dir string, data []byte, known Known, others ...string) (*Settings, error) {
	c := &checker{path: "the settings of the editor", known: known}
	var said map[string]any
	if err := json.Unmarshal(data, &said); err != nil {
		return nil, &Error{Path: c.path, Message: fmt.Sprintf("they are no table: %v", err)}
	}
	maps.DeleteFunc(said, func(key string, _ any) bool { return slices.Contains(others, key) })
	s := c.settings(newTable(said))
	s.Dir, s.Given, s.lines = dir, true, nil
	for i := range s.Overrides {
		s.Overrides[i].lines = nil
	}
	if len(c.errs) > 0 {
		for _, e := range c.errs {
			e.Line, e.Column = 0, 0
		}
		return nil, c.join()
	}
	return s, nil
}

// newTable is a table of JSON. It has no places.
func newTable(said map[string]any) *value {
	v := &value{kind: aTable}
	for _, key := range slices.Sorted(maps.Keys(said)) {
		if said[key] != nil {
			v.entries = append(v.entries, entry{key: key, value: fromJSON(said[key])})
		}
	}
	return v
}

func fromJSON(said any) *value {
	switch said := said.(type) {
	case string:
		return &value{kind: aString, text: said}
	case bool:
		return &value{kind: aBool, truth: said}
	case []any:
		v := &value{kind: aList}
		for _, item := range said {
			v.items = append(v.items, fromJSON(item))
		}
		return v
	case map[string]any:
		return newTable(said)
	case nil:
		return &value{kind: "null"}
	}
	return &value{kind: "a number"}
}
