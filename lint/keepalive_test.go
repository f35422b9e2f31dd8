package lint_test

import (
	"path/filepath"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// A project's keep_alive turns hints into information, and is imported where it is needed.
func TestKeepAliveOfTheProject(t *testing.T) {
	const code = "import js\nfrom pyodide.ffi import create_proxy\n\njs.document.addEventListener(\"x\", create_proxy(print))\n"
	run := func(files map[string]string) (analysis.Severity, string) {
		dir := tree(t, files)
		result, err := lint.Run(t.Context(), lint.Options{Paths: []string{dir}, Rules: rules.All, Only: []string{"ownerless-proxy"}, Fix: true})
		if err != nil || len(result.Files) != 1 {
			t.Fatalf("%v, %d files with findings", err, len(result.Files))
		}
		if name := filepath.Base(result.Files[0].Path); name != "main.py" {
			t.Fatalf("a finding in %s", name)
		}
		return result.Worst(), result.Files[0].Fixed
	}
	files := map[string]string{"app/main.py": code}
	if severity, fixed := run(files); severity != analysis.Hint || fixed != "" {
		t.Errorf("alone: %s, %q", severity, fixed)
	}
	files["app/keep.py"] = "kept = []\n\n\ndef keep_alive(proxy):\n    kept.append(proxy)\n    return proxy\n"
	want := "import js\nfrom keep import keep_alive\nfrom pyodide.ffi import create_proxy\n\njs.document.addEventListener(\"x\", keep_alive(create_proxy(print)))\n"
	if severity, fixed := run(files); severity != analysis.Info || fixed != want {
		t.Errorf("with a keep_alive: %s, %q", severity, fixed)
	}
	files["app/__init__.py"] = ""
	want = "import js\nfrom .keep import keep_alive\nfrom pyodide.ffi import create_proxy\n\njs.document.addEventListener(\"x\", keep_alive(create_proxy(print)))\n"
	if severity, fixed := run(files); severity != analysis.Info || fixed != want {
		t.Errorf("in a package: %s, %q", severity, fixed)
	}
}
