package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/lint"
)

func migrateCommand() *cobra.Command {
	var f checkFlags
	var from string
	newest := pyodide.AllVersions.Newest().String()
	c := &cobra.Command{
		Use:   "migrate --from VERSION [PATH…]",
		Short: "Find what breaks between two versions of Pyodide, and mend it.",
		Long: "Find what is right on one version of Pyodide and wrong on another: what check finds for --to and not for --from.\n" +
			"What is wrong on both is for check.\n\n" +
			"Exit status: 0 nothing at warning or above breaks, 1 something does, 2 wrong usage or configuration,\n" +
			"3 something could not be read or finished.",
		RunE: func(c *cobra.Command, args []string) error {
			if from == "" {
				return errors.New("--from is missing: say from which version of Pyodide, as in --from 0.27")
			}
			before, err := pyodide.ParseVersions(from)
			if err != nil {
				return fmt.Errorf("--from: %w", err)
			}
			after, err := pyodide.ParseVersions(f.target)
			switch {
			case err != nil:
				return fmt.Errorf("--to: %w", err)
			case before == after:
				return fmt.Errorf("--from and --to are both %s: nothing changes", after)
			}
			f.migration = lint.Migration{From: before}
			f.unbroken = fmt.Sprintf("Nothing that is right on Pyodide %s is known to be wrong on %s.\n", before, after)
			return f.run(c, args)
		},
	}
	flags := c.Flags()
	flags.StringVar(&from, "from", "", "the version of Pyodide that the code is for now, or several, such as 0.26..0.28")
	flags.StringVar(&f.target, "to", newest, "the version that it is to be for, or several")
	f.add(flags)
	return c
}
