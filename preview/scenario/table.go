package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"pyodide-ls/analysis/pyodide"
)

// What the table of what was measured stands between, in a README.
const (
	begins = "<!-- measured -->\n"
	ends   = "<!-- /measured -->"
)

// Measured is a README with the table of what was measured, by version, in place of the one that was there. It fails
// where a README has no place for one.
func Measured(readme string, measured map[pyodide.Version][]Measure) (string, error) {
	head, rest, found := strings.Cut(readme, begins)
	_, behind, closed := strings.Cut(rest, ends)
	if !found || !closed {
		return readme, fmt.Errorf("the README has no lines %q and %q", strings.TrimSpace(begins), ends)
	}
	return head + begins + table(measured) + ends + behind, nil
}

// Rows are the names of what a table in a README has measured, with their units.
func Rows(readme string) (names []string) {
	_, rest, _ := strings.Cut(readme, begins)
	text, _, _ := strings.Cut(rest, ends)
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if cells := strings.Split(line, "|"); i > 1 && len(cells) > 1 {
			names = append(names, strings.TrimSpace(cells[1]))
		}
	}
	return names
}

// Title is what a measure is called in a table.
func (m Measure) Title() string { return m.Name + ", " + m.Unit }

func table(measured map[pyodide.Version][]Measure) string {
	var b strings.Builder
	head, rule := "| measured |", "| --- |"
	var names []string
	cells := map[string]map[pyodide.Version]string{}
	for _, v := range pyodide.AllVersions.Each() {
		head, rule = head+" "+v.String()+" |", rule+" --- |"
		for _, m := range measured[v] {
			name := m.Title()
			if cells[name] == nil {
				names = append(names, name)
				cells[name] = map[pyodide.Version]string{}
			}
			cells[name][v] = number(m.Number)
		}
	}
	fmt.Fprintf(&b, "%s\n%s\n", head, rule)
	for _, name := range names {
		fmt.Fprintf(&b, "| %s |", name)
		for _, v := range pyodide.AllVersions.Each() {
			fmt.Fprintf(&b, " %s |", cells[name][v])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// number is a number with as many digits as mean something: three.
func number(n float64) string {
	text := strconv.FormatFloat(n, 'g', 3, 64)
	rounded, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
