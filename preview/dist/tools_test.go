package dist

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

// onPath makes the programs of a folder all that there is, and lets them be shell scripts.
func onPath(t *testing.T, scripts map[string]string) {
	t.Helper()
	if runtime.GOOS == "windows" && len(scripts) > 0 {
		t.Skip("shell scripts are no programs here")
	}
	dir := t.TempDir()
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func TestNpm(t *testing.T) {
	tgz := tarball(t, small("0.29.5"))
	t.Setenv("TARBALL", filepath.Join(write(t, t.TempDir(), map[string]string{"a.tgz": string(tgz)}), "a.tgz"))
	bring := `[ "$1" = pack ] || exit 1; for last; do :; done; [ "$last" = pyodide@0.29.5 ] && /bin/cp "$TARBALL" pyodide-0.29.5.tgz`
	for _, test := range []struct {
		name    string
		scripts map[string]string
		want    string
	}{
		{"it brings the tarball", map[string]string{"npm": bring}, ""},
		{"it is not there", nil, "fetch pyodide 0.29.5: npm is not on PATH"},
		{"it knows no such release", map[string]string{"npm": `echo '{"error": {"code": "ETARGET", "summary": "No matching version found.", "detail": ""}}'; exit 1`},
			"fetch pyodide 0.29.5: npm pack: No matching version found."},
		{"it says nothing", map[string]string{"npm": "exit 7"}, "fetch pyodide 0.29.5: npm pack: exit status 7"},
		{"it does nothing", map[string]string{"npm": "exit 0"}, "fetch pyodide 0.29.5: npm pack: it wrote no tarball"},
	} {
		t.Run(test.name, func(t *testing.T) {
			onPath(t, test.scripts)
			dir, fetched, err := Fetch(t.Context(), t.TempDir(), releaseOf(tgz))
			if test.want == "" && (err != nil || !fetched) || test.want != "" && (err == nil || err.Error() != test.want) {
				t.Errorf("%s, %v, %v; want %q", dir, fetched, err, test.want)
			}
		})
	}
}

func TestPip(t *testing.T) {
	w := Wheels(pyodide.V026)[0]
	for _, test := range []struct{ name, python, want string }{
		{"it is not there", "", "fetch micropip 0.6.0: python3 is not on PATH"},
		{"Python has none", "echo '/usr/bin/python3: No module named pip' >&2; exit 1", "fetch micropip 0.6.0: pip download: /usr/bin/python3: No module named pip"},
		{"it finds none", "echo 'WARNING: a\nERROR: b\nERROR: No matching distribution found\nnote: c' >&2; exit 1",
			"fetch micropip 0.6.0: pip download: No matching distribution found"},
		{"it does nothing", "exit 0", "fetch micropip 0.6.0: pip wrote no " + w.File()},
		{"it brings something else", `for last; do :; done; echo other > "$last/` + w.File() + `"`, "is not the file that is pinned"},
	} {
		t.Run(test.name, func(t *testing.T) {
			scripts := map[string]string{"python3": test.python}
			if test.python == "" {
				scripts = nil
			}
			onPath(t, scripts)
			files, _, err := FetchWheels(t.Context(), t.TempDir(), pyodide.V026)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s, %v; want %q", files, err, test.want)
			}
		})
	}
}

func TestHead(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead || r.URL.Path != "/there" {
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	if err := head(t.Context(), server.URL+"/there"); err != nil {
		t.Error(err)
	}
	if err := head(t.Context(), server.URL+"/elsewhere"); err == nil || !strings.Contains(err.Error(), "404 Not Found") {
		t.Errorf("what is not there: %v", err)
	}
	server.Close()
	if err := head(t.Context(), server.URL+"/there"); err == nil {
		t.Error("who is gone answers")
	}
}
