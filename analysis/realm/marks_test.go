package realm_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis/realm"
)

func TestMarksIn(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		want             []string
	}{
		{"Cloudflare", "w/wrangler.toml", "name = 'a'\nmain = \"src/entry.py\"\ncompatibility_flags = [\"python_workers\"]\n", []string{"2: src/entry.py: node: wrangler.toml has Cloudflare Workers run it"}},
		{"Cloudflare in JSON", "wrangler.jsonc", "{ // ours\n \"main\": \"a.py\", \"compatibility_flags\": [\"python_workers\"]}", []string{"2: a.py: node: wrangler.jsonc has Cloudflare Workers run it"}},
		{"a worker of JavaScript", "wrangler.toml", "main = \"src/entry.js\"\ncompatibility_flags = [\"python_workers\"]\n", nil},
		{"Cloudflare without Python", "wrangler.toml", "main = \"src/entry.py\"\n", nil},
		{"scripts of Node", "package.json", "{\"scripts\": {\n\"a\": \"node --no-warnings run.mjs\", \"b\": \"tsc && node ./dist/b.js x\",\n\"c\": \"deno test -A c.ts\", \"d\": \"node\"}}",
			[]string{"2: run.mjs: node: Node runs it", "2: ./dist/b.js: node: Node runs it", "3: c.ts: node: Deno runs it"}},
		{"tests of Node", "package.json", "{\"scripts\": {\"test\": \"vitest run\"}}", []string{"1: **/*.{test,spec}.{js,mjs,ts,mts,tsx}: node: a test that runs in Node"}},
		{"stlite's desktop", "package.json", "{\"stlite\": {\"desktop\": {\"files\": [\"app.py\", \"a.txt\"], \"entrypoint\": \"main.py\"}}}", []string{"1: app.py main.py: worker: stlite runs it in a worker"}},
		{"JupyterLite", "site/jupyter_lite_config.json", "{\"LiteBuildConfig\": {\n\"contents\": [\"a\", \"b\"]}}", []string{"2: *.ipynb a/**/*.ipynb b/**/*.ipynb: worker: JupyterLite runs it in a worker"}},
		{"JupyterLite by a command", "build.sh", "pip install x\njupyter lite build --contents content --output-dir dist\n", []string{"2: content/**/*.ipynb: worker: JupyterLite runs it in a worker"}},
		{"Panel", "Makefile", "all:\n\tpanel convert app.py --to pyodide-worker --out docs\n\tpanel convert ./b.py --to pyodide\n\tpanel convert c.py --out x\n",
			[]string{"2: app.py: worker: panel converts it for a worker", "3: ./b.py: main: panel converts it for a page", "4: c.py: main: panel converts it for a page"}},
		{"shinylive", ".github/workflows/a.yml", "      - run: shinylive export myapp docs\n", []string{"1: myapp/**/*.py myapp: worker: shinylive runs it in a worker"}},
		{"marimo", ".github/workflows/a.yml", "      - run: marimo export html-wasm a.py -o b\n", []string{"1: a.py (marimo): worker: marimo exports it to run in a worker"}},
		{"marimo in a script", "scripts/build.py", "cmd = [\"marimo\", \"export\", \"html-wasm\"]\n", []string{"1: **/*.py (marimo): worker: marimo exports it to run in a worker"}},
		{"servers", "Procfile", "web: uvicorn --reload backend.main:app\nworker: python -u jobs/run.py\n", []string{"2: jobs/run.py: host: another Python runs it", "1: backend/main.py backend/main/__init__.py: host: a server runs it"}},
		{"no file", "Dockerfile", "CMD python -m http.server\nRUN python $SCRIPT\nRUN python ../a.py\n", nil},
		{"tools", "sub/noxfile.py", "", []string{"1: noxfile.py: host: noxfile.py is for tools outside Pyodide"}},
		{"Python that speaks of commands", "a.py", "# python b.py, node c.js\n", nil},
		{"Cloudflare that is commented out", "wrangler.toml", "main = \"a.py\"\n# compatibility_flags = [\"python_workers\"]\n", nil},
		{"Cloudflare on one line", "wrangler.json", "{\"name\": \"x\", \"main\": \"a.py\", \"compatibility_flags\": [\"python_workers\"]}", []string{"1: a.py: node: wrangler.json has Cloudflare Workers run it"}},
		{"a command that is not shown", "Makefile", "check:\n\t@python3 tools/a.py\n", []string{"2: tools/a.py: host: another Python runs it"}},
		{"Panel without some", "a.sh", "panel convert a/*.ipynb --to pyodide-worker --exclude a/b.ipynb c.ipynb --requirements d.py\n", []string{"1: a/*.ipynb: worker: panel converts it for a worker"}},
		{"a sentence", "README.md", "With panel convert an app.py becomes a page.\n", nil},
		{"a comment's last sign", "a.sh", "# x \\\npython a.py\n", []string{"2: a.py: host: another Python runs it"}},
		{"bytes that are no text", "Dockerfile", "CMD [\"\xff\xfe\xff\", \"x\"]\nCMD [\"python\", \"a.py\"]\n", []string{"2: a.py: host: another Python runs it"}},
		{"comments", "Makefile", "# node old.js\nall:\n\t# python old.py\n", nil},
		{"titles of steps", ".github/workflows/a.yml", "- name: Run python build.py\n", nil},
		{"words on two lines", "a.yml", "language: python\nmain.py: 1\n", nil},
		{"a folder on the line", "Makefile", "all:\n\tcd sub && python build.py && node a.js\n\tcd $X; python c.py\n\t(cd y; z) && python d.py\n",
			[]string{"2: sub/a.js: node: Node runs it", "2: sub/build.py: host: another Python runs it"}},
		{"a folder on the line of a script", "a.sh", "cd x && python a.py\n", []string{"1: x/a.py: host: another Python runs it"}},
		{"a folder before", "a.sh", "cd x\npython a.py\n", nil},
		{"a folder of a step", ".github/workflows/a.yml", "steps:\n- run: python a.py\n- working-directory: ./sub\n  run: python b.py\n- run: |\n    cd x\n    python c.py\n- run: python d.py\n  working-directory: ${{ x }}\n- run: python e.py\n",
			[]string{"2: a.py: host: another Python runs it", "4: sub/b.py: host: another Python runs it", "10: e.py: host: another Python runs it"}},
		{"a folder of a step with a name", "a.yml", "- name: A\n  run: python a.py\n  working-directory: sub\n- name: B\n  run: python b.py\n",
			[]string{"2: sub/a.py: host: another Python runs it", "5: b.py: host: another Python runs it"}},
		{"a folder of all steps", ".github/workflows/a.yml", "defaults:\n  run:\n    working-directory: sub\nsteps:\n- run: python a.py\n", nil},
		{"steps of one shell", "ci.yml", "script:\n  - cd sub\n  - python a.py\n", nil},
		{"Pyodide for a Python", "a.sh", "pyodide venv .venv-pyodide\n.venv-pyodide/bin/python t.py\n", nil},
		{"lists of words", "Dockerfile", "ENTRYPOINT [\"python\", \"-u\", \"server.py\"]\nCMD [\"uvicorn\", \"main:app\", \"--port\", \"80\"]\n",
			[]string{"1: server.py: host: another Python runs it", "2: main.py main/__init__.py: host: a server runs it"}},
		{"a server with options", "Procfile", "web: gunicorn -w 4 -b 0.0.0.0:80 app:app\n", []string{"1: app.py app/__init__.py: host: a server runs it"}},
		{"servers of frameworks", "Dockerfile", "ENV FLASK_APP=web/app.py\nCMD flask --app srv run\nCMD fastapi run main.py\n",
			[]string{"3: main.py: host: a server runs it", "1: web/app.py: host: a server runs it", "2: srv.py srv/__init__.py: host: a server runs it"}},
		{"Panel with several", "a.sh", "panel convert a.py && panel convert --out docs b.py c.ipynb \\\n  --to=pyodide-worker\npanel convert d.py --to $TO\npanel convert $X.py e.txt\n",
			[]string{"1: b.py c.ipynb: worker: panel converts it for a worker", "1: a.py: main: panel converts it for a page"}},
		{"Panel in a script", "package.json", "{\"scripts\": {\"a\": \"panel convert a.py --title \\\"A b\\\" --to pyodide-worker\", \"b\": \"python c.py\"}}",
			[]string{"1: a.py: worker: panel converts it for a worker", "1: c.py: host: another Python runs it"}},
		{"shinylive with options", "Makefile", "a:\n\tshinylive export --subdir foo app docs\n\tshinylive export . docs\n\tshinylive export app$X docs\n",
			[]string{"2: app/**/*.py app: worker: shinylive runs it in a worker", "3: **/*.py .: worker: shinylive runs it in a worker"}},
		{"marimo in a comment", "setup.py", "# marimo export html-wasm\n", []string{"1: setup.py: host: setup.py is for tools outside Pyodide"}},
		{"all of marimo", "a.sh", "for f in nb/*.py; do marimo export html-wasm --mode run \"$f\" -o x; done\n", []string{"1: **/*.py (marimo): worker: marimo exports it to run in a worker"}},
		{"JupyterLite with xeus", "jupyter_lite_config.json", "{\"XeusAddon\": {}, \"LiteBuildConfig\": {\"contents\": [\"c\"]}}", nil},
		{"JupyterLite with xeus by a command", "a.sh", "jupyter lite build --XeusAddon.environment_file=e.yml --contents c\n", nil},
		{"JupyterLite in an environment of xeus", "a.yml", "- run: pip install jupyterlite-xeus\n- run: jupyter lite build --contents c\n", nil},
		{"JupyterLite with both", "jupyter_lite_config.json", "{\"XeusAddon\": {}, \"PipliteAddon\": {\"piplite_urls\": [\"jupyterlite_pyodide-kernel\"]}}", []string{"1: *.ipynb files/**/*.ipynb content/**/*.ipynb contents/**/*.ipynb: worker: JupyterLite runs it in a worker"}},
		{"JupyterLite without Pyodide", "jupyter-lite.json", "{\"jupyter-config-data\": {\"disabledExtensions\": [\"@jupyterlite/pyodide-kernel-extension\"]}}", nil},
		{"one notebook of JupyterLite", "jupyter_lite_config.json", "{\"LiteBuildConfig\": {\"contents\": \"a.ipynb\"}}", []string{"1: *.ipynb a.ipynb: worker: JupyterLite runs it in a worker"}},
		{"JupyterLite in a folder with a variable", "a.sh", "jupyter lite build --contents c/$X\n", nil},
		{"more scripts of Node", "package.json", "{\"description\": \"like node z.js, in jest\", \"scripts\": {\"a\": \"npx tsx watch a.ts\", \"b\": \"ts-node b.ts\", \"c\": \"bun run c.ts && bun d.js\", \"d\": \"deno run --config d.json -A e.ts\", \"jest:x\": \"x\"}}",
			[]string{"1: b.ts: node: Node runs it", "1: a.ts: node: Node runs it", "1: e.ts: node: Deno runs it", "1: c.ts: node: Bun runs it", "1: d.js: node: Bun runs it"}},
		{"tests of mocha", "package.json", "{\"scripts\": {\"t\": \"mocha\"}}", []string{"1: **/*.{test,spec}.{js,mjs,ts,mts,tsx}: node: a test that runs in Node"}},
		{"tests in a browser", "package.json", "{\"scripts\": {\"t\": \"vitest --browser\"}}", nil},
		{"broken", "package.json", "{\"stlite\": {\"desktop\"", nil},
		{"nothing", "", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, m := range realm.MarksIn(c.file, c.text) {
				app := ""
				if m.App != realm.NoApp {
					app = fmt.Sprintf(" (%s)", m.App)
				}
				got = append(got, fmt.Sprintf("%d: %s%s: %s: %s", m.Line, strings.Join(m.Files, " "), app, strings.Join(m.Realms.Names(), "+"), m.What))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestIsolationIn(t *testing.T) {
	const both = "Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: require-corp\n"
	for _, c := range []struct {
		name, file, text string
		says, isolates   bool
		line             int
	}{
		{"a site", "public/_headers", "/*\n  " + both, true, true, 2},
		{"a site with one of two", "_headers", "/*\n  Cross-Origin-Opener-Policy: same-origin\n", true, false, 1},
		{"a site with another policy", "_headers", "/*\n  Cross-Origin-Opener-Policy: unsafe-none\n  Cross-Origin-Embedder-Policy: require-corp\n", true, false, 1},
		{"a site with nothing", "_headers", "# none yet\n", false, false, 0},
		{"Netlify", "netlify.toml", "[build]\ncommand = \"x\"\n[[headers]]\nfor = \"/*\"\n[headers.values]\nCross-Origin-Opener-Policy = \"same-origin\"\nCross-Origin-Embedder-Policy = \"credentialless\"\n", true, true, 6},
		{"Netlify without headers", "netlify.toml", "[build]\ncommand = \"x\"\n", false, false, 0},
		{"Vercel", "vercel.json", "{\"headers\": [{\"source\": \"/(.*)\", \"headers\": [\n{\"key\": \"Cross-Origin-Opener-Policy\",\n \"value\": \"same-origin\"},\n{\"key\": \"Cross-Origin-Embedder-Policy\", \"value\": \"require-corp\"}]}]}", true, true, 2},
		{"nginx", "deploy/site.conf", "server {\n  add_header Cross-Origin-Opener-Policy \"same-origin\" always;\n  add_header Cross-Origin-Embedder-Policy \"require-corp\";\n}", true, true, 2},
		{"nginx without", "nginx.conf", "server {\n  add_header X-Frame-Options DENY;\n}", true, false, 2},
		{"Vite", "vite.config.ts", "export default { server: { headers: {\n'Cross-Origin-Opener-Policy': 'same-origin',\n'Cross-Origin-Embedder-Policy': 'require-corp' } } }", true, true, 2},
		{"Vite without", "vite.config.ts", "export default { server: { headers: {} } }", false, false, 0},
		{"a server of Python's", "serve.py", "self.send_header('Cross-Origin-Opener-Policy', 'same-origin')\nself.send_header('Cross-Origin-Embedder-Policy', 'require-corp')\n", true, true, 1},
		{"a policy that does not isolate", "_headers", "/*\n  Cross-Origin-Opener-Policy: same-origin-allow-popups\n  Cross-Origin-Embedder-Policy: require-corp\n", true, false, 1},
		{"headers that are commented out", "_headers", "#/*\n# Cross-Origin-Opener-Policy: same-origin\n# Cross-Origin-Embedder-Policy: require-corp\n", false, false, 0},
		{"a comment on headers", "netlify.toml", "# headers: none\n[build]\n", false, false, 0},
		{"settings of something else", "supervisord.conf", "the header = 1\n", false, false, 0},
		{"headers to a server behind", "nginx.conf", "proxy_set_header Host $host;\n", false, false, 0},
		{"a comment that looks like a path", "next.config.js", "/**\n * x\n */\nimport a from 'next/headers'\n", false, false, 0},
		{"Next", "next.config.js", "export default {\nasync headers() { return [] } }\n", true, false, 2},
		{"Azure", "staticwebapp.config.json", "{\n\"globalHeaders\": {\"X-A\": \"b\"}}", true, false, 2},
		{"Caddy", "Caddyfile", "a.org {\n  header X-A b\n}\n", true, false, 2},
		{"Apache's", "site.conf", "<VirtualHost *:80>\n  Header always set X-A b\n", true, false, 2},
		{"a table of Python's", "serve.py", "h['Cross-Origin-Opener-Policy'] = 'same-origin'\nh['Cross-Origin-Embedder-Policy'] = 'require-corp'\n", true, true, 1},
		{"anything else", "a.py", "# headers\n", false, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := realm.IsolationIn(c.file, c.text)
			if ok != c.says || got.Isolates != c.isolates || got.Line != c.line {
				t.Errorf("says %v, isolates %v on line %d", ok, got.Isolates, got.Line)
			}
		})
	}
	for path, want := range map[string]bool{"./mini-coi.js": true, "/a/coi-serviceworker.min.js": true, "enable-threads.min.js": true, "coi.js": false, "a/mini-coi/x.js": false} {
		if realm.IsolatesByScript(path) != want {
			t.Errorf("%s isolates: %v", path, !want)
		}
	}
}

func TestPyScriptIn(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"files", "packages = [\"numpy\"]\n[files]\n\"./a.py\" = \"\"\n\"./b.py\" = \"pkg/\"\n\"./c.txt\" = \"\"\n\"https://x.org/d.py\" = \"\"\n", "./a.py>@3 ./b.py>pkg/@4"},
		{"placeholders", "[files]\n\"{FROM}\" = \"./src\"\n\"{TO}\" = \"./lib\"\n\"{FROM}/a.py\" = \"{TO}/a.py\"\n", "./src/a.py>./lib/a.py@4"},
		{"JSON", "{\"files\": {\"./a.py\": \"\"},\n\"sync_main_only\": true, \"js_modules\": {\"main\": {\"./m.js\": \"m\", \"https://x.org/n.js\": \"n\"}, \"worker\": {\"./w.js\": \"w\"}}}", "./a.py>@1 main:./m.js worker:./w.js sync"},
		{"lists of 2022", "paths = [\"./a.py\"]\n[[fetch]]\nfiles = [\"b.py\", \"c.csv\"]\nfrom = \"lib\"\nto_folder = \"pkg\"\n", "lib/b.py>pkg/b.py@3 ./a.py>@1"},
		{"placeholders of placeholders", "[files]\n\"{A}\" = \"./src\"\n\"{B}\" = \"{A}/x\"\n\"{B}/a.py\" = \"\"\n", "./src/x/a.py>@4"},
		{"placeholders of themselves", "[files]\n\"{A}\" = \"{A}{A}\"\n\"{A}/a.py\" = \"\"\n\"{C}/b.py\" = \"\"\n", ""},
		{"one file of 2022", "[[fetch]]\nfrom = \"./src/a.py\"\n[[fetch]]\nfrom = \"./b.py\"\nto_file = \"c.py\"\nto_folder = \"pkg\"\n", "./src/a.py>a.py@2 ./b.py>pkg/c.py@4"},
		{"two names for one", "[[fetch]]\nfrom = \"./src\"\nfiles = [\"a.py\"]\nto_file = \"b.py\"\n", ""},
		{"a byte order mark", "\ufeff[files]\n\"a.py\" = \"\"\n", "a.py>@2"},
		{"odd values", "files = 1\npackages = {a = 1}\njs_modules = []\nfetch = [1, {files = 2}]\n", ""},
		{"broken", "files = [", "none"},
		{"broken JSON", "{\"files\":", "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ok := realm.PyScriptIn(c.text)
			var got []string
			for _, f := range s.Files {
				got = append(got, fmt.Sprintf("%s>%s@%d", f.From, f.To, f.Line))
			}
			for _, m := range s.JSModules {
				got = append(got, m.Realms.Names()[0]+":"+m.Path)
			}
			if s.SyncMainOnly {
				got = append(got, "sync")
			}
			if !ok {
				got = []string{"none"}
			}
			if text := strings.Join(got, " "); text != c.want {
				t.Errorf("got %s, want %s", text, c.want)
			}
		})
	}
	page := "<!-- <py-config>\n[files]\n\"old.py\" = \"\"\n</py-config> --><script type='MPY' config='{\"files\": {\"c.py\": \"\"}}'></script><py-config>\n[files]\n\"a.py\" = \"\"\n</py-config>\n<script type=py config='{\"files\": {\"b.py\": \"\"}}'></script><script type=mpy config='{\"files\": {\"c.py\": \"\"}}'></script><script type=py config = '{\"files\": {\"d.py\": \"\"}}'></script><script type=py config=x.toml></script>"
	var from []string
	for _, s := range realm.PyScriptOfPage(page) {
		from = append(from, fmt.Sprintf("%s:%d", s.Files[0].From, s.Line))
	}
	if got := strings.Join(from, " "); got != "a.py:4 b.py:8 d.py:8" {
		t.Errorf("a page has %s", got)
	}
}

