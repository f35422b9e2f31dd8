package realm

import (
	"strings"
	"testing"

	"pyodide-ls/analysis/syntax/host"
)

func TestBringsIn(t *testing.T) {
	for _, test := range []struct {
		file, text, packages string
		open                 bool
	}{
		{"a.js", `await pyodide.loadPackage("numpy")`, "numpy", false},
		{"a.js", `await pyodide.loadPackage(["Pillow", 'scikit_learn'])`, "pillow scikit-learn", false},
		{"a.js", "await pyodide.loadPackage(`numpy`)", "numpy", false},
		{"a.js", "await pyodide.loadPackage(`${name}`)", "", true},
		{"a.js", `await pyodide.loadPackage(names)`, "", true},
		{"a.js", `await pyodide.loadPackage(["numpy", name])`, "", true},
		{"a.js", `const load = pyodide.loadPackage;`, "", true},
		{"a.js", `loadPyodide({ packages: ["numpy"] })`, "numpy", false},
		{"a.js", `loadPyodide({ packages })`, "", true},
		{"a.js", `loadPyodide({ packages: all })`, "", true},
		{"a.js", `// loadPackage(names)`, "", false},
		{"a.js", `pyodide.loadPackagesFromImports(code)`, "", true},
		{"a.js", `loadPyodide({ lockFileURL: "lock.json" })`, "", true},
		{"a.js", `navigator.install(names)`, "", false},
		{"a.py", `await micropip.install("pandas==2.3.3")`, "pandas", false},
		{"a.py", `await micropip.install(["pandas[excel]>=2", "numpy"])`, "numpy pandas", false},
		{"a.py", `await micropip.install("https://a.b/c-1-py3-none-any.whl")`, "", true},
		{"a.py", `await micropip.install(f"{name}")`, "", true},
		{"a.py", "# /// script\n# dependencies = [\"numpy\"]\n# ///\n", "", true},
		{"a.py", `create_named_worker("w.py", "w", config={"packages": ["numpy"]})`, "numpy", false},
		{"setup.py", `setup(packages=find_packages())`, "", false},
		{"pyscript.toml", `packages = [ "numpy", "pandas" ] # more`, "numpy pandas", false},
		{"pyscript.json", `{"packages": ["./wheels/a.whl"]}`, "", true},
		{"a.html", `<script type="py" config="{&quot;packages&quot;: [&quot;numpy&quot;]}">`, "numpy", false},
		{"a.html", "<py-env>\n- numpy\n</py-env>", "", true},
		{"a.html", `<script type="py" config="{{ config }}"></script>`, "", true},
		{"a.html", `<py-config>{{ config }}</py-config>`, "", true},
		{"a.html", `<script type="py" config="https://a.b/c.toml"></script>`, "", true},
		{"a.html", `<script type="py-game" src="a.py"></script>`, "", true},
		{"a.html", `<script type="py" src="a.py" config="a.toml"></script>`, "", false},
		{"a.md", "loadPackage(names)", "", false},
		{"pyodide-lock.json", "{}", "", true},
	} {
		b := BringsIn(test.file, host.Of(test.file), test.text)
		if got := strings.Join(b.Packages, " "); got != test.packages || b.Open != test.open {
			t.Errorf("%s: %s brings %q, open %v; want %q, %v", test.file, test.text, got, b.Open, test.packages, test.open)
		}
	}
}

// A PyScript from before 2023.11.1 is told by the name of its bundle.
func TestClassic(t *testing.T) {
	for text, want := range map[string]bool{
		`<script defer src="https://pyscript.net/alpha/pyscript.js"></script>`:                 true,
		`<script defer src='./build/pyscript.min.js'></script>`:                                true,
		`<script type="module" src="https://pyscript.net/releases/2025.8.1/core.js"></script>`: false,
		`<script src="mypyscript.js"></script>`:                                                false,
	} {
		if got := BringsIn("a.html", host.HTML, text).Classic; got != want {
			t.Errorf("%s: classic %v, want %v", text, got, want)
		}
	}
}

// What the settings of PyScript put where Python imports it may be a module, whatever it is.
func TestSettingsBring(t *testing.T) {
	for _, test := range []struct {
		text, names string
		archives    bool
	}{
		{"[files]\n\"https://a.b/turtle.py\" = \"./lib/turtle.py\"", "a.b https: lib turtle", false},
		{"[files]\n\"tools.zip\" = \"./*\"", "* tools.zip", true},
		{"[[fetch]]\nfrom = \"src\"\nfiles = [\"tide.py\"]", "src tide", false},
	} {
		s, ok := PyScriptIn(test.text)
		if got := strings.Join(s.Names, " "); !ok || got != test.names || s.Archives != test.archives {
			t.Errorf("%s: brings %q, archives %v; want %q, %v", test.text, got, s.Archives, test.names, test.archives)
		}
	}
}

func TestPackageList(t *testing.T) {
	for _, test := range []struct {
		text     string
		settings bool
		want     string
	}{
		{`<py-config>packages = ["numpy"]</py-config>`, true, `<py-config>packages = ["numpy"+]</py-config>`},
		{"<py-config>packages = [\n  'numpy',\n  'scipy',\n]</py-config>", true, "<py-config>packages = [\n  'numpy',\n  'scipy'+,\n]</py-config>"},
		{`<script type="py" config='{"packages": ["numpy"]}'></script>`, true, `<script type="py" config='{"packages": ["numpy"+]}'></script>`},
		{`<!-- packages = ["scipy"] -->packages = ["numpy"]`, true, `<!-- packages = ["scipy"] -->packages = ["numpy"+]`},
		{`pyodide.loadPackage(["numpy"])`, false, `pyodide.loadPackage(["numpy"+])`},
		{`pyodide.loadPackage(["numpy"])`, true, ""},
		{`pyodide.loadPackage(["numpy"]); packages = ["scipy"]`, true, `pyodide.loadPackage(["numpy"]); packages = ["scipy"+]`},
		{`pyodide.loadPackage(["numpy"]); packages = ["scipy"]`, false, ""},
		{`packages = ["numpy"]; packages = ["scipy"]`, true, ""},
		{`packages = []`, true, ""},
		{`packages = all`, true, ""},
		{`pyodide.loadPackage("numpy")`, false, ""},
	} {
		at, mark, ok := PackageList(host.HTML, test.text, test.settings)
		got := ""
		if ok {
			got = test.text[:at] + "+" + test.text[at:]
			if test.text[at-1:at] != mark {
				t.Errorf("%s has the mark %q", test.text, mark)
			}
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}
