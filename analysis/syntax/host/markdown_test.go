package host

import "testing"

func TestMarkdown(t *testing.T) {
	run(t, Markdown, []example{
		{"fence", "# Pyodide\n\n```python\nimport js\n```\n", "fence unsaid any anywhere \"import js\\n\"\n", "js\n", "js\njs.f()\n", "# Pyodide\n\n```python\nimport js\njs.f()\n```\n"},
		{"in a list", "1. Pyodide\n\n   ```py title=\"a\"\n   import js\n\n   if a:\n       b\n   ```\n", "fence unsaid any anywhere \"import js\\n\\nif a:\\n    b\\n\"\n", "    b\n", "    c\n\nd\n", "1. Pyodide\n\n   ```py title=\"a\"\n   import js\n\n   if a:\n       c\n\n   d\n   ```\n"},
		{"in a list's first line", "- ```python\n  import js\n  ```\n", "fence unsaid any anywhere \"import js\\n\"\n", "js", "js, pyodide\na", "- ```python\n  import js, pyodide\n  a\n  ```\n"},
		{"in a quote", "> a\n>\n> ~~~python3\n> import js\n>\n> a\n> ~~~\n", "fence unsaid any anywhere \"import js\\n\\na\\n\"\n", "a\n", "b\n\nc\n", "> a\n>\n> ~~~python3\n> import js\n>\n> b\n>\n> c\n> ~~~\n"},
		{"a line of a quote goes", "> ```python\n> import js\n>\n> a\n> ```\n", "fence unsaid any anywhere \"import js\\n\\na\\n\"\n", "js\n\na\n", "js, b\n", "> ```python\n> import js, b\n> ```\n"},
		{"in a quote in a list", "* a\n  > ```python\n  > import js\n  >   a\n  > ```\n", "fence unsaid any anywhere \"import js\\n  a\\n\"\n", "js\n", "js\n\nb\n", "* a\n  > ```python\n  > import js\n  >\n  > b\n  >   a\n  > ```\n"},
		{"indented with its fence", "   ```python\n   import js\n  a\n     b\n   ```\n", "fence unsaid any anywhere \"import js\\na\\n  b\\n\"\n", "a", "c", "   ```python\n   import js\n  c\n     b\n   ```\n"},
		{"margins that do not agree take no new lines", "   ```python\n   import js\n  a\n     b\n   ```\n", "fence unsaid any anywhere \"import js\\na\\n  b\\n\"\n", "a", "c\nd", ""},
		{"margins that do not agree, and a blank line", "   ```python\n   import js\n\n  a\n   ```\n", "fence unsaid any anywhere \"import js\\n\\na\\n\"\n", "\na", "a", ""},
		{"margins that do not agree, and what begins a line goes", "   ```python\n   import js\n  a b\n   ```\n", "fence unsaid any anywhere \"import js\\na b\\n\"\n", "a", "", ""},
		{"a blank line that would lose its indentation", "   ```python\nimport js\n  \n   ```\n", "fence unsaid any anywhere \"import js\\n  \\n\"\n", "  ", "  a", ""},
		{"a tab that is cut", " ```python\n  import js\n\ta\n ```\n", "fence unsaid any anywhere \"import js\\n  a\\n\"\n", "js", "js, b", " ```python\n  import js, b\n\ta\n ```\n"},
		{"before a tab that is cut", "  ```python\nimport js\n\ta\n```\n", "fence unsaid any anywhere \"import js\\n  a\\n\"\n", "  a", "b", ""},
		{"a fence that is indented more than its lines, in a quote", ">  ~~~python\n > import js\n >  ~~~\n", "fence unsaid any anywhere \"import js\\n\"\n", "js\n", "js\nif a:\n    b\n", ""},
		{"a quote's mark takes a space", ">~~~python\n>import js\n>~~~\n", "fence unsaid any anywhere \"import js\\n\"\n", "import", "  import", ""},
		{"indented by itself", "```python\n    import js\n    a\n```\n", "fence unsaid any anywhere \"import js\\na\\n\"\n", "a", "a\nb", "```python\n    import js\n    a\n    b\n```\n"},
		{"tabs", "-\t```python\n\timport js\n\tif a:\n\t\tb\n\t```\n", "fence unsaid any anywhere \"import js\\nif a:\\n\\tb\\n\"\n", "b", "c", "-\t```python\n\timport js\n\tif a:\n\t\tc\n\t```\n"},
		{"the fence's end is refused", "```python\nimport js\n```\n", "fence unsaid any anywhere \"import js\\n\"\n", "js\n", "js\n'''\n```\n'''\n", ""},
		{"the fence's end by a neighbour", "```python\nimport js\n``\n```\n", "fence unsaid any anywhere \"import js\\n``\\n\"\n", "``", "```", ""},
		{"the end of a longer fence by a neighbour", "~~~~python\nimport js\n~~~\n~~~~\n", "fence unsaid any anywhere \"import js\\n~~~\\n\"\n", "~~~", "~~~~", ""},
		{"of many names", "```pyodide\na\n```\n```{pyodide-python}\nb\n```\n```{.python #x}\nc\n```\n``` {code-cell} ipython3\nd\n```\n```Python\ne\n```\n",
			"fence pyodide async anywhere \"a\\n\"\nfence pyodide async anywhere \"b\\n\"\nfence unsaid any anywhere \"c\\n\"\nfence unsaid any anywhere \"d\\n\"\nfence unsaid any anywhere \"e\\n\"\n", "", "", ""},
		{"shinylive", "```{shinylive-python}\n#| standalone: true\nimport shiny\n```\n```{shinylive-python}\n## file: a.py\nb\n```\n```{shinylive-r}\nc\n```\n", "fence pyodide any worker \"#| standalone: true\\nimport shiny\\n\"\n", "", "", ""},
		{"no Python", "Pyodide\n```pycon\n>>> a\n```\n```python\n>>> a\n```\n```\nimport js\n```\n```sh\nimport js\n```\n\n    import js\n", "", "", "", ""},
		{"left open", "Pyodide\n```python\nimport js", "fence unsaid any anywhere \"import js\"\n", "js", "a, js", "Pyodide\n```python\nimport a, js"},
		{"carriage returns", "- Pyodide\r\n  ```python\r\n  import js\r\n  a\r\n  ```\r\n", "fence unsaid any anywhere \"import js\\r\\na\\r\\n\"\n", "a\r\n", "b\r\nc\r\n", "- Pyodide\r\n  ```python\r\n  import js\r\n  b\r\n  c\r\n  ```\r\n"},
		{"front matter, a byte order mark and NUL", "\ufeff---\ntitle: Pyodide\n---\n```python\nimport js\x00\n```\n", "fence unsaid any anywhere \"import js\\x00\\n\"\n", "", "", ""},
		{"a page", "1. x\n   ```html\n   <script type=\"py\">\n     import js\n     a\n   </script>\n   <b py-click=\"f(&quot;&quot;)\">\n   ```\n", "script pyodide async page \"import js\\na\\n\"\nattribute pyodide plain page \"f(\\\"\\\")\"\n",
			"a\n", "b\nif c:\n  d\n", "1. x\n   ```html\n   <script type=\"py\">\n     import js\n     b\n     if c:\n       d\n   </script>\n   <b py-click=\"f(&quot;&quot;)\">\n   ```\n"},
		{"raw HTML", "# x\n\n<script type=\"py\">\nimport js\n\na\n</script>\n\n*y*\n\n> <script type=\"py\">\n>   f(a)\n> </script>\n\n<b py-click=g>\n", "script pyodide async page \"import js\\n\\na\\nf(a)\\n\"\nattribute pyodide plain page \"g\"\n",
			"f(a)\n", "f(b)\n\nc\n", "# x\n\n<script type=\"py\">\nimport js\n\na\n</script>\n\n*y*\n\n> <script type=\"py\">\n>   f(b)\n>\n>   c\n> </script>\n\n<b py-click=g>\n"},
		{"settings in a page in a list", "- ```html\n  <py-config>\n  a = b\n  </py-config>\n  <script type=\"py\" src=\"a.py?b\"></script>\n  ```\n", "-> pyodide page \"a.py\"\n! \"b\" this is not valid TOML: unexpected character U+0062 'b' at start of value\n", "", "", ""},
	})
}
