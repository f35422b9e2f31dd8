package host

import (
	"slices"
	"testing"

	"pyodide-ls/analysis/source"
)

func TestFormers(t *testing.T) {
	for script, want := range map[string][]string{
		"pyodide.runPython(a); pyodide.isPyProxy(b)":                                          {"pyodide.runPython(a); (b instanceof pyodide.ffi.PyProxy)"},
		"const p = await loadPyodide(); p.runPython(a); p.isPyProxy(b)":                       {"const p = await loadPyodide(); p.runPython(a); (b instanceof p.ffi.PyProxy)"},
		"this.pyodide.runPython(a); this.pyodide.isPyProxy(b)":                                {"this.pyodide.runPython(a); (b instanceof this.pyodide.ffi.PyProxy)"},
		"pyodide.runPython(a); b instanceof pyodide.PyProxy":                                  {"pyodide.runPython(a); b instanceof pyodide.ffi.PyProxy"},
		"pyodide.runPython(a); b = pyodide.isPyProxy()":                                       {""},
		"pyodide.runPython(a); pyodide.runPythonSyncifying(b)":                                {""},
		"pyodide.runPython(a); own.isPyProxy(b)":                                              nil,
		"pyodide.runPython(a); pyodide.isProxy(b)":                                            nil,
		"pyodide.runPython(a); typeof pyodide.isPyProxy; pyodide.isPyProxy(b)":                nil,
		"pyodide.runPython(a); 'isPyProxy' in pyodide && pyodide.isPyProxy(b)":                nil,
		"pyodide.runPython(a); pyodide.isPyProxy?.(b)":                                        nil,
		"pyodide.runPython(a); pyodide?.isPyProxy(b)":                                         nil,
		"pyodide.runPython(a); try { pyodide.isPyProxy(b) } catch {}":                         nil,
		"import * as pyodide from 'pyodide'; p.runPython(a); pyodide.isPyProxy(b)":            nil,
		"import * as pyodide from 'pyodide'; p.runPython(a); b instanceof pyodide.PyProxy":    nil,
		"pyodide.runPython(a, pyodide.globals)":                                               {"pyodide.runPython(a, { globals: pyodide.globals })"},
		"const b = pyodide.toPy({}); pyodide.runPythonAsync(a, b)":                            {"const b = pyodide.toPy({}); pyodide.runPythonAsync(a, { globals: b })"},
		"pyodide.runPython(a, { globals: b })":                                                nil,
		"pyodide.runPython(a, b)":                                                             nil,
		"pyodide.runPython(a, own.globals)":                                                   nil,
		"pyodide.runPython(a, own.toPy({}))":                                                  nil,
		"own.runPython(a, pyodide.globals)":                                                   nil,
		"pyodide.run(a, pyodide.globals); pyodide.runPython(a)":                               nil,
		"const p = await loadPyodide({ homedir: '/b', packages: [] }); p.runPython(a)":        {"const p = await loadPyodide({ env: { HOME: '/b' }, packages: [] }); p.runPython(a)"},
		"const p = await loadPyodide({ homedir: '/b', env: {} }); p.runPython(a)":             nil,
		"const p = await loadPyodide({ ...b, homedir: '/b' }); p.runPython(a)":                nil,
		"const p = await own({ homedir: '/b' }); p.runPython(a)":                              nil,
		"try { const p = await loadPyodide({ homedir: '/b' }); p.runPython(a) } catch (e) {}": nil,
	} {
		var got []string
		for _, f := range Read(JavaScript, script).Formers {
			fixed := ""
			if len(f.Edits) > 0 {
				fixed, _ = source.Apply(script, f.Edits)
			}
			got = append(got, fixed)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\n  gives %q, want %q", script, got, want)
		}
	}
}
