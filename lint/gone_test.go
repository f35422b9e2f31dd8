package lint

import (
	"os"
	"path/filepath"
	"testing"

	"pyodide-ls/analysis/config"
)

// A file that is deleted between walk and read is one trouble, and the files beside it are read.
func TestFileGoneAfterTheWalk(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"gone.py", "there.py"} {
		if err := os.WriteFile(name, []byte("import js\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r := &runner{Options: Options{Paths: []string{"."}}, settings: config.NewFinder(config.Known{})}
	units := r.collect(t.Context())
	if err := os.Remove(filepath.Join(dir, "gone.py")); err != nil {
		t.Fatal(err)
	}
	r.each(units, r.read)
	r.know(units)
	r.each(r.worth(units), func(u *unit) { r.check(t.Context(), u) })
	result := r.result(units)
	if result.Checked != 2 || len(result.Troubles) != 1 || result.Troubles[0].Path != "gone.py" {
		t.Errorf("%d files, troubles %v; want 2 files and one trouble, gone.py", result.Checked, result.Troubles)
	}
	for _, u := range units {
		if u.lost != (u.path == "gone.py") {
			t.Errorf("%s: lost is %v", u.path, u.lost)
		}
	}
}
