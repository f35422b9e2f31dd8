package config

import "testing"

func TestTurn(t *testing.T) {
	for _, c := range []struct{ name, path, text, want string }{
		{"a new file", "pyodide-ls.toml", "", "[rules]\nblock-main = \"off\"\n"},
		{"no table", "pyodide-ls.toml", "# é\nrealm = \"main\"\n", "# é\nrealm = \"main\"\n\n[rules]\nblock-main = \"off\"\n"},
		{"no line end", "pyodide-ls.toml", `realm = "main"`, "realm = \"main\"\n\n[rules]\nblock-main = \"off\"\n"},
		{"of other tools", "pyproject.toml", "[tool.black]\nx = 1\n", "[tool.black]\nx = 1\n\n[tool.pyodide-ls.rules]\nblock-main = \"off\"\n"},
		{"an empty table", "pyodide-ls.toml", "[rules] # mine\n\n[calls]\n", "[rules] # mine\nblock-main = \"off\"\n\n[calls]\n"},
		{"a table at the end", "pyodide-ls.toml", "[rules]", "[rules]\nblock-main = \"off\"\n"},
		{"behind the last", "pyodide-ls.toml", "[rules]\nbare-callback = \"hint\" # why\n# more\n[calls]\n", "[rules]\nbare-callback = \"hint\" # why\nblock-main = \"off\"\n# more\n[calls]\n"},
		{"which is there", "pyodide-ls.toml", "[rules]\nblock-main = 'hint' # why\n", "[rules]\nblock-main = \"off\" # why\n"},
		{"which is there, quoted", "pyodide-ls.toml", "[rules]\n\"block-main\"=\"hint\"\n", "[rules]\n\"block-main\"=\"off\"\n"},
		{"inline", "pyodide-ls.toml", `rules = { bare-callback = "hint" }`, `rules = { block-main = "off", bare-callback = "hint" }`},
		{"inline and empty", "pyodide-ls.toml", "rules = {}\n", "rules = { block-main = \"off\" }\n"},
		{"inline and there", "pyodide-ls.toml", `rules = { block-main = "hint" }`, `rules = { block-main = "off" }`},
		{"dotted", "pyodide-ls.toml", "rules.bare-callback = \"hint\"\nrealm = \"main\"\n", "rules.bare-callback = \"hint\"\nrules.block-main = \"off\"\nrealm = \"main\"\n"},
		{"dotted and quoted", "pyodide-ls.toml", "rules.\"bare-callback\" = \"hint\"\n", "rules.\"bare-callback\" = \"hint\"\nrules.block-main = \"off\"\n"},
		{"dotted in its table", "pyproject.toml", "[tool.pyodide-ls]\nrules.bare-callback = \"hint\"\n", "[tool.pyodide-ls]\nrules.bare-callback = \"hint\"\nrules.block-main = \"off\"\n"},
		{"marked, with carriage returns", "pyodide-ls.toml", "\uFEFF[rules]\r\nbare-callback = \"hint\"\r\n", "\uFEFF[rules]\r\nbare-callback = \"hint\"\r\nblock-main = \"off\"\r\n"},
		{"not that of an override", "pyodide-ls.toml", "[[overrides]]\npaths = [\"a\"]\nrules.block-main = \"hint\"\n", "[[overrides]]\npaths = [\"a\"]\nrules.block-main = \"hint\"\n\n[rules]\nblock-main = \"off\"\n"},
		{"what is wrong already", "pyodide-ls.toml", "realm = 1\n", ""},
		{"what is no TOML", "pyodide-ls.toml", "realm = = 1\n", ""},
		{"rules that are none", "pyodide-ls.toml", "rules = 1\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Turn(c.path, []byte(c.text), "block-main", LevelOff, known)
			if string(got) != c.want || ok != (c.want != "") {
				t.Errorf("%q, %t, want %q", got, ok, c.want)
			}
		})
	}
}
