package lsp

import (
	"cmp"
	"strings"

	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/syntax/host"
)

// languages are the kinds of documents by what editors call their languages. Some of these names are those of
// extensions for one editor, and some are what Emacs makes of the name of a mode.
var languages = map[protocol.LanguageKind]host.Kind{
	"python": host.Python,
	"html":   host.HTML, "mhtml": host.HTML, "jinja": host.HTML, "jinja-html": host.HTML, "jinja2": host.HTML,
	"htmldjango": host.HTML, "django-html": host.HTML, "handlebars": host.HTML, "erb": host.HTML, "eruby": host.HTML,
	"svelte": host.Component, "vue": host.Component, "astro": host.Component,
	"javascript": host.JavaScript, "javascriptreact": host.JavaScript, "js": host.JavaScript, "js2": host.JavaScript,
	"typescript": host.TypeScript, "ts": host.TypeScript, "typescriptreact": host.TSX, "tsx": host.TSX,
	"markdown": host.Markdown, "mdx": host.Markdown, "quarto": host.Markdown, "gfm": host.Markdown,
	"jupyter": host.Notebook,
}

// parts are what stands behind a dot in the language of an editor that joins two.
var parts = map[string]host.Kind{"jsx": host.JavaScript, "tsx": host.TSX}

// kindOf is the kind of a document. The editor's word counts more than the name: a person may have told it.
// TOML and JSON are everybody's, and a mode for all of the web is no language, so there the name decides.
func kindOf(language protocol.LanguageKind, path string) host.Kind {
	if kind, ok := languages[language]; ok {
		return kind
	}
	if whole, part, ok := strings.Cut(string(language), "."); ok { // javascript.jsx, html.twig, jinja.html
		return cmp.Or(parts[part], languages[protocol.LanguageKind(whole)], languages[protocol.LanguageKind(part)])
	}
	switch language {
	case "toml", "conf-toml", "json", "jsonc", "web", "":
		return host.Of(path)
	}
	return host.Unknown
}
