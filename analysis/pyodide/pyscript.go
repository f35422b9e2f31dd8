package pyodide

import (
	"slices"
	"strconv"
	"strings"

	"github.com/Masterminds/semver/v3"
)

// loaded says which Pyodide a release of PyScript loads unless its settings name another.
type loaded struct{ pyscript, pyodide string }

// dated are the releases below pyscript.net/releases, from the oldest on.
// Source: github.com/pyscript/pyscript, 2026-07-29: at each tag the Pyodide of the polyscript that
// core/package-lock.json names, as github.com/pyscript/polyscript and npm have it; before 2023.11.1 the address in
// pyscriptjs/src. A release is built with that lock file (.github/workflows/publish-release.yml).
var dated = []loaded{
	{"2022.05.1", "0.20.0"}, {"2022.06.1", "0.20.0"}, {"2022.09.1", "0.21.2"}, {"2022.12.1", "0.21.3"},
	{"2023.03.1", "0.22.1"}, {"2023.05.1", "0.23.2"},
	{"2023.11.1", "0.24.1"}, {"2023.11.2", "0.24.1"}, {"2023.12.1", "0.24.1"},
	{"2024.1.1", "0.24.1"}, {"2024.1.2", "0.25.0"}, {"2024.1.3", "0.25.0"}, {"2024.2.1", "0.25.0"},
	{"2024.3.1", "0.25.0"}, {"2024.3.2", "0.25.0"}, {"2024.4.1", "0.25.1"}, {"2024.4.2", "0.25.1"},
	{"2024.5.1", "0.25.1"}, {"2024.5.2", "0.25.1"}, {"2024.6.1", "0.26.0"}, {"2024.6.2", "0.26.1"},
	{"2024.7.1", "0.26.1"}, {"2024.8.1", "0.26.2"}, {"2024.8.2", "0.26.2"}, {"2024.9.1", "0.26.2"},
	{"2024.9.2", "0.26.2"}, {"2024.10.1", "0.26.2"}, {"2024.10.2", "0.26.3"}, {"2024.11.1", "0.26.4"},
	{"2025.2.1", "0.26.4"}, {"2025.2.2", "0.27.2"}, {"2025.2.3", "0.27.2"}, {"2025.2.4", "0.27.3"},
	{"2025.3.1", "0.27.3"}, {"2025.5.1", "0.27.6"}, {"2025.7.1", "0.27.7"}, {"2025.7.2", "0.27.7"},
	{"2025.7.3", "0.27.7"}, {"2025.8.1", "0.28.1"}, {"2025.10.1", "0.29.0"}, {"2025.10.2", "0.29.0"},
	{"2025.10.3", "0.29.0"}, {"2025.11.1", "0.29.0"}, {"2025.11.2", "0.29.0"},
	{"2026.1.1", "0.29.1"}, {"2026.2.1", "0.29.3"}, {"2026.3.1", "0.29.3"}, {"2026.6.1", "314.0.0"},
	{"2026.6.2", "314.0.1"}, {"2026.7.1", "314.0.2"}, {"2026.7.2", "314.0.2"}, {"2026.7.3", "314.0.3"},
}

// When is the decorator that has a function called for events.
// Source: https://docs.pyscript.net/latest/user-guide/events/
const When = "pyscript.when"

// LastClassic is the last release whose script is pyscript.js; that of all later ones is core.js.
// Source: https://docs.pyscript.net/2023.11.1/user-guide/what/
const LastClassic = "2023.05.1"

