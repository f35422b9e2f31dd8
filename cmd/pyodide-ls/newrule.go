package main

import (
	"bytes"
	"embed"
	"fmt"
	"go/format"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/spf13/cobra"
)

//go:embed newrule.go.tmpl newrule.md.tmpl
var templates embed.FS

var kebab = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

func newRuleCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "newrule NAME",
		Short:  "Write the folder of a new rule (for developers, in the repository's top folder).",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			folder, err := writeRule("rules", args[0], ruleNames())
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "wrote %s and listed it in rules/rules.go; its tests fail until it finds something\n", folder)
			return nil
		},
	}
}

// writeRule writes a rule's two files below dir and lists all rules anew.
func writeRule(dir, name string, existing []string) (folder string, err error) {
	pkg := strings.ReplaceAll(name, "-", "")
	if !kebab.MatchString(name) || token.IsKeyword(pkg) || pkg == "main" || pkg == "analysis" {
		return "", fmt.Errorf("%q is no rule name: it is in kebab-case and names the mistake, and no Go keyword", name)
	}
	if slices.Contains(existing, name) {
		return "", fmt.Errorf("there is a rule %s already", name)
	}
	if _, err := os.Stat(filepath.Join(dir, "rules.go")); err != nil {
		return "", fmt.Errorf("run it in the repository's top folder: %w", err)
	}
	folder = filepath.Join(dir, pkg)
	if err := os.Mkdir(folder, 0o777); err != nil {
		return "", err
	}
	for pattern, file := range map[string]string{"newrule.go.tmpl": pkg + ".go", "newrule.md.tmpl": name + ".md"} {
		var b bytes.Buffer
		t := template.Must(template.ParseFS(templates, pattern))
		if err := t.Execute(&b, map[string]string{"Name": name, "Package": pkg}); err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(folder, file), b.Bytes(), 0o666); err != nil {
			return "", err
		}
	}
	names := append(slices.Clone(existing), name)
	slices.Sort(names)
	list, err := ruleList(names)
	if err != nil {
		return "", err
	}
	return folder, os.WriteFile(filepath.Join(dir, "rules.go"), list, 0o666)
}

// ruleList is the text of rules/rules.go for these rules.
func ruleList(names []string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("// Package rules lists the rules.\npackage rules\n\nimport (\n\t\"pyodide-ls/analysis\"\n")
	for _, n := range names {
		fmt.Fprintf(&b, "\t\"pyodide-ls/rules/%s\"\n", strings.ReplaceAll(n, "-", ""))
	}
	b.WriteString(")\n\n// All is every rule, sorted by name.\nvar All = []*analysis.Rule{\n")
	for _, n := range names {
		fmt.Fprintf(&b, "\t%s.Rule,\n", strings.ReplaceAll(n, "-", ""))
	}
	b.WriteString("}\n")
	return format.Source(b.Bytes())
}
