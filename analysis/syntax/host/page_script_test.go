package host

import "testing"

// Python in a script in a page, which may stand in a Markdown text: what each of them writes in its own way is
// undone, and edits are written so again.
func TestPageScripts(t *testing.T) {
	const plain, async = "run pyodide plain page ", "run pyodide async page "
	run(t, HTML, []example{
		{"module", "<script type=\"module\">\n  p.runPythonAsync(`\n    a\n    b`)\n</script>", async + "\"a\\nb\"\n",
			"b", "b\nc", "<script type=\"module\">\n  p.runPythonAsync(`\n    a\n    b\n    c`)\n</script>"},
		{"the script's end in a string", "<script>p.runPython('a')</script>", plain + "\"a\"\n", "a", "</script>", ""},
		{"between Python", "<script type=py>a</script><script>p.runPython('b')</script><script type=py>c</script>", "script pyodide async page \"a\\nc\"\n" + plain + "\"b\"\n", "", "", ""},
		{"a template's value in Python", "{% load x %}<script>p.runPython(`a = {{ b }}\nc`)</script>", plain + "\"a = ꙮ\\nc\"\n", "c", "d", "{% load x %}<script>p.runPython(`a = {{ b }}\nd`)</script>"},
		{"a template's value stays", "{% load x %}<script>p.runPython(`a = {{ b }}`)</script>", plain + "\"a = ꙮ\"\n", "a = ꙮ", "d", ""},
		{"a template's statements", "<script>\n{% if a %}\np.runPython('{% if b %}c{% endif %}')\n{% endif %}\nconst d = {{ e|tojson }};\n</script>", plain + "\"c\"\n", "c", "f", "<script>\n{% if a %}\np.runPython('{% if b %}f{% endif %}')\n{% endif %}\nconst d = {{ e|tojson }};\n</script>"},
		{"braces of the script's own", "<script>f({a: {{}}}); p.runPython(`x = f'{{a}}'`)</script>", plain + "\"x = f'{{a}}'\"\n", "", "", ""},
		{"a handler", "<b onclick=\"p.runPython('f(&quot;a&quot;)')\">", plain + "\"f(\\\"a\\\")\"\n", "a", "b < c", "<b onclick=\"p.runPython('f(&quot;b &lt; c&quot;)')\">"},
		{"another file's script", "<script src=\"a.js\">p.runPython('a')</script>", "-> script page \"a.js\"\n", "", "", ""},
		{"no script", "<script type=\"importmap\">{\"a\": \"p.runPython('a')\"}</script><script type=\"application/json\">p.runPython('a')</script>", "", "", "", ""},
		{"broken", "<script>p.runPython('a'); f(`</script>", plain + "\"a\"\n", "", "", ""},
	})
	run(t, Component, []example{
		{"TypeScript", "<script setup lang=\"ts\">\nconst a = <T,>(b: T): T => b\np.runPython('a' as string)\n</script>", plain + "\"a\"\n", "a", "b", "<script setup lang=\"ts\">\nconst a = <T,>(b: T): T => b\np.runPython('b' as string)\n</script>"},
		{"Astro", "---\nconst a: string = await p.runPythonAsync(`a`)\n---\n<p>{a}</p>\n<script>p.runPython('b')</script>", "run pyodide async node \"a\"\n" + plain + "\"b\"\n", "a", "c", "---\nconst a: string = await p.runPythonAsync(`c`)\n---\n<p>{a}</p>\n<script>p.runPython('b')</script>"},
	})
	run(t, Markdown, []example{
		{"in a list", "- x\n\n  ```html\n  <script>\n    p.runPython(`\n      a\n      b`)\n  </script>\n  ```\n", plain + "\"a\\nb\"\n",
			"b", "b\nc", "- x\n\n  ```html\n  <script>\n    p.runPython(`\n      a\n      b\n      c`)\n  </script>\n  ```\n"},
		{"a script in a quote", "> ```js\n> p.runPython(`\n>   a`)\n> ```\n", "run pyodide plain anywhere \"a\"\n", "a", "a\nb", "> ```js\n> p.runPython(`\n>   a\n>   b`)\n> ```\n"},
	})
}
