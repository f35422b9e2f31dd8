package analysis

// repairRounds bounds how often a file is looked at again: fixes that touch each other are applied one after
// the other.
const repairRounds = 10

// Repair applies the safe fixes of a file until none is left; again opens and checks a text that fixes have
// made. It answers with the text and how many fixes made it, or with none: a fix that breaks the file is no
// fix.
func Repair(f *File, findings []Finding, again func(text string) (*File, []Finding, error)) (fixed string, applied int) {
	for range repairRounds {
		text, n := Fixed(f.Source.Text(), findings, Safe)
		if n == 0 {
			return fixed, applied
		}
		next, more, err := again(text)
		if err != nil || next.Holes() > f.Holes() || len(next.Units) < len(f.Units) {
			return fixed, applied
		}
		fixed, applied = text, applied+n
		f, findings = next, more
	}
	return fixed, applied
}
