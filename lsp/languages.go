package lsp

import (
	"go.lsp.dev/protocol"

	"pyodide-ls/analysis/syntax/host"
)

// languages are the kinds of documents by what editors call their languages. Some of these names are those of
// extensions for one editor.
var languages = map[protocol.LanguageKind]host.Kind{
	"python": host.Python,
	"html":   host.HTML, "jinja": host.HTML, "jinja-html": host.HTML, "jinja2": host.HTML, "htmldjango": host.HTML,
	"django-html": host.HTML, "handlebars": host.HTML, "erb": host.HTML, "eruby": host.HTML,
	"svelte": host.Component, "vue": host.Component, "astro": host.Component,
	"javascript": host.JavaScript, "javascriptreact": host.JavaScript,
	"typescript": host.TypeScript, "typescriptreact": host.TSX,
	"markdown": host.Markdown, "mdx": host.Markdown, "quarto": host.Markdown,
}

// kindOf is the kind of a document. The editor's word counts more than the name: a person may have told it.
// TOML and JSON are everybody's, so there the name decides.
func kindOf(language protocol.LanguageKind, path string) host.Kind {
	if kind, ok := languages[language]; ok {
		return kind
	}
	switch language {
	case "toml", "json", "jsonc", "":
		return host.Of(path)
	}
	return host.Unknown
}
