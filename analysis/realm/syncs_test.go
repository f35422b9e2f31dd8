package realm_test

import (
	"testing"

	"pyodide-ls/analysis/realm"
)

func TestSyncs(t *testing.T) {
	for text, want := range map[string]bool{
		"pyodide.FS.syncfs(false, done)":      true,
		"await folder.syncfs()":               true,
		"await fs.sync('/local')":             true,
		"from pyscript.fs import sync":        true,
		"fs.unmount('/local')":                true,
		"from pyscript import fs, sync":       false,
		"from pyscript import sync\nsync.a()": false,
		"const syncfsLater = 1":               false,
	} {
		if got := realm.Syncs(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
