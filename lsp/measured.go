package lsp

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.lsp.dev/uri"

	"pyodide-ls/analysis"
)

const (
	// measuredEvery is how often, at most, what previews observe is published: it comes by the thousand.
	measuredEvery = 100 * time.Millisecond
	// measuredMost is how many different things of one preview are kept, textMost how much of what each says, and
	// makersMost how many lines are named that made its proxies.
	measuredMost = 1000
	textMost     = 500
	makersMost   = 5
)

// measured is what was observed of a line, once or time and again.
type measured struct {
	analysis.Observation // of several, the longest time and the last count
	times                int
	said                 bool            // by a finding that it confirms
	makers               []analysis.Site // of the proxies that it is about, as far as they are to be shown
}

// sameness is what observations have in common that count as one.
type sameness struct {
	kind     analysis.Observed
	text     string
	at, made analysis.Site
}

// tally is what a preview observed since its page was loaded.
type tally struct {
	all   []*measured // in the order in which they came
	same  map[sameness]*measured
	texts map[string]string // of files as they are saved, for which observations are true
}

// lineOf is the line that an observation is shown at: where it happened, or else where the proxy was made that it is
// about. There is none for what is no mistake, such as the output of the program.
func lineOf(o analysis.Observation) *analysis.Site {
	switch o.Kind {
	case analysis.Raised, analysis.Uncaught, analysis.Stopped, analysis.Live, analysis.Grown, analysis.Copied, analysis.Unawaited, analysis.Unsynced:
		return cmp.Or(o.At, o.Made)
	case analysis.Blocked:
		if o.Text != "" { // a call that waits: to compute takes its time everywhere
			return o.At
		}
	case analysis.Printed, analysis.Warned, analysis.Logged, analysis.Posted, analysis.Isolation, analysis.Shared:
	}
	return nil
}

// say is how much it matters, and what there is to say of it.
func (m *measured) say() (severity analysis.Severity, message string) {
	often := ""
	if m.times > 1 {
		often = fmt.Sprintf(", %s times", analysis.Thousands(m.times))
	}
	switch m.Kind {
	case analysis.Raised, analysis.Uncaught:
		return analysis.Error, m.Kind.String() + often + ": " + m.Text
	case analysis.Stopped:
		return analysis.Error, "this did not end by itself, and was stopped" + often
	case analysis.Blocked:
		if often != "" {
			often = " and less" + often
		}
		return analysis.Warning, fmt.Sprintf("%s held up the page for %s%s", m.Text, analysis.Milliseconds(m.Milliseconds), often)
	case analysis.Live:
		if m.Count == 1 {
			return analysis.Hint, "a proxy that was made here is still there when all else was collected"
		}
		return analysis.Hint, analysis.Thousands(m.Count) + " proxies that were made here are still there when all else was collected"
	case analysis.Grown:
		return analysis.Warning, fmt.Sprintf("each event leaves %s more of the proxies that are made here", analysis.Thousands(m.Count))
	case analysis.Copied:
		return analysis.Info, "this copies a view of shared memory: JavaScript does not see what is written to the copy"
	case analysis.Unawaited:
		return analysis.Warning, fmt.Sprintf("the coroutine %s was never awaited, so it never ran%s", m.Text, often)
	case analysis.Unsynced:
		return analysis.Warning, fmt.Sprintf("%s was written and not synced: it is lost with the page", m.Text)
	case analysis.Printed, analysis.Warned, analysis.Logged, analysis.Posted, analysis.Isolation, analysis.Shared:
	}
	return analysis.Info, m.Text // lineOf leaves these out
}

// add notes an observation that has a line; news says whether it changes what is to be shown.
func (t *tally) add(o analysis.Observation) (news bool) {
	if len(o.Text) > textMost {
		o.Text = strings.ToValidUTF8(o.Text[:textMost], "") + "…"
	}
	same := sameness{kind: o.Kind, text: o.Text}
	if o.At != nil {
		same.at = *o.At
	}
	if o.Made != nil {
		same.made = *o.Made
	}
	before := t.same[same]
	switch {
	case before != nil:
		before.times++
		before.Count, before.Milliseconds = o.Count, max(before.Milliseconds, o.Milliseconds)
		return true
	case len(t.all) == measuredMost:
		return false
	case t.all == nil:
		t.same, t.texts = map[sameness]*measured{}, map[string]string{}
	}
	m := &measured{Observation: o, times: 1}
	t.all, t.same[same] = append(t.all, m), m
	return true
}

// files are those whose lines something was observed of.
func (t *tally) files() []string {
	files := map[string]bool{}
	for _, m := range t.all {
		files[lineOf(m.Observation).File] = true
	}
	return slices.Collect(maps.Keys(files))
}

