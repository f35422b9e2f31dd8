package live

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pyodide-ls/analysis"
)

func TestSeats(t *testing.T) {
	for _, test := range []struct {
		name string
		act  func(*seats)
		want int
	}{
		{"nobody has come yet", func(*seats) { time.Sleep(time.Hour) }, 0},
		{"the last was closed", func(s *seats) { s.sit(); s.rise(); time.Sleep(2 * vacant) }, 1},
		{"another is open", func(s *seats) { s.sit(); s.sit(); s.rise(); time.Sleep(2 * vacant) }, 0},
		{"it was only loaded again", func(s *seats) { s.sit(); s.rise(); time.Sleep(vacant / 2); s.sit(); time.Sleep(2 * vacant) }, 0},
		{"again and again, each time for a moment", func(s *seats) {
			for range 10 {
				s.sit()
				s.rise()
				time.Sleep(vacant / 2)
			}
		}, 0},
		{"somebody came back and left", func(s *seats) { s.sit(); s.rise(); s.sit(); s.rise(); time.Sleep(2 * vacant) }, 1},
		{"the preview was closed meanwhile", func(s *seats) { s.sit(); s.rise(); s.close(); time.Sleep(2 * vacant) }, 0},
		{"the preview was closed before", func(s *seats) { s.sit(); s.close(); s.rise(); time.Sleep(2 * vacant) }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				left := 0
				s := &seats{left: func() { left++ }}
				test.act(s)
				if synctest.Wait(); left != test.want {
					t.Errorf("it was left %d times, want %d", left, test.want)
				}
				s.close()
			})
		})
	}
}

// Consoles are pages: what they say may come from anywhere.
func TestGrant(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret.py")
	for _, path := range []string{outside, filepath.Join(dir, "main.py"), filepath.Join(dir, "a", "with space.py"), filepath.Join(dir, "..b.py")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.py")); err != nil {
		t.Log(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var opened []analysis.Site
	p := &Preview{hub: newHub(), root: root, o: Options{Dir: dir, Open: func(file string, line int) {
		opened = append(opened, analysis.Site{File: file, Line: line})
	}}}
	open := func(file string, line int) {
		var w wish
		w.Open = &struct {
			File string `json:"file"`
			Line int    `json:"line"`
		}{file, line}
		p.grant(w)
	}
	for _, name := range []string{
		"", ".", "..", "/", "a", "a/", "./main.py", "a/../main.py", "../" + filepath.Base(dir) + "/main.py", "../secret.py", "a/../../secret.py",
		"/etc/passwd", outside, `..\secret.py`, `C:\x.py`, "C:/x.py", "main.py\x00", "main.py\n", "file:///etc/passwd", "<exec>", "gone.py", "link.py",
		"%2e%2e/secret.py", "main.py/../main.py", "//main.py",
	} {
		open(name, 1)
	}
	open("main.py", 0)
	open("main.py", -1)
	if len(opened) > 0 {
		t.Errorf("opened %v", opened)
	}
	open("main.py", 3)
	open("a/with space.py", 1)
	open("..b.py", 1<<40)
	at := func(name string, line int) analysis.Site {
		return analysis.Site{File: filepath.ToSlash(filepath.Join(dir, name)), Line: line}
	}
	if want := []analysis.Site{at("main.py", 3), at("a/with space.py", 1), at("..b.py", 1<<40)}; !slices.Equal(opened, want) {
		t.Errorf("opened %v, want %v", opened, want)
	}
	p.grant(wish{})
	if p.grant(wish{Again: true}); len(p.hub.log) != 1 || string(p.hub.log[0]) != `{"reload":true}` {
		t.Errorf("it says %q", p.hub.log)
	}
}
