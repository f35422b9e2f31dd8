package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/source"
)

// settles says whether an address is that of a file of settings.
func settles(u uri.URI) bool { return u.IsFile() && config.Names(filepath.Base(u.FsPath())) }

// wrongSettings are what is wrong with a text of settings.
func (s *server) wrongSettings(text *source.File) []*config.Error {
	_, err := config.Parse(text.Path(), []byte(text.Text()), analysis.KnownToSettings(s.Rules))
	return config.Errors(err)
}

// settingsDiagnostics are those of a text of settings.
func (s *server) settingsDiagnostics(text *source.File) []protocol.Diagnostic {
	items := []protocol.Diagnostic{}
	for _, e := range s.wrongSettings(text) {
		items = append(items, s.settingsDiagnostic(text, e))
	}
	return items
}

func (s *server) settingsDiagnostic(text *source.File, e *config.Error) protocol.Diagnostic {
	return protocol.Diagnostic{
		Range:    rangeOf(text, source.Span{Start: e.Start, End: e.End}, s.editor.encoding),
		Severity: protocol.DiagnosticSeverityError,
		Code:     protocol.String("settings"),
		Source:   protocol.NewOptional("pyodide-ls"),
		Message:  protocol.String(e.Message),
	}
}

// publishSettings publishes what is wrong with a file of settings: as it is in the editor, else as it is on disk.
func (s *server) publishSettings(u uri.URI, shown map[uri.URI]bool) {
	params := &protocol.PublishDiagnosticsParams{URI: u}
	if d := s.current.Load().documents[u]; d != nil {
		params.Diagnostics = s.settingsDiagnostics(d.text)
		if s.editor.versions {
			params.Version = protocol.NewOptional(d.version)
		}
	} else if data, err := os.ReadFile(u.FsPath()); err == nil {
		params.Diagnostics = s.settingsDiagnostics(source.New(u.FsPath(), string(data)))
	}
	if len(params.Diagnostics) == 0 {
		s.show(u, nil, shown)
		return
	}
	s.show(u, []*protocol.PublishDiagnosticsParams{params}, shown)
}

// settingsAgain has what was said of files of settings looked at again.
func (s *server) settingsAgain() {
	for _, u := range s.publish.told(settles) {
		s.schedule(u, true)
	}
}

// settingsFixes offers what is most likely meant in place of words that nobody knows.
func (s *server) settingsFixes(d *document, p *protocol.CodeActionParams) []protocol.CommandOrCodeAction {
	offer := &offer{server: s, document: d, asked: p, within: spanOf(d.text, p.Range, s.editor.encoding)}
	if !offer.wants(protocol.CodeActionKindQuickFix) {
		return nil
	}
	for _, e := range s.wrongSettings(d.text) {
		span := source.Span{Start: e.Start, End: e.End}
		if e.Instead == "" || !span.Overlaps(offer.within) {
			continue
		}
		title := fmt.Sprintf("Change it to %s", strings.Trim(e.Instead, `"'`))
		edit := s.workspaceEdit(d, []source.Edit{{Span: span, New: e.Instead}})
		offer.put(protocol.CodeActionKindQuickFix, title, edit, new(s.settingsDiagnostic(d.text, e)), true)
	}
	return offer.actions
}
