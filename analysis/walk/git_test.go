package walk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestIgnoreFiles(t *testing.T) {
	repository := tree{
		".git/info/exclude": "private.py",
		".gitignore":        "*.html\n!index.html\n/top.py",
		"top.py":            "", "page.html": "", "index.html": "", "private.py": "",
		"sub/.gitignore": "!page.html\ngen/", "sub/top.py": "", "sub/page.html": "", "sub/private.py": "",
		"sub/gen/a.py": "", "sub/deep/gen/b.py": "", "sub/deep/page.html": "", "sub/deep/other.html": "",
	}
	below := "sub/deep/page.html sub/page.html sub/top.py"
	runCases(t, []walkCase{
		{name: "rules of all folders and of the repository", tree: repository, want: "index.html " + below},
		{name: "rules above an argument hold below it", tree: repository, roots: "sub", want: below},
		{name: "also two folders above", tree: repository, roots: "sub/deep", want: "sub/deep/page.html"},
		{name: "rules can be left unread", tree: repository, roots: "sub/gen page.html sub", noIgnore: true,
			want: "page.html* sub/deep/gen/b.py sub/deep/other.html sub/deep/page.html sub/gen/a.py sub/page.html sub/private.py sub/top.py"},
		{name: "without a repository, rules hold from the argument down",
			tree: tree{".gitignore": "*.py", "sub/.gitignore": "a.py", "sub/a.py": "", "sub/b.py": ""}, roots: "sub", want: "sub/b.py"},
		{name: "a repository inside another starts afresh",
			tree: tree{".git/": "", ".gitignore": "a.py", "in/.git/info/exclude": "b.py", "in/a.py": "", "in/b.py": ""}, want: "in/a.py"},
		{name: "through a link, the rules of the place it leads to hold",
			tree: tree{"r/.git/": "", "r/.gitignore": "a.py", "r/sub/a.py": "", "r/sub/b.py": "", "l": "-> r/sub"}, roots: "l", want: "l/b.py"},
		{name: "a .gitignore that is a link or a folder is not read",
			tree: tree{"rules": "*.py", ".gitignore": "-> rules", "sub/.gitignore/": "", "a.py": "", "sub/b.py": ""}, want: "a.py sub/b.py"},
	})
}

// git runs without the settings of the user and the machine.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "XDG_CONFIG_HOME="+os.DevNull,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@b")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// sameAsGit compares what is found from a folder of a repository with what git lists there.
func sameAsGit(t *testing.T, dir string) {
	t.Helper()
	t.Chdir(dir)
	listed := strings.Split(git(t, ".", "ls-files", "-z", "--others", "--cached", "--exclude-standard"), "\x00")
	want := slices.DeleteFunc(listed, func(name string) bool { return filepath.Ext(name) != ".py" })
	slices.Sort(want)
	files, troubles := Files(t.Context(), []string{"."}, Options{Want: ending(".py")})
	if got := show(files); !slices.Equal(got, want) || troubles != nil {
		t.Errorf("in %s:\n got %q\nwant %q\ntroubles %v", dir, got, want, troubles)
	}
}

