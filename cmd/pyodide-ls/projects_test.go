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
	paths, err := filepath.Glob("../../testdata/projects/*.txtar")
	if err != nil || len(paths) < 25 {
		t.Fatalf("%d projects: %v", len(paths), err)
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
			given := slices.DeleteFunc(slices.Clone(project.Files), func(f txtar.File) bool { return f.Name == "where" || f.Name == "findings" })
			texts := map[string]string{}
			for _, f := range given {
				texts[f.Name] = hostText(f)
			}
			folder(t, texts)
			where := program(t, "", "where", ".")
			got := &txtar.Archive{Comment: project.Comment, Files: append(given,
				txtar.File{Name: "where", Data: []byte(where.out + where.log)}, txtar.File{Name: "findings", Data: []byte(findings(t, texts))})}
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
}
