package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// begins is what the table of a page begins with, and no other table does.
const begins = "| measured in Chromium | on |"

// Header is the first line of the table of a page. The names are those of the releases that were measured, by line.
func Header(names map[pyodide.Version]string) string {
	line := begins
	for _, v := range slices.Sorted(maps.Keys(names)) {
		line += " " + names[v] + " |"
	}
	return line
}

// Measured is a rule's page with the table of what a browser showed behind its proof, in place of the one that was
// there: each bad example in each setting, version by version, and all others together. Results are those of the rule
// alone, in the order of All; without any there is no table.
func Measured(doc string, results []Result, names map[pyodide.Version]string) string {
	head, behind, _ := strings.Cut(doc, "\n```proof\n")
	lines, behind, closed := strings.Cut(behind, "\n```\n")
	if !closed {
		return doc
	}
	if rest := strings.TrimLeft(behind, "\n"); strings.HasPrefix(rest, begins) {
		behind = rest
		for strings.HasPrefix(behind, "|") {
			_, behind, _ = strings.Cut(behind, "\n")
		}
	}
	page := head + "\n```proof\n" + lines + "\n```\n"
	if len(results) > 0 {
		page += "\n" + table(results, names)
	}
	if rest := strings.TrimLeft(behind, "\n"); rest != "" {
		page += "\n" + rest
	}
	return page
}

func table(results []Result, names map[pyodide.Version]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n|%s\n", Header(names), strings.Repeat(" --- |", 2+len(names)))
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
		for _, v := range slices.Sorted(maps.Keys(names)) {
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

// Row is a line of the table of a page: what an example showed in a setting, by the release that was measured.
type Row struct {
	Example  string            `json:"example"` // "bad 1", or "the others"
	Setting  string            `json:"on"`      // "main thread, no JSPI"
	Observed map[string]string `json:"observed"`
}

// Works is what the table says of an example that shows none of the claims.
const Works = "works"

// Rows are the lines of the table of a page, and the releases of its columns; none where it has no table.
func Rows(doc string) (releases []string, rows []Row) {
	_, table, _ := strings.Cut(doc, "\n"+begins)
	head, table, _ := strings.Cut(table, "\n")
	releases = cells("|" + head)
	_, table, _ = strings.Cut(table, "\n") // the line below the head
	for line := range strings.Lines(table) {
		of := cells(strings.TrimSuffix(line, "\n"))
		if len(of) != 2+len(releases) {
			break
		}
		row := Row{of[0], of[1], map[string]string{}}
		for i, release := range releases {
			row.Observed[release] = of[2+i]
		}
		rows = append(rows, row)
	}
	return releases, rows
}

// cells are those of a line of a table, none if it is no such line.
func cells(line string) (all []string) {
	line, is := strings.CutPrefix(line, "|")
	if !is {
		return nil
	}
	for cell := range strings.SplitSeq(strings.TrimSuffix(line, "|"), "|") {
		if cell = strings.TrimSpace(cell); cell != "" {
			all = append(all, cell)
		}
	}
	return all
}
