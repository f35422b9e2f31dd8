package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The bridge code that the tests check: an error that --fix repairs, a warning that it does not, and nothing.
const (
	bare  = "import js\ndef f(e):\n    pass\njs.document.addEventListener(\"click\", f)\n"
	sleep = "from js import document\nimport time\ndef f(e):\n    time.sleep(2)\nf(None)\n"
	clean = "import js\njs.document.title = \"wide awake\"\n"
)

// outcome is what a run of the program leaves behind.
type outcome struct {
	status   int
	out, log string
}

// program runs it with a standard input.
func program(t *testing.T, in string, args ...string) outcome {
	t.Helper()
	var out, log bytes.Buffer
	status := run(t.Context(), args, strings.NewReader(in), &out, &log)
	return outcome{status, out.String(), log.String()}
}

// folder makes a folder of files, and makes it the working directory.
func folder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		write(t, name, text)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// wants holds a run to its status, and to what its report and its complaints contain. Where no
// complaint is wanted, there must be none.
func (o outcome) wants(t *testing.T, status int, out, log string) {
	t.Helper()
	if o.status != status || !strings.Contains(o.out, out) || !strings.Contains(o.log, log) || log == "" && o.log != "" {
		t.Errorf("want exit status %d, %q on standard output, %q on standard error; got %d\n%.2000s\n%.2000s",
			status, out, log, o.status, o.out, o.log)
	}
}

func TestExitStatus(t *testing.T) {
	files := map[string]string{"bare.py": bare, "sleep.py": sleep, "clean.py": clean, "nul.py": "import js\x00\n"}
	for _, test := range []struct {
		name     string
		args     string
		status   int
		out, log string
	}{
		{"nothing found", "clean.py", exitClean, "Nothing found in 1 file.", ""},
		{"an error", "bare.py", exitFindings, "bare.py:4:39", ""},
		{"a warning", "sleep.py", exitFindings, "sleep.py:4:5", ""},
		{"findings are let pass", "--exit-zero bare.py sleep.py", exitClean, "1 error, 1 warning in 2 of 2 files", ""},
		{"trouble", "nul.py clean.py", exitTrouble, "Nothing found", "pyodide-ls: nul.py: "},
		{"trouble outdoes findings", "nul.py bare.py", exitTrouble, "bare.py:4:39", "pyodide-ls: nul.py: "},
		{"trouble is not let pass", "--exit-zero nul.py bare.py", exitTrouble, "bare.py:4:39", "pyodide-ls: nul.py: "},
		{"only errors, and there are none", "--min-severity error sleep.py", exitClean, "Nothing found", ""},
		{"only errors, and there is one", "--min-severity error bare.py", exitFindings, "[bare-callback]", ""},
		{"warnings count", "--min-severity warning sleep.py", exitFindings, "[block-main]", ""},
		{"no such severity", "--min-severity loud bare.py", exitUsage, "", "hint, info, warning, error"},
		{"off is no severity to report", "--min-severity off bare.py", exitUsage, "", "hint, info, warning, error"},
		{"the rule is selected", "--select block-main bare.py sleep.py", exitFindings, "1 warning in 1 of 2 files", ""},
		{"another rule is selected", "--select block-main bare.py", exitClean, "Nothing found", ""},
		{"the rule is ignored", "--ignore bare-callback bare.py", exitClean, "Nothing found", ""},
		{"both rules are ignored", "--ignore bare-callback,block-main bare.py sleep.py", exitClean, "Nothing found", ""},
		{"misspelt selection", "--select bare-calback bare.py", exitUsage, "", `no rule "bare-calback"; did you mean bare-callback?`},
		{"misspelt ignorance", "--ignore blok-main bare.py", exitUsage, "", `no rule "blok-main"; did you mean block-main?`},
		{"a rule like no other", "--select zzzzzzzz bare.py", exitUsage, "", `no rule "zzzzzzzz"; the rules are `},
		{"unknown flag", "--frobnicate bare.py", exitUsage, "", "--frobnicate"},
		{"unknown format", "--output-format yaml bare.py", exitUsage, "", "text, json, github, sarif"},
		{"unknown colour", "--color mauve bare.py", exitUsage, "", "auto, always, never"},
		{"fix or diff", "--fix --diff bare.py", exitUsage, "", "exclude each other"},
		{"standard input and files", "- bare.py", exitUsage, "", "- stands alone"},
		{"a name for no standard input", "--stdin-filename x.py bare.py", exitUsage, "", "--stdin-filename goes with -"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, files)
			got := program(t, "", append([]string{"check"}, strings.Fields(test.args)...)...)
			got.wants(t, test.status, test.out, test.log)
			if test.status == exitUsage && got.out != "" {
				t.Errorf("wrong usage still prints %q", got.out)
			}
		})
	}
}

