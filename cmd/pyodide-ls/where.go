package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

type whereFlags struct {
	format, target, colour string
	noIgnore               bool
}

func whereCommand() *cobra.Command {
	var f whereFlags
	c := &cobra.Command{
		Use:   "where [PATH…]",
		Short: "Say where the Python in files and folders runs, how it is entered, on which Pyodide, and what says so.",
		RunE:  func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	flags := c.Flags()
	flags.StringVar(&f.format, "output-format", "text", "text or json")
	flags.StringVar(&f.colour, "color", "auto", "auto, always or never")
	flags.StringVar(&f.target, "target", "", "the versions of Pyodide that the code is for, such as 0.28 or 0.27..314 (default: what the project says)")
	flags.BoolVar(&f.noIgnore, "no-ignore", false, "look at files that .gitignore leaves out, too")
	return c
}

func (f *whereFlags) run(c *cobra.Command, args []string) error {
	if f.format != "text" && f.format != "json" {
		return fmt.Errorf("--output-format %s: it is one of text, json", f.format)
	}
	if err := knownColour(f.colour); err != nil {
		return err
	}
	target, err := targetOf(f.target)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	found, err := lint.Where(c.Context(), lint.Options{Paths: args, Rules: rules.All, Target: target, NoIgnore: f.noIgnore})
	if err != nil {
		return finish(c, err)
	}
	out := c.OutOrStdout()
	if f.format == "json" {
		err = lint.PlacesJSON(out, found)
	} else {
		err = lint.PlacesText(out, found, colourful(out, f.colour))
	}
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return sayTroubles(c.ErrOrStderr(), found.Troubles)
}

// targetOf reads the versions that the command line asks for, none if it does not.
func targetOf(text string) (pyodide.Versions, error) {
	if text == "" {
		return 0, nil
	}
	target, err := pyodide.ParseVersions(text)
	if err != nil {
		return 0, fmt.Errorf("--target: %w", err)
	}
	return target, nil
}
