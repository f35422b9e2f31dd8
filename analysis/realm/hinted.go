package realm

import (
	"regexp"
	"strings"
)

// hinted is a pattern of which every match holds one of some words. Texts are long, few have such a word, and editors ask
// again with each letter: so it is looked for around the words alone.
type hinted struct {
	words   []string
	pattern *regexp.Regexp
}

// reach is how far around a word a match may go, in bytes: a tag with all of its attributes.
const reach = 300

// in says whether the pattern is in a text.
func (h hinted) in(text string) bool {
	for _, word := range h.words {
		for at := strings.Index(text, word); at >= 0; {
			behind := at + len(word)
			if h.pattern.MatchString(text[whole(text, max(0, at-reach)):min(len(text), behind+reach)]) {
				return true
			}
			next := strings.Index(text[behind:], word)
			if next < 0 {
				break
			}
			at = behind + next
		}
	}
	return false
}

// whole is an offset from which on no word is cut in two: where one begins, at most a long name later.
func whole(text string, at int) int {
	for n := at; n < len(text) && n < at+60 && n > 0; n++ {
		if c := text[n-1]; c == ' ' || c == '\n' || c == '\t' {
			return n
		}
	}
	return at
}
