// Command modules writes what each supported release of Pyodide has for Python to import, as analysis/pyodide has it:
// names.txt and stdlib.txt as the releases say in a real browser, packages.txt as their lock files say.
//
//	go run ./scripts/modules
//
// It runs in the top folder of the repository. The releases are those that are pinned, the last one of each line.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := write(ctx, filepath.Join("analysis", "pyodide")); err != nil {
		fmt.Fprintln(os.Stderr, "modules:", err)
		os.Exit(1)
	}
}

// write writes the tables into a folder.
func write(ctx context.Context, dir string) error {
	packages, err := packages(ctx)
	if err != nil {
		return err
	}
	names, library, err := ask(ctx)
	if err != nil {
		return err
	}
	for file, text := range map[string]string{"packages.txt": packages, "names.txt": names, "stdlib.txt": library} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
