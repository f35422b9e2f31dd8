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
