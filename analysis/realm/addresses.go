package realm

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"pyodide-ls/analysis/pyodide"
)

// products are what stands before a number in the address of a Pyodide, of a PyScript, or of what brings them.
// Sources: https://pyodide.org/en/stable/usage/downloading-and-deploying.html, https://docs.pyscript.net.
var products = []string{
	"pyodide@", "pyodide/", "pyodide-core-", "pyodide-", "iodide.io/", "pyscript.net/releases/", "pyscript.net/snapshots/",
	"@pyscript/core@", "polyscript@",
}

// moving are addresses without a number of the PyScript before 2023.11, whose script had a name that no later one has: a
// page that loads it gets no newer Pyodide than the last of them has, if any.
// Source: https://docs.pyscript.net/2023.05.1/howtos/; since 2023.11.1 it is core.js
var moving = []string{"pyscript.net/alpha/pyscript.js", "pyscript.net/latest/pyscript.js", "pyscript.net/unstable/pyscript.js"}

// productsIn are the places of products in a text, each with its length, from the first on.
func productsIn(text string) [][2]int {
	var all [][2]int
	for _, p := range products {
		for at := 0; ; at += len(p) {
			i := strings.Index(text[at:], p)
			if i < 0 {
				break
			}
			at += i
			all = append(all, [2]int{at, at + len(p)})
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	return all
}

// The forms of what follows: a release, a range of npm, the name of a constant in a template, or behind a plus.
var (
	release    = regexp.MustCompile(`^v?(\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:(?:a|b|rc|\.dev|-alpha\.|-beta\.)\d+)?)`)
	ranged     = regexp.MustCompile(`^[~^]?v?\d[\w.-]*`)
	inTemplate = regexp.MustCompile(`^v?\$?\{{1,2}\s*([\w.]+)\s*\}{1,2}`)
	added      = regexp.MustCompile("^v?[\"'`]\\s*\\+\\s*([\\w.]+)")
)

// addresses finds the addresses from which Pyodide or PyScript is loaded. Only what stands in quotes or brackets
// counts: the rest of a text may speak of any Pyodide.
func (s *scan) addresses(text string) {
	for _, m := range productsIn(text) {
		before, quoted := startOf(text[:m[0]])
		if !quoted {
			continue
		}
		what := text[m[0]:m[1]]
		if strings.HasPrefix(what, "pyodide") && !ownName(before) {
			continue
		}
		for _, number := range s.numbers(text, m[1]) {
			s.address(m[0], before, what, number)
		}
	}
	for _, address := range moving {
		at := strings.Index(text, address)
		if at < 0 {
			continue
		}
		if _, quoted := startOf(text[:at]); quoted {
			loads, _ := pyodide.PyScript(pyodide.LastClassic)
			s.loads(at, "PyScript's pyscript.js is of "+pyodide.LastClassic+" at most, which loads Pyodide", loads, Default, "")
		}
	}
}

// numbers are the numbers that stand at an offset, by themselves or by the name of a constant of the file.
func (s *scan) numbers(text string, at int) []string {
	rest := text[at:min(len(text), at+100)]
	for _, form := range []*regexp.Regexp{inTemplate, added} {
		if m := form.FindStringSubmatch(rest); m != nil {
			return s.valuesOf(text, m[1], at)
		}
	}
	if text[at-1] == '@' {
		if m := ranged.FindString(rest); m != "" {
			return []string{m}
		}
	}
	if m := release.FindStringSubmatch(rest); m != nil {
		return []string{m[1]}
	}
	return nil
}

// address notes what the address of a product with a number loads. Of a range, a content network hands out the newest.
func (s *scan) address(at int, before, what, number string) {
	switch what {
	case "pyscript.net/releases/", "pyscript.net/snapshots/", "@pyscript/core@":
		if strings.HasSuffix(before, "esm.sh/") { // which builds it anew
			versions, exact := pyodide.PyScriptSatisfying(number)
			s.asks(at, "loads PyScript "+number, versions.Newest(), exact, Default, "")
			return
		}
		if loads, ok := pyodide.PyScript(number); ok {
			s.loads(at, "PyScript "+number+" loads Pyodide", loads, Default, "")
			return
		}
		versions, exact := pyodide.PyScriptSatisfying(number)
		s.asks(at, "loads PyScript "+number, versions.Newest(), exact, Default, "")
	case "polyscript@":
		if loads, ok := pyodide.Polyscript(number); ok {
			s.loads(at, "polyscript "+number+" loads Pyodide", loads, Default, "")
		}
	case "pyodide@":
		if release.FindString(number) == number && strings.Count(number, ".") > 1 {
			s.loads(at, "loads Pyodide", number, Stated, "")
			return
		}
		versions, exact := pyodide.Satisfying(number)
		s.asks(at, "loads Pyodide "+number, versions.Newest(), exact, Stated, "")
	case "pyodide-", "pyodide-core-":
		if strings.Count(number, ".") < 2 {
			return // any number
		}
		fallthrough
	default:
		s.loads(at, "loads Pyodide", number, Stated, "")
	}
}

// asks notes that a range is asked for.
func (s *scan) asks(at int, what string, versions pyodide.Versions, exact bool, strength Strength, of string) {
	if versions != 0 {
		s.add(at, Evidence{What: what + taken(versions, exact), Versions: versions, Strength: strength, Older: older(what, versions, exact), of: of})
	}
}

// startOf is what stands of an address before its end, and whether it begins where code has a string, an
// attribute or an address in brackets.
func startOf(text string) (string, bool) {
	const longest = 300
	text = text[max(0, len(text)-longest):]
	end := len(text)
	for {
		i := strings.LastIndexAny(text[:end], " \t\r\n\"'`<>()=,;|")
		if i < 0 {
			return text, false
		}
		if open := strings.LastIndexByte(text[:i], '{'); text[i+1:end] != "" && text[i+1] == '}' && open >= 0 {
			end = open // a template's expression: the address goes on before it
			continue
		}
		return text[i+1:], strings.IndexByte("\"'`(=", text[i]) >= 0
	}
}

// ownName says whether what follows in an address is the name of a package or a folder by itself, and not the end
// of another name or in the scope of somebody else.
func ownName(before string) bool {
	switch {
	case before == "", strings.HasSuffix(before, "npm:"), strings.HasSuffix(before, "}"):
		return true
	case !strings.HasSuffix(before, "/"):
		return false
	}
	above := strings.TrimSuffix(before, "/")
	return !strings.HasPrefix(above[strings.LastIndexByte(above, '/')+1:], "@")
}

// value is a version that the text gives to a name, and where.
type value struct {
	at       int
	text     string
	property bool
}

// valuesOf are the versions that the text gives to a name that is used at an offset. There are several where one of
// them is a default. A short name is one of a tool that makes code small, which gives it to many things: the nearest
// value before it is meant.
func (s *scan) valuesOf(text, name string, at int) []string {
	const short = 2
	var values []string
	dot := strings.LastIndexByte(name, '.')
	for _, v := range s.allValues(text, name[dot+1:]) {
		if v.property && dot < 0 {
			continue // of some object
		}
		if len(name) > short {
			values = append(values, v.text)
		} else if v.at < at {
			values = []string{v.text}
		}
	}
	return values
}

func (s *scan) allValues(text, name string) []value {
	if known, ok := s.constants[name]; ok {
		return known
	}
	const most = 8 // of names, in one file
	if len(s.constants) >= most || name == "" || len(name) > 100 {
		return nil
	}
	var values []value
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			break
		}
		start := at + i
		at = start + len(name)
		before := text[1+strings.LastIndexByte(text[:start], '\n') : start]
		if before != "" && inName(before[len(before)-1]) || s.python && !assigns(before) {
			continue
		}
		if m := given.FindStringSubmatch(text[at:min(len(text), at+200)]); m != nil {
			values = append(values, value{start, strings.TrimPrefix(m[2], "v"), m[1] == ":"})
		}
	}
	if s.constants == nil {
		s.constants = map[string][]value{}
	}
	s.constants[name] = values
	return values
}

// given is what stands behind a name that is given a version: a type perhaps, and a string. Behind a colon it is given
// to a property.
var given = regexp.MustCompile("^[\"']?\\s*(?::\\s*[\\w<>|. ]{1,40}=|([=:]))\\s*[\"'`](v?[\\^~]?\\d[\\w.-]*)[\"'`]")

// assigns says whether what stands before a name in its line may be followed by an assignment in Python, or by a
// parameter, and not by an argument.
func assigns(before string) bool {
	before = strings.TrimLeft(before, " \t")
	return before == "" || before == "self." || before == "cls." || before == `"` || before == "'" || strings.HasPrefix(before, "def ")
}

func inName(c byte) bool {
	return c == '_' || c == '$' || c >= utf8.RuneSelf || '0' <= c && c <= '9' || 'a' <= c|' ' && c|' ' <= 'z'
}
