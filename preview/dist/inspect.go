package dist

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

const lockFile = "pyodide-lock.json"

// parts are the files that a page needs to start Pyodide, with their other names. Up to 0.29 the script beside the
// WebAssembly is a classic one, in 314 a module.
var parts = [][]string{
	{"pyodide.mjs", "pyodide.js"}, {"pyodide.asm.wasm"}, {"pyodide.asm.js", "pyodide.asm.mjs"}, {lockFile}, {"python_stdlib.zip"},
}

// held is the Pyodide that a folder holds.
type held struct {
	version string
	line    pyodide.Version
}

// inspect says which Pyodide a folder holds. It fails, with words that go after the folder's name, for one that
// holds none.
func inspect(dir string) (held, error) {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return held{}, errors.New("is not there")
	case err != nil:
		return held{}, fmt.Errorf("cannot be read: %w", err)
	case !info.IsDir():
		return held{}, errors.New("is no folder")
	}
	var missing []string
	for _, names := range parts {
		if !hasOne(dir, names) {
			missing = append(missing, strings.Join(names, " or "))
		}
	}
	if len(missing) > 0 {
		return held{}, fmt.Errorf("is no Pyodide: it has no %s", strings.Join(missing, ", no "))
	}
	for _, tell := range []func(string) (held, bool){byManifest, byScript, byLock} {
		if h, ok := tell(dir); ok {
			return h, nil
		}
	}
	return held{}, errors.New("does not say which Pyodide it is, in package.json, its scripts or pyodide-lock.json")
}

func hasOne(dir string, names []string) bool {
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
			return true
		}
	}
	return false
}

func byManifest(dir string) (held, bool) {
	var manifest struct{ Name, Version string }
	if !readJSON(filepath.Join(dir, "package.json"), &manifest) || manifest.Name != ofPyodide {
		return held{}, false
	}
	return ofRelease(manifest.Version)
}

// constant is how the loader states its version: var X="0.29.5"; in each of 0.26.4, 0.27.7, 0.28.3, 0.29.5 and 314.0.7.
var constant = regexp.MustCompile(`\bvar \w+="(\d{1,3}\.\d{1,3}\.\d{1,3}\w*)"`)

// byScript reads the version from the loader, for folders that were copied without the package.json.
func byScript(dir string) (held, bool) {
	for _, name := range parts[0] {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			continue
		}
		for _, m := range constant.FindAllSubmatch(text, -1) {
			if h, ok := ofRelease(string(m[1])); ok {
				return h, true
			}
		}
	}
	return held{}, false
}

// byLock reads the version from the lock file, which often knows only the line; see pyodide.OfLock.
func byLock(dir string) (held, bool) {
	var lock struct {
		Info     pyodide.LockInfo
		Packages map[string]struct{ Version string }
	}
	if !readJSON(filepath.Join(dir, lockFile), &lock) {
		return held{}, false
	}
	versions := make(map[string]string, len(lock.Packages))
	for name, p := range lock.Packages {
		versions[name] = p.Version
	}
	lines, _ := pyodide.OfLock(lock.Info, versions)
	if lines == 0 {
		return held{}, false
	}
	h := held{line: newest(lines)}
	h.version = h.line.String()
	if stated, exact := pyodide.OfRelease(lock.Info.Version); exact && stated.Within(lines) && !strings.Contains(lock.Info.Version, "dev") {
		h.version = lock.Info.Version
	}
	return h, true
}

func ofRelease(version string) (held, bool) {
	lines, _ := pyodide.OfRelease(version)
	if lines == 0 {
		return held{}, false
	}
	return held{version, newest(lines)}, true
}

func readJSON(file string, into any) bool {
	text, err := os.ReadFile(file)
	return err == nil && json.Unmarshal(text, into) == nil
}

// installedAbove is the nearest node_modules/pyodide at a folder or above it, no higher than the repository that the
// folder lies in; empty if there is none.
func installedAbove(project string) string {
	if project == "" {
		return ""
	}
	for at := absolute(project); ; at = filepath.Dir(at) {
		dir := filepath.Join(at, "node_modules", ofPyodide)
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil || at == filepath.Dir(at) {
			return ""
		}
	}
}

// absolute is a path from the root on, or as it is where even the working directory is not known.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}
