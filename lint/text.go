package lint

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/fatih/color"
	"github.com/mattn/go-runewidth"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// maxLine is how many characters of a source line are shown; the rest of a longer one is cut around the
// finding.
const maxLine = 120

// palette is the colours of a report; without colour every one of them leaves text as it is.
type palette struct {
	severity [5]*color.Color
	dim, fix *color.Color
}

func newPalette(colour bool) palette {
	p := palette{
		severity: [5]*color.Color{
			analysis.Off:  color.New(),
			analysis.Hint: color.New(color.FgBlue), analysis.Info: color.New(color.FgCyan),
			analysis.Warning: color.New(color.FgYellow, color.Bold), analysis.Error: color.New(color.FgRed, color.Bold),
		},
		dim: color.New(color.Faint), fix: color.New(color.FgGreen),
	}
	for _, c := range append(p.severity[:], p.dim, p.fix) {
		if colour {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
	}
	return p
}

// Text writes a report for a person: each finding with its line, the span underlined, the reason and the
// fix, and a summary.
func Text(w io.Writer, r Result, colour bool) error {
	var b strings.Builder
	p := newPalette(colour)
	said := map[string]bool{} // what says where code runs, and on which Pyodide
	for _, f := range r.Files {
		for _, x := range f.Findings {
			p.finding(&b, f, x)
			for _, why := range x.Why() {
				if !said[why] {
					said[why] = true
					b.WriteString(p.note(f, x, printable(why)))
				}
			}
			if x.Because != "" && !said[x.Because] {
				said[x.Because] = true
				b.WriteString(p.note(f, x, fmt.Sprintf("why Pyodide %s: %s", x.Versions, printable(x.Because))))
			}
			b.WriteByte('\n')
		}
	}
	b.WriteString(summary(r))
	_, err := io.WriteString(w, b.String())
	return err
}

func (p palette) finding(b *strings.Builder, f File, x analysis.Finding) {
	at := f.Source.Point(x.Span.Start)
	c := p.severity[x.Severity]
	fmt.Fprintf(b, "%s%s %s\n", c.Sprint(x.Severity.String()), p.dim.Sprintf("[%s]", x.Rule.Name), x.Message)
	number := strconv.Itoa(at.Line)
	margin := strings.Repeat(" ", len(number))
	fmt.Fprintf(b, "%s%s %s:%d:%d", margin, p.dim.Sprint("-->"), printable(f.Path), at.Line, at.Column)
	if where := printable(x.Where()); where != "" {
		b.WriteString(" " + p.dim.Sprintf("(%s)", where))
	}
	b.WriteByte('\n')
	before, under := excerpt(f.Source, x.Span)
	fmt.Fprintf(b, "%s %s %s\n", p.dim.Sprint(number), p.dim.Sprint("|"), before)
	fmt.Fprintf(b, "%s %s %s\n", margin, p.dim.Sprint("|"), c.Sprint(under))
	for _, related := range x.Related {
		path, at := placeOf(f, related)
		fmt.Fprintf(b, "%s %s %s:%d:%d: %s\n", margin, p.dim.Sprint("="), printable(path), at.Start.Line, at.Start.Column, related.Message)
	}
	if len(x.Fixes) > 0 {
		fix := x.Fixes[0]
		how := map[analysis.Applicability]string{
			analysis.Safe: "--fix does it", analysis.Unsafe: "check what it changes", analysis.Shown: "by hand",
		}[fix.Applicability]
		fmt.Fprintf(b, "%s %s %s %s\n", margin, p.dim.Sprint("="), p.fix.Sprintf("fix: %s", fix.Title), p.dim.Sprintf("(%s)", how))
	}
}

// note is a line below a finding.
func (p palette) note(f File, x analysis.Finding, text string) string {
	margin := strings.Repeat(" ", len(strconv.Itoa(f.Source.Point(x.Span.Start).Line)))
	return fmt.Sprintf("%s %s %s\n", margin, p.dim.Sprint("="), text)
}

// excerpt is the line of a span, and carets under the part of the span that lies on it. Tabs become one
// space, so that the carets stand where they should; wide characters take two carets.
func excerpt(text *source.File, span source.Span) (line, carets string) {
	whole := text.LineSpan(text.LineOf(span.Start))
	start, end := span.Start, min(max(span.End, span.Start), whole.End)
	before, marked, after := text.Slice(source.Span{Start: whole.Start, End: start}), text.Slice(source.Span{Start: start, End: end}),
		text.Slice(source.Span{Start: end, End: whole.End})
	before, marked, after = printable(before), printable(marked), printable(after)
	fits := runewidth.StringWidth(before+marked+after) <= maxLine
	if n := runewidth.StringWidth(before); !fits && n > maxLine/2 {
		before = "…" + runewidth.TruncateLeft(before, n-maxLine/2, "")
	}
	marked = runewidth.Truncate(marked, maxLine, "…")
	if left := maxLine - runewidth.StringWidth(before) - runewidth.StringWidth(marked); runewidth.StringWidth(after) > max(left, 1) {
		after = runewidth.Truncate(after, max(left, 1), "…")
	}
	under := strings.Repeat(" ", runewidth.StringWidth(before)) + strings.Repeat("^", max(1, runewidth.StringWidth(marked)))
	return before + marked + after, under
}

// printable keeps a source line from moving the cursor or changing the terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\ufeff':
			return -1
		case r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return '·'
		}
		return r
	}, s)
}

func summary(r Result) string {
	total, fixable := 0, 0
	var by [5]int
	for _, f := range r.Files {
		for _, x := range f.Findings {
			total++
			by[x.Severity]++
			if len(x.Fixes) > 0 && x.Fixes[0].Applicability == analysis.Safe {
				fixable++
			}
		}
	}
	if total == 0 {
		return fmt.Sprintf("Nothing found in %s.\n", count(r.Checked, "file"))
	}
	var parts []string
	for s := analysis.Error; s > analysis.Off; s-- {
		if by[s] > 0 {
			parts = append(parts, count(by[s], s.String()))
		}
	}
	line := fmt.Sprintf("%s in %d of %s", strings.Join(parts, ", "), len(r.Files), count(r.Checked, "file"))
	if fixable > 0 {
		line += fmt.Sprintf("; --fix repairs %d", fixable)
	}
	return line + ".\n"
}

func count(n int, what string) string {
	if n == 1 || what == "info" {
		return fmt.Sprintf("%d %s", n, what)
	}
	return fmt.Sprintf("%d %ss", n, what)
}
