package config

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

var known = Known{
	Rules: []string{"bare-callback", "block-main", "leaked-proxy"},
	Versions: func(text string) error {
		if text != "0.28" && text != "0.26..0.27" {
			return fmt.Errorf("%q is no version", text)
		}
		return nil
	},
}

const example = `
exclude = ["vendor/", "dist/**"]
realm = "main"
target-version = "0.28"
jspi = true

[rules]
block-main = "warning"
bare-callback = "error"

[calls]
blocking = ["hardware.read"]
keeping = ["js.bus.on", "onPick"]
destroying = ["app.release"]
owning = ["app.hold"]
banned = [{ call = "js.alert", message = " it freezes ", replacement = "app.tell" }, { call = "builtins.print" }]

[[overrides]]
paths = ["workers/**"]
realm = "worker"
target-version = "0.26..0.27"
jspi = false
rules = { block-main = "off" }

[[overrides]]
paths = ["tests/**", "*_test.py"]
rules.bare-callback = "hint"
`

func TestParse(t *testing.T) {
	want := Settings{
		Exclude: []string{"vendor/", "dist/**"},
		Realm:   "main",
		Target:  "0.28",
		JSPI:    new(true),
		Rules:   map[string]Level{"block-main": LevelWarning, "bare-callback": LevelError},
		Calls: Calls{
			Blocking: []string{"hardware.read"}, Keeping: []string{"js.bus.on", "onPick"},
			Destroying: []string{"app.release"}, Owning: []string{"app.hold"},
			Banned: []Banned{{Call: "js.alert", Message: "it freezes", Replacement: "app.tell"}, {Call: "builtins.print"}},
		},
		Overrides: []Override{
			{Paths: []string{"workers/**"}, Realm: "worker", Target: "0.26..0.27", JSPI: new(false), Rules: map[string]Level{"block-main": LevelOff}},
			{Paths: []string{"tests/**", "*_test.py"}, Rules: map[string]Level{"bare-callback": LevelHint}},
		},
	}
	shared := strings.NewReplacer("[rules]", "[tool.pyodide-ls.rules]", "[calls]", "[tool.pyodide-ls.calls]", "[[overrides]]", "[[tool.pyodide-ls.overrides]]").Replace(example)
	for _, c := range []struct{ name, path, text string }{
		{"a file of its own", "pyodide-ls.toml", example},
		{"another name", "settings.toml", example},
		{"a table of pyproject.toml", "pyproject.toml", "[project]\nname = 'x'\n[tool.pyodide-ls]" + shared + "[tool.other]\nexlude = 1\n"},
		{"byte order mark and CRLF", "pyodide-ls.toml", "\uFEFF" + strings.ReplaceAll(example, "\n", "\r\n")},
		{"inline", "pyodide-ls.toml", `exclude = ['vendor/', "dist/**"]
			realm = """main"""
			target-version = '0.28'
			jspi = true
			rules = { block-main = "warning", "bare-callback" = 'error' }
			calls = {
				blocking = ["hardware.read"], keeping = ["js.bus.on", "onPick"], destroying = ["app.release"], owning = ["app.hold"],
				banned = [{ call = "js.alert", message = "it freezes", replacement = "app.tell" }, { call = "builtins.print" }],
			}
			overrides = [
				{ paths = ["workers/**"], realm = "worker", target-version = "0.26..0.27", jspi = false, rules.block-main = "off" },
				{ paths = ["tests/**", "*_test.py"], rules = { bare-callback = "hint" } }, # the last
			]`},
		{"dotted", "pyproject.toml", `tool.pyodide-ls.exclude = ["vendor/", "dist/**"]
			tool."pyodide-ls".realm = "main"
			tool.pyodide-ls.target-version = "0.28"
			tool.pyodide-ls.jspi = true
			[tool.pyodide-ls.rules]
			block-main = "warning"
			bare-callback = "error"
			[[tool.pyodide-ls.overrides]]
			paths = ["workers/**"]
			realm = "worker"
			target-version = "0.26..0.27"
			jspi = false
			[tool.pyodide-ls.overrides.rules]
			block-main = "off"
			[[tool.pyodide-ls.overrides]]
			paths = ["tests/**", "*_test.py"]
			[tool.pyodide-ls.overrides.rules]
			bare-callback = "hint"
			[tool.pyodide-ls.calls]
			blocking = ["hardware.read"]
			keeping = ["js.bus.on", "onPick"]
			destroying = ["app.release"]
			owning = ["app.hold"]
			[[tool.pyodide-ls.calls.banned]]
			call = "js.alert"
			message = "it freezes"
			replacement = "app.tell"
			[[tool.pyodide-ls.calls.banned]]
			call = "builtins.print"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Parse(filepath.Join("project", c.path), []byte(c.text), known)
			if err != nil {
				t.Fatal(err)
			}
			got.lines = nil // which differ from text to text
			for i := range got.Overrides {
				got.Overrides[i].lines = nil
			}
			if got.Path != filepath.Join("project", c.path) || !filepath.IsAbs(got.Dir) || filepath.Base(got.Dir) != "project" {
				t.Errorf("path %q, folder %q", got.Path, got.Dir)
			}
			plain := Settings{Exclude: got.Exclude, Realm: got.Realm, Target: got.Target, JSPI: got.JSPI, Rules: got.Rules, Overrides: got.Overrides, Calls: got.Calls}
			if !reflect.DeepEqual(plain, want) {
				t.Errorf("got  %+v\nwant %+v", plain, want)
			}
		})
	}
}

// A file says nothing of this tool when it has no table for it, however broken it is elsewhere.
func TestPyprojectWithoutTheTableIsNoSettings(t *testing.T) {
	for _, text := range []string{
		"", "[project]\nname = 'x'\n", "[tool.ruff]\n", "tool = 1\n# pyodide-ls\n",
		"[project]\ndependencies = ['pyodide-ls']\n", "this is not TOML", "\xff\xfe",
	} {
		if s, err := Parse("pyproject.toml", []byte(text), known); s != nil || err != nil {
			t.Errorf("%q: %v, %v; want neither settings nor an error", text, s, err)
		}
	}
}

// An empty file of its own and an empty table are settings: they end the search upward.
func TestEmptySettingsAreSettings(t *testing.T) {
	for path, text := range map[string]string{"pyodide-ls.toml": "", "pyproject.toml": "[tool.pyodide-ls]"} {
		if s, err := Parse(path, []byte(text), known); err != nil || s == nil || s.Path != path {
			t.Errorf("%s: %v, %v", path, s, err)
		}
	}
}

func TestErrors(t *testing.T) {
	const (
		allLevels = `"off", "hint", "info", "warning", "error"`
		allRealms = `"main", "worker", "service-worker", "node", "host"`
	)
	for _, c := range []struct {
		text string
		want []string // without the path
	}{
		// Not TOML, or not text.
		{"realm = ", []string{`1:8: expected value, not end of input`}},
		{"realm = \"main\"\nrealm = \"node\"", []string{`2:1: key realm is already defined`}},
		{"[rules]\n[rules]", []string{`2:2: table rules already exists`}},
		{"exclude = [\"é\", !]", []string{`1:17: unexpected character U+0021 '!' at start of value`}},
		{"# \uFFFD\n# é\xff", []string{`2:4: invalid UTF-8`}},
		{"\uFEFF# \xff", []string{`1:3: invalid UTF-8`}},
		// Unknown names.
		{`exlude = []`, []string{`1:1: unknown key "exlude"; did you mean "exclude"?`}},
		{`include = []`, []string{`1:1: unknown key "include"; did you mean "exclude"?`}},
		{`ignore = []`, []string{`1:1: unknown key "ignore"; the keys here are "exclude", "realm", "target-version", "jspi", "rules", "overrides", "calls"`}},
		{"[rulse]\na = 1", []string{`1:2: unknown key "rulse"; did you mean "rules"?`}},
		{"[[overrides]]\npaths = ['a']\npath = 1", []string{`3:1: unknown key "path"; did you mean "paths"?`}},
		{"[[overrides]]\npaths = ['a']\nexclude = []", []string{`3:1: unknown key "exclude"; the keys here are "paths", "realm", "target-version", "jspi", "rules"`}},
		{"[rules]\nblock_main = 'off'", []string{`2:1: unknown rule "block_main"; did you mean "block-main"?`}},
		{"rules = { 'ünknown' = 'off', nonsense = 'off' }", []string{`1:11: unknown rule "ünknown"`, `1:30: unknown rule "nonsense"`}},
		// Wrong values.
		{`realm = "browser"`, []string{`1:9: unknown realm "browser"; it must be one of ` + allRealms}},
		{`realm = ""`, []string{`1:9: unknown realm ""; it must be one of ` + allRealms}},
		{"[rules]\nblock-main = 'warn'", []string{`2:14: unknown level "warn"; it must be one of ` + allLevels}},
		{"[rules]\nblock-main = 'Off'", []string{`2:14: unknown level "Off"; did you mean "off"?`}},
		{`exclude = ["a", "[b"]`, []string{`1:17: exclude pattern "[b" is not a valid pattern`}},
		{`exclude = ["#a", ""]`, []string{
			`1:12: exclude pattern "#a" is a comment: a name that begins with # is written \#`,
			`1:18: exclude pattern "" matches nothing`}},
		{"[[overrides]]\npaths = ['[a', '']", []string{`2:10: "[a" is not a valid glob`, `2:16: "" is not a valid glob`}},
		{"[[overrides]]\npaths = ['a/']", []string{`2:10: "a/" matches no file; did you mean "a/**"?`}},
		{"[[overrides]]\npaths = ['./a', '/b', '../c']", []string{
			`2:10: "./a" matches no file: paths are relative to the folder of this file, as in "workers/**"`,
			`2:17: "/b" matches no file: paths are relative to the folder of this file, as in "workers/**"`,
			`2:23: "../c" matches no file: paths are relative to the folder of this file, as in "workers/**"`}},
		{"[[overrides]]\nrealm = 'node'", []string{`1:3: this override has no paths: say what it is for, as in paths = ["workers/**"]`}},
		{"overrides = [{}]", []string{`1:14: this override has no paths: say what it is for, as in paths = ["workers/**"]`}},
		{"[[overrides]]\npaths = []", []string{`2:1: paths is empty: say what the override is for, as in paths = ["workers/**"]`}},
		// Wrong types.
		{`exclude = "a"`, []string{`1:11: exclude must be a list of strings, not a string`}},
		{`exclude = [1, "a", ["b"]]`, []string{
			`1:1: exclude must be a list of strings, and this is a list`,
			`1:12: exclude must be a list of strings, and this is a number`}},
		{`realm = ["main"]`, []string{`1:1: realm must be a string, not a list: one of ` + allRealms}},
		{`realm = 2020-01-01`, []string{`1:9: realm must be a string, not a date or time: one of ` + allRealms}},
		{`target-version = "0.28.x"`, []string{`1:18: "0.28.x" is no version`}},
		{`target-version = 0.28`, []string{`1:18: target-version must be a string, not a number, as in target-version = "0.28"`}},
		{"jspi = false\ntarget-versions = '0.28'", []string{`2:1: unknown key "target-versions"; did you mean "target-version"?`}},
		{`jspi = "yes"`, []string{`1:8: jspi must be true or false, not a string`}},
		{`rules = "off"`, []string{`1:9: rules must be a table from rules to levels, as in rules = { some-rule = "off" }, not a string`}},
		{`rules.block-main = false`, []string{`1:20: a level must be a string, not a boolean: one of ` + allLevels}},
		{"[rules.block-main]\nlevel = 'off'", []string{`1:8: a level must be a string, not a table: one of ` + allLevels}},
		{"[overrides]\npaths = ['a']", []string{`1:2: overrides must be a list of tables, each written [[overrides]], not a table`}},
		{"overrides = ['a']", []string{`1:14: an override must be a table, not a string`}},
		{"[[overrides]]\npaths = 'a'", []string{`2:9: paths must be a list of strings, not a string`}},
		// Calls.
		{`calls = ["time.sleep"]`, []string{`1:1: calls must be a table, not a list, as in calls = { blocking = ["hardware.read"] }`}},
		{"[calls]\nblocks = []", []string{`2:1: unknown key "blocks"; the keys here are "blocking", "keeping", "destroying", "owning", "banned"`}},
		{"[calls]\nblocking = ['read', 'a.b()', '', 'a.b', 1]", []string{
			`2:13: "read" does not say which module it is from, as "hardware.read" does; what is built in is from builtins`,
			`2:21: "a.b()" is not the name of a call, as "hardware.read" or "js.bus.on" is`,
			`2:30: "" is not the name of a call, as "hardware.read" or "js.bus.on" is`,
			`2:41: blocking must be a list of strings, and this is a number`}},
		{"[calls]\nbanned = 'a'", []string{`2:10: banned must be a list of tables, each written [[calls.banned]], not a string`}},
		{"[calls]\nbanned = ['js.alert']", []string{`2:11: a banned call must be a table, as in { call = "js.alert", message = "it freezes the page" }, not a string`}},
		{"[[calls.banned]]\nmessage = 'no'\nreplacement = 1\nwhy = 'x'", []string{
			`1:9: this ban names no call: say which, as in call = "js.alert"`,
			`3:15: replacement must be a string, not a number`,
			`4:1: unknown key "why"; the keys here are "call", "message", "replacement"`}},
		{"[[calls.banned]]\ncall = 'alert'\nreplacement = 'tell'", []string{
			`2:8: "alert" does not say which module it is from, as "hardware.read" does; what is built in is from builtins`,
			`3:15: "tell" does not say which module it is from, as "hardware.read" does; what is built in is from builtins`}},
		// All at once, in the order of the file.
		{"[[overrides]]\nrealm = 'x'\n[rules]\nx = 'off'", []string{
			`1:3: this override has no paths: say what it is for, as in paths = ["workers/**"]`,
			`2:9: unknown realm "x"; it must be one of ` + allRealms,
			`4:1: unknown rule "x"`}},
	} {
		expectErrors(t, "pyodide-ls.toml", c.text, c.want)
	}
}

