package pyodide

import (
	"fmt"
	"math/bits"
	"strings"
)

// Version is a line of Pyodide releases that this program knows.
type Version uint8

// The lines, from the oldest on. Each is measured with its last release.
const (
	V026 Version = iota // Python 3.12
	V027                // Python 3.12
	V028                // Python 3.13
	V029                // Python 3.13
	V314                // Python 3.14; numbered like Python from here on
	versionCount
)

var versionNames = [versionCount]string{"0.26", "0.27", "0.28", "0.29", "314"}

func (v Version) String() string { return versionNames[v] }

// Versions is a set of lines. The zero value is the empty set.
type Versions uint8

// AllVersions are the lines that are known.
const AllVersions Versions = 1<<versionCount - 1

// Only is the set of some lines.
func Only(versions ...Version) Versions {
	var s Versions
	for _, v := range versions {
		s |= 1 << v
	}
	return s
}

// Since is a line and all after it.
func Since(v Version) Versions { return AllVersions &^ Before(v) }

// Before is all lines before one.
func Before(v Version) Versions { return 1<<v - 1 }

// Has says whether a line is in the set.
func (s Versions) Has(v Version) bool { return s&(1<<v) != 0 }

// And is what two sets share.
func (s Versions) And(o Versions) Versions { return s & o }

// Or is what is in one of two sets.
func (s Versions) Or(o Versions) Versions { return s | o }

// Without is what is not in the other set.
func (s Versions) Without(o Versions) Versions { return s &^ o }

// Within says whether all of the set is in the other.
func (s Versions) Within(o Versions) bool { return s&^o == 0 }

// Newest is the set of the newest line of a set.
func (s Versions) Newest() Versions {
	if s == 0 {
		return 0
	}
	return Only(Version(bits.Len8(uint8(s)) - 1))
}

// Each is the lines of the set, from the oldest on.
func (s Versions) Each() (all []Version) {
	for v := range versionCount {
		if s.Has(v) {
			all = append(all, v)
		}
	}
	return all
}

// Names are the names of the lines of the set, from the oldest on.
func (s Versions) Names() []string {
	names := []string{}
	for _, v := range s.Each() {
		names = append(names, v.String())
	}
	return names
}

// String is the set in words: "0.28", "0.26 and 0.27", "0.26, 0.28 and 314", "0.26 to 314".
func (s Versions) String() string {
	names := s.Names()
	first := bits.TrailingZeros8(uint8(s))
	switch n := len(names); {
	case n == 0:
		return "none"
	case n == 1:
		return names[0]
	case n > 2 && s>>first == 1<<n-1:
		return names[0] + " to " + names[n-1]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// Lacking says in words where something is not that the lines of the set have: "before 0.28", "from 314 on", "but in 0.27".
// It is empty for the empty set.
func (s Versions) Lacking() string {
	switch first := Version(bits.TrailingZeros8(uint8(s))); {
	case s == 0:
		return ""
	case s == Since(first):
		return "before Pyodide " + first.String()
	case first == 0 && s&(s+1) == 0:
		return "from Pyodide " + Version(bits.Len8(uint8(s))).String() + " on"
	}
	return "but in Pyodide " + s.String()
}

// ParseVersions reads a set as a person writes it: "0.28", "0.27..314", "0.26, 0.28..314". It fails with a
// sentence that says what can be written.
func ParseVersions(text string) (Versions, error) {
	var s Versions
	for part := range strings.SplitSeq(text, ",") {
		from, to, isRange := strings.Cut(part, "..")
		first, ok := versionNamed(from)
		last := first
		if isRange && ok {
			last, ok = versionNamed(to)
		}
		if !ok || last < first {
			return 0, fmt.Errorf("%q is no version or range of Pyodide that is known: write one of %s, or a range such as \"0.27..314\"",
				strings.TrimSpace(part), strings.Join(versionNames[:], ", "))
		}
		s |= Since(first).And(Before(last + 1))
	}
	return s, nil
}

// versionNamed is the line that a text names, by itself or by one of its releases.
func versionNamed(text string) (Version, bool) {
	text = strings.TrimPrefix(strings.TrimSpace(text), "v")
	for v, name := range versionNames {
		if rest, ok := strings.CutPrefix(text, name); ok && (rest == "" || rest[0] == '.' && isRelease(rest[1:])) {
			return Version(v), true
		}
	}
	return 0, false
}

func isRelease(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.") == "" && text[0] != '.' && text[len(text)-1] != '.'
}
