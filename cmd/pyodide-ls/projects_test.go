package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Each way in which a project says where its code runs is a small project in testdata/projects, with what where says
// of it and what check finds in it.
func TestProjects(t *testing.T) {
	const least = 25
	n := eachProject(t, "../../testdata/projects/*.txtar", func(t *testing.T, files []txtar.File) []txtar.File {
		texts := map[string]string{}
		for _, f := range files {
			texts[f.Name] = hostText(f)
		}
		folder(t, texts)
		where := program(t, "", "where", ".")
		return []txtar.File{{Name: "where", Data: []byte(where.out + where.log)}, {Name: "findings", Data: []byte(findings(t, texts))}}
	})
	if n < least {
		t.Errorf("%d projects, want %d", n, least)
	}
}

// eachProject holds projects to what they say is made of them, behind their own files; -update writes it anew. It gives
// their number.
func eachProject(t *testing.T, glob string, made func(*testing.T, []txtar.File) []txtar.File) int {
	t.Helper()
	paths, err := filepath.Glob(glob)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no projects: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			project, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			path, err := filepath.Abs(path)
			if err != nil {
				t.Fatal(err)
			}
			got := &txtar.Archive{Comment: project.Comment, Files: slices.DeleteFunc(slices.Clone(project.Files), isMade)}
			got.Files = append(got.Files, made(t, slices.Clone(got.Files))...)
			if text := txtar.Format(got); string(text) != string(txtar.Format(project)) {
				if *update {
					if err := os.WriteFile(path, text, 0o666); err != nil {
						t.Fatal(err)
					}
					return
				}
				t.Errorf("the project is now\n%s", text)
			}
		})
	}
	return len(paths)
}

// isMade says whether a file of a project is what is made of the others.
func isMade(f txtar.File) bool {
	return f.Name == "findings" || f.Name == "where" || strings.HasPrefix(f.Name, "fixed/")
}

// What where is asked wrongly it says in one line; what it cannot read it names, and tells of the rest.
func TestWhereBadUsage(t *testing.T) {
	folder(t, map[string]string{"a.py": clean})
	for _, test := range []struct {
		args []string
		code int
		out  string
		log  string
	}{
		{[]string{"--output-format", "xml"}, exitUsage, "", "--output-format xml: it is one of text, json"},
		{[]string{"--color", "pink"}, exitUsage, "", "--color pink: it is one of auto, always, never"},
		{[]string{"--target", "0.20"}, exitUsage, "", `--target: "0.20" is no version`},
		{[]string{"a.py", "gone.py"}, exitTrouble, "1 Python text in 1 file.", "gone.py: no such file or directory"},
	} {
		program(t, "", append([]string{"where"}, test.args...)...).wants(t, test.code, test.out, test.log)
	}
}
