package config

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// kind is what a value is, in the words of an error message.
type kind string

const (
	aString kind = "a string"
	aList   kind = "a list"
	aTable  kind = "a table"
	aBool   kind = "a boolean"
)

// value is a TOML value that knows where it stands.
type value struct {
	kind    kind
	at      int      // byte offset; of its key, where the parser keeps no place of a list or table
	text    string   // of a string
	truth   bool     // of a boolean
	items   []*value // of a list
	entries []entry  // of a table, in the order of the file
}

// entry is a key of a table with its value.
type entry struct {
	key   string
	at    int // byte offset of the key
	value *value
}

// decode reads a TOML text into a table. A syntax error comes as a *toml.DecodeError.
func decode(text string) (*value, error) {
	// The decoder knows which keys and tables may follow which; the parser below knows where they stand.
	var valid map[string]any
	if err := toml.Unmarshal([]byte(text), &valid); err != nil {
		return nil, err
	}
	var p unstable.Parser
	p.Reset([]byte(text))
	root := &value{kind: aTable}
	table := root
	for p.NextExpression() {
		node := p.Expression()
		switch node.Kind {
		case unstable.Table:
			table = root.open(keysOf(node))
		case unstable.ArrayTable:
			table = root.push(keysOf(node))
		case unstable.KeyValue:
			table.set(node)
		}
	}
	return root, p.Error()
}

// get is the value of a key, or nil.
func (v *value) get(key string) *value {
	for _, e := range v.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// open leads to the table at the keys, and makes what is not there yet. In a list of tables it goes on in
// the last one.
func (v *value) open(keys []entry) *value {
	for _, k := range keys {
		next := v.get(k.key)
		if next == nil {
			next = &value{kind: aTable, at: k.at}
			v.entries = append(v.entries, entry{k.key, k.at, next})
		}
		if next.kind == aList {
			next = next.items[len(next.items)-1]
		}
		v = next
	}
	return v
}

// push adds a table to the list of tables at the keys.
func (v *value) push(keys []entry) *value {
	last := keys[len(keys)-1]
	v = v.open(keys[:len(keys)-1])
	list := v.get(last.key)
	if list == nil {
		list = &value{kind: aList, at: last.at}
		v.entries = append(v.entries, entry{last.key, last.at, list})
	}
	table := &value{kind: aTable, at: last.at}
	list.items = append(list.items, table)
	return table
}

// set adds a pair of key and value.
func (v *value) set(node *unstable.Node) {
	keys := keysOf(node)
	last := keys[len(keys)-1]
	v = v.open(keys[:len(keys)-1])
	v.entries = append(v.entries, entry{last.key, last.at, newValue(node.Value(), last.at)})
}

// newValue reads a value. Where the parser does not say where it stands, it stands at the offset given.
func newValue(node *unstable.Node, at int) *value {
	if node.Raw.Length > 0 {
		at = int(node.Raw.Offset)
	}
	v := &value{at: at}
	children := node.Children()
	switch node.Kind {
	case unstable.String:
		v.kind, v.text = aString, string(node.Data)
	case unstable.Array:
		v.kind = aList
		for children.Next() {
			v.items = append(v.items, newValue(children.Node(), at))
		}
	case unstable.InlineTable:
		v.kind = aTable
		for children.Next() {
			v.set(children.Node())
		}
	case unstable.Bool:
		v.kind, v.truth = aBool, string(node.Data) == "true"
	case unstable.Integer, unstable.Float:
		v.kind = "a number"
	default:
		v.kind = "a date or time"
	}
	return v
}

// keysOf are the parts of a dotted key, without values.
func keysOf(node *unstable.Node) []entry {
	var keys []entry
	for it := node.Key(); it.Next(); {
		key := it.Node()
		keys = append(keys, entry{key: string(key.Data), at: int(key.Raw.Offset)})
	}
	return keys
}

// SyntaxError says what go-toml finds wrong with a text, and at which byte of it.
func SyntaxError(text string, err error) (at int, message string) {
	message = strings.TrimPrefix(err.Error(), "toml: ")
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, column := wrong.Position() // in bytes
		for range line - 1 {
			at += strings.IndexByte(text[at:], '\n') + 1
		}
		at = min(at+column-1, len(text))
	}
	return at, message
}
