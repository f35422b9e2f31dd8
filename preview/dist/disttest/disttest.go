// Package disttest is for tests that run a real Pyodide.
package disttest

import (
	"os"
	"path/filepath"
)

// Cache is the cache of the source tree, in which tests keep what they fetch. It panics outside of the tree.
func Cache() string {
	at, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(at, "go.mod")); err == nil {
			return filepath.Join(at, ".cache", "pyodide-ls")
		}
		if at == filepath.Dir(at) {
			panic("no go.mod above the test")
		}
		at = filepath.Dir(at)
	}
}
