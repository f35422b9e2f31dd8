package dist

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pyodide-ls/analysis/pyodide"
)

// place is what a machine has, for a test of where Pyodide is taken from.
type place struct {
	dir, modules string // versions of what was named and of what the project has installed; empty for none
	cached       bool
	npm, network bool
}

// find looks for a Pyodide in a place; the pinned one is always a small 0.29.5.
func (p place) find(t *testing.T, o Options) (Dist, error) {
	t.Helper()
	root := t.TempDir()
	o.Cache, o.Project = filepath.Join(root, "cache"), filepath.Join(root, "project", "src")
	write(t, o.Project, map[string]string{"index.html": ""})
	if p.dir != "" {
		o.Dir = write(t, filepath.Join(root, "runtime"), small(p.dir))
	}
	if p.modules != "" {
		write(t, filepath.Join(root, "project", "node_modules", "pyodide"), small(p.modules))
	}
	tgz := tarball(t, small("0.29.5"))
	r := releaseOf(tgz)
	if p.cached {
		if _, _, err := (cache{o.Cache, tools{pack: packing(tgz)}}).fetch(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	have := unplugged()
	if p.npm {
		have.pack = packing(tgz)
	}
	if p.network {
		have.answers = func(context.Context, string) error { return nil }
	}
	d, err := (&finder{Options: o, tools: have, pinned: func(pyodide.Version) Release { return r }}).find(t.Context())
	d.Why = strings.ReplaceAll(d.Why, root+string(filepath.Separator), "")
	if d.Dir != "" {
		if _, err := os.Stat(filepath.Join(d.Dir, "pyodide.mjs")); err != nil || !filepath.IsAbs(d.Dir) {
			t.Errorf("%s: %v", d.Dir, err)
		}
	}
	return d, err
}

func TestOrder(t *testing.T) {
	all := place{dir: "0.27.7", modules: "0.29.1", cached: true, npm: true, network: true}
	without := func(change func(*place)) place {
		p := all
		p.dir = ""
		change(&p)
		return p
	}
	loads := Options{Target: pyodide.Only(pyodide.V029), Because: "index.html:10 loads Pyodide 0.29.5"}
	for _, test := range []struct {
		name    string
		place   place
		options Options
		source  Source
		version string
		why     string
	}{
		{"a folder that is named goes before all", all, Options{}, Given, "0.27.7", "Pyodide 0.27.7 from runtime"},
		{"even one of another line", all, loads, Given, "0.27.7",
			"Pyodide 0.27.7 from runtime (although index.html:10 loads Pyodide 0.29.5)"},
		{"and it says so where nothing tells why", all, Options{Target: pyodide.Only(pyodide.V028, pyodide.V029)}, Given, "0.27.7",
			"Pyodide 0.27.7 from runtime (although the project is for Pyodide 0.28 and 0.29)"},
		{"then what the project has", without(func(*place) {}), loads, Project, "0.29.1",
			"Pyodide 0.29.1 from ../node_modules/pyodide (index.html:10 loads Pyodide 0.29.5)"},
		{"whatever that is, if nothing says otherwise", without(func(p *place) { p.modules = "0.26.4" }), Options{}, Project, "0.26.4",
			"Pyodide 0.26.4 from ../node_modules/pyodide"},
		{"but not of another line", without(func(p *place) { p.modules = "0.26.4" }), loads, Cached, "0.29.5",
			"Pyodide 0.29.5 from the cache (index.html:10 loads Pyodide 0.29.5; ../node_modules/pyodide is 0.26.4)"},
		{"then the cache", without(func(p *place) { p.modules = "" }), loads, Cached, "0.29.5",
			"Pyodide 0.29.5 from the cache (index.html:10 loads Pyodide 0.29.5)"},
		{"without a reason", without(func(p *place) { p.modules = "" }), Options{}, Cached, "0.29.5",
			"Pyodide 0.29.5 from the cache (the newest, as nothing says which)"},
		{"also where the network is not to be used", without(func(p *place) { p.modules = "" }), Options{Offline: true, Target: loads.Target}, Cached, "0.29.5",
			"Pyodide 0.29.5 from the cache"},
		{"then npm", without(func(p *place) { p.modules, p.cached = "", false }), loads, Fetched, "0.29.5",
			"Pyodide 0.29.5 fetched into the cache (index.html:10 loads Pyodide 0.29.5)"},
		{"then the content network", place{network: true}, loads, Network, "0.29.5",
			"Pyodide 0.29.5 from the content network (index.html:10 loads Pyodide 0.29.5; fetch pyodide 0.29.5: npm is not on PATH)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := test.place.find(t, test.options)
			if err != nil {
				t.Fatal(err)
			}
			if d.Source != test.source || d.Version != test.version || d.Why != test.why {
				t.Errorf("%s: %s: %s\nwant %s: %s: %s", d.Source, d.Version, d.Why, test.source, test.version, test.why)
			}
			if line, _ := pyodide.OfRelease(test.version); pyodide.Only(d.Line) != line {
				t.Errorf("%s is of the line %s", d.Version, d.Line)
			}
			if (d.Dir == "") != (d.Source == Network) || (d.Address == "") != (d.Source != Network) {
				t.Errorf("it is in %q and at %q", d.Dir, d.Address)
			}
			if d.Source == Network && d.Address != "https://cdn.jsdelivr.net/pyodide/v0.29.5/full/" {
				t.Errorf("its address is %s", d.Address)
			}
		})
	}
}

func TestNoneAtAll(t *testing.T) {
	ways := `pass --runtime DIR, or run "pyodide-ls runtime install" where there is a network`
	for _, test := range []struct {
		name    string
		place   place
		options Options
		want    string
	}{
		{"nothing reaches out", place{}, Options{},
			"no Pyodide 0.29.5 here, and none can be fetched (fetch pyodide 0.29.5: npm is not on PATH; the content network is silent): " + ways},
		{"nothing may", place{npm: true, network: true}, Options{Offline: true},
			"no Pyodide 0.29.5 here, and none can be fetched (it is not in the cache, and the network is not to be used): " + ways},
		{"nothing may, and the project has another", place{modules: "0.28.3", npm: true}, Options{Offline: true, Target: pyodide.Only(pyodide.V029)},
			"no Pyodide 0.29.5 here, and none can be fetched (../node_modules/pyodide is 0.28.3; it is not in the cache, and the network is not to be used): " + ways},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d, err := test.place.find(t, test.options); err == nil || err.Error() != test.want {
				t.Errorf("%v, %v\nwant %s", d, err, test.want)
			}
		})
	}
}

