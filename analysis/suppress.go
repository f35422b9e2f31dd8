package analysis

import (
	"regexp"
	"slices"
	"strings"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// SuppressHere are the edits that make a comment ignore a finding where it stands; ok is false where no
// comment can, as inside a string that spans lines.
func SuppressHere(f *File, finding Finding) (edits []source.Edit, ok bool) {
	u := f.Units[finding.unit]
	for _, edit := range u.placesForIgnore(finding) {
		if host, ok := u.hostEdits([]source.Edit{edit}); ok && (u.plainlySuppresses(finding, edit) || u.suppresses(finding, edit)) {
			return host, true
		}
	}
	return nil, false
}

// SuppressInFile are the edits that make a comment ignore a finding's rule in the whole file; ok is false where
// no comment can be written.
func SuppressInFile(f *File, finding Finding) (edits []source.Edit, ok bool) {
	for _, u := range f.Units {
		for _, d := range u.directives {
			if d.file && len(d.names) > 0 {
				return u.hostEdits([]source.Edit{d.naming(finding.Rule)})
			}
		}
	}
	u := f.Units[finding.unit]
	at := u.Source.OffsetOf(source.Point{Line: 1, Column: 1}) // behind a byte order mark
	for line := 0; line < 2 && head.MatchString(u.Source.Slice(u.Source.LineSpan(line))); line++ {
		next := u.Source.LineSpan(line + 1).Start
		if next <= at {
			break // the file has nothing else
		}
		at = next
	}
	return u.hostEdits([]source.Edit{{
		Span: source.Span{Start: at, End: at}, New: "# pyodide-ls: ignore-file[" + finding.Rule.Name + "]" + u.LineEnd(),
	}})
}

// head finds the lines that must stay at a file's top: the interpreter's and the encoding's (PEP 263).
var head = regexp.MustCompile(`^\x{feff}?#(!|.*coding[:=])`)

// placesForIgnore are the edits that may make a comment ignore a finding, best first: one more name in a
// comment that is there, a comment behind the finding's first line or behind its last, one above it.
func (u *Unit) placesForIgnore(finding Finding) []source.Edit {
	text := u.Source
	var places []source.Edit
	for _, d := range u.directives {
		if !d.file && len(d.names) > 0 && d.covers.Overlaps(finding.within) {
			places = append(places, d.naming(finding.Rule))
		}
	}
	comment := "# pyodide-ls: ignore[" + finding.Rule.Name + "]"
	first, last := text.LineOf(finding.within.Start), text.LineOf(finding.within.End)
	for _, line := range []int{first, last} {
		end := text.LineSpan(line).End
		places = append(places, source.Edit{Span: source.Span{Start: end, End: end}, New: "  " + comment})
	}
	for line := first; line >= max(0, first-200); line-- { // the line on which the statement begins is one of those above
		span := text.LineSpan(line)
		content := text.Slice(span)
		indent := content[:len(content)-len(strings.TrimLeft(content, " \t"))]
		places = append(places, source.Edit{
			Span: source.Span{Start: span.Start, End: span.Start}, New: indent + comment + u.LineEnd(),
		})
		if line < first && indent == "" && content != "" {
			break // nothing begins further up
		}
	}
	return places
}

// naming is the edit that adds a rule to the comment.
func (d *directive) naming(rule *Rule) source.Edit {
	at := d.names[len(d.names)-1].span.End
	return source.Edit{Span: source.Span{Start: at, End: at}, New: ", " + rule.Name}
}

// plainlySuppresses says whether an insert is one more name in a comment that covers the finding, or a
// comment at the end of a line of it that is code to its end. That spares most inserts the trial.
func (u *Unit) plainlySuppresses(finding Finding, insert source.Edit) bool {
	if strings.HasPrefix(insert.New, ",") {
		return true
	}
	end := insert.Span.Start
	line := u.Source.LineSpan(u.Source.LineOf(end))
	if end != line.End || !line.Overlaps(finding.within) || strings.HasSuffix(u.Source.Slice(line), `\`) {
		return false
	}
	if slices.ContainsFunc(u.Tree.Holes(), line.Overlaps) {
		return false
	}
	for n := u.Tree.At(end); n.OK(); n = n.Parent() {
		if s := n.Span(); n.Kind() == syntax.String && s.Start < end && end < s.End {
			return false
		}
	}
	return true
}

// suppresses says whether an insert makes a comment that ignores the finding and leaves the code as it is.
func (u *Unit) suppresses(finding Finding, insert source.Edit) bool {
	text, err := source.Apply(u.Source.Text(), []source.Edit{insert})
	if err != nil {
		return false
	}
	after, err := u.with(text)
	if err != nil || len(after.Tree.Holes()) != len(u.Tree.Holes()) {
		return false
	}
	span := finding.within
	if insert.Span.Start <= span.Start {
		span.Start += len(insert.New)
	}
	if insert.Span.Start < span.End {
		span.End += len(insert.New)
	}
	for _, d := range after.directives {
		for _, name := range d.names {
			if !d.file && name.text == finding.Rule.Name && d.covers.Overlaps(span) {
				return true
			}
		}
	}
	return false
}

// LineEnd is the terminator that the unit uses.
func (u *Unit) LineEnd() string {
	text := u.Tree.Text()
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}