func FuzzMarksIn(f *testing.F) {
	for _, file := range []string{"package.json", "wrangler.toml", "jupyter-lite.json", "Makefile", "a.yml", "a.py", "_headers", "a.conf", "vite.config.js", ""} {
		for _, text := range []string{
			"", "{\"stlite\": {\"desktop\": {\"files\": [\"a.py\"]}}}", "main=\"a.py\" \"python_workers\"", "panel convert a.py --to pyodide\n", "export html-wasm", "node a.js",
			"jupyter lite build --contents a", "python a.py", "gunicorn a:b", "defaults:\n  run:\n    working-directory: x\n- run: |\n    cd y\n    python a.py\n", "[\"python\", \"a.py\"]", "{\"scripts\": {\"a\": \"node \\\"b.js\\\"\"}}", "[[fetch]]\nfrom=\"a.py\"", "{\"LiteBuildConfig\":{\"contents\":1}}", "[files]\n\"{A}\"=\"\"\n\"{A}.py\"=\"{A}\"", "Cross-Origin-Opener-Policy same-origin Cross-Origin-Embedder-Policy require-corp",
		} {
			f.Add(file, text)
		}
	}
	f.Fuzz(func(t *testing.T, file, text string) {
		lines := 1 + strings.Count(text, "\n")
		for _, m := range realm.MarksIn(file, text) {
			if m.Line < 1 || m.Line > lines || m.What == "" || m.Realms == 0 || len(m.Files) == 0 {
				t.Errorf("%v of %d lines", m, lines)
			}
		}
		if i, ok := realm.IsolationIn(file, text); ok && (i.Line < 1 || i.Line > lines) {
			t.Errorf("%v of %d lines", i, lines)
		}
		realm.PyScriptIn(text)
		realm.PyScriptOfPage(text)
	})
}
