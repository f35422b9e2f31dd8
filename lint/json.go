package lint

import (
	"encoding/json"
	"io"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
)

// The JSON format. Lines and columns are 1-based, columns count Unicode code points, ends are exclusive.
type (
	jsonReport struct {
		Findings []jsonFinding `json:"findings"`
		Files    int           `json:"files"`
		Errors   []jsonTrouble `json:"errors"`
	}
	jsonTrouble struct {
		Path    string `json:"path"`
		Message string `json:"message"`
	}
	jsonSpan struct {
		Line      int `json:"line"`
		Column    int `json:"column"`
		EndLine   int `json:"endLine"`
		EndColumn int `json:"endColumn"`
	}
	jsonFinding struct {
		Path string `json:"path"`
		jsonSpan
		Rule     string         `json:"rule"`
		Group    analysis.Group `json:"group"`
		Severity string         `json:"severity"`
		Message  string         `json:"message"`
		Realms   []string       `json:"realms"`  // where the code runs, as far as is known
		Runs     []jsonRun      `json:"runs"`    // how it comes to run there
		Pyodide  []string       `json:"pyodide"` // the versions that it concerns
		Because  string         `json:"because,omitempty"`
		Fixable  bool           `json:"fixable"`
		Fixes    []jsonFix      `json:"fixes"`
		Related  []jsonRelated  `json:"related"`
	}
	jsonRun struct {
		Realm    string       `json:"realm"`
		Entry    string       `json:"entry,omitempty"` // how Python is entered: plain, async or import
		Basis    string       `json:"basis"`           // what says so: directive, settings, loaded, framework, code or assumed
		Evidence []jsonReason `json:"evidence"`        // from the code outwards
	}
	jsonReason struct {
		Path   string `json:"path,omitempty"`
		Line   int    `json:"line,omitempty"`
		Reason string `json:"reason"`
	}
	jsonFix struct {
		Title         string     `json:"title"`
		Applicability string     `json:"applicability"`
		Edits         []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		jsonSpan
		NewText string `json:"newText"`
	}
	jsonRelated struct {
		Path string `json:"path"`
		jsonSpan
		Message string `json:"message"`
	}
)

func spanOf(text *source.File, s source.Span) jsonSpan { return spanIn(text.Range(s)) }

func spanIn(at source.Range) jsonSpan {
	return jsonSpan{at.Start.Line, at.Start.Column, at.End.Line, at.End.Column}
}

// placeOf is where a place is that explains a finding of a file.
func placeOf(f File, r analysis.Related) (path string, at source.Range) {
	if r.Path != "" {
		return r.Path, r.At
	}
	return f.Path, f.Source.Range(r.Span)
}

// JSON writes one object with all findings, sorted by path and place.
func JSON(w io.Writer, r Result) error {
	report := jsonReport{Findings: []jsonFinding{}, Files: r.Checked, Errors: []jsonTrouble{}}
	for _, f := range r.Files {
		for _, x := range f.Findings {
			report.Findings = append(report.Findings, jsonOf(f, x))
		}
	}
	for _, t := range r.Troubles {
		report.Errors = append(report.Errors, jsonTrouble(t))
	}
	return writeJSON(w, report)
}

func writeJSON(w io.Writer, report any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}

func jsonRuns(all []realm.Placement) []jsonRun {
	runs := []jsonRun{}
	for _, p := range all {
		run := jsonRun{Realm: p.Realm.Names()[0], Entry: realm.EntryName(p.Entry), Basis: p.Basis.String(), Evidence: []jsonReason{}}
		for _, reason := range p.Reasons {
			run.Evidence = append(run.Evidence, jsonReason{reason.Path, reason.Line, reason.What})
		}
		runs = append(runs, run)
	}
	return runs
}

func jsonOf(f File, x analysis.Finding) jsonFinding {
	j := jsonFinding{
		Path: f.Path, jsonSpan: spanOf(f.Source, x.Span), Rule: x.Rule.Name, Group: x.Rule.Group,
		Severity: x.Severity.String(), Message: x.Message, Realms: realm.RealmsOf(x.Runs).Names(), Runs: jsonRuns(x.Runs),
		Pyodide: x.Versions.Names(), Because: x.Because, Fixes: []jsonFix{}, Related: []jsonRelated{},
	}
	for _, fix := range x.Fixes {
		jf := jsonFix{Title: fix.Title, Applicability: fix.Applicability.String(), Edits: []jsonEdit{}}
		for _, e := range source.Sorted(fix.Edits) {
			jf.Edits = append(jf.Edits, jsonEdit{spanOf(f.Source, e.Span), e.New})
		}
		j.Fixable = j.Fixable || fix.Applicability == analysis.Safe
		j.Fixes = append(j.Fixes, jf)
	}
	for _, related := range x.Related {
		path, at := placeOf(f, related)
		j.Related = append(j.Related, jsonRelated{path, spanIn(at), related.Message})
	}
	return j
}
