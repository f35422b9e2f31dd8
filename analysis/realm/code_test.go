package realm_test

import (
	"fmt"
	"strings"
	"testing"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/scope"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

func codeOf(t testing.TB, text string) *realm.Code {
	t.Helper()
	tree, err := syntax.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	scopes := scope.New(tree)
	return realm.CodeOf(scopes, flow.New(scopes, nil), func(offset int) int { return 1 + strings.Count(text[:offset], "\n") }, source.New("", text).Range)
}

// said is what a text says, a line each, with the name of the definition that it stands in.
func said(c *realm.Code) string {
	var b strings.Builder
	in := func(i int) string {
		if i < 0 {
			return ""
		}
		return " in " + c.Defs[i].Name
	}
	for _, i := range c.Imports {
		fmt.Fprintf(&b, "%d: imports %s%v%s", i.Line, i.Module, i.Names, in(i.In))
		if i.Lazy {
			b.WriteString(" lazily")
		}
		fmt.Fprintf(&b, " %s\n", strings.Join(i.Realms.Names(), "+"))
	}
	for _, u := range c.Uses {
		fmt.Fprintf(&b, "%d: uses %s:%s%s", u.Line, u.Module, u.Path, in(u.In))
		if u.Lazy {
			b.WriteString(" lazily")
		}
		fmt.Fprintf(&b, " %s\n", strings.Join(u.Realms.Names(), "+"))
	}
	for _, l := range c.Loads {
		fmt.Fprintf(&b, "%d: loads %s%s, %s\n", l.Line, l.Path, in(l.In), l.Why)
	}
	for _, n := range c.Needs {
		fmt.Fprintf(&b, "%d: %s%s, %s\n", n.Line, n.What, in(n.In), strings.Join(n.Realms.Names(), "+"))
	}
	return strings.ReplaceAll(b.String(), " main+worker+service-worker+node+host", "")
}

func TestCodeOf(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"imports and uses": {
			"import a.b\nimport c as d\nfrom e import f, g as h\nfrom . import i\nfrom .j import *\na.b.x()\nd.y.z\nf(); h()\ni.k()\nprint(d)\n",
			"1: imports a.b[]\n2: imports c[]\n3: imports e[f g]\n4: imports .[i]\n5: imports .j[*]\n" +
				"5: uses .j:*\n6: uses a:b.x\n7: uses c:y.z\n8: uses e:f\n8: uses e:g\n9: uses .:i.k\n10: uses c:*\n",
		},
		"definitions": {
			"def a():\n    b()\n    a()\n\n\ndef b():\n    pass\n\n\nclass C:\n    def m(self):\n        b()\n\n\n@when\ndef d():\n    C()\n\n\nif x:\n    a()\n",
			"2: uses :b in a\n3: uses :a in a\n12: uses :b in C\n15: uses :d\n17: uses :C in d\n21: uses :a\n",
		},
		"what runs as a script only, whatever decorates it": {
			"@typechecked\ndef a():\n    pass\n\n\nif __name__ == '__main__':\n    a()\n",
			"7: uses :a\n",
		},
		"defaults": {
			"def a():\n    pass\nclass C:\n    def m(self, b=a, c: object = a):\n        pass\ndef d(e=a()):\n    pass\n",
			"4: uses :a in C lazily\n6: uses :a in d\n",
		},
		"guards": {
			"import sys\nfrom pyscript import RUNNING_IN_WORKER\nif sys.platform == 'emscripten':\n    import a\nelse:\n    import b\ndef f():\n    if RUNNING_IN_WORKER:\n        import c\n        c.x()\nif in_browser:\n    import d\n",
			"1: imports sys[]\n4: imports a[] main+worker+service-worker+node\n6: imports b[] host\n9: imports c[] in f lazily worker\n3: uses sys:platform\n10: uses c:x in f lazily worker\n",
		},
		"what it starts": {
			"import js\nfrom pyscript import PyWorker, create_named_worker\nfrom polyscript import XWorker\nA = './a.py'\nPyWorker(A, type='pyodide')\nasync def f():\n    await create_named_worker(src='b.py?v=1', name='x')\nXWorker('c.py')\njs.Worker.new('d.mjs', type='module')\njs.Worker.new(js.URL.new('e.js', x))\nPyWorker(x)\nOther.PyWorker('f.py')\n",
			"5: loads ./a.py, starts it with PyWorker\n7: loads b.py in f, starts it with create_named_worker\n8: loads c.py, starts it with XWorker\n9: loads d.mjs, starts it with js.Worker\n10: loads e.js, starts it with js.Worker\n",
		},
		"what it needs": {
			"import js\nfrom js import document, fetch\ndef f():\n    js.localStorage\n    js.window\njs.importScripts\njs.navigator\n",
			"2: imports js.document, main\n4: uses js.localStorage in f, main\n6: uses js.importScripts, worker+service-worker\n",
		},
		"what it does not need": {
			"import js\ntry:\n    from js import document\nexcept ImportError:\n    document = None\ntry:\n    js.window\nexcept AttributeError:\n    pass\nif hasattr(js, 'alert'):\n    js.alert('a')\njs.prompt = print\n", "",
		},
		"other Pythons": {
			"import pytest\nfrom pytest_pyodide import run_in_pyodide\n@run_in_pyodide\ndef f(selenium):\n    import a\n    g()\ndef g():\n    pass\n",
			"1: imports pytest[]\n2: imports pytest_pyodide[run_in_pyodide]\n3: uses pytest_pyodide:run_in_pyodide\n1: imports pytest, host\n",
		},
		"what builds and serves": {
			"import setuptools\nimport waitress.server\nif x:\n    import nox\n",
			"1: imports setuptools[]\n2: imports waitress.server[]\n4: imports nox[]\n1: imports setuptools, host\n",
		},
		"half-typed": {"import js\nfrom a import (b\ndef f(:\n    b.\njs.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := said(codeOf(t, c.text)); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// Half of any text says something, and what it says stands in the text.
func FuzzCodeOf(f *testing.F) {
	for _, seed := range []string{
		"import js\nfrom a import (b\ndef f(:\n    b.\njs.",
		"try:\n    from js import document\nexcept ImportError:\n    document = None\nelse:\n    a.b\nif document: PyWorker('w.py')\n",
		"W = False\ndef f():\n    global W\n    from js import W\nif W and (W or not W): import a.b as W\n",
		"@run_in_pyodide\nclass C:\n    def m(self): return C\n\xff\xfe",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code := codeOf(t, text)
		in := []int{}
		for _, i := range code.Imports {
			in = append(in, i.In)
		}
		for _, u := range code.Uses {
			in = append(in, u.In)
		}
		for _, l := range code.Loads {
			in = append(in, l.In)
		}
		for _, n := range code.Needs {
			in = append(in, n.In)
		}
		for _, i := range in {
			if i < -1 || i >= len(code.Defs) {
				t.Errorf("something stands in definition %d of %d", i, len(code.Defs))
			}
		}
	})
}

// graphOf is the graph of files of Python that bridge code imports, by their names without ".py".
func graphOf(t testing.TB, texts map[string]string) (*realm.Graph, map[string]realm.Python) {
	t.Helper()
	facts, python := map[string]*realm.Facts{}, map[string]realm.Python{}
	for name, text := range texts {
		facts[name+".py"] = &realm.Facts{Kind: 1, Bridge: true}
		python[name+".py"] = realm.Python{codeOf(t, text)}
	}
	return realm.NewGraph(facts, python, nil), python
}

// An edit that moves lines moves the evidence; one that changes more makes no such graph.
func TestMoved(t *testing.T) {
	texts := map[string]string{"a": "from js import document\nimport b\n\n\ndef f():\n    b.g()\n", "b": "def g():\n    pass\n"}
	graph, _ := graphOf(t, texts)
	const before = "a.py:2: imports it, a.py:1: imports js.document"
	if got := graph.At("b.py")[0].Module[0].Because(); got != before {
		t.Errorf("b runs because %s", got)
	}
	moved, ok := graph.Moved("a.py", realm.Python{codeOf(t, "\n# more\n"+texts["a"])})
	if !ok {
		t.Fatal("lines were more than that")
	}
	if got := moved.At("b.py")[0].Module[0].Because(); got != "a.py:4: imports it, a.py:3: imports js.document" {
		t.Errorf("after the edit b runs because %s", got)
	}
	if got := moved.At("a.py")[0].Defs[0].Line; got != 7 {
		t.Errorf("after the edit f begins on line %d", got)
	}
	if got := graph.At("b.py")[0].Module[0].Because(); got != before {
		t.Errorf("the graph before the edit says %s", got)
	}
	again, ok := moved.Moved("a.py", realm.Python{codeOf(t, texts["a"])})
	if !ok || again.At("b.py")[0].Module[0].Because() != before {
		t.Error("the edit cannot be taken back")
	}
	for _, text := range []string{"import b\n", texts["a"] + "b.g()\n", strings.Replace(texts["a"], "g", "h", 1)} {
		if _, ok := graph.Moved("a.py", realm.Python{codeOf(t, text)}); ok {
			t.Errorf("%q is no more than moved lines", text)
		}
	}
	if _, ok := graph.Moved("c.py", nil); ok {
		t.Error("a file that is not there was moved")
	}
}
