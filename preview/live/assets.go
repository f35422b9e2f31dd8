package live

import (
	"embed"
	"io/fs"
)

// The console's page. It needs nothing but these files, and asks for them relative to itself.
//
//go:embed console
var assets embed.FS

// Console is the files of the console's page, with index.html at the top.
func Console() fs.FS {
	files, err := fs.Sub(assets, "console")
	if err != nil {
		panic(err) // the folder is built in
	}
	return files
}
