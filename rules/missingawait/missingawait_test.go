package missingawait

import (
	"testing"

	"pyodide-ls/analysis/analysistest"
)

const setup = `import asyncio, io, json
from js import fetch
async def load(*x): pass
class Book:
    async def read(self): pass
    async def pages(self):
        yield 1
`

func TestUses(t *testing.T) {
	texts := map[string]string{}
	for _, code := range []string{
		"x = load()\nx.name",
		"x = (fetch(''))\n(x).ok",
		"(x := fetch(''))\nx.ok",
		"x = load()\nx[0] = 1",
		"load()()",
		"load() + 1",
		"1 + load()",
		"-load()",
		"load() > 3",
		"load() == 3",
		"1 in load()",
		"n = 1\nn += load()",
		"for x in load(): pass",
		"x = [y for y in load()]",
		"with load(): pass",
		"with load() as x: pass",
		"a, b = load()",
		"[a, b] = load()",
		"while load(): pass",
		"if not load(): pass",
		"if 1:\n    pass\nelif load(): pass",
		"assert load()",
		"x = 1 if load() else 2",
		"x = load() or 2",
		"str(load())",
		"io.BytesIO(load())",
		"x = list(load())",
		"x = None\nx = load()\nx.name",
		"def f():\n    x.name\nx = load()\nprint",
		"Book().read().name",
		"from pyscript import fetch as get\nget('').status",
	} {
		texts[setup+code+"\nprint()\n"] = "said, fixed"
	}
	for _, code := range []string{
		"load() in [1]",
		"load() is None",
		"x = load()\nx.close()\nx.send(None)",
		"x = fetch('')\nx.then(print)\nx.__class__",
		"x = fetch('')\nx.result\nx.cancelled",
		"other + load()",
		"'%s' % load()",
		"load() > other",
		"x = load() in [1]",
		"x = 1 < load() < 3",
		"n = other\nn += load()",
		"async def f():\n    async for x in load(): pass",
		"async def f():\n    async with load() as x: pass",
		"a, b = load(), load()",
		"assert other, load()",
		"x = load() if other else 2",
		"x = 2 or load()",
		"x = load()\nif x: pass",
		"x = load()\nprint(x)",
		"json.loads('', cls=load())",
		"x = asyncio.run(load())",
		"if other:\n    x = load()\nelse:\n    x = 1\nx.name",
		"x = load()\nx = await x\nx.name",
		"def f():\n    global x\n    x = 1\nx = load()\nx.name",
		"for page in Book().pages(): pass",
		"def f(load):\n    load().name",
		"load = print\nload().name",
		"from pyscript import fetch as get\nx = get('').text()",
		"try:\n    fetch('').ok\nexcept AttributeError:\n    pass",
		"import sys\nif sys.platform != 'emscripten':\n    fetch().ok",
	} {
		texts[setup+code+"\nprint()\n"] = ""
	}
	analysistest.Said(t, Rule, texts)
}

// In the oldest releases the call alone installs: only a project says that it is for one of those.
func TestOlder(t *testing.T) {
	for version, want := range map[string]string{"0.20.0": "", "0.26.4": "gauge.py:5"} {
		texts := map[string]string{
			"index.html": `<script src="https://cdn.jsdelivr.net/pyodide/v` + version + `/full/pyodide.js"></script>`,
			"gauge.py":   "import js\nimport micropip\n\nasync def load():\n    micropip.install(\"numpy\")\n    js.console.log(1)\n",
		}
		if got := analysistest.InProject(t, Rule, texts, "gauge.py"); got != want {
			t.Errorf("%s: %q, want %q", version, got, want)
		}
	}
}
