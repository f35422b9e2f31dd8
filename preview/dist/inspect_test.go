package dist

import (
	"context"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

func TestInspect(t *testing.T) {
	but := func(change map[string]string) map[string]string {
		files := small("0.29.5")
		maps.Copy(files, change)
		maps.DeleteFunc(files, func(_, text string) bool { return text == "-" })
		return files
	}
	for _, test := range []struct {
		name  string
		files map[string]string
		want  held
		wrong string
	}{
		{"whole", but(nil), held{"0.29.5", pyodide.V029}, ""},
		{"with a script and no module", but(map[string]string{"pyodide.mjs": "-", "pyodide.js": ""}), held{"0.29.5", pyodide.V029}, ""},
		{"as from 314 on", but(map[string]string{"pyodide.asm.js": "-", "pyodide.asm.mjs": "", "package.json": `{"name": "pyodide", "version": "314.0.7"}`}),
			held{"314.0.7", pyodide.V314}, ""},
		{"of a line that is older than those known", but(map[string]string{"package.json": `{"name": "pyodide", "version": "0.24.1"}`}),
			held{"0.24.1", pyodide.V026}, ""},
		{"without package.json", but(map[string]string{"package.json": "-"}), held{"0.29.5", pyodide.V029}, ""},
		{"with the package.json of something else", but(map[string]string{"package.json": `{"name": "app", "version": "0.26.0"}`}), held{"0.29.5", pyodide.V029}, ""},
		{"with a lock file alone", but(map[string]string{
			"package.json": "-", "pyodide.mjs": "",
			"pyodide-lock.json": `{"info": {"abi_version": "2024_0", "python": "3.12.7", "version": "0.27.2"}, "packages": {}}`,
		}), held{"0.27.2", pyodide.V027}, ""},
		{"with a lock file that knows only the line", but(map[string]string{
			"package.json": "-", "pyodide.mjs": "",
			"pyodide-lock.json": `{"info": {"abi_version": "2025_0", "python": "3.13.2", "version": "0.28.0.dev0"}, "packages": {"micropip": {"version": "0.10.1"}}}`,
		}), held{"0.28", pyodide.V028}, ""},
		{"with a lock file that says nothing", but(map[string]string{"package.json": "-", "pyodide.mjs": "", "pyodide-lock.json": "{}"}),
			held{}, "does not say which Pyodide it is"},
		{"without the loader", but(map[string]string{"pyodide.mjs": "-"}), held{}, "is no Pyodide: it has no pyodide.mjs or pyodide.js"},
		{"without most", map[string]string{"pyodide.mjs": "", "pyodide.asm.js": "", "pyodide-lock.json": "{}"},
			held{}, "is no Pyodide: it has no pyodide.asm.wasm, no python_stdlib.zip"},
		{"with a folder for a file", but(map[string]string{"python_stdlib.zip": "-", "python_stdlib.zip/a": ""}), held{}, "it has no python_stdlib.zip"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := inspect(write(t, t.TempDir(), test.files))
			if test.wrong == "" && err != nil || test.wrong != "" && (err == nil || !strings.Contains(err.Error(), test.wrong)) || got != test.want {
				t.Errorf("%v, %v; want %v, %s", got, err, test.want, test.wrong)
			}
		})
	}
}

// A folder that was named and holds no Pyodide is an error, though there would be another.
func TestGivenWrongly(t *testing.T) {
	root := write(t, t.TempDir(), map[string]string{"a file": "", "empty/a": ""})
	have := unplugged()
	have.answers = func(context.Context, string) error { return nil }
	for name, want := range map[string]string{"none": "is not there", "a file": "is no folder", "empty": "is no Pyodide"} {
		dir := filepath.Join(root, name)
		f := &finder{Options: Options{Dir: dir, Cache: t.TempDir()}, tools: have, pinned: Pyodide}
		if d, err := f.find(t.Context()); err == nil || !strings.HasPrefix(err.Error(), "--runtime "+dir+": ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", name, d, err)
		}
	}
}

// What the project has installed and is broken is passed over, and named.
func TestModulesBroken(t *testing.T) {
	project := write(t, t.TempDir(), map[string]string{"node_modules/pyodide/package.json": `{"name": "pyodide", "version": "0.29.5"}`})
	have := unplugged()
	have.answers = func(context.Context, string) error { return nil }
	d, err := (&finder{Options: Options{Project: project, Cache: t.TempDir()}, tools: have, pinned: Pyodide}).find(t.Context())
	if err != nil || d.Source != Network || !strings.Contains(d.Why, "node_modules/pyodide is no Pyodide: it has no pyodide.mjs") {
		t.Errorf("%v, %v", d, err)
	}
}
