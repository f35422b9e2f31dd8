package analysis

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"pyodide-ls/analysis/pyodide"
)

// Observed is a kind of thing that a browser shows of Python that runs in it.
type Observed uint8

// The kinds. There are no others: whoever switches over them names them all.
const (
	Printed   Observed = iota + 1 // a line on standard output
	Warned                        // a line on standard error
	Logged                        // a message of console.log and its kin
	Posted                        // a value that a worker posted to its page
	Raised                        // the exception that ended the program
	Uncaught                      // an error or a rejection that nobody caught
	Blocked                       // the main thread could do nothing else for a while
	Stopped                       // Python that did not end was interrupted, or its page closed
	Live                          // proxies that a line made and that are still there when all else is collected
	Isolation                     // whether the page is cross-origin isolated
	Grown                         // proxies that a line leaves behind each time that an event comes
	Shared                        // SharedArrayBuffers that a line made
	Copied                        // views of shared memory that a line copied into Python's: to_py and its kin give no view
	Unawaited                     // coroutines that a line made and that nobody awaited
	Unsynced                      // a file of a mount that is kept by syncing only, written and not synced
	observedCount
)

var observedNames = [observedCount]string{
	"", "printed", "warned", "logged", "posted", "raised", "uncaught", "blocked", "stopped", "live", "isolation",
	"grown", "shared", "copied", "unawaited", "unsynced",
}

func (o Observed) String() string { return observedNames[o] }

// MarshalText writes the name of the kind.
func (o Observed) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the name of a kind; it fails for others.
func (o *Observed) UnmarshalText(text []byte) error {
	i := slices.Index(observedNames[:], string(text))
	if i < int(Printed) {
		return fmt.Errorf("%q is no kind of observation", text)
	}
	*o = Observed(i)
	return nil
}

// SynchronousRequest is what an observation calls a request that its caller waits for.
const SynchronousRequest = "a synchronous request"

// Site is a line of a program.
type Site struct {
	File string `json:"file"` // as the program names it, with slashes
	Line int    `json:"line"` // 1-based
}

// Observation is what a browser showed of Python that ran in it.
type Observation struct {
	Kind         Observed `json:"kind"`
	Text         string   `json:"text,omitempty"`         // the line, the message of the error, the call that blocked, the coroutine, the file
	At           *Site    `json:"at,omitempty"`           // the innermost line of the program, nil if none is known
	Made         *Site    `json:"made,omitempty"`         // the line that made the proxy that an error is about
	Milliseconds float64  `json:"milliseconds,omitempty"` // how long the main thread was blocked
	Count        int      `json:"count,omitempty"`        // of proxies, buffers, copies, coroutines
	Isolated     bool     `json:"isolated,omitempty"`
	Realm        string   `json:"realm,omitempty"` // "main" or "worker"
}

// ReadObservation reads one as a page reports it. Pages are programs of others: what is no observation is an error.
func ReadObservation(data []byte) (o Observation, err error) {
	if err := json.Unmarshal(data, &o); err != nil {
		return o, fmt.Errorf("read an observation: %w", err)
	}
	if o.Kind == 0 {
		return o, errors.New("read an observation: it has no kind")
	}
	if o.Realm != "" {
		if _, ok := pyodide.ParseRealm(o.Realm); !ok {
			return o, fmt.Errorf("read an observation: %q is no realm", o.Realm)
		}
	}
	return o, nil
}
