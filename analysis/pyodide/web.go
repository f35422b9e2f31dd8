package pyodide

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// The interfaces of the web platform, those of JavaScript itself and of some libraries, one after the other. A line that does not begin
// with a tab begins one:
//
//	NAME[:BASE] PLACES [namespace] [hidden] [dictionary]
//
// PLACES are letters: of a window, a dedicated, a shared and a service worker. The constructor of what is hidden has no
// name. A dictionary is no interface: it says which members options may have. The lines below it are its members, in parentheses those that are called; "new()" is its constructor, "[]" an
// item of it. Those of the constructor begin with a "."; a namespace has no others. Behind "-" stand those of which no
// more is told than that they are there, and behind "@" the address of what specifies the interface. The words behind a
// name:
//
//	only=PLACES    it is there in these places only
//	callable       the constructor may be called without new
//	promise        what it gives is promised
//	gives=NAME     what it gives; NAME[] for a list of it, [] for another list, this for what its object is
//	null           what it gives may be null; null=text if it is text otherwise, null=object if it is an object of one of
//	               several interfaces, none of which is empty
//	callback=AT    an argument that may be a callback, counted from 0; 1.handler in the options of argument 1
//	options=AT     an argument that may be options: an object with named members; 1.NAME for those of a dictionary,
//	               1.NAME[] for a list of such
//	record=AT      an argument that may be an object of which all members are gone through; by itself of a member of a
//	               dictionary
//	bytes=AT.WHAT  an argument that may be memory, and what becomes of it if it is another object: it is made "text" or a
//	               "number" of, or "refused"; AT[] for the items of a list, no AT of a member of a dictionary. Behind it may
//	               stand the only array that is no other object
//	memory=AT      an argument that may be memory, though none that threads share
//	shared=AT      one that may be memory that they share
//	markup         what is assigned to it is read as markup
//	markup=AT      an argument that is read as markup
//	script=AT      one that, if it is a text, is run as a script
var (
	//go:embed web.txt
	webText string
	//go:embed javascript.txt
	javaScriptText string
	//go:embed libraries.txt
	librariesText string
)

// face is an interface.
type face struct {
	name, base        string
	places            string
	namespace, hidden bool
	dictionary        bool

	body string // of which the members are read when they are asked for
	once sync.Once
	all  map[string]Member
	spec string
}

// faces are the interfaces by name.
var faces = sync.OnceValue(readFaces)

func readFaces() map[string]*face {
	all := make(map[string]*face, 1200)
	for _, text := range [...]string{javaScriptText, librariesText, webText} {
		for text != "" {
			head, rest, _ := strings.Cut(text, "\n")
			end := 0
			for end < len(rest) && rest[end] == '\t' {
				end += strings.IndexByte(rest[end:], '\n') + 1
			}
			text = rest[end:]
			if head[0] == '#' {
				continue
			}
			f := &face{body: rest[:end]}
			f.name, head, _ = strings.Cut(head, " ")
			f.name, f.base, _ = strings.Cut(f.name, ":")
			f.places, head, _ = strings.Cut(head, " ")
			f.dictionary = head == "dictionary"
			f.namespace, f.hidden = head == "namespace", head == "hidden" || f.dictionary
			all[f.name] = f
		}
	}
	return all
}

// faceOf is an interface, one without members if there is none of that name.
func faceOf(name string) *face {
	if f := faces()[name]; f != nil {
		return f
	}
	return &face{}
}

// Member is an operation, a constructor or an attribute of an interface of JavaScript or of the web platform.
type Member struct {
	Of   string // the interface that has it
	Name string // as JavaScript has it; "new" of a constructor, "[]" of an item
	// Gives is what it gives, if that is an object of an interface, or a list: "Element", "Element[]", "[]".
	Gives string
	// Promise says that this is promised, and Null that it may be null.
	Promise, Null bool
	// Besides is what it is where it is not null, if that is not an object of one interface.
	Besides Besides
	// Static says that the constructor has it; Callable that a constructor may be called without new.
	Static, Callable bool
	// Callbacks are the arguments that may be callbacks: "0", or "1.handler" for a member of options.
	Callbacks []string
	// Options are the arguments that may be options.
	Options []Options
	// Records are the arguments of which all members are gone through, and Record says so of a member of a dictionary.
	Records []int
	Record  bool
	// Wants are the arguments that want memory.
	Wants []Wanted
	// Memory are the arguments that may be memory that is not shared, and Shared those that may be memory that is.
	Memory, Shared []int
	// IsMarkup says that what is assigned to it is read as markup.
	IsMarkup bool
	// Markup are the arguments that are read as markup, and Scripts those that are run as a script if they are texts.
	Markup, Scripts []int

	only string
}

