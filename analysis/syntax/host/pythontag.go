package host

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
)

// python is what a script is whose type is a runtime's name, and what it shares its names with.
func (p *page) python(t tag, kind string) (u Unit, share string, ok bool) {
	u = Unit{Runtime: Pyodide, Entry: AsyncEntry, Realms: pyodide.Main}
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
		u.Realms, share = pyodide.Worker, editor("py", env)
	case "mpy-editor", "micropython-editor":
		u.Runtime, u.Realms, share = MicroPython, pyodide.Worker, editor("mpy", env)
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
	u := Unit{Form: PythonTag, Runtime: Pyodide, Entry: AsyncEntry, Realms: pyodide.Main, Why: p.why(t)}
	share := "py"
	if t.name == "mpy-script" {
		u.Runtime, share = MicroPython, "mpy"
	}
	p.tag(t, u, share, content, markupText(t.name))
}

// tag adds the Python of a tag: of a file, or what stands in it; and the files that serve it.
func (p *page) tag(t tag, u Unit, share string, content source.Span, w writing) {
	if a, ok := t.attribute("async"); ok && u.Entry == AsyncEntry {
		switch strings.ToLower(p.text[a.value.Start:a.value.End]) {
		case "false", "no", "0":
			u.Entry = PlainEntry
		}
	}
	u.At = p.place(t.span)
	src, elsewhere := t.attribute("src")
	if worker, ok := t.attribute("worker"); ok {
		u.Realms, share, u.Why = pyodide.Worker, "", strings.TrimSuffix(u.Why, ">")+" worker>"
		if name, made := p.value(t, "name"); !made {
			u.Name = name
		}
		if worker.value.Len() > 0 && !elsewhere { // as it was written in 2023
			if name, _ := p.value(t, "worker"); strings.Contains(name, ".") {
				src, elsewhere = worker, true
			}
		}
	}
	p.realms = p.realms.Or(u.Realms)
	p.serving(t, u)
	if elsewhere {
		p.refer(src, Reference{Runtime: u.Runtime, Entry: u.Entry, Name: u.Name, Realms: u.Realms, Why: u.Why})
		return
	}
	if strings.TrimSpace(p.text[content.Start:content.End]) == "" {
		return
	}
	u.Derived = p.content(content, p.marksIn(content), w).Dedent()
	p.parts = append(p.parts, part{u, share})
}

// serving adds the settings of a tag, and the service worker through which its worker waits for the page.
// Source: https://docs.pyscript.net/latest/user-guide/workers/.
func (p *page) serving(t tag, u Unit) {
	if config, ok := t.attribute("config"); ok {
		p.refer(config, Reference{Kind: ReadsSettings, Realms: u.Realms, Why: u.Why})
	}
	if worker, ok := t.attribute("service-worker"); ok {
		p.refer(worker, Reference{Kind: StartsServiceWorker, Realms: pyodide.ServiceWorker, Why: p.why(t, "type", "service-worker")})
	}
}

// refer adds a file that an attribute names.
func (p *page) refer(a attribute, r Reference) {
	span := a.value
	text := p.text[span.Start:span.End]
	if len(p.marksIn(span)) > 0 {
		names := fileName.FindAllStringSubmatchIndex(text, -1)
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
	span.End = span.Start + len(name)
	if r.Path, r.Span = html.UnescapeString(name), p.place(span); r.Path != "" && r.suits() {
		p.References = append(p.References, r)
	}
}

// suits says whether the name may be that of a file of the project that is loaded so.
func (r Reference) suits() bool {
	name := specifier{path: r.Path}
	switch r.Kind {
	case LoadsScript, StartsServiceWorker:
		return name.near() && name.isScript()
	case ReadsSettings:
		return name.near() && settingsFile.MatchString(r.Path)
	}
	return true
}

// fileName is the name of a file in quotes that pages load Python with.
var fileName = regexp.MustCompile(`"([^"'\s?#]+\.(?:py|[cm]?[jt]sx?|toml|json))["?#]|'([^"'\s?#]+\.(?:py|[cm]?[jt]sx?|toml|json))['?#]`)

// streamlit reads an element of stlite: an app, or a file of one. Both run in its worker.
// Source: https://github.com/whitphx/stlite.
func (p *page) streamlit(t tag) {
	file, named := t.name == "app-file", "src"
	if file {
		named = "url"
	}
	name, _ := p.value(t, "name")
	switch {
	case file && (!p.app || !strings.HasSuffix(name, ".py")): // another's element, or data
		return
	case !file && !strings.HasPrefix(p.text[t.span.Start:], "<"+t.name): // as Worth looks for it
		return
	}
	u := Unit{Form: PythonTag, Runtime: Pyodide, Realms: pyodide.Worker, Why: p.why(t, "name")}
	src, elsewhere := t.attribute(named)
	if elsewhere {
		p.refer(src, Reference{Runtime: u.Runtime, Realms: u.Realms, Why: u.Why})
	}
	at := p.token.End
	content := p.element(t)
	switch {
	case !file && strings.Contains(p.masked[content.Start:content.End], "<app-"):
		p.app = true // its files are elements of their own
		p.restart(at)
		return
	case elsewhere:
		return
	}
	p.tag(t, u, "", content, markupText(t.name))
}

// why is a start tag as people are told of it, with some of its attributes.
func (p *page) why(t tag, attributes ...string) string {
	why := "<" + t.name
	for _, name := range attributes {
		if value, _ := p.value(t, name); value != "" {
			why += " " + name + "=\"" + value + "\""
		}
	}
	return why + ">"
}
