package syntax

import "sort"

// relines are the logical lines of a text, of which those of an older one are known: what stands before the first
// difference is taken from there, and what stands behind the last one as soon as a line begins where one did.
func relines(old []logical, oldText string, text []byte) []logical {
	before, behind := common(oldText, text)
	kept := sort.Search(len(old), func(i int) bool { return old[i].end >= before })
	for i, l := range old[:kept] {
		if l.broken { // what it is hangs on all that follows
			kept = i
			break
		}
	}
	lines, from, moved := make([]logical, kept, len(old)+16), 0, len(text)-len(oldText)
	if copy(lines, old); kept > 0 {
		from = old[kept-1].end
	}
	next := kept // the first of the old ones that does not begin before the place
	lines, at := scanLogical(lines, text, from, func(at int) bool {
		if at == 0 || at < len(text)-behind {
			return false
		}
		for next < len(old) && old[next].start < at-moved {
			next++
		}
		return next > 0 && old[next-1].end == at-moved
	})
	if at < len(text) {
		for _, l := range old[next:] {
			l.start, l.end = l.start+moved, l.end+moved
			lines = append(lines, l)
		}
	}
	if manyBroken(old) || manyBroken(lines) { // then it matters how many came before
		return logicalLines(text)
	}
	return lines
}

// manyBroken says whether so many lines are broken that some may count as one.
func manyBroken(lines []logical) bool {
	broken := 0
	for _, l := range lines {
		if l.broken {
			broken++
		}
	}
	return broken > retryLimit
}

// common is how much of two texts is the same at the beginning, and of what is left, at the end.
func common[T string | []byte](a T, b []byte) (before, behind int) {
	limit := min(len(a), len(b))
	for before < limit && a[before] == b[before] {
		before++
	}
	for behind < limit-before && a[len(a)-1-behind] == b[len(b)-1-behind] {
		behind++
	}
	return before, behind
}
