package realm

import (
	"regexp"
	"strings"
)

// Runtime is how the code of a project sets Pyodide or PyScript up, where that changes what other code means.
type Runtime struct {
	NullToNone  bool // JavaScript's null is None, as before 0.28
	LiteralMap  bool // to_js makes a LiteralMap of a dict, as before 0.29
	AutoProxies bool // PyScript makes lasting proxies by itself
}

// The settings, as JavaScript, JSON, TOML and Python write them.
// Sources: https://pyodide.org/en/stable/usage/api/js-api.html#exports.loadPyodide,
// https://docs.pyscript.net/latest/user-guide/configuration/
var settings = []struct {
	word    string
	pattern *regexp.Regexp
	set     func(*Runtime)
}{
	{"convertNullToNone", regexp.MustCompile(`\bconvertNullToNone["']?\s*[:=]\s*[tT]rue\b`), func(r *Runtime) { r.NullToNone = true }},
	{"toJsLiteralMap", regexp.MustCompile(`\btoJsLiteralMap["']?\s*[:=]\s*[tT]rue\b`), func(r *Runtime) { r.LiteralMap = true }},
	{"experimental_create_proxy", regexp.MustCompile(`experimental_create_proxy["']?\s*[:=]\s*["']auto\b`), func(r *Runtime) { r.AutoProxies = true }},
}

// RuntimeIn is what a file sets.
func RuntimeIn(text string) (r Runtime) {
	plain := ""
	for _, s := range settings {
		if !strings.Contains(text, s.word) {
			continue
		}
		if plain == "" {
			plain = withoutComments(text, htmlComment, blockComment, lineComment, hashComment)
		}
		if s.pattern.MatchString(plain) {
			s.set(&r)
		}
	}
	return r
}

// hashComment is a line that is a comment to Python and to TOML.
var hashComment = regexp.MustCompile(`(?m)^[ \t]*#.*$`)

// And is what two files set together.
func (r Runtime) And(o Runtime) Runtime {
	return Runtime{r.NullToNone || o.NullToNone, r.LiteralMap || o.LiteralMap, r.AutoProxies || o.AutoProxies}
}
