package lsp

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// What the server says by itself, and the capability that it takes; none for what every editor hears.
var needed = map[string]string{
	"textDocument/publishDiagnostics": "",
	"window/showMessage":              "",
	"$/progress":                      "window.workDoneProgress", // no question has a token
	"window/logMessage":               "",
	"window/showDocument":             "window.showDocument.support",
	"window/workDoneProgress/create":  "window.workDoneProgress",
	"workspace/applyEdit":             "workspace.applyEdit",
	"workspace/codeLens/refresh":      "workspace.codeLens.refreshSupport",
	"workspace/configuration":         "workspace.configuration",
	"workspace/diagnostic/refresh":    "workspace.diagnostics.refreshSupport",
	"workspace/inlayHint/refresh":     "workspace.inlayHint.refreshSupport",
}

// The parts of what the server says, and the capability that each takes; "|" stands between two of which one will do.
var partOf = map[string]map[string]string{
	"capabilities": {
		"textDocumentSync": "", "hoverProvider": "", "codeLensProvider": "", "executeCommandProvider": "",
		"positionEncoding":        "general.positionEncodings",
		"notebookDocumentSync":    "notebookDocument.synchronization",
		"inlayHintProvider":       "textDocument.inlayHint",
		"codeActionProvider":      "textDocument.codeAction.codeActionLiteralSupport", // with the kinds that there are
		"diagnosticProvider":      "textDocument.diagnostic",
		"completionProvider":      "textDocument.completion",
		"definitionProvider":      "textDocument.definition",
		"referencesProvider":      "textDocument.references",
		"renameProvider":          "textDocument.rename",
		"documentLinkProvider":    "textDocument.documentLink",
		"documentSymbolProvider":  "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport",
		"workspaceSymbolProvider": "workspace.symbol",
		"workspace":               "workspace.workspaceFolders",
	},
	"published": {
		"uri": "", "diagnostics": "",
		"version": "textDocument.publishDiagnostics.versionSupport",
	},
	"diagnostic": {
		"range": "", "severity": "", "code": "", "source": "", "message": "",
		"relatedInformation": "textDocument.publishDiagnostics.relatedInformation|textDocument.diagnostic.relatedInformation",
		"tags":               "textDocument.publishDiagnostics.tagSupport|textDocument.diagnostic.tagSupport",
		"codeDescription":    "textDocument.publishDiagnostics.codeDescriptionSupport|textDocument.diagnostic.codeDescriptionSupport",
		"data":               "textDocument.publishDiagnostics.dataSupport|textDocument.diagnostic.dataSupport",
	},
	"action": {
		"title": "", "command": "", "arguments": "",
		"kind":        "textDocument.codeAction.codeActionLiteralSupport",
		"diagnostics": "textDocument.codeAction.codeActionLiteralSupport",
		"edit":        "textDocument.codeAction.codeActionLiteralSupport",
		"isPreferred": "textDocument.codeAction.isPreferredSupport",
		"disabled":    "textDocument.codeAction.disabledSupport",
		"data":        "textDocument.codeAction.dataSupport",
	},
	"suggestion": {
		"label": "", "kind": "", "detail": "", "sortText": "", "filterText": "", "textEdit": "",
		"insertTextFormat": "textDocument.completion.completionItem.snippetSupport",
		"labelDetails":     "textDocument.completion.completionItem.labelDetailsSupport",
		"preselect":        "textDocument.completion.completionItem.preselectSupport",
	},
	"link": {
		"range": "", "target": "",
		"tooltip": "textDocument.documentLink.tooltipSupport",
	},
	"location": {
		"uri": "", "range": "",
		"targetUri": "textDocument.definition.linkSupport",
	},
	"edit": {
		"changes":           "",
		"documentChanges":   "workspace.workspaceEdit.documentChanges",
		"changeAnnotations": "workspace.workspaceEdit.changeAnnotationSupport",
	},
}

// beyond is what the server said that the editor did not say it can take.
func (c *client) beyond(heard []spoken) []string {
	h := &hearing{client: c, wrong: map[string]bool{}}
	for _, m := range heard {
		switch {
		case !m.answer && m.Method == "client/registerCapability":
			h.registers(m)
		case !m.answer:
			h.speaks(m)
		case m.Error == nil || string(m.Error) == "null":
			h.answers(m)
		}
	}
	if h.pushed && h.pulls {
		h.wrong["diagnostics are published to an editor that asks for them"] = true
	}
	if asks := h.can("textDocument.diagnostic") && h.can("workspace.diagnostics.refreshSupport"); asks != h.pulls {
		h.wrong[fmt.Sprintf("it would ask for diagnostics: %v; it is told to: %v", asks, h.pulls)] = true
	}
	return slices.Sorted(maps.Keys(h.wrong))
}

// hearing is what an editor makes of what it hears.
type hearing struct {
	*client
	pushed, pulls bool
	wrong         map[string]bool
}

// registers looks at what the server wants to be told, which each has a capability of its own name.
func (h *hearing) registers(m spoken) {
	var p struct{ Registrations []struct{ Method string } }
	h.read(m.Params, &p)
	for _, r := range p.Registrations {
		h.takes("registration of "+r.Method, strings.ReplaceAll(r.Method, "/", ".")+".dynamicRegistration")
	}
}

