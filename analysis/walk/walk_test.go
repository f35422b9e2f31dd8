package walk

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree is what a test's folder holds: text by path. A path that ends in a slash is an empty folder, and a
// text that begins with "-> " is the target of a link.
type tree map[string]string

func (t tree) make(tb testing.TB, dir string) {
	tb.Helper()
	for name, text := range t {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			switch target, link := strings.CutPrefix(text, "-> "); {
			case strings.HasSuffix(name, "/"):
				err = os.MkdirAll(path, 0o755)
			case link:
				err = os.Symlink(filepath.FromSlash(target), path)
			default:
				err = os.WriteFile(path, []byte(text), 0o644)
			}
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// show writes files as the tests below expect them: by path, with a star for the arguments.
func show(files []File) []string {
	shown := []string{}
	for _, f := range files {
		name := filepath.ToSlash(f.Path)
		if f.Named {
			name += "*"
		}
		shown = append(shown, name)
	}
	return shown
}

func showTroubles(troubles []Trouble) []string {
	shown := []string{}
	for _, t := range troubles {
		shown = append(shown, filepath.ToSlash(t.Path)+": "+t.Err.Error())
	}
	return shown
}

type walkCase struct {
	name     string
	tree     tree
	roots    string // separated by spaces; "." if empty
	noIgnore bool
	want     string // separated by spaces
	troubles string // separated by semicolons
}

func runCases(t *testing.T, cases []walkCase) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			c.tree.make(t, ".")
			roots := strings.Fields(c.roots)
			if c.roots == "" {
				roots = []string{"."}
			}
			files, troubles := Files(t.Context(), roots, Options{Want: ending(".py", ".html"), NoIgnore: c.noIgnore})
			if got := strings.Join(show(files), " "); got != c.want {
				t.Errorf("files:\n got %s\nwant %s", got, c.want)
			}
			if got := strings.Join(showTroubles(troubles), "; "); got != c.troubles {
				t.Errorf("troubles:\n got %s\nwant %s", got, c.troubles)
			}
		})
	}
}

// ending wants files by the ends of their names.
func ending(extensions ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(extensions, filepath.Ext(name)) }
}

func TestArguments(t *testing.T) {
	const missing = "no such file or directory"
	project := tree{"a.py": "", "b.txt": "", "sub/c.html": "", "sub/deep/d.py": "", "sub/e.js": ""}
	runCases(t, []walkCase{
		{name: "a folder is walked for its extensions, sorted", tree: project, want: "a.py sub/c.html sub/deep/d.py"},
		{name: "paths begin with the argument", tree: project, roots: "sub", want: "sub/c.html sub/deep/d.py"},
		{name: "paths are clean", tree: project, roots: "./sub/deep// ./a.py", want: "a.py* sub/deep/d.py"},
		{name: "a named file needs no extension", tree: project, roots: "b.txt", want: "b.txt*"},
		{name: "overlapping arguments find a file once", tree: project, roots: ". sub sub/c.html ./sub/../a.py",
			want: "a.py* sub/c.html* sub/deep/d.py"},
		{name: "a missing argument is trouble, once, and the others go on", tree: project, roots: "nowhere.py a.py nowhere.py",
			want: "a.py*", troubles: "nowhere.py: " + missing},
		{name: "a folder may be called like a file", tree: tree{"x.py/y.py": ""}, want: "x.py/y.py"},
		{name: "no arguments, no files", tree: project, roots: " ", want: ""},
		{name: "a named file may be ignored", tree: tree{".gitignore": "*.py", "a.py": "", "b.py": ""}, roots: ". a.py", want: "a.py*"},
		{name: "a named folder may be ignored",
			tree: tree{".git/": "", ".gitignore": "gen/\nx.py", "gen/a.py": "", "gen/x.py": ""}, roots: "gen", want: "gen/a.py"},
	})
}

func TestFoldersOfToolsAreLeftOut(t *testing.T) {
	names := strings.Fields(`.git .hg .svn .venv venv .tox .nox .eggs __pycache__ __pypackages__ .mypy_cache
		.ruff_cache .pytest_cache .ipynb_checkpoints node_modules site-packages`)
	for _, name := range names {
		inside := tree{name + "/a.py": "", "sub/" + name + "/b.py": "", "c.py": ""}
		runCases(t, []walkCase{
			{name: name, tree: inside, noIgnore: true, want: "c.py"},
			{name: name + " named", tree: inside, roots: name, want: name + "/a.py"},
			{name: name + "/a.py named", tree: inside, roots: name + "/a.py", want: name + "/a.py*"},
		})
	}
	runCases(t, []walkCase{{name: "a file is no folder", tree: tree{"venv.py": "", ".hidden.py": "", ".github/x.py": ""},
		want: ".github/x.py .hidden.py venv.py"}})
}

