package host

import "testing"

func TestSettings(t *testing.T) {
	run(t, Settings, []example{
		{"sound", "packages = [\"numpy\"]\n[files]\n\"a.py\" = \"\"\n", "", "", "", ""},
		{"empty", "", "", "", "", ""},
		{"a byte order mark", "\ufeffa = 1", "", "", "", ""},
		{"a value is missing", "\ufeffa = 1\r\nb =\r\nc = 1", "! \"\\r\" this is not valid TOML: unexpected character U+000D at start of value\n", "", "", ""},
		{"a key twice", "a = 1\nb = 2\na = 3", "! \"a\" this is not valid TOML: key a is already defined\n", "", "", ""},
		{"a string left open", "a = \"b", "! \"b\" this is not valid TOML: unterminated basic string\n", "", "", ""},
		{"JSON", "{\"a\": 1}", "! \"{\" this is not valid TOML: invalid character at start of key: U+007B '{'\n", "", "", ""},
		{"NUL", "a = \x00", "! \"\\x00\" this is not valid TOML: unexpected character U+0000 at start of value\n", "", "", ""},
	})
	run(t, SettingsJSON, []example{
		{"sound", "\ufeff {\"packages\": [\"numpy\"]}\n", "", "", "", ""},
		{"empty", "", "! \"\" this is not valid JSON: unexpected end of the text\n", "", "", ""},
		{"a comma", "{\"a\": [1,]}", "! \"]\" this is not valid JSON: invalid character ']' looking for beginning of value\n", "", "", ""},
		{"TOML", "\ufeffa = 1", "! \"a\" this is not valid JSON: invalid character 'a' looking for beginning of value\n", "", "", ""},
		{"left open", "{\"a\": ", "! \"\" this is not valid JSON: unexpected end of the text\n", "", "", ""},
		{"a list", " []", "! \"[\" these settings are not a JSON object\n", "", "", ""},
	})
}
