package main

import (
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/gallery"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
)

// A newcomer copies a folder into a project of their own, and it works there: behind a server that is not ours and knows
// nothing of isolation, with a Pyodide that they host themselves, since the content network's cannot be relied on here.
func TestPatternInOwnProject(t *testing.T) {
	inBrowser(t)
	runtime, _, err := dist.Fetch(t.Context(), "", dist.Pyodide(pyodide.V314))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"reactive-signals", "idbfs-persistence", "bootstrapping"} {
		t.Run(name, func(t *testing.T) {
			folder(t, map[string]string{"pyproject.toml": "[project]\nname = \"mine\"\nversion = \"1\"\n", "src/mine.py": "print(1)\n"})
			program(t, "", "init", "pattern", name, "--into", "web").wants(t, exitClean, "wrote ", "")
			program(t, "", "check", "--min-severity", "hint").wants(t, exitClean, "", "")
			hostPyodide(t, "web", "/pyodide/")
			mux := http.NewServeMux()
			mux.Handle("/", http.FileServer(http.Dir("web")))
			mux.Handle("/pyodide/", http.StripPrefix("/pyodide/", http.FileServer(http.Dir(runtime))))
			server := httptest.NewServer(mux)
			defer server.Close()
			tab := openTab(t, server.URL)
			until(t, tab, has("#status", "Ready"))
		})
	}
}

// A newcomer follows the README of pyscript-app and nothing else: its commands are done as they stand there, one after
// the other. The last is a server that knows nothing of us, to which a Pyodide and a PyScript are copied, since the content
// network's cannot be relied on here.
func TestFollowReadme(t *testing.T) {
	inBrowser(t)
	const name = "pyscript-app"
	files, err := gallery.Folder(name)
	if err != nil {
		t.Fatal(err)
	}
	readme, err := fs.ReadFile(files, gallery.Readme)
	if err != nil {
		t.Fatal(err)
	}
	folder(t, map[string]string{"pyproject.toml": "[project]\nname = \"mine\"\nversion = \"1\"\n"})
	var done []string
	for _, command := range commandsIn(string(readme)) {
		words := strings.Fields(command)
		switch verb := strings.Join(words[:min(2, len(words))], " "); verb {
		case "pyodide-ls init", "pyodide-ls check", "pyodide-ls run":
			got := program(t, "", words[1:]...)
			if got.status != exitClean {
				t.Fatalf("%s: exit status %d\n%s%s", command, got.status, got.out, got.log)
			}
			done = append(done, words[1])
		case "pyodide-ls preview":
			s := showPreview(t, words[2:]...)
			until(t, s.tab, has("#state", "Waiting"))
			s.end()
			<-s.status
			done = append(done, words[1])
		case "python3 -m":
			tab := openTab(t, serveStatically(t, name, words))
			until(t, tab, has("#status", "Ready"))
			until(t, tab, `(document.querySelector("#seat").click(), true)`)
			until(t, tab, has("#status", "wishes are kept"))
			done = append(done, words[2])
		default:
			t.Errorf("the README has %q, which nothing here can do", command)
		}
	}
	if want := []string{"init", "check", "run", "preview", "http.server"}; !slices.Equal(done, want) {
		t.Errorf("done was %q, want %q", done, want)
	}
}

// commandsIn are the lines of the sh fences of a page.
func commandsIn(page string) (all []string) {
	for i, part := range strings.Split(page, "\n```") {
		if text, ok := strings.CutPrefix(part, "sh\n"); ok && i%2 == 1 {
			all = append(all, strings.Split(strings.TrimSpace(text), "\n")...)
		}
	}
	return all
}

// serveStatically starts the server of a command that names the port 8000, at a port that is free, and gives its address.
func serveStatically(t *testing.T, dir string, words []string) (address string) {
	t.Helper()
	port := freePort(t)
	address = "http://127.0.0.1:" + port + "/"
	runtime, _, err := dist.Fetch(t.Context(), "", dist.Pyodide(pyodide.V314))
	if err != nil {
		t.Fatal(err)
	}
	scripts, _, err := dist.Fetch(t.Context(), "", dist.PyScript(pyodide.V314))
	if err != nil {
		t.Fatal(err)
	}
	for at, from := range map[string]string{"pyodide": runtime, "pyscript": filepath.Join(scripts, "dist")} {
		if err := os.CopyFS(filepath.Join(dir, at), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	hostPyodide(t, dir, address+"pyodide/")
	page := filepath.Join(dir, gallery.Page)
	write(t, page, ofPyScript.ReplaceAllString(read(t, page), address+"pyscript/"))
	at := slices.Index(words, "8000")
	if at < 0 {
		t.Fatalf("%q names no port", words)
	}
	words = slices.Replace(slices.Clone(words), at, at+1, port)
	server := exec.CommandContext(t.Context(), words[0], words[1:]...)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Kill(); server.Wait() }) //nolint:errcheck // it is ended
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+port); err == nil {
			conn.Close()
			return address
		}
		if time.Since(began) > 30*time.Second {
			t.Fatalf("%q serves nothing", words)
		}
	}
}

var ofPyScript = regexp.MustCompile(`https://cdn\.jsdelivr\.net/npm/@pyscript/core@[\d.]+/dist/`)

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

// hostPyodide has the files of a folder load Pyodide from another address.
func hostPyodide(t *testing.T, dir, address string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !slices.Contains([]string{".html", ".mjs", ".js", ".toml", ".py"}, filepath.Ext(path)) {
			return err
		}
		return os.WriteFile(path, []byte(preview.Local(read(t, path), address)), 0o666)
	})
	if err != nil {
		t.Fatal(err)
	}
}
