package host

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// nb is a notebook of code cells with the sources given, as JSON.
func nb(cells ...string) string {
	var b strings.Builder
	b.WriteString("{\n \"cells\": [")
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n  {\n   \"cell_type\": \"code\",\n   \"metadata\": {},\n   \"outputs\": [{\"data\": {\"text/plain\": [\"import js\"]}}],\n   \"source\": " + c + "\n  }")
	}
	b.WriteString("\n ],\n \"metadata\": {\"kernelspec\": {\"display_name\": \"Python (Pyodide)\", \"language\": \"python\", \"name\": \"python\"}},\n \"nbformat\": 4\n}\n")
	return b.String()
}

// cellsAre and cellsOfAny are those of a notebook that names its kernel, and of one that does not.
const (
	cellsAre   = "cells unsaid async worker "
	cellsOfAny = "cells unsaid async anywhere "
)

func TestNotebook(t *testing.T) {
	run(t, Notebook, []example{
		{"lines", nb(`["import js\n", "js.f(\"a\")"]`), cellsAre + `"import js\njs.f(\"a\")"` + "\n",
			"js.f(\"a\")", "if a:\n\tjs.g('b', \"\\n\")", nb(`["import js\n", "if a:\n\tjs.g('b', \"\\n\")"]`)},
		{"one text", nb(`"import js\njs.f('ä\u00e4\ud83d\udc0d')"`), cellsAre + `"import js\njs.f('ää🐍')"` + "\n", "'ää🐍'", "'ö'", nb(`"import js\njs.f('ö')"`)},
		{"a line goes", nb(`["import js\n", "a\n", "b"]`), cellsAre + `"import js\na\nb"` + "\n", "a\n", "", nb(`["import js\n", "b"]`)},
		{"over lines", nb(`["import js\n", "a\n", "b"]`), cellsAre + `"import js\na\nb"` + "\n", "js\na", "c", nb(`["import c\n", "b"]`)},
		{"at the end", nb(`["import js"]`), cellsAre + `"import js"` + "\n", "js", "js\na()\n", nb(`["import js\na()\n"]`)},
		{"cells share their names", nb(`["import js"]`, `[]`, `""`, `["js.f()\n"]`, `["js.g()"]`), cellsAre + `"import js\njs.f()\njs.g()"` + "\n",
			"js.f()", "js.h()", nb(`["import js"]`, `[]`, `""`, `["js.h()\n"]`, `["js.g()"]`)},
		{"no edit over cells", nb(`["import js"]`, `["a"]`), cellsAre + `"import js\na"` + "\n", "js\na", "b", ""},
		{"magics", nb(`["import js"]`, `["%%time\n", "a"]`, `"\n%%capture out\nb"`, `["%%bash\n", "ls"]`, `["%%html"]`, `["%pip install x\n", "c"]`, `["%%timeit"]`), cellsAre + `"import js\n\na\n\n\nb\n%pip install x\nc"` + "\n",
			"a\n", "d\n", nb(`["import js"]`, `["%%time\n", "d\n"]`, `"\n%%capture out\nb"`, `["%%bash\n", "ls"]`, `["%%html"]`, `["%pip install x\n", "c"]`, `["%%timeit"]`)},
		{"a page that is shown", nb(`["import js"]`, `["\n", " <html>\n", "import pyodide\n", "</html>"]`), cellsAre + `"import js"` + "\n", "js", "a", nb(`["import a"]`, `["\n", " <html>\n", "import pyodide\n", "</html>"]`)},
		{"Markdown, raw and other kernels' cells", `{"cells": [{"cell_type": "markdown", "source": "import js"}, {"cell_type": "raw", "source": ["pyodide"]}, {"source": "a"}]}`, "", "", "", ""},
		{"another kernel", `{"cells": [{"cell_type": "code", "source": "import js"}], "metadata": {"language_info": {"name": "R", "version": {"a": []}}}}`, "", "", "", ""},
		{"no kernel", `{"metadata": {"kernelspec": []}, "cells": [{"source": ["import js"], "cell_type": "code"}]}`, cellsOfAny + `"import js"` + "\n", "", "", ""},
		{"nbformat 3", `{"worksheets": [{"metadata": {}, "cells": [{"cell_type": "code", "language": "python", "input": ["import js\n", "a"]}, {"cell_type": "code", "language": "bash", "input": "ls"}]}]}`, cellsOfAny + `"import js\na"` + "\n", "js", "pyodide", `{"worksheets": [{"metadata": {}, "cells": [{"cell_type": "code", "language": "python", "input": ["import pyodide\n", "a"]}, {"cell_type": "code", "language": "bash", "input": "ls"}]}]}`},
		{"a byte order mark", "\ufeff" + nb(`"import js"`), cellsAre + `"import js"` + "\n", "js", "a", "\ufeff" + nb(`"import a"`)},
		{"carriage returns", nb(`"import js\r\na"`), cellsAre + `"import js\r\na"` + "\n", "a", "b", nb(`"import js\r\nb"`)},
		{"odd sources", `{"cells": [{"cell_type": "code", "source": ["import js\n", 1, {"a": ["b"]}, null, "c"]}, 1, [], {"cell_type": "code", "source": {"a": 1}}, {"cell_type": ["code"]}]}`, cellsOfAny + `"import js\nc"` + "\n", "", "", ""},
		{"a lone half of a pair", nb(`"import js\nx = '\ud83d'"`), cellsAre + `"import js\nx = '` + "\ufffd" + `'"` + "\n", "", "", ""},
	})
}

