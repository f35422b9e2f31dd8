package lint

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
)

// SARIF writes a SARIF 2.1.0 log: the rules with their pages, the findings with fixes and fingerprints that
// survive moved lines, and what could not be read as notifications.
func SARIF(w io.Writer, r Result, rules []*analysis.Rule, version string) error {
	driver := sarif.NewToolComponent().WithName("pyodide-ls").WithVersion(version)
	for _, rule := range rules {
		driver.AddRule(descriptor(rule))
	}
	run := sarif.NewRun().WithTool(sarif.NewTool().WithDriver(driver)).WithColumnKind("unicodeCodePoints")
	results := []*sarif.Result{}
	for _, f := range r.Files {
		seen := map[string]int{}
		for _, x := range f.Findings {
			results = append(results, sarifResult(f, x, rules, seen))
		}
	}
	run.WithResults(results)
	invocation := sarif.NewInvocation().WithExecutionSuccessful(len(r.Troubles) == 0)
	for _, t := range r.Troubles {
		invocation.AddToolExecutionNotification(sarif.NewNotification().WithLevel("error").
			WithMessage(sarif.NewTextMessage(t.Message)).
			AddLocation(sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact(t.Path)))))
	}
	run.WithInvocations([]*sarif.Invocation{invocation})
	report := sarif.NewReport().AddRun(run)
	return report.PrettyWrite(w)
}

func descriptor(rule *analysis.Rule) *sarif.ReportingDescriptor {
	page := analysis.ParsePage(rule.Doc)
	help, _, _ := strings.Cut(analysis.Standalone(rule.Doc), "\n```proof")
	tags := sarif.NewPropertyBag()
	tags.Add("tags", []string{string(rule.Group)})
	return sarif.NewReportingDescriptor().WithID(rule.Name).WithName(rule.Name).
		WithShortDescription(sarif.NewMultiformatMessageString().WithText(page.Title)).
		WithFullDescription(sarif.NewMultiformatMessageString().WithText(analysis.Standalone(page.Prose))).
		WithHelp(sarif.NewMultiformatMessageString().WithText(help).WithMarkdown(help)).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(level(rule.Severity))).
		WithProperties(tags)
}

// level is a severity in SARIF's words, which know three that are reported.
func level(s analysis.Severity) string {
	switch s {
	case analysis.Error:
		return "error"
	case analysis.Warning:
		return "warning"
	}
	return "note"
}

func sarifResult(f File, x analysis.Finding, rules []*analysis.Rule, seen map[string]int) *sarif.Result {
	index := 0
	for i, rule := range rules {
		if rule == x.Rule {
			index = i
		}
	}
	result := sarif.NewResult().WithRuleID(x.Rule.Name).WithRuleIndex(index).WithLevel(level(x.Severity)).
		WithMessage(sarif.NewTextMessage(x.Message + ".")).
		WithLocations([]*sarif.Location{location(f, x.Span)}).
		WithPartialFingerprints(map[string]string{"pyodide-ls/v1": fingerprint(f, x, seen)})
	properties := sarif.NewPropertyBag()
	properties.Add("realms", realm.RealmsOf(x.Runs).Names())
	properties.Add("pyodide", x.Versions.Names())
	if x.Because != "" {
		properties.Add("because", x.Because)
	}
	result.WithProperties(properties)
	var related []*sarif.Location
	for i, place := range x.Related {
		path, at := placeOf(f, place)
		related = append(related, locationAt(path, spanIn(at)).WithID(i+1).WithMessage(sarif.NewTextMessage(place.Message)))
	}
	for _, reason := range evidence(x.Runs) {
		related = append(related, sarif.NewLocationWithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(artifact(reason.Path)).
			WithRegion(sarif.NewRegion().WithStartLine(reason.Line))).WithID(len(related)+1).WithMessage(sarif.NewTextMessage(reason.What)))
	}
	if related != nil {
		result.WithRelatedLocations(related)
	}
	for _, fix := range x.Fixes {
		change := sarif.NewArtifactChange().WithArtifactLocation(artifact(f.Path))
		for _, e := range source.Sorted(fix.Edits) {
			change.AddReplacement(sarif.NewReplacement().WithDeletedRegion(region(f, e.Span)).
				WithInsertedContent(sarif.NewArtifactContent().WithText(e.New)))
		}
		result.Fixes = append(result.Fixes, sarif.NewFix().WithDescription(sarif.NewTextMessage(fix.Title)).AddArtifactChange(change))
	}
	return result
}

// fingerprint tells findings apart by rule, path and the text of their line, not by its number; equal ones
// are counted.
func fingerprint(f File, x analysis.Finding, seen map[string]int) string {
	line := strings.TrimSpace(f.Source.Slice(f.Source.LineSpan(f.Source.LineOf(x.Span.Start))))
	key := x.Rule.Name + "\x00" + f.Path + "\x00" + line
	seen[key]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", key, seen[key]))
	return hex.EncodeToString(sum[:16])
}

// evidence is what says where the code of a finding runs, as far as files say it, each place once.
func evidence(runs []realm.Placement) []realm.Reason {
	var all []realm.Reason
	for _, p := range runs {
		for _, reason := range p.Reasons {
			if reason.Path != "" && !slices.Contains(all, reason) {
				all = append(all, reason)
			}
		}
	}
	return all
}

func location(f File, span source.Span) *sarif.Location {
	return locationAt(f.Path, spanOf(f.Source, span))
}

func locationAt(path string, s jsonSpan) *sarif.Location {
	return sarif.NewLocationWithPhysicalLocation(
		sarif.NewPhysicalLocation().WithArtifactLocation(artifact(path)).WithRegion(regionAt(s)))
}

func region(f File, span source.Span) *sarif.Region { return regionAt(spanOf(f.Source, span)) }

func regionAt(s jsonSpan) *sarif.Region {
	return sarif.NewRegion().WithStartLine(s.Line).WithStartColumn(s.Column).WithEndLine(s.EndLine).WithEndColumn(s.EndColumn)
}

func artifact(path string) *sarif.ArtifactLocation {
	return sarif.NewSimpleArtifactLocation((&url.URL{Path: path}).String())
}
