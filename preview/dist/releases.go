package dist

import (
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

// Release is a pinned release of a package of npm.
type Release struct {
	Package   string // "pyodide" or "@pyscript/core"
	Version   string
	Integrity string          // of the tarball, as npm writes it: "sha512-" and base64
	Size      int64           // of the tarball, in bytes
	Line      pyodide.Version // that it is of, or that it loads
	Loads     string          // the Pyodide that it loads by itself; that may be an older one of the line than the one pinned here
}

// Label is how people are told of it, "pyodide 0.29.5".
func (r Release) Label() string { return r.Package + " " + r.Version }

// The packages of npm.
const (
	ofPyodide  = "pyodide"
	ofPyScript = "@pyscript/core"
)

// releases are one release for each line: of Pyodide its last, but for 0.27, where it is the one that PyScript loads;
// of PyScript the last package on npm that loads the line and no other.
// Source: npm view PACKAGE@VERSION dist.integrity and the size of what npm pack brings, 2026-11-27; what PyScript loads
// stands in the scripts of its dist/.
var releases = []Release{
	{ofPyodide, "0.26.4", "sha512-z2CHsjVlhhJi5tYBF0AYAfNEPo3zq/z+xOpFtk1tweJkRaTqU4UK/7pLvo8DBU2VDPH31vB3pSI+8fnoqrVrFg==", 5867048, pyodide.V026, "0.26.4"},
	{ofPyodide, "0.27.7", "sha512-RUSVJlhQdfWfgO9hVHCiXoG+nVZQRS5D9FzgpLJ/VcgGBLSAKoPL8kTiOikxbHQm1kRISeWUBdulEgO26qpSRA==", 5898824, pyodide.V027, "0.27.7"},
	{ofPyodide, "0.28.3", "sha512-rtCsyTU55oNGpLzSVuAd55ZvruJDEX8o6keSdWKN9jPeBVSNlynaKFG7eRqkiIgU7i2M6HEgYtm0atCEQX3u4A==", 5586594, pyodide.V028, "0.28.3"},
	{ofPyodide, "0.29.5", "sha512-TkYrUv9m8QmfImADKRmpwZulL48E0uUaBSO+dvRQKyAJc0qh9gu7jn8btyHPh3NZm1r2IH2YrJhIr7Q2B9urAw==", 5598317, pyodide.V029, "0.29.5"},
	{ofPyodide, "314.0.7", "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==", 6488647, pyodide.V314, "314.0.7"},
	{ofPyScript, "0.6.25", "sha512-ZL5fZtQE44p5r22l26c3gRSRNo6GUXdcdX1M/UN8MNMq/kprZbBNOXXFyMyyB/07vsM/xn1SetvBzYn8oj1Epw==", 1451435, pyodide.V026, "0.26.4"},
	{ofPyScript, "0.6.66", "sha512-5bYUVdAryhvjJYbjLJnJS9D7pu0a92bA+K2tkztlXzxHE78jlvs7EMDc4/GN3IIJ5BZANj8x9LM7vteIKa1MNA==", 1488388, pyodide.V027, "0.27.7"},
	{ofPyScript, "0.7.2", "sha512-OtUTPWm3gjY60j2ErM2DjYNUTP+MphDOQkYzIVjPPhXnx3x6l+wlk94NfdwZat69XTcJRQNeVcPzIidGOhlGsQ==", 1495226, pyodide.V028, "0.28.3"},
	{ofPyScript, "0.7.25", "sha512-P4Z9D94AdQVOfwUdXk8oQ8Wi3CU3kNHiMOtVwAiLBpgyd0VmEoEblaQu9gBKV+j4tSvr4uDZDVdSVBOVwO+aew==", 1528631, pyodide.V029, "0.29.3"},
	{ofPyScript, "0.7.31", "sha512-GqM1aonc1N4RTkNZ1zJ8jJk8+i2cqeztZslPsAiQtn+wHHkUX9Z1FgIg4HjCvhBylB68UKmbTVTzOobpgPIMVQ==", 1564433, pyodide.V314, "314.0.2"},
}

// Wheel is a pinned wheel of the package index of Python.
type Wheel struct {
	Name    string // "micropip"
	Version string
	SHA256  string           // of the file, in hexadecimal
	Size    int64            // in bytes
	Lines   pyodide.Versions // whose pyodide-lock.json has this version
}

// Label is how people are told of it, "micropip 0.11.1".
func (w Wheel) Label() string { return w.Name + " " + w.Version }

// File is the name of its file.
func (w Wheel) File() string { return w.Name + "-" + w.Version + "-py3-none-any.whl" }

// wheels are micropip and what it needs, in the versions that the lock files name. The content network has builds of
// the same sources that differ in their bytes, so these hashes are not the ones in the lock files. From 0.28 on
// micropip brings packaging along.
// Source: pyodide-lock.json of the releases above; the hashes are of what pip download brings, 2026-11-27.
var wheels = []Wheel{
	{"micropip", "0.6.0", "d6ebd9581a2f446141f782f813c3b9a41efdebedddd9d2e0cc11b2cee3d23761", 44393, pyodide.Only(pyodide.V026)},
	{"packaging", "23.2", "8c491190033a9af7e1d931d0b5dacc2ef47509b34dd0de67ed209b5203fc88c7", 53011, pyodide.Only(pyodide.V026)},
	{"micropip", "0.9.0", "babcf68c1849e229aa887564bc5f2de50273c3212e73c9aff8e3e6e80f2b6a23", 114896, pyodide.Only(pyodide.V027)},
	{"packaging", "24.2", "09abb1bccd265c01f4a3aa3f7a7db064b36514d2cba19a2f694fe6150451a759", 65451, pyodide.Only(pyodide.V027)},
	{"micropip", "0.10.1", "126a501fecb40fc87f7edb67974a45f32db87e8ff3d932452aefbbcde27e53f5", 115174, pyodide.Only(pyodide.V028)},
	{"micropip", "0.11.1", "768de165adb8e66906039d8fec4127a57f522dfdf8e6fbff877a4616941ecfd3", 115488, pyodide.Only(pyodide.V029, pyodide.V314)},
}

// Pyodide is the pinned release of a line.
func Pyodide(line pyodide.Version) Release { return pinned(ofPyodide, line) }

// PyScript is the pinned release of @pyscript/core that loads a line.
func PyScript(line pyodide.Version) Release { return pinned(ofPyScript, line) }

func pinned(name string, line pyodide.Version) Release {
	i := slices.IndexFunc(releases, func(r Release) bool { return r.Package == name && r.Line == line })
	return releases[i] // the table has each line
}

// Wheels are the pinned wheels of a line: micropip, and what its lock file says that it needs.
func Wheels(line pyodide.Version) []Wheel {
	var all []Wheel
	for _, w := range wheels {
		if w.Lines.Has(line) {
			all = append(all, w)
		}
	}
	return all
}

// newest is the newest line of a set that is not empty.
func newest(lines pyodide.Versions) pyodide.Version {
	i := slices.IndexFunc(releases, func(r Release) bool { return pyodide.Only(r.Line) == lines.Newest() })
	return releases[i].Line
}

// folder is the name of the folder in the cache that holds a release, "pyscript-core-0.7.31".
func (r Release) folder() string {
	return strings.NewReplacer("@", "", "/", "-").Replace(r.Package) + "-" + r.Version
}
