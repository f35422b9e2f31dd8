package staleimportcache_test

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/rules/staleimportcache"
)

func TestWritten(t *testing.T) {
	const (
		write  = "open(f'{name}.py', 'w').write('')\n"
		load   = "importlib.import_module(name)\n"
		gauge  = "import gauge\n"
		gauges = "with open('gauge.py', 'w') as file:\n    file.write('')\n"
	)
	said := map[string]string{
		"for name in names:\n    " + write + "    " + load: "said",
		"for name in names:\n    " + load + "    " + write: "",
		write + "for name in names:\n    " + load:          "",
		write + load: "",
		"for name in names:\n    " + write + "    try:\n        " + load + "    except ImportError:\n        pass\n": "",
		"for name in names:\n    " + write + "    importlib.invalidate_caches()\n    " + load:                        "",
		"for name in names:\n    open('gauge.py', 'w').write('')\n    " + load:                                       "",
		"import sys\nif sys.platform != 'emscripten':\n    for name in names:\n        " + write + "        " + load: "",
		gauge + gauges + gauge:                                            "said, fixed",
		gauge + gauges + "import gauge as tide":                           "said",
		gauge + gauges + "import tide":                                    "",
		gauges + gauge + gauge:                                            "",
		gauge + "if late:\n    open('gauge.py', 'w').write('')\n" + gauge: "",
		gauge + "import sys\nif sys.platform != 'emscripten':\n    open('gauge.py', 'w')\n    import gauge\n":           "",
		"import sys\nif sys.platform != 'emscripten':\n    import gauge\n    open('gauge.py', 'w')\n    import gauge\n": "",
	}
	texts := map[string]string{}
	for text, want := range said {
		texts["import importlib\n"+text] = want
	}
	analysistest.Said(t, staleimportcache.Rule, texts)
}
