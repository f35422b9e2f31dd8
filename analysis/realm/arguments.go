package realm

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// arguments are the words of a command behind its name.
func arguments(text string) []string {
	var all []string
	for _, word := range strings.Fields(text) {
		if word == "#" {
			break
		}
		all = append(all, strings.Trim(word, `"',[]()`))
	}
	return all
}

// panelFiles are the files that panel converts for a worker, or for a page, which it does if nothing else is asked.
// Source: https://panel.holoviz.org/how_to/wasm/convert.html
func panelFiles(args string, worker bool) []string {
	words := arguments(args)
	to, option := "pyodide", ""
	var inputs []string
	for _, word := range words {
		switch {
		case strings.HasPrefix(word, "-"):
			if value, ok := strings.CutPrefix(word, "--to="); ok {
				to = value
			}
			option = word
		case option == "--to":
			to, option = word, ""
		case option != "--exclude" && option != "--requirements" && option != "--resources": // which take lists
			inputs = append(inputs, word)
		}
	}
	files := named(inputs, ".py", ".ipynb")
	format, inWorker := strings.CutSuffix(to, "-worker")
	switch {
	case inWorker != worker || format != "pyodide" && format != "pyscript":
		return nil
	case len(files) == 0 || words[0] != files[0] && !strings.HasPrefix(words[0], "-"):
		return nil // or it is a sentence
	}
	return files
}

// marimoFiles are the notebooks that marimo is to export: all of them, if a variable stands for one.
func marimoFiles(args string) []string {
	if files := named(arguments(args), ".py"); len(files) > 0 {
		return files
	}
	return []string{"**/*.py"}
}

// liteFiles are the notebooks of a JupyterLite.
func liteFiles(args string) []string {
	m := contents.FindStringSubmatch(args)
	if m == nil {
		return nil
	}
	return notebooksIn(m[1])
}

var contents = regexp.MustCompile(`--contents[ =]` + pathOf)

// named are the paths among the words of a command that end so.
func named(words []string, endings ...string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
		return !slices.Contains(endings, path.Ext(word)) || !literal.MatchString(word)
	})
}

var literal = regexp.MustCompile(`^(?:\./)?\w[\w./*-]*$`)

func pythonBelow(p string) []string { return []string{path.Join(p, "**/*.py"), p} }

func pythonAt(p string) []string {
	if path.Ext(p) != ".py" {
		return nil
	}
	return []string{p}
}

// moduleAt are the files that a module may be, which is named as Python does or by its path.
func moduleAt(p string) []string {
	if path.Ext(p) == ".py" {
		return []string{p}
	}
	module := strings.ReplaceAll(p, ".", "/")
	return []string{module + ".py", module + "/__init__.py"}
}

func scriptAt(p string) []string {
	switch path.Ext(p) {
	case ".js", ".mjs", ".cjs", ".ts", ".mts":
		return []string{p}
	}
	return nil
}

func testScripts(args string) []string {
	if strings.Contains(args, "browser") {
		return nil
	}
	return []string{"**/*.{test,spec}.{js,mjs,ts,mts,tsx}"}
}
