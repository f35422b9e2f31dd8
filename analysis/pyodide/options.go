package pyodide

import (
	"strings"
	"sync"
)

// Option is the member of options of a kind that has a name; known is false if options of that kind have none, as far as
// WebIDL says. Nothing is known of the members of options that have no dictionary.
func (o Options) Option(name string) (m Member, known bool) {
	of := strings.TrimSuffix(o.Of, "[]")
	if m, known = memberOf(of, name); known {
		return m, true
	}
	for _, below := range derived()[of] { // of which several have it, each as its own
		if _, known = memberOf(below, name); known {
			return Member{Of: of, Name: name}, true
		}
	}
	return Member{}, false
}

// Named says whether the members of the options are known.
func (o Options) Named() bool { return o.Of != "" }

// Takes says whether such options may be handed over in a list, or else by themselves.
func (o Options) Takes(list bool) bool { return o.Of == "" || list == strings.HasSuffix(o.Of, "[]") }

// Inner are the options that a member of options holds; ok is false if it holds none.
func (m Member) Inner() (o Options, ok bool) {
	return Options{Of: m.Gives}, m.Gives != "" && faceOf(strings.TrimSuffix(m.Gives, "[]")).dictionary
}

// Defaults are the values that members of options have anyhow, so that nobody misses them.
// Source: https://fetch.spec.whatwg.org/#dom-request
var Defaults = map[string]string{"method": "GET"}

// OptionsNamed are the operations of a name that take options of which the members are known.
func OptionsNamed(name string) []Member { return optionsByName()[name] }

var optionsByName = sync.OnceValue(func() map[string][]Member {
	all := map[string][]Member{}
	for _, f := range faces() {
		for form, m := range f.members() {
			for _, o := range m.Options {
				if strings.HasSuffix(form, "()") && m.Name != "new" && o.Named() {
					all[m.Name] = append(all[m.Name], m)
					break
				}
			}
		}
	}
	return all
})
