package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"pyodide-ls/analysis"
	"pyodide-ls/rules"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE",
		Short: "Print a rule's page.",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			rule := ruleNamed(args[0])
			if rule == nil {
				return unknownRule(args[0])
			}
			_, err := fmt.Fprintln(c.OutOrStdout(), rule.Page())
			return err
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func rulesCommand() *cobra.Command {
	var markdown bool
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if markdown {
				_, err := fmt.Fprint(c.OutOrStdout(), rules.Index())
				return err
			}
			for _, r := range rules.All {
				page := analysis.ParsePage(r.Doc)
				fmt.Fprintf(c.OutOrStdout(), "%-18s %-12s %-8s %s\n", r.Name, r.Group, r.Severity, page.Title)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&markdown, "markdown", false, "print the index of the rules' pages")
	return c
}

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the settings, for editors of TOML.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			schema, err := analysis.SettingsSchema(rules.All)
			if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(schema)
			return err
		},
	}
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version.",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(c.OutOrStdout(), "pyodide-ls %s\n", version())
			return err
		},
	}
}

// version is the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return strings.Trim(info.Main.Version, "()")
}

func ruleNamed(name string) *analysis.Rule {
	for _, r := range rules.All {
		if r.Name == name {
			return r
		}
	}
	return nil
}

func ruleNames() []string {
	var names []string
	for _, r := range rules.All {
		names = append(names, r.Name)
	}
	return names
}

func unknownRule(name string) error {
	if near := analysis.Nearest(name, ruleNames()); near != "" {
		return fmt.Errorf("there is no rule %q; did you mean %s?", name, near)
	}
	return fmt.Errorf("there is no rule %q; the rules are %s", name, strings.Join(ruleNames(), ", "))
}
