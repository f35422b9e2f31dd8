// Package lint does what the check command does: it finds files, checks them, fixes them, and reports.
package lint

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax/host"
)

// Options say what a run looks at and with which rules.
type Options struct {
	Paths     []string // files and folders; "-" is standard input
	Stdin     io.Reader
	StdinName string // the name under which standard input is known
	Rules     []*analysis.Rule
	Only      []string         // rule names; empty for all
	Without   []string         // rule names
	Target    pyodide.Versions // what the code is for, whatever the project says; none to go by that
	Migration Migration        // what else is asked of the findings
	NoIgnore  bool             // do not read .gitignore
	Fix       bool             // work out what the safe fixes make of each file
	// NoPrefilter parses every file, whatever words it holds: for the test that it makes no difference.
	NoPrefilter bool
}

// Migration leaves only what is wrong for Options.Target and was not for these versions; none leaves everything.
type Migration struct{ From pyodide.Versions }

// File is one file that was looked at.
type File struct {
	Path     string // as findings name it
	Source   *source.File
	Findings []analysis.Finding // sorted by place
	Claims   []analysis.Claim   // what a browser can show of each of them
	Stdin    bool
	Fixed    string // the text after all safe fixes, if Options.Fix asked for it
	Applied  int    // how many were applied
}

// Trouble is what kept a file, or a part of the run, from being looked at.
type Trouble struct {
	Path    string
	Message string
}

// Result is what a run found.
type Result struct {
	Files    []File // those with findings, sorted by path
	Checked  int    // how many were looked at, skipped ones included; of hosts those that hold or load Python
	Troubles []Trouble
	LeftOut  []Trouble // files that nobody named and that are too large to be a person's work
	Stdin    string    // the text of standard input, if it was checked
}

// Run checks the files. It fails only for settings that are wrong; files that cannot be read are troubles
// of the result.
func Run(ctx context.Context, o Options) (Result, error) {
	r := &runner{Options: o, settings: config.NewFinder(analysis.KnownToSettings(o.Rules))}
	units := r.collect(ctx)
	if err := errors.Join(r.wrong...); err != nil {
		return Result{}, err
	}
	r.each(units, r.read)
	if err := errors.Join(r.wrong...); err != nil {
		return Result{}, err
	}
	r.know(units)
	r.each(r.worth(units), func(u *unit) { r.check(ctx, u) })
	return r.result(units), ctx.Err()
}

// unit is one file on its way through a run.
type unit struct {
	path     string
	kind     host.Kind
	named    bool
	stdin    bool
	around   bool // looked at for what it says of others, and not checked
	settings *config.Settings
	data     []byte
	traits   analysis.Traits
	holds    *host.Document // what was found in a host, until it is checked
	lost     bool           // cannot be read
	file     *analysis.File // parsed for what it says of others, until it is checked
	text     *source.File
	findings []analysis.Finding
	claims   []analysis.Claim
	fixed    string
	applied  int
}

type runner struct {
	Options
	settings *config.Finder
	project  *analysis.Project // of all files
	mu       sync.Mutex
	troubles []Trouble
	leftOut  []Trouble
	wrong    []error
	stdin    string
}

func (r *runner) trouble(path, message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.troubles = append(r.troubles, Trouble{slashed(path), message})
}

// each does something with every unit, on all processors.
func (r *runner) each(units []*unit, do func(*unit)) {
	var wg sync.WaitGroup
	work := make(chan *unit)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for u := range work {
				do(u)
			}
		})
	}
	for _, u := range units {
		work <- u
	}
	close(work)
	wg.Wait()
}

// know puts together what verdicts depend on in all files.
func (r *runner) know(units []*unit) {
	byPath, traits := map[string]*unit{}, map[string]analysis.Traits{}
	for _, u := range units {
		byPath[slashed(u.path)], traits[slashed(u.path)] = u, u.traits
	}
	r.project = analysis.NewProject(traits, func(paths []string) map[string]realm.Python {
		var wanted []*unit
		for _, path := range paths {
			wanted = append(wanted, byPath[path])
		}
		r.each(wanted, r.open)
		parsed := map[string]realm.Python{}
		for _, u := range wanted {
			if u.file != nil {
				parsed[slashed(u.path)] = u.file.Python()
			}
		}
		return parsed
	})
}

// worth are the files that have to do with the bridge, or that something loads or imports that has.
func (r *runner) worth(units []*unit) []*unit {
	var worth []*unit
	for _, u := range units {
		if !u.lost && !u.around && (u.traits.Bridge || u.named || r.project.View(slashed(u.path)).Reached != flow.NoBridge) {
			worth = append(worth, u)
		}
	}
	return worth
}

// slashed is a path with forward slashes and, below the working directory, relative to it.
func slashed(path string) string {
	if filepath.IsAbs(path) {
		if here, err := os.Getwd(); err == nil {
			if relative, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(relative) {
				path = relative
			}
		}
	}
	return filepath.ToSlash(filepath.Clean(path))
}

// open parses a file.
func (r *runner) open(u *unit) {
	if u.file != nil || u.lost {
		return
	}
	if u.data == nil {
		data, err := r.bytes(u)
		if err != nil {
			r.lose(u, reason(err))
			return
		}
		u.data = data
	}
	text, err := source.Decode(u.data)
	if !u.stdin { // which can be read only once
		u.data = nil
	}
	if err != nil {
		r.lose(u, err.Error())
		return
	}
	if u.stdin {
		r.stdin = text
	}
	f, err := analysis.Open(source.New(u.path, text), r.setting(u))
	u.holds = nil
	if err != nil {
		r.lose(u, err.Error())
		return
	}
	u.file = f
}

