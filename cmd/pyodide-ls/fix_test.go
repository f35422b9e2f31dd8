package main

import (
	"os"
	"strings"
	"testing"
)

// fixedBare is what --fix makes of bare.
const fixedBare = "import js\nfrom pyodide.ffi.wrappers import add_event_listener\ndef f(e):\n    pass\n" +
	"add_event_listener(js.document, \"click\", f)\n"

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

// --fix changes what it says and not one byte more, and is done after one run.
func TestFix(t *testing.T) {
	const bom = "\ufeff"
	odd := "x = 'tab\\t'\t \nname = 'ĝ😀'  # no newline at the end"
	for name, test := range map[string]struct{ before, after string }{
		"plain":              {bare, fixedBare},
		"CRLF":               {crlf(bare), crlf(fixedBare)},
		"byte order mark":    {bom + bare, bom + fixedBare},
		"both":               {bom + crlf(bare), bom + crlf(fixedBare)},
		"no newline at last": {bare + odd, fixedBare + odd},
	} {
		t.Run(name, func(t *testing.T) {
			folder(t, map[string]string{"page.py": test.before})
			for _, mode := range []os.FileMode{0o750, 0o600} {
				write(t, "page.py", test.before)
				if err := os.Chmod("page.py", mode); err != nil {
					t.Fatal(err)
				}
				program(t, "", "check", "--fix", "page.py").wants(t, exitClean, "Nothing found in 1 file.", "fixed 1 in page.py\n")
				if got := read(t, "page.py"); got != test.after {
					t.Errorf("it is now\n%q, want\n%q", got, test.after)
				}
				info, err := os.Stat("page.py")
				if err != nil || info.Mode().Perm() != mode {
					t.Errorf("its permissions are %v, want %v (%v)", info.Mode().Perm(), mode, err)
				}
			}
			program(t, "", "check", "--fix", "page.py").wants(t, exitClean, "Nothing found in 1 file.", "")
			if got := read(t, "page.py"); got != test.after {
				t.Errorf("the second run makes it\n%q", got)
			}
			if entries, err := os.ReadDir("."); err != nil || len(entries) != 1 {
				t.Errorf("beside the file there is %v (%v)", entries, err)
			}
		})
	}
}

// --fix writes through a link, and leaves what it does not repair in the report.
func TestFixThroughLink(t *testing.T) {
	folder(t, map[string]string{"real/page.py": bare, "sleep.py": sleep})
	if err := os.Symlink("real/page.py", "link.py"); err != nil {
		t.Skip(err)
	}
	got := program(t, "", "check", "--fix", "link.py", "sleep.py")
	got.wants(t, exitFindings, "sleep.py:4:5", "fixed 1 in link.py\n")
	if read(t, "real/page.py") != fixedBare || read(t, "sleep.py") != sleep {
		t.Errorf("the files are now %q and %q", read(t, "real/page.py"), read(t, "sleep.py"))
	}
	if info, err := os.Lstat("link.py"); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is no link any more (%v)", err)
	}
}

// Trouble with one file does not keep another from being repaired.
func TestFixBesideTrouble(t *testing.T) {
	folder(t, map[string]string{"page.py": bare, "nul.py": "import js\x00"})
	program(t, "", "check", "--fix", ".").wants(t, exitTrouble, "Nothing found", "pyodide-ls: nul.py: ")
	if read(t, "page.py") != fixedBare || read(t, "nul.py") != "import js\x00" {
		t.Errorf("the files are now %q and %q", read(t, "page.py"), read(t, "nul.py"))
	}
}

// A file that cannot be written keeps its findings in the report, and the others are repaired.
func TestFixWhereNothingCanBeWritten(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root writes everywhere")
	}
	folder(t, map[string]string{"closed/page.py": bare, "open/page.py": bare})
	if err := os.Chmod("closed", 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod("closed", 0o777) })
	got := program(t, "", "check", "--fix", ".")
	got.wants(t, exitTrouble, "1 error in 1 of 2 files", "pyodide-ls: closed/page.py: not fixed: permission denied\n")
	if read(t, "closed/page.py") != bare || read(t, "open/page.py") != fixedBare {
		t.Errorf("the files are now %q and %q", read(t, "closed/page.py"), read(t, "open/page.py"))
	}
}

func TestDiff(t *testing.T) {
	folder(t, map[string]string{"page.py": crlf(bare), "sleep.py": sleep})
	got := program(t, "", "check", "--diff", ".")
	got.wants(t, exitFindings, "--- a/page.py\n+++ b/page.py\n", "")
	got.wants(t, exitFindings, "\n+add_event_listener(js.document, \"click\", f)\r\n", "")
	if strings.Contains(got.out, "sleep.py") {
		t.Errorf("a file without safe fixes is in the diff:\n%s", got.out)
	}
	if read(t, "page.py") != crlf(bare) || read(t, "sleep.py") != sleep {
		t.Errorf("--diff changed a file")
	}
	program(t, "", "check", "--diff", "--exit-zero", ".").wants(t, exitClean, "--- a/page.py\n", "")
	if none := program(t, "", "check", "--diff", "sleep.py"); none != (outcome{status: exitClean}) {
		t.Errorf("without a fix --diff says %+v", none)
	}
}

// --fix - is a filter: the fixed text and nothing else.
func TestFixStdin(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, test := range map[string]struct {
		in   string
		args string
		want outcome
	}{
		"one fix":            {bare, "", outcome{exitClean, fixedBare, ""}},
		"as it was":          {"\ufeff" + crlf(bare), "", outcome{exitClean, "\ufeff" + crlf(fixedBare), ""}},
		"with a name":        {bare, "--stdin-filename page.py", outcome{exitClean, fixedBare, ""}},
		"nothing to fix":     {clean, "", outcome{exitClean, clean, ""}},
		"nothing it can fix": {sleep, "", outcome{exitFindings, sleep, ""}},
		"let pass":           {sleep, "--exit-zero", outcome{exitClean, sleep, ""}},
		"below the least":    {sleep, "--min-severity error", outcome{exitClean, sleep, ""}},
		"no bridge code":     {"print(1)\n", "", outcome{exitClean, "print(1)\n", ""}},
		"empty":              {"", "", outcome{exitClean, "", ""}},
		"broken":             {"import js\ndef (", "", outcome{exitClean, "import js\ndef (", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			got := program(t, test.in, append([]string{"check", "--fix", "-"}, strings.Fields(test.args)...)...)
			if got != test.want {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
	program(t, "import js\x00", "check", "--fix", "-").wants(t, exitTrouble, "", "pyodide-ls: <stdin>: holds a NUL byte")
}
