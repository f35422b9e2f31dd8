package scenario

import (
	"bytes"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
)

// Scenarios are played in a real browser, on a real Pyodide out of the tree's own cache.
func TestMain(m *testing.M) {
	if os.Getenv(dist.CacheVariable) == "" {
		os.Setenv(dist.CacheVariable, disttest.Cache())
	}
	os.Exit(m.Run())
}

// a hundred and some milliseconds, which differ from machine to machine
var blocked = regexp.MustCompile(`\b[12]\d\d ms`)

func TestPlay(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	release := dist.Pyodide(pyodide.V314)
	dir, _, err := dist.Fetch(t.Context(), "", release)
	if err != nil {
		t.Fatal(err)
	}
	site := preview.Site{Pyodide: map[string]fs.FS{release.Version: os.DirFS(dir)}}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			folder, err := txtar.FS(archive)
			if err != nil {
				t.Fatal(err)
			}
			result := playIn(t, folder, site, release.Version)
			problems := blocked.ReplaceAllString(strings.Join(result.Problems, "\n"), "1xx ms")
			want, _ := fs.ReadFile(folder, "problems")
			if problems != strings.TrimSpace(string(want)) {
				t.Errorf("problems:\n%s\nwant:\n%s", problems, want)
			}
			if file == "testdata/steps.txtar" {
				checkShown(t, result)
			}
		})
	}
}

