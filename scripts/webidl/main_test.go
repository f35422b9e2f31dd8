package main

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var packages = flag.String("packages", "../../.cache/webidl", "the folder in which make generate installs the packages")

// What is committed is what the packages say.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("it needs npm packages, which make tools installs")
	}
	var got strings.Builder
	if err := generate(&got, *packages); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../analysis/pyodide/web.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Error("analysis/pyodide/web.txt is stale: make generate")
	}
}

// Parts and mixins are of the interface, overloads are one operation, and what no browser has is left out.
func TestText(t *testing.T) {
	all, err := definitions([]byte(`{"a": [
		{"type": "interface", "name": "Clock", "extAttrs": [{"name": "Exposed", "rhs": {"type": "*"}}], "members": [
			{"type": "operation", "name": "ring", "idlType": {"generic": "", "idlType": "undefined"}, "arguments": [
				{"name": "f", "idlType": {"generic": "", "idlType": "Ringer"}}]},
			{"type": "operation", "name": "ring", "idlType": {"generic": "", "idlType": "undefined"}, "arguments": [
				{"name": "o", "idlType": {"generic": "", "idlType": "Options"}}]},
			{"type": "operation", "name": "say", "idlType": {"generic": "", "idlType": "undefined"}, "arguments": [
				{"name": "how", "idlType": {"generic": "", "idlType": "DOMString"}},
				{"name": "what", "idlType": {"generic": "", "union": true, "idlType": [{"generic": "", "idlType": "TrustedHTML"}, {"generic": "", "idlType": "DOMString"}]}}]},
			{"type": "operation", "name": "set", "idlType": {"generic": "", "idlType": "undefined"}, "arguments": [
				{"name": "what", "idlType": {"generic": "", "union": true, "idlType": [{"generic": "", "idlType": "Trusted"}, {"generic": "", "idlType": "DOMString"}]}},
				{"name": "then", "idlType": {"generic": "", "idlType": "Handler"}}]},
			{"type": "attribute", "name": "face", "idlType": {"generic": "", "union": true, "idlType": [{"generic": "", "idlType": "TrustedHTML"}, {"generic": "", "idlType": "DOMString"}]}},
			{"type": "attribute", "name": "trusted", "idlType": {"generic": "", "idlType": "TrustedHTML"}},
			{"type": "attribute", "name": "gone", "idlType": {"generic": "", "idlType": "Clock"}}
		]},
		{"type": "interface", "name": "Clock", "partial": true, "extAttrs": [{"name": "Exposed", "rhs": {"type": "identifier", "value": "Window"}}], "members": [
			{"type": "attribute", "name": "hand", "idlType": {"generic": "", "nullable": true, "idlType": "Clock"}}
		]},
		{"type": "interface mixin", "name": "Wound", "members": [
			{"type": "operation", "name": "wind", "idlType": {"generic": "Promise", "idlType": [{"generic": "", "idlType": "undefined"}]}, "arguments": [
				{"name": "spring", "idlType": {"generic": "", "idlType": "Uint8Array"}, "extAttrs": [{"name": "AllowShared", "rhs": null}]}]},
			{"type": "attribute", "name": "onring", "idlType": {"generic": "", "idlType": "EventHandler"}},
			{"type": "attribute", "name": "time", "idlType": {"generic": "", "idlType": "double"}}
		]},
		{"type": "includes", "target": "Clock", "includes": "Wound"},
		{"type": "callback", "name": "Ringer"},
		{"type": "typedef", "name": "Trusted", "idlType": {"generic": "", "union": true, "idlType": [
			{"generic": "", "idlType": "TrustedHTML"}, {"generic": "", "idlType": "TrustedScript"}, {"generic": "", "idlType": "TrustedScriptURL"}]}},
		{"type": "typedef", "name": "Handler", "idlType": {"generic": "", "union": true, "idlType": [
			{"generic": "", "idlType": "DOMString"}, {"generic": "", "idlType": "Ringer"}, {"generic": "", "idlType": "TrustedScript"}]}},
		{"type": "dictionary", "name": "Options", "members": [
			{"type": "field", "name": "bell", "idlType": {"generic": "", "idlType": "Ringer"}},
			{"type": "field", "name": "cases", "idlType": {"generic": "sequence", "idlType": [{"generic": "", "idlType": "Options"}]}},
			{"type": "field", "name": "chimes", "idlType": {"generic": "", "union": true, "idlType": [{"generic": "", "idlType": "Uint8Array"}, {"generic": "", "idlType": "DOMString"}]}},
			{"type": "field", "name": "names", "idlType": {"generic": "record", "idlType": [{"generic": "", "idlType": "DOMString"}, {"generic": "", "idlType": "DOMString"}]}}
		]},
		{"type": "interface", "name": "Sundial", "extAttrs": [{"name": "Exposed", "rhs": {"type": "*"}}], "members": []}
	]}`))
	if err != nil {
		t.Fatal(err)
	}
	has, err := readSupport([]byte(`{"api": {
		"Clock": {"__compat": {"support": {"safari": [{"version_added": "1"}]}}, "gone": {"__compat": {"support": {"chrome": {"version_added": false}}}}},
		"Sundial": {"__compat": {"support": {"chrome": {"version_added": "1", "version_removed": "2"}, "firefox": {"version_added": "preview"}}}}
	}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := head + "Clock WDSV\n\tface markup\n\thand only=W gives=Clock null\n\tring() callback=0 callback=0.bell options=0.Options\n\tsay() markup=1\n" +
		"\tset() callback=1 script=1\n\twind() promise bytes=0.refused shared=0\n\t- time trusted\n" +
		"Options WDSV dictionary\n\tcases gives=Options[]\n\tchimes bytes=text\n\tnames record\n\t- bell\n"
	if got := gather(all, has).text(); got != want {
		t.Errorf("it is\n%s", got)
	}
}
