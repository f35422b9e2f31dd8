package lsp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/syntax/host"
)

// previewKind is the kind of the actions that start a preview and end it. Editors offer such kinds when a person asks
// for actions, and light no lamp for them.
const previewKind = protocol.CodeActionKind("source.preview.pyodide-ls")

// runPreview shows the preview of a file.
func (s *server) runPreview(arguments []protocol.LSPAny) (protocol.LSPAny, error) {
	file, err := fileIn(arguments)
	if err != nil {
		return nil, unusable(previewCommand, err)
	}
	return nil, s.showPreview(file)
}

// stopPreview ends the previews of a file, or all of them.
func (s *server) stopPreview(arguments []protocol.LSPAny) (protocol.LSPAny, error) {
	if len(arguments) == 0 {
		s.endPreviews("")
		return nil, nil
	}
	file, err := fileIn(arguments)
	if err != nil {
		return nil, unusable(stopCommand, err)
	}
	s.endPreviews(file)
	return nil, nil
}

// showPreview starts the preview of a file, unless it runs, and shows it. What goes wrong the person is told, and
// whoever asked.
func (s *server) showPreview(file string) error {
	shown, err := s.previewOf(file)
	if err != nil {
		if !errors.Is(err, context.Canceled) { // by the person, or by the end of the server
			s.say(protocol.MessageTypeError, err.Error())
		}
		return jsonrpc2.Errorf(jsonrpc2.Code(protocol.LSPErrorCodesRequestFailed), "%v", err)
	}
	address := shown.URL()
	s.background("show a preview", func() { // the editor may want its answer first
		s.visit(&protocol.ShowDocumentParams{URI: uri.URI(address), External: new(true)},
			fmt.Sprintf("%s runs at %s", filepath.Base(file), address))
	})
	if d := s.current.Load().fileAt(file); d != nil && !sameLines(savedText(file), d.text.Text()) {
		s.say(protocol.MessageTypeInfo, filepath.Base(file)+" has changes that are not saved: the preview runs what is saved")
	}
	return nil
}

// previewOf is the preview of a file that may have none.
func (s *server) previewOf(file string) (Preview, error) {
	name := filepath.Base(file)
	switch info, err := os.Stat(file); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s is no file yet: save it, then it can be previewed", name)
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || !runs(file):
		return nil, fmt.Errorf("%s is neither Python nor a page", name)
	}
	return s.preview(file)
}

// runs says whether a file is of a kind that can be previewed.
func runs(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".py", ".html", ".htm":
		return true
	}
	return false
}

// openLine shows a line of a file in the editor.
func (s *server) openLine(file string, line int) {
	if !filepath.IsAbs(filepath.FromSlash(file)) {
		return
	}
	at := placeOf(realm.Reason{Path: file, Line: line})
	if d := s.current.Load().fileAt(file); d != nil { // it may have become shorter since it was run
		at.Range.Start = positionOf(d.text, words(d.text, min(line, d.text.LineCount())).Start, s.editor.encoding)
		at.Range.End = at.Range.Start
	}
	s.visit(&protocol.ShowDocumentParams{URI: at.URI, TakeFocus: new(true), Selection: &at.Range}, fmt.Sprintf("%s:%d", file, line))
}

// visit has the editor show something. Where it cannot, the person is told instead.
func (s *server) visit(what *protocol.ShowDocumentParams, instead string) {
	if s.editor.shows {
		done, err := s.client.ShowDocument(s.life, what)
		if err == nil && done != nil && done.Success {
			return
		}
		if err != nil && s.life.Err() == nil {
			s.Log.Warn("the editor did not show it", "what", what.URI, "error", err)
		}
	}
	if s.life.Err() == nil && !s.shutdown.Load() {
		s.say(protocol.MessageTypeInfo, instead)
	}
}

// CodeLens offers to run a document, where it is known to be for Pyodide.
func (s *server) CodeLens(ctx context.Context, p *protocol.CodeLensParams) ([]protocol.CodeLens, error) {
	d, _, ok := s.at(ctx).find(p.TextDocument.URI)
	lenses := []protocol.CodeLens{}
	if !ok || d.silent() || s.Previews == nil {
		return lenses, nil
	}
	s.index.wait(ctx)
	found, err := s.looked(ctx, d)
	if err != nil {
		return nil, err
	}
	if run, ok := runCommand(d, s.fileOf(d, found)); ok {
		lenses = append(lenses, protocol.CodeLens{Command: run}) // on the first line
	}
	return lenses, nil
}

// preview offers to run the document, and to end that.
func (o *offer) preview() {
	run, ok := runCommand(o.document, o.file)
	if !ok || o.Previews == nil {
		return
	}
	o.command(run)
	if o.previewed(o.document.path) {
		run.Title, run.Command = "End the preview", stopCommand
		o.command(run)
	}
}

func (o *offer) command(c protocol.Command) {
	o.actions = append(o.actions, &protocol.CodeAction{Title: c.Title, Kind: new(previewKind), Command: c})
}

// runCommand is the command that runs a document. Of Python of which nothing says that it is for Pyodide, and of pages
// without Python, nobody wants to be asked; there is the command for it.
func runCommand(d *document, file *analysis.File) (protocol.Command, bool) {
	if !d.file || d.notebook != nil || !runs(d.path) || file == nil {
		return protocol.Command{}, false
	}
	where, ok := "", d.kind == host.HTML && loadsPyodide(d, file)
	if d.kind == host.Python {
		where, ok = runsWhere(d, file)
	}
	address, err := protocol.Marshal(d.uri)
	if !ok || err != nil {
		return protocol.Command{}, false
	}
	return protocol.Command{Title: "Run in browser" + where, Command: previewCommand, Arguments: []protocol.LSPAny{address}}, true
}

// loadsPyodide says whether a page runs Python with Pyodide, its own or another file's.
func loadsPyodide(d *document, page *analysis.File) bool {
	return slices.ContainsFunc(page.Units, func(u *analysis.Unit) bool { return !u.ByMicroPython(d.view) }) ||
		slices.ContainsFunc(page.References, func(r host.Reference) bool {
			return r.Kind == host.LoadsPython && r.Runtime != host.MicroPython
		})
}

// runsWhere says whether anything says that a file of Python is for Pyodide in a browser, and in words where it runs
// there if that is one place.
func runsWhere(d *document, file *analysis.File) (where string, ok bool) {
	var known pyodide.Realms
	for _, runs := range file.Runs(d.view) {
		for _, p := range runs.Module {
			if p.Basis > realm.Assumed {
				known = known.Or(p.Realm)
			}
		}
	}
	bridge := file.Bridge() != flow.NoBridge || d.view.Reached != flow.NoBridge
	switch here := known.And(pyodide.Main | pyodide.Worker); {
	case file.Units[0].ByMicroPython(d.view), known == 0 && !bridge, known != 0 && here == 0:
		return "", false
	case here == pyodide.Main, here == pyodide.Worker:
		return fmt.Sprintf(" (%s)", here), true
	}
	return "", true
}
