package realm

import (
	"fmt"
	"strings"
	"testing"
)

func TestMemoryIn(t *testing.T) {
	for text, want := range map[string]string{
		"globalThis.m = new SharedArrayBuffer(8); w.postMessage(m)":                                        "m: posted",
		"globalThis.m = new SharedArrayBuffer(8)":                                                          "m:",
		"const b = new SharedArrayBuffer(8)\nself.a = new Int8Array(b)\nw.postMessage({ b })":              "a:Int8Array posted",
		"const b = new SharedArrayBuffer(8);\nconst a = new Int8Array(b, 4);\nwindow.x = a;":               "x:Int8Array",
		"self.a = new Int8Array(new SharedArrayBuffer(8)); self.c = new Int8Array(self.a.buffer)":          "a:Int8Array c:Int8Array",
		"self.a = new Int8Array(new SharedArrayBuffer(8)); self.c = new Int8Array(a); postMessage(self.c)": "a:Int8Array",
		"let m = new SharedArrayBuffer(8); m = null; self.m = m":                                           "",
		"self.m = new ArrayBuffer(8); self.n = new SharedArrayBuffer(8)":                                   "n:",
		"self.m = new SharedArrayBuffer(8);\nself.m = data;":                                               "",
		"if (self.m == new SharedArrayBuffer(8)) {}":                                                       "",
		"self.m = () => new SharedArrayBuffer(8)":                                                          "",
		"other.m = new SharedArrayBuffer(8)":                                                               "",
		"self.a = new Int32Array(4); w.postMessage(a)":                                                     "",
		"w.postMessage({\n  a: self.a,\n}); self.a = new Int8Array(new SharedArrayBuffer(8))":              "a:Int8Array posted",
	} {
		var all []string
		for _, m := range MemoryIn(text) {
			all = append(all, strings.TrimSpace(fmt.Sprintf("%s:%s%s", m.Name, m.Array, map[bool]string{true: " posted"}[m.Posted])))
		}
		if got := strings.Join(all, " "); got != want {
			t.Errorf("%s\nhas  %q\nwant %q", text, got, want)
		}
	}
}
