package host

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"pyodide-ls/analysis/source"
)

// python is what a script is whose type is a runtime's name, and what it shares its names with.
func (p *page) python(t tag, kind string) (u Unit, share string, ok bool) {
	u = Unit{Runtime: Pyodide, Entry: AsyncEntry, Where: OnPage}
	env, _ := p.value(t, "env")
	settings, _ := p.value(t, "config")
	switch kind {
	case "py", "py-script", "py-game": // each is one interpreter, whatever it is told of others
		share = strings.TrimSuffix(kind, "-script")
	case "mpy", "mpy-script":
		u.Runtime, share = MicroPython, "mpy"
	case "pyodide":
		share = cmp.Or(env, "pyodide|"+settings)
	case "micropython":
		u.Runtime, share = MicroPython, cmp.Or(env, "micropython|"+settings)
	case "py-editor", "pyodide-editor":
		u.Where, share = InWorker, editor("py", env)
	case "mpy-editor", "micropython-editor":
		u.Runtime, u.Where, share = MicroPython, InWorker, editor("mpy", env)
	case "text/python", "text/x-python", "python", "application/python", "application/x-python":
		u.Runtime, u.Entry = Unsaid, AnyEntry // Brython's and Skulpt's, too
	default:
		return u, "", false
	}
	return u, share, true
}

// editor is what an editor shares its names with: those of its environment, if it has one.
func editor(runtime, env string) string {
	if env == "" {
		return ""
	}
	return runtime + "-editor|" + env
}

// pythonTag reads an element of PyScript that holds Python.
func (p *page) pythonTag(t tag, content source.Span) {
	u := Unit{Form: PythonTag, Runtime: Pyodide, Entry: AsyncEntry, Where: OnPage}
	share := "py"
	if t.name == "mpy-script" {
		u.Runtime, share = MicroPython, "mpy"
	}
	p.tag(t, u, share, content, markupText(t.name))
}

// tag adds the Python of a tag: of a file, or what stands in it.
func (p *page) tag(t tag, u Unit, share string, content source.Span, w writing) {
	if a, ok := t.attribute("async"); ok && u.Entry == AsyncEntry {
		switch strings.ToLower(p.text[a.value.Start:a.value.End]) {
		case "false", "no", "0":
			u.Entry = PlainEntry
		}
	}
	src, elsewhere := t.attribute("src")
	if worker, ok := t.attribute("worker"); ok {
		u.Where, share = InWorker, ""
		if worker.value.Len() > 0 && !elsewhere { // as it was written in 2023
			if name, _ := p.value(t, "worker"); strings.Contains(name, ".") {
				src, elsewhere = worker, true
			}
		}
	}
	if elsewhere {
		p.refer(src, u)
		return
	}
	if strings.TrimSpace(p.text[content.Start:content.End]) == "" {
		return
	}
	u.Derived = p.content(content, p.marksIn(content), w).Dedent()
	p.parts = append(p.parts, part{u, share})
}

// refer adds a file that a tag loads.
func (p *page) refer(a attribute, u Unit) {
	span := a.value
	text := p.text[span.Start:span.End]
	if len(p.marksIn(span)) > 0 {
		names := pythonName.FindAllStringSubmatchIndex(text, -1)
		if len(names) != 1 {
			return // made of more than can be known
		}
		from := max(names[0][2], names[0][4])
		to := max(names[0][3], names[0][5])
		span = source.Span{Start: span.Start + from, End: span.Start + to}
	} else if p.kind == Component && strings.HasPrefix(text, "{") {
		return
	}
	text = p.text[span.Start:span.End]
	name := strings.TrimLeft(text, " \t\r\n")
	span.Start += len(text) - len(name)
	if i := strings.IndexAny(name, "?#"); i >= 0 {
		name = name[:i]
	}
	name = strings.TrimRight(name, ", \t\r\n")
	if span.End = span.Start + len(name); name == "" {
		return
	}
	p.References = append(p.References, Reference{html.UnescapeString(name), p.place(span), u.Runtime, u.Entry, u.Where})
}

// pythonName is the name of a Python file in quotes.
var pythonName = regexp.MustCompile(`"([^"'\s?#]+\.py)["?#]|'([^"'\s?#]+\.py)['?#]`)
