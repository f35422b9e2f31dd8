package main

import (
	"encoding/binary"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// Every prefix of a file is a text that somebody is typing: it is checked, and never a trouble unless it ends
// within a character.
func TestEveryPrefix(t *testing.T) {
	t.Chdir(t.TempDir())
	const text = "# naïve 😀\nimport js, time\nfrom pyodide.ffi import create_proxy\nclass A:\n    async def f(self, e=f\"{js.x!r:>{3}}\"):\n" +
		"        time.sleep(1)\n        js.setTimeout(lambda: (yield [1, {2: '''three'''}]), 10)  # pyodide-ls: ignore[bare-callback]\n" +
		"a = A()\njs.document.addEventListener(\"click\", a.f)\n"
	for i := range len(text) + 1 {
		got := program(t, text[:i], "check", "-")
		if !utf8.ValidString(text[:i]) {
			if got.status != exitTrouble || strings.Count(got.log, "\n") != 1 || !strings.Contains(got.log, "not valid UTF-8") {
				t.Errorf("prefix of %d bytes: status %d, %q", i, got.status, got.log)
			}
			continue
		}
		if got.status > exitFindings || got.log != "" {
			t.Errorf("prefix of %d bytes: status %d, %q", i, got.status, got.log)
		}
	}
	program(t, text, "check", "-").wants(t, exitFindings, "<stdin>:9:39", "")
}

func utf16le(s string) string {
	data := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune(s)) {
		data = binary.LittleEndian.AppendUint16(data, unit)
	}
	return string(data)
}

// What cannot be read costs one line on standard error and the status 3; the other files are checked.
func TestTroubles(t *testing.T) {
	for _, test := range []struct {
		name string
		make func(t *testing.T)
		path string // an argument of its own, if the walk does not find it
		log  string
	}{
		{"invalid UTF-8", func(t *testing.T) { write(t, "x.py", "import js\ny = '\xff'\n") }, "", "x.py: is not valid UTF-8: byte 0xFF in line 2"},
		{"NUL bytes", func(t *testing.T) { write(t, "x.py", "import js\n\n\x00\x00") }, "", "x.py: holds a NUL byte in line 3: it is not a text file"},
		{"UTF-16", func(t *testing.T) { write(t, "x.py", utf16le(bare)) }, "", "x.py: is UTF-16 or UTF-32, and Python source is read as UTF-8: save it as UTF-8"},
		{"dangling link", func(t *testing.T) { symlink(t, "nowhere.py", "x.py") }, "", "x.py: no such file or directory"},
		{"named dangling link", func(t *testing.T) { symlink(t, "nowhere.py", "x.py") }, "x.py", "x.py: no such file or directory"},
		{"loop of links", func(t *testing.T) { symlink(t, "x.py", "x.py") }, "", "x.py: too many levels of symbolic links"},
		{"missing", func(*testing.T) {}, "x.py", "x.py: no such file or directory"},
		{"too large", func(t *testing.T) { write(t, "x.py", bare+strings.Repeat("# filler\n", 1<<20)) }, "", "x.py: is larger than 8 MiB and was left out"},
		{"unreadable", unreadable, "", "x.py: permission denied"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, map[string]string{"a.py": bare, "z.py": sleep})
			test.make(t)
			args := []string{"check", "."}
			if test.path != "" {
				args = append(args, test.path)
			}
			got := program(t, "", args...)
			got.wants(t, exitTrouble, "a.py:4:39", "pyodide-ls: "+test.log+"\n")
			got.wants(t, exitTrouble, "z.py:4:5", test.log)
			if strings.Count(got.log, "\n") != 1 {
				t.Errorf("standard error has more than one line:\n%s", got.log)
			}
		})
	}
}

func symlink(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Skip(err)
	}
}

func unreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	write(t, "x.py", bare)
	if err := os.Chmod("x.py", 0); err != nil {
		t.Fatal(err)
	}
}

