package analysis_test

import (
	"path"
	"slices"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

var importing = []string{
	"import a\n", "import a.b as c, d\n", "from a import b\n", "from .. import b\n", "from .a.b import (c,\n  d, # e\n  f)\n",
	"from a import \\\n  b, \\\n  c\n", "from a \\\n  import b\r\n", "x = 1; import a; from b import c\n", "try: import a\nexcept: from b import *\n",
	"def f():\n\timport a\n", "from a import (b\n", "import\n", "importa = 1\n", "from é import ü\n", "if x: from a.b.c import (d as e)\n", "import a\\\n.b\n",
}

// Whatever a file imports is among the words of its traits.
func TestTraitsHoldImports(t *testing.T) {
	for _, text := range importing {
		holdsImports(t, text)
	}
	got := traits("x.py", "import a\nx = important\nfrom b import c\nd = e\n")
	if want := []string{"a", "b", "c", "from", "import", "important", "x"}; !slices.Equal(got.Imports, want) {
		t.Errorf("words %v, want %v", got.Imports, want)
	}
}

func holdsImports(t *testing.T, text string) {
	t.Helper()
	f, err := analysis.Open(source.New("x.py", text), analysis.Setting{})
	if err != nil {
		t.Fatal(err)
	}
	got := traits("x.py", text)
	for _, p := range f.Imports("dir/x.py") {
		if name := path.Base(p); !got.MayImport(name) && name != "." && name != ".." && name != "dir" {
			t.Errorf("%q may import %s, and the words are %v", text, p, got.Imports)
		}
	}
}
