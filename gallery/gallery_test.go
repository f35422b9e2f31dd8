package gallery

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// shelf is a gallery of one pattern that uses all that is shared, and one that uses nothing.
func shelf() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"style.css":                              "main { margin: 0 }",
		"bridge/pyproject.toml":                  "[project]\nname = \"pyodide-ls-bridge\"\nversion = \"1.0.0\"\ndescription = \"A bridge.\"\nrequires-python = \">=3.12\"\n",
		"bridge/README.md":                       "# bridge\n",
		"bridge/src/bridge/__init__.py":          "\"\"\"A bridge.\"\"\"\n\nfrom .lifetime import owned as owned\n",
		"bridge/src/bridge/lifetime.py":          "def owned() -> int:\n    return 7\n",
		"bridge/src/bridge/py.typed":             "",
		"bridge/src/bridge/__pycache__/a.pyc":    "\x00",
		"worker-pool/README.md":                  "# worker-pool: work for all cores,\n\nFour workers\nshare the `frames`.\n\n## Context\n\nNo more.\n",
		"worker-pool/index.html":                 "<link rel=\"stylesheet\" href=\"style.css\">",
		"worker-pool/worker.mjs":                 "const WHEEL = \"./" + WheelFile + "\";",
		"worker-pool/tests/unit/__init__.py":     "",
		"worker-pool/tests/__pycache__/test.pyc": "\x00",
		"worker-pool/.env":                       "SECRET=1",
		"worker-pool/node_modules/a/index.js":    "",
		"worker-pool/" + Picture:                 "\x89PNG style.css",
		"bootstrapping/README.md":                "# bootstrapping: a start that says how far it is\n\nIt has my-style.css and style.css.map alone.\n",
		"bootstrapping/index.html":               "",
		"bootstrapping/expect.json":              "{\"isolated\": false}",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestAll(t *testing.T) {
	got := all(shelf())
	want := []Pattern{
		{Name: "worker-pool", Part: "Performance and workers", Title: "work for all cores,", Summary: "Four workers share the `frames`.", Picture: true},
		{Name: "bootstrapping", Part: "Loading and persistence", Title: "a start that says how far it is", Summary: "It has my-style.css and style.css.map alone.", Plain: true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestOpening(t *testing.T) {
	for readme, want := range map[string][2]string{
		"":                             {},
		"# name":                       {"name", ""},
		"# name: title\n":              {"title", ""},
		"# a: b: c\n\n## Context\n\nx": {"b: c", "x"},
	} {
		if title, summary := opening(readme); [2]string{title, summary} != want {
			t.Errorf("%q: %q, %q", readme, title, summary)
		}
	}
}

// paths are all files of a file system.
func paths(t *testing.T, files fs.FS) (all []string) {
	t.Helper()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFolder(t *testing.T) {
	files, err := folder(shelf(), "worker-pool")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"README.md", "index.html", Picture, WheelFile, "style.css", "tests/unit/__init__.py", "worker.mjs"}
	if got := paths(t, files); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if err := fstest.TestFS(files, want...); err != nil {
		t.Error(err)
	}
	into := t.TempDir()
	if err := os.CopyFS(into, files); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path.Join(into, "style.css")); err != nil || string(text) != "main { margin: 0 }" {
		t.Errorf("%q, %v", text, err)
	}
	if files, err = folder(shelf(), "bootstrapping"); err != nil || len(paths(t, files)) != 3 {
		t.Errorf("%q, %v", paths(t, files), err)
	}
	own := shelf()
	own["worker-pool/style.css"] = &fstest.MapFile{Data: []byte("own")}
	if files, err = folder(own, "worker-pool"); err != nil {
		t.Fatal(err)
	}
	if text, err := fs.ReadFile(files, "style.css"); err != nil || string(text) != "own" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestFolderWrongly(t *testing.T) {
	for name, want := range map[string]string{
		"worker_pol":   `there is no pattern "worker_pol"; did you mean worker-pool?`,
		"moon":         `there is no pattern "moon"; the patterns are worker-pool, bootstrapping`,
		"../gallery":   "there is no pattern",
		"bridge":       "there is no pattern",
		"worker-pool/": "did you mean worker-pool?",
	} {
		if _, err := folder(shelf(), name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	lost := shelf()
	delete(lost, Style)
	if _, err := folder(lost, "worker-pool"); err == nil || !strings.HasPrefix(err.Error(), "style.css of worker-pool: ") {
		t.Error(err)
	}
}

// Each folder here is a pattern that is told, and each that is told is here.
func TestNarrative(t *testing.T) {
	told := map[string]string{} // the parts of patterns
	for _, part := range narrative {
		for _, name := range part.patterns {
			if told[name] != "" {
				t.Errorf("%s is told twice", name)
			}
			told[name] = part.title
		}
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); entry.IsDir() && name != bridge && !isJunk(name) {
			if told[name] == "" {
				t.Errorf("%s is not in the narrative", name)
			}
			delete(told, name)
		}
	}
	if len(told) > 0 {
		t.Errorf("these are told, and not here: %s", strings.Join(slices.Sorted(maps.Keys(told)), ", "))
	}
}

// What is here is carried by the program, and begins as the index needs it.
func TestPatterns(t *testing.T) {
	for _, p := range All() {
		files, err := Folder(p.Name)
		if err != nil {
			t.Error(err)
			continue
		}
		readme, err := fs.ReadFile(files, Readme)
		if err != nil || !strings.HasPrefix(string(readme), "# "+p.Name+": ") || p.Title == "" || p.Summary == "" {
			t.Errorf("%s: the README does not begin with the name, a title and a paragraph: %v", p.Name, err)
		}
		onDisk, err := entriesIn(os.DirFS("."), p.Name)
		if err != nil {
			t.Fatal(err)
		}
		for name := range onDisk {
			if _, err := fs.Stat(files, name); err != nil {
				t.Errorf("%s: it is not carried: %v", p.Name, err)
			}
		}
	}
}

// A pattern is copied as a whole, so what several need stands in each. It must be the same there: what is mended in one is
// mended in all.
func TestCopies(t *testing.T) {
	for file, patterns := range map[string][]string{
		"measure.mjs": {"reactive-observer", "reactive-signals", "reactive-vdom"},
		"serving.py":  {"console-capture", "end-to-end-testing", "integration-testing", "test-suite-isolation"},

		"isolation.mjs":   {"cross-origin-isolation", "deployment"},
		"isolation-sw.js": {"cross-origin-isolation", "deployment"},
	} {
		first, err := fs.ReadFile(embedded, path.Join(patterns[0], file))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range patterns[1:] {
			if other, err := fs.ReadFile(embedded, path.Join(name, file)); err != nil || !bytes.Equal(first, other) {
				t.Errorf("%s is not the same in %s and %s: %v", file, patterns[0], name, err)
			}
		}
	}
}
