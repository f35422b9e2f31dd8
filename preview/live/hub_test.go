package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pyodide-ls/analysis"
)

// reader is a console that notes what it is told.
type reader struct {
	heard []string
	done  chan struct{}
}

// read has a console read a hub, in a bubble of synctest: what it heard is to be looked at when all goroutines wait.
func read(ctx context.Context, h *hub, send func() error) *reader {
	r := &reader{done: make(chan struct{})}
	go func() {
		defer close(r.done)
		h.each(ctx, func(message []byte) error {
			r.heard = append(r.heard, string(message))
			return send()
		})
	}()
	return r
}

func gladly() error { return nil }

// wants holds a console to what it heard until now.
func (r *reader) wants(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	if !slices.Equal(r.heard, want) {
		t.Errorf("heard %.1000q\nwant %q", r.heard, want)
	}
}

func printed(text string) observed {
	return observed{analysis.Observation{Kind: analysis.Printed, Text: text}, text, false}
}

const (
	saysA    = `{"observation":{"kind":"printed","text":"a","say":"a","mistake":false}}`
	saysB    = `{"observation":{"kind":"printed","text":"b","say":"b","mistake":false}}`
	saysBye  = `{"bye":"the preview was ended"}`
	aboutIt  = `{"about":"it"}`
	firstRun = `{"began":1}`
)

// script has a hub tell of a run.
func script(h *hub) {
	h.introduce(map[string]string{"about": "it"})
	h.begin(1)
	h.observe(printed("a"))
	h.put(map[string]string{"state": "waiting"})
}

func TestHubTellsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		early := read(t.Context(), h, gladly)
		early.wants(t)
		script(h)
		late := read(t.Context(), h, gladly)
		told := []string{aboutIt, firstRun, saysA, `{"state":"waiting"}`}
		early.wants(t, told...)
		late.wants(t, told...)
		h.observe(printed("b"))
		h.close()
		told = append(told, saysB, saysBye)
		early.wants(t, told...)
		late.wants(t, told...)
		read(t.Context(), h, gladly).wants(t, told...) // which comes when all is over
		<-early.done
		<-late.done
	})
}

// A run that begins has those before it forgotten, and a console that was told of them is told so.
func TestHubForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		early := read(t.Context(), h, gladly)
		script(h)
		h.find("found")
		synctest.Wait()
		before := len(early.heard)
		h.begin(2)
		h.observe(printed("b"))
		synctest.Wait()
		early.heard = early.heard[before:]
		early.wants(t, aboutIt, `{"began":2}`, saysB)
		read(t.Context(), h, gladly).wants(t, aboutIt, `{"began":2}`, saysB, `"found"`)
		h.close()
	})
}

// Findings are told as they are now: what was measured of them changes with each observation.
func TestHubFinds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		early := read(t.Context(), h, gladly)
		h.introduce("it")
		for i := range 1000 {
			h.find(i)
		}
		synctest.Wait()
		if len(h.log) != 1 || early.heard[len(early.heard)-1] != "999" {
			t.Errorf("%d messages are kept, and the last that was told is %q", len(h.log), early.heard[len(early.heard)-1])
		}
		read(t.Context(), h, gladly).wants(t, `"it"`, "999")
		h.close()
	})
}

// One that does not read holds up nobody, and what it has not read is told when it does.
func TestHubSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		reads := make(chan struct{})
		h.introduce(map[string]string{"about": "it"})
		slow := read(t.Context(), h, func() error { <-reads; return nil })
		fast := read(t.Context(), h, gladly)
		synctest.Wait()
		script(h)
		h.begin(2)
		h.observe(printed("b"))
		synctest.Wait()
		if len(slow.heard) != 1 {
			t.Errorf("heard %q", slow.heard)
		}
		if last := fast.heard[len(fast.heard)-1]; last != saysB {
			t.Errorf("the other heard last %q", last)
		}
		close(reads)
		slow.wants(t, aboutIt, aboutIt, `{"began":2}`, saysB)
		h.close()
	})
}

func TestHubCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		h.begin(1)
		for i := range most + 10 {
			h.observe(printed(fmt.Sprint(i)))
		}
		h.put(map[string]string{"state": "waiting"})
		r := read(t.Context(), h, gladly)
		synctest.Wait()
		if got := strings.Count(strings.Join(r.heard, ""), "observation"); got != most || !strings.Contains(r.heard[len(r.heard)-2], `"19999"`) {
			t.Errorf("%d observations are told, the last messages are %q", got, r.heard[len(r.heard)-2:])
		}
		h.begin(2)
		h.observe(printed("b"))
		synctest.Wait()
		if last := r.heard[len(r.heard)-1]; last != saysB {
			t.Errorf("the next run says %q", last)
		}
		h.close()
	})
}

// What still comes of a program when the preview has ended takes the last word from nobody.
func TestHubBye(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		reads := make(chan struct{})
		slow := read(t.Context(), h, func() error { <-reads; return nil })
		h.begin(1)
		synctest.Wait()
		h.close()
		h.begin(2)
		close(reads)
		<-slow.done
		if last := slow.heard[len(slow.heard)-1]; last != saysBye {
			t.Errorf("the last word is %q", last)
		}
	})
}

// A console that does not read is waited for no longer than a while, one that is gone not at all.
func TestHubDrained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub()
		h.drained(time.Hour) // there is nobody
		ctx, end := context.WithCancel(t.Context())
		gone := read(ctx, h, gladly)
		broken := read(t.Context(), h, func() error { return errors.New("broken") })
		reads := make(chan struct{})
		slow := read(t.Context(), h, func() error { <-reads; return nil })
		synctest.Wait()
		h.begin(1)
		end()
		<-gone.done
		<-broken.done
		h.close()
		synctest.Wait()
		began := time.Now()
		h.drained(time.Second)
		if took := time.Since(began); took != time.Second {
			t.Errorf("it waited %v for one that does not read", took)
		}
		close(reads)
		h.drained(time.Hour)
		if took := time.Since(began); took != time.Second {
			t.Errorf("it waited %v for one that reads", took)
		}
		<-slow.done
	})
}
