package syntax

import (
	"slices"
	"strings"
	"testing"
)

func parseScript(t testing.TB, text string, dialect Dialect) *Tree {
	t.Helper()
	tree, err := ParseScript(text, dialect)
	if err != nil {
		t.Fatalf("ParseScript: %v", err)
	}
	checkShape(t, tree)
	return tree
}

// A string is found wherever it stands: no node on the way to it is without a kind.
func TestScriptStrings(t *testing.T) {
	tests := []struct {
		name, text string
		dialects   []Dialect
	}{
		{"statements", "label: for (;;) { switch (a) { case 1: try { throw `s` } finally {} } }", []Dialect{JavaScript, TypeScript, TSX}},
		{"expressions", "x = [a ? -b(...c) : new D(async function* () { yield typeof (0, `s`) })]", []Dialect{JavaScript, TypeScript, TSX}},
		{"classes", "@d() class A extends (B) { static { c() } static #x = 1; get [a]() { return { b: `s` } } }", []Dialect{JavaScript, TypeScript, TSX}},
		{"substitutions", "`${a + `${`s`}`}`", []Dialect{JavaScript, TypeScript, TSX}},
		{"regular expressions", "a = /`/; b = 4 / 2; c = `s` // `", []Dialect{JavaScript, TypeScript, TSX}},
		{"markup", "x = <A b={c < d && <>{`s`}</>}>it's `</A>", []Dialect{JavaScript, TSX}},
		{"types", "namespace N { export const x = f<string>(y as unknown as T, `s` satisfies string, z!) }", []Dialect{TypeScript, TSX}},
		{"more types", "abstract class A<T extends B = C> { constructor(private a: D) { super(`s`) } x?: `t` }\ntype t = `t${string}`\nenum E { A = 1 }", []Dialect{TypeScript, TSX}},
		{"assertions", "x = <string>`s`", []Dialect{TypeScript}},
		{"a call that is not closed", "f(`s`", []Dialect{JavaScript, TypeScript, TSX}},
		{"a block that is not closed", "function f() { if (a) { g(`s`)\n\nh(", []Dialect{JavaScript, TypeScript, TSX}},
		{"half-typed code", "const a = await b.\nconst c = \nf(`s`)\nif (", []Dialect{JavaScript, TypeScript, TSX}},
	}
	for _, test := range tests {
		for _, dialect := range test.dialects {
			t.Run(test.name, func(t *testing.T) {
				var found []string
				tree := parseScript(t, test.text, dialect)
				for n := range tree.Of(TemplateString) {
					found = append(found, n.Text())
				}
				if !slices.Contains(found, "`s`") {
					t.Errorf("in dialect %d only %q are found", dialect, found)
				}
			})
		}
	}
}

// What is broken says so, and what is not does not.
func TestScriptBroken(t *testing.T) {
	tree := parseScript(t, "f(1)\ng(`a`\n", JavaScript)
	for n := range tree.Of(CallExpression) {
		if name := n.Child(FieldFunction).Text(); n.Broken() != (name == "g") {
			t.Errorf("%s: Broken is %v", name, n.Broken())
		}
	}
	if !tree.Root().Broken() || parseScript(t, "f(1)", JavaScript).Root().Broken() {
		t.Errorf("the root does not tell a broken script from a sound one")
	}
}

func FuzzParseScript(f *testing.F) {
	for _, seed := range []string{
		"", "f(`a${b}c`)", "a = /`/", "<A b={c}>d</A>", "x as string", "`${", "class A { static x = 1 }", "\ufeff#!x", "\x00\xff", "{{ x }} {% y %}",
	} {
		f.Add(seed, uint8(0))
		f.Add(seed, uint8(1))
		f.Add(seed, uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, dialect uint8) {
		tree, err := ParseScript(text, Dialect(dialect)%dialectCount)
		if err != nil {
			t.Skip("given up")
		}
		checkShape(t, tree)
	})
}

func BenchmarkParseScript(b *testing.B) {
	text := strings.Repeat("async function f(e) {\n  const value = e.target.value;\n  for (const i of g(3)) {\n    h(i, { key: `v${i}` });\n  }\n}\n", 333)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ParseScript(text, JavaScript); err != nil {
			b.Fatal(err)
		}
	}
}
