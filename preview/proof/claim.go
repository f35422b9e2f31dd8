// Package proof holds the pages of rules to what a real browser shows: where a rule speaks, its bad example fails;
// where it is silent, the code works; what it is replaced by works everywhere.
package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// Claim is a line of a page's proof: what examples of a role show when they run.
type Claim struct {
	Line     string // as the page has it
	Role     string // bad, fixed, instead or good
	Versions pyodide.Versions
	Realm    pyodide.Realms // none for any
	JSPI     string         // "on", "off" or none
	Kind     analysis.Observed
	Text     string  // a part of the message of an error; all of a line that is printed
	Least    float64 // milliseconds for which the main thread is blocked
	Below    float64 // milliseconds below which it stays, if that is claimed
	Count    int     // of proxies that live
	None     string  // why nothing is claimed
}

var (
	claimLine = regexp.MustCompile(`^(bad|fixed|instead|good): ((?:(?:jspi|realm|pyodide)=\S+ )*)(\w+)(?: (.+))?$`)
	blocked   = regexp.MustCompile(`^(under )?(\d+) ms$`)
	live      = regexp.MustCompile(`^(\d+) prox(?:y|ies)$`)
)

// ParseClaim reads a line of a proof. It fails for what is none.
func ParseClaim(line string) (c Claim, err error) {
	c = Claim{Line: line, Versions: pyodide.AllVersions}
	if why, none := strings.CutPrefix(line, "none: "); none && why != "" {
		c.None = why
		return c, nil
	}
	m := claimLine.FindStringSubmatch(line)
	if m == nil {
		return c, fmt.Errorf("%q is no line of a proof", line)
	}
	c.Role = m[1]
	if err := c.settings(strings.Fields(m[2])); err != nil {
		return c, err
	}
	if !c.shows(m[3], m[4]) {
		return c, fmt.Errorf("%q claims what cannot be observed", line)
	}
	return c, nil
}

func (c *Claim) settings(all []string) error {
	for _, s := range all {
		key, value, _ := strings.Cut(s, "=")
		known := true
		switch key {
		case "jspi":
			c.JSPI, known = value, value == "on" || value == "off"
		case "realm":
			c.Realm, known = pyodide.ParseRealm(value)
		case "pyodide":
			var err error
			c.Versions, err = pyodide.ParseVersions(value)
			known = err == nil
		}
		if !known {
			return fmt.Errorf("%q says %s, which is no %s", c.Line, s, key)
		}
	}
	return nil
}

// shows reads what is shown, and how much of it.
func (c *Claim) shows(verb, what string) (ok bool) {
	switch verb {
	case "uncaught", "raised", "printed", "posted", "logged", "unsynced":
		if err := c.Kind.UnmarshalText([]byte(verb)); err != nil {
			return false
		}
		text, err := strconv.Unquote(what)
		c.Text = text
		return err == nil && text != ""
	case "blocked":
		m := blocked.FindStringSubmatch(what)
		if m == nil {
			return false
		}
		c.Kind = analysis.Blocked
		milliseconds, _ := strconv.ParseFloat(m[2], 64)
		if m[1] == "" {
			c.Least = milliseconds
		} else {
			c.Below = milliseconds
		}
		return milliseconds > 0
	case "stopped":
		c.Kind = analysis.Stopped
		return what == ""
	case "live":
		m := live.FindStringSubmatch(what)
		if m == nil {
			return false
		}
		c.Kind = analysis.Live
		c.Count, _ = strconv.Atoi(m[1])
		return c.Count > 0
	}
	return false
}

// Concerns says whether the claim is about examples of a role that run in a mode.
func (c Claim) Concerns(role string, m Mode) bool {
	return c.Role == role && c.Versions.Has(m.Version) && (c.Realm == 0 || c.Realm == m.Realm) && (c.JSPI == "" || (c.JSPI == "on") == m.JSPI)
}

// Holds says whether what was observed is what is claimed.
func (c Claim) Holds(all []analysis.Observation) bool {
	switch c.Kind {
	case analysis.Blocked:
		longest := 0.0
		for _, o := range all {
			longest = max(longest, o.Milliseconds)
		}
		return longest >= c.Least && (c.Below == 0 || longest < c.Below)
	case analysis.Live:
		count := 0
		for _, o := range all {
			if o.Kind == analysis.Live {
				count += o.Count
			}
		}
		return count == c.Count
	case analysis.Printed, analysis.Posted:
		return slices.ContainsFunc(all, func(o analysis.Observation) bool { return o.Kind == c.Kind && o.Text == c.Text })
	}
	return slices.ContainsFunc(all, func(o analysis.Observation) bool { return o.Kind == c.Kind && strings.Contains(o.Text, c.Text) })
}

// Word is what the table of a page says where the claim holds.
func (c Claim) Word() string {
	switch c.Kind {
	case analysis.Printed:
		return "prints " + c.Text
	case analysis.Posted:
		return "posts " + c.Text
	case analysis.Blocked:
		return "blocks"
	case analysis.Live:
		return "leaks"
	case analysis.Raised:
		return "raises"
	case analysis.Stopped:
		return "never ends"
	}
	return c.Kind.String()
}
