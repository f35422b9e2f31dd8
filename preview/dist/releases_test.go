package dist

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

func TestEachLineIsPinned(t *testing.T) {
	for _, name := range pyodide.AllVersions.Names() {
		lines, err := pyodide.ParseVersions(name)
		if err != nil {
			t.Fatal(err)
		}
		line := newest(lines)
		for _, r := range []Release{Pyodide(line), PyScript(line)} {
			if line.String() != name || r.Line != line {
				t.Errorf("for %s there is %s, of %s", name, r.Label(), r.Line)
			}
			sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(r.Integrity, "sha512-"))
			if err != nil || len(sum) != 64 || !strings.HasPrefix(r.Integrity, "sha512-") || r.Size < 1e6 {
				t.Errorf("%s: %s, %d bytes", r.Label(), r.Integrity, r.Size)
			}
			if loads, exact := pyodide.OfRelease(r.Loads); !exact || loads != lines {
				t.Errorf("%s loads %s, which is of %s", r.Label(), r.Loads, loads)
			}
		}
		if r := Pyodide(line); r.Loads != r.Version {
			t.Errorf("%s loads %s", r.Label(), r.Loads)
		}
		script := PyScript(line)
		if loads, ok := pyodide.PyScript(script.Version); !ok || loads != script.Loads {
			t.Errorf("%s loads %s by one table, %s by the other", script.Label(), script.Loads, loads)
		}
		if all := Wheels(line); len(all) == 0 || all[0].Name != "micropip" {
			t.Errorf("for %s there are the wheels %v", name, all)
		}
	}
	for _, w := range wheels {
		if sum, err := hex.DecodeString(w.SHA256); err != nil || len(sum) != 32 || w.Size < 1e4 || w.Lines == 0 {
			t.Errorf("%s: %s, %d bytes, for %s", w.Label(), w.SHA256, w.Size, w.Lines)
		}
	}
}