func TestErrorsInPyproject(t *testing.T) {
	expectErrors(t, "pyproject.toml", "[project]\n[tool.pyodide-ls]\nexlude = []", []string{`3:1: unknown key "exlude"; did you mean "exclude"?`})
	expectErrors(t, "pyproject.toml", "tool.pyodide-ls = 1", []string{`1:19: tool.pyodide-ls must be a table, not a number`})
	expectErrors(t, "pyproject.toml", "[[tool.pyodide-ls]]", []string{`1:8: tool.pyodide-ls must be a table, not a list`})
	expectErrors(t, "pyproject.toml", "[tool.pyodide-ls]\n[project]\nname = x", []string{`3:8: unexpected character U+0078 'x' at start of value`})
}

func expectErrors(t *testing.T, path, text string, want []string) {
	t.Helper()
	s, err := Parse(path, []byte(text), known)
	if s != nil {
		t.Errorf("%q: settings in spite of errors", text)
	}
	var got []string
	for _, e := range Errors(err) {
		got = append(got, strings.TrimPrefix(e.Error(), path+":"))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q:\n got %q\nwant %q", text, got, want)
	}
}

// Whatever stands in the file, there are settings or errors with a place in the text.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		example, "[a]\nb.c = 1\n[[a.d]]\n[a.d.e]", "overrides = []\n[overrides.rules]", "a = [[{b = 1}]]", "\uFEFFé = '\xff'", "a = '''",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse("pyodide-ls.toml", []byte(text), known)
		if (s == nil) == (err == nil) {
			t.Errorf("settings %v, error %v", s, err)
		}
		for _, e := range Errors(err) {
			if e.Line < 1 || e.Column < 1 || e.Line > 1+strings.Count(text, "\n") || e.Column > 1+len(text) {
				t.Errorf("%v: outside the text", e)
			}
		}
	})
}

