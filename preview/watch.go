package preview

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"
)

// Watch says how the pages of a site's root are watched, which stand as somebody wrote them.
type Watch struct {
	Pyodide string        // the version that they load in place of the content network's; empty for what they name
	NoJSPI  bool          // takes JavaScript Promise Integration from the browser
	Silence time.Duration // for how long Python may not answer before it is interrupted
}

var (
	// headStart is what stands before the first thing in a page's head. Nothing before it runs.
	headStart = regexp.MustCompile(`(?is)^\x{FEFF}?(?:\s+|<!--.*?-->|<[!?][^>]*>|<(?:html|head)(?:\s(?:"[^"]*"|'[^']*'|[^>"'])*)?>)*`)
	anyTag    = regexp.MustCompile(`(?is)<(?:script|link)\s(?:"[^"]*"|'[^']*'|[^>"'])*>`)
	integrity = regexp.MustCompile(`(?i)\bintegrity\s*=\s*(?:"[^"]*"|'[^']*')`)
	exported  = regexp.MustCompile(`export\s*\{\s*([\w$]+) as loadPyodide\b`)
)

// transform has the pages of the root watched, and what they load come from here. Every line stays where it is.
func (e *Engine) transform(name, contentType string, body []byte) []byte {
	text := e.localize(string(body))
	switch {
	case strings.HasPrefix(contentType, "text/html"):
		text = e.first(text)
	case path.Base(name) == "pyodide.mjs" || path.Base(name) == "pyodide.js": // the project's own
		text = e.hook(name, text)
	}
	return []byte(text)
}

// localize replaces the addresses of the Pyodides and PyScripts that a text names.
func (e *Engine) localize(text string) string {
	version := e.site.Watch.Pyodide
	if version == "" {
		return text
	}
	text = Local(text, e.Address(PyodideAt(version)))
	if e.site.PyScript[version] != nil {
		text = localPyScript(text, e.Address(pyScriptAt(version)))
	}
	// What is loaded from here has not the hash that the page expects.
	return anyTag.ReplaceAllStringFunc(text, func(tag string) string {
		if !strings.Contains(tag, e.Address(ours)) {
			return tag
		}
		return integrity.ReplaceAllLiteralString(tag, "")
	})
}

// first puts the script that watches a page before all others, in the line that is there.
func (e *Engine) first(text string) string {
	at := len(headStart.FindString(text))
	return fmt.Sprintf(`%s<script src="%spage/first.js?silence=%d"></script>%s`, text[:at], ours, e.site.Watch.Silence.Milliseconds(), text[at:])
}

// hook has a script of Pyodide's hand what it loads to the observer of its realm.
func (e *Engine) hook(name, text string) string {
	browser := fmt.Sprintf("{jspi:%t}", !e.site.Watch.NoJSPI)
	if strings.HasSuffix(name, ".js") {
		return text + fmt.Sprintf(`
;(() => {
  const key = Symbol.for("pyodide-ls");
  try {
    if (!globalThis[key]) importScripts(new URL("%spage/hooked.js", self.location.origin));
  } catch {} // neither a page that is watched nor a classic worker
  if (globalThis[key]) globalThis.loadPyodide = globalThis[key].hook(globalThis.loadPyodide, %s);
})();
`, ours, browser)
	}
	if !exported.MatchString(text) {
		return text
	}
	text = exported.ReplaceAllString(text, `const hookedByPreview=globalThis[Symbol.for("pyodide-ls")].hook($1,`+browser+`);export{hookedByPreview as loadPyodide`)
	return text + fmt.Sprintf("\nimport \"%spage/hooked.mjs\";\n", ours)
}