// What is odd but readable is checked like everything else.
func TestOddities(t *testing.T) {
	long := "import js; x = \"" + strings.Repeat("a", 200_000) + "\"; js.setTimeout(lambda: x, 10)\n"
	deep := "import js\nx = " + strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000) + "\njs.setTimeout(lambda: x, 10)\n"
	for _, test := range []struct{ name, path, text, out string }{
		{"long line", "x.py", long, "x.py:1:200034"},
		{"nested parentheses", "x.py", deep, "x.py:3:15"},
		{"folder named like a file", "x.py/page.py", bare, "x.py/page.py:4:39"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder(t, map[string]string{"a.py": bare, test.path: test.text})
			got := program(t, "", "check", ".")
			got.wants(t, exitFindings, test.out, "")
			got.wants(t, exitFindings, "a.py:4:39", "")
			for line := range strings.Lines(got.out) {
				if n := utf8.RuneCountInString(line); n > 200 {
					t.Errorf("the report has a line of %d characters", n)
				}
			}
		})
	}
}

// A link to a folder above ends nothing in a circle.
func TestCircle(t *testing.T) {
	folder(t, map[string]string{"below/bare.py": bare})
	symlink(t, "..", "below/up")
	program(t, "", "check", ".").wants(t, exitFindings, "1 error in 1 of 1 file", "")
}

// Every prefix of a host, too, is a text that somebody is typing.
func TestEveryPrefixOfAHost(t *testing.T) {
	t.Chdir(t.TempDir())
	const python = "import js\n  js.setTimeout(lambda: print('é'), 10)  # pyodide-ls: ignore[block-main]\n"
	for name, text := range map[string]string{
		"x.html":        "<!-- a --><py-config>\nx = [1]\n</py-config>\n<script type=\"py\" worker='x'>\n  " + python + "</script>\n<b py-click=\"f(&lt;)\">\n<script>pyodide.runPython(`\n  " + python + "`)</script>\n<py-script>a &amp; b</py-script>",
		"x.js":          "const a = /`/, b = `x ${c(`\n  " + python + "`)}`;\npyodide.runPythonAsync(\"import js\\njs.x('\\u{1F40D}')\" + [\"a\", 'b'].join(\"\\n\"));\n",
		"x.tsx":         "const a = <B c={pyodide.runPython<any>(`\n  " + python + "`)}>{x as string}</B>;\n",
		"x.svelte":      "<script lang=\"ts\">\nlet x: any = pyodide.runPython(`\n  " + python + "`);\n</script>\n{#if a < b}<p>{@html c}</p>{/if}\n",
		"x.md":          "# A\n\n> - ```python\n>   " + python + ">   ```\n\n```html\n<script type=py>\n" + python + "</script>\n```\n",
		"x.ipynb":       "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"%pip x\\n\", \"import js\\n\", \"js.setTimeout(print, 10) # \\ud83d\\udc0d\"]}], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}}\n",
		"pyscript.toml": "packages = [\"numpy\"]\n[files]\n\"./a.py\" = ''\n",
	} {
		for i := range len(text) + 1 {
			if !utf8.ValidString(text[:i]) {
				continue
			}
			got := program(t, text[:i], "check", "-", "--stdin-filename", name)
			if got.status > exitFindings || got.log != "" {
				t.Errorf("%s, prefix of %d bytes: status %d, %q", name, i, got.status, got.log)
			}
		}
	}
}

// What is too large to be a person's work is left out and named, and is no trouble unless a person named it.
func TestLeftOut(t *testing.T) {
	folder(t, map[string]string{
		"dist/huge.js":  "pyodide.runPython('import js')\n" + strings.Repeat("function f() { return 1; }\n", 20<<20/27),
		"dist/app.js":   "pyodide.runPython('import js');" + strings.Repeat("function f(){return 1};", 20000),
		"dist/other.js": strings.Repeat("function f(){return 1};", 20000),
		"page.html":     "<script type=py>\nimport js\njs.setTimeout(print, 10)\n</script>\n",
	})
	symlink(t, "../node_modules/x/x.js", "dist/x.js")
	got := program(t, "", "check", ".")
	got.wants(t, exitFindings, "page.html:3:15", "pyodide-ls: dist/app.js: looks like a bundle and was left out\npyodide-ls: dist/huge.js: is larger than 8 MiB and was left out\n")
	if strings.Contains(got.log, "other.js") || strings.Contains(got.log, "x.js") {
		t.Errorf("it speaks of files that have nothing to do with Python: %s", got.log)
	}
	program(t, "", "check", "dist/huge.js").wants(t, exitTrouble, "", "dist/huge.js: is larger than 8 MiB and was left out")
}
