package preview

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"

	"pyodide-ls/analysis"
)

// Writer writes what is observed, as it is observed.
type Writer interface {
	// Tell writes an observation.
	Tell(analysis.Observation) error
	// End writes what follows the last one. Stopped is why the program did not come to its end, nil if it did.
	End(stopped error) error
}

// IsMistake says whether an observation is of something that is wrong.
func IsMistake(o analysis.Observation) bool {
	switch o.Kind {
	case analysis.Raised, analysis.Uncaught, analysis.Stopped, analysis.Grown, analysis.Unawaited, analysis.Unsynced:
		return true
	case analysis.Blocked:
		return o.Text != "" // a call that waits: to compute takes its time everywhere
	}
	return false
}

// NewText is a writer for people. The program's own output stands as it is, and what was observed beside it is marked.
func NewText(w io.Writer, colour bool) Writer {
	t := &text{w: w, red: color.New(color.FgRed, color.Bold), yellow: color.New(color.FgYellow), dim: color.New(color.Faint)}
	for _, c := range []*color.Color{t.red, t.yellow, t.dim} {
		if c.DisableColor(); colour {
			c.EnableColor()
		}
	}
	return t
}

type text struct {
	w                io.Writer
	red, yellow, dim *color.Color
	mistakes         int
}

func (t *text) Tell(o analysis.Observation) error {
	line := t.line(o)
	if IsMistake(o) {
		t.mistakes++
	}
	if line == "" {
		return nil
	}
	line += "\n"
	if o.At != nil && o.Kind != analysis.Logged {
		line += t.dim.Sprintf("  --> %s:%d\n", o.At.File, o.At.Line)
	}
	if o.Made != nil {
		line += t.dim.Sprintf("  --> %s:%d made the proxy\n", o.Made.File, o.Made.Line)
	}
	_, err := io.WriteString(t.w, line)
	return err
}

// line is the first line of an observation, empty for one that is only to be counted.
func (t *text) line(o analysis.Observation) string {
	switch o.Kind {
	case analysis.Printed, analysis.Warned:
		return o.Text
	case analysis.Logged:
		return t.dim.Sprint("console: ") + o.Text
	case analysis.Posted:
		return t.dim.Sprint("posted: ") + o.Text
	case analysis.Raised:
		return t.red.Sprint("raised") + " " + o.Text
	case analysis.Uncaught:
		return t.red.Sprint("uncaught") + " " + o.Text
	case analysis.Stopped:
		return t.red.Sprint("stopped") + " it did not end by itself"
	case analysis.Blocked:
		if o.Text == "" {
			return t.dim.Sprintf("blocked the page was busy for %.0f ms", o.Milliseconds)
		}
		return t.yellow.Sprint("blocked") + fmt.Sprintf(" %s held up the page for %.0f ms", o.Text, o.Milliseconds)
	}
	return t.kept(o)
}

// kept is the line of an observation of what lines make, keep or lose.
func (t *text) kept(o analysis.Observation) string {
	switch o.Kind {
	case analysis.Live:
		return t.dim.Sprint("live") + " " + several(o.Count, "proxy is", "proxies are") + " still there when all else was collected"
	case analysis.Grown:
		return t.yellow.Sprint("leaks") + " each event leaves " + several(o.Count, "more proxy", "more proxies") + " behind"
	case analysis.Shared:
		return t.dim.Sprint("shared") + " " + several(o.Count, "SharedArrayBuffer was", "SharedArrayBuffers were") + " made"
	case analysis.Copied:
		return t.dim.Sprint("copied") + " a view of shared memory, " + several(o.Count, "time", "times") + ": JavaScript does not see what is written to the copy"
	case analysis.Unawaited:
		return t.yellow.Sprint("unawaited") + " the coroutine " + o.Text + ", " + several(o.Count, "time", "times") + ": it never ran"
	case analysis.Unsynced:
		return t.yellow.Sprint("unsynced") + " " + o.Text + " was written and not synced: it is lost with the page"
	}
	return ""
}

// Words is an observation in one line, without its kind and the places.
func Words(o analysis.Observation) string {
	return strings.TrimPrefix(NewText(io.Discard, false).(*text).line(o), o.Kind.String()+" ")
}

func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (t *text) End(stopped error) error {
	line := t.dim.Sprint("Nothing went wrong that a browser can tell.")
	switch {
	case stopped != nil:
		line = t.red.Sprint("stopped") + " " + stopped.Error()
	case t.mistakes == 1:
		line = "1 mistake was observed."
	case t.mistakes > 1:
		line = fmt.Sprintf("%d mistakes were observed.", t.mistakes)
	}
	_, err := fmt.Fprintf(t.w, "\n%s\n", line)
	return err
}

// NewJSON is a writer of one object.
func NewJSON(w io.Writer, about About) Writer {
	return &object{w: w, About: about, All: []analysis.Observation{}}
}

// About is what a program was run on.
type About struct {
	File     string `json:"file"`
	Pyodide  string `json:"pyodide"`
	Realm    string `json:"realm"`
	Isolated bool   `json:"isolated"`
}

type object struct {
	w io.Writer
	About
	All     []analysis.Observation `json:"observations"`
	Stopped string                 `json:"stopped,omitempty"`
}

func (j *object) Tell(o analysis.Observation) error {
	j.All = append(j.All, o)
	return nil
}

func (j *object) End(stopped error) error {
	if stopped != nil {
		j.Stopped = stopped.Error()
	}
	encoder := json.NewEncoder(j.w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(j)
}
