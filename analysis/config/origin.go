package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// lines are those at which settings stand, counted from 1, by their names; levels of rules are "rules.NAME".
type lines map[string]int

// Origin is one setting that is in effect for a file.
type Origin struct {
	Setting string // "realm", "rules.block-main"
	Value   string // as it is written in TOML
	Line    int    // of the file of the settings, counted from 1
}

// Origins are the settings that are said of a file, sorted by name, each with the line that says it last.
func (s *Settings) Origins(path string) []Origin {
	said := map[string]Origin{}
	note := func(setting, value string, at lines) {
		said[setting] = Origin{setting, value, at[setting]}
	}
	say := func(realm, target string, jspi *bool, rules map[string]Level, at lines) {
		if realm != "" {
			note("realm", strconv.Quote(realm), at)
		}
		if target != "" {
			note("target-version", strconv.Quote(target), at)
		}
		if jspi != nil {
			note("jspi", strconv.FormatBool(*jspi), at)
		}
		for rule, level := range rules {
			note("rules."+rule, strconv.Quote(string(level)), at)
		}
	}
	say(s.Realm, s.Target, s.JSPI, s.Rules, s.lines)
	for _, o := range s.overridesOf(path) {
		say(o.Realm, o.Target, o.JSPI, o.Rules, o.lines)
	}
	for setting, n := range map[string]int{
		"exclude": len(s.Exclude), "calls.blocking": len(s.Calls.Blocking), "calls.keeping": len(s.Calls.Keeping),
		"calls.destroying": len(s.Calls.Destroying), "calls.owning": len(s.Calls.Owning), "calls.banned": len(s.Calls.Banned),
	} {
		if n > 0 {
			note(setting, fmt.Sprintf("%d of them", n), s.lines)
		}
	}
	var all []Origin
	for _, setting := range slices.Sorted(maps.Keys(said)) {
		all = append(all, said[setting])
	}
	return all
}

// note notes the lines of the settings in a table.
func (c *checker) note(table *value) lines {
	at := lines{}
	for _, e := range table.entries {
		at[e.key] = c.line(e.at)
		for _, inner := range e.value.entries {
			at[e.key+"."+inner.key] = c.line(inner.at)
		}
	}
	return at
}
