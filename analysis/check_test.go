package analysis_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/realm"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

func TestPanickingRuleIsLeftOut(t *testing.T) {
	bad := calls("two", func(p *analysis.Pass, call syntax.Node) {
		p.Report(call, 0, analysis.Finding{Message: "before the panic"})
		panic("oh")
	})
	got := messages(check(t, "one(two(three()))\n", caller("one"), bad, caller("three")))
	if got != "one; three" {
		t.Errorf("got %q", got)
	}
}

func TestGivingWay(t *testing.T) {
	cause := func(name string, kind string, yields ...string) *analysis.Rule {
		r := calls(name, func(p *analysis.Pass, call syntax.Node) {
			argument := call.Child(syntax.FieldArguments).First()
			p.Report(call, 0, analysis.Finding{Message: name, Cause: analysis.Cause{Span: argument.Span(), Kind: kind}})
		})
		r.Yields = yields
		inner := r.Check
		r.Check = func(p *analysis.Pass) { // two rules at one call
			inner(p)
			for call := range p.Unit.Tree.Of(syntax.Call) {
				if call.Child(syntax.FieldFunction).Text() == "both" {
					span := call.Child(syntax.FieldArguments).Span()
					p.Report(call, 0, analysis.Finding{Message: name, Cause: analysis.Cause{Span: span, Kind: kind}})
				}
			}
		}
		return r
	}
	text := "both(1)\none(2)\n"
	if got := messages(check(t, text, cause("one", "k", "two"), cause("two", "k"))); got != "two; one" {
		t.Errorf("one cause: %q", got)
	}
	if got := messages(check(t, text, cause("one", "k", "two"), cause("two", "other"))); got != "one; two; one" {
		t.Errorf("causes of two kinds: %q", got)
	}
	if got := messages(check(t, text, cause("one", "k"), cause("two", "k"))); got != "one; two; one" {
		t.Errorf("none gives way: %q", got)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	first := calls("one", func(p *analysis.Pass, call syntax.Node) {
		p.Report(call, 0, analysis.Finding{Message: "one"})
		cancel()
	})
	f := open(t, "two(one())  # pyodide-ls: ignore[three]\n")
	rules := []*analysis.Rule{first, caller("two"), comments()}
	if got := messages(analysis.Check(ctx, f, analysis.View{}, rules, analysis.Options{})); got != "one" {
		t.Errorf("got %q", got)
	}
}

func TestSortedAndLowered(t *testing.T) {
	low := calls("low", func(p *analysis.Pass, call syntax.Node) { p.Report(call, 9, analysis.Finding{Message: "low"}) })
	got := check(t, "import js; js.document; c()\nb(a())\nlow()\na()\n", low, caller("a"), caller("b"), caller("c"))
	if messages(got) != "c; b; a; low; a" {
		t.Errorf("got %q", messages(got))
	}
	if got[3].Severity != analysis.Hint || got[0].Severity != analysis.Warning || realm.RealmsOf(got[0].Runs) != pyodide.Main {
		t.Errorf("severities %s, %s, realm %s", got[3].Severity, got[0].Severity, realm.RealmsOf(got[0].Runs))
	}
}

func TestFixed(t *testing.T) {
	wrap := calls("wrap", func(p *analysis.Pass, call syntax.Node) {
		p.Report(call, 0, analysis.Finding{Fixes: []analysis.Fix{{Edits: []source.Edit{{Span: call.Span(), New: "done()"}}}}})
	})
	risky := calls("risky", func(p *analysis.Pass, call syntax.Node) {
		p.Report(call, 0, analysis.Finding{Fixes: []analysis.Fix{{
			Applicability: analysis.Unsafe, Edits: []source.Edit{{Span: call.Span(), New: "dared()"}},
		}}})
	})
	round := func(name string, from int) *analysis.Rule {
		rule := caller(name)
		rule.Check = func(p *analysis.Pass) {
			at := p.Unit.Tree.Root().First().Span()
			p.Report(p.Unit.Tree.Root().First(), 0, analysis.Finding{Fixes: []analysis.Fix{{Edits: []source.Edit{
				{Span: source.Span{Start: from, End: from}, New: name + "("}, {Span: source.Span{Start: at.End, End: at.End}, New: ")"},
			}}}})
		}
		return rule
	}
	tests := []struct {
		name, text, want string
		limit            analysis.Applicability
		n                int
		rules            []*analysis.Rule
	}{
		{"overlapping", "wrap(wrap())\nwrap()\n", "done()\ndone()\n", analysis.Safe, 2, []*analysis.Rule{wrap}},
		{"same import", "use(1)\nuse(2)\n", "from m import b\nb(1)\nb(2)\n", analysis.Safe, 2, []*analysis.Rule{user("use", "m", "b")}},
		{"same name added", "from m import a\nuse(1)\nuse(2)\n", "from m import a, b\nb(1)\nb(2)\n", analysis.Safe, 2,
			[]*analysis.Rule{user("use", "m", "b")}},
		{"two imports at one place", "use(1)\nuse2(2)\n", "from m import b\nb(1)\nuse2(2)\n", analysis.Safe, 1,
			[]*analysis.Rule{user("use", "m", "b"), user("use2", "n", "c")}},
		{"two brackets at one place", "x + f\n", "a(x + f)\n", analysis.Safe, 1, []*analysis.Rule{round("a", 0), round("b", 4)}},
		{"over the limit", "risky()\n", "risky()\n", analysis.Safe, 0, []*analysis.Rule{risky}},
		{"within the limit", "risky()\n", "dared()\n", analysis.Unsafe, 1, []*analysis.Rule{risky}},
		{"nothing", "x\n", "x\n", analysis.Shown, 0, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, n := analysis.Fixed(test.text, check(t, test.text, test.rules...), test.limit)
			if got != test.want || n != test.n {
				t.Errorf("got %q, %d fixes; want %q, %d", got, n, test.want, test.n)
			}
			if tree, err := syntax.Parse(got); err != nil || len(tree.Holes()) > 0 {
				t.Errorf("%q does not parse", got)
			}
		})
	}
}

