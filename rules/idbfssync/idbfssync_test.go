package idbfssync_test

import (
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/analysistest"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/rules/idbfssync"
)

func TestProjects(t *testing.T) {
	lost := "import js\nfrom pyodide_js import FS\nFS.mount(FS.filesystems.IDBFS, js.Object.new(), '/kept/')\n"
	itself := "import js\nfrom pyodide.ffi import to_js\nfrom pyodide_js import FS\n" +
		"FS.mount(FS.filesystems.IDBFS, to_js({'autoPersist': True}, dict_converter=js.Object.fromEntries), '/kept')\n"
	old := analysis.View{Versions: pyodide.Before(pyodide.V028), Because: "page.html loads Pyodide 0.27.7"}
	for _, test := range []struct {
		text string
		view analysis.View
		want int
	}{
		{lost, analysis.View{}, 1},
		{lost, analysis.View{SyncsElsewhere: true}, 0},
		{lost + "FS.syncfs(True, print)\n", analysis.View{}, 0}, // it may be there to be read alone
		{lost + "FS.syncfs(True, print)\nopen('/kept/a', 'w')\n", analysis.View{}, 1},
		{lost + "sync = FS.syncfs\n", analysis.View{}, 0},
		{lost + "open('/kept/a', 'w')\nopen('/kept/a')\nopen('/keptnot/a', 'w')\nopen('kept/a', 'w')\n", analysis.View{}, 1},
		{lost + "import os\nopen(os.path.join('/kept', name), 'w')\nopen('/kept/' + name, mode='x')\n", analysis.View{}, 2},
		{lost + "import shutil\nshutil.copy('/kept/a', '/b')\nshutil.copy('/b', '/kept/a')\n", analysis.View{}, 1},
		{lost + "FS.syncfs(1, print)\ndef save():\n    FS.syncfs(0, print)\nopen('/kept/a', 'w')\nsave()\nFS.syncfs(True, print)\n", analysis.View{}, 0},
		{itself, analysis.View{}, 0},
		{itself, old, 1},
	} {
		got := analysistest.Findings(t, idbfssync.Rule, test.text, analysis.Setting{Realm: pyodide.Main}, test.view)
		if len(got) != test.want {
			t.Errorf("%s\n  has %d findings, want %d: %v", test.text, len(got), test.want, got)
		}
	}
}

func TestOrder(t *testing.T) {
	const mount = "from pyodide_js import FS\nFS.mount(FS.filesystems.IDBFS, js.Object.new(), '/kept')\n"
	said := map[string]string{
		"FS.syncfs(True, print)\nFS.syncfs(False, print)":                                                                                        "",
		"FS.syncfs(False, print)":                                                                                                                "said",
		"FS.syncfs(True, print)\nopen('/kept/a', 'w')\nFS.syncfs(False, print)":                                                                  "",
		"FS.syncfs(True, print)\nFS.syncfs(False, print)\nopen('/kept/a', 'w')":                                                                  "said",
		"FS.syncfs(True, print)\nFS.syncfs(False, print)\ndef f():\n    open('/kept/a', 'w')":                                                    "",
		"FS.syncfs(True, print)\ndef f():\n    FS.syncfs(False, print)\nopen('/kept/a', 'w')":                                                    "",
		"open('/kept/a', 'w')\nFS.syncfs(True, print)\nFS.syncfs(False, print)":                                                                  "said",
		"open('/kept/a', 'w')\nFS.syncfs(False, print)\nFS.syncfs(True, print)":                                                                  "",
		"open('/kept/a', 'w')\nprint('kept')\nFS.syncfs(True, print)\nFS.syncfs(False, print)":                                                   "said",
		"open('/kept/a', 'w')\nFS.syncfs(True, print)\nFS.syncfs(True, print)\nFS.syncfs(False, print)":                                          "saidsaid",
		"class A:\n    def f(self):\n        open('/kept/a', 'w')\n        self.save()\n        FS.syncfs(True, print)\nFS.syncfs(False, print)": "",
		"class A:\n    def f(self):\n        open('/kept/a', 'w')\n        js.save()\n        FS.syncfs(True, print)\nFS.syncfs(False, print)":   "said",
	}
	texts := map[string]string{}
	for text, want := range said {
		texts[mount+text] = want
	}
	analysistest.Said(t, idbfssync.Rule, texts)
}