func TestBrokenNotebook(t *testing.T) {
	whole := nb(`["import js\n", "a"]`, `["b"]`)
	run(t, Notebook, []example{
		{"cut off", whole[:strings.Index(whole, `b"`)], cellsOfAny + `"import js\na"` + "\n! \"\" this notebook is not valid JSON: unexpected end of the text\n", "", "", ""},
		{"cut off in a list of lines", whole[:strings.Index(whole, `"a"`)], cellsOfAny + `"import js\n"` + "\n! \"\" this notebook is not valid JSON: unexpected end of the text\n", "", "", ""},
		{"a conflict", strings.Replace(whole, `["b"]`, "<<<<<<< HEAD", 1), cellsAre + `"import js\na"` + "\n! \"<\" this notebook is not valid JSON: invalid character '<' looking for beginning of value\n", "js", "pyodide", strings.Replace(strings.Replace(whole, `["b"]`, "<<<<<<< HEAD", 1), `"import js\n"`, `"import pyodide\n"`, 1)},
		{"a comma", strings.Replace(whole, `["b"]`, `["b",]`, 1), cellsAre + `"import js\na\nb"` + "\n! \"]\" this notebook is not valid JSON: invalid character ']' looking for beginning of value\n", "", "", ""},
		{"a line end in a string", nb("\"import js\na\""), "! \"\\n\" this notebook is not valid JSON: invalid character '\\n' in string literal\n", "", "", ""},
		{"something behind it", whole + "x", cellsAre + `"import js\na\nb"` + "\n! \"x\" this notebook is not valid JSON: invalid character 'x' after top-level value\n", "", "", ""},
		{"empty", "", "! \"\" this notebook is not valid JSON: unexpected end of the text\n", "", "", ""},
		{"NUL", "\x00", "! \"\\x00\" this notebook is not valid JSON: invalid character '\\x00' looking for beginning of value\n", "", "", ""},
		{"another JSON", " {\"a\": \"pyodide\"}", "! \"{\" this is JSON, but no notebook: it has no cells\n", "", "", ""},
		{"a list", "[\"pyodide\"]", "! \"[\" this is JSON, but no notebook: it has no cells\n", "", "", ""},
	})
}

func TestReadCells(t *testing.T) {
	cells := []string{"import js", "", "%%bash\nls", "js.f()\n", "%%time\njs.g()"}
	text, starts, d := ReadCells(cells)
	if want := "import js\n\n%%bash\nls\njs.f()\n\n%%time\njs.g()\n"; text != want {
		t.Errorf("the text is %q, want %q", text, want)
	}
	if want := []int{0, 10, 11, 21, 29}; !slices.Equal(starts, want) {
		t.Errorf("cells start at %v, want %v", starts, want)
	}
	if got, want := found(text, d), cellsOfAny+`"import js\njs.f()\n\njs.g()"`+"\n"; got != want {
		t.Errorf("got %swant %s", got, want)
	}
	checkUnit(t, text, d.Units[0].Derived)
	for _, test := range []struct{ edit, want source.Edit }{
		{edit(7, 9, "a\nb"), edit(7, 9, "a\nb")}, // at a cell's end: the line end behind it is none of its own
		{edit(7, 10, "a\n"), edit(7, 9, "a\n")},
		{edit(10, 17, ""), edit(21, 28, "")},
		{edit(18, 18, "x\n"), edit(36, 36, "x\n")},
	} {
		if got, ok := d.Units[0].Edit(test.edit); !ok || got != test.want {
			t.Errorf("Edit(%v) = %v, %v, want %v", test.edit, got, ok, test.want)
		}
	}
	if text, starts, d = ReadCells(nil); text != "" || starts != nil || len(d.Units) > 0 {
		t.Errorf("of no cells it is %q, %v, %v", text, starts, d)
	}
}

func edit(start, end int, text string) source.Edit {
	return source.Edit{Span: source.Span{Start: start, End: end}, New: text}
}

// What a cell leaves open does not take in the cells behind it.
func TestOpenCells(t *testing.T) {
	for _, open := range []string{"x = g(", "x = [g(1),", "x = '''a", "x = \"\"\"a\n\nb", "def g(a", "if g:", "x = 'a", "x = 1 +", "x = 1 \\", "for a in b:\n    ", "@g", "async", "x = f'''{a"} {
		text, _, d := ReadCells([]string{"import js", open, "js.f(1)\ndef h():\n    \"\"\"A text.\"\"\"\n    js.i()\n", "'''b'''\njs.j()"})
		tree, err := syntax.Parse(d.Units[0].Text)
		if err != nil {
			t.Fatal(err)
		}
		var calls []string
		for n := range tree.Of(syntax.Call) {
			if !n.Broken() && n.Child(syntax.FieldFunction).Kind() == syntax.Attribute {
				calls = append(calls, n.Child(syntax.FieldFunction).Text())
			}
		}
		if got := strings.Join(calls, " "); got != "js.f js.i js.j" {
			t.Errorf("behind %q the calls are %s, holes %v in %q", open, got, tree.Holes(), text)
		}
	}
}

// An escape is what the decoder makes of it.
func TestEscapes(t *testing.T) {
	for _, text := range []string{`\n`, `\"`, `\/`, `\u0041`, `\ud83d\udc0d`, `\uD83D\uDC0D`, `\ud83d`, `\udc0d\ud83d`, `\ud83dabcdef`, `\ud83d\n`, `\ud83d\u0041`, `\u0000`} {
		var want string
		if err := json.Unmarshal([]byte(`"`+text+`"`), &want); err != nil {
			t.Fatal(err)
		}
		d := Read(Notebook, nb(`"import js`+text+`"`))
		if len(d.Units) != 1 || d.Units[0].Text != "import js"+want {
			t.Errorf("%s is %v, want %q", text, found(nb(`"import js`+text+`"`), d), want)
		}
	}
}
