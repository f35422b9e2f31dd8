package lsp

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"
	"golang.org/x/tools/txtar"

	"pyodide-ls/analysis/source"
)

var update = flag.Bool("update", false, "write what the sessions say into their files")

// Each file in testdata is one person's session with an editor: the files of a folder, what the editor says
// it can do (capabilities.json, laid over full), and a transcript. Lines that begin with ">" are what the
// person does, the others what they get to see. Places are line:column, from 1, columns in characters. Where there is a
// file named "browser", the server has one.
func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := &player{fake: connect(t), files: map[string]string{}}
			if slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return f.Name == "browser" }) {
				p = &player{fake: onStage(t, newStage()), files: map[string]string{}}
			}
			section := p.unpack(archive)
			if section == nil {
				t.Fatal("there is no section named session")
			}
			got := p.play(string(section.Data))
			if *update {
				section.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if want := string(section.Data); got != want {
				t.Errorf("the session goes otherwise:\n%s", udiff.Unified("want", "got", want, got))
			}
		})
	}
}

// player plays a session.
type player struct {
	*fake
	files        map[string]string // to be written and shown later, by name
	capabilities string
	resultID     string // of the last answer that had one; $LAST in a session
	asked        *asked // about all files, and not answered yet
	known        map[uri.URI]string
	out          strings.Builder
}

// unpack puts the folder's files where the server finds them; those named in "later/" are kept back.
func (p *player) unpack(archive *txtar.Archive) *txtar.File {
	var session *txtar.File
	p.capabilities = full
	for i := range archive.Files {
		f := &archive.Files[i]
		switch name, later := strings.CutPrefix(f.Name, "later/"); {
		case f.Name == "session":
			session = f
		case f.Name == "browser":
		case f.Name == "settings.json":
			p.settings = string(f.Data)
		case f.Name == "options.json":
			p.options = string(f.Data)
		case f.Name == "capabilities.json":
			p.capabilities = overlay(p.t, full, string(f.Data))
		case later:
			p.files[name] = string(f.Data)
		default:
			p.write(f.Name, string(f.Data))
		}
	}
	return session
}

