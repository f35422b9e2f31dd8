package source

import "strings"

// HasWord says whether a text holds a word with no letter, digit or underscore beside it.
func HasWord(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		i += at
		end := i + len(word)
		if (i == 0 || !InWord(text[i-1])) && (end == len(text) || !InWord(text[end])) {
			return true
		}
		at = i + 1
	}
}

// InWord says whether a byte is one of a letter, a digit or an underscore.
func InWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
