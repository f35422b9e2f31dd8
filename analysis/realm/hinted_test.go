package realm

import (
	"regexp"
	"strings"
	"testing"
)

// It finds what its pattern finds, wherever that is.
func TestHinted(t *testing.T) {
	h := hinted{[]string{"syncfs", "terminal"}, regexp.MustCompile(`\bsyncfs\b|<script\b[^>]*\sterminal\b`)}
	for _, middle := range []string{
		"", "syncfs", "syncfs terminal", "xsyncfs", "syncfsx", "FS.syncfs(1)", "syncfs_ syncfs", "terminal", "<script terminal>",
		"<script type='py'\n terminal>", "<script>\n terminal", "<scripts terminal>", "terminal <script terminal",
	} {
		for _, n := range []int{0, 1, 59, 295, 299, 300, 301, 305, 400} {
			for _, filler := range []string{"x", "y ", "\n"} {
				text := strings.Repeat(filler, n) + middle + strings.Repeat(filler, n)
				if got, want := h.in(text), h.pattern.MatchString(text); got != want {
					t.Errorf("%d of %q around %q: %v, want %v", n, filler, middle, got, want)
				}
			}
		}
	}
}
