package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// OwnFile is the name of a settings file that holds nothing else.
const OwnFile = ownFile

// Turn is the text of a settings file in which a rule has a level, with all else as it stands there. Of a text that does
// not say so afterwards, such as one that is wrong already, nothing is made; ok says that.
func Turn(path string, data []byte, rule string, level Level, known Known) (turned []byte, ok bool) {
	text := string(data)
	t := turner{text: text, rule: rule, prefix: []string{"rules"}, at: -1}
	if filepath.Base(path) == sharedFile {
		t.prefix = []string{"tool", section, "rules"}
	}
	t.look()
	at, end, put := t.edit(level)
	turned = []byte(text[:at] + put + text[end:])
	s, err := Parse(path, turned, known)
	if err != nil || s == nil {
		return nil, false
	}
	return turned, s.Rules[rule] == level
}

// turner looks where in a text of TOML the level of a rule stands, or would.
type turner struct {
	text   string
	rule   string
	prefix []string // the keys that lead to the levels

	at, end int    // the level of the rule that is there; -1 if none is
	inline  int    // behind the brace that begins an inline table of levels
	behind  int    // the line behind which another level can stand
	lead    string // what stands before the name of a rule in such a line
}

func (t *turner) look() {
	var p unstable.Parser
	p.Reset([]byte(strings.TrimPrefix(t.text, "\uFEFF")))
	mark := len(t.text) - len(strings.TrimPrefix(t.text, "\uFEFF"))
	var table []string
	for p.NextExpression() {
		node := p.Expression()
		keys := keysOf(node)
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			if table = namesOf(keys); node.Kind == unstable.Table && slices.Equal(table, t.prefix) {
				t.behind, t.lead = mark+keys[len(keys)-1].at, ""
			}
		case unstable.KeyValue:
			t.pair(slices.Concat(table, namesOf(keys)), keys, node.Value(), mark)
		}
	}
}

// pair looks at a key with its value; path are all keys that lead there, keys those that the line has.
func (t *turner) pair(path []string, keys []entry, value *unstable.Node, mark int) {
	last := keys[len(keys)-1]
	switch {
	case slices.Equal(path, t.prefix) && value.Kind == unstable.InlineTable:
		t.inline = mark + last.at + strings.IndexByte(t.text[mark+last.at:], '{') + 1
		for pairs := value.Children(); pairs.Next(); {
			if inner := keysOf(pairs.Node()); len(inner) == 1 && inner[0].key == t.rule {
				t.level(pairs.Node().Value(), mark)
			}
		}
	case len(path) != len(t.prefix)+1 || !slices.Equal(path[:len(t.prefix)], t.prefix):
	case last.key == t.rule:
		t.level(value, mark)
	default:
		t.behind, t.lead = mark+last.at, t.text[mark+keys[0].at:mark+last.at]
		if quote := t.text[mark+last.at-1:]; len(keys) > 1 && (quote[0] == '"' || quote[0] == '\'') {
			t.lead = strings.TrimRight(t.lead, `"'`)
		}
	}
}

// level takes in where the level of the rule stands. One that is no string is wrong, and stays.
func (t *turner) level(value *unstable.Node, mark int) {
	if value.Kind == unstable.String {
		t.at = mark + int(value.Raw.Offset)
		t.end = t.at + int(value.Raw.Length)
	}
}

func namesOf(keys []entry) (names []string) {
	for _, k := range keys {
		names = append(names, k.key)
	}
	return names
}

// edit is the bytes that give the rule a level, and what they give way to.
func (t *turner) edit(level Level) (at, end int, put string) {
	line := "\n"
	if strings.Contains(t.text, "\r\n") {
		line = "\r\n"
	}
	pair := t.rule + ` = "` + string(level) + `"`
	switch {
	case t.at >= 0:
		return t.at, t.end, `"` + string(level) + `"`
	case t.inline > 0:
		if strings.HasPrefix(strings.TrimLeft(t.text[t.inline:], " \t"), "}") {
			return t.inline, t.inline + strings.IndexByte(t.text[t.inline:], '}'), " " + pair + " "
		}
		return t.inline, t.inline, " " + pair + ","
	case t.behind > 0:
		at = len(t.text)
		if next := strings.IndexByte(t.text[t.behind:], '\n'); next >= 0 {
			at = t.behind + next + 1
		} else {
			pair = line + t.lead + pair
			return at, at, pair + line
		}
		return at, at, t.lead + pair + line
	}
	head := ""
	if text := strings.TrimPrefix(t.text, "\uFEFF"); text != "" {
		if head = line; !strings.HasSuffix(text, "\n") {
			head += line
		}
	}
	return len(t.text), len(t.text), head + "[" + strings.Join(t.prefix, ".") + "]" + line + pair + line
}
