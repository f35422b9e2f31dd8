package pyodide

import (
	"maps"
	"slices"
	"strings"
	"sync"
)

// besides are names of pages that no interface tells of.
// Source: https://html.spec.whatwg.org/multipage/window-object.html#named-access-on-the-window-object and below it
var besides = map[string]Realms{"HTMLDocument": Main}

// common are the names that pages or workers alone have by themselves, but that scripts give to things of their own as
// well: which of the two a name means cannot be told.
var common = []string{
	"blur", "closed", "event", "external", "fence", "focus", "fonts", "length", "navigation", "registration", "serviceWorker", "status",
	"stop", "viewport",
}

// GlobalRealms are the places that have a name in JavaScript's global scope, and so in the module js; ok is false for
// a name that is not of pages only or of workers only.
func GlobalRealms(name string) (r Realms, ok bool) {
	r = globalRealms()[name]
	return r, r != 0
}

// globalRealms are the names of some places only. It is asked for about every attribute of a text.
var globalRealms = sync.OnceValue(func() map[string]Realms {
	all := map[string]Realms{}
	add := func(name string) {
		switch places := placesOf(name); {
		case places == "" || slices.Contains(common, name):
		case !strings.Contains(places, "W"):
			all[name] = realmsOf(places)
		case strings.Trim(places, "W") == "":
			all[name] = Main
		}
	}
	for name := range faces() {
		add(name)
	}
	for _, g := range globalFaces {
		for at := g.name; at != ""; at = faceOf(at).base {
			for member := range faceOf(at).members() {
				add(strings.TrimSuffix(member, "()"))
			}
		}
	}
	maps.Copy(all, besides)
	return all
})

// placesOf are the letters of the places that have a global name.
func placesOf(name string) (places string) {
	if f, ok := faces()[name]; ok && !f.hidden {
		places = f.places
	}
	for _, g := range globalFaces {
		for _, form := range []string{name, name + "()"} {
			if m, ok := inherited(g.name, form); ok && (m.only == "" || strings.Contains(m.only, g.place)) {
				places += g.place
			}
		}
	}
	return places
}

// realmsOf are the places of letters, of which this program does not tell dedicated workers from shared ones.
func realmsOf(places string) (r Realms) {
	for letter, realm := range map[string]Realms{"W": Main, "D": Worker, "S": Worker, "V": ServiceWorker} {
		if strings.Contains(places, letter) {
			r |= realm
		}
	}
	return r
}
