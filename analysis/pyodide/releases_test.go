package pyodide_test

import (
	"testing"

	"pyodide-ls/analysis/pyodide"
)

// said is a set with what is known of it.
type said struct {
	versions string
	exact    bool
}

func TestOfRelease(t *testing.T) {
	for release, want := range map[string]said{
		"0.26.0": {"0.26", true}, "0.28.2": {"0.28", true}, "v0.29.5": {"0.29", true}, "314.0.7": {"314", true}, "0.27": {"0.27", true},
		"314": {"314", true}, "0.28.0a1": {"0.28", true}, "0.28.0.dev0": {"0.28", true}, "314.0.0-alpha.2": {"314", true}, "0.26.99": {"0.26", true},
		"0.23.4": {"0.26", false}, "0.9.0": {"0.26", false}, "315.0.0-alpha.1": {"314", false}, "320.1.0": {"314", false},
		"0.30.0": {"none", false}, "1.24.0": {"none", false}, "1.22.0-2": {"none", false}, "0": {"none", false}, "": {"none", false}, "dev": {"none", false},
		"0.26.1.2": {"none", false}, "2024.9.2": {"none", false}, "99999.1": {"none", false},
	} {
		check(t, "OfRelease", release, want, pyodide.OfRelease)
	}
}

func TestSatisfying(t *testing.T) {
	for text, want := range map[string]said{
		"^0.26.2": {"0.26", true}, "~0.27.0": {"0.27", true}, "0.28.2": {"0.28", true}, "0.28": {"0.28", true}, "0.28.x": {"0.28", true},
		">=0.26 <0.29": {"0.26 to 0.28", true}, "^0.26.0 || ^0.28.0": {"0.26 and 0.28", true}, "0.26 - 0.28": {"0.26 to 0.28", true},
		">=0.27.8": {"0.27 to 314", true}, ">0.27.8": {"0.28 to 314", true}, "^314.0.0": {"314", true}, "*": {"0.26 to 314", true}, "": {"none", false},
		"^0.23.4": {"0.26", false}, "<=0.26.0": {"0.26", true}, "<0.26": {"0.26", false},
		"0.26.0-alpha.4": {"0.26", true}, "^314.0.99": {"314", true}, "^315.0.0": {"314", false},
		"latest": {"none", false}, "workspace:*": {"none", false}, "^1.2.3": {"none", false}, "file:../pyodide": {"none", false},
	} {
		check(t, "Satisfying", text, want, pyodide.Satisfying)
	}
}

func TestPyScriptSatisfying(t *testing.T) {
	for text, want := range map[string]said{
		"0.6.66": {"0.27 and 0.28", true}, // its bundle loads 0.27.7, and the polyscript that it is installed with 0.28.2
		"^0.6.0": {"0.26 to 0.28", true}, "^0.7.12": {"0.29 and 314", true}, "0.5.12": {"0.26", true}, "^0.7.29": {"314", true},
		"^0.3.0": {"0.26", false}, "^0.7.99": {"314", true}, "0.6.12": {"0.26", true}, "latest": {"none", false}, "^0.0.1": {"none", false},
	} {
		check(t, "PyScriptSatisfying", text, want, pyodide.PyScriptSatisfying)
	}
}

func check(t *testing.T, name, text string, want said, ask func(string) (pyodide.Versions, bool)) {
	t.Helper()
	if got, exact := ask(text); got.String() != want.versions || exact != want.exact {
		t.Errorf("%s(%q) is %v, %t; want %s, %t", name, text, got, exact, want.versions, want.exact)
	}
}

func TestPyScript(t *testing.T) {
	for release, want := range map[string]string{
		"2024.9.2": "0.26.2", "2024.09.2": "0.26.2", "2022.12.1": "0.21.3", "2025.8.1": "0.28.1", "2026.7.3": "314.0.3", "2025.2.4": "0.27.3",
		"2024.5.3": "", "2025.7.9": "", "2025.7.0": "0.27", "2027.1.1": "314", "2021.1.1": "", "2024.9": "", "2024.9.x": "",
		"0.6.66": "0.27.7", "0.6.20": "0.26.3", "0.7.8": "0.29.0", "0.6.48": "0.27.5", "0.7.28": "0.29", "0.7.27": "0.29", "0.7.99": "314", "0.6.70": "0.28.1", "0.6.69": "", "0.4.46": "0.26.0",
		"0.1.0": "", "latest": "", "": "", "-1.0.0": "",
	} {
		if got, ok := pyodide.PyScript(release); got != want || ok != (want != "") {
			t.Errorf("PyScript %s loads %q, %t; want %q", release, got, ok, want)
		}
	}
}

func TestPolyscript(t *testing.T) {
	for version, want := range map[string]string{
		"0.16.3": "0.26.2", "0.16.4": "0.26.3", "0.18.0": "0.28.0", "0.18.2": "0.27.7", "0.18.14": "0.28.2", "0.20.20": "314.0.5", "0.0.9": "", "x": "",
	} {
		if got, ok := pyodide.Polyscript(version); got != want || ok != (want != "") {
			t.Errorf("polyscript %s loads %q, %t; want %q", version, got, ok, want)
		}
	}
}
