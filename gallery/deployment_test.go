package gallery

import (
	"io/fs"
	"path"
	"regexp"
	"testing"

	"pyodide-ls/analysis/realm"
)

// The settings that the pattern deployment shows are such as the linter reads: with both headers a page is isolated, and
// with one of them it is not.
func TestDeployment(t *testing.T) {
	for _, file := range []string{"_headers", "vercel.json", "nginx.conf", "isolation-sw.js"} {
		text, err := fs.ReadFile(embedded, path.Join("deployment", file))
		if err != nil {
			t.Fatal(err)
		}
		if i, ok := realm.IsolationIn(file, string(text)); !ok || !i.Isolates {
			t.Errorf("%s is not seen to isolate: %+v", file, i)
		}
		for _, header := range []string{"Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy"} {
			without := regexp.MustCompile(header).ReplaceAllLiteral(text, []byte("X-Other"))
			if i, _ := realm.IsolationIn(file, string(without)); i.Isolates {
				t.Errorf("%s is seen to isolate without %s", file, header)
			}
		}
	}
}