// cores are versions of the npm package @pyscript/core, from the oldest on, with what their bundle loads and the
// polyscript that they depend on, with a caret; others lie between.
// Source: dist and package.json of each package that npm has, 2026-11-27; of some others core/package-lock.json at the
// commit that gave them their number, which agrees with dist for all but 0.7.28: that one bundles 0.29.3 and 0.29.4. A
// dated release may differ from the package of the same number: its tag came later, with a newer lock file.
var cores = []struct{ pyscript, pyodide, polyscript string }{
	{"0.1.22", "0.23.4", "0.3.10"}, {"0.2.9", "0.24.1", "0.4.20"}, {"0.3.8", "0.24.1", "0.6.2"},
	{"0.3.17", "0.24.1", "0.6.13"}, {"0.3.20", "0.25.0", "0.6.15"}, {"0.4.0", "0.25.0", "0.7.0"},
	{"0.4.23", "0.25.1", "0.12.6"}, {"0.4.32", "0.25.1", "0.12.8"}, {"0.4.34", "0.25.1", "0.12.10"},
	{"0.4.38", "0.26.0", "0.12.12"}, {"0.4.46", "0.26.0", "0.12.14"}, {"0.4.47", "0.26.1", "0.13.4"},
	{"0.4.48", "0.26.1", "0.13.5"}, {"0.4.56", "0.26.1", "0.13.10"}, {"0.5.1", "0.26.1", "0.14.3"},
	{"0.5.2", "0.26.2", "0.14.5"}, {"0.5.12", "0.26.2", "0.15.6"}, {"0.5.16", "0.26.2", "0.15.12"},
	{"0.6.0", "0.26.2", "0.16.0"}, {"0.6.10", "0.26.2", "0.16.3"}, {"0.6.13", "0.26.3", "0.16.4"},
	{"0.6.16", "0.26.3", "0.16.6"}, {"0.6.20", "0.26.3", "0.16.7"}, {"0.6.23", "0.26.4", "0.16.10"},
	{"0.6.25", "0.26.4", "0.16.10"}, {"0.6.26", "0.27.2", "0.16.11"}, {"0.6.32", "0.27.2", "0.16.14"},
	{"0.6.33", "0.27.3", "0.16.15"}, {"0.6.39", "0.27.3", "0.16.21"}, {"0.6.40", "0.27.4", "0.17.1"},
	{"0.6.47", "0.27.5", "0.17.10"}, {"0.6.50", "0.27.5", "0.17.14"}, {"0.6.53", "0.27.6", "0.17.20"},
	{"0.6.60", "0.27.7", "0.17.32"}, {"0.6.66", "0.27.7", "0.18.3"}, {"0.6.70", "0.28.1", "0.18.9"},
	{"0.6.72", "0.28.2", "0.18.14"}, {"0.7.0", "0.28.2", "0.19.0"}, {"0.7.1", "0.28.2", "0.19.1"},
	{"0.7.2", "0.28.3", "0.19.3"}, {"0.7.4", "0.29.0", "0.19.6"}, {"0.7.11", "0.29.0", "0.19.10"},
	{"0.7.12", "0.29.1", "0.20.2"}, {"0.7.13", "0.29.2", "0.20.4"}, {"0.7.16", "0.29.2", "0.20.8"},
	{"0.7.17", "0.29.3", "0.20.9"}, {"0.7.25", "0.29.3", "0.20.11"}, {"0.7.28", "0.29", "0.20.11"},
	{"0.7.29", "314.0.2", "0.20.16"}, {"0.7.31", "314.0.2", "0.20.16"},
}

// polyscripts are the versions of polyscript, PyScript's loader, with which another Pyodide came.
// Source: esm/interpreter/pyodide.js at each tag of github.com/pyscript/polyscript up to 0.20.20, 2026-08-21.
var polyscripts = []loaded{
	{"0.1.0", "0.23.2"}, {"0.1.3", "0.23.4"}, {"0.4.5", "0.24.1"}, {"0.6.14", "0.25.0"},
	{"0.12.1", "0.25.1"}, {"0.12.12", "0.26.0"}, {"0.12.15", "0.26.1"}, {"0.14.4", "0.26.2"},
	{"0.16.4", "0.26.3"}, {"0.16.8", "0.26.4"}, {"0.16.11", "0.27.2"}, {"0.16.15", "0.27.3"},
	{"0.16.22", "0.27.4"}, {"0.17.2", "0.27.5"}, {"0.17.17", "0.27.6"}, {"0.17.21", "0.27.7"},
	{"0.18.0", "0.28.0"}, {"0.18.1", "0.27.7"}, {"0.18.4", "0.28.0"}, {"0.18.5", "0.27.7"},
	{"0.18.8", "0.28.1"}, {"0.18.12", "0.28.3"}, {"0.18.13", "0.28.2"}, {"0.19.3", "0.28.3"},
	{"0.19.4", "0.29.0"}, {"0.20.2", "0.29.1"}, {"0.20.4", "0.29.2"}, {"0.20.9", "0.29.3"},
	{"0.20.13", "0.29.4"}, {"0.20.14", "314.0.0"}, {"0.20.15", "314.0.1"}, {"0.20.16", "314.0.2"},
	{"0.20.17", "314.0.3"}, {"0.20.19", "314.0.5"},
}

