package main

import (
	"bytes"
	"encoding/json"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/rules"
)

// rulesCopy is a temporary folder with a copy of rules/rules.go.
func rulesCopy(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	write(t, filepath.Join(dir, "rules.go"), read(t, "../../rules/rules.go"))
	return dir
}

func gofmted(t *testing.T, name string) string {
	t.Helper()
	text := read(t, name)
	if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
		t.Errorf("it is no Go: %v", err)
	}
	if tidy, err := format.Source([]byte(text)); err != nil || !bytes.Equal(tidy, []byte(text)) {
		t.Errorf("%s is not as gofmt writes it (%v):\n%s", name, err, text)
	}
	return text
}

func TestNewRule(t *testing.T) {
	dir := rulesCopy(t)
	made, err := writeRule(dir, "lost-promise", ruleNames())
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "lostpromise"); made != want {
		t.Errorf("wrote %s, want %s", made, want)
	}
	code := gofmted(t, filepath.Join(made, "lostpromise.go"))
	for _, want := range []string{"package lostpromise\n", "//go:embed lost-promise.md\n", `Name: "lost-promise"`} {
		if !strings.Contains(code, want) {
			t.Errorf("the code lacks %q:\n%s", want, code)
		}
	}
	page := analysis.ParsePage(read(t, filepath.Join(made, "lost-promise.md")))
	roles := map[string]bool{}
	for _, fence := range page.Fences {
		roles[fence.Role] = true
	}
	if page.Title == "" || !roles["bad"] || !roles["instead"] || !roles["good"] {
		t.Errorf("the page has the title %q and examples %v", page.Title, roles)
	}
	list := gofmted(t, filepath.Join(dir, "rules.go"))
	for _, want := range []string{`"pyodide-ls/rules/lostpromise"`, "\tbarecallback.Rule,\n\tbigint.Rule,\n", "\tlostpromise.Rule,\n"} {
		if strings.Count(list, want) != 1 {
			t.Errorf("the list lacks %q:\n%s", want, list)
		}
	}
	if strings.Count(list, ".Rule,") != len(rules.All)+1 {
		t.Errorf("the list is not the old one and the new rule:\n%s", list)
	}
}

// What is written can be built as it is, in its place.
func TestNewRuleBuilds(t *testing.T) {
	dir := rulesCopy(t)
	made, err := writeRule(dir, "lost-promise", ruleNames())
	if err != nil {
		t.Fatal(err)
	}
	top, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	overlay := map[string]map[string]string{"Replace": {}}
	for _, name := range []string{"lostpromise.go", "lost-promise.md"} {
		overlay["Replace"][filepath.Join(top, "rules", "lostpromise", name)] = filepath.Join(made, name)
	}
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), string(text))
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "./rules/lostpromise")
	build.Dir = top
	if out, err := build.CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}

// The list that newrule writes is the one that stands there.
func TestRuleListIsReproduced(t *testing.T) {
	list, err := ruleList(ruleNames())
	if err != nil {
		t.Fatal(err)
	}
	if want := read(t, "../../rules/rules.go"); string(list) != want {
		t.Errorf("rules/rules.go is not as newrule writes it, which is\n%s", list)
	}
}

func TestNewRuleRefuses(t *testing.T) {
	for name, why := range map[string]string{
		"": "is no rule name", "LostPromise": "is no rule name", "lost_promise": "is no rule name", "lost--promise": "is no rule name",
		"-lost": "is no rule name", "lost-": "is no rule name", "../lost": "is no rule name", "lost promise": "is no rule name",
		"bare-callback": "there is a rule bare-callback already", "bareca-llback": "exist",
		"func": "is no rule name", "go-to": "is no rule name", "analysis": "is no rule name", "main": "is no rule name",
	} {
		t.Run(strconv.Quote(name), func(t *testing.T) {
			dir := rulesCopy(t)
			if err := os.Mkdir(filepath.Join(dir, "barecallback"), 0o777); err != nil {
				t.Fatal(err)
			}
			_, err := writeRule(dir, name, ruleNames())
			if err == nil || !strings.Contains(err.Error(), why) {
				t.Errorf("error %v, want one that says %q", err, why)
			}
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 2 {
				t.Errorf("it leaves %v behind (%v)", entries, err)
			}
			if read(t, filepath.Join(dir, "rules.go")) != read(t, "../../rules/rules.go") {
				t.Errorf("the list is another")
			}
		})
	}
}

func TestNewRuleElsewhere(t *testing.T) {
	t.Chdir(t.TempDir())
	program(t, "", "newrule", "lost-promise").wants(t, exitUsage, "", "run it in the repository's top folder")
	program(t, "", "newrule").wants(t, exitUsage, "", "accepts 1 arg")
}

func TestExplain(t *testing.T) {
	for _, name := range ruleNames() {
		got := program(t, "", "explain", name)
		got.wants(t, exitClean, name+": ", "")
		got.wants(t, exitClean, " bad", "")
		got.wants(t, exitClean, "\n    pyodide-ls preview ", "")
		if strings.Contains(got.out, "](.") {
			t.Errorf("a link leads nowhere from here:\n%s", got.out)
		}
		if strings.Contains(got.out, "```proof") || strings.HasSuffix(got.out, "\n\n") {
			t.Errorf("the page ends in what is for developers only:\n%s", got.out)
		}
	}
	program(t, "", "explain", "blok-main").wants(t, exitUsage, "", `there is no rule "blok-main"; did you mean block-main?`)
	program(t, "", "explain").wants(t, exitUsage, "", "accepts 1 arg")
}

func TestRules(t *testing.T) {
	got := program(t, "", "rules")
	got.wants(t, exitClean, "block-main", "")
	if lines := strings.Split(strings.TrimSpace(got.out), "\n"); len(lines) != len(rules.All) {
		t.Errorf("%d lines for %d rules:\n%s", len(lines), len(rules.All), got.out)
	}
	for _, r := range rules.All {
		if !strings.Contains(got.out, r.Name) {
			t.Errorf("%s is not listed", r.Name)
		}
	}
	index := program(t, "", "rules", "--markdown")
	index.wants(t, exitClean, "](", "")
	if want := read(t, "../../rules/README.md"); index.out != want {
		t.Errorf("rules/README.md is not what rules --markdown prints; run make generate")
	}
}

func TestVersion(t *testing.T) {
	got := program(t, "", "version")
	got.wants(t, exitClean, "pyodide-ls ", "")
	if name, v, _ := strings.Cut(strings.TrimSpace(got.out), " "); name != "pyodide-ls" || v != version() || strings.Contains(v, " ") {
		t.Errorf("it prints %q", got.out)
	}
}
