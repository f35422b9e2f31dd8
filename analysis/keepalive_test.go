package analysis_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

func TestFindKeepAlive(t *testing.T) {
	const store = "kept = []\n"
	for text, want := range map[string]string{
		store + "def keep_alive(p):\n    kept.append(p)\n":                                                  "keep_alive",
		store + "def keep_alive(p):\n    kept.append(p)\n    return p\n":                                    "keep_alive returns",
		store + "def keepalive(p):\n    kept.add(p)\n    return p\n":                                        "keepalive returns",
		store + "def keep_proxy(p):\n    kept[p.js_id] = p\n":                                               "keep_proxy",
		store + "def keep_alive(*p):\n    kept.extend(p)\n    return p\n":                                   "keep_alive",
		store + "def keep_alive(p):\n    if p in kept:\n        return\n    kept.append(p)\n    return p\n": "keep_alive",
		"import js\n" + store + "def keep_alive(p):\n    kept.append(p)\n":                                  "keep_alive",
		"import os\n" + store + "def keep_alive(p):\n    kept.append(p)\n":                                  "keep_alive imports",
		store + "def keep_alive(p):\n    print(p)\n":                                                        "",
		store + "def keep_alive(p):\n    return p\n":                                                        "",
		store + "def keep_alive(p):\n    kept.append(1)\n":                                                  "",
		store + "def keep_alive(p):\n    p.append(p)\n":                                                     "",
		"def keep_alive(p):\n    kept = []\n    kept.append(p)\n":                                           "",
		store + "def keep_alive(p, q):\n    kept.append(p)\n":                                               "",
		store + "def keep_alive():\n    kept.append(1)\n":                                                   "",
		store + "def keep_alive_for(p):\n    kept.append(p)\n":                                              "",
		store + "def keep(p):\n    kept.append(p)\n":                                                        "",
		store + "class A:\n    def keep_alive(p):\n        kept.append(p)\n":                                "",
	} {
		got := ""
		if k := traits("a.py", text).KeepAlive; k != nil {
			got = k.Name
			if k.Returns {
				got += " returns"
			}
			if !k.Leaf {
				got += " imports"
			}
		}
		if got != want {
			t.Errorf("%q, want %q:\n%s", got, want, text)
		}
	}
}

// How a file can call a function that keeps proxies, and at which risk.
func TestUseKeepAlive(t *testing.T) {
	keep := analysis.KeepAlive{Name: "keep_alive", Path: "app/keep.py", Leaf: true}
	pkg, busy := keep, keep
	pkg.Package, busy.Leaf = true, false
	here := analysis.KeepAlive{Name: "keep_alive", Path: "app/__init__.py", Leaf: true}
	tests := map[string]struct {
		path, text string
		keep       analysis.KeepAlive
		want       string
	}{
		"beside it":                {"app/main.py", "use()\n", keep, "keep_alive safe: from keep import keep_alive"},
		"in a package":             {"app/main.py", "use()\n", pkg, "keep_alive safe: from .keep import keep_alive"},
		"it may lead back":         {"app/main.py", "use()\n", busy, "keep_alive unsafe: from keep import keep_alive"},
		"imported before":          {"app/main.py", "from keep import x\nuse()\n", busy, "keep_alive safe: keep_alive,"},
		"imported already":         {"app/main.py", "from keep import keep_alive as k\nuse()\n", busy, "k safe: "},
		"imported as a module":     {"app/main.py", "import keep\nuse()\n", busy, "keep.keep_alive safe: "},
		"from its package":         {"app/main.py", "from . import keep\nuse()\n", busy, "keep.keep_alive safe: "},
		"elsewhere, and imported":  {"app/ui/main.py", "from ..keep import x\nuse()\n", keep, "keep_alive safe: keep_alive,"},
		"elsewhere":                {"app/ui/main.py", "use()\n", keep, "no"},
		"imported too late":        {"app/ui/main.py", "use()\nimport keep\n", keep, "no"},
		"another module":           {"app/ui/main.py", "import upkeep\nuse()\n", keep, "no"},
		"the package's own file":   {"app/main.py", "use()\n", here, "no"},
		"its own":                  {"app/keep.py", "k = []\ndef keep_alive(p): k.append(p)\nuse()\n", keep, "keep_alive safe: "},
		"its own, later":           {"app/keep.py", "k = []\nuse()\ndef keep_alive(p): k.append(p)\n", keep, "no"},
		"its own, in a function":   {"app/keep.py", "k = []\ndef f(): use()\ndef keep_alive(p): k.append(p)\n", keep, "keep_alive safe: "},
		"its own, hidden":          {"app/keep.py", "k = []\ndef keep_alive(p): k.append(p)\ndef f(keep_alive): use()\n", keep, "no"},
		"its own, and another one": {"app/keep.py", "k = []\ndef keep_alive(p): k.append(p)\nkeep_alive = 1\nuse()\n", keep, "no"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			got := ""
			rule := calls("use", func(p *analysis.Pass, call syntax.Node) {
				k, _ := p.KeepAlive()
				expression, edits, risk, ok := p.UseKeepAlive(call, k)
				got = expression + " " + risk.String() + ": "
				for _, e := range edits {
					got += strings.TrimSpace(e.New)
				}
				if !ok {
					got = "no"
				}
			})
			f, err := analysis.Open(source.New(c.path, c.text), analysis.Setting{})
			if err != nil {
				t.Fatal(err)
			}
			project := analysis.View{KeepAlive: []analysis.KeepAlive{c.keep}}
			analysis.Check(t.Context(), f, project, []*analysis.Rule{rule}, analysis.Options{})
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// The nearest function counts, and the file's own before it.
func TestKeepAliveIsTheNearest(t *testing.T) {
	project := analysis.View{KeepAlive: []analysis.KeepAlive{{Name: "far", Path: "a/far.py"}, {Name: "near", Path: "b/near.py"}}}
	for path, want := range map[string]string{"b/main.py": "near", "c/main.py": "far", "a/main.py": "far"} {
		rule := calls("use", func(p *analysis.Pass, _ syntax.Node) {
			if k, ok := p.KeepAlive(); !ok || k.Name != want {
				t.Errorf("%s: %s, want %s", path, k.Name, want)
			}
		})
		f, err := analysis.Open(source.New(path, "use()\n"), analysis.Setting{})
		if err != nil {
			t.Fatal(err)
		}
		analysis.Check(t.Context(), f, project, []*analysis.Rule{rule}, analysis.Options{})
	}
}
