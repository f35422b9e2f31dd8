package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/source"
)

// config reads the settings that stand in a page as PyScript does: what stands in braces is JSON, the name of
// a file is its name, everything else is TOML.
func (p *page) config(t tag, content source.Span) {
	if src, elsewhere := t.attribute("src"); elsewhere {
		p.configBy(t, src)
		return
	}
	if _, own := t.attribute("config-parser"); own || len(p.marksIn(content)) > 0 {
		return // what a parser of the page's own, or a template, makes of it is not known
	}
	d := p.content(content, nil, markupText(t.name)).Within(p.around)
	kind := Settings
	if named, _ := p.value(t, "type"); strings.EqualFold(strings.TrimSpace(named), "json") || strings.HasPrefix(strings.TrimSpace(d.Text), "{") {
		kind = SettingsJSON
	}
	switch text := strings.TrimSpace(d.Text); {
	case settingsFile.MatchString(text):
		p.configBy(t, attribute{value: content})
	case !strings.HasPrefix(text, "- ") && !yamlSetting.MatchString(text):
		p.settings(kind, d.Text, d)
	}
}

// yamlSetting is a setting that PyScript had only while it read its settings as YAML, until 2022.09.1.
var yamlSetting = regexp.MustCompile(`(?m)^[ \t]*(?:autoclose_loader|runtimes):`)

// configBy adds the file of settings that an element names, for all Python of the page.
func (p *page) configBy(t tag, name attribute) {
	before := len(p.References)
	p.refer(name, Reference{Kind: ReadsSettings, Why: p.why(t)})
	for i := before; i < len(p.References); i++ {
		p.configs = append(p.configs, i)
	}
}

// settingsFile is the name of one.
var settingsFile = regexp.MustCompile(`^\S+\.(?:toml|json)(?:\?\S*)?$`)

// settings says what is wrong with a text of settings. What it is derived from is around it.
func (d *Document) settings(kind Kind, text string, around *source.Derived) {
	mark := len(text) - len(strings.TrimPrefix(text, "\ufeff"))
	if strings.TrimSpace(text[mark:]) == "" && kind == Settings {
		return
	}
	at, message := -1, ""
	if kind == Settings {
		at, message = tomlError(text[mark:])
	} else if strings.TrimSpace(text[mark:]) != "" || around == nil {
		at, message = jsonError(text[mark:])
	}
	if at < 0 {
		return
	}
	span := character(text, mark+at)
	if around != nil {
		span = around.Map.Span(span)
	}
	d.Troubles = append(d.Troubles, Trouble{span, message})
}

// tomlError is the place of what is wrong with a TOML text, -1 when nothing is.
func tomlError(text string) (at int, message string) {
	var table map[string]any
	err := toml.Unmarshal([]byte(text), &table)
	if err == nil {
		return -1, ""
	}
	at, message = config.SyntaxError(text, err)
	return at, "this is not valid TOML: " + message
}

// jsonError is the place of what is wrong with a JSON text, -1 when nothing is.
func jsonError(text string) (at int, message string) {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return jsonPlace(text, err), "this is not valid JSON: " + sentence(err)
	}
	if _, ok := value.(map[string]any); !ok {
		return len(text) - len(strings.TrimLeft(text, " \t\r\n")), "these settings are not a JSON object"
	}
	return -1, ""
}

// jsonPlace is where an error of the JSON decoder lies.
func jsonPlace(text string, err error) int {
	wrong, ok := errors.AsType[*json.SyntaxError](err)
	if !ok || strings.Contains(wrong.Error(), "unexpected end") {
		return len(text)
	}
	return min(max(0, int(wrong.Offset)-1), len(text))
}

// sentence is an error in the middle of one.
func sentence(err error) string {
	return strings.TrimPrefix(strings.ReplaceAll(err.Error(), "JSON input", "the text"), "json: ")
}

// character is the span of the one that begins at a place; at the end of the text it is empty.
func character(text string, at int) source.Span {
	_, size := utf8.DecodeRuneInString(text[at:])
	return source.Span{Start: at, End: at + size}
}

// validJSON says whether a text is JSON, but for a byte order mark.
func validJSON(text string) bool {
	return json.Valid(bytes.TrimPrefix([]byte(text), []byte("\ufeff")))
}
