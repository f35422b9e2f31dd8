package pyodide

import "strings"

// ReadsInput says whether a call, by its canonical name, reads what somebody types. In a page Pyodide asks with the
// browser's prompt; a worker has none, and every one of these raises OSError there.
// Sources: https://pyodide.org/en/stable/usage/streams.html, and each supported version in Chromium.
func ReadsInput(call string) bool {
	if of, ok := strings.CutPrefix(call, "sys.stdin."); ok {
		return readsStream[strings.TrimPrefix(of, "buffer.")]
	}
	return readers[call]
}

var readers = map[string]bool{
	"builtins.input": true, "getpass.getpass": true, "code.interact": true, "pdb.set_trace": true, "builtins.breakpoint": true,
}

// readsStream are the methods of a stream that read from it.
var readsStream = map[string]bool{"read": true, "readline": true, "readlines": true, "read1": true, "readinto": true, "__next__": true}

// Stdin is the stream that Python reads from, and that can be gone through line by line.
const Stdin = "sys.stdin"

// ReadingRaises are the exceptions in which reading ends where there is nothing to read from.
var ReadingRaises = []string{"OSError", "EOFError"}
