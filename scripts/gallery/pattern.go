package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/gallery"
	"pyodide-ls/preview"
	"pyodide-ls/preview/dist"
	"pyodide-ls/preview/scenario"
)

// pattern is a folder of the gallery.
type pattern struct {
	name, readme string
	files        fs.FS
	scenario     scenario.Scenario

	building sync.Once // of what is served, for all versions
	made     string    // the folder in which it was built, if it was
	site     fs.FS     // what is served
	failed   error     // why nothing can be
}

// patterns are those of some names, such as "worker-pool" and "reactive-*", all if there are none. It fails for a name that
// none has, and for one whose expect.json cannot be read.
func patterns(names []string) (some []*pattern, err error) {
	for _, known := range gallery.All() {
		if len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return means(name, known.Name) }) {
			continue
		}
		p, err := open(known.Name)
		if err != nil {
			return nil, err
		}
		some = append(some, p)
	}
	for _, name := range names {
		if slices.ContainsFunc(some, func(p *pattern) bool { return means(name, p.name) }) {
			continue
		}
		if _, err := gallery.Folder(name); err != nil {
			return nil, err
		}
	}
	return some, nil
}

// means says whether a name that somebody gave is that of a pattern.
func means(given, name string) bool {
	ok, err := path.Match(given, name)
	return ok && err == nil
}

func open(name string) (p *pattern, err error) {
	p = &pattern{name: name}
	if p.files, err = gallery.Folder(name); err != nil {
		return nil, err
	}
	readme, err := fs.ReadFile(p.files, "README.md")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p.readme = string(readme)
	data, err := fs.ReadFile(p.files, "expect.json")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if p.scenario, err = scenario.Read(data); err != nil {
		return nil, fmt.Errorf("%s/expect.json: %w", name, err)
	}
	return p, nil
}

// served is the files that the pattern's page stands in. They are built once, if they are to be.
func (p *pattern) served(ctx context.Context) (fs.FS, error) {
	p.building.Do(func() { p.site, p.failed = p.build(ctx) })
	return p.site, p.failed
}

func (p *pattern) build(ctx context.Context) (files fs.FS, err error) {
	b := p.scenario.Build
	if b == nil {
		return p.files, nil
	}
	newest := p.scenario.On().Newest().Each()
	if p.made, err = os.MkdirTemp("", "pyodide-ls-built-"); err != nil {
		return nil, err
	}
	tools, variables, err := p.workshop(ctx, p.made, newest[0])
	if err != nil {
		return nil, err
	}
	if err := b.Do(ctx, p.made, tools, variables...); err != nil {
		return nil, fmt.Errorf("build: %w", err)
	}
	return os.DirFS(filepath.Join(p.made, filepath.FromSlash(b.Serve))), nil
}

// workshop copies the pattern into a folder, and gives the tools and the variables of the commands that are run there.
func (p *pattern) workshop(ctx context.Context, dir string, v pyodide.Version) (tools string, variables []string, err error) {
	if err := os.CopyFS(dir, p.files); err != nil {
		return "", nil, err
	}
	if tools, err = python(ctx, p.files); err != nil {
		return "", nil, err
	}
	runtime, _, err := dist.Fetch(ctx, "", dist.Pyodide(v))
	if err != nil {
		return "", nil, err
	}
	browser, err := preview.FindBrowser()
	if err != nil {
		return "", nil, err
	}
	return tools, []string{"PYODIDE_DIR=" + runtime, "CHROMIUM_PATH=" + browser}, nil
}

// path is where a file of the pattern stands in the repository.
func (p *pattern) path(file string) string { return filepath.Join("gallery", p.name, file) }

// write writes what was measured into the README of the pattern, and its picture.
func (p *pattern) write(shows []*shown) error {
	measured := map[pyodide.Version][]scenario.Measure{}
	for _, s := range shows {
		measured[s.version] = s.measures
		if s.newest && s.picture != nil {
			if err := os.WriteFile(p.path("picture.png"), s.picture, 0o666); err != nil {
				return err
			}
		}
	}
	text, err := scenario.Measured(p.readme, measured)
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	return os.WriteFile(p.path("README.md"), []byte(text), 0o666)
}

