package analysis

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"pyodide-ls/analysis/source"
)

// Suppression is one rule name in an ignore comment, or an ignore comment that says nothing.
type Suppression struct {
	Span    source.Span // the name, or the whole comment if Trouble is set
	Name    string
	Known   bool
	Used    bool
	Nearest string // the rule that an unknown name most looks like, if any does
	Trouble string // what is wrong with the comment as a whole
	Remove  []source.Edit
}

// Suppressions are the ignore comments of the file. Whether they were of use is known to rules that set
// Directives.
func (p *Pass) Suppressions() []Suppression {
	var all []Suppression
	for _, d := range p.Unit.directives {
		if d.trouble != "" {
			all = append(all, Suppression{Span: d.span, Trouble: d.trouble, Remove: removeComment(p.Unit, d)})
			continue
		}
		for i := range d.names {
			n := &d.names[i]
			s := Suppression{Span: n.span, Name: n.text, Known: slices.Contains(p.run.known, n.text), Used: p.run.used[n]}
			if !s.Known {
				s.Nearest = Nearest(n.text, p.run.known)
			}
			s.Used = s.Used || !p.run.runs(n.text)
			s.Remove = removeName(p.Unit, d, i)
			all = append(all, s)
		}
	}
	return all
}

// runs says whether a rule of that name takes part in the run: of the others nobody knows whether a
// suppression is needed.
func (r *run) runs(name string) bool {
	for _, rule := range r.rules {
		if rule.Name == name {
			return r.severity[rule] != Off
		}
	}
	return false
}

// Nearest is the name in a list that a misspelt one most looks like, empty if none comes near.
func Nearest(name string, known []string) string {
	best, distance := "", 1+max(2, len(name)/3)
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ReplaceAll(strings.ToLower(name), "_", "-"), k); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// removeName takes one name out of a comment, and the comment with its last name.
func removeName(u *Unit, d *directive, i int) []source.Edit {
	if len(d.names) == 1 {
		return removeComment(u, d)
	}
	span := d.names[i].span
	if i+1 < len(d.names) {
		span.End = d.names[i+1].span.Start
	} else {
		span.Start = d.names[i-1].span.End
	}
	return []source.Edit{{Span: span}}
}

// removeComment takes out a comment with the white space before it, and its line if nothing else is on it.
func removeComment(u *Unit, d *directive) []source.Edit {
	line := u.Source.LineSpan(u.Source.LineOf(d.span.Start))
	span := d.span
	for span.Start > line.Start && strings.IndexByte(" \t", u.Tree.Text()[span.Start-1]) >= 0 {
		span.Start--
	}
	if span.Start == line.Start && span.End == line.End {
		span.End = u.Source.LineSpan(u.Source.LineOf(d.span.Start) + 1).Start
		span.End = max(span.End, line.End)
	}
	return []source.Edit{{Span: span}}
}

// IgnoredAt is the rule whose name an ignore comment has at an offset, with the name's span.
func (f *File) IgnoredAt(offset int) (rule string, at source.Span) {
	for _, u := range f.Units {
		for _, d := range u.directives {
			for _, name := range d.names {
				if at := u.hostSpan(name.span); at.Contains(offset) {
					return name.text, at
				}
			}
		}
	}
	return "", source.Span{}
}