// speaks looks at what the server says by itself.
func (h *hearing) speaks(m spoken) {
	need, known := needed[m.Method]
	if !known {
		h.wrong[m.Method+" needs some capability, and nobody says which"] = true
		return
	}
	h.takes(m.Method, need)
	if m.Method == "textDocument/publishDiagnostics" {
		h.pushed = true
		h.looks("published", m.Params)
		var p struct{ Diagnostics json.RawMessage }
		h.read(m.Params, &p)
		h.diagnostics(p.Diagnostics)
	}
}

// answers looks at what the server answers.
func (h *hearing) answers(m spoken) {
	switch m.Method {
	case "initialize":
		var r struct{ Capabilities map[string]json.RawMessage }
		h.read(m.Result, &r)
		h.keys("capabilities", r.Capabilities)
		h.pulls = r.Capabilities["diagnosticProvider"] != nil
		if encoding := r.Capabilities["positionEncoding"]; encoding != nil {
			h.takes("the encoding "+string(encoding), "general.positionEncodings="+strings.Trim(string(encoding), `"`))
		}
	case "textDocument/diagnostic":
		var r struct{ Items json.RawMessage }
		h.read(m.Result, &r)
		h.diagnostics(r.Items)
	case "textDocument/codeAction":
		for _, action := range h.list(m.Result) {
			h.action(action)
		}
	case "codeAction/resolve":
		h.action(m.Result)
	case "textDocument/rename":
		h.edit(m.Result)
	case "textDocument/completion":
		h.each("suggestion", m.Result)
	case "textDocument/documentLink":
		h.each("link", m.Result)
	case "textDocument/definition":
		h.each("location", m.Result)
	case "textDocument/hover":
		var r struct{ Contents struct{ Kind string } }
		h.read(m.Result, &r)
		if r.Contents.Kind == "markdown" {
			h.takes("a hover in Markdown", "textDocument.hover.contentFormat=markdown")
		}
	}
}

// diagnostics looks at a list of them.
func (h *hearing) diagnostics(raw json.RawMessage) {
	for _, one := range h.list(raw) {
		h.looks("diagnostic", one)
		var d struct {
			Tags    []int
			Message any
		}
		h.read(one, &d)
		for _, tag := range d.Tags {
			h.takes("a tag", fmt.Sprintf("textDocument.publishDiagnostics.tagSupport.valueSet=%d|textDocument.diagnostic.tagSupport.valueSet=%d", tag, tag))
		}
		if _, plain := d.Message.(string); !plain {
			h.takes("a message that is no text", "textDocument.diagnostic.markupMessageSupport")
		}
	}
}

// action looks at one thing that can be done. One without an edit and a command has to be asked for.
func (h *hearing) action(raw json.RawMessage) {
	h.looks("action", raw)
	var a struct {
		Edit        json.RawMessage
		Command     any
		Diagnostics json.RawMessage
	}
	h.read(raw, &a)
	h.diagnostics(a.Diagnostics)
	if a.Command != nil {
		if _, name := a.Command.(string); !name {
			h.takes("an action with a command", "textDocument.codeAction.codeActionLiteralSupport")
		}
	}
	if a.Edit == nil && a.Command == nil {
		h.takes("an action without its edit", "textDocument.codeAction.resolveSupport.properties=edit")
	}
	h.edit(a.Edit)
}

// edit looks at what is to be edited.
func (h *hearing) edit(raw json.RawMessage) {
	h.looks("edit", raw)
	var e struct{ DocumentChanges []struct{ Kind string } }
	h.read(raw, &e)
	for _, change := range e.DocumentChanges {
		if change.Kind != "" {
			h.takes("an edit that does "+change.Kind, "workspace.workspaceEdit.resourceOperations="+change.Kind)
		}
	}
}

// each looks at all of a list.
func (h *hearing) each(what string, raw json.RawMessage) {
	for _, one := range h.list(raw) {
		h.looks(what, one)
	}
}

// looks holds the parts of something to what they take.
func (h *hearing) looks(what string, raw json.RawMessage) {
	var fields map[string]json.RawMessage
	h.read(raw, &fields)
	h.keys(what, fields)
}

func (h *hearing) keys(what string, fields map[string]json.RawMessage) {
	for key := range fields {
		need, known := partOf[what][key]
		if !known {
			h.wrong[fmt.Sprintf("%s of %s needs some capability, and nobody says which", key, what)] = true
			continue
		}
		h.takes(key+" of "+what, need)
	}
}

// takes holds something to a capability.
func (h *hearing) takes(what, need string) {
	if need != "" && !slices.ContainsFunc(strings.Split(need, "|"), h.can) {
		h.wrong[fmt.Sprintf("%s takes %s", what, need)] = true
	}
}

func (h *hearing) list(raw json.RawMessage) (all []json.RawMessage) {
	if len(raw) > 0 && string(raw) != "null" {
		h.read(raw, &all)
	}
	return all
}

func (h *hearing) read(raw json.RawMessage, into any) {
	if len(raw) == 0 {
		return
	}
	if err := json.Unmarshal(raw, into); err != nil {
		h.wrong[fmt.Sprintf("%v: %s", err, raw)] = true
	}
}