// What is misspelt stands at its bytes, and what is meant as it is written there.
func TestInstead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"[rules]\nbare-calback = 'hint'", "[rules]\nbare-callback = 'hint'"},
		{"[rules]\n\"bare-calback\"=\"hint\"", "[rules]\n\"bare-callback\"=\"hint\""},
		{"rules.block-mian='off'", "rules.block-main='off'"},
		{"[rules]\nblock-main = 'warnin' # louder", "[rules]\nblock-main = 'warning' # louder"},
		{"realm = \"wroker\"", "realm = \"worker\""},
		{"\uFEFF# é\nexlude = []", "\uFEFF# é\nexclude = []"},
		{"[[overrides]]\npaths = ['a']\nrelm = 'main'", "[[overrides]]\npaths = ['a']\nrealm = 'main'"},
		{"[calls]\nblockin = []", "[calls]\nblocking = []"},
		{"realm = 1", ""}, // where nobody can say what is meant
		{"realm = 'x'", ""},
		{"= 1", ""},
	} {
		_, err := Parse("pyodide-ls.toml", []byte(c.text), known)
		all := Errors(err)
		if len(all) != 1 {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		got := ""
		if e := all[0]; e.Instead != "" {
			got = c.text[:e.Start] + e.Instead + c.text[e.End:]
		}
		if got != c.want {
			t.Errorf("%q: becomes %q, want %q", c.text, got, c.want)
		}
	}
}
