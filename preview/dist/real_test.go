package dist

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/dist/disttest"
)

// The tables, npm and what it brings agree.
func TestRealRelease(t *testing.T) {
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not on PATH")
	}
	cache, r := disttest.Cache(), Pyodide(pyodide.V029)
	dir, _, err := Fetch(t.Context(), cache, r)
	if err != nil {
		t.Fatal(err)
	}
	if again, ok := r.Cached(cache); !ok || again != dir {
		t.Errorf("in the cache there is %s, %v", again, ok)
	}
	if got, err := inspect(dir); err != nil || got != (held{r.Version, r.Line}) {
		t.Errorf("it holds %v, %v", got, err)
	}
	if got, ok := byScript(dir); !ok || got.version != r.Version {
		t.Errorf("its loader says %v", got)
	}
	if got, ok := byLock(dir); !ok || got.line != r.Line {
		t.Errorf("its lock file says %v", got)
	}
	checkWheels(t, dir, r.Line)
	d, err := Find(t.Context(), Options{Target: pyodide.Only(r.Line), Cache: cache, Offline: true})
	if err != nil || d.Dir != dir || d.Source != Cached {
		t.Errorf("it is found as %v, %v", d, err)
	}
}

// checkWheels holds the pinned wheels to what the lock file of a release names.
func checkWheels(t *testing.T, dir string, line pyodide.Version) {
	t.Helper()
	type pkg struct {
		Version  string   `json:"version"`
		FileName string   `json:"file_name"`
		Depends  []string `json:"depends"`
	}
	var lock struct{ Packages map[string]pkg }
	text, err := os.ReadFile(filepath.Join(dir, lockFile))
	if err := errors.Join(err, json.Unmarshal(text, &lock)); err != nil {
		t.Fatal(err)
	}
	all := Wheels(line)
	if needs := len(lock.Packages["micropip"].Depends); len(all) != 1+needs {
		t.Errorf("micropip needs %d, and there are %d wheels", needs, len(all))
	}
	for _, w := range all {
		if p := lock.Packages[w.Name]; p.Version != w.Version || p.FileName != w.File() {
			t.Errorf("%s is pinned, and the lock file has %s", w.Label(), p.FileName)
		}
	}
}

func TestRealWheels(t *testing.T) {
	if exec.Command("python3", "-m", "pip", "--version").Run() != nil {
		t.Skip("there is no python3 with pip")
	}
	cache := disttest.Cache()
	for line, needs := range map[pyodide.Version]int{pyodide.V026: 2, pyodide.V314: 1} { // of the oldest Python and of the newest
		files, _, err := FetchWheels(t.Context(), cache, line)
		if err != nil || len(files) != needs {
			t.Fatalf("%q, %v", files, err)
		}
		for i, w := range Wheels(line) {
			info, err := os.Stat(files[i])
			if err != nil || info.Size() != w.Size || info.Name() != w.File() {
				t.Errorf("%s is %v, %v", w.Label(), info, err)
			}
		}
		if _, fetched, err := FetchWheels(t.Context(), cache, line); err != nil || fetched {
			t.Errorf("they are fetched again, %v", err)
		}
	}
}
