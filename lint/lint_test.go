package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// tree writes files into a new folder.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// found lists the findings as "path:line rule severity", with paths relative to the folder.
func found(t testing.TB, dir string, o lint.Options) []string {
	t.Helper()
	if o.Paths == nil {
		o.Paths = []string{dir}
	}
	o.Rules = rules.All
	r, err := lint.Run(t.Context(), o)
	if err != nil || len(r.Troubles) > 0 {
		t.Fatalf("error %v, troubles %v", err, r.Troubles)
	}
	var all []string
	for _, f := range r.Files {
		path := strings.TrimPrefix(f.Path, filepath.ToSlash(dir)+"/")
		for _, x := range f.Findings {
			all = append(all, fmt.Sprintf("%s:%d %s %s", path, f.Source.Point(x.Span.Start).Line, x.Rule.Name, x.Severity))
		}
	}
	return all
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// untyped speaks only where the file has to do with the bridge; it has no word of it.
const untyped = "def wire(target):\n    target.addEventListener(\"x\", lambda e: 1)\n"

// The prefilter spares time and nothing else.
func TestPrefilterMakesNoDifference(t *testing.T) {
	files := map[string]string{
		"app.py":         "import js\nimport helper\nfrom deep import er\n",
		"helper.py":      untyped,
		"lonely.py":      untyped,
		"mention.py":     "# pyodide\n" + untyped,
		"mentioned.py":   "# pyodide\n" + untyped,
		"guard.py":       "def f():\n    import js, mentioned\n",
		"deep/er.py":     "from . import est\n",
		"deep/est.py":    untyped,
		"wide.py":        "x = 1  # pyodide-ls: ignore[bare-callback]\n",
		"word.py":        "xjs = 1\n" + untyped,
		"host/server.py": "import subprocess, time\ntime.sleep(5)\n",
	}
	for _, r := range rules.All {
		for i, fence := range analysis.ParsePage(r.Doc).Fences {
			code := strings.ReplaceAll(fence.Code, "def addEventListener", "def another") // see below
			files[fmt.Sprintf("pages/%s/%d.py", r.Name, i)] = code
		}
	}
	err := filepath.WalkDir("../testdata", func(path string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".py" {
			return err
		}
		data, err := os.ReadFile(path)
		files["testdata/"+filepath.ToSlash(path[len("../testdata/"):])] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, least := range []int{7, 4} {
		dir := tree(t, files)
		with, without := found(t, dir, lint.Options{}), found(t, dir, lint.Options{NoPrefilter: true})
		if len(with) < least {
			t.Errorf("only %d findings: %v", len(with), with)
		}
		same(t, with, without...)
		// Once more with a class that takes the certainty away.
		files["bus.py"] = "class Bus:\n    def addEventListener(self):\n        pass\n"
	}
}

func TestImportsAreFollowed(t *testing.T) {
	dir := tree(t, map[string]string{
		"app.py":              "import js\nimport absolute\nfrom pkg.inner import a\n",
		"absolute.py":         untyped,
		"lonely.py":           untyped,
		"pkg/__init__.py":     "",
		"pkg/bridge.py":       "import js\nfrom . import relative\nfrom .sub.x import name\nfrom .. import upper\n",
		"pkg/relative.py":     untyped,
		"pkg/lonely.py":       untyped,
		"pkg/inner/a.py":      "from .b import wire\n",
		"pkg/inner/b.py":      untyped,
		"pkg/sub/x.py":        untyped,
		"upper.py":            untyped,
		"other/pack.py":       "import js, folder\n",
		"folder/__init__.py":  untyped,
		"folder/untouched.py": untyped,
	})
	want := []string{}
	for _, name := range []string{
		"absolute.py", "folder/__init__.py", "pkg/inner/b.py", "pkg/relative.py", "pkg/sub/x.py", "upper.py",
	} {
		want = append(want, name+":2 bare-callback warning")
	}
	same(t, found(t, dir, lint.Options{}), want...)
}

// A file is judged alike whether it was named, found, or held a word of the bridge.
func TestReachedFileIsJudgedAlike(t *testing.T) {
	dir := tree(t, map[string]string{
		"app.py": "import js, helper, word\n", "helper.py": untyped, "word.py": "# js\n" + untyped,
	})
	want := []string{"helper.py:2 bare-callback warning", "word.py:3 bare-callback warning"}
	same(t, found(t, dir, lint.Options{}), want...)
	var named []string
	for _, name := range []string{"app.py", "helper.py", "word.py"} {
		named = append(named, filepath.Join(dir, name))
	}
	same(t, found(t, dir, lint.Options{Paths: named}), want...)
}

// A server's module is none of Pyodide's, though a page names it.
func TestServersModuleThatAPageNames(t *testing.T) {
	const sleeps = "import time\ntime.sleep(3)\n"
	dir := tree(t, map[string]string{
		"index.html": "<script type=\"py\" src=\"page.py\"></script>\n<script type=\"py\" src=\"serve.py\"></script>\n",
		"page.py":    sleeps,
		"serve.py":   sleeps + "from flask import Flask\n",
	})
	same(t, found(t, dir, lint.Options{}), "page.py:2 block-main warning")
}

func TestProjectMethodSilencesUntypedReceiver(t *testing.T) {
	files := map[string]string{"app.py": "import js\n" + untyped}
	same(t, found(t, tree(t, files), lint.Options{}), "app.py:3 bare-callback warning")
	files["lib/bus.py"] = "class Bus:\n    def addEventListener(self, kind, f):\n        pass\n"
	same(t, found(t, tree(t, files), lint.Options{}))
}

// What could not be read is no finding, is said once, and does not stop the others.
func TestUnreadableFile(t *testing.T) {
	dir := tree(t, map[string]string{
		"app.py": "import js, bad\n" + untyped, "bad.py": "# js \xff\n", "app2.py": "import js, bad\n",
	})
	r, err := lint.Run(t.Context(), lint.Options{Paths: []string{dir}, Rules: rules.All})
	if err != nil || len(r.Troubles) != 1 || len(r.Files) != 1 {
		t.Errorf("error %v, troubles %v, files %d", err, r.Troubles, len(r.Files))
	}
}

// Standard input can be read only once, and may be imported by another file.
func TestStdinIsReachedToo(t *testing.T) {
	dir := tree(t, map[string]string{"app.py": "import js, helper\n"})
	name := filepath.Join(dir, "helper.py")
	got := found(t, dir, lint.Options{Paths: []string{dir, "-"}, Stdin: strings.NewReader(untyped), StdinName: name})
	same(t, got, "helper.py:2 bare-callback warning")
}
