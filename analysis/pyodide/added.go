package pyodide

import (
	"slices"
	"strings"
)

// Added is what a project adds to the tables of this package: calls of its own, or of libraries that no table has. Nil
// adds nothing. It is immutable.
type Added struct {
	blocking, keeping, destroying map[string]bool
	owning                        []string
	banned                        map[string]Ban
}

// Ban is a call that a project does not want: why, and the canonical name of what to call instead. Either may be empty.
type Ban struct{ Message, Replacement string }

// Add makes an Added, or nil where there is nothing to add. The names are canonical: "hardware.read", "js.bus.on".
// What keeps callbacks may be a name alone, which is then a method of any JavaScript object.
func Add(blocking, keeping, destroying, owning []string, banned map[string]Ban) *Added {
	if len(blocking)+len(keeping)+len(destroying)+len(owning)+len(banned) == 0 {
		return nil
	}
	added := &Added{among(blocking), among(keeping), among(destroying), owning, map[string]Ban{}}
	for name, ban := range banned {
		added.banned[Canonical(name)] = ban
	}
	return added
}

func among(names []string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[Canonical(name)] = true
	}
	return set
}

// Blocker is the blocking call of a canonical name. For how long one of the project's own blocks is not known.
func (a *Added) Blocker(name string) (Blocker, bool) {
	if b, ok := Blockers[name]; ok || a == nil || !a.blocking[name] {
		return b, ok
	}
	return Blocker{Argument: -1}, true
}

// CallbacksAt are what the operation does that a path or a canonical name leads to.
func (a *Added) CallbacksAt(path string) []Callback {
	if a != nil && path != "" && a.keeping[path] {
		return kept(path)
	}
	return CallbacksAt(path)
}

// CallbacksNamed are what a method of a name does on an object of JavaScript of which no more is known.
func (a *Added) CallbacksNamed(name string) []Callback {
	if a != nil && a.keeping[name] {
		return kept(name)
	}
	return CallbacksNamed(name)
}

// kept is the row of an operation of which a project says that it keeps callbacks: any argument may be one, and it may
// be called again and again.
func kept(operation string) []Callback {
	return []Callback{{
		Operation: operation, Arguments: "0 1 2 3 4 5 6 7 8 9", Does: KeepsOften, Named: true,
		Leaves: "a callback", When: "when JavaScript calls it",
	}}
}

// KeeperNamed is the keeper that a path such as "js.setTimeout" leads to.
func (a *Added) KeeperNamed(path string) (Keeper, bool) { return keeperAmong(a.CallbacksAt(path)) }

// KeeperMethod is the keeper that a method name means on a JavaScript object of which no more is known.
func (a *Added) KeeperMethod(name string) (Keeper, bool) { return keeperAmong(a.CallbacksNamed(name)) }

// Destroys says whether a call of a canonical name destroys the proxies that it is given, itself or in a container.
func (a *Added) Destroys(name string) bool {
	return name == DestroyProxies || releasers[name] || a != nil && a.destroying[name]
}

// Owner is a function that keeps the proxies that it is given for as long as the page lives, and gives them back.
type Owner struct{ Module, Name string }

// Owners are the functions of which a project says that they own what they are given.
func (a *Added) Owners() (all []Owner) {
	if a == nil {
		return nil
	}
	for _, name := range a.owning {
		at := strings.LastIndexByte(name, '.')
		all = append(all, Owner{name[:max(at, 0)], name[at+1:]})
	}
	return all
}

// Owns says whether a call of a canonical name owns what it is given.
func (a *Added) Owns(name string) bool {
	return holds(name) || a != nil && slices.Contains(a.owning, name)
}

// Bans says whether a project bans any call.
func (a *Added) Bans() bool { return a != nil && len(a.banned) > 0 }

// Banned is the ban of a canonical name.
func (a *Added) Banned(name string) (Ban, bool) {
	if a == nil {
		return Ban{}, false
	}
	b, ok := a.banned[name]
	return b, ok
}
