package lsp

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// That the folders are looked through is shown when it takes long, by an editor that shows such things; it begins once
// and ends once.
func TestProgress(t *testing.T) {
	for _, test := range []struct {
		name, can string
		slow      int // of folders that take long
		want      []string
	}{
		{"an editor that shows it", `{"window": {"workDoneProgress": true}}`, 1, []string{"begin", "end"}},
		{"one that does not", `{}`, 1, nil},
		{"what is quick is not shown", `{"window": {"workDoneProgress": true}}`, 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := connect(t)
			e.server.takesLong = takesLong
			if test.slow > 0 {
				e.server.takesLong = 0
			}
			e.write("a.py", late)
			e.server.index.mu.Lock() // the look takes as long as this is held
			done := make(chan bool)
			go func() { e.initialize(overlay(t, full, test.can)); close(done) }()
			if len(test.want) > 0 {
				for e.heard() == 0 {
					time.Sleep(time.Millisecond)
				}
			}
			e.server.index.mu.Unlock()
			<-done
			e.settle()
			var got []string
			for _, said := range e.progress {
				for _, kind := range []string{"begin", "report", "end"} {
					if strings.Contains(said, `"kind":"`+kind+`"`) {
						got = append(got, kind)
					}
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("told %q of %q", got, e.progress)
			}
			if created := e.created > 0; created != (len(test.want) > 0) {
				t.Errorf("asked for a place to show it %d times", e.created)
			}
		})
	}
}

// heard is how often the editor was told how something goes on.
func (e *fake) heard() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.progress)
}
