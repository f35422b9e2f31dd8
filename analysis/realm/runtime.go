package realm

import (
	"path"
	"regexp"
	"strings"

	"pyodide-ls/analysis/syntax/host"
)

// Runtime is how a Pyodide is set up that code is run with.
type Runtime struct {
	NullToNone  bool // JavaScript's null is None, as it was before 0.28
	LiteralMap  bool // to_js makes a LiteralMap of a dict, as it did before 0.29
	AutoProxies bool // PyScript makes proxies for what JavaScript keeps
}

// Sources: the options of loadPyodide, https://pyodide.org/en/stable/usage/api/js-api.html#exports.PyodideConfig, and
// https://docs.pyscript.net/latest/user-guide/configuration/#experimental_create_proxy. They stand in JavaScript, in
// JSON, in TOML, in Python's keyword arguments, and with !0 for true where a tool made the text smaller.
var (
	nullToNone  = regexp.MustCompile(`\bconvertNullToNone["']?\s*[:=]\s*(?:[Tt]rue\b|!0)`)
	literalMap  = regexp.MustCompile(`\btoJsLiteralMap["']?\s*[:=]\s*(?:[Tt]rue\b|!0)`)
	autoProxies = regexp.MustCompile(`\bexperimental_create_proxy["']?\s*[:=]\s*["']auto\b`)
)

// RuntimeIn is what a file sets up, by its name and its text.
func RuntimeIn(file, text string) Runtime {
	if !strings.Contains(text, "convertNullToNone") && !strings.Contains(text, "toJsLiteralMap") && !strings.Contains(text, "experimental_create_proxy") {
		return Runtime{}
	}
	name := strings.ToLower(path.Base(slashed(file)))
	kind := kindOf(name)
	if kind == host.Markdown || kind == host.Notebook {
		return Runtime{} // which speak of it
	}
	if kind == host.Unknown && path.Ext(name) == ".toml" {
		kind = host.Settings
	}
	text = uncommented(kind, text)
	return Runtime{
		NullToNone: nullToNone.MatchString(text), LiteralMap: literalMap.MatchString(text), AutoProxies: autoProxies.MatchString(text),
	}
}

// And is what two files set up together.
func (r Runtime) And(o Runtime) Runtime {
	return Runtime{r.NullToNone || o.NullToNone, r.LiteralMap || o.LiteralMap, r.AutoProxies || o.AutoProxies}
}