// Options is an argument that may be options.
type Options struct {
	At int
	Of string // the dictionary, "T[]" for a list of such; empty where nothing is known of the members
}

// Wanted is an argument that wants memory.
type Wanted struct {
	At      int
	Items   bool   // it is a list, of which the items are meant
	Becomes string // what becomes of another object: "text", "number", "refused"
	Array   string // the only typed array that will do; empty if any does
}

// Besides is what a value is where it is not null.
type Besides string

// SomeText is a string, SomeObject an object of one of several interfaces that is not empty.
const (
	SomeText   Besides = "text"
	SomeObject Besides = "object"
)

// members are those of an interface, by name: "fetch()", ".json()", "body".
func (f *face) members() map[string]Member {
	f.once.Do(f.read)
	return f.all
}

func (f *face) read() {
	f.all = map[string]Member{}
	for line := range strings.Lines(f.body) {
		name, words, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case "@":
			f.spec = words
			continue
		case "-":
		default:
			f.all[name] = member(f.name, name, words)
			continue
		}
		for name := range strings.FieldsSeq(words) {
			f.all[name] = member(f.name, name, "")
		}
	}
}

func member(of, name, words string) Member {
	m := Member{Of: of, Name: strings.Trim(name, ".()"), Static: name[0] == '.'}
	for word := range strings.FieldsSeq(words) {
		key, value, _ := strings.Cut(word, "=")
		at, _ := strconv.Atoi(value)
		switch key {
		case "only":
			m.only = value
		case "callable":
			m.Callable = true
		case "promise":
			m.Promise = true
		case "gives":
			m.Gives = value
		case "null":
			m.Null, m.Besides = true, Besides(value)
		case "callback":
			m.Callbacks = append(m.Callbacks, value)
		case "options":
			number, of, _ := strings.Cut(value, ".")
			at, _ := strconv.Atoi(number)
			m.Options = append(m.Options, Options{at, of})
		case "record":
			m.Record = value == ""
			if !m.Record {
				m.Records = append(m.Records, at)
			}
		case "bytes":
			m.Wants = append(m.Wants, wanted(value))
		case "memory":
			m.Memory = append(m.Memory, at)
		case "shared":
			m.Shared = append(m.Shared, at)
		case "markup":
			if m.IsMarkup = value == ""; !m.IsMarkup {
				m.Markup = append(m.Markup, at)
			}
		case "script":
			m.Scripts = append(m.Scripts, at)
		}
	}
	return m
}

// wanted reads "1.text", "0[].text", "text" and "0.refused.Float32Array".
func wanted(value string) (w Wanted) {
	if at, rest, ok := strings.Cut(value, "."); ok && at[0] >= '0' && at[0] <= '9' {
		at, w.Items = strings.CutSuffix(at, "[]")
		w.At, _ = strconv.Atoi(at)
		value = rest
	}
	w.Becomes, w.Array, _ = strings.Cut(value, ".")
	return w
}

// inherited is the member of an interface or of those that it is made of.
func inherited(of, name string) (m Member, ok bool) {
	for at := of; at != "" && !ok; at = faceOf(at).base {
		m, ok = faceOf(at).members()[name]
	}
	return m, ok
}

// memberOf is the member that objects of an interface have under a name: the interface's own, one of those that it is
// made of, or what the only one of those that are made of it has.
func memberOf(of, name string) (m Member, ok bool) {
	if strings.HasSuffix(of, "[]") {
		of = "Array"
	}
	if m, ok := inherited(of, name); ok {
		return m, ok
	}
	for _, below := range derived()[of] {
		found, has := memberOf(below, name)
		if !has {
			continue
		}
		if ok && found.Of != m.Of {
			return Member{}, false
		}
		m, ok = found, true
	}
	return m, ok
}

// derived are the interfaces that are made of another.
var derived = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for name, f := range faces() {
		if f.base != "" {
			all[f.base] = append(all[f.base], name)
		}
	}
	return all
})