func playIn(t *testing.T, folder fs.FS, site preview.Site, version string) Result {
	t.Helper()
	data, err := fs.ReadFile(folder, "expect.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	result, err := Play(t.Context(), Stage{Folder: folder, Site: site, Version: version}, s)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func checkShown(t *testing.T, r Result) {
	t.Helper()
	if want := []Measure{{Name: "people", Unit: "people", Number: 2}}; !slices.Equal(r.Measures, want) {
		t.Errorf("measured %v, want %v", r.Measures, want)
	}
	picture, err := png.Decode(bytes.NewReader(r.Picture))
	if err != nil || picture.Bounds().Dx() != 960 {
		t.Errorf("no picture: %v", err)
	}
}

func TestRead(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{}`, "neither a page nor a command"},
		{`{"page": "index.html"}`, "without a step"},
		{`{"page": "a", "steps": [{"see": "p"}], "steeps": 1}`, `unknown field "steeps"`},
		{`{"page": "a", "steps": [{"see": "p"}], "versions": {"0.25": "old"}}`, `"0.25" is left out, which must be a version`},
		{`{"page": "a", "steps": [{"see": "p"}], "versions": {"0.26": ""}}`, "which must be one"},
		{`{"page": "a", "steps": [{"see": "p"}, {}]}`, "step 2:  without a verb"},
		{`{"page": "a", "steps": [{"see": "p"}], "repeat": [{"text": "a"}]}`, "step 2:  without a verb"},
		{`{"page": "a", "steps": [{"click": "p", "text": "a"}]}`, "step 1: click has no text"},
		{`{"page": "a", "steps": [{"measure": "a", "of": "1"}]}`, "no unit"},
		{`{"page": "a", "steps": [{"measure": "a", "unit": "ms"}]}`, "no expression"},
		{`{"page": "a", "steps": [{"see": "a", "of": "1"}]}`, "of no use"},
		{`{"page": "a", "steps": [{"server": "off"}]}`, `is stop, start or isolate, and not "off"`},
		{`{"page": "a", "steps": [{"see": "p"}], "live": {"most": 1}}`, "live: at most 1, and no reason"},
		{`{"page": "a", "steps": [{"see": "p"}], "blocked": {"most": -1, "why": "a"}}`, "blocked: at most -1"},
		{`{"page": "a", "steps": [{"see": "p"}], "uncaught": [{"text": "a"}]}`, "both must be said"},
		{`{"page": "a", "steps": [{"see": "p"}], "unsynced": [{"why": "a"}]}`, "both must be said"},
		{`{"page": "a", "steps": [{"see": "p"}], "build": {"run": ["make"]}}`, "a folder that it makes"},
		{`{"page": "a", "steps": [{"see": "p"}], "build": {"run": ["make"], "serve": "../a"}}`, "a folder that it makes"},
		{`{"page": "a", "steps": [{"see": "p"}], "build": {"serve": "a"}}`, "it must be a command"},
		{`{"commands": [{"run": ["a"], "shows": ["b"]}], "build": {"run": ["make"], "serve": "a"}}`, "there must be a page"},
		{`{"page": "a", "steps": [{"see": "p"}], "build": {"run": ["make"], "serve": "a"}}`, ""},
		{`{"commands": [{"run": ["a"]}]}`, "show something"},
		{`{"commands": [{"shows": ["a"]}]}`, "it must be one"},
		{`{"commands": [{"run": ["a"], "shows": ["b"]}]}`, ""},
	} {
		_, err := Read([]byte(test.text))
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: %v, want %q", test.text, err, test.want)
		}
	}
	if _, err := Read([]byte(`{"page": "a", "steps": [{"see": "p", "click": "q"}]}`)); err == nil || !strings.Contains(err.Error(), "in one step") {
		t.Errorf("two verbs: %v", err)
	}
}

func TestOn(t *testing.T) {
	s, err := Read([]byte(`{"page": "a", "steps": [{"see": "p"}], "versions": {"0.26": "it lacks something"}}`))
	if err != nil || s.On() != pyodide.Since(pyodide.V027) {
		t.Errorf("on %v, %v", s.On(), err)
	}
}

func TestCommand(t *testing.T) {
	tools := t.TempDir()
	if err := os.Mkdir(filepath.Join(tools, "bin"), 0o777); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\necho \"$PYODIDE_DIR $1 in $(basename \"$PWD\")\"\nexit 3\n"
	if err := os.WriteFile(filepath.Join(tools, "bin", "python"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "folder")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		command Command
		want    string
	}{
		{Command{Run: []string{"python", "hello"}, Exit: 3, Shows: []string{"pyodide hello in folder"}}, ""},
		{Command{Run: []string{"python", "hello"}, Shows: []string{"hello"}}, "python hello: it ended with 3 and not with 0 in\npyodide hello in folder\n"},
		{Command{Run: []string{"python", "hello"}, Exit: 3, Shows: []string{"a", "hello", "b"}}, "python hello: it does not show \"a\"; it does not show \"b\" in\npyodide hello in folder\n"},
	} {
		if problem, err := test.command.Do(t.Context(), dir, tools, "PYODIDE_DIR=pyodide"); err != nil || problem != test.want {
			t.Errorf("%v: %q, %v, want %q", test.command.Run, problem, err, test.want)
		}
	}
	without := Command{Run: []string{"sh", "-c", "echo $PATH"}, Shows: []string{os.Getenv("PATH") + "\n"}}
	if problem, err := without.Do(t.Context(), dir, ""); err != nil || problem != "" {
		t.Errorf("without tools: %q, %v", problem, err)
	}
	if _, err := (Command{Run: []string{"there-is-none"}}).Do(t.Context(), dir, tools); err == nil {
		t.Error("a program that is not there was run")
	}
}

func TestBuild(t *testing.T) {
	dir := t.TempDir()
	if err := (Build{Run: []string{"sh", "-c", "mkdir site && echo $PYODIDE_DIR > site/index.html"}}).Do(t.Context(), dir, t.TempDir(), "PYODIDE_DIR=pyodide"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "site", "index.html")); err != nil || string(text) != "pyodide\n" {
		t.Errorf("%q, %v", text, err)
	}
	err := (Build{Run: []string{"sh", "-c", "echo broken; exit 2"}}).Do(t.Context(), dir, t.TempDir())
	if err == nil || !strings.Contains(err.Error(), "it ended with 2 and not with 0 in\nbroken") {
		t.Error(err)
	}
}

const readme = `# pattern: title

## Resulting context
<!-- measured -->
old
<!-- /measured -->
after
`

func TestMeasured(t *testing.T) {
	got, err := Measured(readme, map[pyodide.Version][]Measure{
		pyodide.V026: {{"rows", "rows", 200}, {"an update", "ms", 1.23456}},
		pyodide.V314: {{"rows", "rows", 12345}, {"a start", "ms", 0.0001}},
	})
	want := strings.Replace(readme, "old\n", `| measured | 0.26 | 0.27 | 0.28 | 0.29 | 314 |
| --- | --- | --- | --- | --- | --- |
| rows, rows | 200 |  |  |  | 12300 |
| an update, ms | 1.23 |  |  |  |  |
| a start, ms |  |  |  |  | 0.0001 |
`, 1)
	if err != nil || got != want {
		t.Errorf("%v\n%s", err, got)
	}
	if rows := Rows(got); !slices.Equal(rows, []string{"rows, rows", "an update, ms", "a start, ms"}) {
		t.Errorf("rows %q", rows)
	}
	if _, err := Measured("# pattern\n", nil); err == nil {
		t.Error("a README without a place for the table is written")
	}
}
