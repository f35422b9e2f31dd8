package gallery

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the lists of patterns anew")

// The READMEs list the patterns as they are.
func TestLists(t *testing.T) {
	for file, at := range map[string]string{Readme: "", "../README.md": "gallery"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := WithLists(string(text), all(os.DirFS(".")), at)
		if *update {
			if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if string(text) != want {
			t.Errorf("%s lists others: make generate", file)
		}
		if !strings.Contains(want, listEnds) {
			t.Errorf("%s has no list", file)
		}
	}
}

// Each part has its section, with a paragraph for the index.
func TestParts(t *testing.T) {
	for _, part := range Parts() {
		if part.Intro == "" || strings.HasPrefix(part.Intro, "<!--") {
			t.Errorf("%s has no first paragraph in the README: %q", part.Title, part.Intro)
		}
	}
}

func TestWithLists(t *testing.T) {
	patterns := []Pattern{
		{Name: "a", Part: "One", Title: "this | that", Summary: "Said `so`.", Picture: true},
		{Name: "b", Part: "Two", Title: "other"},
	}
	const text = "# T\n\n<!-- patterns: One -->\nold\n<!-- /patterns -->\n\nx\n\n<!-- patterns -->\n<!-- /patterns -->\n"
	const want = `# T

<!-- patterns: One -->

| pattern | what it gives | |
| --- | --- | --- |
| [a](g/a/README.md) | **this \| that**<br>Said ` + "`so`" + `. | <img src="g/a/picture.png" width="320" alt="The page of a as it runs"> |

<!-- /patterns -->

x

<!-- patterns -->

| pattern | what it gives | |
| --- | --- | --- |
| [a](g/a/README.md) | this \| that | <img src="g/a/picture.png" width="160" alt="The page of a as it runs"> |
| [b](g/b/README.md) | other |  |

<!-- /patterns -->
`
	got := WithLists(text, patterns, "g")
	if got != want {
		t.Errorf("got\n%s", got)
	}
	if again := WithLists(got, patterns, "g"); again != got {
		t.Errorf("another time it is\n%s", again)
	}
	const none = "no list\n"
	if got := WithLists(none, patterns, ""); got != none {
		t.Errorf("%q", got)
	}
}
