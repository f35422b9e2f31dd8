package realm

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
)

var (
	changes    = regexp.MustCompile(`(?:^|[;&|(\s])(?:cd|pushd)[ \t]+(\S+)`)
	key        = regexp.MustCompile(`(?m)^[ \t]*(?:- )?([\w-]+):`)
	step       = regexp.MustCompile(`(?m)^[ \t]*- ([\w-]+):`)
	inFolder   = regexp.MustCompile(`(?m)^[ \t]*(?:- )?working-directory:[ \t]*(\S.*?)[ \t\r]*$`)
	everywhere = regexp.MustCompile(`(?m)^[ \t]*defaults:\s+run:\s(?:\s*shell:.*\n)?\s*working-directory:`)
	plainPath  = regexp.MustCompile(`^(?:\./)?\w[\w./-]*$`)
)

// folders tells in which folders the commands of a file run: where it changes to others, by offset.
// Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
type folders struct {
	text                        string
	script, workflow            bool // whose lines are of one shell; those below a key are
	changes, keys, steps, named [][]int
}

func foldersOf(file, text string) *folders {
	ext := path.Ext(file)
	f := &folders{text: text, script: ext == ".sh", workflow: ext == ".yml" || ext == ".yaml"}
	f.changes = changes.FindAllStringSubmatchIndex(text, -1)
	if f.workflow {
		f.keys = key.FindAllStringSubmatchIndex(text, -1)
		f.steps = step.FindAllStringSubmatchIndex(text, -1)
		f.named = inFolder.FindAllStringSubmatchIndex(text, -1)
	}
	return f
}

// of is where the command at an offset runs, seen from where the first one of its file does; ok is false where that is
// not known.
func (f *folders) of(at int) (dir string, ok bool) {
	line := 1 + strings.LastIndexByte(f.text[:at], '\n')
	block := line
	switch {
	case f.script:
		block = 0
	case f.workflow:
		if dir, ok = f.ofStep(at); !ok {
			return "", false
		}
		block, _ = between(f.keys, line, line)
	}
	for _, c := range f.changes[after(f.changes, block):after(f.changes, at)] {
		to := strings.TrimRight(f.text[c[2]:c[3]], ";&")
		if c[2] < line || !plainPath.MatchString(to) || strings.Contains(f.text[line:at], ")") {
			return "", false
		}
		dir = path.Join(dir, to)
	}
	return dir, true
}

// ofStep is the folder that a step of a workflow names.
func (f *folders) ofStep(at int) (dir string, ok bool) {
	if len(f.named) == 0 {
		return "", true
	}
	from, to := between(f.steps, at, len(f.text))
	named := f.named[after(f.named, from):after(f.named, to)]
	if len(named) == 0 {
		return "", !everywhere.MatchString(f.text)
	}
	dir = f.text[named[0][2]:named[0][3]]
	return path.Clean(dir), plainPath.MatchString(dir)
}

// after is the first of the matches whose group stands at an offset or behind it.
func after(matches [][]int, offset int) int {
	at, _ := slices.BinarySearchFunc(matches, offset, func(m []int, offset int) int { return cmp.Compare(m[2], offset) })
	return at
}

// between is what lies between two matches around an offset: from the group of the one before it, or the beginning,
// to that of the next, or an end.
func between(matches [][]int, offset, end int) (from, to int) {
	next := after(matches, offset)
	if next < len(matches) {
		end = matches[next][2]
	}
	if next > 0 {
		from = matches[next-1][2]
	}
	return from, end
}
