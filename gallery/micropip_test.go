package gallery_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/gallery"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/dist/disttest"
)

// installing loads the wheels that micropip comes in, and has it install ours from the page's own server.
const installing = `
import js
import pyodide_js

for wheel in %s:
    response = await js.fetch(f"/{wheel}")
    pyodide_js.unpackArchive(await response.arrayBuffer(), "wheel")

import micropip

await micropip.install(f"{js.location.origin}/%s")

import bridge
from importlib.metadata import version

print("installed", version("pyodide-ls-bridge"), bridge.__name__)
`

// micropip installs the wheel in a real browser, on each version of Pyodide.
func TestWheelInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs a browser")
	}
	if os.Getenv(dist.CacheVariable) == "" {
		t.Setenv(dist.CacheVariable, disttest.Cache())
	}
	browser, err := preview.StartBrowser(t.Context(), preview.Window{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(browser.Close)
	for _, line := range pyodide.AllVersions.Each() {
		t.Run(line.String(), func(t *testing.T) { installs(t, browser, line) })
	}
}

func installs(t *testing.T, browser *preview.Browser, line pyodide.Version) {
	t.Helper()
	wheel, err := gallery.Wheel()
	if err != nil {
		t.Fatal(err)
	}
	served := fstest.MapFS{gallery.WheelFile: {Data: wheel}}
	files, _, err := dist.FetchWheels(t.Context(), "", line)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		served[filepath.Base(file)] = &fstest.MapFile{Data: data}
		names = append(names, fmt.Sprintf("%q", filepath.Base(file)))
	}
	release := dist.Pyodide(line)
	dir, _, err := dist.Fetch(t.Context(), "", release)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := preview.NewEngine(browser, preview.Site{Root: served, Pyodide: map[string]fs.FS{release.Version: os.DirFS(dir)}, Isolated: true})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	session, err := engine.Open(t.Context(), preview.Mode{Base: preview.PyodideAt(release.Version), JSPI: true, Silence: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	program := preview.Program{
		Files: map[string]string{"main.py": fmt.Sprintf(installing, "["+strings.Join(names, ", ")+"]", gallery.WheelFile)},
		Main:  "main.py", How: preview.Run, Patience: time.Minute,
	}
	var said []string
	err = session.Run(t.Context(), program, func(o analysis.Observation) { said = append(said, o.Kind.String()+" "+o.Text) })
	if err != nil || !strings.Contains(strings.Join(said, "\n"), "printed installed 1.0.0 bridge") {
		t.Errorf("%v\n%s", err, strings.Join(said, "\n"))
	}
}
