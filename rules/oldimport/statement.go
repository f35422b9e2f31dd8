package oldimport

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// statement is an import of names from a module.
type statement struct {
	*analysis.Pass
	scope.Import
	at []syntax.Node // the names
}

// moved speaks of the names that another module has, once for the whole statement.
func (s statement) moved() {
	homes := map[string][]string{} // names by where they are
	where := make([]string, len(s.at))
	for n, name := range s.Names {
		if home, ok := movedTo(s.Pass, s.Module, name); ok {
			homes[home], where[n] = append(homes[home], name), home
		}
	}
	if len(homes) == 0 {
		return
	}
	var all []string
	for _, home := range slices.Sorted(maps.Keys(homes)) {
		all = append(all, message(s.Module, homes[home], home))
	}
	s.Report(s.Node, 0, analysis.Finding{
		Message: strings.Join(all, ", and "), Fixes: s.rewritten(where), Cause: analysis.Cause{Span: s.Node.Span(), Kind: "name"},
	})
}

// rewritten takes each name from where it is: the module's name is another one where that is one for all, else there is a
// statement for each module. Comments between the names leave it to the reader.
func (s statement) rewritten(where []string) []analysis.Fix {
	module := s.Node.Child(syntax.FieldModuleName)
	if home := where[0]; !slices.ContainsFunc(where, func(w string) bool { return w != home }) {
		return []analysis.Fix{{Title: "Import from " + home, Edits: []source.Edit{replaced(module, home)}}}
	}
	_, indent, whole := s.Statement(s.Node)
	if strings.Contains(s.Node.Text(), "#") {
		return nil
	}
	between := "; "
	if whole {
		between = s.Unit.LineEnd() + indent
	}
	names := map[string][]string{}
	for n, at := range s.at {
		from := where[n]
		if from == "" {
			from = s.Module
		}
		names[from] = append(names[from], strings.Join(strings.Fields(at.Text()), " "))
	}
	var lines []string
	for _, from := range slices.Sorted(maps.Keys(names)) {
		lines = append(lines, "from "+from+" import "+strings.Join(names[from], ", "))
	}
	return []analysis.Fix{{Title: "Import each from where it is", Edits: []source.Edit{replaced(s.Node, strings.Join(lines, between))}}}
}

// gone speaks of each name that came later than the Pyodide that the code is for, that is gone from it, or that PyScript
// has no more.
func (s statement) gone() {
	for n, name := range s.Names {
		f := analysis.Finding{}
		has := pyodide.PartHas(s.Module, name)
		former, was := pyodide.FormerName(s.Module, name)
		switch {
		case has != 0 && s.Aimed().Without(has) != 0 && pyodide.Dated(s.Module):
			f.Message, f.Versions = fmt.Sprintf("%s has no %s %s", s.Module, name, has.Lacking()), s.Versions().Without(has)
		case has == 0 && was && !s.OfOld():
			f.Message = fmt.Sprintf("%s has no %s since %s: use %s", s.Module, name, former.Until, former.Instead)
		default:
			continue
		}
		f.Cause = analysis.Cause{Span: s.at[n].Span(), Kind: "name"}
		s.Report(s.at[n], 0, f)
	}
}

func replaced(n syntax.Node, with string) source.Edit { return source.Edit{Span: n.Span(), New: with} }
