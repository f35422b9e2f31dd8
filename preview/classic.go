package preview

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

var (
	importLine = regexp.MustCompile(`(?m)^import \{([^}]*)\} from "\./([\w-]+)\.mjs";$`)
	exportLine = regexp.MustCompile(`(?m)^export ((?:async )?(?:const|function|class) (\w+))`)
)

// classic makes one classic script of a module of ours and all that it imports. The first script of a page must be
// one: modules are run behind the scripts of the page. So must what is imported by a classic worker.
func classic(files fs.FS, name string) (string, error) {
	var all []string
	if err := bundle(files, name, map[string]bool{}, &all); err != nil {
		return "", err
	}
	return "(() => {\n" + strings.Join(all, "") + "})();\n", nil
}

// bundle appends a module as a constant that holds its exports, behind those that it imports.
func bundle(files fs.FS, name string, done map[string]bool, all *[]string) error {
	if done[name] {
		return nil
	}
	done[name] = true
	data, err := fs.ReadFile(files, name+".mjs")
	if err != nil {
		return fmt.Errorf("make a classic script: %w", err)
	}
	text := string(data)
	for _, m := range importLine.FindAllStringSubmatch(text, -1) {
		if err := bundle(files, m[2], done, all); err != nil {
			return err
		}
	}
	text = importLine.ReplaceAllString(text, `const {$1} = modules_$2;`)
	var names []string
	for _, m := range exportLine.FindAllStringSubmatch(text, -1) {
		names = append(names, m[2])
	}
	text = exportLine.ReplaceAllString(text, "$1")
	*all = append(*all, fmt.Sprintf("const modules_%s = (() => {\n%s\nreturn { %s };\n})();\n", name, text, strings.Join(names, ", ")))
	return nil
}
