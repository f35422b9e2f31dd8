package pyodide

import (
	"maps"
	"slices"
	"strings"
)

// SpecOf is the address of what specifies an interface, or the one that has a member; empty if nobody says.
func SpecOf(name string) string {
	f := faceOf(name)
	f.members()
	return f.spec
}

// MembersAt are the members that the object has that a path leads to, by the names that Python calls them by, and "new" if
// it is a constructor. Those of the module js, whose path is "js", are there in some realms: all that a window has and all
// that a dedicated worker has.
func MembersAt(path string, realms Realms) []Member {
	if path == "js" {
		return globalMembers(realms)
	}
	r := reach(path)
	if r.is == "" {
		return nil
	}
	of := r.is
	if strings.HasSuffix(of, "[]") {
		of = "Array"
	}
	found := map[string]Member{}
	for at := of; at != ""; at = faceOf(at).base {
		for form, m := range faceOf(at).members() {
			static := m.Static || form == "new()"
			if static != (r.class && !faceOf(at).namespace) || strings.HasPrefix(m.Name, "[") {
				continue
			}
			if _, nearer := found[m.Name]; !nearer && (m.only == "" || strings.ContainsAny(m.only, letters(realms))) {
				found[m.Name] = m
			}
		}
		if r.class {
			break
		}
	}
	return sorted(found)
}

// Called says whether a member is an operation, and not an attribute.
func (m Member) Called() bool { return m.Name == "new" || m.operation() }

// globalMembers are the names of the global scopes of some realms.
func globalMembers(realms Realms) []Member {
	found := map[string]Member{}
	for _, g := range globalFaces {
		if !strings.Contains(letters(realms), g.place) {
			continue
		}
		for at := g.name; at != ""; at = faceOf(at).base {
			for _, m := range faceOf(at).members() {
				if !m.Static && m.Name != "new" && !strings.HasPrefix(m.Name, "[") {
					found[m.Name] = m
				}
			}
		}
	}
	for name, f := range faces() {
		if !f.hidden && (f.places == "" || strings.ContainsAny(f.places, letters(realms))) && !strings.Contains(name, ".") {
			found[name] = Member{Name: name}
		}
	}
	return sorted(found)
}

// letters are those of the places that realms are; none known is a window and a dedicated worker.
func letters(realms Realms) (all string) {
	for _, place := range []struct {
		realm  Realms
		letter string
	}{{Main, "W"}, {Worker, "D"}, {ServiceWorker, "V"}} {
		if realms == 0 || realms.Has(place.realm) {
			all += place.letter
		}
	}
	return all
}

// sorted are members in the order of their names.
func sorted(by map[string]Member) []Member {
	all := make([]Member, 0, len(by))
	for _, name := range slices.Sorted(maps.Keys(by)) {
		all = append(all, by[name])
	}
	return all
}

// NamesOf are the names that one of Pyodide's own modules lists as its own, each with the lines of releases that have it.
// PyScript's are not told by Pyodide's releases, and not among them.
func NamesOf(module string) map[string]Versions {
	p, ok := parts()[module]
	if !ok || !Dated(module) {
		return nil
	}
	own := map[string]Versions{}
	for name, has := range p.names {
		if p.own[name] {
			own[name] = has
		}
	}
	return own
}
