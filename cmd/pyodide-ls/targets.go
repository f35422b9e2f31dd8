package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"

	"pyodide-ls/analysis"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules"
)

func targetsCommand() *cobra.Command {
	var format string
	var differing bool
	c := &cobra.Command{
		Use:   "targets [RULE…]",
		Short: "Print what each version of Pyodide does, as a browser showed it: of every rule, or of each example of some.",
		Long: "Print what each version of Pyodide does, as a browser showed it.\n\n" +
			"Without a rule: how many of each rule's bad examples fail. With rules: what each example did.",
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return fmt.Errorf("--output-format %s: it is one of text, json", format)
			}
			chosen := rules.All
			if len(args) > 0 {
				chosen = nil
			}
			for _, name := range args {
				rule := ruleNamed(name)
				if rule == nil {
					return unknownRule(name)
				}
				chosen = append(chosen, rule)
			}
			t := behaviourOf(chosen, differing)
			if format == "json" {
				encoder := json.NewEncoder(c.OutOrStdout())
				encoder.SetIndent("", "  ")
				return encoder.Encode(t)
			}
			return t.print(c.OutOrStdout(), len(args) > 0)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
	}
	c.Flags().StringVar(&format, "output-format", "text", "text or json")
	c.Flags().BoolVar(&differing, "changes", false, "only what is not the same on all versions")
	return c
}

// behaviour is what releases of Pyodide did with the examples of rules.
type behaviour struct {
	Releases []string   `json:"releases"`
	Rules    []measured `json:"rules"`
}

// measured is what the examples of one rule did.
type measured struct {
	Rule string      `json:"rule"`
	Rows []proof.Row `json:"examples"`
}

// behaviourOf reads the tables of pages; differing leaves out the rows in which all releases did the same.
func behaviourOf(chosen []*analysis.Rule, differing bool) (b behaviour) {
	for _, rule := range chosen {
		releases, rows := proof.Rows(rule.Doc)
		if differing {
			rows = slices.DeleteFunc(rows, func(r proof.Row) bool {
				return !slices.ContainsFunc(releases, func(release string) bool { return r.Observed[release] != r.Observed[releases[0]] })
			})
		}
		if len(rows) > 0 {
			b.Releases = releases
			b.Rules = append(b.Rules, measured{rule.Name, rows})
		}
	}
	return b
}

// print writes the table for a person: a line for each example, or for all of a rule together.
func (b behaviour) print(out io.Writer, each bool) error {
	lines := [][]string{slices.Concat([]string{"rule", "on"}, b.Releases)}
	if each {
		lines[0] = slices.Concat([]string{"example", "on"}, b.Releases)
	}
	for _, m := range b.Rules {
		if !each {
			lines = append(lines, m.together(b.Releases)...)
			continue
		}
		for _, r := range m.Rows {
			line := []string{m.Rule + ", " + r.Example, r.Setting}
			for _, release := range b.Releases {
				line = append(line, r.Observed[release])
			}
			lines = append(lines, line)
		}
	}
	if len(b.Rules) == 0 {
		lines = [][]string{{"nothing of that kind was measured"}}
	}
	_, err := io.WriteString(out, columns(lines))
	return err
}

// together are a rule's lines, one for each setting: how many of the bad examples fail.
func (m measured) together(releases []string) (lines [][]string) {
	var settings []string
	for _, r := range m.Rows {
		if strings.HasPrefix(r.Example, "bad") && !slices.Contains(settings, r.Setting) {
			settings = append(settings, r.Setting)
		}
	}
	for _, setting := range settings {
		line := []string{m.Rule, setting}
		for _, release := range releases {
			all, fail := 0, 0
			for _, r := range m.Rows {
				if r.Setting != setting || !strings.HasPrefix(r.Example, "bad") {
					continue
				}
				all++
				if r.Observed[release] != proof.Works {
					fail++
				}
			}
			switch fail {
			case all:
				line = append(line, "fails")
			case 0:
				line = append(line, "works")
			default:
				line = append(line, fmt.Sprintf("%d of %d fail", fail, all))
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// columns writes lines of cells below each other.
func columns(lines [][]string) string {
	var widths []int
	for _, line := range lines {
		for i, cell := range line {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		for i, cell := range line {
			if i == len(line)-1 {
				b.WriteString(cell)
				break
			}
			b.WriteString(runewidth.FillRight(cell, widths[i]+2))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
