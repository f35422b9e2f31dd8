package gitignore

import "strings"

// posix are the named character classes, without the slash, which no class matches. None begins with an
// exclamation mark, which would negate the class that it begins.
var posix = map[string]string{
	"alnum":  "0-9A-Za-z",
	"alpha":  "A-Za-z",
	"blank":  " \t",
	"cntrl":  "\x00-\x1f\x7f",
	"digit":  "0-9",
	"graph":  "0-~!-.",
	"lower":  "a-z",
	"print":  " -.0-~",
	"punct":  ":-@\\[-`{-~!-.",
	"space":  "\t-\r ",
	"upper":  "A-Z",
	"xdigit": "0-9A-Fa-f",
}

// translate writes git's glob in doublestar's dialect, where braces are alternatives and character classes
// are simpler. What is malformed stays so.
func translate(glob string) string {
	var b strings.Builder
	for i := 0; i < len(glob); {
		switch c := glob[i]; {
		case c == '\\' && i+1 < len(glob):
			b.WriteString(glob[i : i+2])
			i += 2
		case c == '{' || c == '}':
			b.WriteByte('\\')
			b.WriteByte(c)
			i++
		case c == '[':
			class, size := translateClass(glob[i:])
			b.WriteString(class)
			i += size
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// translateClass writes the character class at the start of a glob in doublestar's dialect. The size is
// that of git's, in bytes.
func translateClass(glob string) (class string, size int) {
	class, size = "[", 1
	if strings.HasPrefix(glob[1:], "!") || strings.HasPrefix(glob[1:], "^") {
		class, size = "[!/", 2 // a negated class does not match the slash either
	}
	if strings.HasPrefix(glob[size:], "]") {
		class += `\]` // in the first place it is a member
		size++
	}
	for size < len(glob) {
		rest := glob[size:]
		switch {
		case rest[0] == ']':
			return class + "]", size + 1
		case rest[0] == '\\' && len(rest) > 1:
			class += rest[:2]
			size += 2
		case strings.HasPrefix(rest, "[:"):
			name, _, _ := strings.Cut(rest[2:], ":]")
			class += posix[name] // a name that does not exist leaves the class empty, thus malformed
			size = min(size+len("[:")+len(name)+len(":]"), len(glob))
		default:
			class += rest[:1]
			size++
		}
	}
	return class, size
}
