package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// However a file is named, a report names it relative to the working directory.
func TestPathsAreRelativeToTheWorkingDirectory(t *testing.T) {
	t.Chdir("../..")
	absolute, err := filepath.Abs("testdata/showcase/main.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, named := range []string{absolute, "testdata/showcase/main.py", "./testdata/../testdata/showcase/main.py"} {
		var out, log bytes.Buffer
		run(t.Context(), []string{"check", "--output-format", "json", named}, strings.NewReader(""), &out, &log)
		if !strings.Contains(out.String(), `"path": "testdata/showcase/main.py"`) || strings.Contains(out.String(), absolute) {
			t.Errorf("%s: the report says %s", named, out.String()[:min(200, out.Len())])
		}
	}
}
