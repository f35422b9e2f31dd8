package pyodide_test

import (
	"encoding/json"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

// The info of real lock files, by the release that they came with, and one version of a package of each.
func TestOfLock(t *testing.T) {
	for _, c := range []struct{ release, info, name, version, want string }{
		{"0.24.1", `{"arch":"wasm32","platform":"emscripten_3_1_45","version":"0.24.1","python":"3.11.3"}`, "micropip", "0.5.0", "older, 0.26"},
		{"0.25.1", `{"arch":"wasm32","platform":"emscripten_3_1_46","python":"3.11.3","version":"0.25.1"}`, "", "", "older, 0.26"},
		{"0.26.4", `{"abi_version":"2024_0","arch":"wasm32","platform":"emscripten_3_1_58","python":"3.12.1","version":"0.26.4"}`, "micropip", "0.6.0", "0.26"},
		{"0.27.8", `{"abi_version":"2024_0","arch":"wasm32","platform":"emscripten_3_1_58","python":"3.12.7","version":"0.27.8"}`, "micropip", "0.9.0", "0.27"},
		{"0.28.3", `{"abi_version":"2025_0","arch":"wasm32","platform":"emscripten_4_0_9","python":"3.13.2","version":"0.28.0.dev0"}`, "micropip", "0.10.1", "0.28"},
		{"0.29.0", `{"abi_version":"2025_0","arch":"wasm32","platform":"emscripten_4_0_9","python":"3.13.2","version":"0.28.0.dev0"}`, "micropip", "0.11.0", "0.29"},
		{"0.29.3", `{"abi_version":"2025_0","arch":"wasm32","platform":"emscripten_4_0_9","python":"3.13.2","version":"0.28.0.dev0"}`, "pandas", "2.3.3", "0.29"},
		{"0.29.5", `{"abi_version":"2025_0","arch":"wasm32","platform":"emscripten_4_0_9","python":"3.13.2"}`, "lxml", "6.0.2", "0.29"},
		{"0.29.5, cut", `{"abi_version":"2025_0","arch":"wasm32","platform":"emscripten_4_0_9","python":"3.13.2"}`, "numpy", "2.2.5", "0.28 and 0.29"},
		{"314.0.0", `{"abi_version":"2026_0","arch":"wasm32","platform":"emscripten_5_0_3","python":"3.14.0"}`, "pandas", "2.3.3", "314"},
		{"314.0.7", `{"abi_version":"2026_0","arch":"wasm32","platform":"emscripten_5_0_3","python":"3.14.2"}`, "", "", "314"},
		{"315.0.0-alpha.2", `{"abi_version":"2026_5","arch":"wasm32","platform":"emscripten_6_0_5","python":"3.15.0rc1"}`, "", "", "newer, 314"},
		{"some other Python", `{"abi_version":"2024_0","python":"3.12.9","version":"0.27.0"}`, "", "", "0.26 and 0.27"},
		{"nothing", `{}`, "micropip", "0.10.1", "none"},
	} {
		var info pyodide.LockInfo
		if err := json.Unmarshal([]byte(c.info), &info); err != nil {
			t.Fatal(err)
		}
		versions, exact := pyodide.OfLock(info, map[string]string{c.name: c.version})
		got := versions.String()
		switch {
		case exact || versions == 0:
		case versions.Has(pyodide.V026):
			got = "older, " + got
		default:
			got = "newer, " + got
		}
		if got != c.want {
			t.Errorf("the lock file of %s is for %s, want %s", c.release, got, c.want)
		}
	}
}
