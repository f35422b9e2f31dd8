package host

import (
	"strings"
	"testing"
)

// What a script does with the texts of the files that it loads, as far as constants lead.
func TestWhatBecomesOfTexts(t *testing.T) {
	tests := []struct{ host, want string }{
		{"p.runPython(await (await fetch('a.py')).text())", "a.py sync"},
		{"const r = await fetch('a.py'); const t = await r.text(); await p.runPythonAsync(t)", "a.py async"},
		{"const t = await (await fetch('a.py')).text(); await p.runPythonAsync(t); p.runPython(t)", "a.py sync"},
		{"const t = await (await fetch('a.py')).text(); p.runPython(t); await p.runPythonAsync(t)", "a.py sync"},
		{"const t = await (await fetch('a.py')).text(); p.runPythonAsync(t); p.runPythonSyncifying(t)", "a.py"},
		{"p.runPython(await Deno.readTextFile('a.py')); p.runPythonAsync(readFileSync('b.py', 'utf8')); p.runPython(readAll('c.py'))", "a.py sync b.py async c.py"},
		{"import t from './a.py?raw'; import u from './b.py'; p.runPython(t); p.runPythonAsync(u)", "./a.py sync ./b.py async"},
		{"import u from './a.py?url'; p.runPython(u)", "./a.py"},
		{"import u from './a.py?url'; p.runPython(await (await fetch(u)).text())", "./a.py sync"},
		{"import { t } from './a.py'; p.runPython(t)", "./a.py"},
		{"let t = await (await fetch('a.py')).text(); t += x; p.runPython(t)", "a.py"},
		{"p.runPython(f(await (await fetch('a.py')).text())); p.runPython(x + t); p.runPython(await t); p.runPython(new T('b.py'))", "a.py"},
		{"const t = await (await fetch('a.py')).text(); p.FS.writeFile('/x/b.py', t); p.runPython(x)", "a.py as b"},
		{"const r = await fetch('./b/a.py'); p.FS.writeFile('a.py', new Uint8Array(await r.arrayBuffer())); p.runPython(x)", "./b/a.py as a"},
		{"p.runPython(x); p.FS.writeFile(´/x/${n}´, await (await fetch('a.py')).text()); fs.writeFile('c.py', t)", "a.py"},
		{"p.runPython(x); const t = await t; p.runPython(t); p.FS.writeFile('/x/b.py', f(await (await fetch('a.py')).text()))", "b.py a.py"},
		{"PyWorker('a.py'); new XWorker('b.py', { type: 'mpy' }); await MPWorker('c.py', { type: 'py' }); m.MPWorker('d.py')", "a.py async b.py async mpy c.py async mpy d.py async mpy"},
	}
	for _, test := range tests {
		var got []string
		for _, r := range read(t, JavaScript, ticks(test.host)).References {
			got = append(got, r.Path)
			if r.Entry != AnyEntry {
				got = append(got, []string{"", "sync", "async"}[r.Entry])
			}
			if r.Runtime == MicroPython {
				got = append(got, "mpy")
			}
			if r.Module != "" {
				got = append(got, "as "+r.Module)
			}
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.host, got, test.want)
		}
	}
}
