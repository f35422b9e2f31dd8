package rules_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
	"pyodide-ls/preview/proof"
	"pyodide-ls/rules"
)

// check runs every rule over an example.
func check(t *testing.T, fence analysis.Fence, code string) []analysis.Finding {
	t.Helper()
	setting, view, err := fence.In()
	if err != nil {
		t.Fatal(err)
	}
	f, err := analysis.Open(source.New(fence.File, code), setting)
	if err != nil {
		t.Fatal(err)
	}
	return analysis.Check(t.Context(), f, view, rules.All, analysis.Options{})
}

// Every example of every page is held to what the page says of it.
func TestPages(t *testing.T) {
	for _, rule := range rules.All {
		t.Run(rule.Name, func(t *testing.T) {
			page := analysis.ParsePage(rule.Doc)
			var bad *analysis.Fence
			for i := range page.Fences {
				fence := &page.Fences[i]
				findings := check(t, *fence, fence.Code)
				switch fence.Role {
				case "bad":
					bad = fence
					wants(t, rule, *fence, findings)
				case "fixed":
					fixed(t, *bad, *fence)
					applicability(t, *bad, *fence)
					silent(t, *fence, findings)
				case "instead", "good":
					silent(t, *fence, findings)
				default:
					t.Errorf("an example is %q, which is no role", fence.Role)
				}
			}
		})
	}
}

func wants(t *testing.T, rule *analysis.Rule, fence analysis.Fence, findings []analysis.Finding) {
	t.Helper()
	text := source.New("", fence.Code)
	left := slices.Clone(fence.Wants)
	own := false
	for _, f := range findings {
		own = own || f.Rule == rule
		line := text.LineOf(f.Span.Start)
		i := slices.IndexFunc(left, func(w analysis.Want) bool {
			return w.Line == line && strings.Contains(f.Message, w.Message) && (w.Severity == "" || w.Severity == f.Severity.String())
		})
		if i < 0 {
			t.Errorf("line %d: unwanted %s[%s]: %s", line+1, f.Severity, f.Rule.Name, f.Message)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, w := range left {
		t.Errorf("line %d: nothing says %q", w.Line+1, w.Message)
	}
	if !own {
		t.Errorf("the rule itself says nothing of its bad example")
	}
}

// fixed applies the first fix of each finding, and again until nothing changes.
func fixed(t *testing.T, bad, fence analysis.Fence) {
	t.Helper()
	code := bad.Code
	for range 5 {
		next, n := analysis.Fixed(code, check(t, bad, code), analysis.Shown)
		if n == 0 {
			break
		}
		code = next
	}
	if code != fence.Code {
		t.Errorf("the fixes give\n%s\nand the page says\n%s", code, fence.Code)
	}
}

// applicability holds the first fixes to what the page says of them: "fix=safe" of all, "fix=unsafe" of none.
func applicability(t *testing.T, bad, fence analysis.Fence) {
	t.Helper()
	for _, f := range check(t, bad, bad.Code) {
		if says := fence.Set["fix"]; says != "" && says != f.Fixes[0].Applicability.String() {
			t.Errorf("%q is %s, and the page says %s", f.Fixes[0].Title, f.Fixes[0].Applicability, says)
		}
	}
}

func silent(t *testing.T, fence analysis.Fence, findings []analysis.Finding) {
	t.Helper()
	for _, f := range findings {
		t.Errorf("the %s example has %s (%s): %s in %q", fence.Role, f.Rule.Name, f.Severity, f.Message, f.Rule.Name)
	}
}

var kebab = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// The set of rules keeps its own order: every folder is listed, every page is whole.
func TestSet(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	folders := map[string]bool{}
	for _, e := range entries {
		if e.IsDir() {
			folders[e.Name()] = true
		}
	}
	names := []string{}
	for _, r := range rules.All {
		names = append(names, r.Name)
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) {
		t.Errorf("rules.All is not sorted by name, or names a rule twice: %v", names)
	}
	for _, r := range rules.All {
		t.Run(r.Name, func(t *testing.T) {
			folder := strings.ReplaceAll(r.Name, "-", "")
			if !folders[folder] {
				t.Errorf("there is no folder %s", folder)
			}
			delete(folders, folder)
			wellFormed(t, r, names)
		})
	}
	for folder := range folders {
		t.Errorf("folder %s is in no rule of rules.All", folder)
	}
}

func wellFormed(t *testing.T, r *analysis.Rule, names []string) {
	page := analysis.ParsePage(r.Doc)
	if page.Name != r.Name || page.Title == "" || !kebab.MatchString(r.Name) {
		t.Errorf("the page's first line is for %q, titled %q", page.Name, page.Title)
	}
	if !slices.Contains(analysis.Groups, r.Group) || r.Severity == analysis.Off {
		t.Errorf("group %q, severity %v", r.Group, r.Severity)
	}
	roles := map[string]int{}
	for _, f := range page.Fences {
		roles[f.Role]++
		if f.Role != "bad" && len(f.Wants) > 0 {
			t.Errorf("a %s example wants findings", f.Role)
		}
	}
	if roles["bad"] == 0 || roles["good"] == 0 || roles["fixed"]+roles["instead"] == 0 {
		t.Errorf("the page needs a bad, a good, and a fixed or instead example, and has %v", roles)
	}
	if len(page.Proofs) == 0 {
		t.Errorf("the page has no proof")
	}
	for _, line := range page.Proofs {
		if _, err := proof.ParseClaim(line); err != nil {
			t.Error(err)
		}
	}
	if paragraphs := strings.Count(page.Prose, "\n\n"); paragraphs < 3 {
		t.Errorf("the prose has %d paragraphs: what, why, how to fix, when silent", paragraphs+1)
	}
	for _, y := range r.Yields {
		if !slices.Contains(names, y) || y == r.Name {
			t.Errorf("it gives way to %q, which is no other rule", y)
		}
	}
}

// Giving way must end somewhere.
func TestGivingWayHasNoCycle(t *testing.T) {
	byName := map[string]*analysis.Rule{}
	for _, r := range rules.All {
		byName[r.Name] = r
	}
	var visit func(name string, path []string)
	visit = func(name string, path []string) {
		if slices.Contains(path, name) {
			t.Errorf("cycle %v", append(path, name))
			return
		}
		for _, y := range byName[name].Yields {
			visit(y, append(path, name))
		}
	}
	for name := range byName {
		visit(name, nil)
	}
}

// The index is what the rules say of themselves.
func TestIndexIsCurrent(t *testing.T) {
	index, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(index) != rules.Index() {
		t.Errorf("rules/README.md is stale: run make generate")
	}
}
