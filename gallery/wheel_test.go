package gallery

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestWheel(t *testing.T) {
	data, err := wheel(shelf())
	if err != nil {
		t.Fatal(err)
	}
	again, err := wheel(shelf())
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("it is another the second time: %v", err)
	}
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	const info = "pyodide_ls_bridge-1.0.0.dist-info/"
	want := []string{"bridge/__init__.py", "bridge/lifetime.py", "bridge/py.typed", info + "METADATA", info + "RECORD", info + "WHEEL"}
	if got := paths(t, files); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	record, err := fs.ReadFile(files, info+"RECORD")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"bridge/py.typed,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\n", info + "RECORD,,\n"} {
		if !strings.Contains(string(record), line) {
			t.Errorf("RECORD has no %s%s", line, record)
		}
	}
	metadata, err := fs.ReadFile(files, info+"METADATA")
	if want := "Metadata-Version: 2.1\nName: pyodide-ls-bridge\nVersion: 1.0.0\nSummary: A bridge.\nRequires-Python: >=3.12\n"; err != nil || string(metadata) != want {
		t.Errorf("%s%v", metadata, err)
	}
}

func TestWheelWrongly(t *testing.T) {
	for name, test := range map[string]struct{ settings, want string }{
		"of another version": {"[project]\nname = \"pyodide-ls-bridge\"\nversion = \"1.0.1\"\n", "pyodide-ls-bridge 1.0.1 is not what " + WheelFile + " is made of"},
		"no settings":        {"project", "bridge/pyproject.toml: "},
	} {
		t.Run(name, func(t *testing.T) {
			files := shelf()
			files["bridge/pyproject.toml"] = &fstest.MapFile{Data: []byte(test.settings)}
			if _, err := wheel(files); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Error(err)
			}
		})
	}
}

// pip installs the wheel, by its hashes, and Python imports what it installed.
func TestWheelInPython(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes an environment of Python")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatal(err)
	}
	data, err := Wheel()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, WheelFile)
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	environment := filepath.Join(dir, "environment")
	installed := filepath.Join(environment, "bin", "python")
	for _, step := range [][]string{
		{python, "-m", "venv", environment},
		{installed, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", file},
		{installed, "-m", "pip", "check"},
		{installed, "-c", "import bridge, importlib.metadata; print(importlib.metadata.version('pyodide-ls-bridge'), bridge.__doc__)"},
		{installed, "-m", "pip", "uninstall", "--quiet", "--yes", "pyodide-ls-bridge"},
	} {
		c := exec.Command(step[0], step[1:]...)
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(step, " "), err, out)
		}
	}
}
