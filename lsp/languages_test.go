package lsp

import (
	"testing"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/syntax/host"
)

func TestKindOf(t *testing.T) {
	for _, test := range []struct {
		language protocol.LanguageKind
		name     string
		want     host.Kind
	}{
		{"python", "a.txt", host.Python},
		{"javascript.jsx", "a.jsx", host.JavaScript},
		{"typescript.tsx", "a.tsx", host.TSX},
		{"jinja.html", "a.j2", host.HTML},
		{"html.twig", "a.twig", host.HTML},
		{"web", "a.vue", host.Component},
		{"web", "a.php", host.Unknown},
		{"json", "a.ipynb", host.Notebook},
		{"jupyter", "a.ipynb", host.Notebook},
		{"json", "package.json", host.Unknown},
		{"conf-toml", "pyscript.toml", host.Of("pyscript.toml")},
		{"yaml.ansible", "a.py", host.Unknown},
		{"go", "a.go", host.Unknown},
	} {
		if got := kindOf(test.language, test.name); got != test.want {
			t.Errorf("%s in %s: kind %d, want %d", test.language, test.name, got, test.want)
		}
	}
}
