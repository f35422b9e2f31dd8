package dist

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestFetchedOnce(t *testing.T) {
	tgz := tarball(t, small("0.29.5"))
	r, times := releaseOf(tgz), 0
	c := cache{filepath.Join(t.TempDir(), "not", "there"), tools{pack: func(ctx context.Context, r Release, into string) (string, error) {
		times++
		return packing(tgz)(ctx, r, into)
	}}}
	for i := range 3 {
		dir, fetched, err := c.fetch(t.Context(), r)
		if err != nil || fetched != (i == 0) || dir != filepath.Join(c.dir, "pyodide-0.29.5") {
			t.Fatalf("%s, %v, %v", dir, fetched, err)
		}
	}
	if got := entriesOf(t, c.dir); times != 1 || !slices.Equal(got, []string{"pyodide-0.29.5"}) {
		t.Errorf("npm ran %d times and left %q", times, got)
	}
	for name, want := range small("0.29.5") {
		if got, err := os.ReadFile(filepath.Join(c.dir, "pyodide-0.29.5", name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", name, got, err)
		}
	}
}

func TestTampered(t *testing.T) {
	tgz := tarball(t, small("0.29.5"))
	flipped := slices.Clone(tgz)
	flipped[len(flipped)/2] ^= 1
	for name, brought := range map[string][]byte{
		"a bit": flipped, "cut": tgz[:len(tgz)-1], "longer": append(slices.Clone(tgz), 0), "empty": nil,
		"another release": tarball(t, small("0.29.4")),
	} {
		t.Run(name, func(t *testing.T) {
			c, r := cache{t.TempDir(), tools{pack: packing(brought)}}, releaseOf(tgz)
			_, _, err := c.fetch(t.Context(), r)
			var wrong *mismatch
			if !errors.As(err, &wrong) {
				t.Errorf("it says %v", err)
			}
			if len(brought) != len(tgz) && !strings.Contains(fmt.Sprint(err), fmt.Sprintf("%d bytes instead of %d", len(brought), len(tgz))) {
				t.Errorf("it says %v", err)
			}
			if left := entriesOf(t, c.dir); len(left) > 0 {
				t.Errorf("it leaves %q", left)
			}
		})
	}
}

// What is pinned may itself be no good, and then nothing of it stays.
func TestPinnedAndBad(t *testing.T) {
	tgz := []byte("no tarball")
	c := cache{t.TempDir(), tools{pack: packing(tgz)}}
	if _, _, err := c.fetch(t.Context(), releaseOf(tgz)); err == nil {
		t.Error("it is unpacked")
	}
	if left := entriesOf(t, c.dir); len(left) > 0 {
		t.Errorf("it leaves %q", left)
	}
}

// broken are ways in which a folder in the cache is not what it should be.
var broken = map[string]func(dir string) error{
	"no marker":             func(dir string) error { return os.Remove(filepath.Join(dir, markerName)) },
	"half a marker":         func(dir string) error { return os.Truncate(filepath.Join(dir, markerName), 20) },
	"the marker of another": func(dir string) error { return marker{"sha512-other", nil}.write(dir) },
	"a file is gone":        func(dir string) error { return os.Remove(filepath.Join(dir, "python_stdlib.zip")) },
	"a file is cut":         func(dir string) error { return os.Truncate(filepath.Join(dir, "pyodide.asm.wasm"), 1) },
	"all is gone":           func(dir string) error { return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o777)) },
	"a folder is at its place": func(dir string) error {
		file := filepath.Join(dir, "pyodide.mjs", "a")
		return errors.Join(os.Remove(filepath.Dir(file)), os.Mkdir(filepath.Dir(file), 0o777), os.WriteFile(file, nil, 0o666))
	},
}

func TestBrokenIsFetchedAnew(t *testing.T) {
	tgz := tarball(t, small("0.29.5"))
	for name, spoil := range broken {
		t.Run(name, func(t *testing.T) {
			c, r := cache{t.TempDir(), tools{pack: packing(tgz)}}, releaseOf(tgz)
			dir, _, err := c.fetch(t.Context(), r)
			if err = errors.Join(err, spoil(dir)); err != nil {
				t.Fatal(err)
			}
			if _, ok := r.Cached(c.dir); ok {
				t.Error("it is taken for whole")
			}
			if _, fetched, err := c.fetch(t.Context(), r); err != nil || !fetched {
				t.Errorf("fetched: %v, %v", fetched, err)
			}
			if _, ok := r.Cached(c.dir); !ok {
				t.Error("it is still broken")
			}
			if held, err := inspect(dir); err != nil || held.version != "0.29.5" {
				t.Errorf("it holds %v, %v", held, err)
			}
		})
	}
}

// Several fetch the same at once, and all reach the end of npm before the first one goes on. None knows of the
// others, as if each were a process.
func TestFetchedAtOnce(t *testing.T) {
	const many = 8
	tgz := tarball(t, small("0.29.5"))
	for _, before := range []string{"", "no marker", "a file is gone"} {
		t.Run("before: "+before, func(t *testing.T) {
			dir, r := t.TempDir(), releaseOf(tgz)
			if before != "" {
				place, _, err := (cache{dir, tools{pack: packing(tgz)}}).fetch(t.Context(), r)
				if err = errors.Join(err, broken[before](place)); err != nil {
					t.Fatal(err)
				}
			}
			var ready, done sync.WaitGroup
			ready.Add(many)
			pack := func(ctx context.Context, r Release, into string) (string, error) {
				ready.Done()
				ready.Wait()
				return packing(tgz)(ctx, r, into)
			}
			for range many {
				done.Go(func() {
					place, _, err := (cache{dir, tools{pack: pack}}).fetch(t.Context(), r)
					if err != nil {
						t.Error(err)
					}
					for range 50 { // what one was told is there stays there, whatever the others do
						if _, ok := r.Cached(dir); !ok {
							t.Errorf("%s is not whole", place)
							return
						}
					}
				})
			}
			done.Wait()
			if left := entriesOf(t, dir); !slices.Equal(left, []string{"pyodide-0.29.5"}) {
				t.Errorf("they leave %q", left)
			}
		})
	}
}

func TestAbandonedIsSwept(t *testing.T) {
	tgz := tarball(t, small("0.29.5"))
	c := cache{t.TempDir(), tools{pack: packing(tgz)}}
	write(t, c.dir, map[string]string{"fetching-1/a": "", "fetching-2/a": "", "mine/a": ""})
	long := time.Now().Add(-48 * time.Hour)
	for _, name := range []string{"fetching-1", "mine"} {
		if err := os.Chtimes(filepath.Join(c.dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := c.fetch(t.Context(), releaseOf(tgz)); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(entriesOf(t, c.dir)); got != "[fetching-2 mine pyodide-0.29.5]" {
		t.Errorf("left are %s", got)
	}
}

func TestCacheDir(t *testing.T) {
	usual, named := t.TempDir(), t.TempDir()
	t.Setenv("HOME", usual)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(usual, "caches"))
	t.Setenv(CacheVariable, "")
	want, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := CacheDir(); err != nil || got != filepath.Join(want, "pyodide-ls") {
		t.Errorf("it is %s, %v", got, err)
	}
	t.Setenv(CacheVariable, named)
	if got, err := CacheDir(); err != nil || got != named {
		t.Errorf("with the variable it is %s, %v", got, err)
	}
	if c, err := open("", installed); err != nil || c.dir != named {
		t.Errorf("what is not told uses %s, %v", c.dir, err)
	}
	if c, err := open(usual, installed); err != nil || c.dir != usual {
		t.Errorf("what is told uses %s, %v", c.dir, err)
	}
}
