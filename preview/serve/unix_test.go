//go:build unix

package serve_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"pyodide-ls/preview/serve"
)

// To open a pipe would wait for ever.
func TestPipesAreNoFiles(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.txt"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	start(t, serve.Options{Root: root.FS()}).get(t, "/pipe.txt").is(t, 404)
}
