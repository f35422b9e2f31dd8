package lsp

import (
	"cmp"
	"fmt"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// doctor answers with a report of what the server is, what it knows of the editor and its folders, and of a document if
// one is named: which settings are in effect and what says so, and where its Python runs. The editor shows it, too.
func (s *server) doctor(arguments []protocol.LSPAny) (protocol.LSPAny, error) {
	var d *document
	if len(arguments) > 0 {
		word, err := wordIn(arguments, "the address of a document, or nothing")
		if err != nil {
			return nil, unusable(doctorCommand, err)
		}
		u, err := uri.Parse(word)
		if err != nil {
			return nil, unusable(doctorCommand, err)
		}
		if d, _, _ = s.current.Load().find(u); d == nil {
			return nil, unusable(doctorCommand, fmt.Errorf("%s is not open", u))
		}
	}
	report := s.report(d)
	if s.Shelf != "" {
		if _, err := s.present("doctor.md", report); err != nil {
			return nil, err
		}
	}
	answer, err := protocol.Marshal(report)
	return answer, err
}

func (s *server) report(d *document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# pyodide-ls %s\n\n", s.Version)
	if s.About != nil {
		fmt.Fprintf(&b, "%s\n", s.About())
	}
	st := s.current.Load()
	fmt.Fprintf(&b, "## Editor\n\n%s", s.editor.report())
	if s.editor.watches {
		b.WriteString("- files that change outside it: it tells of them\n")
	} else {
		b.WriteString("- files that change outside it: seen when a document is saved, settings at once\n")
	}
	fmt.Fprintf(&b, "- documents open: %d\n- previews: %d\n", len(st.documents), len(s.previews.runs("")))
	b.WriteString("\n## Folders\n\n")
	for _, f := range st.folders {
		if f.project == nil {
			fmt.Fprintf(&b, "- %s: not looked through\n", f.root)
			continue
		}
		fmt.Fprintf(&b, "- %s: %d files\n", f.root, len(f.files))
	}
	if len(st.folders) == 0 {
		b.WriteString("none: each document is seen by itself\n")
	}
	if d != nil {
		s.reportDocument(&b, d)
	}
	return b.String()
}

// reportDocument says what is known of a document.
func (s *server) reportDocument(b *strings.Builder, d *document) {
	fmt.Fprintf(b, "\n## %s\n\n- version %d, %d bytes\n", d.path, d.version, len(d.text.Text()))
	switch settings := d.settings; {
	case settings == nil || settings.Path == "" && !settings.Given:
		b.WriteString("- settings: none\n")
	case d.left:
		fmt.Fprintf(b, "- settings: %s, which leave it out\n", cmp.Or(settings.Path, "those of the editor"))
	default:
		fmt.Fprintf(b, "- settings: %s\n", cmp.Or(settings.Path, "those of the editor"))
		for _, o := range settings.Origins(d.path) {
			fmt.Fprintf(b, "  - `%s = %s`", o.Setting, o.Value)
			if o.Line > 0 {
				fmt.Fprintf(b, ", line %d", o.Line)
			}
			b.WriteString("\n")
		}
	}
	if because := d.view.Because; because != "" {
		fmt.Fprintf(b, "- Pyodide %s: %s\n", d.view.Versions, because)
	}
	found, err := s.check(s.life, d)
	if err != nil {
		fmt.Fprintf(b, "- not looked at: %v\n", err)
		return
	}
	file := s.fileOf(d, found)
	if file == nil {
		return
	}
	fmt.Fprintf(b, "- findings: %d\n", len(found.findings))
	all := file.Runs(d.view)
	for i, u := range file.Units {
		if i >= len(all) || u.ByMicroPython(d.view) {
			continue
		}
		for _, place := range u.Places(all[i]) {
			at, span := d.locate(source.Span{Start: place.At, End: place.At})
			fmt.Fprintf(b, "- line %d runs on the %s\n", at.text.LineOf(span.Start)+1,
				strings.ReplaceAll(strings.ReplaceAll(becauseOf(place.Runs), s.root(d), ""), "\n", "\n  and on the "))
		}
	}
}

// report says what the editor is and what it can do, as the server makes use of it.
func (e *editor) report() string {
	diagnostics := "published"
	switch {
	case e.workspace:
		diagnostics = "asked for, of all files"
	case e.pulls:
		diagnostics = "asked for, of documents that are open"
	}
	var can []string
	for _, c := range []struct {
		able bool
		what string
	}{
		{e.actions, "code actions"}, {e.resolves, "actions worked out when they are chosen"}, {e.documentChanges, "edits with versions"},
		{e.creates, "new files"}, {e.markdown, "Markdown"}, {e.notebooks, "notebooks"}, {e.hints, "inlay hints"}, {e.lenses, "code lenses"},
		{e.shows, "showing documents"}, {e.configures, "settings of its own"},
	} {
		if c.able {
			can = append(can, c.what)
		}
	}
	return fmt.Sprintf("- %s\n- columns are counted in %s\n- diagnostics are %s\n- it has %s\n",
		strings.TrimSpace(e.name), encodingNames[e.encoding], diagnostics, strings.Join(can, ", "))
}

// schema answers with the JSON Schema of the settings.
func (s *server) schema([]protocol.LSPAny) (protocol.LSPAny, error) {
	text, err := analysis.SettingsSchema(s.Rules)
	return text, err
}
