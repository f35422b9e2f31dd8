package flow

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/syntax"
)

// Each x is marked with the places in which the guards around it let it run.
func TestRealms(t *testing.T) {
	for name, text := range map[string]string{
		"PyScript's constant": `
from pyscript import RUNNING_IN_WORKER
import pyscript
x                                        #@ x = main worker service-worker node host
if RUNNING_IN_WORKER: x                  #@ x = worker
else: x                                  #@ x = main service-worker node host
if not pyscript.RUNNING_IN_WORKER: x     #@ x = main service-worker node host
def f():
    if not RUNNING_IN_WORKER:
        return
    x                                    #@ x = worker
def g():
    assert RUNNING_IN_WORKER
    x                                    #@ x = worker
IN_WORKER = bool(RUNNING_IN_WORKER)
x if IN_WORKER else 0                    #@ x = worker
IN_WORKER and x                          #@ x = worker
IN_WORKER or x                           #@ x = main service-worker node host
`,
		"names of the global scope": `
import js
import sys
if hasattr(js, "document"): x            #@ x = main
else: x                                  #@ x = worker service-worker node host
if not hasattr(js, "importScripts"): x   #@ x = main node host
if hasattr(js.self, "WorkerGlobalScope"): x   #@ x = worker service-worker
if "window" in dir(js): x                #@ x = main
document = getattr(js, "document", None)
if document is None: x                   #@ x = worker service-worker node host
if document is not None: x               #@ x = main
if hasattr(js, "fetch"): x               #@ x = main worker service-worker node host
if hasattr(js, "process"): x             #@ x = main worker service-worker node host
if sys.platform == "emscripten" and not hasattr(js, "document"): x   #@ x = worker service-worker node
if hasattr(js, "document") or hasattr(js, "importScripts"): x        #@ x = main worker service-worker
`,
		"PyScript gives its workers a document": `
import js
from pyscript import when
if hasattr(js, "document"): x            #@ x = main worker
else: x                                  #@ x = worker service-worker node host
`,
		"an import that fails in workers": `
try:
    from js import document
    x                                    #@ x = main
    IN_PAGE = True
except ImportError:
    x                                    #@ x = worker service-worker node host
    document = None
    IN_PAGE = False
else:
    x                                    #@ x = main
if document: x                           #@ x = main
if document is None: x                   #@ x = worker service-worker node host
if IN_PAGE: x                            #@ x = main
if not IN_PAGE: x                        #@ x = worker service-worker node host
def f():
    try:
        from js import window
    except ImportError:
        return
    x                                    #@ x = main
`,
		"a default above": `
import sys
WEB = False
if sys.platform == "emscripten":
    WEB = True
if WEB: x                                #@ x = main worker service-worker node
if not WEB: x                            #@ x = host
page = False
try:
    from js import localStorage
    page = True
except ImportError:
    pass
if page: x                               #@ x = main
else: x                                  #@ x = worker service-worker node host
`,
		"nothing that can be read": `
import os
from pyscript import config
if os.environ.get("IN_WORKER"): x        #@ x = main worker service-worker node host
if in_worker(): x                        #@ x = main worker service-worker node host
a = b
b = a
if a: x                                  #@ x = main worker service-worker node host
`,
	} {
		t.Run(name, func(t *testing.T) {
			eachMarker(t, text, func(f *File, n syntax.Node) string { return strings.Join(f.Realms(n).Names(), " ") })
		})
	}
}
