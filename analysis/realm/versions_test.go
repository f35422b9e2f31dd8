package realm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis/realm"
)

func TestEvidenceIn(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		want             []string // line: what: versions
	}{
		{"a script tag", "index.html", "<html>\n<script src=\"https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.js\"></script>",
			[]string{"2: loads Pyodide 0.27.7: 0.27"}},
		{"without quotes", "a.htm", "<script src=https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.js></script>", []string{"1: loads Pyodide 0.27.7: 0.27"}},
		{"an old one", "index.html", `<script src="https://cdn.jsdelivr.net/pyodide/v0.23.4/full/pyodide.js">`,
			[]string{"1: loads Pyodide 0.23.4, which is older than what is known here and taken for 0.26: 0.26"}},
		{"the oldest network", "index.html", `<script src="https://pyodide-cdn2.iodide.io/v0.15.0/full/pyodide.js">`,
			[]string{"1: loads Pyodide 0.15.0, which is older than what is known here and taken for 0.26: 0.26"}},
		{"the first loader", "a.js", "// pyodide\nlanguagePluginLoader.then(() => pyodide.runPython('1'))",
			[]string{"2: languagePluginLoader is of Pyodide 0.16.1, which is older than what is known here and taken for 0.26: 0.26"}},
		{"a newer one", "index.html", `<script src="https://cdn.jsdelivr.net/pyodide/v315.0.1/full/pyodide.mjs">`,
			[]string{"1: loads Pyodide 315.0.1, which is newer than what is known here and taken for 314: 314"}},
		{"a pre-release", "a.js", "importScripts('https://cdn.jsdelivr.net/pyodide/v0.28.0a1/full/pyodide.js')", []string{"1: loads Pyodide 0.28.0a1: 0.28"}},
		{"the development version", "a.js", `importScripts("https://cdn.jsdelivr.net/pyodide/dev/full/pyodide.js")`, nil},
		{"an HTML comment", "index.html", "<!-- <script src=\"https://cdn.jsdelivr.net/pyodide/v0.23.4/full/pyodide.js\"> -->\n" +
			`<script src="https://cdn.jsdelivr.net/pyodide/v0.28.3/full/pyodide.js">`, []string{"2: loads Pyodide 0.28.3: 0.28"}},
		{"prose in a page", "index.html", "<p>We used https://cdn.jsdelivr.net/pyodide/v0.23.4/full/ before</p><code>pyodide@0.23.4</code>", nil},
		{"a policy for contents", "index.html", `<meta content="script-src 'self' https://cdn.jsdelivr.net/pyodide/v0.23.4/full/ blob:">`, nil},
		{"npm's files", "a.ts", `import { loadPyodide } from "https://cdn.jsdelivr.net/npm/pyodide@314.0.7/pyodide.mjs";`, []string{"1: loads Pyodide 314.0.7: 314"}},
		{"unpkg, esm.sh, deno", "a.mjs", "import a from 'https://unpkg.com/pyodide@0.26.2/pyodide.mjs'\nimport b from 'https://esm.sh/pyodide@0.27.0?bundle'\nimport c from 'npm:pyodide@0.28.1'",
			[]string{"1: loads Pyodide 0.26.2: 0.26", "2: loads Pyodide 0.27.0: 0.27", "3: loads Pyodide 0.28.1: 0.28"}},
		{"a range", "a.mjs", "import a from 'https://unpkg.com/pyodide@0.26/pyodide.mjs'\nimport b from 'npm:pyodide@^0.28.0'\nimport c from 'https://esm.sh/pyodide@0'\nimport c from 'https://esm.sh/pyodide@latest'",
			[]string{"1: loads Pyodide 0.26: 0.26", "2: loads Pyodide ^0.28.0: 0.28", "3: loads Pyodide 0: 0.29"}},
		{"an own copy", "a.js", "loadPyodide({ indexURL: '/static/pyodide/v0.27.2/' })\nawait fetch(`${base}pyodide-0.28.2/pyodide.js`)",
			[]string{"1: loads Pyodide 0.27.2: 0.27", "2: loads Pyodide 0.28.2: 0.28"}},
		{"an archive", "get.py", `urlretrieve("https://github.com/pyodide/pyodide/releases/download/0.26.4/pyodide-core-0.26.4.tar.bz2")`, []string{"1: loads Pyodide 0.26.4: 0.26"}},
		{"other packages", "a.js", "'matplotlib-pyodide-0.2.2-py3-none-any.whl'; '/npm/@someone/pyodide@0.5.0/'; 'pyodide-http-0.2.1'; '/npm/@jupyterlite/pyodide-kernel@0.4.0/'; 'pyodide-0.4'", nil},
		{"a constant", "a.js", "const PYODIDE_VERSION = \"0.26.4\"\nconst CDN = `https://cdn.jsdelivr.net/pyodide/v${PYODIDE_VERSION}/full/`", []string{"2: loads Pyodide 0.26.4: 0.26"}},
		{"a constant with a v", "a.ts", "const V: string = 'v0.26.2';\nconst u = `https://cdn.jsdelivr.net/pyodide/${V}/full/pyodide.js`;", []string{"2: loads Pyodide 0.26.2: 0.26"}},
		{"a constant of an object", "a.ts", "const config = { version: '0.29.0' }\nconst u = `https://cdn.jsdelivr.net/npm/pyodide@${config.version}/`", []string{"2: loads Pyodide 0.29.0: 0.29"}},
		{"another property", "a.ts", "const x = { version: '0.29.0' }\nconst u = `https://cdn.jsdelivr.net/npm/pyodide@${version}/`", nil},
		{"several values", "a.js", "const load = (version = '0.27.7') => import(`https://cdn.jsdelivr.net/pyodide/v${version}/full/pyodide.mjs`)\nlet version = '0.28.0'",
			[]string{"1: loads Pyodide 0.27.7: 0.27", "1: loads Pyodide 0.28.0: 0.28"}},
		{"a sum", "a.js", "var version = '0.27.7';\nload('https://cdn.jsdelivr.net/pyodide/v' + version + '/full/')", []string{"2: loads Pyodide 0.27.7: 0.27"}},
		{"from elsewhere", "a.js", "import { version } from 'pyodide'\nload(`https://cdn.jsdelivr.net/pyodide/v${version}/full/`)", nil},
		{"made small", "a.js", "const Cw=\"0.27.7\",uh=`https://cdn.jsdelivr.net/pyodide/v${Cw}/full/`,a=1;", []string{"1: loads Pyodide 0.27.7: 0.27"}},
		{"made small, with many values", "a.js", "var a=(e=\"0.5.3\")=>e,b=(e=\"0.27.7\")=>`https://cdn.jsdelivr.net/pyodide/v${e}/full/`,c=(e=\"0.4.1\")=>e", []string{"1: loads Pyodide 0.27.7: 0.27"}},
		{"a Python server", "server.py", "PYODIDE_VERSION = \"0.29.5\"\nCDN = f\"https://cdn.jsdelivr.net/npm/pyodide@{PYODIDE_VERSION}/\"", []string{"2: loads Pyodide 0.29.5: 0.29"}},
		{"arguments in Python", "t.py", "def f(version=\"0.29.5\"):\n  g(version=\"0.0.1\", x={\"version\": \"0.1.0\"})\n  return f\"https://cdn.jsdelivr.net/pyodide/v{version}/full\"", []string{"3: loads Pyodide 0.29.5: 0.29"}},
		{"an attribute in Python", "t.py", "class C:\n  VERSION = \"0.29.5\"\n  def url(self):\n    return f\"https://cdn.jsdelivr.net/pyodide/v{self.VERSION}/full\"", []string{"4: loads Pyodide 0.29.5: 0.29"}},
		{"a page in Python", "server.py", "PAGE = \"\"\"\n<script src=\"https://cdn.jsdelivr.net/pyodide/v0.28.0/full/pyodide.js\"></script>\n\"\"\"\n", []string{"2: loads Pyodide 0.28.0: 0.28"}},
		{"two pages in Python", "server.py", "A = \"\"\"\n\"\"\"\nURL = \"https://cdn.jsdelivr.net/pyodide/v0.28.0/full/\"\nB = '''\n'''\n", []string{"3: loads Pyodide 0.28.0: 0.28"}},
		{"a docstring", "server.py", "\"\"\"Uses\n\"https://cdn.jsdelivr.net/pyodide/v0.28.0/full/\"\n\"\"\"\nimport js # 'https://cdn.jsdelivr.net/pyodide/v0.27.0/full/'\n", nil},
		{"line comments", "a.js", "  // load('https://cdn.jsdelivr.net/pyodide/v0.23.4/full/')\nx() // 'https://cdn.jsdelivr.net/pyodide/v0.25.0/full/'\n/*\nload('https://cdn.jsdelivr.net/npm/pyodide@0.21.3/')\n*/\nload('https://cdn.jsdelivr.net/pyodide/v0.28.0/full/')",
			[]string{"6: loads Pyodide 0.28.0: 0.28"}},
		{"no comments", "a.js", "glob('**/*.js'); load(\"//cdn.jsdelivr.net/pyodide/v0.28.0/full/pyodide.js\") /* */", []string{"1: loads Pyodide 0.28.0: 0.28"}},
		{"Svelte", "a.svelte", `<svelte:head><script src="https://cdn.jsdelivr.net/pyodide/v0.28.0/full/pyodide.js"></script></svelte:head>`, []string{"1: loads Pyodide 0.28.0: 0.28"}},
		{"a template", "base.html.j2", "{# <script src=\"/pyodide/v0.25.0/\"> #}\n<script src=\"{{ static }}/pyodide/v0.28.0/full/pyodide.js\"></script>", []string{"2: loads Pyodide 0.28.0: 0.28"}},
		{"Markdown", "README.md", `<script src="https://cdn.jsdelivr.net/pyodide/v0.28.0/full/pyodide.js"></script>`, nil},
		{"another file", "notes.txt", `"https://cdn.jsdelivr.net/pyodide/v0.28.0/full/pyodide.js"`, nil},

		{"PyScript", "index.html", "<link href=\"https://pyscript.net/releases/2024.9.2/core.css\">\n<script src=\"https://pyscript.net/releases/2024.9.2/core.js\">",
			[]string{"1: PyScript 2024.9.2 loads Pyodide 0.26.2: 0.26"}},
		{"classic PyScript", "index.html", `<script defer src="https://pyscript.net/releases/2022.12.1/pyscript.js">`,
			[]string{"1: PyScript 2022.12.1 loads Pyodide 0.21.3, which is older than what is known here and taken for 0.26: 0.26"}},
		{"a snapshot of PyScript", "index.html", `<script type="module" src="https://pyscript.net/snapshots/2024.9.2/core.js">`,
			[]string{"1: PyScript 2024.9.2 loads Pyodide 0.26.2: 0.26"}},
		{"PyScript of npm", "a.js", "const V = '0.7.19'\nload(`https://cdn.jsdelivr.net/npm/@pyscript/core@${V}/dist/core.js`)", []string{"2: PyScript 0.7.19 loads Pyodide 0.29.3: 0.29"}},
		{"the newest of PyScript", "index.html", `<script src="/npm/@pyscript/core@0/dist/core.js">`, []string{"1: loads PyScript 0: 314"}},
		{"a moving PyScript", "index.html", `<script src="https://pyscript.net/latest/core.js"><script src="https://pyscript.net/releases/2031.x/core.js">`, nil},
		{"a moving PyScript of before", "index.html", "<link href=\"https://pyscript.net/alpha/pyscript.css\">\n<script defer src=\"https://pyscript.net/alpha/pyscript.js\">",
			[]string{"2: PyScript's pyscript.js is of 2023.05.1 at most, which loads Pyodide 0.23.2, which is older than what is known here and taken for 0.26: 0.26"}},
		{"polyscript", "index.html", `<script type="module" src="https://cdn.jsdelivr.net/npm/polyscript@0.16.4"></script><script type="pyodide" version="0.27.1">`,
			[]string{"1: polyscript 0.16.4 loads Pyodide 0.26.3: 0.26", "1: PyScript's settings ask for Pyodide 0.27.1: 0.27"}},
		{"an interpreter", "pyscript.toml", "name = 'x'\ninterpreter = \"0.26.1\"\n", []string{"2: PyScript's settings ask for Pyodide 0.26.1: 0.26"}},
		{"an interpreter in JSON", "config/app.json", "{\n \"interpreter\": \"https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.mjs\" }", []string{"2: PyScript's settings ask for Pyodide 0.27.7: 0.27"}},
		{"an interpreter of their own", "pyscript.toml", `interpreter = "/vendor/pyodide/pyodide.mjs"`, []string{"1: PyScript's settings ask for a Pyodide of their own: none"}},
		{"MicroPython", "pyscript.toml", `interpreter = "1.24.0"`, nil},
		{"MicroPython's address", "pyscript.toml", `interpreter = "https://cdn.jsdelivr.net/npm/@micropython/micropython-webassembly-pyscript@1.22.0/micropython.mjs"`, nil},
		{"another interpreter", "settings.json", `{"interpreter": "/usr/bin/python3"}`, nil},
		{"a list of them", "py.toml", "[[interpreters]]\nsrc = 'https://cdn.jsdelivr.net/pyodide/v0.23.4/full/pyodide.js'\nname = 'pyodide-0.23.4'",
			[]string{"1: PyScript's settings ask for Pyodide 0.23.4, which is older than what is known here and taken for 0.26: 0.26"}},
		{"broken settings", "pyscript.toml", "interpreter = 0.26.1", nil},
		{"broken JSON", "pyscript.json", `{"interpreter": "0.26.1"`, nil},
		{"other types", "pyscript.json", `{"interpreter": ["0.26.1"], "interpreters": {"src": 1}, "runtimes": [1, {"src": 2}]}`, nil},
		{"settings in a page", "index.html", "<script type=py></script>\n<py-config>\n  interpreter = '0.28.1'\n</py-config><mpy-config>interpreter='0.26.0'</mpy-config>",
			[]string{"3: PyScript's settings ask for Pyodide 0.28.1: 0.28"}},
		{"JSON in a page", "index.html", `<py-config type="json">{"interpreter": "0.28.1"}</py-config>`, []string{"1: PyScript's settings ask for Pyodide 0.28.1: 0.28"}},
		{"settings in an attribute", "index.html", "<link href=\"pyscript\">\n<script type=\"py\" src=\"a.py\" config='{\"interpreter\":\"0.27.7\"}'></script><script type=py config=\"{&quot;interpreter&quot;:&quot;0.28.0&quot;}\">" +
			`<script type="mpy" config='{"interpreter": "0.26.0"}'><script type="py" config="./pyscript.toml">`,
			[]string{"2: PyScript's settings ask for Pyodide 0.27.7: 0.27", "2: PyScript's settings ask for Pyodide 0.28.0: 0.28"}},
		{"JupyterLite", "jupyter-lite.json", `{"litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": {"pyodideUrl": "https://cdn.jsdelivr.net/pyodide/v0.27.6/full/pyodide.js"}}}`,
			[]string{"1: loads Pyodide 0.27.6: 0.27"}},

		{"a manifest", "web/package.json", "{\n\"dependencies\": {\n\"pyodide\": \"^0.26.2\"\n},\n\"devDependencies\": {\"@pyscript/core\": \"^0.7.29\"}, \"peerDependencies\": {\"pyodide\": \">=0.26 <0.29\"}}",
			[]string{"3: package.json asks for pyodide ^0.26.2: 0.26", "5: package.json asks for @pyscript/core ^0.7.29: 314", "5: package.json asks for pyodide >=0.26 <0.29: 0.26 to 0.28"}},
		{"an old range", "package.json", `{"dependencies": {"pyodide": "~0.23.0"}}`, []string{"1: package.json asks for pyodide ~0.23.0, which is older than what is known here and taken for 0.26: 0.26"}},
		{"an alias", "package.json", `{"dependencies": {"pyodide": "npm:pyodide@0.28.2"}}`, []string{"1: package.json asks for pyodide 0.28.2: 0.28"}},
		{"no ranges", "package.json", `{"name": "pyodide", "version": "0.1.0", "dependencies": {"pyodide": "latest", "pyodide-http": "1"}, "devDependencies": {"pyodide": "workspace:*"}, "peerDependencies": [], "optionalDependencies": {"pyodide": 1}}`, nil},
		{"a broken manifest", "package.json", `{"dependencies": {"pyodide": "^0.26.2"`, nil},
		{"an npm lock", "package-lock.json", `{"packages": {"": {"dependencies": {"pyodide": "^0.26"}}, "pyodide": {"version": "0.1.0"}, "node_modules/pyodide": {"version": "0.26.4"}, "web/node_modules/pyodide": {"version": "0.27.1"}, "node_modules/a/node_modules/pyodide": {"version": "0.28.0"}}}`,
			[]string{"1: package-lock.json has pyodide 0.26.4: 0.26", "1: package-lock.json has pyodide 0.27.1: 0.27"}},
		{"an old npm lock", "npm-shrinkwrap.json", `{"lockfileVersion": 1, "dependencies": {"pyodide": {"version": "0.26.4"}, "b": 1}}`, []string{"1: npm-shrinkwrap.json has pyodide 0.26.4: 0.26"}},
		{"PyScript in a lock", "package-lock.json", `{"packages": {"node_modules/@pyscript/core": {"version": "0.7.12"}, "node_modules/polyscript": {"version": "0.20.16"}}}`,
			[]string{"1: package-lock.json has @pyscript/core 0.7.12, which loads Pyodide 0.29.1: 0.29", "1: package-lock.json has polyscript 0.20.16, which loads Pyodide 314.0.2: 314"}},
		{"a broken lock", "package-lock.json", `{"packages": {"node_modules/pyodide": {"version": 1}}, "x": pyodide}`, nil},
		{"Yarn 1", "yarn.lock", "pyodide-http@1:\n  version \"0.2.1\"\n\npyodide@^0.26.2:\n  version \"0.26.4\"\n  resolved \"https://…\"\n", []string{"4: yarn.lock has pyodide 0.26.4: 0.26"}},
		{"Yarn", "yarn.lock", "\"pyodide@npm:^0.28.0\":\n  version: 0.28.3\n  resolution: \"pyodide@npm:0.28.3\"\n", []string{"1: yarn.lock has pyodide 0.28.3: 0.28"}},
		{"pnpm", "pnpm-lock.yaml", "importers:\n  .:\n    dependencies:\n      pyodide:\n        specifier: ^0.28.0\n        version: 0.28.3\npackages:\n  pyodide@0.28.3:\n    resolution: {}\n  '@pyscript/core@0.6.66':\n    x: 1\nsnapshots:\n  pyodide@0.28.3: {}\n",
			[]string{"8: pnpm-lock.yaml has pyodide 0.28.3: 0.28", "10: pnpm-lock.yaml has @pyscript/core 0.6.66, which loads Pyodide 0.27.7: 0.27"}},
		{"older pnpm", "pnpm-lock.yaml", "packages:\n  /pyodide/0.23.4:\n  /pyodide@0.26.4(ws@8.0.0):\n",
			[]string{"2: pnpm-lock.yaml has pyodide 0.23.4, which is older than what is known here and taken for 0.26: 0.26", "3: pnpm-lock.yaml has pyodide 0.26.4: 0.26"}},
		{"Bun", "bun.lock", "{\n\"pyodide\": [\"pyodide@0.27.5\", \"\", {}, \"sha512\"],\n}", []string{"2: bun.lock has pyodide 0.27.5: 0.27"}},
		{"Deno", "deno.lock", "{\"specifiers\": {\"npm:pyodide@0.27\": \"0.27.5\"}, \"npm\": {\n\"pyodide@0.27.5\": {\"integrity\": \"\"}}}", []string{"2: deno.lock has pyodide 0.27.5: 0.27"}},
		{"a Pyodide's lock", "public/pyodide-lock.json", "{\"info\": {\"abi_version\":\"2025_0\",\"python\":\"3.13.2\",\"version\":\"0.28.0.dev0\"},\n\"packages\": {\"micropip\": {\"name\":\"micropip\",\"version\":\"0.11.1\",\"imports\":[\"pyodide\"]}}}",
			[]string{"1: pyodide-lock.json is made for Pyodide 0.29: 0.29"}},
		{"a Pyodide's lock that does not tell", "pyodide-lock.json", `{"info": {"abi_version":"2025_0","python":"3.13.2","platform":"emscripten_4_0_9"}}`, []string{"1: pyodide-lock.json is made for Pyodide 0.28 or 0.29: 0.28 and 0.29"}},
		{"a lock of a future Pyodide", "pyodide-lock.json", `{"info": {"abi_version":"2026_5","arch":"wasm32","platform":"emscripten_6_0_5","python":"3.15.0b4"}}`, []string{"1: pyodide-lock.json is made for a Pyodide that is not known here and taken for 314: 314"}},
		{"what an older Pyodide has for a lock", "pyodide/repodata.json", `{"info": {"arch": "wasm32", "platform": "emscripten_3_1_14", "version": "0.21.3"}, "packages": {}}`,
			[]string{"1: repodata.json comes with Pyodide 0.21.3, which is older than what is known here and taken for 0.26: 0.26"}},
		{"what an even older one has", "packages.json", `{"info": {"arch": "wasm32", "platform": "Emscripten-1.0"}, "packages": {}}`,
			[]string{"1: packages.json comes with Pyodide 0.20.0, which is older than what is known here and taken for 0.26: 0.26"}},
		{"what Conda has by that name", "repodata.json", `{"info": {"subdir": "emscripten-wasm32"}, "packages": {"pyodide": {}}}`, nil},
		{"no lock", "pyodide-lock.json", `["pyodide"]`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range realm.EvidenceIn(c.file, c.text) {
				got = append(got, fmt.Sprintf("%d: %s: %s", e.Line, e.What, e.Versions))
				if e.Path != c.file {
					t.Errorf("the path is %q", e.Path)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func FuzzEvidenceIn(f *testing.F) {
	for _, file := range []string{
		"a.html", "a.js", "a.py", "a.toml", "a.json", "a.svelte", "package.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "deno.lock",
		"pyodide-lock.json", "jupyter-lite.json", "",
	} {
		for _, text := range []string{
			"", "pyodide@", "'pyodide@0.26.4'", "'pyodide/v${a}'a='0.26.1'", "`pyodide/v` + a", "\"\"\"pyodide", "<py-config>interpreter='0.28.1'</py-config>",
			"<script type=py config='{\"interpreter\":\"0.27.7\"}'>", "{\"interpreter\": \"/pyodide@0.26.0\"}", "interpreter = '0.26.1'", "pyodide@1:\n  version \"0.26.4\"\n",
			"{\"packages\":{\"node_modules/pyodide\":{\"version\":\"0.26.4\"}}}", "{\"dependencies\":{\"pyodide\":\"^0.26\"}}", "<!--pyodide/v0.26.4", "/* pyodide", "// pyodide \x00\xff\n#",
			"'pyscript.net/releases/2024.9.2/", "(@pyscript/core@^0.7", "=polyscript@0.16.4",
		} {
			f.Add(file, text)
		}
	}
	f.Fuzz(func(t *testing.T, file, text string) {
		lines := 1 + strings.Count(text, "\n")
		for _, e := range realm.EvidenceIn(file, text) {
			if e.Line < 1 || e.Line > lines || e.What == "" || e.Path != file {
				t.Errorf("%v of %d lines", e, lines)
			}
		}
		realm.RuntimeIn(file, text)
	})
}
