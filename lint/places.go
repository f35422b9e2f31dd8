package lint

import (
	"fmt"
	"io"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
)

// PlacesText writes for a person where Python runs: each file, each unit of it and what of that runs elsewhere, with
// what says so.
func PlacesText(w io.Writer, p Places, colour bool) error {
	var b strings.Builder
	c := newPalette(colour)
	for _, f := range p.Files {
		for i, u := range f.Units {
			if i == 0 || u.Line > 1 {
				fmt.Fprintf(&b, "%s:%d", printable(f.Path), u.Line)
			}
			c.unit(&b, u)
		}
	}
	fmt.Fprintf(&b, "%s", c.dim.Sprint(placesSummary(p)))
	_, err := io.WriteString(w, b.String())
	return err
}

func (c palette) unit(b *strings.Builder, u PlacedUnit) {
	if u.MicroPython {
		fmt.Fprintf(b, "  MicroPython, which is left alone\n\n")
		return
	}
	fmt.Fprintf(b, "  %s", places(u.Module))
	if u.Versions != 0 && u.Versions != pyodide.AllVersions {
		fmt.Fprintf(b, ", Pyodide %s", u.Versions)
	}
	b.WriteByte('\n')
	c.reasons(b, "    ", u.Module)
	if u.Because != "" {
		fmt.Fprintf(b, "    %s\n", c.dim.Sprintf("Pyodide %s: %s", u.Versions, printable(u.Because)))
	}
	for _, d := range u.Defs {
		fmt.Fprintf(b, "    line %d, %s: %s\n", d.Line, printable(d.Name), places(d.Placements))
		c.reasons(b, "      ", d.Placements)
	}
	b.WriteByte('\n')
}

// reasons writes the evidence, one line for each place in which code runs.
func (c palette) reasons(b *strings.Builder, margin string, all []realm.Placement) {
	for _, p := range realm.Distinct(all) {
		fmt.Fprintf(b, "%s%s\n", margin, c.dim.Sprint(printable(fmt.Sprintf("%s: %s", p.Realm, p.Because()))))
	}
}

// places says where code runs and how it is entered, in words.
func places(all []realm.Placement) string {
	var parts []string
	for _, r := range realm.RealmsOf(all).Each() {
		var entries []string
		assumed := true
		for _, p := range all {
			if p.Realm != r {
				continue
			}
			assumed = assumed && p.Basis == realm.Assumed
			if words := realm.EntryWords(p.Entry); words != "" {
				entries = append(entries, words)
			}
		}
		part := r.String()
		if assumed {
			part += ", as far as is known"
		}
		if len(entries) > 0 {
			part += " (" + strings.Join(entries, " or ") + ")"
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return pyodide.Realms(0).String()
	}
	return strings.Join(parts, "; ")
}

func placesSummary(p Places) string {
	units := 0
	for _, f := range p.Files {
		units += len(f.Units)
	}
	line := fmt.Sprintf("%s in %s", count(units, "Python text"), count(len(p.Files), "file"))
	if p.Others > 0 {
		line += fmt.Sprintf("; %s of Python that nothing brings into Pyodide", count(p.Others, "other file"))
	}
	return line + ".\n"
}

// The JSON format of where code runs.
type (
	jsonPlaces struct {
		Files  []jsonPlace   `json:"files"`
		Others int           `json:"others"` // files of Python that have nothing to do with Pyodide
		Errors []jsonTrouble `json:"errors"`
	}
	jsonPlace struct {
		Path  string     `json:"path"`
		Units []jsonUnit `json:"units"`
	}
	jsonUnit struct {
		Line        int       `json:"line"` // 1-based, at which it begins
		MicroPython bool      `json:"micropython,omitempty"`
		Realms      []string  `json:"realms"`
		Runs        []jsonRun `json:"runs"`
		Pyodide     []string  `json:"pyodide"`
		Because     string    `json:"because,omitempty"`
		Elsewhere   []jsonDef `json:"elsewhere"` // functions and classes that do not run just where the rest does
	}
	jsonDef struct {
		Name   string    `json:"name"`
		Line   int       `json:"line"`
		Realms []string  `json:"realms"`
		Runs   []jsonRun `json:"runs"`
	}
)

// PlacesJSON writes one object that says where Python runs.
func PlacesJSON(w io.Writer, p Places) error {
	report := jsonPlaces{Files: []jsonPlace{}, Others: p.Others, Errors: []jsonTrouble{}}
	for _, f := range p.Files {
		place := jsonPlace{Path: f.Path}
		for _, u := range f.Units {
			unit := jsonUnit{
				Line: u.Line, MicroPython: u.MicroPython, Realms: realm.RealmsOf(u.Module).Names(), Runs: jsonRuns(u.Module),
				Pyodide: u.Versions.Names(), Because: u.Because, Elsewhere: []jsonDef{},
			}
			for _, d := range u.Defs {
				unit.Elsewhere = append(unit.Elsewhere, jsonDef{d.Name, d.Line, realm.RealmsOf(d.Placements).Names(), jsonRuns(d.Placements)})
			}
			place.Units = append(place.Units, unit)
		}
		report.Files = append(report.Files, place)
	}
	for _, t := range p.Troubles {
		report.Errors = append(report.Errors, jsonTrouble(t))
	}
	return writeJSON(w, report)
}
