package lsp

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"golang.org/x/tools/txtar"

	"pyodide-ls/analysis/source"
	"pyodide-ls/lint"
	"pyodide-ls/rules"
)

// client is what an editor says of itself, as it was recorded.
type client struct {
	Recorded string          // in which version
	Params   json.RawMessage // of initialize; $DIR is the folder that it has open
	said     map[string]any
}

// TestClients plays sessions to the server as each of the editors that were recorded, and holds the server to what that
// editor said it can do, and to what "check" finds in the texts that are there at the end.
func TestClients(t *testing.T) {
	files, err := filepath.Glob("testdata/clients/*.json")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d editors were recorded: %v", len(files), err)
	}
	sessions := sessionsForAll(t)
	if len(sessions) < 10 {
		t.Errorf("only %d sessions are for all editors", len(sessions))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			var c client
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(data, &c); err != nil || c.Recorded == "" {
				t.Fatalf("it does not say where it was recorded, or no JSON: %v", err)
			}
			if err := json.Unmarshal(c.Params, &c.said); err != nil {
				t.Fatal(err)
			}
			places := 0
			for _, name := range slices.Sorted(maps.Keys(sessions)) {
				t.Run(name, func(t *testing.T) { places += c.plays(t, sessions[name]) })
			}
			if places < 50 {
				t.Errorf("it was told of %d places", places)
			}
		})
	}
}

// sessionsForAll are the sessions in which no person says by hand what only some editors do. What they say of capabilities is
// left out.
func sessionsForAll(t *testing.T) map[string]*txtar.Archive {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*txtar.Archive{}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		own := slices.ContainsFunc(archive.Files, func(f txtar.File) bool {
			special := f.Name == "session" && (strings.Contains(string(f.Data), "\n> send ") || strings.Contains(string(f.Data), "\n> notebook "))
			return special || f.Name == "options.json" || f.Name == "browser"
		})
		if !own {
			all[strings.TrimSuffix(filepath.Base(file), ".txtar")] = archive
		}
	}
	return all
}

// plays plays one session. It answers with how many places the server spoke of.
func (c *client) plays(t *testing.T, archive *txtar.Archive) int {
	var w *tap
	p := &player{files: map[string]string{}}
	p.fake = connectOver(t, nil, func(e *fake, conn io.ReadWriteCloser) io.ReadWriteCloser {
		w = listen(e, conn)
		return w
	})
	session := p.unpack(archive)
	p.settings = cmp.Or(p.settings, "null") // a real one answers also when it has none
	p.introduction = strings.ReplaceAll(string(c.Params), "$DIR", filepath.ToSlash(p.dir))
	for line := range strings.Lines(string(session.Data)) {
		line, does := strings.CutPrefix(line, ">")
		words := fields(strings.TrimSpace(line))
		switch {
		case !does, c.never(words[0]):
		case words[0] == "delete" && !exists(filepath.Join(p.dir, words[1])): // no action could make it
		default:
			p.do(words[0], words[1:])
		}
	}
	c.finds(p)
	heard, places := w.all()
	for _, wrong := range c.beyond(heard) {
		t.Error(wrong)
	}
	for _, at := range places {
		if !slices.ContainsFunc(at.texts, func(text *source.File) bool { return holds(text, at.at, p.encoding) }) {
			t.Errorf("there is no %+v in %s, or it is within a character", at.at, at.in)
		}
	}
	return len(places)
}

// asking is what a person does that only some editors have a way to do, and the capability that says so.
var asking = map[string]string{
	"hints":      "textDocument.inlayHint",
	"complete":   "textDocument.completion",
	"definition": "textDocument.definition",
	"references": "textDocument.references",
	"rename":     "textDocument.rename",
	"links":      "textDocument.documentLink",
	"symbols":    "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport",
	"find":       "workspace.symbol",
}

// never says whether the editor has no way to do something that a person does in a session. The end comes by itself.
func (c *client) never(verb string) bool {
	need, some := asking[verb]
	return verb == "shutdown" || some && !c.can(need)
}

// finds holds what the editor shows of each document in the end to what "check" finds in it, once it is saved.
func (c *client) finds(p *player) {
	p.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(p.documents)) {
		if p.uri(name).IsFile() {
			p.do("save", []string{name})
		}
	}
	result, err := lint.Run(p.t.Context(), lint.Options{Paths: []string{p.dir}, Rules: rules.All})
	if err != nil {
		return // settings that are wrong, with which nothing is checked
	}
	checked := map[string][]string{}
	for _, file := range result.Files {
		for _, f := range file.Findings {
			at := rangeOf(file.Source, f.Span, p.encoding)
			checked[filepath.ToSlash(file.Path)] = append(checked[filepath.ToSlash(file.Path)], shown(at, severities[f.Severity], f.Rule.Name, f.Message))
		}
	}
	for name := range p.documents {
		if !p.uri(name).IsFile() || settles(p.uri(name)) {
			continue
		}
		var found []string
		for _, d := range p.diagnostics(name) {
			found = append(found, shown(d.Range, d.Severity, fmt.Sprint(d.Code), fmt.Sprint(d.Message)))
		}
		want := checked[filepath.ToSlash(filepath.Join(p.dir, name))]
		slices.Sort(want)
		slices.Sort(found)
		if !slices.Equal(found, want) {
			p.t.Errorf("of %s it shows\n%s\nand check finds\n%s", name, strings.Join(found, "\n"), strings.Join(want, "\n"))
		}
	}
}

// shown is a finding in one line.
func shown(at protocol.Range, severity protocol.DiagnosticSeverity, rule, message string) string {
	return fmt.Sprintf("%d:%d-%d:%d %d %s %s", at.Start.Line, at.Start.Character, at.End.Line, at.End.Character, severity, rule, message)
}

// holds says whether a text has a range, with both ends between characters.
func holds(text *source.File, at span, enc source.Encoding) bool {
	for _, end := range []struct{ Line, Character int }{at.Start, at.End} {
		p := protocol.Position{Line: uint32(end.Line), Character: uint32(end.Character)}
		if positionOf(text, offsetOf(text, p, enc), enc) != p {
			return false
		}
	}
	return true
}

// can says whether the editor declared something: a capability that is true or is there, or a word in a list of them.
func (c *client) can(path string) bool {
	path, word, listed := strings.Cut(path, "=")
	at, _ := c.said["capabilities"].(map[string]any)
	names := strings.Split(path, ".")
	for _, name := range names[:len(names)-1] {
		at, _ = at[name].(map[string]any)
	}
	value := at[names[len(names)-1]]
	if listed {
		list, _ := value.([]any)
		return slices.ContainsFunc(list, func(one any) bool { return fmt.Sprint(one) == word })
	}
	return value != nil && value != false
}