// The newest line that the project is for is the one that is looked for.
func TestTargetChooses(t *testing.T) {
	for target, want := range map[pyodide.Versions]string{
		0:                                        "314.0.7",
		pyodide.AllVersions:                      "314.0.7",
		pyodide.Before(pyodide.V314):             "0.29.5",
		pyodide.Only(pyodide.V026):               "0.26.4",
		pyodide.Only(pyodide.V027, pyodide.V026): "0.27.7",
		pyodide.Only(pyodide.V028):               "0.28.3",
	} {
		have := unplugged()
		have.answers = func(_ context.Context, address string) error {
			if !strings.HasSuffix(address, "/v"+want+"/full/pyodide-lock.json") {
				t.Errorf("for %s it asks for %s", target, address)
			}
			return nil
		}
		o := Options{Target: target, Cache: t.TempDir()}
		d, err := (&finder{Options: o, tools: have, pinned: Pyodide}).find(t.Context())
		if err != nil || d.Version != want {
			t.Errorf("for %s it finds %q, %v; want %s", target, d.Version, err, want)
		}
	}
}

func TestModulesAbove(t *testing.T) {
	root := t.TempDir()
	at := func(path string) string { return filepath.Join(root, filepath.FromSlash(path)) }
	write(t, root, map[string]string{
		"node_modules/pyodide/a": "", "app/src/deep/a": "", "app/node_modules/pyodide/a": "", "app/node_modules/other/a": "",
		"repository/.git/HEAD": "", "repository/src/a": "",
	})
	for from, want := range map[string]string{
		"app/src/deep": "app/node_modules/pyodide", "app": "app/node_modules/pyodide", "repository/src": "", "": "node_modules/pyodide",
	} {
		if want != "" {
			want = at(want)
		}
		if got := installedAbove(at(from)); got != want {
			t.Errorf("from %q: %q instead of %q", from, got, want)
		}
	}
	if got := installedAbove(""); got != "" {
		t.Errorf("without a project: %q", got)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f := &finder{Options: Options{Cache: t.TempDir()}, tools: unplugged(), pinned: Pyodide}
	if _, err := f.find(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("what is interrupted says %v", err)
	}
}

// What npm brought and was not to be used is an error, and no reason to load the same from elsewhere.
func TestTamperedIsTold(t *testing.T) {
	have := unplugged()
	have.pack = packing([]byte("something else"))
	have.answers = func(context.Context, string) error { return nil }
	r := releaseOf(tarball(t, small("0.29.5")))
	f := &finder{Options: Options{Cache: t.TempDir()}, tools: have, pinned: func(pyodide.Version) Release { return r }}
	var wrong *mismatch
	if d, err := f.find(t.Context()); !errors.As(err, &wrong) {
		t.Errorf("it finds %v, %v", d, err)
	}
}
