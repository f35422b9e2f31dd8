package proof

import (
	"fmt"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// Measured is a rule's page with the table of what a browser showed behind its proof: each bad example in each setting,
// version by version, and all others together. The names are those of the releases, by line. Results are those of the
// rule alone, in the order of All.
func Measured(doc string, results []Result, names map[pyodide.Version]string) string {
	end := strings.LastIndex(doc, "\n```")
	if end < 0 || len(results) == 0 {
		return doc
	}
	return doc[:end] + "\n```\n\n" + table(results, names)
}

func table(results []Result, names map[pyodide.Version]string) string {
	var b strings.Builder
	var versions []string
	for _, v := range pyodide.AllVersions.Each() {
		versions = append(versions, names[v])
	}
	fmt.Fprintf(&b, "| measured in Chromium | on | %s |\n|%s\n", strings.Join(versions, " | "), strings.Repeat(" --- |", 2+len(versions)))
	var rows []row
	for _, r := range results {
		name := fmt.Sprintf("%s %d", r.Fence.Role, r.Number)
		if r.Fence.Role != "bad" {
			name = "the others"
		}
		rows = put(rows, name, r)
	}
	slices.SortStableFunc(rows, func(a, b row) int { // the others last
		return strings.Compare(strings.TrimRight(a.name, "0123456789"), strings.TrimRight(b.name, "0123456789"))
	})
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |", r.name, r.setting)
		for _, v := range pyodide.AllVersions.Each() {
			fmt.Fprintf(&b, " %s |", strings.Join(r.words[v], ", "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// row is what examples of a name showed in one setting, by version.
type row struct {
	name, setting string
	words         map[pyodide.Version][]string
}

func put(rows []row, name string, r Result) []row {
	i := slices.IndexFunc(rows, func(o row) bool { return o.name == name && o.setting == r.Mode.Setting() })
	if i < 0 {
		i, rows = len(rows), append(rows, row{name, r.Mode.Setting(), map[pyodide.Version][]string{}})
	}
	word := r.Word
	if r.Problem != "" {
		word = "?"
	}
	if words := rows[i].words[r.Mode.Version]; !slices.Contains(words, word) {
		rows[i].words[r.Mode.Version] = append(words, word)
	}
	return rows
}

// Of are the results of a rule.
func Of(results []Result, r *analysis.Rule) []Result {
	return slices.DeleteFunc(slices.Clone(results), func(o Result) bool { return o.Rule != r })
}
