package lint

import (
	"fmt"
	"io"
	"strings"

	"pyodide-ls/analysis"
)

// GitHub writes workflow commands, which GitHub Actions shows as annotations.
// Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, r Result) error {
	var b strings.Builder
	for _, f := range r.Files {
		for _, x := range f.Findings {
			s := spanOf(f.Source, x.Span)
			level := map[analysis.Severity]string{analysis.Error: "error", analysis.Warning: "warning"}[x.Severity]
			if level == "" {
				level = "notice"
			}
			columns := ""
			if s.Line == s.EndLine { // GitHub refuses columns of a span over several lines
				columns = fmt.Sprintf(",col=%d,endColumn=%d", s.Column, s.EndColumn)
			}
			fmt.Fprintf(&b, "::%s file=%s,line=%d,endLine=%d%s,title=%s::%s\n", level, property(f.Path), s.Line, s.EndLine,
				columns, property("pyodide-ls "+x.Rule.Name), data(message(x)))
		}
	}
	for _, t := range r.Troubles {
		fmt.Fprintf(&b, "::error file=%s,title=pyodide-ls::%s\n", property(t.Path), data(t.Message))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// message is what a finding says, and where the code runs.
func message(x analysis.Finding) string {
	if where := x.Where(); where != "" {
		return x.Message + " (" + where + ")"
	}
	return x.Message
}

func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}
