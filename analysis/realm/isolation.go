package realm

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// Isolation is what one file says of the headers that make pages cross-origin isolated, without which there is no
// SharedArrayBuffer.
// Source: https://developer.mozilla.org/en-US/docs/Web/API/Window/crossOriginIsolated
type Isolation struct {
	Line     int // 1-based
	Isolates bool
	// Reaches says that it is PyScript's workers alone that reach the page without that.
	Reaches bool
	What    string // for people
}

// headerFiles are the files that set the headers of pages, by their names.
var headerFiles = []string{
	"_headers", "netlify.toml", "vercel.json", "firebase.json", "staticwebapp.config.json", ".htaccess", "Caddyfile", "nginx.conf",
	"vite.config.js", "vite.config.ts", "vite.config.mjs", "vite.config.mts", "next.config.js", "next.config.mjs", "next.config.ts",
	"webpack.config.js", "astro.config.mjs", "svelte.config.js",
}

// isolates says whether a file of that name may set headers.
func isolates(name string) bool {
	return slices.Contains(headerFiles, name) || path.Ext(name) == ".conf"
}

var (
	// How a file sets headers: most have a key for them, and some a language of their own.
	headersKey = regexp.MustCompile(`(?i)(?:\b|global)headers["']?\s*[:=(\]]`)
	serverSets = regexp.MustCompile(`(?im)\badd_header\s|^\s*header\s+(?:always\s+|onsuccess\s+)?(?:set|append|add|merge)\b`)
	pathLine   = regexp.MustCompile(`(?m)^\s*(?:/|https?://)\S*\s*$`)
	caddySets  = regexp.MustCompile(`(?m)^\s*header\s`)
	remark     = regexp.MustCompile(`(?m)^[ \t]*(?:#|//|;).*$`)
	opener     = regexp.MustCompile(`(?i)cross-origin-opener-policy["']?\s*[\]),:=\s]*(?:["']?value["']?\s*[:=]\s*)?["']?\s*same-origin(?:[^\w-]|$)`)
	embedder   = regexp.MustCompile(`(?i)cross-origin-embedder-policy["']?\s*[\]),:=\s]*(?:["']?value["']?\s*[:=]\s*)?["']?\s*(?:require-corp|credentialless)\b`)
	coop       = regexp.MustCompile(`(?i)cross-origin-opener-policy`)
)

// IsolationIn is what a file says of that, by its name and its text; ok is false where it says nothing.
func IsolationIn(file, text string) (i Isolation, ok bool) {
	name := path.Base(slashed(file))
	sets := isolates(name)
	var named []int
	if sets {
		text = remark.ReplaceAllStringFunc(text, blank)
	}
	if strings.Contains(text, "pener-") { // which spares most texts the pattern
		named = coop.FindStringIndex(text)
	}
	switch {
	case !sets && named == nil:
		return i, false
	case named != nil && opener.MatchString(spread(text)) && embedder.MatchString(spread(text)):
		return Isolation{Line: 1 + strings.Count(text[:named[0]], "\n"), Isolates: true, What: "sets Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy"}, true
	case !sets || strings.HasPrefix(name, "vite.config") && named == nil:
		return i, false
	}
	at := setsHeaders(name).FindStringIndex(text)
	if at == nil {
		return i, false
	}
	return Isolation{
		Line: 1 + strings.Count(text[:at[0]], "\n"), What: "sets headers, but not both Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy",
	}, true
}

// setsHeaders is how a file of that name sets headers.
func setsHeaders(name string) *regexp.Regexp {
	switch {
	case name == "_headers":
		return pathLine
	case name == "Caddyfile":
		return caddySets
	case name == ".htaccess", path.Ext(name) == ".conf": // of nginx or Apache, or of anything else
		return serverSets
	}
	return headersKey
}

// spread is a text on one line, without the words between the name of a header and its value in lists of tables.
func spread(text string) string { return strings.Join(strings.Fields(text), " ") }

// isolators are scripts that make a page isolated by a service worker.
// Sources: https://docs.pyscript.net/latest/user-guide/workers/, https://github.com/gzuidhof/coi-serviceworker
var isolators = []string{"mini-coi", "coi-serviceworker", "enable-threads"}

// IsolatesByScript says whether a script of that path makes pages isolated.
func IsolatesByScript(file string) bool {
	name := path.Base(slashed(file))
	return slices.Contains(isolators, strings.TrimSuffix(strings.TrimSuffix(name, path.Ext(name)), ".min"))
}
