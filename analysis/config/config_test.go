package config

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func parse(t *testing.T, dir, text string) *Settings {
	t.Helper()
	s, err := Parse(filepath.Join(dir, "pyodide-ls.toml"), []byte(text), known)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExcluded(t *testing.T) {
	dir := t.TempDir()
	s := parse(t, dir, `exclude = ["vendor/", "/dist/**", "*.gen.py", "!keep.gen.py"]`)
	for _, c := range []struct {
		path string
		dir  bool
		want bool
	}{
		{"a.py", false, false},
		{"vendor", true, true},
		{"vendor", false, false}, // a file
		{"vendor/deep/a.py", false, true},
		{"sub/vendor/a.py", false, true},
		{"dist", true, false}, // what is in it
		{"dist/a.py", false, true},
		{"sub/dist/a.py", false, false},
		{"sub/a.gen.py", false, true},
		{"sub/keep.gen.py", false, false},
		{"vendor/keep.gen.py", false, true},
		{"..vendor/a.py", false, false},
		{".", true, false},
		{"../vendor/a.py", false, false}, // outside
		{"..", true, false},
	} {
		if got := s.Excluded(filepath.Join(dir, filepath.FromSlash(c.path)), c.dir); got != c.want {
			t.Errorf("%s: %t, want %t", c.path, got, c.want)
		}
	}
}

func TestOverrides(t *testing.T) {
	dir := t.TempDir()
	s := parse(t, dir, `
		realm = "main"
		rules.block-main = "warning"
		[[overrides]]
		paths = ["workers/**", "**/*_worker.py"]
		realm = "worker"
		rules.block-main = "off"
		[[overrides]]
		paths = ["workers/{tests,tools}/*.py"]
		rules = { block-main = "hint", leaked-proxy = "info" }
		[[overrides]]
		paths = ["sw.py"]
		realm = "service-worker"`)
	for _, c := range []struct {
		path, realm       string
		blocking, leaking Level
	}{
		{"app.py", "main", LevelWarning, ""},
		{"workers/a.py", "worker", LevelOff, ""},
		{"workers/deep/a.py", "worker", LevelOff, ""},
		{"src/a_worker.py", "worker", LevelOff, ""},
		{"workers/tests/a.py", "worker", LevelHint, LevelInfo}, // the last that says something
		{"workers/tests/deep/a.py", "worker", LevelOff, ""},
		{"sw.py", "service-worker", LevelWarning, ""},
		{"../workers/a.py", "main", LevelWarning, ""}, // outside
	} {
		path := filepath.Join(dir, filepath.FromSlash(c.path))
		if got := s.RealmFor(path); got != c.realm {
			t.Errorf("%s: realm %q, want %q", c.path, got, c.realm)
		}
		for rule, want := range map[string]Level{"block-main": c.blocking, "leaked-proxy": c.leaking, "bare-callback": ""} {
			if got, ok := s.LevelFor(path, rule); got != want || ok != (want != "") {
				t.Errorf("%s: level of %s is %q, %t; want %q", c.path, rule, got, ok, want)
			}
		}
	}
}

func TestPathsMayBeRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("sub", 0o755); err != nil {
		t.Fatal(err)
	}
	s := parse(t, ".", "exclude = ['/sub/gen/']\n[[overrides]]\npaths = ['sub/*.py']\nrealm = 'node'")
	t.Chdir("sub")
	if !s.Excluded(filepath.Join("gen", "a.py"), false) {
		t.Error("gen/a.py, seen from sub, is not excluded")
	}
	if got := s.RealmFor("a.py"); got != "node" {
		t.Errorf("realm %q of a.py, seen from sub", got)
	}
}

func TestDefaultsSayNothing(t *testing.T) {
	var s Settings
	if s.Excluded("a.py", false) || s.RealmFor("a.py") != "" {
		t.Error("defaults exclude a file or know its realm")
	}
	if level, ok := s.LevelFor("a.py", "block-main"); ok {
		t.Errorf("defaults set a level: %q", level)
	}
}

func TestTargets(t *testing.T) {
	dir := t.TempDir()
	s := parse(t, dir, `
		target-version = "0.28"
		[[overrides]]
		paths = ["old/**"]
		target-version = "0.26..0.27"
		jspi = false`)
	for path, want := range map[string]string{"a.py": "0.28", "old/a.py": "0.26..0.27"} {
		if got := s.TargetFor(filepath.Join(dir, path)); got != want {
			t.Errorf("%s is for %q, want %q", path, got, want)
		}
	}
	if got := s.JSPIFor(filepath.Join(dir, "a.py")); got != nil {
		t.Errorf("a.py: JSPI is %t", *got)
	}
	if got := s.JSPIFor(filepath.Join(dir, "old/a.py")); got == nil || *got {
		t.Errorf("old/a.py: JSPI is not known to be missing")
	}
}

func TestOrigins(t *testing.T) {
	dir := t.TempDir()
	s := parse(t, dir, `realm = "main"
target-version = "0.28"
exclude = ["a", "b"]
[rules]
block-main = "warning"
leaked-proxy = "off"
[calls]
owning = ["app.hold"]
[[overrides]]
paths = ["workers/**"]
realm = "worker"
jspi = false
rules = { block-main = "off" }`)
	for _, c := range []struct{ path, want string }{
		{"a.py", `[{calls.owning 1 of them 8} {exclude 2 of them 3} {realm "main" 1} {rules.block-main "warning" 5} {rules.leaked-proxy "off" 6} {target-version "0.28" 2}]`},
		{"workers/a.py", `[{calls.owning 1 of them 8} {exclude 2 of them 3} {jspi false 12} {realm "worker" 11} {rules.block-main "off" 13} {rules.leaked-proxy "off" 6} {target-version "0.28" 2}]`},
	} {
		if got := fmt.Sprint(s.Origins(filepath.Join(dir, c.path))); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.path, got, c.want)
		}
	}
	if got := (&Settings{}).Origins("a.py"); len(got) > 0 {
		t.Errorf("defaults say %v", got)
	}
}
