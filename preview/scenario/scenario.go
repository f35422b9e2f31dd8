// Package scenario plays what a user does in a page, in a real browser, and holds the page to what must be seen of it
// then: what it shows, and what it must not do, such as to leak proxies or to hold up the main thread.
package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"pyodide-ls/analysis/pyodide"
)

// Scenario says what is done in a page and what must be seen. It is the expect.json of a folder.
type Scenario struct {
	Page     string            `json:"page"`     // the path of the page in the folder; none if there are commands only
	Build    *Build            `json:"build"`    // what makes the folder that the page stands in; nil if that is the folder itself
	Isolated *bool             `json:"isolated"` // whether the page is cross-origin isolated; it is where nothing is said
	Versions map[string]string `json:"versions"` // why it cannot run on a version
	Steps    []Step            `json:"steps"`
	Repeat   []Step            `json:"repeat"`   // done thrice behind the others: the third time must leave no proxies
	Live     Allowance         `json:"live"`     // how many proxies may be there at the end
	Blocked  Allowance         `json:"blocked"`  // for how many milliseconds the main thread may be held up
	Uncaught []Declared        `json:"uncaught"` // errors that nobody catches, each of which must come
	Unsynced []Declared        `json:"unsynced"` // files that are written and not synced, each of which must be seen
	Commands []Command         `json:"commands"`
}

// Allowance is what a page may do that it should not, and why it may.
type Allowance struct {
	Most int    `json:"most"`
	Why  string `json:"why"`
}

// Declared is something that a page does on purpose.
type Declared struct {
	Text string `json:"text"` // a part of what is observed
	Why  string `json:"why"`
}

// Step is one thing that is done in a page, or waited for. One of its verbs is set.
type Step struct {
	See     string  `json:"see,omitempty"`     // a selector: until one of its elements has the text
	Gone    string  `json:"gone,omitempty"`    // a selector: until no element is of it
	Holds   string  `json:"holds,omitempty"`   // an expression of JavaScript: until it is true
	Click   string  `json:"click,omitempty"`   // a selector, of whose elements the first is clicked
	Fill    string  `json:"fill,omitempty"`    // a selector of a field, into which the text is typed
	Press   string  `json:"press,omitempty"`   // the name of a key, or a character, such as Enter, a, Control+c
	Measure string  `json:"measure,omitempty"` // what a number is of
	Of      string  `json:"of,omitempty"`      // the expression of JavaScript that gives the number
	Unit    string  `json:"unit,omitempty"`    // of the number
	Picture bool    `json:"picture,omitempty"` // the page is worth a picture
	Reload  bool    `json:"reload,omitempty"`  // the page is loaded again
	Reopen  bool    `json:"reopen,omitempty"`  // the browser is closed, and the page opened in the same profile
	Server  string  `json:"server,omitempty"`  // stop, start, or isolate: it sends the headers from then on
	Text    string  `json:"text,omitempty"`    // what is seen or typed
	Within  float64 `json:"within,omitempty"`  // milliseconds until it must be so
}

// patience is how long a step waits where it does not say.
const patience = 20 * time.Second

func (s Step) within() time.Duration {
	if s.Within == 0 {
		return patience
	}
	return time.Duration(s.Within * float64(time.Millisecond))
}

// Read reads a scenario. It fails for what is no scenario, names what it does not know, or allows something without
// saying why.
func Read(data []byte) (s Scenario, err error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return s, fmt.Errorf("read the scenario: %w", err)
	}
	return s, s.check()
}

func (s Scenario) check() error {
	if s.Page == "" && len(s.Commands) == 0 {
		return errors.New("neither a page nor a command: nothing would be shown")
	}
	if s.Page != "" && len(s.Steps) == 0 {
		return errors.New("a page without a step: nothing would be shown")
	}
	if s.Build != nil && (len(s.Build.Run) == 0 || !fs.ValidPath(s.Build.Serve) || s.Page == "") {
		return errors.New("build: it must be a command, a folder that it makes, and there must be a page in that")
	}
	for version, why := range s.Versions {
		if !slices.Contains(pyodide.AllVersions.Names(), version) || why == "" {
			return fmt.Errorf("versions: %q is left out, which must be a version, for the reason %q, which must be one", version, why)
		}
	}
	for i, step := range slices.Concat(s.Steps, s.Repeat) {
		if verb, err := step.verb(); err != nil {
			return fmt.Errorf("step %d: %s %w", i+1, verb, err)
		}
	}
	return s.reasons()
}

// reasons fails where something is allowed that a page should not do, and nothing says why.
func (s Scenario) reasons() error {
	for name, a := range map[string]Allowance{"live": s.Live, "blocked": s.Blocked} {
		if a.Most > 0 && a.Why == "" || a.Most < 0 {
			return fmt.Errorf("%s: at most %d, and no reason", name, a.Most)
		}
	}
	for _, d := range slices.Concat(s.Uncaught, s.Unsynced) {
		if d.Text == "" || d.Why == "" {
			return fmt.Errorf("%q is declared for the reason %q: both must be said", d.Text, d.Why)
		}
	}
	for _, c := range s.Commands {
		if len(c.Run) == 0 || len(c.Shows) == 0 {
			return fmt.Errorf("command %q: it must be one, and show something", c.Run)
		}
	}
	return nil
}

// isolated says whether the page is cross-origin isolated.
func (s Scenario) isolated() bool { return s.Isolated == nil || *s.Isolated }

// On are the versions on which the scenario is played.
func (s Scenario) On() (on pyodide.Versions) {
	for _, v := range pyodide.AllVersions.Each() {
		if s.Versions[v.String()] == "" {
			on |= pyodide.Only(v)
		}
	}
	return on
}

// verb is what the step does. It fails when that is nothing, or more than one thing, or something is missing.
func (s Step) verb() (name string, err error) {
	set := map[string]bool{
		"see": s.See != "", "gone": s.Gone != "", "holds": s.Holds != "", "click": s.Click != "", "fill": s.Fill != "",
		"press": s.Press != "", "measure": s.Measure != "", "picture": s.Picture, "reload": s.Reload, "reopen": s.Reopen,
		"server": s.Server != "",
	}
	for verb, is := range set {
		if !is {
			continue
		}
		if name != "" {
			return name, fmt.Errorf("and %s in one step", verb)
		}
		name = verb
	}
	switch {
	case name == "":
		return "", errors.New("without a verb")
	case (s.Of != "") != (name == "measure") || name == "measure" && s.Unit == "":
		return name, errors.New("has either no expression or no unit, or one that is of no use")
	case s.Text != "" && name != "see" && name != "fill":
		return name, errors.New("has no text")
	case name == "server" && !slices.Contains([]string{"stop", "start", "isolate"}, s.Server):
		return name, fmt.Errorf("is stop, start or isolate, and not %q", s.Server)
	}
	return name, nil
}

// String is the step in words, for people.
func (s Step) String() string {
	verb, _ := s.verb()
	of := map[string]string{
		"see": s.See, "gone": s.Gone, "holds": s.Holds, "click": s.Click, "fill": s.Fill, "press": s.Press,
		"measure": s.Measure, "server": s.Server,
	}[verb]
	if s.Text != "" {
		return fmt.Sprintf("%s %s %q", verb, of, s.Text)
	}
	return verb + " " + of
}
