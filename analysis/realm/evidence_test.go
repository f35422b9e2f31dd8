package realm_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis/realm"
)

func TestEvidence(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"the content network's script", "index.html", "<p>\n<script src=\"https://cdn.jsdelivr.net/pyodide/v0.28.2/full/pyodide.js\"></script>", "2 loads Pyodide 0.28.2: 0.28"},
		{"an index address", "a.js", "loadPyodide({ indexURL: \"https://cdn.jsdelivr.net/pyodide/v0.27.7/full/\" });", "1 loads Pyodide 0.27.7: 0.27"},
		{"npm's copies", "a.mjs", "import a from 'https://unpkg.com/pyodide@0.26.1/pyodide.mjs';\nimport b from \"https://cdn.jsdelivr.net/npm/pyodide@314.0.2/+esm\";",
			"1 loads Pyodide 0.26.1: 0.26\n2 loads Pyodide 314.0.2: 314"},
		{"a constant in the address", "a.ts", "const VERSION: string = 'v0.29.1';\nconst url = `https://cdn.jsdelivr.net/pyodide/v${VERSION}/full/`;", "1 loads Pyodide 0.29.1: 0.29"},
		{"a local copy with a version", "a.js", "importScripts('/static/pyodide/v0.26.4/pyodide.js')", "1 loads Pyodide 0.26.4: 0.26"},
		{"the newest", "a.js", "importScripts('https://cdn.jsdelivr.net/pyodide/dev/full/pyodide.js'); import('https://esm.sh/pyodide')", "1 loads the newest Pyodide, which is taken for 314: 314"},
		{"older than what is known", "a.html", "<script src='https://pyodide-cdn2.iodide.io/v0.15.0/full/pyodide.js'></script>", "1 loads Pyodide 0.15.0, which is taken for 0.26: 0.26"},
		{"a pre-release that is newer", "a.js", "'https://cdn.jsdelivr.net/pyodide/v315.0.0a1/full/'", "1 loads Pyodide 315.0.0a1, which is taken for 314: 314"},
		{"comments", "a.js", "// https://cdn.jsdelivr.net/pyodide/v0.26.4/full/\n/* pyodide@0.26.4 */\nf(); // pyodide@0.26.4\nx = 'https://cdn.jsdelivr.net/pyodide/v0.28.0/full/';", "4 loads Pyodide 0.28.0: 0.28"},
		{"a page's comments", "a.html", "<!-- https://cdn.jsdelivr.net/pyodide/v0.26.4/full/\n-->\n<script src=\"//cdn.jsdelivr.net/pyodide/v0.28.0/full/pyodide.js\"></script>", "3 loads Pyodide 0.28.0: 0.28"},
		{"PyScript by its date", "a.html", "<script type=module src=https://pyscript.net/releases/2024.9.2/core.js></script>", "1 loads PyScript 2024.9.2, which loads Pyodide 0.26.2: 0.26"},
		{"PyScript from npm", "a.html", "<script type=module src='https://cdn.jsdelivr.net/npm/@pyscript/core@0.7.2/dist/core.js'></script>", "1 loads PyScript 0.7.2, which loads Pyodide 0.28.3: 0.28"},
		{"PyScript that names no release", "a.html", "<script src='https://pyscript.net/latest/pyscript.js'></script>", ""},
		{"an interpreter", "pyscript.toml", "packages = []\ninterpreter = \"0.27.7\"\n", "2 names Pyodide 0.27.7: 0.27"},
		{"an interpreter by its address", "pyscript.json", `{"interpreter": "https://cdn.jsdelivr.net/pyodide/v0.28.1/full/pyodide.mjs"}`, "1 names Pyodide 0.28.1: 0.28"},
		{"an interpreter in the page", "a.html", "<py-config>\ninterpreter = '0.29.0' # pyodide\n</py-config>", "2 names Pyodide 0.29.0: 0.29"},
		{"a manifest", "package.json", "{\n\"devDependencies\": {\"pyodide\": \"^0.26.2\"}}", "2 asks for pyodide ^0.26.2: 0.26"},
		{"a manifest that takes several", "web/package.json", `{"dependencies": {"pyodide": ">=0.27"}}`, "1 asks for pyodide >=0.27: 0.27 to 314"},
		{"a manifest with another name for it", "package.json", `{"dependencies": {"pyodide": "npm:pyodide@0.28.x"}}`, "1 asks for pyodide 0.28.x: 0.28"},
		{"a manifest that takes what is newest", "package.json", `{"peerDependencies": {"pyodide": "*"}}`, "1 asks for the newest pyodide, which is taken for 314: 314"},
		{"a manifest that names a folder", "package.json", `{"dependencies": {"pyodide": "file:../pyodide"}}`, ""},
		{"a manifest that is broken", "package.json", `{"dependencies": {"pyodide": "0.26.2"`, ""},
		{"npm's lock", "package-lock.json", `{"lockfileVersion": 3, "packages": {"": {"dependencies": {"pyodide": "^0.26.0"}}, "node_modules/pyodide": {"version": "0.26.4"}}}`, "1 installs Pyodide 0.26.4: 0.26"},
		{"npm's old lock", "npm-shrinkwrap.json", `{"dependencies": {"pyodide": {"version": "0.27.2"}}}`, "1 installs Pyodide 0.27.2: 0.27"},
		{"npm's lock with PyScript", "package-lock.json", `{"packages": {"node_modules/@pyscript/core": {"version": "0.6.66"}, "node_modules/@pyscript/core/node_modules/polyscript": {"version": "0.18.12"}}}`,
			"1 installs polyscript 0.18.12, which loads Pyodide 0.28.3: 0.28"},
		{"npm's lock that is broken", "package-lock.json", `{"packages": ["pyodide"`, ""},
		{"yarn's lock", "yarn.lock", "lodash@^4:\n  version \"4.0.0\"\n\npyodide@^0.28.0:\n  version \"0.28.3\"\n", "4 installs Pyodide 0.28.3: 0.28"},
		{"yarn's newer lock", "yarn.lock", "\"pyodide@npm:^0.29.0\":\n  version: 0.29.1\n", "1 installs Pyodide 0.29.1: 0.29"},
		{"pnpm's lock", "pnpm-lock.yaml", "packages:\n\n  pyodide@0.26.2:\n    resolution: {}\n  /@pyscript/core@0.6.0(x):\n", "3 installs Pyodide 0.26.2: 0.26\n5 installs PyScript 0.6.0, which loads Pyodide 0.26.2: 0.26"},
		{"bun's lock", "bun.lock", `{"packages": {"pyodide": ["pyodide@0.27.7", {}]}}`, "1 installs Pyodide 0.27.7: 0.27"},
		{"the list of a Pyodide of its own", "pyodide/pyodide-lock.json", `{"info": {"abi_version": "2025_0", "python": "3.13.2", "version": "0.28.0.dev0"}, "packages": {"micropip": {"version": "0.11.0"}}}`, "1 belongs to Pyodide 0.29: 0.29"},
		{"such a list that leaves it open", "pyodide-lock.json", `{"info": {"abi_version": "2025_0", "python": "3.13.2"}, "packages": {"pyodide": {}}}`, "1 belongs to Pyodide 0.28 and 0.29: 0.28 and 0.29"},
		{"Python", "a.py", "URL = 'https://cdn.jsdelivr.net/pyodide/v0.26.4/full/'", ""},
		{"Markdown", "README.md", "https://cdn.jsdelivr.net/pyodide/v0.26.4/full/", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, e := range realm.EvidenceIn(test.file, test.text) {
				got = append(got, fmt.Sprintf("%d %s: %s", e.Line, e.What, e.Versions))
			}
			if all := strings.Join(got, "\n"); all != test.want {
				t.Errorf("got\n%s\nwant\n%s", all, test.want)
			}
		})
	}
}

