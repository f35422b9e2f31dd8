package lsp

import (
	"fmt"
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

// moves offers to show how what blocks the page can go on in a worker: once for each function.
func (o *offer) moves(here []analysis.Finding) {
	if o.Shelf == "" || o.file == nil {
		return
	}
	said := map[string]bool{}
	for _, f := range here {
		m, ok := analysis.ToWorker(o.file, f)
		if !ok || said[m.Function] {
			continue
		}
		said[m.Function] = true
		address, err := protocol.Marshal(o.asked.TextDocument.URI)
		name, err2 := protocol.Marshal(m.Function)
		if err != nil || err2 != nil {
			continue
		}
		title := fmt.Sprintf("Show how %s moves into a worker", m.Function)
		o.actions = append(o.actions, &protocol.CodeAction{
			Title: title, Kind: new(protocol.CodeActionKindQuickFix),
			Diagnostics: []protocol.Diagnostic{o.about(&f)},
			Command:     protocol.Command{Title: title, Command: moveCommand, Arguments: []protocol.LSPAny{address, name}},
		})
	}
}

// showMove shows how a function of a document moves into a worker.
func (s *server) showMove(arguments []protocol.LSPAny) (protocol.LSPAny, error) {
	var u uri.URI
	var name string
	if len(arguments) != 2 || protocol.Unmarshal(arguments[0], &u) != nil || protocol.Unmarshal(arguments[1], &name) != nil {
		return nil, unusable(moveCommand, fmt.Errorf("it wants the address of a document, and the name of a function"))
	}
	d, _, ok := s.current.Load().find(u)
	if !ok {
		return nil, unusable(moveCommand, fmt.Errorf("%s is not open", u))
	}
	found, err := s.looked(s.life, d)
	if err != nil {
		return nil, err
	}
	if file := s.fileOf(d, found); file != nil {
		for _, f := range found.findings {
			if m, ok := analysis.ToWorker(file, f); ok && m.Function == name {
				_, err := s.present("into-a-worker.md", moving(filepath.Base(d.path), m))
				return nil, err
			}
		}
	}
	return nil, unusable(moveCommand, fmt.Errorf("nothing is found any more that %s does", name))
}

// moving says how a function moves into a worker.
func moving(file string, m analysis.Moving) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# `%s` moves into a worker\n\n", m.Function)
	fmt.Fprintf(&b, "While `%s` (%s, line %d) goes on, the page draws nothing and answers nobody. In a worker it harms nobody, and the page awaits what it gives.\n",
		m.Function, file, m.Line)
	fmt.Fprintf(&b, "\n## 1. What the worker runs\n\nThis is the function with what it needs of `%s`, as a file of its own, say `%s_worker.py`:\n\n```python\n", file, m.Function)
	for _, statement := range m.Imports {
		b.WriteString(statement + "\n")
	}
	if len(m.Imports) > 0 {
		b.WriteString("\n")
	}
	b.WriteString(strings.Join(m.Code, "\n\n\n") + "\n```\n")
	b.WriteString("\n## 2. What crosses between them\n\nWhat it is given and what it gives are copied: numbers, text, lists, dicts, bytes and arrays can be. Functions, proxies and elements of the page cannot.\n")
	for _, p := range m.Page {
		fmt.Fprintf(&b, "\n- `%s` (line %d) is the page's, and not there in a worker: ask it before, and hand over what it says.", p.Text, p.Line)
	}
	for _, p := range m.State {
		fmt.Fprintf(&b, "\n- `%s` (line %d) is made by code: a worker has one of its own. Hand over what is needed of it.", p.Text, p.Line)
	}
	if len(m.Page)+len(m.State) > 0 {
		b.WriteString("\n")
	}
	b.WriteString("\n## 3. The page awaits it\n\n")
	for _, c := range m.Calls {
		fmt.Fprintf(&b, "- line %d: `%s` becomes `await worker.%s`; who awaits is an `async def`, up to the handler.\n", c.Line, c.Text, c.Text)
	}
	if len(m.Calls) == 0 {
		fmt.Fprintf(&b, "- whoever calls it from another file says `await worker.%s(…)`, and is an `async def`.\n", m.Function)
	}
	b.WriteString("\n## 4. The worker\n\n`pyodide-ls init pattern recipe-into-a-worker` copies a page that did all of this, with the script that starts the worker, progress, errors and a way to cancel; `pyodide-ls preview recipe-into-a-worker` shows it.\n")
	return b.String()
}
