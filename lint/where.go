package lint

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax/host"
)

// Place is where the Python of a file runs.
type Place struct {
	Path  string
	Units []PlacedUnit // in the order of the file
}

// PlacedUnit is one Python text of a file, with where it runs.
type PlacedUnit struct {
	Line        int // 1-based, at which it begins in the file
	MicroPython bool
	Module      []realm.Placement
	Defs        []realm.DefRuns // those that do not run just where the top level does
	Versions    pyodide.Versions
	Because     string // why these versions; empty if nothing says so
}

// Places are the answer to where code runs.
type Places struct {
	Files    []Place // sorted by path
	Others   int     // files of Python that have nothing to do with Pyodide
	Troubles []Trouble
}

// Where finds out where the Python of files runs that has to do with Pyodide, and of files that were named. It fails
// only for settings that are wrong.
func Where(ctx context.Context, o Options) (Places, error) {
	r := &runner{Options: o, settings: config.NewFinder(analysis.KnownToSettings(o.Rules))}
	units := r.collect(ctx)
	if err := errors.Join(r.wrong...); err != nil {
		return Places{}, err
	}
	r.each(units, r.read)
	if err := errors.Join(r.wrong...); err != nil {
		return Places{}, err
	}
	r.know(units)
	var places Places
	for _, u := range units {
		if u.around || u.lost {
			continue
		}
		view := r.project.View(slashed(u.path)).Under(u.settings, u.path, r.Target)
		if !u.named && !u.traits.Bridge && view.Reached == flow.NoBridge && !marked(view.Runs) {
			if u.kind == host.Python {
				places.Others++
			}
			continue
		}
		if r.open(u); u.lost {
			continue
		}
		if p := r.place(u, view); len(p.Units) > 0 {
			places.Files = append(places.Files, p)
		}
		u.file = nil
	}
	slices.SortFunc(places.Files, func(a, b Place) int { return cmp.Compare(a.Path, b.Path) })
	places.Troubles = r.troubles
	sortTroubles(places.Troubles)
	return places, ctx.Err()
}

// marked says whether anything but an assumption says where a file runs.
func marked(all []realm.Runs) bool {
	for _, runs := range all {
		for _, p := range runs.Module {
			if p.Basis > realm.Assumed {
				return true
			}
		}
	}
	return false
}

// place is where the units of a file run.
func (r *runner) place(u *unit, view analysis.View) Place {
	p, all := Place{Path: slashed(u.path)}, u.file.Runs(view)
	for i, text := range u.file.Units {
		var runs realm.Runs
		if i < len(all) {
			runs = all[i]
		}
		p.Units = append(p.Units, PlacedUnit{
			Line: text.Begins(), MicroPython: text.ByMicroPython(view), Module: runs.Module, Defs: differing(runs),
			Versions: view.Versions, Because: view.Because,
		})
	}
	return p
}

// differing are the definitions that do not run just where the top level of their unit does.
func differing(runs realm.Runs) []realm.DefRuns {
	var all []realm.DefRuns
	for _, d := range runs.Defs {
		if realm.RealmsOf(d.Placements) != realm.RealmsOf(runs.Module) {
			all = append(all, d)
		}
	}
	return all
}
