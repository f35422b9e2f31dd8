package serve

import (
	"path"
	"strings"
)

const (
	htmlText   = "text/html; charset=utf-8"
	scriptText = "text/javascript; charset=utf-8"
	jsonText   = "application/json; charset=utf-8"
	tomlText   = "application/toml; charset=utf-8"
	plainText  = "text/plain; charset=utf-8"
	gzip       = "application/gzip"
	octets     = "application/octet-stream"
)

// types are the content types by file ending. The machine's own table is not asked: it may lack .wasm or .mjs, and
// a browser runs neither under another type.
var types = map[string]string{
	".html": htmlText, ".htm": htmlText, ".xhtml": "application/xhtml+xml; charset=utf-8",
	".js": scriptText, ".mjs": scriptText, ".cjs": scriptText,
	".css": "text/css; charset=utf-8", ".wasm": "application/wasm",
	".json": jsonText, ".map": jsonText, ".ipynb": jsonText, ".webmanifest": "application/manifest+json; charset=utf-8",
	".toml": tomlText, ".yaml": "application/yaml; charset=utf-8", ".yml": "application/yaml; charset=utf-8",
	".xml": "application/xml; charset=utf-8",
	".py":  "text/x-python; charset=utf-8", ".pyi": "text/x-python; charset=utf-8",
	".txt": plainText, ".ts": plainText, ".md": "text/markdown; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".tsv": "text/tab-separated-values; charset=utf-8",

	".svg": "image/svg+xml; charset=utf-8", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
	".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav", ".mp4": "video/mp4", ".webm": "video/webm",
	".pdf": "application/pdf",

	".whl": "application/zip", ".zip": "application/zip", ".gz": gzip, ".tgz": gzip, ".tar": "application/x-tar",
	".bz2": "application/x-bzip2", ".xz": "application/x-xz", ".zst": "application/zstd",
	".data": octets, ".bin": octets,
}

// TypeOf is the content type of a file by its name.
func TypeOf(name string) string {
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return octets
}

// transformable says whether a file of the type is one that Options.Transform is for.
func transformable(contentType string) bool {
	switch contentType {
	case htmlText, scriptText, jsonText, tomlText:
		return true
	}
	return false
}
