package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pyodide-ls/analysis"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

type checkFlags struct {
	format, stdinName, least string
	colour                   string
	exitZero, fix, diff      bool
	noIgnore                 bool
	only, without            []string
	target                   string
	migration                lint.Migration // of migrate
	unbroken                 string         // what it says when nothing breaks
}

func checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check [PATH…]",
		Short: "Find mistakes in files and folders (the current folder if none is named; - is standard input).",
		Long: "Find mistakes in files and folders.\n\n" +
			"Exit status: 0 nothing at warning or above, 1 findings, 2 wrong usage or configuration,\n" +
			"3 something could not be read or finished.",
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args) },
	}
	flags := c.Flags()
	flags.StringVar(&f.target, "target", "", "the versions of Pyodide that the code is for, such as 0.28 or 0.27..314 (default: what the project says)")
	f.add(flags)
	return c
}

// add adds the flags of a command that checks.
func (f *checkFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.format, "output-format", "text", "text, json, github or sarif")
	flags.StringVar(&f.least, "min-severity", "info", "least severity to report: hint, info, warning or error")
	flags.StringVar(&f.stdinName, "stdin-filename", "", "the path that standard input stands for")
	flags.StringVar(&f.colour, "color", "auto", "auto, always or never")
	flags.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 even when there are findings")
	flags.BoolVar(&f.fix, "fix", false, "apply the safe fixes")
	flags.BoolVar(&f.diff, "diff", false, "show what --fix would do, and change nothing")
	flags.BoolVar(&f.noIgnore, "no-ignore", false, "look at files that .gitignore leaves out, too")
	flags.StringSliceVar(&f.only, "select", nil, "run only these rules")
	flags.StringSliceVar(&f.without, "ignore", nil, "leave out these rules")
}

func (f *checkFlags) run(c *cobra.Command, args []string) error {
	least, err := f.validate(args)
	if err != nil {
		return err
	}
	target, err := targetOf(f.target)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"."}
	}
	options := lint.Options{
		Paths: args, Stdin: c.InOrStdin(), StdinName: f.stdinName, Rules: rules.All, Only: f.only, Without: f.without,
		Target: target, Migration: f.migration, NoIgnore: f.noIgnore, Fix: f.fix || f.diff,
	}
	result, err := lint.Run(c.Context(), options)
	if err != nil {
		return finish(c, err)
	}
	out := c.OutOrStdout()
	if f.diff || f.fix {
		var done bool
		if result, done, err = f.repair(c, options, result); done || err != nil {
			return err
		}
	}
	result = result.AtLeast(least)
	if err := f.report(out, result); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return f.verdict(c.ErrOrStderr(), result)
}

// finish tells an interrupted run from wrong settings.
func finish(c *cobra.Command, err error) error {
	if c.Context().Err() != nil {
		fmt.Fprintln(c.ErrOrStderr(), "pyodide-ls: interrupted")
		return status(exitTrouble)
	}
	return err
}

func (f *checkFlags) validate(args []string) (analysis.Severity, error) {
	least, ok := analysis.ParseSeverity(f.least)
	if !ok || least == analysis.Off {
		return 0, fmt.Errorf("--min-severity %s: it is one of hint, info, warning, error", f.least)
	}
	if !slices.Contains([]string{"text", "json", "github", "sarif"}, f.format) {
		return 0, fmt.Errorf("--output-format %s: it is one of text, json, github, sarif", f.format)
	}
	if err := knownColour(f.colour); err != nil {
		return 0, err
	}
	if f.fix && f.diff {
		return 0, fmt.Errorf("--fix and --diff exclude each other: --diff changes nothing")
	}
	for _, name := range slices.Concat(f.only, f.without) {
		if ruleNamed(name) == nil {
			return 0, unknownRule(name)
		}
	}
	if slices.Contains(args, "-") && len(args) > 1 {
		return 0, fmt.Errorf("- stands alone: standard input and files are checked apart")
	}
	if f.stdinName != "" && !slices.Contains(args, "-") {
		return 0, fmt.Errorf("--stdin-filename goes with -")
	}
	return least, nil
}

