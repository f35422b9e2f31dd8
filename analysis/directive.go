package analysis

import (
	"regexp"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// directive is one comment that speaks to this program:
//
//	# pyodide-ls: ignore[rule, rule]        at a line's end, or on a line of its own above the statement
//	# pyodide-ls: ignore-file[rule, rule]
//	# pyodide-ls: realm=worker
type directive struct {
	span    source.Span // the comment
	trouble string      // what is wrong with it, empty if nothing is
	names   []ruleName
	realm   pyodide.Realms
	covers  source.Span // the text whose findings it suppresses
	file    bool
}

type ruleName struct {
	text string
	span source.Span
}

var (
	directiveStart = regexp.MustCompile(`#\s*pyodide-ls\s*:\s*`)
	directiveBody  = regexp.MustCompile(`^(ignore-file|ignore)\s*\[([^\]]*)\]`)
	realmBody      = regexp.MustCompile(`^realm\s*=\s*([\w-]+)`)
)

func directives(u *Unit) []*directive {
	if !strings.Contains(u.Tree.Text(), "pyodide-ls") {
		return nil
	}
	var found []*directive
	for c := range u.Tree.Of(syntax.Comment) {
		text := c.Text()
		all := directiveStart.FindAllStringIndex(text, -1)
		for i, at := range all {
			end := len(text)
			if i+1 < len(all) {
				end = all[i+1][0]
			}
			end = len(strings.TrimRight(text[:end], " \t\r")) // the parser counts the "\r" of a line's end
			found = append(found, readDirective(u, c, at[0], min(at[1], end), end))
		}
	}
	return found
}

func readDirective(u *Unit, c syntax.Node, start, body, end int) *directive {
	d := &directive{span: c.Span()}
	rest := c.Text()[body:end]
	base := c.Span().Start + body
	d.span = source.Span{Start: d.span.Start + start, End: d.span.Start + end}
	if m := realmBody.FindStringSubmatch(rest); m != nil {
		if r, ok := pyodide.ParseRealm(m[1]); ok {
			d.realm = r
			return d
		}
		d.trouble = "there is no realm \"" + m[1] + "\": it is one of main, worker, service-worker, node, host"
		return d
	}
	m := directiveBody.FindStringSubmatchIndex(rest)
	if m == nil {
		d.trouble = "this comment is not understood: write ignore[rule-name], ignore-file[rule-name] or realm=worker"
		return d
	}
	d.file = rest[m[2]:m[3]] == "ignore-file"
	d.names = ruleNames(rest[m[4]:m[5]], base+m[4])
	if len(d.names) == 0 {
		d.trouble = "this comment names no rule: write ignore[rule-name]"
	}
	d.covers = covered(u, c, d.file)
	return d
}

func ruleNames(list string, base int) []ruleName {
	var names []ruleName
	for at, part := range parts(list) {
		trimmed := strings.TrimSpace(part)
		if trimmed == "" {
			continue
		}
		start := base + at + strings.Index(part, trimmed)
		names = append(names, ruleName{text: trimmed, span: source.Span{Start: start, End: start + len(trimmed)}})
	}
	return names
}

// parts yields the comma-separated parts of a list with their places.
func parts(list string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		at := 0
		for part := range strings.SplitSeq(list, ",") {
			if !yield(at, part) {
				return
			}
			at += len(part) + 1
		}
	}
}

// covered is the text a suppression speaks for: the file; for a comment behind code, its line and, when a
// statement ends there, the lines of that simple statement; for a comment on its own line, the next line
// that is no comment, with the simple statement that begins there.
func covered(u *Unit, c syntax.Node, file bool) source.Span {
	text := u.Source
	if file {
		return source.Span{End: len(text.Text())}
	}
	line := text.LineOf(c.Span().Start)
	own := strings.TrimSpace(text.Text()[text.LineSpan(line).Start:c.Span().Start]) == ""
	if own {
		for line++; line < text.LineCount(); line++ {
			if t := strings.TrimSpace(text.Slice(text.LineSpan(line))); t != "" && !strings.HasPrefix(t, "#") {
				break
			}
		}
	}
	span := text.LineSpan(line)
	for _, kind := range []syntax.Kind{
		syntax.ExpressionStatement, syntax.ReturnStatement, syntax.AssertStatement, syntax.RaiseStatement,
		syntax.DeleteStatement, syntax.ImportStatement, syntax.ImportFromStatement,
	} {
		for n := range u.Tree.Of(kind) {
			s := n.Span()
			if s.Start >= span.Start && s.Start <= span.End || !own && s.Overlaps(span) {
				span = source.Span{Start: min(span.Start, s.Start), End: max(span.End, s.End)}
			}
		}
	}
	return span
}