func TestCurrentFolderIsTheDefault(t *testing.T) {
	folder(t, map[string]string{"below/bare.py": bare, "clean.py": clean})
	program(t, "", "check").wants(t, exitFindings, "1 error in 1 of 2 files", "")
}

func TestUnknownCommand(t *testing.T) {
	program(t, "", "chekc").wants(t, exitUsage, "", `unknown command "chekc"`)
}

func TestColour(t *testing.T) {
	folder(t, map[string]string{"bare.py": bare})
	program(t, "", "check", "--color", "always", "bare.py").wants(t, exitFindings, "\x1b[", "")
	if got := program(t, "", "check", "bare.py"); strings.Contains(got.out, "\x1b") {
		t.Errorf("what is no terminal is coloured: %q", got.out)
	}
}

func TestSettings(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		status           int
		out, log         string
	}{
		{"none", "other.toml", "realm = 1", exitFindings, "1 error, 1 warning", ""},
		{"all is a worker", "pyodide-ls.toml", "realm = \"worker\"\n", exitFindings, "3 errors in 2 of 2 files", ""},
		{"in pyproject.toml", "pyproject.toml", "[tool.pyodide-ls]\nrealm = \"worker\"\n", exitFindings, "3 errors in 2 of 2 files", ""},
		{"one rule off", "pyodide-ls.toml", "[rules]\nbare-callback = \"off\"\n", exitFindings, "1 warning in 1 of 2 files", ""},
		{"both off", "pyodide-ls.toml", "[rules]\nbare-callback = \"off\"\nblock-main = \"off\"\n", exitClean, "Nothing found", ""},
		{"quieter", "pyodide-ls.toml", "[rules]\nbare-callback = \"info\"\nblock-main = \"hint\"\n", exitClean, "1 info", ""},
		{"excluded", "pyodide-ls.toml", "exclude = [\"bare.py\"]\n", exitFindings, "1 warning in 1 of 1 file", ""},
		{
			"for one path", "pyodide-ls.toml", "[[overrides]]\npaths = [\"sleep.py\"]\nrealm = \"worker\"\n",
			exitFindings, "2 errors in 2 of 2 files", "",
		},
		{"no TOML", "pyproject.toml", "[tool.pyodide-ls\n", exitUsage, "", "pyproject.toml:1:17: "},
		{"no realm", "pyproject.toml", "[tool.pyodide-ls]\nrealm = \"wroker\"\n", exitUsage, "", `pyproject.toml:2:9: unknown realm "wroker"`},
		{"no rule", "pyodide-ls.toml", "[rules]\nblok-main = \"off\"\n", exitUsage, "", `pyodide-ls.toml:2:1: unknown rule "blok-main"; did you mean "block-main"?`},
		{"no string", "pyodide-ls.toml", "\nrealm = 7\n", exitUsage, "", "pyodide-ls.toml:2:9: "},
		{"not ours", "pyproject.toml", "[tool.other]\nrealm = 7\n", exitFindings, "1 error, 1 warning", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, map[string]string{"bare.py": bare, "sleep.py": sleep, test.file: test.text})
			got := program(t, "", "check", ".")
			got.wants(t, test.status, test.out, test.log)
			if test.status == exitUsage && got.out != "" {
				t.Errorf("with wrong settings it still prints %q", got.out)
			}
		})
	}
}

func TestStdin(t *testing.T) {
	folder(t, map[string]string{"worker/pyodide-ls.toml": "realm = \"worker\"\n"})
	program(t, sleep, "check", "-").wants(t, exitFindings, "<stdin>:4:5", "")
	program(t, sleep, "check", "-", "--stdin-filename", "app/page.py").wants(t, exitFindings, "app/page.py:4:5", "")
	program(t, strings.Replace(sleep, "from js import document", "import js", 1), "check", "-", "--stdin-filename", "worker/page.py").wants(t, exitClean, "Nothing found in 1 file.", "")
	program(t, "", "check", "-").wants(t, exitClean, "Nothing found in 1 file.", "")
	program(t, "\x00import js", "check", "-", "--stdin-filename", "page.py").wants(t, exitTrouble, "", "pyodide-ls: page.py: holds a NUL byte")
}