func TestParsePage(t *testing.T) {
	doc := "# a-rule: what it finds\n\nWhat.\n\nWhy.\n\n```python bad realm=worker pyodide=0.27\n" +
		"x = 1\nf()  # want \"one\" \"two\"\ng()  # want[hint] \"three\"\n```\n\n```python\nprint()\n```\n\n```html good file=page.html\ny\n```\n\n```js\nz\n```\n\n" +
		"```proof\nbad: printed 1\nnone: of it\n```\n"
	want := analysis.Page{
		Name: "a-rule", Title: "what it finds", Prose: "What.\n\nWhy.",
		Fences: []analysis.Fence{
			{
				Role: "bad", Language: "python", File: "example.py", Set: map[string]string{"realm": "worker", "pyodide": "0.27"}, Code: "x = 1\nf()\ng()\n",
				Wants: []analysis.Want{{Line: 1, Message: "one"}, {Line: 1, Message: "two"}, {Line: 2, Message: "three", Severity: "hint"}},
			},
			{Role: "good", Language: "html", File: "page.html", Set: map[string]string{"file": "page.html"}, Code: "y\n"},
		},
		Proofs: []string{"bad: printed 1", "none: of it"},
	}
	if got := analysis.ParsePage(doc); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v\nwant %#v", got, want)
	}
	if got := analysis.ParsePage("# r: t\n\nOnly prose."); got.Prose != "Only prose." || got.Fences != nil {
		t.Errorf("got %#v", got)
	}
}

func TestLinksOfPage(t *testing.T) {
	page := analysis.ParsePage("# r: t\n\nOf [this](../other/other.md) .\n\nIn the gallery: [one](../../gallery/one/README.md), [two](../../gallery/two/README.md), and [out](https://example.org/).\n")
	if got := page.Patterns(); !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("%q", got)
	}
	const want = "[1] of this, one and [out](https://example.org/)"
	if got := analysis.Standalone("[1] of [this](../other/other.md), [one](../../gallery/one/README.md) and [out](https://example.org/)"); got != want {
		t.Errorf("%q", got)
	}
}

// BenchmarkCheckFile opens and checks a module of 1,000 lines.
func BenchmarkCheckFile(b *testing.B) {
	var text strings.Builder
	text.WriteString("from js import document\n")
	for i := range 125 {
		fmt.Fprintf(&text, "\n\nclass C%d:\n    def run(self, x):\n        for k in range(x):\n            one(k, two(x))\n"+
			"        document.title = f\"{x}\"\n        return [self.run(y) for y in (x, 2)]\n", i)
	}
	f := source.New("a.py", text.String())
	rules := []*analysis.Rule{caller("one"), user("two", "m", "b"), comments()}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		opened, err := analysis.Open(f, analysis.Setting{})
		if err != nil {
			b.Fatal(err)
		}
		analysis.Check(b.Context(), opened, analysis.View{}, rules, analysis.Options{})
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(f.LineCount()), "ns/line")
}
