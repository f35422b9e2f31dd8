package main

import "testing"

// The schema that stands in the repository is that of the program.
func TestSchema(t *testing.T) {
	got := program(t, "", "schema")
	got.wants(t, exitClean, "$schema", "")
	if want := read(t, "../../docs/pyodide-ls.schema.json"); got.out != want {
		t.Error("docs/pyodide-ls.schema.json is not what schema prints; run make generate")
	}
}