// stale says what of the README is not what was measured. The numbers are those of a machine, and none of it.
func (p *pattern) stale(shows []*shown) string {
	var names []string
	for _, s := range shows {
		for _, m := range s.measures {
			if !slices.Contains(names, m.Title()) {
				names = append(names, m.Title())
			}
		}
	}
	if rows := scenario.Rows(p.readme); len(shows) > 0 && !slices.Equal(rows, names) {
		return fmt.Sprintf("the table of its README has %q, and measured was %q", rows, names)
	}
	return ""
}

// stage is what patterns are played on.
type stage struct {
	site     preview.Site
	releases map[pyodide.Version]string
}

// shown is a pattern on a version, and what came of it.
type shown struct {
	*pattern
	version  pyodide.Version
	newest   bool     // of those on which it is played
	problems []string // of the last try
	failed   []string // what was not as it is to be, of all tries
	measures []scenario.Measure
	picture  []byte
	observed []analysis.Observation
	tries    int
	took     time.Duration
}

// play plays the pattern and runs its commands. It says whether all is as the pattern says.
func (s *shown) play(ctx context.Context, on stage) bool {
	s.problems = nil
	if s.scenario.Page != "" {
		if err := s.show(ctx, on); err != nil {
			s.problems = append(s.problems, err.Error())
		}
	}
	if err := s.commands(ctx); err != nil {
		s.problems = append(s.problems, err.Error())
	}
	s.failed = append(s.failed, s.problems...)
	return len(s.problems) == 0
}

// show plays the pattern's page.
func (s *shown) show(ctx context.Context, on stage) error {
	files, err := s.served(ctx)
	if err != nil {
		return err
	}
	r, err := scenario.Play(ctx, scenario.Stage{Folder: files, Site: on.site, Version: on.releases[s.version]}, s.scenario)
	s.problems, s.measures, s.picture, s.observed = r.Problems, r.Measures, r.Picture, r.Observed
	return err
}

// commands runs those of the pattern that are to be run on the version.
func (s *shown) commands(ctx context.Context) error {
	some := slices.DeleteFunc(slices.Clone(s.scenario.Commands), func(c scenario.Command) bool { return !c.Each && !s.newest })
	if len(some) == 0 {
		return nil
	}
	dir, err := os.MkdirTemp("", "pyodide-ls-pattern-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	tools, variables, err := s.workshop(ctx, dir, s.version)
	if err != nil {
		return err
	}
	for _, c := range some {
		problem, err := c.Do(ctx, dir, tools, variables...)
		if err != nil {
			return err
		}
		if problem != "" {
			return errors.New(problem)
		}
	}
	return nil
}

// pythons is held by whoever makes one.
var pythons sync.Mutex

// python is a folder with a Python that has what the requirements.txt of a pattern names; it is made once. It is none for
// a pattern that names nothing.
func python(ctx context.Context, files fs.FS) (dir string, err error) {
	requirements, err := fs.ReadFile(files, "requirements.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	cache, err := dist.CacheDir()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(cache, fmt.Sprintf("python-%x", sha256.Sum256(requirements))[:23])
	pythons.Lock()
	defer pythons.Unlock()
	if _, err := os.Stat(filepath.Join(dir, "done")); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", err
	}
	list := filepath.Join(dir, "requirements.txt")
	if err := os.WriteFile(list, requirements, 0o666); err != nil {
		return "", err
	}
	for _, words := range [][]string{
		{"python3", "-m", "venv", dir},
		{filepath.Join(dir, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", list},
	} {
		if out, err := exec.CommandContext(ctx, words[0], words[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%v: %w\n%s", words, err, out)
		}
	}
	return dir, os.WriteFile(filepath.Join(dir, "done"), nil, 0o666)
}
