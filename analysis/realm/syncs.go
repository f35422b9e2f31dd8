package realm

import "regexp"

// syncs is how a text syncs what is mounted: by a function of Emscripten's, or of PyScript's module fs.
// Sources: https://emscripten.org/docs/api_reference/Filesystem-API.html, https://docs.pyscript.net/latest/api/fs/
var syncs = hinted{
	[]string{"syncfs", "fs.sync", "fs.unmount", "pyscript.fs"},
	regexp.MustCompile(`\bsyncfs\b|\bfs\.(?:sync|unmount)\b|\bpyscript\.fs\s+import\b`),
}

// Syncs says whether a text may sync what is mounted.
func Syncs(text string) bool { return syncs.in(text) }