// saved is the text of a file as it was saved when somebody asked first.
func (t *tally) saved(file string) string {
	text, ok := t.texts[file]
	if !ok {
		text = savedText(file)
		t.texts[file] = text
	}
	return text
}

// savedText is the text of a file as it is saved, empty if it cannot be read.
func savedText(file string) string {
	data, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		return ""
	}
	return string(data)
}

// of is what was observed of a document, line by line, if it stands as it is saved: of any other text the lines would
// be wrong.
func (t *tally) of(d *document) []*measured {
	var all []*measured
	for _, m := range t.all {
		if lineOf(m.Observation).File == slashed(d.path) {
			one := *m
			all = append(all, &one)
		}
	}
	if all == nil || !sameLines(t.saved(slashed(d.path)), d.text.Text()) {
		return nil
	}
	slices.SortStableFunc(all, func(a, b *measured) int {
		return cmp.Compare(lineOf(a.Observation).Line, lineOf(b.Observation).Line)
	})
	return all
}

// sameLines says whether two texts have the same lines: editors keep the byte order mark, the kind of line ends and the
// last one to themselves.
func sameLines(a, b string) bool {
	plain := func(text string) string {
		text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
		return strings.TrimSuffix(text, "\n")
	}
	return plain(a) == plain(b)
}

// evidence is what the previews observed of a document.
func (s *server) evidence(d *document) []*measured {
	if !d.file || d.notebook != nil {
		return nil
	}
	var all []*measured
	for _, r := range s.previews.runs("") {
		r.mu.Lock()
		all = append(all, r.seen.of(d)...)
		r.mu.Unlock()
	}
	return all
}

// confirmed is what was measured of a finding of a document, in words; empty if nothing was.
func (s *server) confirmed(d *document, found *result, f analysis.Finding, seen []*measured) string {
	if len(seen) == 0 {
		return ""
	}
	return confirmed(s.fileOf(d, found), f, seen)
}

// confirmed is what was measured of a finding, in words; empty if nothing was. What says so need not be said again.
func confirmed(file *analysis.File, f analysis.Finding, seen []*measured) (words string) {
	if len(seen) == 0 {
		return ""
	}
	claim := file.Claim(f)
	for _, m := range seen {
		if said, ok := claim.Measured(m.Observation); ok {
			m.said = true
			words = cmp.Or(words, said)
		}
	}
	return words
}

// unsaid is what no finding says already: what is the same for a person is one, whichever proxies it is about.
func unsaid(seen []*measured) []*measured {
	var left []*measured
	for _, m := range seen {
		if m.said {
			continue
		}
		i := slices.IndexFunc(left, func(other *measured) bool {
			return *lineOf(other.Observation) == *lineOf(m.Observation) && other.Kind == m.Kind && other.Text == m.Text
		})
		if i < 0 {
			i = len(left)
			left = append(left, m)
		} else {
			left[i].times += m.times
		}
		if m.At != nil && m.Made != nil && len(left[i].makers) < makersMost {
			left[i].makers = append(left[i].makers, *m.Made)
		}
	}
	return left
}

// fileAt is the document that is open of a file, nil if none is.
func (st *state) fileAt(file string) *document { return st.documents[uri.File(file)] }

// showMeasured has something else shown of files than before, soon: all that comes until then is shown with it.
func (s *server) showMeasured(files ...string) {
	p := &s.previews
	if len(files) == 0 {
		return
	}
	p.mu.Lock()
	if p.changed == nil {
		p.changed = map[string]bool{}
	}
	for _, file := range files {
		p.changed[file] = true
	}
	p.mu.Unlock()
	p.news.ask(s, "show what was measured", s.publishMeasured)
}

func (s *server) publishMeasured() {
	if !s.previews.anyChanged() {
		return
	}
	select {
	case <-time.After(measuredEvery):
	case <-s.life.Done():
	}
	refresh := false
	for file := range s.previews.takeChanged() {
		d := s.current.Load().fileAt(file)
		switch {
		case d == nil: // it is shown when it is opened
		case s.editor.pulls:
			refresh = true
		default:
			s.schedule(d.uri, false)
		}
	}
	if refresh && !s.shutdown.Load() {
		s.askAgain("diagnostics", s.client.DiagnosticRefresh) // and wait for the answer: a slow editor is asked less often
	}
}

// takeChanged are the files of which something else is to be shown than before, and are no longer.
func (p *previews) takeChanged() map[string]bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	changed := p.changed
	p.changed = nil
	return changed
}

func (p *previews) anyChanged() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.changed) > 0
}
