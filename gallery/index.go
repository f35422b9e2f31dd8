package gallery

import (
	"fmt"
	"path"
	"strings"
)

// The lines between which a text lists patterns: those of a part, where one is named, else all.
const (
	listBegins = "<!-- patterns"
	listEnds   = "<!-- /patterns -->"
)

// WithLists is a text with its lists of patterns as they are to be. The text stands in a folder from which the gallery
// is at a relative path.
func WithLists(text string, patterns []Pattern, at string) string {
	var out strings.Builder
	for rest := text; ; {
		before, after, found := strings.Cut(rest, "\n"+listBegins)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		part, after, _ := strings.Cut(after, "-->\n")
		_, rest, _ = strings.Cut(after, listEnds)
		part = strings.TrimSpace(strings.TrimPrefix(part, ":"))
		fmt.Fprintf(&out, "\n%s -->\n%s%s", strings.TrimSuffix(listBegins+": "+part, ": "), list(patterns, part, at), listEnds)
	}
}

// list is a table of the patterns of a part, or shorter of all.
func list(patterns []Pattern, part, at string) string {
	var rows strings.Builder
	for _, p := range patterns {
		if part != "" && part != p.Part {
			continue
		}
		gives, width := p.Title, 160
		if part != "" {
			gives, width = "**"+p.Title+"**<br>"+p.Summary, 320
		}
		picture := ""
		if p.Picture {
			picture = fmt.Sprintf(`<img src="%s" width="%d" alt="The page of %s as it runs">`, path.Join(at, p.Name, Picture), width, p.Name)
		}
		fmt.Fprintf(&rows, "| [%s](%s) | %s | %s |\n", p.Name, path.Join(at, p.Name, Readme), strings.ReplaceAll(gives, "|", `\|`), picture)
	}
	if rows.Len() == 0 {
		return ""
	}
	return "\n| pattern | what it gives | |\n| --- | --- | --- |\n" + rows.String() + "\n"
}
