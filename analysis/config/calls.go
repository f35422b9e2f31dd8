package config

import (
	"regexp"
	"strings"
)

// dotted is a name as imports give it.
var dotted = regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$`)

// calls reads what is said of calls.
func (c *checker) calls(e entry) (calls Calls) {
	if e.value.kind != aTable {
		c.fail(e.value.at, `calls must be a table, not %s, as in calls = { blocking = ["hardware.read"] }`, e.value.kind)
		return calls
	}
	for _, e := range e.value.entries {
		switch e.key {
		case "blocking":
			calls.Blocking = c.callees(e, true)
		case "keeping":
			calls.Keeping = c.callees(e, false) // a name alone is a method
		case "destroying":
			calls.Destroying = c.callees(e, true)
		case "owning":
			calls.Owning = c.callees(e, true)
		case "banned":
			calls.Banned = c.banned(e)
		default:
			c.unknownKey(e, "blocking", "keeping", "destroying", "owning", "banned")
		}
	}
	return calls
}

// callees reads a list of names of what is called.
func (c *checker) callees(e entry, qualified bool) (names []string) {
	for _, item := range c.list(e) {
		if c.callee(item, qualified) {
			names = append(names, item.text)
		}
	}
	return names
}

// callee says whether a text can be the name of what is called; a qualified one says which module it is from.
func (c *checker) callee(v *value, qualified bool) bool {
	switch {
	case !dotted.MatchString(v.text):
		c.fail(v.at, `%q is not the name of a call, as "hardware.read" or "js.bus.on" is`, v.text)
	case qualified && !strings.Contains(v.text, "."):
		c.fail(v.at, `%q does not say which module it is from, as "hardware.read" does; what is built in is from builtins`, v.text)
	default:
		return true
	}
	return false
}

// banned reads a list of banned calls.
func (c *checker) banned(e entry) (all []Banned) {
	if e.value.kind != aList {
		c.fail(e.value.at, "banned must be a list of tables, each written [[calls.banned]], not %s", e.value.kind)
		return nil
	}
	for _, item := range e.value.items {
		if item.kind != aTable {
			c.fail(item.at, `a banned call must be a table, as in { call = "js.alert", message = "it freezes the page" }, not %s`, item.kind)
			continue
		}
		if b, ok := c.ban(item); ok {
			all = append(all, b)
		}
	}
	return all
}

func (c *checker) ban(table *value) (b Banned, ok bool) {
	before := len(c.errs)
	for _, e := range table.entries {
		if e.value.kind != aString {
			c.fail(e.value.at, "%s must be a string, not %s", e.key, e.value.kind)
			continue
		}
		switch e.key {
		case "call":
			c.callee(e.value, true)
			b.Call = e.value.text
		case "message":
			b.Message = strings.TrimSpace(e.value.text)
		case "replacement":
			c.callee(e.value, true)
			b.Replacement = e.value.text
		default:
			c.unknownKey(e, "call", "message", "replacement")
		}
	}
	if table.get("call") == nil {
		c.fail(table.at, `this ban names no call: say which, as in call = "js.alert"`)
	}
	return b, len(c.errs) == before
}