// lose notes that a file cannot be looked at. Of one that is not to be checked nobody wants to know.
func (r *runner) lose(u *unit, message string) {
	u.lost = true
	if !u.around {
		r.trouble(u.path, message)
	}
}

// check parses a file, if it has not been parsed, runs the rules over it, and keeps its findings.
func (r *runner) check(ctx context.Context, u *unit) {
	r.open(u)
	if u.lost || ctx.Err() != nil {
		return
	}
	f := u.file
	u.file = nil // a tree is many times as large as its text
	u.findings = r.findings(ctx, u, f)
	for _, x := range u.findings {
		u.claims = append(u.claims, f.Claim(x))
	}
	if r.Fix {
		r.fix(ctx, u, f)
	}
	if len(u.findings) > 0 {
		u.text = f.Source
	}
}

// setting is what is known of a file before it is opened.
func (r *runner) setting(u *unit) analysis.Setting {
	return analysis.Setting{Kind: u.kind, Realm: analysis.RealmIn(u.settings, u.path), Added: analysis.AddedBy(u.settings), Document: u.holds}
}

func (r *runner) findings(ctx context.Context, u *unit, f *analysis.File) []analysis.Finding {
	found := r.findingsFor(ctx, u, f, r.Target)
	if r.Migration.From == 0 {
		return found
	}
	type mistake struct {
		rule *analysis.Rule
		span source.Span
	}
	known := map[mistake]bool{}
	for _, x := range r.findingsFor(ctx, u, f, r.Migration.From) {
		known[mistake{x.Rule, x.Span}] = true
	}
	return slices.DeleteFunc(found, func(x analysis.Finding) bool { return known[mistake{x.Rule, x.Span}] })
}

// findingsFor are the findings of a file for some versions, for what the project says if these are none.
func (r *runner) findingsFor(ctx context.Context, u *unit, f *analysis.File, target pyodide.Versions) []analysis.Finding {
	view := r.project.View(slashed(u.path)).Under(u.settings, u.path, target)
	return analysis.Check(ctx, f, view, r.Rules, analysis.Options{
		Severity: func(rule *analysis.Rule) analysis.Severity { return r.severity(rule, u) },
		Known:    names(r.Rules),
		Project:  r.project,
	})
}

// fix applies the safe fixes until none is left.
func (r *runner) fix(ctx context.Context, u *unit, f *analysis.File) {
	fixed, applied := analysis.Repair(f, u.findings, func(f *analysis.File, edits []source.Edit) (*analysis.File, []analysis.Finding, error) {
		text, err := analysis.Edited(f, edits)
		if err != nil {
			return nil, nil, err
		}
		next, err := analysis.Open(text, r.setting(u))
		if err != nil {
			return nil, nil, err
		}
		return next, r.findings(ctx, u, next), nil
	})
	if applied > 0 {
		u.fixed, u.applied = fixed.Source.Text(), applied
	}
}

// severity is a rule's severity for a file, by the settings and the command line.
func (r *runner) severity(rule *analysis.Rule, u *unit) analysis.Severity {
	if len(r.Only) > 0 && !slices.Contains(r.Only, rule.Name) || slices.Contains(r.Without, rule.Name) {
		return analysis.Off
	}
	return rule.SeverityIn(u.settings, u.path)
}

func (r *runner) result(units []*unit) Result {
	result := Result{Troubles: r.troubles, LeftOut: r.leftOut, Stdin: r.stdin}
	for _, u := range units {
		if u.around {
			continue
		}
		if u.kind == host.Python || u.named || u.traits.Bridge || u.traits.Loads {
			result.Checked++
		}
		if len(u.findings) > 0 {
			result.Files = append(result.Files, File{
				Path: slashed(u.path), Source: u.text, Findings: u.findings, Claims: u.claims, Stdin: u.stdin, Fixed: u.fixed, Applied: u.applied,
			})
		}
	}
	slices.SortFunc(result.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	sortTroubles(result.Troubles)
	sortTroubles(result.LeftOut)
	return result
}

func sortTroubles(all []Trouble) {
	slices.SortFunc(all, func(a, b Trouble) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
	})
}

func names(rules []*analysis.Rule) []string {
	var names []string
	for _, r := range rules {
		names = append(names, r.Name)
	}
	return names
}

// AtLeast is the result without findings below a severity.
func (r Result) AtLeast(least analysis.Severity) Result {
	var files []File
	for _, f := range r.Files {
		kept := f
		kept.Findings, kept.Claims = nil, nil
		for i, x := range f.Findings {
			if x.Severity >= least {
				kept.Findings, kept.Claims = append(kept.Findings, x), append(kept.Claims, f.Claims[i])
			}
		}
		if len(kept.Findings) > 0 {
			files = append(files, kept)
		}
	}
	r.Files = files
	return r
}

// Worst is the highest severity of any finding, Off without one.
func (r Result) Worst() analysis.Severity {
	worst := analysis.Off
	for _, f := range r.Files {
		for _, x := range f.Findings {
			worst = max(worst, x.Severity)
		}
	}
	return worst
}
