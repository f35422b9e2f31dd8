package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pyodide-ls/gallery"
	"pyodide-ls/preview"
)

// copies are the folders that previews of patterns are shown from.
func copies(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(os.Getenv("TMPDIR"), "pyodide-ls-*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// again waits until something holds in the page, which may give way to another meanwhile.
func again(t *testing.T, tab *preview.Tab, holds string) {
	t.Helper()
	var err error
	for late := time.Now().Add(90 * time.Second); time.Now().Before(late); time.Sleep(100 * time.Millisecond) {
		var is bool
		if err = tab.Evaluate(t.Context(), holds, &is); err == nil && is {
			return
		}
	}
	t.Fatalf("%s: %v", holds, err)
}

// A pattern runs from a copy of its own, which goes with the preview.
func TestPreviewPattern(t *testing.T) {
	p := somePattern(t)
	folder(t, nil)
	t.Setenv("TMPDIR", t.TempDir())
	s := showPreview(t, p.Name)
	until(t, s.tab, has("#title", p.Name))
	until(t, s.tab, has("#state", "Waiting"))
	if got := copies(t); len(got) != 1 {
		t.Errorf("copies: %q", got)
	}
	s.end()
	if got := <-s.status; got != exitClean || !strings.Contains(s.log.String(), "pyodide-ls init pattern "+p.Name) {
		t.Errorf("exit status %d\n%s", got, s.log)
	}
	if got := copies(t); len(got) > 0 {
		t.Errorf("it leaves %q", got)
	}
}

// What stands in the current folder comes before a pattern of its name.
func TestPreviewFolderBeforePattern(t *testing.T) {
	p := somePattern(t)
	folder(t, map[string]string{p.Name + "/main.py": clean})
	program(t, "", "preview", "--no-open", p.Name).wants(t, exitUsage, "", p.Name+" is a folder without an index.html")
}

func TestPreviewNothing(t *testing.T) {
	p := somePattern(t)
	folder(t, nil)
	for _, test := range []struct{ name, want, lacks string }{
		{p.Name + "x", p.Name + `x: no such file, and there is no pattern "` + p.Name + `x"; did you mean ` + p.Name + "?\n", ""},
		{"moon", "moon: no such file, and there is no pattern \"moon\"; the patterns are ", ""},
		{p.Name + ".py", p.Name + ".py: no such file\n", "pattern"},
		{"x/" + p.Name, "x/" + p.Name + ": no such file\n", "pattern \""},
	} {
		got := program(t, "", "preview", "--no-open", test.name)
		got.wants(t, exitUsage, "", test.want)
		if test.lacks != "" && strings.Contains(got.log, test.lacks) {
			t.Errorf("%s: %s", test.name, got.log)
		}
	}
	program(t, "", "preview", "--realm", "worker").wants(t, exitUsage, "", "a page says itself where its Python runs")
	program(t, "", "preview", "--target", "9").wants(t, exitUsage, "", "no version or range of Pyodide that is known")
	program(t, "", "run", p.Name).wants(t, exitUsage, "", p.Name+": no such file\n")
}

// looks keeps pictures of a page in the folder that PYODIDE_LS_PICTURES names, if it does.
func looks(t *testing.T, tab *preview.Tab, name string) {
	t.Helper()
	dir := os.Getenv("PYODIDE_LS_PICTURES")
	if dir == "" {
		return
	}
	for _, look := range []preview.Look{{Width: 1280, Height: 2200}, {Width: 390, Height: 844}, {Width: 1280, Height: 900, Dark: true}} {
		if err := tab.Show(t.Context(), look); err != nil {
			t.Fatal(err)
		}
		if err := tab.Evaluate(t.Context(), "new Promise((drawn) => setTimeout(drawn, 300))", nil); err != nil {
			t.Fatal(err)
		}
		picture, err := tab.Picture()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d-%v.png", name, look.Width, look.Dark)), picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// The gallery shows all patterns; one that is clicked runs, and again at the same place when it is clicked again.
func TestPreviewGallery(t *testing.T) {
	p := somePattern(t)
	folder(t, nil)
	t.Setenv("TMPDIR", t.TempDir())
	s := showPreview(t)
	until(t, s.tab, has(".card h3", p.Title))
	var cards int
	if err := s.tab.Evaluate(t.Context(), "document.querySelectorAll('.card').length", &cards); err != nil || cards != len(gallery.All()) {
		t.Errorf("%d cards, %v", cards, err)
	}
	looks(t, s.tab, "gallery")
	for range 2 {
		if err := s.tab.Evaluate(t.Context(), `setTimeout(() => document.querySelector(".run").click())`, nil); err != nil {
			t.Fatal(err)
		}
		again(t, s.tab, has("#title", p.Name))
		again(t, s.tab, has("#state", "Waiting"))
		if err := s.tab.Evaluate(t.Context(), `setTimeout(() => history.back())`, nil); err != nil {
			t.Fatal(err)
		}
		again(t, s.tab, has(".card h3", p.Title))
	}
	if got := copies(t); len(got) != 1 {
		t.Errorf("copies: %q", got)
	}
	if err := s.tab.Evaluate(t.Context(), `setTimeout(() => document.querySelector(".read").click())`, nil); err != nil {
		t.Fatal(err)
	}
	again(t, s.tab, has("h1", p.Name)+" && "+has(".files a", gallery.Page))
	looks(t, s.tab, "readme")
	s.end()
	if got := <-s.status; got != exitClean {
		t.Errorf("exit status %d\n%s", got, s.log)
	}
	if got := copies(t); len(got) > 0 {
		t.Errorf("it leaves %q", got)
	}
}

// ignored is how often patterns show the wrong way on purpose, with an ignore comment that says why.
const ignored = 5

// ignoring is an ignore comment in Python, HTML or JavaScript, up to the reason.
var ignoring = regexp.MustCompile(`pyodide-ls: ignore\[[^\]]*\](.*)`)

// The gallery is the corpus of programs that are right: nothing is said of it, not even a hint.
func TestGalleryIsClean(t *testing.T) {
	got := program(t, "", "check", "--min-severity", "hint", filepath.Join("..", "..", "gallery"))
	got.wants(t, exitClean, "", "")
	count := 0
	for _, p := range gallery.All() {
		files, err := gallery.Folder(p.Name)
		if err != nil {
			t.Fatal(err)
		}
		names, err := filesIn(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if filepath.Ext(name) == ".md" {
				continue // which tells of them
			}
			text, err := fs.ReadFile(files, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, comment := range ignoring.FindAllSubmatch(text, -1) {
				count++
				if len(strings.Fields(string(comment[1]))) < 3 {
					t.Errorf("%s/%s: %s: it does not say why", p.Name, name, comment[0])
				}
			}
		}
	}
	if count != ignored {
		t.Errorf("%d places are ignored, not %d", count, ignored)
	}
}
