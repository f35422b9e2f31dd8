package live

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"pyodide-ls/preview"
)

// ground is a folder that is watched.
type ground struct {
	*testing.T
	dir string
	w   *watcher
}

func watched(t *testing.T, files ...string) *ground {
	t.Helper()
	g := &ground{T: t, dir: t.TempDir()}
	for _, name := range files {
		g.write(name)
	}
	root, err := os.OpenRoot(g.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	if g.w, err = watch(g.dir, root.FS()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.w.Close() })
	return g
}

func (g *ground) at(name string) string { return filepath.Join(g.dir, filepath.FromSlash(name)) }

func (g *ground) write(name string) {
	g.Helper()
	if err := os.MkdirAll(filepath.Dir(g.at(name)), 0o755); err != nil {
		g.Fatal(err)
	}
	if err := os.WriteFile(g.at(name), []byte(name), 0o644); err != nil {
		g.Fatal(err)
	}
}

func (g *ground) rename(from, to string) {
	g.Helper()
	if err := os.Rename(g.at(from), g.at(to)); err != nil {
		g.Fatal(err)
	}
}

// ask asks for a file as a server does.
func (g *ground) ask(name string) {
	if file, err := g.w.Open(name); err == nil {
		file.Close()
	}
}

// says waits for a change, of which it is told once.
func (g *ground) says(want string) {
	g.Helper()
	select {
	case got := <-g.w.changed:
		if got != want {
			g.Errorf("%s changed, want %s", got, want)
		}
	case <-time.After(patience):
		g.Fatalf("nothing is said of %s", want)
	}
}

// patience is how long anything may take on a busy machine.
const patience = 20 * time.Second

func TestWatchTells(t *testing.T) {
	for _, test := range []struct {
		name, asked, want string
		change            func(*ground)
	}{
		{"it is written to", "main.py", "main.py", func(g *ground) { g.write("main.py") }},
		{"in a folder", "a/b/main.py", "a/b/main.py", func(g *ground) { g.write("a/b/main.py") }},
		{"another takes its place", "main.py", "main.py", func(g *ground) { g.write("new"); g.rename("new", "main.py") }},
		{"it is taken away", "main.py", "main.py", func(g *ground) { g.rename("main.py", "old") }},
		{"it was not there", "late.py", "late.py", func(g *ground) { g.write("late.py") }},
		{"nor was its folder", "late/main.py", "late/main.py", func(g *ground) { g.write("late/main.py") }},
		{"nor those around that", "late/and/later/main.py", "late/and/later/main.py", func(g *ground) { g.write("late/and/later/main.py") }},
		{"its folder comes with all that is in it", "late/b/main.py", "late/b/main.py", func(g *ground) { g.rename("a", "late") }},
		{"its folder is made anew", "a/b/main.py", "a/b/main.py", func(g *ground) { g.rename("a", "old"); g.write("a/b/main.py") }},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := watched(t, "main.py", "a/b/main.py")
			g.ask(test.asked)
			test.change(g)
			g.says(test.want)
			g.write(test.want) // it goes on being watched, wherever it came from
			g.says(test.want)
		})
	}
}

// Many writes are one change, and what nobody asked for is none: the next that is told is another's.
func TestWatchCalms(t *testing.T) {
	g := watched(t, "main.py", "other.py", "unasked.py")
	g.ask("main.py")
	g.ask("other.py")
	for range 50 {
		g.write("main.py")
	}
	g.write("unasked.py")
	g.write("unasked/main.py")
	g.says("main.py")
	if err := os.Chmod(g.at("main.py"), 0o600); err != nil { // which changes nothing that is in it
		t.Fatal(err)
	}
	g.write("unasked.py")
	g.write("other.py")
	g.says("other.py")
}

// The files of a program count as asked for, also if it cannot be read.
func TestWatchUses(t *testing.T) {
	g := watched(t, "main.py", "a/b/main.py")
	g.w.uses(preview.Program{Files: map[string]string{"a/b/main.py": ""}})
	g.w.uses(preview.Program{Main: "main.py"})
	g.write("a/b/main.py")
	g.says("a/b/main.py")
	g.write("main.py")
	g.says("main.py")
}

func TestWatchClose(t *testing.T) {
	g := watched(t, "main.py")
	g.ask("main.py")
	g.write("main.py") // which nobody is told
	if err := g.w.Close(); err != nil {
		t.Error(err)
	}
	g.write("main.py")
	select {
	case name := <-g.w.changed:
		t.Errorf("behind its end it says %s", name)
	default:
	}
	g.ask("other.py") // a page may still ask
}
