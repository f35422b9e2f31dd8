// Package gitignore reads ignore rules as git writes them. Globs are matched by doublestar; this package
// knows what git lays around them: comments, negation, anchors, patterns for folders only, and the few
// places where the two dialects of glob differ. Paths are separated by slashes and relative to the folder
// that the rules speak of.
package gitignore

import (
	"errors"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Verdict is what rules say of a path.
type Verdict uint8

const (
	// Silent means that no rule matches.
	Silent Verdict = iota
	// Ignored means that the last rule that matches leaves the path out.
	Ignored
	// Kept means that the last rule that matches is a negated one.
	Kept
)

// Rules are ignore rules in the order of their file. The last one that matches decides.
type Rules []Rule

// Rule is one pattern.
type Rule struct {
	prefix   string // plain text up to the first wildcard
	glob     string // the rest, in doublestar's dialect; empty if all is plain
	anywhere bool   // no slash: matches names at any depth
	folders  bool   // trailing slash: matches folders only
	negated  bool
}

// Parse reads the text of a .gitignore file. As in git, a line that is not a valid pattern matches nothing.
func Parse(text string) Rules {
	var rules Rules
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if rule, err := ParseRule(line); err == nil {
			rules = append(rules, rule)
		}
	}
	return rules
}

// ParseRule reads one line. The error is a clause that has the line as its subject: the line is blank or a
// comment, or its glob is malformed.
func ParseRule(line string) (Rule, error) {
	if strings.HasPrefix(line, "#") {
		return Rule{}, errors.New(`is a comment: a name that begins with # is written \#`)
	}
	var rule Rule
	body := trimSpaces(line)
	body, rule.negated = strings.CutPrefix(body, "!")
	body, rule.folders = strings.CutSuffix(body, "/")
	rule.anywhere = !strings.Contains(body, "/")
	body = strings.TrimPrefix(body, "/")
	if body == "" {
		return Rule{}, errors.New("matches nothing")
	}
	plain := strings.IndexAny(body, `*?[\`)
	if plain < 0 {
		plain = len(body)
	}
	rule.prefix, rule.glob = body[:plain], translate(body[plain:])
	if strings.HasSuffix(rule.glob, "/**") {
		rule.glob += "/*" // what is inside a folder, and not, as for doublestar, the folder as well
	}
	if !doublestar.ValidatePattern(rule.glob) {
		return Rule{}, errors.New("is not a valid pattern")
	}
	return rule, nil
}

// trimSpaces takes away the trailing spaces, except for one that a backslash quotes.
func trimSpaces(line string) string {
	trimmed := strings.TrimRight(line, " ")
	backslashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if len(trimmed) < len(line) && backslashes%2 == 1 {
		return line[:len(trimmed)+1]
	}
	return trimmed
}

// Match says what the rules want for a path by itself, whatever they want for the folders above it.
func (rules Rules) Match(name string, dir bool) Verdict {
	base := path.Base(name)
	for i := len(rules) - 1; i >= 0; i-- {
		if !rules[i].matches(name, base, dir) {
			continue
		}
		if rules[i].negated {
			return Kept
		}
		return Ignored
	}
	return Silent
}

// Covers says whether the rules leave a path out, by itself or with a folder above it. As in git, nothing
// is kept in a folder that is left out.
func (rules Rules) Covers(name string, dir bool) bool {
	for i, c := range name {
		if c == '/' && rules.Match(name[:i], true) == Ignored {
			return true
		}
	}
	return rules.Match(name, dir) == Ignored
}

func (r Rule) matches(name, base string, dir bool) bool {
	if r.folders && !dir {
		return false
	}
	if r.anywhere {
		name = base
	}
	// Git matches the glob with what follows the prefix, too. So "a**/b", where its manual promises two plain
	// stars, crosses slashes: the glob begins with a double star.
	rest, ok := strings.CutPrefix(name, r.prefix)
	if r.glob == "" {
		return ok && rest == ""
	}
	return ok && doublestar.MatchUnvalidated(r.glob, rest)
}