func TestTarget(t *testing.T) {
	files := map[string][]realm.Evidence{}
	for file, text := range map[string]string{
		"site/old/index.html":      "https://cdn.jsdelivr.net/pyodide/v0.26.4/full/",
		"site/new/index.html":      "https://cdn.jsdelivr.net/pyodide/v0.29.1/full/",
		"app/package.json":         `{"dependencies": {"pyodide": ">=0.26"}}`,
		"app/package-lock.json":    `{"packages": {"node_modules/pyodide": {"version": "0.28.3"}}}`,
		"lib/package.json":         `{"dependencies": {"pyodide": "^0.27.0"}}`,
		"lib/dist/readme.html":     "nothing about pyodide",
		"elsewhere/nothing/at.all": "",
	} {
		files[file] = realm.EvidenceIn(file, text)
	}
	x := realm.NewIndex(files)
	for file, want := range map[string]string{
		"site/old/index.html": "0.26: site/old/index.html:1 loads Pyodide 0.26.4",
		"site/old/py/main.py": "0.26: site/old/index.html:1 loads Pyodide 0.26.4",
		"site/shared.py":      "0.26 and 0.29: site/new/index.html:1 loads Pyodide 0.29.1 (and 1 more)",
		"app/py/main.py":      "0.28: app/package-lock.json:1 installs Pyodide 0.28.3",
		"lib/src/a.py":        "0.27: lib/package.json:1 asks for pyodide ^0.27.0",
		"elsewhere/a.py":      "0.26 to 0.29: app/package-lock.json:1 installs Pyodide 0.28.3 (and 3 more)",
	} {
		versions, because := x.Target(file)
		if got := versions.String() + ": " + because; got != want {
			t.Errorf("%s is for %s, want %s", file, got, want)
		}
	}
	for _, x := range []*realm.Index{nil, realm.NewIndex(nil)} {
		if versions, because := x.Target("a/b.py"); versions.String() != "0.26 to 314" || because != "" {
			t.Errorf("without evidence: %s %q", versions, because)
		}
	}
}

