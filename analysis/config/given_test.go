package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGiven(t *testing.T) {
	s, err := Given(t.TempDir(), []byte(`{"realm": "worker", "target-version": null, "jspi": true, "trace": {"server": "off"},
		"rules": {"bare-callback": "hint"}, "overrides": [{"paths": ["main.py"], "realm": "main"}]}`), known, "trace")
	if err != nil {
		t.Fatal(err)
	}
	if s.Realm != "worker" || s.Target != "" || s.JSPI == nil || s.Rules["bare-callback"] != LevelHint || !s.Given || s.Path != "" {
		t.Errorf("%+v", s)
	}
	if realm := s.RealmFor(filepath.Join(s.Dir, "main.py")); realm != "main" {
		t.Errorf("an override gives %q", realm)
	}
	for _, o := range s.Origins(filepath.Join(s.Dir, "main.py")) {
		if o.Line != 0 {
			t.Errorf("%s is said at line %d of no file", o.Setting, o.Line)
		}
	}
	for said, want := range map[string]string{
		`[]`:                 "they are no table",
		`{`:                  "they are no table",
		`{"realms": "main"}`: `unknown key "realms"; did you mean "realm"?`,
		`{"realm": 7}`:       "realm must be a string, not a number",
		`{"rules": {"bare-calback": null, "block-main": "lod"}}`: `unknown level "lod"; it must be one of`,
		`{"exclude": [null]}`: "and this is null",
		`{"overrides": [{}]}`: "this override has no paths",
	} {
		_, err := Given("", []byte(said), known)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "the settings of the editor: ") {
			t.Errorf("%s: %v, want %s", said, err, want)
		}
	}
}

// Files decide alone, where there are any.
func TestElse(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a/deep", "a/inner/deep", "b/own"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "b/own", ownFile), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	given := map[string]*Settings{}
	for name, realm := range map[string]string{"a": "main", "a/inner": "worker", "b": "node"} {
		given[filepath.Join(dir, name)] = &Settings{Realm: realm, Given: true}
	}
	f := NewFinder(known).Else(given)
	for name, want := range map[string]string{"a": "main", "a/deep": "main", "a/inner/deep": "worker", "b": "node", "b/own": "", "": ""} {
		if s, err := f.For(filepath.Join(dir, name)); err != nil || s.Realm != want {
			t.Errorf("%s has %q, %v, want %q", name, s.Realm, err, want)
		}
	}
	given[""] = &Settings{Realm: "host", Given: true}
	if s, err := NewFinder(known).Else(given).For(dir); err != nil || s.Realm != "host" {
		t.Errorf("everywhere else it is %q, %v", s.Realm, err)
	}
}
