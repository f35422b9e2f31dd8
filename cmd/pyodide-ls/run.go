package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/lint"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/rules"
)

type runFlags struct {
	headless                             bool
	format, colour, realm, target, given string
	top                                  string // the folder that is served, where it is known
	noIsolation, noJSPI, press           bool
	patience, silence                    time.Duration
}

func runCommand() *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run FILE",
		Short: "Run a Python file or a page in a real browser, on a real Pyodide, and say what the browser observed.",
		Long: "Run a Python file or a page in a real browser, on a real Pyodide, and say what the browser observed:\n" +
			"its output, errors that nobody caught, what held up the page, proxies that stay.\n\n" +
			"A page, or the index.html of a folder, is opened as it stands, served from the top folder of its project. The\n" +
			"Pyodide and the PyScript that it loads from a content network are served from here.\n\n" +
			"It ends when nothing is left to do: no timer, request or task.\n\n" +
			"Exit status: 0 nothing wrong was observed, 1 mistakes were, 2 wrong usage, 3 it could not be run to its end.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return f.run(c, args[0]) },
	}
	flags := c.Flags()
	flags.BoolVar(&f.headless, "headless", true, "without a window; --headless=false shows the browser")
	flags.StringVar(&f.format, "output-format", "text", "text or json")
	flags.StringVar(&f.colour, "color", "auto", "auto, always or never")
	flags.BoolVar(&f.press, "press", false, "press the buttons of the page when the program has reached its end, each twice to see what grows")
	flags.DurationVar(&f.patience, "for", 10*time.Second, "how long it may go on behind its end")
	f.place(flags)
	return c
}

// defaultSilence is how long Python may run without a pause where nobody says otherwise.
const defaultSilence = 10 * time.Second

// place adds the flags that say where something is run, and on what.
func (f *runFlags) place(flags *pflag.FlagSet) {
	flags.StringVar(&f.realm, "realm", "", "main or worker (default: what the project says)")
	flags.StringVar(&f.target, "target", "", "the version of Pyodide, such as 0.28 (default: what the project says, else the newest)")
	flags.StringVar(&f.given, "runtime", "", "a folder with the files of a Pyodide")
	flags.BoolVar(&f.noIsolation, "no-isolation", false, "on a page that is not cross-origin isolated, so without SharedArrayBuffer")
	flags.BoolVar(&f.noJSPI, "no-jspi", false, "in a browser without JavaScript Promise Integration")
	flags.DurationVar(&f.silence, "interrupt-after", defaultSilence, "how long Python may run without a pause")
}

func (f *runFlags) run(c *cobra.Command, file string) error {
	file, err := named(file)
	if err != nil {
		return err
	}
	if err := f.validate(file); err != nil {
		return err
	}
	plan, err := f.plan(c.Context(), file, true)
	if err != nil {
		return trouble(c, err)
	}
	if f.format == "text" {
		fmt.Fprintf(c.ErrOrStderr(), "%s, %s\n", plan.dist.Why, plan.in())
	}
	mistakes, err := f.execute(c, file, plan)
	switch {
	case err != nil:
		return trouble(c, err)
	case mistakes:
		return status(exitFindings)
	}
	return nil
}

func (f *runFlags) validate(file string) error {
	if f.format != "text" && f.format != "json" {
		return fmt.Errorf("--output-format %s: it is one of text, json", f.format)
	}
	if f.realm != "" && f.realm != "main" && f.realm != "worker" {
		return fmt.Errorf("--realm %s: it is one of main, worker", f.realm)
	}
	if err := knownColour(f.colour); err != nil {
		return err
	}
	if _, err := targetOf(f.target); err != nil {
		return err
	}
	if isPage(file) && f.realm != "" {
		return fmt.Errorf("--realm %s: a page says itself where its Python runs", f.realm)
	}
	return nil
}

// trouble says why something could not be run.
func trouble(c *cobra.Command, err error) error {
	if c.Context().Err() != nil {
		return finish(c, err)
	}
	var said status
	if errors.As(err, &said) {
		return err
	}
	fmt.Fprintf(c.ErrOrStderr(), "pyodide-ls: %v\n", err)
	return status(exitTrouble)
}

// runPlan is what a file is run on.
type runPlan struct {
	dist    dist.Dist
	where   pyodide.Realms // the main thread or a worker
	program preview.Program
	root    string // the folder that is served
	page    string // the path of the page from there; empty for a file of Python
}

// in says where the file runs, for people.
func (p runPlan) in() string {
	if p.page != "" {
		return "the page as it stands"
	}
	return p.where.String()
}