func TestRuntime(t *testing.T) {
	for text, want := range map[string]realm.Runtime{
		"await loadPyodide({ convertNullToNone: true })":                            {NullToNone: true},
		"await loadPyodide({ \"convertNullToNone\": true,\n toJsLiteralMap:true })": {NullToNone: true, LiteralMap: true},
		"await loadPyodide({ convertNullToNone: false, toJsLiteralMap: x })":        {},
		"// convertNullToNone: true":                                                {},
		"<!-- convertNullToNone: true -->":                                          {},
		"experimental_create_proxy = \"auto\"":                                      {AutoProxies: true},
		"# experimental_create_proxy = \"auto\"":                                    {},
		"{\"experimental_create_proxy\": \"auto\"}":                                 {AutoProxies: true},
		"loadPyodide(convertNullToNone=True)":                                       {NullToNone: true},
		"experimental_create_proxy = \"automatic\"":                                 {},
	} {
		if got := realm.RuntimeIn(text); got != want {
			t.Errorf("%q sets %+v, want %+v", text, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	want := "bun.lock npm-shrinkwrap.json package-lock.json package.json pnpm-lock.yaml pyodide-lock.json yarn.lock"
	if got := strings.Join(realm.Names(), " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// No text is too strange to be read.
func FuzzEvidence(f *testing.F) {
	for _, seed := range []string{"pyodide@0.26.4", "https://cdn.jsdelivr.net/pyodide/v${A}/ A = '0.26'", `{"packages": {"node_modules/pyodide": {"version": "1"}}}`, "interpreter = 'pyodide'", "pyodide@:\n  version 1"} {
		f.Add(seed, uint8(0))
	}
	files := append(realm.Names(), "a.html", "a.js", "pyscript.toml", "a.py")
	f.Fuzz(func(t *testing.T, text string, which uint8) {
		for _, e := range realm.EvidenceIn(files[int(which)%len(files)], "pyodide "+text) {
			if e.Versions == 0 || e.What == "" || e.Line < 1 || e.Line > 1+strings.Count(text, "\n") {
				t.Errorf("%+v", e)
			}
		}
		realm.RuntimeIn(text)
	})
}

func BenchmarkIndex(b *testing.B) {
	files := map[string][]realm.Evidence{}
	for i := range 2000 {
		file := fmt.Sprintf("d%d/e%d/f%d/index.html", i%10, i%100, i)
		files[file] = realm.EvidenceIn(file, "https://cdn.jsdelivr.net/pyodide/v0.26.4/full/")
	}
	for b.Loop() {
		x := realm.NewIndex(files)
		for i := range 2000 {
			x.Target(fmt.Sprintf("d%d/e%d/main.py", i%10, i%100))
		}
	}
}
