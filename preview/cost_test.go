package preview

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// spent prints what a thousand proxies take, and a thousand coroutines, in milliseconds.
const spent = `import time
from pyodide.ffi import create_proxy

async def nothing(): ...

def proxies():
    for _ in range(10_000):
        create_proxy(print).destroy()

def coroutines():
    for _ in range(10_000):
        nothing().close()

for work in proxies, coroutines:
    began = time.perf_counter()
    work()
    print(work.__name__, (time.perf_counter() - began) * 1000 / 10)
`

// BenchmarkObserver says what it costs to be observed: the same program in a Pyodide that is watched, and in one that
// is not. The difference is the observer's.
func BenchmarkObserver(b *testing.B) {
	e, base := engineOf(b, Site{Isolated: true}, pyodide.V314)
	s := openFor(b, e, base, false, time.Minute)
	bare := fmt.Sprintf(`const { loadPyodide } = await import(%[1]q + "pyodide.mjs?real");
const pyodide = await loadPyodide({ indexURL: %[1]q });
pyodide.setStdout({ batched: (text) => console.log(text) });
pyodide.runPython(%[2]q);
`, e.Address(base), spent)
	for name, program := range map[string]Program{
		"watched":   {How: Run, Files: map[string]string{"main": spent}},
		"unwatched": {How: Script, Files: map[string]string{"main": bare}},
	} {
		program.Main, program.Patience = "main", time.Second
		b.Run(name, func(b *testing.B) {
			took := map[string]float64{}
			for b.Loop() {
				err := s.Run(b.Context(), program, func(o analysis.Observation) {
					what, text, _ := strings.Cut(o.Text, " ")
					if milliseconds, err := strconv.ParseFloat(text, 64); err == nil {
						took[what] += milliseconds
					}
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			for what, milliseconds := range took {
				b.ReportMetric(milliseconds/float64(b.N), "ms/1000-"+what)
			}
		})
	}
}
