package flow

import (
	"cmp"
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
		"an import that may fail for another reason": `
import js
try:
    from js import document
    document.getElementById("a").focus()
except Exception:
    x                                    #@ x = main worker service-worker node host
try:
    from js import document
    import numpy
except ImportError:
    x                                    #@ x = main worker service-worker node host
    PAGE = False
else:
    PAGE = True
if not PAGE: x                           #@ x = main worker service-worker node host
if PAGE: x                               #@ x = main
try:
    from js import document
    if not document.body:
        raise ImportError
except ImportError:
    x                                    #@ x = main worker service-worker node host
try:
    from js import document
except ImportError:
    x                                    #@ x = worker service-worker node host
except Exception:
    x                                    #@ x = main worker service-worker node host
try:
    from js import document
    found = True
except Exception:
    x                                    #@ x = worker service-worker node host
`,
		"an import that may not be reached": `
try:
    if y:
        from js import document
except ImportError:
    raise
x                                        #@ x = main worker service-worker node host
try:
    def f():
        from js import document
except ImportError:
    y
else:
    x                                    #@ x = main worker service-worker node host
def g():
    try:
        y()
        from js import document
    except ImportError:
        return
    except ValueError:
        pass
    x                                    #@ x = main worker service-worker node host
`,
		"a default above that may stand": `
import sys
import js
both = False
if sys.platform == "emscripten" and y:
    both = True
if not both: x                           #@ x = main worker service-worker node host
if both: x                               #@ x = main worker service-worker node
nested = False
if y:
    if sys.platform == "emscripten":
        nested = True
if not nested: x                         #@ x = main worker service-worker node host
page = False
try:
    from js import localStorage
    import numpy
    page = True
except ImportError:
    pass
if not page: x                           #@ x = main worker service-worker node host
late = None
try:
    import numpy
    from js import alert as late
except ImportError:
    pass
if late is None: x                       #@ x = main worker service-worker node host
document = None
def init():
    global document
    from js import document
if document is None: x                   #@ x = main worker service-worker node host
window = None
if y:
    from js import window
if window is None: x                     #@ x = main worker service-worker node host
looped = False
for y in z:
    if hasattr(js, "importScripts"):
        looped = True
if not looped: x                         #@ x = main worker service-worker node host
surely = True
if hasattr(js, "document"):
    surely = False
if surely: x                             #@ x = worker service-worker node host
if not surely: x                         #@ x = main
`,
		"another default than None": `
import js
if getattr(js, "document", 1): x         #@ x = main worker service-worker node host
if getattr(js, "document", False): x     #@ x = main
if not getattr(js, "document", None): x  #@ x = worker service-worker node host
if hasattr(js, "open"): x                #@ x = main
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

// The guards that leave places out, from the innermost out, each with what to point at.
func TestGuards(t *testing.T) {
	eachMarker(t, `
import js
import sys
from helpers import IS_PYODIDE
x                                        #@ x = none
if IS_PYODIDE: x                         #@ x = none
if sys.platform == "emscripten":
    if IS_PYODIDE:
        x if hasattr(js, "document") else y   #@ x = hasattr(js, "document"): main; sys.platform == "emscripten": main worker service-worker node
try:
    from js import document
except ImportError:
    x                                    #@ x = from js import document: worker service-worker node host
def f():
    if not hasattr(js, "importScripts"):
        return
    x                                    #@ x = not hasattr(js, "importScripts"): worker service-worker
`, func(f *File, n syntax.Node) string {
		var all []string
		for _, g := range f.Guards(n) {
			all = append(all, g.Node.Text()+": "+strings.Join(g.Realms.Names(), " "))
		}
		return cmp.Or(strings.Join(all, "; "), "none")
	})
}
