// Package house keeps the layers: what each package may import of this module, and who alone may import
// the parser and the protocol.
package house

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers lists the packages from the bottom up. A package imports only what stands in a line above its own;
// "rules/*" is every rule's folder.
var layers = [][]string{
	{"analysis/source", "analysis/walk/gitignore"},
	{"analysis/syntax", "analysis/pyodide", "analysis/config", "analysis/walk"},
	{"analysis/scope", "analysis/syntax/host"},
	{"analysis/flow"},
	{"analysis/realm"},
	{"analysis"},
	{"preview/dist", "preview/dist/disttest", "preview/serve", "analysis/analysistest"},
	{"rules/*", "lint", "lsp", "preview"},
	{"rules", "gallery", "preview/live", "preview/proof", "preview/scenario"},
	{"preview/catalog"},
	{"cmd/pyodide-ls", "scripts/ecosystem", "scripts/gallery", "scripts/modules", "scripts/proofs", "scripts/realms", "scripts/webidl"},
}

// alone says which packages alone may import a module outside.
var alone = map[string][]string{
	"github.com/smacker/go-tree-sitter": {"analysis/syntax"},
	"go.lsp.dev":                        {"lsp"},
	"github.com/chromedp":               {"preview"},
}

// only says who alone may import a package of the module.
var only = map[string][]string{
	"rules":   {"cmd/pyodide-ls", "scripts/ecosystem", "scripts/proofs", "scripts/realms"}, // checks of all rules over real repositories, and in real browsers
	"gallery": {"cmd/pyodide-ls", "preview/catalog", "scripts/gallery"},
	"rules/*": {"rules"},
}

func rank(pkg string) int {
	return slices.IndexFunc(layers, func(names []string) bool { return slices.Contains(names, generic(pkg)) })
}

func generic(pkg string) string {
	if strings.HasPrefix(pkg, "rules/") {
		return "rules/*"
	}
	return pkg
}

func TestLayers(t *testing.T) {
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := 0
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		pkg, inside := strings.CutPrefix(p.ImportPath, "pyodide-ls/")
		if !inside {
			continue
		}
		packages++
		if rank(pkg) < 0 {
			t.Errorf("%s is in no layer", pkg)
		}
		for _, i := range p.Imports {
			checkImport(t, pkg, i)
		}
	}
	if packages < 10 {
		t.Errorf("only %d packages were looked at", packages)
	}
}

func checkImport(t *testing.T, pkg, imported string) {
	for module, who := range alone {
		if strings.HasPrefix(imported, module) && !slices.Contains(who, pkg) {
			t.Errorf("%s imports %s, which only %v may", pkg, imported, who)
		}
	}
	to, inside := strings.CutPrefix(imported, "pyodide-ls/")
	if !inside {
		return
	}
	if rank(to) >= rank(pkg) {
		t.Errorf("%s imports %s, which does not lie below it", pkg, to)
	}
	if who := only[generic(to)]; who != nil && !slices.Contains(who, pkg) {
		t.Errorf("%s imports %s, which only %v may", pkg, to, who)
	}
}