// PyScript is the Pyodide that a release of PyScript loads unless its settings name another: a dated release,
// "2024.9.2", or the bundle of @pyscript/core, "0.6.66". Between two that load the same it is that one, or its line
// where they agree on no more; what came after all that are known loads at least the line of the last one. It is
// false where that is not known.
func PyScript(release string) (string, bool) {
	if strings.HasPrefix(release, "20") {
		return between(dated, release)
	}
	bundles := make([]loaded, 0, len(cores))
	for _, c := range cores {
		bundles = append(bundles, loaded{c.pyscript, c.pyodide})
	}
	return between(bundles, release)
}

func between(table []loaded, release string) (string, bool) {
	at, found := search(table, release)
	switch {
	case found:
		return table[at].pyodide, true
	case at <= 0:
		return "", false
	case at == len(table):
		return lineOf(table[at-1].pyodide), true
	}
	before, after := table[at-1].pyodide, table[at].pyodide
	switch {
	case before == after:
		return before, true
	case lineOf(before) == lineOf(after):
		return lineOf(before), true
	}
	return "", false
}

// Polyscript is the Pyodide that a version of polyscript loads unless told otherwise; false where that is not known.
func Polyscript(version string) (string, bool) {
	at, found := search(polyscripts, version)
	switch {
	case found:
		return polyscripts[at].pyodide, true
	case at <= 0:
		return "", false
	}
	return polyscripts[at-1].pyodide, true
}

// search finds a release in a table, or where it would stand; -1 if it is no release.
func search(table []loaded, release string) (int, bool) {
	v, ok := numbers(release)
	if !ok {
		return -1, false
	}
	return slices.BinarySearchFunc(table, v, func(l loaded, v []int) int {
		w, _ := numbers(l.pyscript) // the table holds nothing else
		return slices.Compare(w, v)
	})
}

// PyScriptSatisfying are the lines that versions of @pyscript/core in a range of npm load, as Satisfying has it: by
// their bundles, and by the newest polyscript that each may be installed with.
func PyScriptSatisfying(text string) (s Versions, exact bool) {
	wanted, err := semver.NewConstraint(text)
	if err != nil {
		return 0, false
	}
	var older Versions
	add := func(pyodide string) {
		line, known := OfRelease(pyodide)
		if !known {
			older |= line
			return
		}
		s |= line
	}
	last := -1
	for i, c := range cores {
		if v, err := semver.NewVersion(c.pyscript); err == nil && wanted.Check(v) {
			add(c.pyodide)
			last = i
		}
	}
	if last < 0 { // between two that are known, or newer
		if pyodide, ok := PyScript(fromNumber.FindString(text)); ok {
			return OfRelease(pyodide)
		}
		return 0, false
	}
	for _, p := range polyscripts {
		if lineOf(p.pyscript) == lineOf(cores[last].polyscript) && compare(p.pyscript, cores[last].polyscript) > 0 {
			add(p.pyodide)
		}
	}
	if s == 0 {
		return older, false
	}
	return s, true
}

func compare(a, b string) int {
	v, _ := numbers(a) // they come from the tables
	w, _ := numbers(b)
	return slices.Compare(v, w)
}

// lineOf is the line of a release, as people name it.
func lineOf(release string) string {
	major, rest, _ := strings.Cut(release, ".")
	minor, _, _ := strings.Cut(rest, ".")
	if major != "0" {
		return major
	}
	return major + "." + minor
}

// numbers are the three numbers of a release. "2024.09.2" is "2024.9.2".
func numbers(release string) ([]int, bool) {
	parts := strings.Split(release, ".")
	if len(parts) != 3 {
		return nil, false
	}
	all := make([]int, 0, len(parts))
	for _, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}