// plan finds all that it takes to run a file; driven is whether a browser is driven from here. What is wrong with the
// file, and the browser that is missing, is said before a Pyodide is fetched.
func (f *runFlags) plan(ctx context.Context, file string, driven bool) (p runPlan, err error) {
	options := dist.Options{Dir: f.given, Project: filepath.Dir(file)}
	if options.Project, err = filepath.Abs(options.Project); err != nil {
		return p, err
	}
	if options.Target, err = targetOf(f.target); err != nil {
		return p, err
	}
	p.where, p.root = pyodide.Main, options.Project
	versions, because, realms := placeOf(ctx, file, options.Target)
	if options.Because = because; options.Target == 0 {
		options.Target = versions
	} else {
		options.Because = "--target says so"
	}
	if f.realm == "worker" || f.realm == "" && realms == pyodide.Worker {
		p.where = pyodide.Worker
	}
	if isPage(file) {
		p.where = pyodide.Main
		p.root, p.page, err = f.rootOf(file)
	} else {
		p.program, err = preview.Gather(ctx, file)
	}
	if err == nil && driven {
		_, err = preview.FindBrowser()
	}
	if err != nil {
		return p, err
	}
	p.program.Patience, p.program.Press, p.program.Twice = f.patience, f.press, f.press
	p.dist, err = dist.Find(ctx, options)
	return p, err
}

// placeOf is for which Pyodide a file is and why, and where it runs, as far as its project says so. A page without Python
// of its own is for what the files beside it are for.
func placeOf(ctx context.Context, file string, target pyodide.Versions) (versions pyodide.Versions, because string, realms pyodide.Realms) {
	paths := []string{file}
	if isPage(file) {
		paths = append(paths, filepath.Dir(file))
	}
	for _, path := range paths {
		places, err := lint.Where(ctx, lint.Options{Paths: []string{path}, Rules: rules.All, Target: target})
		if err != nil {
			break
		}
		for _, unit := range unitsOf(places) {
			if unit.Because != "" || !isPage(file) {
				return unit.Versions, unit.Because, realm.RealmsOf(unit.Module)
			}
		}
	}
	return 0, "", 0
}

func unitsOf(places lint.Places) (all []lint.PlacedUnit) {
	for _, file := range places.Files {
		all = append(all, file.Units...)
	}
	return all
}

// execute runs the program and writes what is observed.
func (f *runFlags) execute(c *cobra.Command, file string, p runPlan) (mistakes bool, err error) {
	ctx := c.Context()
	browser, err := preview.StartBrowser(ctx, preview.Window{Visible: !f.headless})
	if err != nil {
		return false, err
	}
	defer browser.Close()
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return false, err
	}
	defer root.Close()
	site, err := f.site(ctx, root.FS(), p)
	if err != nil {
		return false, err
	}
	engine, err := preview.NewEngine(browser, site)
	if err != nil {
		return false, err
	}
	defer engine.Close()
	session, err := f.open(ctx, engine, p)
	if err != nil {
		return false, err
	}
	defer session.Close()
	out := f.writer(c, file, p)
	var failed error
	stopped := session.Run(ctx, p.program, func(o analysis.Observation) {
		p.fromHere(&o)
		mistakes = mistakes || preview.IsMistake(o)
		failed = errors.Join(failed, out.Tell(o))
	})
	if ctx.Err() != nil {
		return mistakes, ctx.Err()
	}
	if failed = errors.Join(failed, out.End(stopped)); failed != nil {
		return mistakes, fmt.Errorf("write the report: %w", failed)
	}
	if stopped != nil {
		return mistakes, status(exitTrouble)
	}
	return mistakes, nil
}

// open opens the page: the one that is run, or one that runs the program.
func (f *runFlags) open(ctx context.Context, engine *preview.Engine, p runPlan) (*preview.Session, error) {
	if p.page != "" {
		return engine.Page(ctx, p.page)
	}
	return engine.Open(ctx, preview.Mode{Base: preview.Base(p.dist), Worker: p.where == pyodide.Worker, JSPI: !f.noJSPI, Silence: f.silence})
}

func (f *runFlags) writer(c *cobra.Command, file string, p runPlan) preview.Writer {
	out := c.OutOrStdout()
	if f.format == "json" {
		return preview.NewJSON(out, preview.About{
			File: filepath.ToSlash(file), Pyodide: p.dist.Version, Realm: p.where.Names()[0], Isolated: !f.noIsolation,
		})
	}
	return preview.NewText(out, colourful(out, f.colour))
}
