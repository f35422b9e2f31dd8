package host

import (
	"path"
	"slices"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// specifier is the name of a file as a script or a page writes it: what loads it, and where, is not looked at.
type specifier struct {
	path  string // without the loaders before it, query and fragment
	query string // with its question mark
	span  source.Span
	from  string // the loaders before it
}

// specified reads the name of a file; span is where it stands.
func specified(text string, span source.Span) specifier {
	s := specifier{path: text, span: span}
	if i := strings.LastIndexByte(text, '!'); i >= 0 && span.Len() == len(text) { // webpack's loaders
		s.from, s.path, s.span.Start = text[:i], text[i+1:], span.Start+i+1
	}
	if i := strings.IndexAny(s.path, "?#"); i >= 0 {
		if s.span.Len() == len(s.path) { // else it is written with escapes
			s.span.End = s.span.Start + i
		}
		s.query, _, _ = strings.Cut(s.path[i:], "#")
		s.path = s.path[:i]
	}
	return s
}

// isPython says whether the name is that of a Python file.
func (s specifier) isPython() bool {
	return len(s.path) > len(".py") && strings.HasSuffix(s.path, ".py")
}

// relative says whether an import means a file of the project by the name, and no package: "./a", "/a", "@/a".
func (s specifier) relative() bool {
	if s.path == "." || s.path == ".." {
		return true
	}
	return slices.ContainsFunc([]string{"./", "../", "/", "@/", "~/"}, func(head string) bool { return strings.HasPrefix(s.path, head) }) &&
		!strings.HasPrefix(s.path, "//")
}

// near says whether an address may be that of a file of the project: it names no server and holds no data.
func (s specifier) near() bool {
	return s.path != "" && !strings.HasPrefix(s.path, "//") && !strings.ContainsAny(s.path, ":<> \t\r\n`$*")
}

// assets are the ends of the names of files that bundlers import though they are no scripts.
var assets = []string{".css", ".scss", ".sass", ".less", ".styl", ".json", ".json5", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif",
	".ico", ".wasm", ".txt", ".html", ".htm", ".md", ".mdx", ".py", ".whl", ".zip", ".csv", ".toml", ".yaml", ".yml", ".glsl", ".woff", ".woff2"}

// isScript says whether the name may be that of a script, with its ending or without. A component holds scripts.
func (s specifier) isScript() bool {
	return !strings.HasSuffix(s.path, ".d.ts") && !slices.Contains(assets, strings.ToLower(path.Ext(s.path)))
}

// has says whether the query has a flag.
func (s specifier) has(flag string) bool {
	return slices.Contains(strings.FieldsFunc(s.query, func(r rune) bool { return r == '?' || r == '&' || r == '=' }), flag)
}

// imported is the script that an import loads, or the worker that it makes a constructor of; ok is false for what
// it imports otherwise. Sources: https://vite.dev/guide/features#import-with-query-suffixes and
// https://github.com/webpack-contrib/worker-loader.
func (s specifier) imported(why string) (r Reference, ok bool) {
	r = Reference{Kind: LoadsScript, Path: s.path, Span: s.span, Why: why}
	switch {
	case !s.relative() || !s.isScript() || !s.near():
		return r, false
	case s.has("worker"), s.has("sharedworker"), strings.Contains(s.from, "worker-loader"):
		r.Kind, r.Realms, r.Why = StartsWorker, pyodide.Worker, why+" of a worker"
	case s.from != "", s.has("raw"), s.has("url"):
		return r, false // its text, or its address
	}
	return r, true
}