// overlay lays one JSON object over another; null takes away.
func overlay(t testing.TB, base, over string) string {
	t.Helper()
	var a, b map[string]any
	for text, into := range map[string]*map[string]any{base: &a, over: &b} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	var merge func(a, b map[string]any)
	merge = func(a, b map[string]any) {
		for k, v := range b {
			inner, ok := v.(map[string]any)
			if outer, also := a[k].(map[string]any); ok && also {
				merge(outer, inner)
				continue
			}
			if v == nil {
				delete(a, k)
				continue
			}
			a[k] = v
		}
	}
	merge(a, b)
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (p *player) play(session string) string {
	for line := range strings.Lines(session) {
		if !strings.HasPrefix(line, ">") {
			continue
		}
		p.out.WriteString(line)
		words := fields(strings.TrimSpace(line[1:]))
		p.do(words[0], words[1:])
	}
	return p.out.String()
}

var field = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\S+`)

// fields splits a line at spaces; quoted fields are as in Go.
func fields(line string) []string {
	all := field.FindAllString(line, -1)
	for i, f := range all {
		if text, err := strconv.Unquote(f); err == nil {
			all[i] = text
		}
	}
	return all
}

func (p *player) say(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

func (p *player) do(verb string, args []string) {
	switch verb {
	case "initialize":
		result := p.initialize(p.capabilities)
		if len(args) > 0 {
			p.sayCapabilities(result)
		}
	case "open":
		language := "python"
		if len(args) > 1 {
			language = args[1]
		}
		text, err := os.ReadFile(filepath.Join(p.dir, args[0]))
		if err != nil {
			text = []byte(p.files[args[0]])
		}
		p.open(args[0], language, string(text))
		p.show(args[0])
	case "edit":
		p.edit(args[0], p.edits(args[0], args[1:])...)
		p.show(args[0])
	case "type":
		at := p.span(args[0], args[1]).Start
		for _, r := range args[2] {
			p.edit(args[0], source.Edit{Span: source.Span{Start: at, End: at}, New: string(r)})
			at += len(string(r))
		}
		p.show(args[0])
	case "show":
		p.show(args[0])
	case "hover", "read":
		p.sayHover(args[0], p.span(args[0], args[1]), verb == "read")
	case "hints":
		p.sayHints(args[0])
	case "actions":
		for _, a := range p.actions(args) {
			p.sayAction(a)
		}
	case "apply":
		p.choose(args[0], args[1], args[2])
	case "close":
		p.close(args[0])
		p.show(args[0])
	case "save":
		p.write(args[0], p.documents[args[0]].Text())
		p.must(p.DidSave(p.t.Context(), &protocol.DidSaveTextDocumentParams{TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(args[0])}}))
		p.settle()
	case "write", "delete":
		p.onDisk(verb, args[0])
	case "notebook":
		p.notebook(args[1], args[0], args[2:])
	case "told":
		p.told()
	case "set":
		p.set(args[0])
	case "definition", "references":
		p.lead(verb, args[0], args[1])
	case "rename":
		p.rename(args[0], args[1], args[2])
	case "symbols", "links", "find":
		p.sayParts(verb, args[0])
	case "complete":
		p.complete(args[0], args[1], args[2:])
	case "command":
		p.command(args[0], args[1:])
	case "send":
		p.send(args[0], args[1])
	case "shutdown":
		p.must(p.Shutdown(p.t.Context()))
		p.sayClosed()
	default:
		if !p.inBrowser(verb, args) && !p.inWorkspace(verb, args) {
			p.t.Fatalf("a session has no %q", verb)
		}
	}
}

// edits reads pairs of a place and a text, each place in the text that the edit before it leaves.
func (p *player) edits(name string, pairs []string) []source.Edit {
	before := p.documents[name]
	defer func() { p.documents[name] = before }()
	var edits []source.Edit
	for i := 0; i+1 < len(pairs); i += 2 {
		edit := source.Edit{Span: p.span(name, pairs[i]), New: pairs[i+1]}
		edits = append(edits, edit)
		text, err := source.Apply(p.documents[name].Text(), []source.Edit{edit})
		p.must(err)
		p.documents[name] = source.New(name, text)
	}
	return edits
}

// show is what the editor shows of a document.
func (p *player) show(name string) {
	for _, d := range p.diagnostics(name) {
		severity := [...]string{"", "error", "warning", "information", "hint"}[d.Severity]
		tag := ""
		if len(d.Tags.Slice()) > 0 {
			tag = fmt.Sprintf(" %v", d.Tags.Slice())
		}
		source, _ := d.Source.Get()
		p.say("%s: %s%s: %s(%s): %s", p.place(name, d.Range), severity, tag, source, d.Code, d.Message)
		for _, r := range d.RelatedInformation {
			p.say("    %s: %s", p.elsewhere(name, r.Location), r.Message)
		}
	}
	if len(p.diagnostics(name)) == 0 {
		p.say("nothing")
	}
}

// elsewhere is a place in any document of those that are open.
func (p *player) elsewhere(name string, l protocol.Location) string {
	for other := range p.documents {
		if other != name && p.uri(other) == l.URI {
			return other + " " + p.place(other, l.Range)
		}
	}
	return p.place(name, l.Range)
}

// onDisk changes a file behind the editor's back, and tells the server if it asked to be told.
func (p *player) onDisk(verb, name string) {
	kind := protocol.FileChangeTypeDeleted
	if verb == "write" {
		kind = protocol.FileChangeTypeCreated
		if _, err := os.Stat(filepath.Join(p.dir, name)); err == nil {
			kind = protocol.FileChangeTypeChanged
		}
		p.write(name, p.files[name])
	} else {
		p.must(os.Remove(filepath.Join(p.dir, name)))
	}
	if p.watchers > 0 {
		p.must(p.DidChangeWatchedFiles(p.t.Context(), &protocol.DidChangeWatchedFilesParams{
			Changes: []protocol.FileEvent{{URI: p.uri(name), Type: kind}},
		}))
	}
	p.settle()
}

// send sends a message of any kind; one that begins with "?" wants an answer.
func (p *player) send(method, params string) {
	method, call := strings.CutPrefix(method, "?")
	raw := []byte(strings.NewReplacer("$DIR", string(uri.File(p.dir)), "$LAST", p.resultID).Replace(params))
	if !call {
		p.must(p.conn.Notify(p.t.Context(), method, protocol.LSPAny(raw)))
		p.settle()
		return
	}
	var result protocol.LSPAny
	if _, err := p.conn.Call(p.t.Context(), method, protocol.LSPAny(raw), &result); err != nil {
		p.say("error: %v", err)
		return
	}
	if id := resultID.FindSubmatch(result); id != nil {
		p.resultID = string(id[1])
	}
	if len(result) == 0 {
		result = []byte("null")
	}
	answer := strings.ReplaceAll(string(result), string(uri.File(p.dir)), "$DIR")
	p.say("%s", resultID.ReplaceAllString(answer, `"resultId":"…"`))
}

// resultID changes with every rule's message; that it stays the same while nothing changes is what matters.
var resultID = regexp.MustCompile(`"resultId":"(\w+)"`)

// span reads "line:column" or "line:column-line:column".
func (p *player) span(name, place string) source.Span {
	from, to, ok := strings.Cut(place, "-")
	if !ok {
		to = from
	}
	at := func(s string) int {
		var point source.Point
		if _, err := fmt.Sscanf(s, "%d:%d", &point.Line, &point.Column); err != nil {
			p.t.Fatalf("%q is no place", s)
		}
		return p.documents[name].OffsetOf(point)
	}
	return source.Span{Start: at(from), End: at(to)}
}

func (p *player) place(name string, r protocol.Range) string {
	text := p.documents[name]
	if text == nil { // of a file that is not open
		data, err := os.ReadFile(filepath.Join(p.dir, name))
		if err != nil {
			return "?"
		}
		text = source.New(name, string(data))
	}
	span := spanOf(text, r, p.encoding)
	from, to := text.Point(span.Start), text.Point(span.End)
	return fmt.Sprintf("%d:%d-%d:%d", from.Line, from.Column, to.Line, to.Column)
}

func (p *player) actions(args []string) []*protocol.CodeAction {
	params := &protocol.CodeActionParams{
		TextDocument: protocol.TextDocumentIdentifier{URI: p.uri(args[0])},
		Range:        rangeOf(p.documents[args[0]], p.span(args[0], args[1]), p.encoding),
	}
	for _, kind := range args[2:] {
		params.Context.Only = append(params.Context.Only, protocol.CodeActionKind(kind))
	}
	offered, err := p.CodeAction(p.t.Context(), params)
	p.must(err)
	var actions []*protocol.CodeAction
	for _, a := range offered {
		actions = append(actions, p.kept(a.(*protocol.CodeAction)))
	}
	return actions
}

// kept is an action that outlives the message that it came in: what is decoded shares its memory, which is used again.
func (p *player) kept(a *protocol.CodeAction) *protocol.CodeAction {
	raw, err := protocol.Marshal(a)
	p.must(err)
	own := &protocol.CodeAction{}
	p.must(protocol.Unmarshal(bytes.Clone(raw), own))
	return own
}

func (p *player) sayAction(a *protocol.CodeAction) {
	preferred, about := "", ""
	if a.IsPreferred != nil {
		preferred = ", preferred"
	}
	for _, d := range a.Diagnostics {
		about += fmt.Sprintf(", for %s", d.Code)
	}
	if len(a.Data) > 0 {
		about += ", worked out when it is chosen"
	}
	p.say("%s (%s%s%s)", a.Title, *a.Kind, preferred, about)
}

// choose applies the action with a title, and shows what became of the document.
func (p *player) choose(name, place, title string) {
	for _, a := range p.actions([]string{name, place}) {
		if a.Title != title {
			continue
		}
		if p.stage == nil && a.Command.Command != "" {
			p.run(a.Command.Command, a.Command.Arguments)
			return
		}
		if a.Command.Command != "" {
			p.execute(a.Command.Command, a.Command.Arguments...)
			return
		}
		if len(a.Data) > 0 {
			a = p.resolved(a)
		}
		before := maps.Clone(p.documents)
		for _, changed := range p.apply(a) {
			if changed != name {
				p.say("| in %s", changed)
			}
			p.sayDifference(before[changed].Text(), p.documents[changed].Text())
		}
		for _, d := range p.applyOnDisk(a) {
			p.say("| in %s", d.name)
			p.sayDifference(d.before, d.after)
		}
		p.show(name)
		return
	}
	p.say("there is no such action")
}

func (p *player) sayDifference(before, after string) {
	for line := range strings.Lines(udiff.Unified("", "", before, after)) {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "+++") || strings.HasPrefix(line, "@@") {
			continue
		}
		p.say("%s", strings.TrimRight("| "+line, " \r\n"))
	}
}

// sayCapabilities is what the server says it can do, the parts that depend on the editor.
func (p *player) sayCapabilities(r *protocol.InitializeResult) {
	raw, err := protocol.Marshal(&r.Capabilities)
	p.must(err)
	var out bytes.Buffer
	p.must(json.Indent(&out, raw, "| ", "  "))
	p.say("| %s", out.String())
}
