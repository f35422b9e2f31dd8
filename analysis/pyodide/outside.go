package pyodide

import (
	"strings"
	"sync"
)

// Outside says who decides what a value is, if the code of the page does not.
type Outside uint8

const (
	// NotOutside is a value of which that is not known.
	NotOutside Outside = iota
	// Typed is what somebody who uses the page has typed.
	Typed
	// Stored is what the site has stored, from whomever it had that.
	Stored
	// Answered is what a server answers.
	Answered
	// Addressed is a part of the page's address: whoever makes the link to the page decides it.
	Addressed
)

// From says in words where such a value comes from.
func (o Outside) From() string {
	return [...]string{"elsewhere", "whoever uses the page", "what the site has stored", "a server", "the address of the page"}[o]
}

// outsides are members of interfaces that give what comes from outside.
// Sources: https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-location-interface,
// https://html.spec.whatwg.org/multipage/dom.html#resource-metadata-management,
// https://html.spec.whatwg.org/multipage/webstorage.html#the-storage-interface,
// https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#dom-prompt
var outsides = map[string]Outside{
	"Location.hash": Addressed, "Location.search": Addressed, "Location.href": Addressed, "Document.referrer": Addressed,
	"Document.URL": Addressed, "Document.documentURI": Addressed, "Storage.getItem": Stored, "Window.prompt": Typed,
}

// OutsideAt is from where the value on a path of JavaScript comes, such as "js.location.search" or
// "js.document.getElementById().value": an element has none of its own but that of a field of a form.
func OutsideAt(path string) Outside {
	for trimmed := true; trimmed; {
		path, trimmed = strings.CutSuffix(path, ".trim()")
	}
	if object, ok := strings.CutSuffix(path, ".value"); ok {
		if isElement(InterfaceAt(object)) {
			return Typed
		}
		return NotOutside
	}
	member, called := strings.CutSuffix(path, "()")
	m, ok := MemberAt(member)
	if !ok || called == (m.Of == "Location" || m.Of == "Document") {
		return NotOutside
	}
	return outsides[m.Of+"."+m.Name]
}

func isElement(name string) bool {
	for ; name != ""; name = faceOf(name).base {
		if name == "Element" {
			return true
		}
	}
	return false
}

// Answers are the functions that give what a server answers, by canonical name, of which the first argument is the address
// that is asked; AnswerMethods are the methods of that which give a text, or what it stands for.
// Sources: https://pyodide.org/en/stable/usage/api/python-api/http.html, https://docs.pyscript.net/latest/api/fetch/
var (
	Answers       = words(`pyodide.http.pyfetch pyodide.http.open_url pyscript.fetch js.fetch`)
	AnswerMethods = words(`text string json read`)
)

// Conveyors are the functions of which the first argument is in what they give, by canonical name; ConveyingMethods and
// ConveyingAttributes give a part of their object, with all that it may hold that is no name.
var (
	Conveyors = words(`builtins.str js.String js.URL.new js.URLSearchParams.new js.decodeURIComponent js.decodeURI js.unescape
		urllib.parse.unquote urllib.parse.unquote_plus urllib.parse.urlparse urllib.parse.urlsplit urllib.parse.parse_qs
		urllib.parse.parse_qsl json.loads js.JSON.parse`)
	ConveyingMethods    = words(`strip lstrip rstrip lower upper title capitalize split splitlines removeprefix removesuffix get trim to_py`)
	ConveyingAttributes = words(`searchParams search hash href query fragment`)
)

// EscapeMarkup and EscapeScript are the functions after which nothing in a text means anything to what reads it.
// Sources: https://docs.python.org/3/library/html.html#html.escape, https://docs.python.org/3/library/json.html
const (
	EscapeMarkup = "html.escape"
	EscapeScript = "json.dumps"
)

// JSONText is the path of JSON that a script has written.
const JSONText = "js.JSON.stringify()"

// ChecksText says whether a method asks of what characters a text is made.
func ChecksText(method string) bool {
	return method == "isdigit" || method == "isdecimal" || method == "isnumeric" || method == "isalnum" || method == "isalpha" || method == "isidentifier"
}

// Evaluators are the functions that run a text as code, by canonical name or path, and the position of that text, less
// than 0 for the last one. Python's own eval and exec are none of them: a page that has them run what somebody types is a
// console, or a calculator.
// Sources: https://pyodide.org/en/stable/usage/api/python-api/code.html, https://tc39.es/ecma262/#sec-eval-x,
// https://tc39.es/ecma262/#sec-function-p1-p2-pn-body
var Evaluators = map[string]int{
	"pyodide.code.run_js": 0, "pyodide.code.eval_code": 0, "pyodide.code.eval_code_async": 0, "js.eval": 0, "js.Function": -1,
	"js.Function.new": -1, "pyodide_js.runPython": 0, "pyodide_js.runPythonAsync": 0,
}

// Evaluates is the position of the text that a call runs as code, by its canonical name and its path.
func Evaluates(name, path string) (position int, ok bool) {
	if position, ok = Evaluators[name]; ok {
		return position, true
	}
	m, known := MemberAt(path)
	if !known || len(m.Scripts) == 0 {
		return 0, false
	}
	return m.Scripts[0], true
}

// MarkupMakers are the functions of Python that make markup of a text.
// Source: https://docs.pyscript.net/latest/api/display/
var MarkupMakers = map[string]int{"pyscript.HTML": 0, "pyscript.display.HTML": 0}

// ReadsMarkup is the position of the text that a call has read as markup of a page, by its canonical name, its path and
// its method: in a document of its own no script runs.
func ReadsMarkup(name, path, method string) (position int, ok bool) {
	if position, ok = MarkupMakers[name]; ok {
		return position, true
	}
	m, known := MemberAt(path)
	if !known {
		m = markup()[method+"()"]
	}
	if len(m.Markup) == 0 || m.Gives == "Document" {
		return 0, false
	}
	return m.Markup[0], true
}

// markup are the members of elements that have to do with markup. An iframe has all that every element has, and a document
// that it is given as a text.
var markup = sync.OnceValue(func() map[string]Member {
	all := map[string]Member{}
	for at := "HTMLIFrameElement"; at != ""; at = faceOf(at).base {
		for name, m := range faceOf(at).members() {
			if m.IsMarkup || len(m.Markup) > 0 {
				all[name] = m
			}
		}
	}
	return all
})

// MarkupMember says whether what is assigned to an attribute of that name is read as markup.
func MarkupMember(name string) bool { return markup()[name].IsMarkup }
