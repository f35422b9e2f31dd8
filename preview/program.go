package preview

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"pyodide-ls/analysis/walk"
)

// The most that a program may bring with it.
const (
	maxFiles = 2000
	maxBytes = 16 << 20
)

// Gather is the program that a file of Python is, with what it can import: the Python in the folder of the file and
// below. It fails when the file cannot be read or is no text, and when there is more than a program's worth.
func Gather(ctx context.Context, file string) (Program, error) {
	p := Program{Files: map[string]string{}, Main: filepath.Base(file), How: Run}
	main, err := os.ReadFile(file)
	if err != nil {
		return p, err
	}
	if !utf8.Valid(main) {
		return p, fmt.Errorf("%s is not UTF-8", file)
	}
	dir := filepath.Dir(file)
	found, _ := walk.Files(ctx, []string{dir}, walk.Options{Want: isPython})
	size := 0
	for _, f := range found {
		name, err := filepath.Rel(dir, f.Path)
		if err != nil || len(p.Files) == maxFiles {
			break
		}
		data, err := os.ReadFile(f.Path)
		if size += len(data); size > maxBytes {
			return p, fmt.Errorf("%s holds more than %d MB of Python: run the file in a folder of its own", dir, maxBytes>>20)
		}
		if err == nil && utf8.Valid(data) { // what cannot be read cannot be imported
			p.Files[filepath.ToSlash(name)] = string(data)
		}
	}
	p.Files[p.Main] = string(main) // though an ignore rule leaves it out
	return p, nil
}

func isPython(name string) bool { return strings.EqualFold(filepath.Ext(name), ".py") }
