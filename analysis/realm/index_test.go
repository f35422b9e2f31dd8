package realm_test

import (
	"fmt"
	"testing"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

const (
	page = `<script src="https://cdn.jsdelivr.net/pyodide/v%s/full/pyodide.js"></script>`
	asks = `{"dependencies": {"pyodide": "%s"}}`
	has  = `{"packages": {"node_modules/pyodide": {"version": "%s"}}}`
	core = `<script type="module" src="https://pyscript.net/releases/%s/core.js"></script>`
)

func index(files map[string]string) *realm.Index {
	all := map[string][]realm.Evidence{}
	for file, text := range files {
		all[file] = realm.EvidenceIn(file, text)
	}
	return realm.NewIndex(all)
}

func TestTarget(t *testing.T) {
	x := index(map[string]string{
		"docs/old/index.html":         fmt.Sprintf(page, "0.26.4"),
		"docs/new/index.html":         fmt.Sprintf(page, "314.0.7"),
		"docs/guide.html":             "<p>nothing",
		"web/package.json":            fmt.Sprintf(asks, ">=0.26"),
		"web/package-lock.json":       fmt.Sprintf(has, "0.28.2"),
		"lib/package.json":            fmt.Sprintf(asks, "^0.27.0"),
		"lib/src/worker.js":           "importScripts('https://cdn.jsdelivr.net/pyodide/v0.29.3/full/pyodide.js')",
		"app/index.html":              fmt.Sprintf(core, "2024.9.2"),
		"app/pyscript.toml":           `interpreter = "0.28.0"`,
		"plain/index.html":            fmt.Sprintf(core, "2024.9.2"),
		"own/index.html":              fmt.Sprintf(core, "2024.9.2"),
		"own/pyscript.toml":           `interpreter = "./pyodide/pyodide.mjs"`,
		"own/pyodide/deep/x.py":       "",
		"both/package.json":           `{"dependencies": {"pyodide": "^0.26.0", "@pyscript/core": "^0.7.29"}}`,
		"both/pnpm-lock.yaml":         "packages:\n  polyscript@0.20.16:\n",
		"elsewhere/package-lock.json": fmt.Sprintf(has, "0.27.0"),
		"elsewhere/sub/package.json":  fmt.Sprintf(asks, "^0.26.0"),
	})
	for file, want := range map[string]string{
		"docs/old/index.html":       "0.26", // what it says itself
		"docs/old/main.py":          "0.26", // the page beside it
		"docs/old/deep/er/main.py":  "0.26",
		"docs/main.py":              "0.26 and 314", // both pages below
		"docs/guide.html":           "0.26 and 314",
		"web/src/main.py":           "0.28", // the lock file, not the range
		"lib/main.py":               "0.27 and 0.29",
		"lib/src/main.py":           "0.29",
		"app/main.py":               "0.28", // not what PyScript loads by itself
		"app/index.html":            "0.28",
		"plain/main.py":             "0.26",
		"own/main.py":               "0.26 to 314", // an interpreter that is not known: whatever the project has
		"both/main.py":              "0.26 and 314",
		"elsewhere/sub/a.py":        "0.26",
		"elsewhere/a.py":            "0.26 and 0.27",
		"main.py":                   "0.26 to 314",
		"other/main.py":             "0.26 to 314",
		"./docs/old/../old/main.py": "0.26",
		`docs\old\main.py`:          "0.26",
	} {
		if got, evidence := x.Target(file); got.String() != want || len(evidence) == 0 {
			t.Errorf("%s is for %s by %v, want %s", file, got, evidence, want)
		}
	}
}

func TestTargetOfNothing(t *testing.T) {
	var none *realm.Index
	for _, x := range []*realm.Index{none, realm.NewIndex(nil), index(map[string]string{"index.html": "<p>", "own/pyscript.toml": "interpreter = '/pyodide.mjs'"})} {
		for _, file := range []string{"main.py", "/abs/main.py", "../up/main.py", ""} {
			if got, evidence := x.Target(file); got != pyodide.AllVersions || evidence != nil {
				t.Errorf("%q is for %s by %v", file, got, evidence)
			}
		}
	}
}

func TestTargetOfAbsolutePaths(t *testing.T) {
	x := index(map[string]string{"/site/a/index.html": fmt.Sprintf(page, "0.27.0"), "/site/b/index.html": fmt.Sprintf(page, "0.28.0"), "../up/index.html": fmt.Sprintf(page, "0.29.0")})
	for file, want := range map[string]string{"/site/a/m.py": "0.27", "/site/m.py": "0.27 and 0.28", "/else/m.py": "0.27 and 0.28", "../up/m.py": "0.29", "m.py": "0.29"} {
		if got, _ := x.Target(file); got.String() != want {
			t.Errorf("%s is for %s, want %s", file, got, want)
		}
	}
}

func TestBecause(t *testing.T) {
	x := index(map[string]string{
		"a/index.html": fmt.Sprintf(page, "0.26.4"), "a/again.html": fmt.Sprintf(page, "0.26.4"),
		"b/package.json": "{\"dependencies\":\n{\"pyodide\": \"^0.27.0\"}}", "c/index.html": fmt.Sprintf(core, "2024.9.2"),
	})
	for file, want := range map[string]string{
		"a/m.py": "a/again.html:1 loads Pyodide 0.26.4",
		"b/m.py": "package.json asks for pyodide ^0.27.0 (b/package.json:2)",
		"c/m.py": "PyScript 2024.9.2 loads Pyodide 0.26.2 (c/index.html:1)",
		"m.py":   "a/again.html:1 loads Pyodide 0.26.4, and 2 more",
	} {
		if _, evidence := x.Target(file); realm.Because(evidence) != want {
			t.Errorf("%s: %q, want %q", file, realm.Because(evidence), want)
		}
	}
	if got := realm.Because(nil); got != "" {
		t.Errorf("because of nothing: %q", got)
	}
}

// BenchmarkTarget asks for each of 10,000 files, of which every tenth says something.
func BenchmarkTarget(b *testing.B) {
	all := map[string][]realm.Evidence{}
	files := make([]string, 0, 10_000)
	for i := range 10_000 {
		file := fmt.Sprintf("packages/p%d/src/d%d/f%d.html", i%50, i%7, i)
		files = append(files, file)
		if i%10 == 0 {
			all[file] = realm.EvidenceIn(file, fmt.Sprintf(page, "0.28.2"))
		}
	}
	b.Run("index", func(b *testing.B) {
		for b.Loop() {
			realm.NewIndex(all)
		}
	})
	x := realm.NewIndex(all)
	b.Run("ask", func(b *testing.B) {
		for b.Loop() {
			for _, file := range files {
				x.Target(file)
			}
		}
	})
}

// BenchmarkEvidenceIn looks through a file that names Pyodide on every line, and through one that never does.
func BenchmarkEvidenceIn(b *testing.B) {
	loud, quiet := "", ""
	for i := range 2_000 {
		loud += fmt.Sprintf("await fetch('/assets/pyodide/v0.28.%d/file'); // pyodide\n", i%10)
		quiet += "export const something = await fetch('/assets/file.bin'); // nothing\n"
	}
	for name, text := range map[string]string{"loud": loud, "quiet": quiet} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				realm.EvidenceIn("a.js", text)
			}
		})
	}
}
