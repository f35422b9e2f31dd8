package config

import (
	"fmt"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Error is one thing that is wrong with a settings file.
type Error struct {
	Path    string
	Line    int // 1-based; 0 when the trouble is with the file as a whole
	Column  int // 1-based, in Unicode code points
	Message string

	Start, End int    // bytes of the file: the word that is wrong, or where the trouble is
	Instead    string // what is most likely meant in place of these bytes, as it is written there; empty if nobody can say
}

// Error is the trouble as compilers write it: "pyproject.toml:12:3: …".
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Path + ": " + e.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

// Errors lists what an error of Parse or Finder.For is made of.
func Errors(err error) []*Error {
	switch err := err.(type) {
	case *Error:
		return []*Error{err}
	case interface{ Unwrap() []error }:
		var all []*Error
		for _, part := range err.Unwrap() {
			all = append(all, Errors(part)...)
		}
		return all
	}
	return nil
}

// nearest is the known name that a misspelt one most likely means, or "" when all differ in more than a
// third of its letters.
func nearest(name string, known []string) string {
	best, least := "", 1+(1+utf8.RuneCountInString(name))/3
	for _, k := range known {
		if d := levenshtein.ComputeDistance(name, k); d < least {
			best, least = k, d
		}
	}
	return best
}
