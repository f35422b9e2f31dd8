package gitignore

import (
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		rules   string
		path    string
		dir     bool
		verdict Verdict
	}{
		// A name matches at any depth, a path only from the rules' folder down.
		{"x.py", "x.py", false, Ignored},
		{"x.py", "a/b/x.py", false, Ignored},
		{"/x.py", "a/x.py", false, Silent},
		{"a/x.py", "a/x.py", false, Ignored},
		{"a/x.py", "b/a/x.py", false, Silent},
		// A trailing slash asks for a folder.
		{"build/", "build", true, Ignored},
		{"build/", "build", false, Silent},
		{"build/", "a/build", true, Ignored},
		// The last rule that matches decides.
		{"*.py\n!x.py", "x.py", false, Kept},
		{"!x.py\n*.py", "x.py", false, Ignored},
		{"*.py\n!x.py", "x.js", false, Silent},
		// Stars stop at a slash, double stars do not.
		{"a/*.py", "a/b/x.py", false, Silent},
		{"a/**/x.py", "a/x.py", false, Ignored},
		{"a/**/x.py", "a/b/c/x.py", false, Ignored},
		{"**/b/x.py", "a/a/b/x.py", false, Ignored},
		{"a/**", "a/b/x.py", false, Ignored},
		{"a/**", "a", true, Silent},
		{"/**", "a", true, Ignored},
		{"a**b", "axxb", false, Ignored},
		{"a/b**c", "a/b/c", false, Silent},
		{"a/?**/c", "a/b/b/c", false, Silent},
		{"a/b**/c", "a/b/b/c", false, Ignored}, // a surprise of git's own
		// Question marks and classes.
		{"?.py", "x.py", false, Ignored},
		{"[!x].py", "x.py", false, Silent},
		{"[^x].py", "y.py", false, Ignored},
		{"[]x].py", "].py", false, Ignored},
		{"[[:digit:]_].py", "7.py", false, Ignored},
		{"[[:digit:]_].py", "x.py", false, Silent},
		{"[[:punct:]].py", "[.py", false, Ignored},
		{`[\]].py`, "].py", false, Ignored},
		{"a[!b]c", "a/c", false, Silent},
		{"d/a[!b]c", "d/a/c", false, Silent},
		// Braces are plain characters in git.
		{"{a,b}.py", "a.py", false, Silent},
		{"{a,b}.py", "{a,b}.py", false, Ignored},
		{"{a,b}*", "{a,b}.py", false, Ignored},
		// Comments, escapes, spaces, line ends.
		{"#x.py", "#x.py", false, Silent},
		{`\#x.py`, "#x.py", false, Ignored},
		{`\!x.py`, "!x.py", false, Ignored},
		{"x.py   ", "x.py", false, Ignored},
		{`x.py\  `, "x.py ", false, Ignored},
		{`x.py\\ `, `x.py\`, false, Ignored},
		{"x.py\r\ny.py\r\n", "x.py", false, Ignored},
		{"\uFEFFx.py", "x.py", false, Ignored},
		// What is malformed matches nothing, and does not hide the rest.
		{"[x\nx.py", "x.py", false, Ignored},
		{`x.py\`, "x.py", false, Silent},
		{"[[:nonsense:]]", "x", false, Silent},
		{"[[:digit", "x", false, Silent},
		{"[!", "x", false, Silent},
		{"/\n!\n\n   ", "x", true, Silent},
	} {
		if got := Parse(c.rules).Match(c.path, c.dir); got != c.verdict {
			t.Errorf("rules %q, path %q (folder %t): verdict %d, want %d", c.rules, c.path, c.dir, got, c.verdict)
		}
	}
}

// A path is covered by a rule for a folder above it, and no negation brings it back.
func TestCovers(t *testing.T) {
	for _, c := range []struct {
		rules string
		path  string
		want  bool
	}{
		{"vendor/", "vendor/a/x.py", true},
		{"vendor/", "a/vendor/x.py", true},
		{"/vendor", "a/vendor/x.py", false},
		{"vendor/\n!vendor/x.py", "vendor/x.py", true},
		{"vendor/*\n!vendor/x.py", "vendor/x.py", false},
		{"vendor/**\n!vendor/x.py", "vendor/x.py", false},
		{"vendor/", "vendor", false}, // a file of that name
		{"", "x.py", false},
	} {
		if got := Parse(c.rules).Covers(c.path, false); got != c.want {
			t.Errorf("rules %q cover %q: %t, want %t", c.rules, c.path, got, c.want)
		}
	}
}

func TestParseRuleSaysWhatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"":    "matches nothing",
		"  ":  "matches nothing",
		"!":   "matches nothing",
		"#x":  "is a comment",
		"a[b": "is not a valid pattern",
		`a\`:  "is not a valid pattern",
	} {
		if _, err := ParseRule(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("rule %q: error %v, want %q", line, err, want)
		}
	}
}

// Any text can stand in a .gitignore file.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a/**\n!a/b", "[[:alpha:]-z]", "[a-", `\`, "**/[!x]/{y,z}", "[]-]", "\xff"} {
		f.Add(seed, "a/b")
	}
	f.Fuzz(func(_ *testing.T, text, path string) {
		Parse(text).Covers(path, false)
	})
}
