package analysis

import "pyodide-ls/analysis/source"

// repairRounds bounds how often a file is looked at again: fixes that touch each other are applied one after
// the other.
const repairRounds = 10

// Repair applies the safe fixes of a file until none is left; again opens and checks what edits make of a file.
// It answers with the file that is left, and how many fixes made it: a fix that breaks the file is no fix.
func Repair(f *File, findings []Finding, again func(*File, []source.Edit) (*File, []Finding, error)) (fixed *File, applied int) {
	fixed = f
	for range repairRounds {
		edits, n := firstFixes(fixed.Source.Text(), findings, Safe)
		if n == 0 {
			return fixed, applied
		}
		next, more, err := again(fixed, edits)
		if err != nil || next.Holes() > f.Holes() || len(next.Units) < len(f.Units) {
			return fixed, applied
		}
		fixed, findings, applied = next, more, applied+n
	}
	return fixed, applied
}

// Edited is a file's text after edits, under its name.
func Edited(f *File, edits []source.Edit) (*source.File, error) {
	text, err := source.Apply(f.Source.Text(), edits)
	return source.New(f.Source.Path(), text), err
}
