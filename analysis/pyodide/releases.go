package pyodide

import (
	"regexp"
	"strconv"

	"github.com/Masterminds/semver/v3"
)

// released are the releases of the npm package, by line from the oldest on: each line has all patches from 0 to
// the last. Pre-releases are left out.
// Source: npm view pyodide versions, 2026-11-27. After 0.29 comes 314, which is numbered like Python.
var released = []struct {
	line string
	last int
}{
	{"0.18", 2}, {"0.19", 1}, {"0.20", 0}, {"0.21", 3}, {"0.22", 1}, {"0.23", 4}, {"0.24", 1}, {"0.25", 1},
	{"0.26", 4}, {"0.27", 8}, {"0.28", 3}, {"0.29", 5}, {"314.0", 7},
}

// number is how the number of a release begins: "0.28.2", "v314.0.0a1", "0.27".
var number = regexp.MustCompile(`^v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.\d{1,4})?(?:$|[^\d.]|\.[^\d])`)

// OfRelease is the line of a release, "0.28.2" or "314.0.0a1". What is older than the lines that are known is
// taken for the oldest, what is newer for the newest, and then it is not exact. The set is empty for what is no
// number of a release of Pyodide.
func OfRelease(release string) (s Versions, exact bool) {
	m := number.FindStringSubmatch(release)
	if m == nil {
		return 0, false
	}
	major, _ := strconv.Atoi(m[1]) // digits, by the pattern
	minor, _ := strconv.Atoi(m[2])
	switch {
	case major == 314:
		return Only(V314), true
	case major > 314 && major < 400:
		return Only(V314), false
	case major != 0 || m[2] == "" || minor > 29:
		return 0, false
	case minor < 26:
		return Only(V026), false
	}
	return Only(V026 + Version(minor-26)), true
}

// BeforeProxies says whether a release is from before 0.19, when Pyodide began to destroy what a call borrows: nothing
// that is measured of proxies today holds for it, and little else.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-19-0
func BeforeProxies(release string) bool { return before(release, 19) }

// RunsCoroutines says whether a release is from before 0.24, since when Pyodide runs as a task what an async function
// gives JavaScript, and no longer every coroutine that a callback returns.
// Source: https://github.com/pyodide/pyodide/pull/3994
func RunsCoroutines(release string) bool { return before(release, 24) }

// before says whether a release is of a line before 0.minor.
func before(release string, minor int) bool {
	m := number.FindStringSubmatch(release)
	if m == nil || m[1] != "0" || m[2] == "" {
		return false
	}
	found, _ := strconv.Atoi(m[2]) // digits, by the pattern
	return found < minor
}

// ofZero finds the minor number of a release of Pyodide in a text.
var ofZero = regexp.MustCompile(`\b0\.(\d{1,4})`)

// PerhapsAtRoot says whether a release that a text names may be from before 0.23, up to which most names of pyodide.ffi,
// pyodide.code and pyodide.http could be had from pyodide itself.
// Source: https://pyodide.org/en/stable/project/changelog.html#version-0-23-0
func PerhapsAtRoot(text string) bool {
	m := ofZero.FindStringSubmatch(text)
	if m == nil {
		return true
	}
	minor, _ := strconv.Atoi(m[1]) // digits, by the pattern
	return minor < 23
}

// Satisfying are the lines that have a release in a range of npm, "^0.26.2" or ">=0.27 <0.29". A range that has
// only releases beyond these lines is taken for the nearest one, and then it is not exact. The set is empty for
// what is no range, such as "latest".
func Satisfying(text string) (s Versions, exact bool) {
	wanted, err := semver.NewConstraint(text)
	if err != nil {
		return 0, false
	}
	var older Versions
	for _, r := range released {
		line, known := OfRelease(r.line)
		if !anyPatch(wanted, r.line, r.last) {
			continue
		}
		if !known {
			older = line
			continue
		}
		s |= line
	}
	switch {
	case s != 0:
		return s, true
	case older != 0:
		return older, false
	}
	return OfRelease(fromNumber.FindString(text)) // a pre-release, or newer than the table
}

var fromNumber = regexp.MustCompile(`\d.*`)

func anyPatch(wanted *semver.Constraints, line string, last int) bool {
	for patch := range last + 1 {
		if v, err := semver.NewVersion(line + "." + strconv.Itoa(patch)); err == nil && wanted.Check(v) {
			return true
		}
	}
	return false
}
