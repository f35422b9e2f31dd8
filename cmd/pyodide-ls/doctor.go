package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/lint"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/rules"
)

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor [FILE…]",
		Short: "Say what this program is, what it found here, and for files which settings are in effect and what says so.",
		Long: "Say what this program is, which browser and which Pyodides it found, and for each file which settings are in\n" +
			"effect, with the line that says each, and where its Python runs. It is what a report of a mistake should hold.\n\n" +
			"Exit status: 0 all is well, 2 wrong usage or settings, 3 a file could not be read.",
		RunE: func(c *cobra.Command, args []string) error {
			out := c.OutOrStdout()
			if _, err := io.WriteString(out, aboutProgram()); err != nil {
				return fmt.Errorf("write the report: %w", err)
			}
			for _, file := range args {
				if err := sayFile(c, out, file); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// aboutProgram says what the program is, and what it found on the machine.
func aboutProgram() string {
	var text strings.Builder
	binary, err := os.Executable()
	if err != nil {
		binary = err.Error()
	}
	fmt.Fprintf(&text, "pyodide-ls %s, %s/%s, %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	fmt.Fprintf(&text, "  binary   %s\n", binary)
	fmt.Fprintf(&text, "  rules    %d\n", len(rules.All))
	fmt.Fprintf(&text, "  browser  %s\n", browserHere())
	fmt.Fprintf(&text, "  runtimes %s\n", runtimesHere())
	return text.String()
}

func browserHere() string {
	path, err := preview.FindBrowser()
	switch {
	case err != nil:
		return "none: " + err.Error()
	case os.Getenv(preview.BrowserVariable) != "":
		return path + ", which " + preview.BrowserVariable + " names"
	}
	return path
}

// runtimesHere are the Pyodides in the cache.
func runtimesHere() string {
	cache, err := dist.CacheDir()
	if err != nil {
		return "none: " + err.Error()
	}
	all, err := dist.List(cache)
	if err != nil {
		return "none: " + err.Error()
	}
	var here []string
	for _, item := range all {
		if item.Place != "" {
			here = append(here, item.Package+" "+item.Version)
		}
	}
	if len(here) == 0 {
		return "none in " + cache
	}
	return strings.Join(here, ", ") + " in " + cache
}

// sayFile says of a file which settings are in effect, and where its Python runs.
func sayFile(c *cobra.Command, out io.Writer, file string) error {
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("%s: no such file", file)
	}
	settings, err := config.NewFinder(analysis.KnownToSettings(rules.All)).For(filepath.Dir(file))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%s\n", filepath.ToSlash(file))
	origins := settings.Origins(file)
	switch {
	case settings.Path == "":
		fmt.Fprintln(out, "  settings none: there is no pyodide-ls.toml above it, and no pyproject.toml with [tool.pyodide-ls]")
	case settings.Excluded(file, false):
		fmt.Fprintf(out, "  settings %s, which leaves it out\n", settings.Path)
	case len(origins) == 0:
		fmt.Fprintf(out, "  settings %s, which says nothing of it\n", settings.Path)
	default:
		fmt.Fprintf(out, "  settings %s\n", settings.Path)
	}
	for _, o := range origins {
		fmt.Fprintf(out, "    %-24s %-16s line %d\n", o.Setting, o.Value, o.Line)
	}
	found, err := lint.Where(c.Context(), lint.Options{Paths: []string{file}, Rules: rules.All})
	if err != nil {
		return finish(c, err)
	}
	if err := lint.PlacesText(out, found, false); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return sayTroubles(c.ErrOrStderr(), found.Troubles)
}
