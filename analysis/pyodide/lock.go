package pyodide

// LockInfo is the part "info" of a pyodide-lock.json.
type LockInfo struct {
	ABI     string `json:"abi_version"`
	Python  string `json:"python"`
	Version string `json:"version"`
}

// abis are the lines that share an abi_version, with their Python. The version that a lock file states is right up
// to 0.27, is 0.28.0.dev0 from 0.28.0 to 0.29.3, and is missing from 0.29.4 on, so it counts only where there is
// no abi_version, which came with 0.26.
// Source: pyodide-lock.json of every npm release from 0.24.1 to 314.0.7, 2026-11-27.
var abis = map[string][]struct {
	python string
	lines  Versions
}{
	"2024_0": {{"3.12.1", Only(V026)}, {"3.12.7", Only(V027)}},
	"2025_0": {{"3.13.2", Only(V028, V029)}},
	"2026_0": {{"3.14.0", Only(V314)}, {"3.14.2", Only(V314)}},
}

// telling are versions of packages of 0.28 and of 0.29, which are alike in all else. None is in both lines, and
// all but micropip are compiled for Pyodide, so people seldom exchange them.
// Source: as above; 0.28.0 to 0.28.3 and 0.29.0 to 0.29.5.
var telling = map[string]map[string]Version{
	"micropip":     {"0.10.0": V028, "0.10.1": V028, "0.11.0": V029, "0.11.1": V029},
	"apsw":         {"3.49.1.0": V028, "3.50.4.0": V029},
	"bitarray":     {"3.4.3": V028, "3.6.0": V028, "3.7.1": V029, "3.8.0": V029},
	"cryptography": {"45.0.4": V028, "45.0.5": V028, "46.0.1": V029, "46.0.3": V029},
	"lxml":         {"5.4.0": V028, "6.0.0": V028, "6.0.2": V029},
	"multidict":    {"6.5.0": V028, "6.6.3": V028, "6.6.4": V029, "6.7.0": V029},
	"pandas":       {"2.3.0": V028, "2.3.1": V028, "2.3.2": V029, "2.3.3": V029},
	"rpds-py":      {"0.23.1": V028, "0.27.0": V029, "0.30.0": V029},
	"ujson":        {"5.10.0": V028, "5.11.0": V029},
}

// OfLock are the lines that a pyodide-lock.json may belong to, by its info and the versions of its packages. One
// that is older or newer than the lines that are known is taken for the nearest, and then it is not exact. The set
// is empty where nothing tells.
func OfLock(info LockInfo, packages map[string]string) (s Versions, exact bool) {
	if info.ABI == "" {
		return OfRelease(info.Version)
	}
	known, ok := abis[info.ABI]
	if !ok {
		if info.ABI > "2026_0" {
			return Only(V314), false
		}
		return 0, false
	}
	for _, k := range known {
		if k.python == info.Python {
			s = k.lines
			break
		}
		s |= k.lines // if no Python fits
	}
	var told Versions
	for name, versions := range telling {
		if v, ok := versions[packages[name]]; ok {
			told |= Only(v)
		}
	}
	if narrowed := s.And(told); narrowed != 0 {
		s = narrowed
	}
	return s, true
}