func TestLinks(t *testing.T) {
	const missing = "no such file or directory"
	runCases(t, []walkCase{
		{name: "a link to a file is followed", tree: tree{"a.txt": "", "b.py": "-> a.txt"}, want: "b.py"},
		{name: "a file is found as itself before a link to it",
			tree: tree{"a.py": "-> m.py", "m.py": "", "z.py": "-> a.py"}, want: "m.py"},
		{name: "a named link names its file", tree: tree{"a.py": "-> m.py", "m.py": ""}, roots: ". a.py", want: "m.py*"},
		{name: "a named link alone", tree: tree{"a": "-> m.py", "m.py": ""}, roots: "a", want: "a*"},
		{name: "a link to a folder is not followed", tree: tree{"d/a.py": "", "e.py": "-> d", "d/up": "-> .."}, want: "d/a.py"},
		{name: "a named link to a folder is followed", tree: tree{"d/a.py": "", "e": "-> d"}, roots: "e", want: "e/a.py"},
		{name: "a folder before a named link to it", tree: tree{"d/a.py": "", "b": "-> d"}, roots: "b d", want: "d/a.py"},
		{name: "a dangling link is trouble if it is wanted", tree: tree{"a.py": "-> gone", "b.txt": "-> gone"},
			troubles: "a.py: " + missing},
		{name: "a dangling argument", tree: tree{"a": "-> gone"}, roots: "a", troubles: "a: " + missing},
		{name: "links in a circle", tree: tree{"a.py": "-> b.py", "b.py": "-> a.py", "c.py": ""}, want: "c.py",
			troubles: "a.py: too many levels of symbolic links; b.py: too many levels of symbolic links"},
		{name: "an ignored link is not looked at", tree: tree{".gitignore": "a.py", "a.py": "-> gone"}},
	})
}

// Two names of one file may lie in folders with different settings.
func TestHardLinksAreFilesOfTheirOwn(t *testing.T) {
	t.Chdir(t.TempDir())
	tree{"a.py": "", "sub/": ""}.make(t, ".")
	if err := os.Link("a.py", "sub/b.py"); err != nil {
		t.Fatal(err)
	}
	files, _ := Files(t.Context(), []string{"."}, Options{Want: ending(".py")})
	if got, want := show(files), []string{"a.py", "sub/b.py"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSizeIsThatOfTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	tree{"a.py": "pass\n", "b.txt": "four", "c.py": "-> b.txt"}.make(t, ".")
	files, _ := Files(t.Context(), []string{".", "b.txt"}, Options{Want: ending(".py")})
	want := []File{{"a.py", false, 5}, {"b.txt", true, 4}}
	if !slices.Equal(files, want) {
		t.Errorf("got %v, want %v", files, want)
	}
}

func TestSkip(t *testing.T) {
	t.Chdir(t.TempDir())
	tree{"a.py": "", "a.txt": "", "sub/b.py": "", "sub/c.py": "", "gen/d.py": "", ".gitignore": "i.py", "i.py": ""}.make(t, ".")
	var asked []string
	skip := func(path string, dir bool) bool {
		asked = append(asked, fmt.Sprint(filepath.ToSlash(path), dir))
		return path == "gen" || path == filepath.Join("sub", "b.py")
	}
	files, _ := Files(t.Context(), []string{".", "gen/d.py"}, Options{Want: ending(".py"), Skip: skip})
	if got, want := show(files), []string{"a.py", "gen/d.py*", "sub/c.py"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	// Not about arguments, what is ignored, what has another extension, or what lies in a skipped folder.
	if want := []string{"a.pyfalse", "gentrue", "subtrue", "sub/b.pyfalse", "sub/c.pyfalse"}; !slices.Equal(asked, want) {
		t.Errorf("asked about %q, want %q", asked, want)
	}
}

// Permissions do not stop root, so the folder that cannot be read is one that vanishes on the way.
func TestFolderThatCannotBeReadIsTrouble(t *testing.T) {
	t.Chdir(t.TempDir())
	tree{"a.py": "", "gone/b.py": "", "z/c.py": ""}.make(t, ".")
	remove := func(path string, _ bool) bool {
		if path == "gone" {
			if err := os.RemoveAll(path); err != nil {
				t.Error(err)
			}
		}
		return false
	}
	files, troubles := Files(t.Context(), []string{"."}, Options{Want: ending(".py"), Skip: remove})
	if got, want := show(files), []string{"a.py", "z/c.py"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if len(troubles) != 1 || troubles[0].Path != "gone" || !errors.Is(troubles[0].Err, fs.ErrNotExist) {
		t.Errorf("troubles %v, want that of gone", troubles)
	}
}

func TestCancelledWalkReturnsWhatItHas(t *testing.T) {
	t.Chdir(t.TempDir())
	tree{"a.py": "", "b/c.py": "", "d/e.py": ""}.make(t, ".")
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(path string, _ bool) bool {
		if path == "d" {
			cancel()
		}
		return false
	}
	files, troubles := Files(ctx, []string{".", "nowhere"}, Options{Want: ending(".py"), Skip: stop})
	if got, want := show(files), []string{"a.py", "b/c.py"}; !slices.Equal(got, want) || troubles != nil {
		t.Errorf("got %q and %v, want %q", got, troubles, want)
	}
}

func BenchmarkFiles(b *testing.B) {
	dir := b.TempDir()
	t := tree{".git/": "", ".gitignore": "*.log\n*.tmp\n/dist/\nbuild/\n.env\n*.egg-info/\ncoverage.xml\ndocs/_build/\n**/gen/**\n"}
	for i := range 250 {
		for j := range 20 {
			t[fmt.Sprintf("p%d/q%d/m%d.py", i%10, i, j)] = ""
		}
	}
	t.make(b, dir)
	for b.Loop() {
		if files, _ := Files(b.Context(), []string{dir}, Options{Want: ending(".py")}); len(files) != 5000 {
			b.Fatalf("%d files", len(files))
		}
	}
}