// repair shows or applies the safe fixes, and then looks again. done says that everything has been said.
func (f *checkFlags) repair(c *cobra.Command, options lint.Options, result lint.Result) (left lint.Result, done bool, err error) {
	changes := lint.Changes(result)
	switch {
	case f.diff:
		return result, true, f.show(c, result, changes)
	case slices.Contains(options.Paths, "-"):
		return result, true, f.repairStdin(c, options, result, changes)
	case len(changes) == 0:
		return result, false, nil
	}
	var failed []lint.Trouble
	for _, change := range changes {
		if err := change.Write(); err != nil {
			failed = append(failed, lint.Trouble{Path: change.Path, Message: err.Error()})
			continue
		}
		fmt.Fprintf(c.ErrOrStderr(), "fixed %d in %s\n", change.Count, change.Path)
	}
	options.Fix = false
	if left, err = lint.Run(c.Context(), options); err != nil {
		return result, true, finish(c, err)
	}
	left.Troubles = append(left.Troubles, failed...)
	return left, false, nil
}

// show prints what the fixes would change; there is something to do when they would change anything.
func (f *checkFlags) show(c *cobra.Command, result lint.Result, changes []lint.Change) error {
	for _, change := range changes {
		if _, err := fmt.Fprint(c.OutOrStdout(), change.Diff()); err != nil {
			return fmt.Errorf("write the difference: %w", err)
		}
	}
	if len(changes) > 0 && !f.exitZero && len(result.Troubles) == 0 {
		return status(exitFindings)
	}
	return f.verdict(c.ErrOrStderr(), lint.Result{Troubles: result.Troubles})
}

// repairStdin prints the fixed text, and nothing else; what is left goes into the exit status.
func (f *checkFlags) repairStdin(c *cobra.Command, options lint.Options, result lint.Result, changes []lint.Change) error {
	if len(result.Troubles) > 0 {
		return f.verdict(c.ErrOrStderr(), result)
	}
	text := result.Stdin
	if len(changes) > 0 {
		text = changes[0].Fixed
		options.Stdin, options.Fix = strings.NewReader(text), false
		left, err := lint.Run(c.Context(), options)
		if err != nil {
			return finish(c, err)
		}
		result = left
	}
	if _, err := io.WriteString(c.OutOrStdout(), text); err != nil {
		return fmt.Errorf("write the fixed text: %w", err)
	}
	least, _ := analysis.ParseSeverity(f.least) // validate has seen it
	return f.verdict(c.ErrOrStderr(), result.AtLeast(least))
}

func (f *checkFlags) report(out io.Writer, result lint.Result) error {
	switch f.format {
	case "json":
		return lint.JSON(out, result)
	case "github":
		return lint.GitHub(out, result)
	case "sarif":
		return lint.SARIF(out, result, rules.All, version())
	}
	if f.unbroken != "" && len(result.Files) == 0 {
		_, err := io.WriteString(out, f.unbroken)
		return err
	}
	return lint.Text(out, result, colourful(out, f.colour))
}

func knownColour(colour string) error {
	if !slices.Contains([]string{"auto", "always", "never"}, colour) {
		return fmt.Errorf("--color %s: it is one of auto, always, never", colour)
	}
	return nil
}

// colourful says whether to colour: on a terminal, and not where NO_COLOR is set (https://no-color.org).
func colourful(out io.Writer, colour string) bool {
	if colour != "auto" {
		return colour == "always"
	}
	file, ok := out.(*os.File)
	return ok && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isatty.IsTerminal(file.Fd())
}

// sayTroubles says the troubles, one line each; there is an exit status for having any.
func sayTroubles(log io.Writer, all []lint.Trouble) error {
	for _, t := range all {
		fmt.Fprintf(log, "pyodide-ls: %s: %s\n", t.Path, t.Message)
	}
	if len(all) > 0 {
		return status(exitTrouble)
	}
	return nil
}

// verdict says the troubles, one line each, and gives the exit status.
func (f *checkFlags) verdict(log io.Writer, result lint.Result) error {
	_ = sayTroubles(log, result.LeftOut) // on purpose, which is no failure
	if err := sayTroubles(log, result.Troubles); err != nil {
		return err
	}
	switch {
	case result.Worst() >= analysis.Warning && !f.exitZero:
		return status(exitFindings)
	}
	return nil
}
