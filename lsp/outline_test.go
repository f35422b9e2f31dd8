package lsp

import (
	"path/filepath"
	"strings"

	"go.lsp.dev/protocol"
)

// sayParts says what an editor shows of the parts of a document, or of its links, or what is found of a name in all files.
func (p *player) sayParts(verb, name string) {
	before := p.out.Len()
	document := protocol.TextDocumentIdentifier{URI: p.uri(name)}
	switch verb {
	case "symbols":
		result, err := p.DocumentSymbol(p.t.Context(), &protocol.DocumentSymbolParams{TextDocument: document})
		p.must(err)
		symbols, _ := result.(protocol.DocumentSymbolSlice)
		p.saySymbols(name, "", symbols)
	case "links":
		links, err := p.DocumentLink(p.t.Context(), &protocol.DocumentLinkParams{TextDocument: document})
		p.must(err)
		for _, l := range links {
			why := ""
			if l.Tooltip != nil {
				why = ": " + *l.Tooltip
			}
			p.say("%s leads to %s%s", p.place(name, l.Range), strings.TrimPrefix(l.Target.FsPath(), p.dir+string(filepath.Separator)), why)
		}
	case "find":
		result, err := p.Symbols(p.t.Context(), &protocol.WorkspaceSymbolParams{Query: name})
		p.must(err)
		symbols, _ := result.(protocol.SymbolInformationSlice)
		for _, s := range symbols {
			file := p.named(s.Location)
			p.say("%s in %s: %s %s", s.Name, *s.ContainerName, file, p.place(file, s.Location.Range))
		}
	}
	if p.out.Len() == before {
		p.say("nothing")
	}
}

func (p *player) saySymbols(name, indent string, symbols []protocol.DocumentSymbol) {
	for _, s := range symbols {
		detail := ""
		if s.Detail != nil {
			detail = ", " + *s.Detail
		}
		p.say("%s%s%s: %s", indent, s.Name, detail, p.place(name, s.SelectionRange))
		p.saySymbols(name, indent+"  ", s.Children)
	}
}
