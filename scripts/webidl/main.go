// Command webidl prints what the web platform does with what it is given, as analysis/pyodide/web.txt has it: read from
// the WebIDL of all specifications, and from what is known of which browsers have what.
//
//	go run ./scripts/webidl DIR
//
// DIR holds the node_modules of package.json; make generate installs them.
package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed parse.mjs
var parser string

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: webidl DIR")
		os.Exit(2)
	}
	if err := generate(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "webidl:", err)
		os.Exit(1)
	}
}

// generate reads the packages in a folder and writes the text.
func generate(w io.Writer, dir string) error {
	parse := exec.Command("node", "--input-type=module", "-")
	parse.Dir, parse.Stdin, parse.Stderr = dir, strings.NewReader(parser), os.Stderr
	parsed, err := parse.Output()
	if err != nil {
		return fmt.Errorf("parse the WebIDL: %w", err)
	}
	all, err := definitions(parsed)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(filepath.Join(dir, "node_modules", "@mdn", "browser-compat-data", "data.json"))
	if err != nil {
		return err
	}
	has, err := readSupport(text)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, gather(all, has).text())
	return err
}
