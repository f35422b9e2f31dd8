// Package analysis makes findings. Check is the one function that does; the editor, the command and the
// preview all call it.
//
// There are no errors in here, only findings and broken trees. Files and projects are immutable and safe
// for concurrent use.
package analysis

import (
	"pyodide-ls/analysis/config"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
)

// Severity says how much a finding matters.
type Severity uint8

// The severities, from the least on.
const (
	Off Severity = iota
	Hint
	Info
	Warning
	Error
)

var severityNames = [...]string{"off", "hint", "info", "warning", "error"}

func (s Severity) String() string { return severityNames[s] }

// ParseSeverity reads a severity's name; ok is false for any other text.
func ParseSeverity(name string) (s Severity, ok bool) {
	for i, n := range severityNames {
		if n == name {
			return Severity(i), true
		}
	}
	return Off, false
}

// Group is what a rule is about.
type Group string

// The groups. Directive is for this program's own comments and settings, which say nothing about Pyodide.
const (
	Proxy        Group = "proxy"
	MainThread   Group = "main-thread"
	SharedMemory Group = "shared-memory"
	Conversion   Group = "conversion"
	Async        Group = "async"
	RealmGroup   Group = "realm"
	Runtime      Group = "runtime"
	Storage      Group = "storage"
	Security     Group = "security"
	Testing      Group = "testing"
	Directive    Group = "directive"
)

// Groups lists the groups in the order in which people are shown them.
var Groups = []Group{
	Proxy, MainThread, SharedMemory, Conversion, Async, RealmGroup, Runtime, Storage, Security, Testing, Directive,
}

// Rule finds one kind of mistake. Its identity is its address; its name is for people.
type Rule struct {
	Name     string // kebab-case, names the mistake
	Group    Group
	Severity Severity
	Realms   pyodide.Realms // where it speaks; none for everywhere but the host, known or not
	Yields   []string       // the rules that it gives way to at the same cause
	Doc      string         // its page, Markdown
	Evidence Evidence       // what a browser shows where it is right
	Check    func(*Pass)    // looks at each unit
	// CheckFile looks at each document as a whole, wherever its Python runs. A rule has one of the two, or both.
	CheckFile func(*FilePass)
	// Directives marks a rule about this program's comments: it runs after all others, when it is known
	// which suppressions were used.
	Directives bool
	// Movable says that what the rule finds may go on in a worker.
	Movable bool
	// Unnecessary says that what the rule finds can be deleted; editors show such text greyed out.
	Unnecessary bool
}

// KnownToSettings is what settings may name where these rules run.
func KnownToSettings(rules []*Rule) config.Known {
	known := config.Known{Versions: func(text string) error {
		_, err := pyodide.ParseVersions(text)
		return err
	}}
	for _, r := range rules {
		known.Rules = append(known.Rules, r.Name)
	}
	return known
}

// SettingsSchema is the JSON Schema of the settings where these rules run.
func SettingsSchema(rules []*Rule) ([]byte, error) {
	titles := map[string]string{}
	for _, r := range rules {
		titles[r.Name] = ParsePage(r.Doc).Title
	}
	return config.Schema(KnownToSettings(rules), func(rule string) string { return titles[rule] })
}

// RealmIn is where settings let a file run, none where they do not say.
func RealmIn(settings *config.Settings, path string) pyodide.Realms {
	r, _ := pyodide.ParseRealm(settings.RealmFor(path))
	return r
}

// AddedBy is what settings add to what is known of calls, nil if they add nothing.
func AddedBy(settings *config.Settings) *pyodide.Added {
	c := settings.Calls
	banned := make(map[string]pyodide.Ban, len(c.Banned))
	for _, b := range c.Banned {
		banned[b.Call] = pyodide.Ban{Message: b.Message, Replacement: b.Replacement}
	}
	return pyodide.Add(c.Blocking, c.Keeping, c.Destroying, c.Owning, banned)
}

// SeverityIn is the rule's severity in a file under some settings.
func (r *Rule) SeverityIn(settings *config.Settings, path string) Severity {
	if level, ok := settings.LevelFor(path, r.Name); ok {
		if s, ok := ParseSeverity(string(level)); ok {
			return s
		}
	}
	return r.Severity
}

// Finding is one mistake in one file. Spans are bytes of the host's text.
type Finding struct {
	Rule     *Rule
	Span     source.Span
	Severity Severity
	Message  string // one sentence, what and why, without a full stop
	// Runs are the ways in which the code comes to run that are concerned; none where nothing is known, and for what
	// is not code.
	Runs []realm.Placement
	// Versions are those of the targeted versions of Pyodide that it concerns; none for what is not code.
	Versions pyodide.Versions
	Because  string // why these are targeted; empty if nothing says which
	Related  []Related
	Fixes    []Fix
	Cause    Cause

	shown  *Site       // where a browser shows it, if that is elsewhere
	unit   int         // its place among those of the file, -1 for the file as a whole
	within source.Span // of the unit's text
}

// Related is another place that explains a finding.
type Related struct {
	Span    source.Span
	Message string
	// Path is the file if it is another one than the finding's, as the project has it, and At the place there.
	Path string
	At   source.Range
}

// Cause is the place where the thing was made that goes wrong, and its kind: findings of one cause are one
// mistake, of which one rule speaks.
type Cause struct {
	Span source.Span
	Kind string
}

// Applicability says how far a fix can be trusted.
type Applicability uint8

const (
	// Safe fixes keep what the code does, or do what it plainly intends.
	Safe Applicability = iota
	// Unsafe fixes may change what the code does.
	Unsafe
	// Shown fixes are for reading: applied as they stand they may not be enough.
	Shown
)

func (a Applicability) String() string { return [...]string{"safe", "unsafe", "shown"}[a] }

// Fix is one way to put a finding right.
type Fix struct {
	Title         string // imperative
	Applicability Applicability
	Edits         []source.Edit
	// Around are further edits, of the document that holds the unit, in bytes of that.
	Around []source.Edit
}
