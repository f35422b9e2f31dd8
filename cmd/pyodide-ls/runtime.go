package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"pyodide-ls/preview/dist"
)

func runtimeCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "runtime",
		Short: "Keep the Pyodide that code is run with.",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return errors.New("runtime: say install or list")
		},
	}
	c.AddCommand(runtimeInstallCommand(), runtimeListCommand())
	return c
}

func runtimeInstallCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "install [VERSION…]",
		Short: "Fetch Pyodide into the cache, with npm: versions or lines of it, pyscript, and with pip micropip (default: all).",
		RunE: func(c *cobra.Command, args []string) error {
			say := func(line string) { fmt.Fprintln(c.OutOrStdout(), line) }
			err := dist.Install(c.Context(), "", say, args...)
			var unknown *dist.UnknownError
			switch {
			case err == nil || errors.As(err, &unknown):
				return err
			case c.Context().Err() != nil:
				return finish(c, err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "pyodide-ls: %v\n", err)
			return status(exitTrouble)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return dist.Names(), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func runtimeListCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "list",
		Short: "List what is pinned, what of it is in the cache, and where that is.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			write := runtimeText
			switch format {
			case "text":
			case "json":
				write = runtimeJSON
			default:
				return fmt.Errorf("--output-format %s: it is one of text, json", format)
			}
			cache, err := dist.CacheDir()
			if err != nil {
				return err
			}
			all, err := dist.List(cache)
			if err != nil {
				return err
			}
			return write(c.OutOrStdout(), cache, all)
		},
	}
	c.Flags().StringVar(&format, "output-format", "text", "text or json")
	return c
}

func runtimeText(out io.Writer, cache string, all []dist.Item) error {
	var text strings.Builder
	var total int64
	for _, item := range all {
		size := "not in the cache"
		if item.Place != "" {
			size = megabytes(item.Bytes)
		}
		total += item.Bytes
		fmt.Fprintf(&text, "%-15s %-8s for Pyodide %-13s %16s\n", item.Package, item.Version, item.Lines, size)
	}
	fmt.Fprintf(&text, "\n%s in %s\n", megabytes(total), cache)
	_, err := io.WriteString(out, text.String())
	return err
}

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

func runtimeJSON(out io.Writer, cache string, all []dist.Item) error {
	type entry struct {
		Package string   `json:"package"`
		Version string   `json:"version"`
		Pyodide []string `json:"pyodide"` // lines
		Cached  bool     `json:"cached"`
		Path    string   `json:"path,omitempty"`
		Bytes   int64    `json:"bytes"`
	}
	report := struct {
		Cache string  `json:"cache"`
		Items []entry `json:"items"`
	}{cache, make([]entry, 0, len(all))}
	for _, item := range all {
		report.Items = append(report.Items, entry{
			item.Package, item.Version, item.Lines.Names(), item.Place != "", item.Place, item.Bytes,
		})
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}
