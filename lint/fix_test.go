package lint

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What somebody wrote into a file since it was read is not overwritten.
func TestWriteRefusesChangedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.py")
	if err := os.WriteFile(path, []byte("newer"), 0o666); err != nil {
		t.Fatal(err)
	}
	err := Change{Path: filepath.ToSlash(path), Old: "older", Fixed: "fixed"}.Write()
	if err == nil || !strings.Contains(err.Error(), "it changed since it was read; run again") {
		t.Errorf("error %v", err)
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != "newer" {
		t.Errorf("the file is now %q (%v)", now, err)
	}
}
