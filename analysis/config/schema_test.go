package config

import (
	"bytes"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What Parse takes the schema takes, and what a schema can see to be wrong it sees.
func TestSchema(t *testing.T) {
	text, err := Schema(known, func(rule string) string { return "about " + rule })
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("settings.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("settings.json")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "about bare-callback") {
		t.Error("the rules are not described")
	}
	for _, settings := range []string{
		"", example, "rules = {}", "[calls]", "realm = \"service-worker\"", "[[overrides]]\npaths = [\"a\"]",
		"realms = 1", "realm = \"moon\"", "realm = 1", "exclude = \"x\"", "exclude = [1]", "target-version = 28", "jspi = \"on\"",
		"[rules]\nbare-calback = \"off\"", "[rules]\nbare-callback = \"loud\"", "rules = []",
		"[[overrides]]\nrealm = \"main\"", "[[overrides]]\npaths = []", "[[overrides]]\npaths = [\"a\"]\nexclude = []", "overrides = {}",
		"[calls]\nblocking = [\"read\"]", "[calls]\nkeeping = [\"a b\"]", "[calls]\nkeping = []", "[calls]\nowning = 1",
		"[calls]\nbanned = [{}]", "[calls]\nbanned = [{ call = \"js.alert\", why = \"\" }]", "[calls]\nbanned = [\"js.alert\"]",
	} {
		var value map[string]any
		if err := toml.Unmarshal([]byte(settings), &value); err != nil {
			t.Fatal(err)
		}
		if value == nil {
			value = map[string]any{}
		}
		_, wrong := Parse("pyodide-ls.toml", []byte(settings), known)
		if err := schema.Validate(value); (err == nil) != (wrong == nil) {
			t.Errorf("%q: the schema says %v, and Parse %v", settings, err, wrong)
		}
	}
}
