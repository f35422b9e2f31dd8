package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/cli/browser"
	"github.com/spf13/cobra"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/gallery"
	"pyodide-ls/lint"
	"pyodide-ls/preview"
	"pyodide-ls/preview/live"
	"pyodide-ls/rules"
)

type previewFlags struct {
	runFlags
	noOpen bool
	port   int
}

func previewCommand() *cobra.Command {
	var f previewFlags
	c := &cobra.Command{
		Use:   "preview [FILE|DIR|PATTERN]",
		Short: "Show a page, a Python file or a pattern of the gallery running in your browser, and beside it what the browser observed.",
		Long: "Show a page, a Python file or a pattern of the gallery running in your browser, on a real Pyodide, and\n" +
			"beside it its output, what the browser observed and what is found without running it. A page stands as it\n" +
			"is; changes on disk load it again. Without an argument it shows the gallery. It goes on until it is\n" +
			"interrupted.\n\n" +
			"Exit status: 0 it was ended, 2 wrong usage, 3 it could not be shown.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return f.showGallery(c)
			}
			return f.run(c, args[0])
		},
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			names, _ := completePatterns(c, args, word)
			return names, cobra.ShellCompDirectiveDefault // and files
		},
	}
	flags := c.Flags()
	flags.BoolVar(&f.noOpen, "no-open", false, "do not open a browser, only print the address")
	flags.IntVar(&f.port, "port", 0, "the port to be had at (default: a free one)")
	f.place(flags)
	return c
}

func (f *previewFlags) run(c *cobra.Command, what string) error {
	f.format, f.colour = "text", "auto"
	file, err := named(what)
	if errors.Is(err, fs.ErrNotExist) && isWord(what) {
		return f.runPattern(c, what, err)
	}
	if err != nil {
		return err
	}
	if err := f.validate(file); err != nil {
		return err
	}
	ctx, left := withParent(c.Context())
	defer left()
	options, err := f.options(ctx, file)
	if err != nil {
		return trouble(c, err)
	}
	return f.start(ctx, c, options)
}

// runPattern shows a pattern, where there is no file of its name.
func (f *previewFlags) runPattern(c *cobra.Command, name string, noFile error) error {
	if _, err := gallery.Folder(name); err != nil {
		return fmt.Errorf("%w, and %w", noFile, err)
	}
	if err := f.validate(gallery.Page); err != nil {
		return err
	}
	ctx, left := withParent(c.Context())
	defer left()
	copied, err := copyPattern(name)
	if err != nil {
		return trouble(c, err)
	}
	defer copied.remove()
	options, err := f.patternOptions(ctx, copied)
	if err != nil {
		return trouble(c, err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "a copy of the pattern, which goes with the preview: pyodide-ls init pattern %s makes one that stays\n", name)
	return f.start(ctx, c, options)
}

// start shows a preview until the context ends.
func (f *previewFlags) start(ctx context.Context, c *cobra.Command, options live.Options) error {
	options.Port = f.port
	p, err := live.Start(ctx, options)
	if err != nil {
		return trouble(c, err)
	}
	defer p.Close()
	fmt.Fprintf(c.ErrOrStderr(), "%s\n", options.Dist.Why)
	f.tell(c, p.URL())
	<-ctx.Done()
	return nil
}

// tell says where something can be looked at, and opens it unless that is not wanted.
func (f *previewFlags) tell(c *cobra.Command, url string) {
	fmt.Fprintf(c.OutOrStdout(), "%s\n", url)
	if !f.noOpen {
		go show(c, url) // a browser may stay in the foreground
	}
}

// show opens an address in the person's browser, or says that this is left to them.
func show(c *cobra.Command, url string) {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	if err := browser.OpenURL(url); err != nil {
		fmt.Fprintf(c.ErrOrStderr(), "pyodide-ls: no browser can be opened here (%v): open the address\n", err)
	}
}

// endless is how long a program is waited for that somebody looks at.
const endless = 24 * time.Hour

// options are those of a preview of a file.
func (f *runFlags) options(ctx context.Context, file string) (live.Options, error) {
	plan, err := f.plan(ctx, file, false)
	if err != nil {
		return live.Options{}, err
	}
	folder, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return live.Options{}, err
	}
	site, err := f.site(ctx, os.DirFS(plan.root), plan)
	if err != nil {
		return live.Options{}, err
	}
	return live.Options{
		Title: cmp.Or(plan.page, filepath.Base(file)), Dir: plan.root, Page: plan.page, Site: site, Dist: plan.dist,
		Mode: preview.Mode{Worker: plan.where == pyodide.Worker, JSPI: !f.noJSPI, Silence: f.silence},
		Program: func(ctx context.Context) (preview.Program, error) {
			if plan.page != "" {
				return preview.Program{Patience: endless}, nil
			}
			p, err := preview.Gather(ctx, file)
			p.Patience = endless
			return p, err
		},
		Findings: func(ctx context.Context) []live.Finding { return findingsIn(ctx, folder, plan.root) },
	}, nil
}

// findingsIn is what is found in the files of a folder, which lies in another from which they are named. Both are whole
// paths.
func findingsIn(ctx context.Context, folder, root string) []live.Finding {
	all := []live.Finding{}
	result, err := lint.Run(ctx, lint.Options{Paths: []string{folder}, Rules: rules.All})
	if err != nil { // settings that are wrong, which check tells of
		return all
	}
	for _, file := range result.AtLeast(analysis.Info).Files {
		path := file.Source.Path() // whole, as the folders' are
		name, err := filepath.Rel(root, path)
		if err != nil {
			continue
		}
		for i, found := range file.Findings {
			all = append(all, live.Finding{
				Finding: found, Point: file.Source.Point(found.Span.Start), File: filepath.ToSlash(name),
				Claim: file.Claims[i], Named: filepath.ToSlash(path),
			})
		}
	}
	return all
}

// withParent ends when the process that started this one is gone: nobody would be there to end it.
func withParent(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	parent := os.Getppid()
	go func() {
		for tick := time.NewTicker(time.Second); ; {
			select {
			case <-tick.C:
				if os.Getppid() != parent {
					cancel()
				}
			case <-ctx.Done():
				tick.Stop()
				return
			}
		}
	}()
	return ctx, cancel
}