func TestSameAsGit(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "-q")
	tree{
		".git/info/exclude": "secret.py\n!/sub/kept.py\n",
		".gitignore": "\uFEFF# comment.py\n\n\\#hash.py\n\\!bang.py\nspaced.py   \nquoted\\ .py\\ \ncrlf.py\r\n" +
			"/anchored.py\n/only/*\n!/only/kept.py\nout/\n!out/lost.py\ndeep/**/leaf.py\n**/any/where.py\n" +
			"all/**\n!all/kept.py\n*/one/*.py\n[!a-y]ed.py\n[[:upper:]]up.py\nq?.py\n{x,y}.py\nfile.py/\n" +
			"a**z.py\nmid/b**/c.py\nbroken[.py\nend\\\n//never.py\nnever//twice.py\nno/**/\n",
		"comment.py": "", "#hash.py": "", "!bang.py": "", "spaced.py": "", "quoted .py ": "", "quoted .py": "", "crlf.py": "",
		"anchored.py": "", "sub/anchored.py": "", "only/a.py": "", "only/kept.py": "", "only/in/kept.py": "",
		"out/lost.py": "", "sub/out/a.py": "", "deep/leaf.py": "", "deep/a/leaf.py": "", "deep/a/b/leaf.py": "", "sub/deep/leaf.py": "",
		"any/where.py": "", "sub/a/any/where.py": "", "sub/any/any/where.py": "", "all/a.py": "", "all/kept.py": "", "all/in/kept.py": "",
		"x/one/a.py": "", "x/y/one/a.py": "", "one/a.py": "", "zed.py": "", "bed.py": "", "Aup.py": "", "aup.py": "",
		"qq.py": "", "qqq.py": "", "x.py": "", "y.py": "", "{x,y}.py": "", "file.py": "", "sub/file.py/a.py": "",
		"abcz.py": "", "mid/bb/c.py": "", "mid/b/b/c.py": "", "broken[.py": "", "never.py": "", "never/twice.py": "",
		"no/a.py": "", "no/in/a.py": "", "no/in/in/a.py": "", "secret.py": "", "sub/secret.py": "", "sub/kept.py": "",
		"sub/.gitignore": "*\n!*/\n!n?sted.py\n!/kept.py\n", "sub/nested.py": "", "sub/more/nested.py": "", "sub/more/other.py": "",
		"sub/more/.gitignore": "!other.py\nnested.py\n", "link.py": "-> comment.txt", "comment.txt": "",
	}.make(t, dir)
	sameAsGit(t, dir)
	sameAsGit(t, filepath.Join(dir, "sub"))
	sameAsGit(t, filepath.Join(dir, "sub", "more"))
	sameAsGit(t, filepath.Join(dir, "deep", "a"))
}

// The rules in .git/info/exclude hold in the worktrees of a repository too.
func TestSameAsGitInWorktree(t *testing.T) {
	dir := t.TempDir()
	git(t, dir, "init", "-q", "main")
	git(t, dir, "-C", "main", "commit", "-q", "--allow-empty", "-m", "first")
	git(t, dir, "-C", "main", "worktree", "add", "-q", "../other")
	tree{"main/.git/info/exclude": "secret.py", "other/secret.py": "", "other/sub/secret.py": "", "other/sub/a.py": ""}.make(t, dir)
	sameAsGit(t, filepath.Join(dir, "other"))
	sameAsGit(t, filepath.Join(dir, "other", "sub"))
}

// Random rules over a fixed tree; the seed is part of the failure's name.
func TestSameAsGitAtRandom(t *testing.T) {
	parts := []string{"a", "b", "*", "**", "?", "[ab]", "[!a]", "a*", "*b", "x.py", "*.py", "?.py", `\a`, "{a,b}", "[[:alpha:]]"}
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			rules := func() string {
				var b strings.Builder
				for range 1 + random.IntN(5) {
					b.WriteString([]string{"", "", "!", "/", "!/"}[random.IntN(5)])
					for i := range 1 + random.IntN(3) {
						if i > 0 {
							b.WriteByte('/')
						}
						b.WriteString(parts[random.IntN(len(parts))])
					}
					b.WriteString([]string{"", "", "", "/", "/**", " "}[random.IntN(6)] + "\n")
				}
				return b.String()
			}
			project := tree{".gitignore": rules(), "a/.gitignore": rules(), "a/b/.gitignore": rules()}
			for _, folder := range []string{"", "a/", "b/", "ab/", "a/a/", "a/b/", "b/a/", "a/b/a/", "a/b/b/", "b/b/a/b/"} {
				for _, name := range []string{"x.py", "a.py", "ab.py"} {
					project[folder+name] = ""
				}
			}
			dir := t.TempDir()
			git(t, dir, "init", "-q")
			project.make(t, dir)
			sameAsGit(t, dir)
			if exec.Command("git", "-C", dir, "check-ignore", "-q", "a/b").Run() != nil { // what is named is walked even if ignored
				sameAsGit(t, filepath.Join(dir, "a", "b"))
			}
			if t.Failed() {
				t.Logf(".gitignore: %q\na/.gitignore: %q\na/b/.gitignore: %q", project[".gitignore"], project["a/.gitignore"], project["a/b/.gitignore"])
			}
		})
	}
}
