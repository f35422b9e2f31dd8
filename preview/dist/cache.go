package dist

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// CacheVariable is the environment variable that names the cache.
const CacheVariable = "PYODIDE_LS_CACHE"

// CacheDir is the folder of what was fetched: what the environment names, or pyodide-ls in the person's folder for
// caches. It need not exist. It fails where neither is known.
func CacheDir() (string, error) {
	if dir := os.Getenv(CacheVariable); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find the folder for caches (%s can name one): %w", CacheVariable, err)
	}
	return filepath.Join(dir, "pyodide-ls"), nil
}

// cache is the folder of what was fetched, and what to fetch with.
type cache struct {
	dir   string // absolute
	tools tools
}

// open is the cache at a folder, or the usual one if that is empty.
func open(dir string, t tools) (cache, error) {
	var err error
	if dir == "" {
		dir, err = CacheDir()
	} else {
		dir, err = filepath.Abs(dir)
	}
	return cache{dir, t}, err
}

// scratch makes an empty folder inside the cache, from which files can be renamed to their places.
func (c cache) scratch() (string, error) {
	if err := os.MkdirAll(c.dir, 0o777); err != nil {
		return "", err
	}
	c.sweep()
	return os.MkdirTemp(c.dir, scratchPrefix)
}

const (
	scratchPrefix = "fetching-"
	abandoned     = 24 * time.Hour // nothing takes that long
)

// sweep removes what fetches that were killed left behind.
func (c cache) sweep() {
	all, _ := filepath.Glob(filepath.Join(c.dir, scratchPrefix+"*")) // the pattern is a good one
	for _, dir := range all {
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.RemoveAll(dir) // the next one tries again
		}
	}
}

// markerName is the file that is written last into a folder of the cache.
const markerName = ".pyodide-ls.json"

// marker says what a folder of the cache was made of.
type marker struct {
	Integrity string           `json:"integrity"`
	Files     map[string]int64 `json:"files"` // sizes in bytes by slashed path
}

func (m marker) write(dir string) error {
	text, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, markerName), text, 0o666)
}

// Cached is the folder of a release in a cache, and whether all of it is there: the marker has the pinned integrity,
// and each file the size that the marker says.
func (r Release) Cached(cache string) (dir string, ok bool) {
	dir = filepath.Join(cache, r.folder())
	var m marker
	if !readJSON(filepath.Join(dir, markerName), &m) || m.Integrity != r.Integrity {
		return dir, false
	}
	for name, size := range m.Files {
		info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || !info.Mode().IsRegular() || info.Size() != size {
			return dir, false
		}
	}
	return dir, true
}

// place moves a release that was unpacked to its folder in the cache.
func (c cache) place(r Release, staged string, m marker) (string, error) {
	if err := m.write(staged); err != nil {
		return "", err
	}
	dir := filepath.Join(c.dir, r.folder())
	renamed := os.Rename(staged, dir)
	if renamed == nil {
		return dir, nil
	}
	if _, ok := r.Cached(c.dir); ok { // another process was faster
		return dir, nil
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", renamed
	}
	return dir, m.mend(staged, dir)
}

// mend replaces what a broken folder holds, file by file. Each is replaced as a whole, and all who do this at once
// bring the same files, so that whoever reads the folder meanwhile finds none that is half written.
func (m marker) mend(staged, dir string) error {
	for name := range m.Files {
		name = filepath.FromSlash(name)
		if err := replace(filepath.Join(staged, name), filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return replace(filepath.Join(staged, markerName), filepath.Join(dir, markerName))
}

func replace(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	err := os.Rename(from, to)
	if err == nil {
		return nil
	}
	if info, statErr := os.Lstat(to); statErr != nil || !info.IsDir() {
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.Rename(from, to)
}
