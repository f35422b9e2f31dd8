package lint_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// monorepo is a repository of 500 pages with a script each, of which one in ten starts a worker and one is its script,
// and 1,000 modules of Python that the pages and workers load and that import each other.
func monorepo() map[string]string {
	files := map[string]string{"pyproject.toml": "[project]\nname = \"monorepo\"\n"}
	for i := range 500 {
		dir := fmt.Sprintf("apps/a%d", i/10)
		worker := ""
		if i%2 == 1 {
			worker = " worker"
		}
		files[fmt.Sprintf("%s/page%d.html", dir, i)] = fmt.Sprintf(`<!doctype html>
<script src="https://cdn.jsdelivr.net/pyodide/v0.29.5/full/pyodide.js"></script>
<script type="module" src="./app%[1]d.js"></script>
<py-config>[files]
"./m%[2]d.py" = ""
</py-config>
<script type="py" src="./m%[3]d.py"%[4]s></script>
<main id="page%[1]d">%[5]s</main>
`, i, 2*i, 2*i+1, worker, strings.Repeat("<p>Nothing of note.</p>\n", 40))
		load := fmt.Sprintf("import \"./app%d.js\";\n", i-i%10+(i+1)%10)
		switch i % 10 {
		case 1:
			load = fmt.Sprintf("export const worker = new Worker(new URL(\"./app%d.js\", import.meta.url), { type: \"module\" });\n", i-1)
		case 0:
			load = fmt.Sprintf("const pyodide = await loadPyodide();\nself.onmessage = async () => pyodide.runPythonAsync(await (await fetch(\"./m%d.py\")).text());\n", 2*i)
		}
		files[fmt.Sprintf("%s/app%d.js", dir, i)] = load + script(i)
	}
	for i := range 1000 {
		text := fmt.Sprintf("import time\nfrom m%d import function_%d_1\nfrom pyodide.ffi import create_proxy\n\n\n", (i/20)*20+(i+1)%20, (i/20)*20+(i+1)%20)
		files[fmt.Sprintf("apps/a%d/m%d.py", i/20, i)] = text + plainModule(i)
	}
	return files
}

// BenchmarkWhere is the graph of a repository of 500 pages, 500 scripts and 1,000 modules from cold: files are found,
// read and parsed. the files hold 3 MB.
func BenchmarkWhere(b *testing.B) {
	dir, lines, size := of(b, monorepo())
	b.SetBytes(int64(size))
	for b.Loop() {
		found, err := lint.Where(b.Context(), lint.Options{Paths: []string{dir}, Rules: rules.All})
		if err != nil {
			b.Fatal(err)
		}
		if len(found.Files) != 1000 {
			b.Fatalf("%d files", len(found.Files))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(lines), "ns/line")
}

func of(b *testing.B, files map[string]string) (dir string, lines, size int) {
	for _, text := range files {
		lines += strings.Count(text, "\n")
		size += len(text)
	}
	return tree(b, files), lines, size
}
