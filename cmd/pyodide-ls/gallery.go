package main

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"pyodide-ls/gallery"
	"pyodide-ls/preview/catalog"
	"pyodide-ls/preview/live"
)

// showGallery shows all patterns until it is interrupted, and previews of those that are asked for.
func (f *previewFlags) showGallery(c *cobra.Command) error {
	f.format, f.colour = "text", "auto"
	if err := f.validate(gallery.Page); err != nil {
		return err
	}
	ctx, left := withParent(c.Context())
	defer left()
	running := &patternPreviews{flags: f, ctx: ctx, say: func(line string) { fmt.Fprintln(c.ErrOrStderr(), line) }, all: map[string]*patternPreview{}}
	defer running.close()
	shown, err := catalog.Start(catalog.Options{
		Port: f.port, Patterns: gallery.All(), Parts: gallery.Parts(), Folder: gallery.Folder, Rule: rulePage, Run: running.run,
	})
	if err != nil {
		return trouble(c, err)
	}
	defer shown.Close()
	f.tell(c, shown.URL())
	<-ctx.Done()
	return nil
}

// rulePage is the page of a rule without its proof.
func rulePage(name string) (page string, ok bool) {
	rule := ruleNamed(name)
	if rule == nil {
		return "", false
	}
	page, _, _ = strings.Cut(rule.Doc, "\n```proof")
	return page, true
}

// patternPreviews are those of patterns. One that was started goes on for as long as the gallery is shown.
type patternPreviews struct {
	flags *previewFlags
	ctx   context.Context
	say   func(line string)

	mu  sync.Mutex
	all map[string]*patternPreview // by the patterns' names
}

// patternPreview is that of a pattern, which is started once.
type patternPreview struct {
	mu     sync.Mutex
	copied patternCopy
	live   *live.Preview
}

// run has a pattern run, unless it does already, and gives the address where.
func (p *patternPreviews) run(_ context.Context, name string) (address string, err error) {
	p.mu.Lock()
	one := p.all[name]
	if one == nil {
		one = &patternPreview{}
		p.all[name] = one
	}
	p.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.live != nil {
		return one.live.URL(), nil
	}
	copied, err := copyPattern(name)
	if err != nil {
		return "", err
	}
	options, err := p.flags.patternOptions(p.ctx, copied)
	if err == nil {
		one.live, err = live.Start(p.ctx, options)
	}
	if err != nil {
		copied.remove()
		return "", err
	}
	one.copied = copied
	p.say(fmt.Sprintf("%s: %s", name, options.Dist.Why))
	return one.live.URL(), nil
}

func (p *patternPreviews) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, one := range p.all {
		one.mu.Lock()
		if one.live != nil {
			one.live.Close() //nolint:errcheck // it ends in any case
			one.copied.remove()
		}
		one.mu.Unlock()
	}
}
