package gallery

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pyodide-ls/analysis"
)

// Links of a text in Markdown, by where they lead.
var (
	toFile    = regexp.MustCompile(`\]\((\.[^)#\s]*)`)
	toRule    = regexp.MustCompile(`\]\(\.\./\.\./rules/[a-z]+/([a-z-]+)\.md\)`)
	toPattern = regexp.MustCompile(`\]\(\.\./\.\./gallery/([^/)]+)/README\.md\)`)
)

// unlinked is what is wrong with how rules and patterns link each other, in a file system of the repository. The prose
// of a rule's page ends with a paragraph that links one or two patterns in which the right way stands, and says what is
// to be seen there. The pattern names the rule among what is related, and each pattern names one rule at least.
func unlinked(repository fs.FS) (problems []string, err error) {
	say := func(format string, values ...any) { problems = append(problems, fmt.Sprintf(format, values...)) }
	pages, err := fs.Glob(repository, "rules/*/*.md")
	if err != nil {
		return nil, err
	}
	readmes, err := fs.Glob(repository, "gallery/*/"+Readme)
	if err != nil {
		return nil, err
	}
	related := map[string][]string{} // the rules that patterns name
	for _, file := range readmes {
		text, err := read(repository, file, say)
		if err != nil {
			return nil, err
		}
		name := path.Base(path.Dir(file))
		if name == bridge {
			continue
		}
		_, section, _ := strings.Cut(text, "\n## Related\n")
		section, _, _ = strings.Cut(section, "\n## ")
		if related[name] = first(toRule, section); len(related[name]) == 0 {
			say("%s: no rule is named under Related", file)
		}
	}
	for _, file := range pages {
		text, err := read(repository, file, say)
		if err != nil {
			return nil, err
		}
		prose := analysis.ParsePage(text).Prose
		last := prose[strings.LastIndex(prose, "\n\n")+1:]
		patterns := first(toPattern, last)
		if !strings.HasPrefix(strings.TrimSpace(last), "In the gallery: ") || len(patterns) == 0 || len(patterns) > 2 {
			say("%s: its prose does not end with a paragraph \"In the gallery: …\" that links one pattern or two", file)
		}
		rule := strings.TrimSuffix(path.Base(file), ".md")
		for _, pattern := range patterns {
			if rules, ok := related[pattern]; ok && !slices.Contains(rules, rule) {
				say("gallery/%s/%s: %s links it, and is not named under Related", pattern, Readme, rule)
			}
		}
	}
	return problems, nil
}

// read is a text, of which it is said which links lead to no file.
func read(repository fs.FS, file string, say func(format string, values ...any)) (string, error) {
	text, err := fs.ReadFile(repository, file)
	for _, to := range first(toFile, string(text)) {
		if _, err := fs.Stat(repository, path.Join(path.Dir(file), to)); err != nil {
			say("%s: nothing is at %s", file, to)
		}
	}
	return string(text), err
}

// first is the first group of each match.
func first(expression *regexp.Regexp, text string) (all []string) {
	for _, match := range expression.FindAllStringSubmatch(text, -1) {
		all = append(all, match[1])
	}
	return all
}

// What the rules say not to do, a pattern does, and both say so.
func TestLinks(t *testing.T) {
	problems, err := unlinked(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		t.Error(problem)
	}
}

func TestLinksWrongly(t *testing.T) {
	const rule, pattern = "rules/barecallback/bare-callback.md", "gallery/worker-pool/README.md"
	const ends = "In the gallery: [worker-pool](../../gallery/worker-pool/README.md) has an owner for each."
	const names = "[bare-callback](../../rules/barecallback/bare-callback.md)"
	page := func(paragraph string) string {
		return "# bare-callback: a title\n\nFirst.\n\n" + paragraph + "\n\n```python bad\nx\n```\n"
	}
	readme := func(related string) string {
		return "# worker-pool: a title\n\n## Related\n\n- " + related + "\n\n## Verified\n\n" + names + "\n"
	}
	const noParagraph = rule + `: its prose does not end with a paragraph "In the gallery: …" that links one pattern or two`
	for name, test := range map[string]struct {
		page, readme string
		want         []string
	}{
		"right":         {page(ends), readme(names), nil},
		"no paragraph":  {page("Last."), readme(names), []string{noParagraph}},
		"not the last":  {page(ends + "\n\nLast."), readme(names), []string{noParagraph}},
		"without link":  {page("In the gallery: worker-pool has one."), readme(names), []string{noParagraph}},
		"three of them": {page(ends + strings.Repeat(" "+ends, 2)), readme(names), []string{noParagraph}},
		"no rule": {page(ends), readme("none"), []string{
			pattern + ": no rule is named under Related", pattern + ": bare-callback links it, and is not named under Related",
		}},
		"nowhere": {
			page(strings.ReplaceAll(ends, "worker-pool", "worker-pond")), readme(names),
			[]string{rule + ": nothing is at ../../gallery/worker-pond/README.md"},
		},
		"a heading of nothing": {page(ends), readme(names + ", [x](../lost/README.md#it)"), []string{pattern + ": nothing is at ../lost/README.md"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := unlinked(fstest.MapFS{rule: {Data: []byte(test.page)}, pattern: {Data: []byte(test.readme)}})
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
}
